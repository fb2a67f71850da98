"""A typed value -> the text of a cell. One way of writing each value, the same in every file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from .package import Resource
from .tables import Record

QUOTE = '"'
MUST_QUOTE = re.compile(r'[",\r\n]').search


def number_text(value: Decimal | int) -> str:
    """All digits that matter, with neither an exponent nor zeros at the end: 476300.5."""
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def cell_text(value: Any, delimiter: str | None = None) -> str:
    """A value as the schema reads it back; None is an empty cell. `delimiter` stands between the items of a list."""
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal | int):
        return number_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return (delimiter or ",").join(str(item) for item in value)
    return str(value)


def record_cells(record: Record, resource: Resource) -> list[str]:
    """The cells of a record in the order of the schema."""
    return [cell_text(record.values[field.name], field.delimiter) for field in resource.fields]


def csv_line(cells: Iterable[str], line_end: str) -> str:
    """Cells as a row of CSV with commas, quoted where they must be.

    The csv module of Python 3.11 leaves a carriage return bare when rows end in a line feed, and the row breaks there.
    """
    return ",".join([csv_cell(cell) for cell in cells]) + line_end


def csv_cell(cell: str) -> str:
    """A cell of such a row, quoted where it must be."""
    return f'"{cell.replace(QUOTE, QUOTE * 2)}"' if MUST_QUOTE(cell) else cell
