"""How checks look at tables: a table or a column that a portal does not have is simply empty."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from ..errors import Message, Problem
from ..text import Day
from ..validate import Record, Tables


def records(tables: Tables, name: str) -> Sequence[Record]:
    """The records of a table, none if there is no such table."""
    return tables[name].records if name in tables else ()


def cell(record: Record, column: str) -> Any:
    """The value of a cell, None if it is empty or if there is no such column."""
    return record.values.get(column)


def column_of(tables: Tables, name: str, column: str) -> dict[str, Any]:
    """Identifier or code of each record -> its value in the column."""
    if name not in tables:
        return {}
    key = tables[name].resource.primary_key
    return {record[key]: cell(record, column) for record in tables[name].records}


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


def days(tables: Tables) -> Iterator[tuple[Record, str, str]]:
    """Every filled cell of a column for days known to the day, month or year: record, column, text."""
    for table in tables.values():
        columns = [field.name for field in table.resource.fields if field.partial_date]
        for record in table.records:
            for column in columns:
                text = record.values[column]
                if text:
                    yield record, column, text


def error(record: Record, column: str, what: Message, fix: Message) -> Problem:
    """A fault that keeps the records from being published."""
    return Problem(what, fix, file=record.file, line=record.line, column=column)


def warning(record: Record, column: str, what: Message, fix: Message) -> Problem:
    """A doubt that somebody should look at."""
    return Problem(what, fix, file=record.file, line=record.line, column=column, level="warning")
