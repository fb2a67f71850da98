"""What is read: rows as they were written, and what validation makes of them, tables of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .package import Resource


@dataclass(frozen=True, slots=True)
class Row:
    """One record as it was written: a value a column, in the order of the schema."""

    cells: tuple[Any, ...]  # text from CSV; text, number, day, list or None from YAML
    file: str  # below the data folder
    line: int  # of its beginning; 1 is the first line of the file


@dataclass(frozen=True, slots=True)
class Record:
    """A row as Python values, and where it was written."""

    values: Mapping[str, Any]  # column name -> value; None for an empty cell
    file: str
    line: int

    def __getitem__(self, column: str) -> Any:
        """The value; None also for a column that this portal's table does not have."""
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a resource, in the order in which they were written."""

    resource: Resource
    records: Sequence[Record]  # StoredRecords for a large table


Tables = Mapping[str, Table]  # by name of the resource, in the order of the package
