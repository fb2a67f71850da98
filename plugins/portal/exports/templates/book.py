"""A template that is being written, and the words that stand in several of its sheets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from xlsxwriter.utility import xl_col_to_name

from ...desk.rules import TableRules
from ...errors import Message
from ..job import Job
from .asked import Asked, form_of
from .looks import Looks

STAR = " *"  # behind the title of a column that must be filled in; the desk takes it away


@dataclass(frozen=True, slots=True)
class Book:
    """A template of a table in a language."""

    job: Job
    rules: TableRules
    language: str
    columns: tuple[Asked, ...]
    looks: Looks
    sheets: tuple[str, ...]  # names: the table, the explanation, the examples, the lists
    currencies: tuple[str, ...]  # that a clerk is likely to write
    forms: dict[str, str] = field(default_factory=dict, init=False)  # of form(), which is asked four times; by field

    def say(self, message: Message) -> str:
        """A sentence in the language of the template."""
        return self.job.translations.message(self.language, message)

    def form(self, column: Asked) -> str:
        """How to write a value of the column."""
        name = column.field.name
        if name not in self.forms:
            sentences = form_of(column, self.job.package, self.language, self.job.settings.currency)
            self.forms[name] = " ".join(self.say(sentence) for sentence in sentences)
        return self.forms[name]

    def labelled(self) -> Iterator[tuple[str, Asked]]:
        """“C · Title *” and the column; so written, no title on a help sheet is taken for a column of the table."""
        for number, column in enumerate(self.columns):
            yield f"{xl_col_to_name(number)} · {column.title}{STAR if column.required else ''}", column
