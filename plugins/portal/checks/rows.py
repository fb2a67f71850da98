"""How checks look at tables: a table or a column that a portal does not have is simply empty.

Of a large table, which stays in its store, a check reads only the records that may be at fault: DuckDB tells them by a
doubt (SQL), or by the values that a rule refuses. The rule itself is the same for every table, so a doubt may be wider
than its rule, but never narrower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from ..errors import Message, Problem
from ..quote import quoted_name
from ..screen import filled_cell, typed
from ..stored import StoredRecords
from ..text import Day
from ..validate import Record, Table, Tables


class Columns:
    """The columns of a stored table in SQL; NULL for one that it does not have, or in which every cell is empty."""

    def __init__(self, stored: StoredRecords) -> None:
        resource, filled = stored.selection.resource, stored.selection.columns
        self.table = quoted_name(resource.name)
        self._schema = resource.schema
        self._fields = {field["name"]: field for field in resource.schema["fields"] if field["name"] in filled}

    def __contains__(self, column: str) -> bool:
        """Whether any cell of a column is filled. To look through the many empty ones took half of some checks."""
        return column in self._fields

    def __getitem__(self, column: str) -> str:
        """The cell as it is written; NULL where it says nothing."""
        return filled_cell(self._fields[column], self._schema) if column in self._fields else "null"

    def value(self, column: str) -> str:
        """A number rounded to six places; NULL also where it is written in a way that DuckDB does not read."""
        return typed(self._fields[column], self._schema) if column in self._fields else "null"


Doubt = Callable[[Columns], str]  # SQL that is TRUE for every record that may be at fault


def records(tables: Tables, name: str, doubt: Doubt | None = None) -> Sequence[Record]:
    """The records of a table, none if there is no such table; of a large one those in doubt."""
    return suspects(tables[name], doubt) if name in tables else ()


def suspects(table: Table, doubt: Doubt | None) -> Sequence[Record]:
    """The records of a table; of a large one those in doubt."""
    if doubt is None or not isinstance(table.records, StoredRecords):
        return table.records
    return table.records.where(doubt(Columns(table.records)) or "false")


def any_of(doubts: Iterable[str]) -> str:
    """A doubt about any of several things."""
    return " or ".join(f"({doubt})" for doubt in doubts)


def alike(table: Table, columns: Sequence[str], is_wanted: Callable[..., bool]) -> Iterable[Record]:
    """The records whose values in some columns fulfil a condition."""
    if isinstance(table.records, StoredRecords) and set(columns) <= table.resource.by_name.keys():
        return table.records.alike(columns, is_wanted)
    return (record for record in table.records if is_wanted(*[cell(record, column) for column in columns]))


def cell(record: Record, column: str) -> Any:
    """The value of a cell, None if it is empty or if there is no such column."""
    return record.values.get(column)


def filled(column: str) -> Doubt:
    """A doubt about every record with a value."""
    return lambda table: f"{table[column]} is not null"


def empty(column: str) -> Doubt:
    """A doubt about every record without a value."""
    return lambda table: f"{table[column]} is null"


def keys_of(table: Table) -> dict[Any, None]:
    """Identifier or code of each record, in order."""
    key = table.resource.primary_key
    if isinstance(table.records, StoredRecords):
        return dict.fromkeys(table.records.column(key))
    return {record[key]: None for record in table.records}


def column_of(tables: Tables, name: str, column: str) -> dict[str, Any]:
    """Identifier or code of each record -> its value in the column."""
    if name not in tables:
        return {}
    table = tables[name]
    key = table.resource.primary_key
    if isinstance(table.records, StoredRecords) and column in table.resource.by_name:
        return dict(table.records.different((key, column)))
    return {record[key]: cell(record, column) for record in table.records}


def span(value: Any) -> tuple[date, date] | None:
    """First and last day that a day, month or year can mean. None for an empty cell and an impossible day."""
    if value is None:
        return None
    if isinstance(value, date):
        return value, value
    return _span_of(str(value))


@lru_cache(maxsize=65_536)  # the years and days of many records are the same few
def _span_of(text: str) -> tuple[date, date] | None:
    try:
        day = Day(text)
        return day.first, day.last
    except ValueError:
        return None


def error(record: Record, column: str, what: Message, fix: Message) -> Problem:
    """A fault that keeps the records from being published."""
    return Problem(what, fix, file=record.file, line=record.line, column=column)


def warning(record: Record, column: str, what: Message, fix: Message) -> Problem:
    """A doubt that somebody should look at."""
    return Problem(what, fix, file=record.file, line=record.line, column=column, level="warning")
