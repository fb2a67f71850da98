"""The identifiers that the desk made, in the spreadsheet of the clerk: the next time it finds its records by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from .grid import Sheet
from .mend_list import write_plainly
from .model import Layout


@dataclass(frozen=True, slots=True)
class Identifiers:
    """What is written back."""

    made: Mapping[tuple[str, int], str]  # sheet and number of a row -> the identifier of its record
    columns: Mapping[str, tuple[str, str]]  # table -> field of the identifiers, and its title in the clerk's language


def write_back(
    book: Book, names: Mapping[str, str], sheets: Sequence[Sheet], layouts: Sequence[Layout], ids: Identifiers
) -> None:
    """Fill the empty cells of the column of identifiers; a sheet without one gets it behind its last column.

    `names` are those of the sheets in the book, by those as read.
    """
    read = {sheet.name: sheet for sheet in sheets}
    for layout in layouts:
        rows = {row.number: row.cells for row in layout.rows if (layout.sheet, row.number) in ids.made}
        if not rows or layout.sheet not in names:
            continue
        field, title = ids.columns[layout.table]
        sheet = book[names[layout.sheet]]
        place = next((column.index for column in layout.columns if column.field == field), None)
        if place is None:
            place = max(len(row.cells) for row in read[layout.sheet].rows)
            _write_title(sheet, layout.header, place + 1, title)
        for number, cells in rows.items():
            if place >= len(cells) or cells[place] is None:
                write_plainly(sheet, number, place + 1, ids.made[layout.sheet, number])


def _write_title(sheet: Worksheet, row: int, column: int, title: str) -> None:
    """The title, looking like the one beside it."""
    write_plainly(sheet, row, column, title)
    beside: Any = sheet.cell(row, column - 1)  # copies of looks have no types
    own: Any = sheet.cell(row, column)
    own.font, own.fill, own.border = copy(beside.font), copy(beside.fill), copy(beside.border)
    own.alignment = copy(beside.alignment)
