"""The columns that people get: the fields under their titles, and after each reference the name it stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..package import Field, Resource
from ..validate import Record
from .cells import cell_text, disarm
from .job import Job

BETWEEN_NAMES = "; "
TEXT_TYPES = ("string", "list", "any")


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a table, or the names that its identifiers or codes stand for, in one language."""

    title: str  # unique in its table
    description: str
    field: Field
    names: Mapping[str, str] | None = None  # key -> name; None for the field itself

    @property
    def is_text(self) -> bool:
        """Whether its cells are words, identifiers or codes."""
        return self.names is not None or self.field.type in TEXT_TYPES

    def value(self, record: Record) -> Any:
        """The typed value; a list is joined."""
        value = record.values[self.field.name]
        if value is None:
            return None
        if self.names is None:
            return cell_text(value, self.field.delimiter) if isinstance(value, tuple) else value
        keys = value if isinstance(value, tuple) else (value,)
        return BETWEEN_NAMES.join(self.names.get(key, str(key)) for key in keys)

    def text(self, record: Record) -> str:
        """The value as a cell of a CSV file that may be opened in a spreadsheet."""
        value = self.value(record)
        if value is None:
            return ""
        return disarm(cell_text(value)) if self.is_text else cell_text(value)


def people_columns(job: Job, resource: Resource, language: str) -> tuple[Column, ...]:
    """The columns of a table in the order of the schema. A title that is taken gets the name of its field behind it."""
    names = job.names[language]
    taken: set[str] = set()
    columns = []
    for field in resource.fields:
        title = _free(field.title.words(language) or field.name, field, taken)
        columns.append(Column(title, field.description.words(language), field))
        if field.refers_to and field.refers_to in names:
            named = _free(job.words(language, "{column}: name", column=title), field, taken)
            about = job.words(language, "The name that the code or identifier stands for.")
            columns.append(Column(named, about, field, names[field.refers_to]))
    return tuple(columns)


def _free(title: str, field: Field, taken: set[str]) -> str:
    """The title, or the nearest one that no column has; it is taken from now on."""
    free = title
    while free in taken:
        free = f"{free} ({field.name})"
    taken.add(free)
    return free
