"""The columns that people get: the fields under their titles, and after each reference the name it stands for."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..package import Field, Resource
from .cells import cell_text, csv_line, disarm
from .job import Job

BETWEEN_NAMES = "; "
VALUES_KEPT, LENGTH_KEPT = 4096, 256  # of a column; longer cells are mostly the only ones of their kind
TEXT_TYPES = ("string", "list", "any")
# A spreadsheet reads these as the day or the number that they are; of “2019-07” it would make the first of July.
DAY_OR_YEAR = re.compile(r"\d{4}(?:-\d{2}-\d{2})?").fullmatch


class Cells(dict[Any, str]):
    """Value of a field -> its cell in a file. Most values come again, and making a cell takes ten times longer."""

    def __init__(self, make: Callable[[Any], str], field: Field) -> None:
        """`make` makes the cell of a value."""
        super().__init__()
        self._make = make
        self._most = 0 if field.type == "any" else VALUES_KEPT  # where 1 and true may meet, they are one key

    def __missing__(self, value: Any) -> str:
        cell = self._make(value)
        if len(self) < self._most and len(cell) < LENGTH_KEPT:
            self[value] = cell
        return cell


@dataclass(frozen=True)
class Column:
    """A field of a table, or the names that its identifiers or codes stand for, in one language."""

    title: str  # unique in its table
    description: str
    field: Field
    languages: tuple[str, ...]  # of the site
    names: Mapping[str, str] | None = None  # key -> name; None for the field itself

    @property
    def is_text(self) -> bool:
        """Whether its cells are words, identifiers or codes."""
        return self.names is not None or self.field.type in TEXT_TYPES

    @cached_property
    def csv_cells(self) -> Cells:
        """Value of the field -> cell of a CSV file that may be opened in a spreadsheet, quoted where it must be."""
        return Cells(lambda value: csv_line([self.text(value)], ""), self.field)

    def shown(self, value: Any) -> Any:
        """What people read for a value of the field: the typed value, or names; a list is joined."""
        if value is None:
            return None
        if self.names is None:
            return cell_text(value, self.field.delimiter) if isinstance(value, tuple) else value
        keys = value if isinstance(value, tuple) else (value,)
        return BETWEEN_NAMES.join(self.names.get(key, str(key)) for key in keys)

    def text(self, value: Any) -> str:
        """The same as text that a spreadsheet leaves as it is, unless it is a number or a day."""
        text = cell_text(self.shown(value))
        if not self.is_text or (self.field.partial_date and DAY_OR_YEAR(text)):
            return text
        return disarm(text, self.languages)


def people_columns(job: Job, resource: Resource, language: str) -> tuple[Column, ...]:
    """The columns of a table in the order of the schema. A title that is taken gets the name of its field behind it."""
    names, languages = job.names[language], job.settings.languages
    taken: set[str] = set()
    columns = []
    for field in resource.fields:
        title = _free(field.title.words(language) or field.name, field, taken)
        columns.append(Column(title, field.description.words(language), field, languages))
        if field.refers_to and field.refers_to in names:
            named = _free(job.words(language, "{column}: name", column=title), field, taken)
            about = job.words(language, "The name that the code or identifier stands for.")
            columns.append(Column(named, about, field, languages, names[field.refers_to]))
    return tuple(columns)


def _free(title: str, field: Field, taken: set[str]) -> str:
    """The title, or the nearest one that no column has; it is taken from now on."""
    free = title
    while free in taken:
        free = f"{free} ({field.name})"
    taken.add(free)
    return free
