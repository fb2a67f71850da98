"""A spreadsheet as it was sent: sheets, rows and cells, unjudged. Every format is read into this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MOST_ROWS = 100_000  # filled rows of a sheet; more is another program's work, or a mistake
MOST_COLUMNS = 500
MOST_OCTETS = 300_000_000  # of a workbook when it is unpacked


@dataclass(frozen=True, slots=True)
class Formula:
    """A cell that computes instead of saying something."""

    text: str  # as it is written, with its equals sign


Cell = str | Decimal | date | bool | Formula | None  # None is an empty cell; a text of blanks alone is empty too


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that holds something."""

    number: int  # as the program shows it: 1 is the first row of the sheet; of CSV, the first line of the row
    cells: tuple[Cell, ...]  # from column A on


@dataclass(frozen=True, slots=True)
class Merged:
    """A rectangle of cells shown as one; its value stands in the first of them."""

    first_row: int  # as SheetRow.number
    last_row: int
    first_column: int  # 0 is column A
    last_column: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet; a CSV file is a single one."""

    name: str  # of a CSV file: the name of the file
    rows: tuple[SheetRow, ...]  # without empty ones, in their order
    merged: tuple[Merged, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file."""

    name: str  # without its folder
    form: str  # csv, xlsx or ods: what it is, whatever its name says
    sheets: tuple[Sheet, ...]  # the visible ones, in their order


def column_letter(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: as the program shows it."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
