"""Cells as a reader meets them -> a Workbook, within bounds. The same limits and the same trimming for every format."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation

from ..errors import InputError, say
from .grid import MOST_COLUMNS, MOST_ROWS, Cell, Formula, Merged, Sheet, SheetRow, Workbook, column_letter

MOST_CELLS = 5_000_000  # of a workbook, empty ones between filled ones too; 8 octets and a value each
CONSTANTS = {"=TRUE()": True, "=FALSE()": False}  # formulas that are values


class Gatherer:
    """Takes the sheets of one file, row by row."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._sheets: list[tuple[str, list[SheetRow], list[Merged]]] = []
        self._left = MOST_CELLS

    def begin_sheet(self, name: str) -> None:
        """What is added from now on stands in this sheet."""
        self._sheets.append((name, [], []))

    def place(self, cells: list[Cell], column: int, value: Cell) -> None:
        """Put a value at its column (0 is A), with empty cells before it. Raises InputError beyond the last column."""
        if value is None or (isinstance(value, str) and not value.strip()):
            return
        if column >= MOST_COLUMNS:
            raise InputError(
                say(
                    "The sheet “{sheet}” has a value in column {column}; {most} columns are read. "
                    "Delete what stands beyond them, or divide the sheet.",
                    sheet=self._sheets[-1][0],
                    column=column_letter(column),
                    most=MOST_COLUMNS,
                )
            )
        if column > len(cells):
            cells.extend([None] * (column - len(cells)))
        if column == len(cells):
            cells.append(value)
        else:
            cells[column] = value

    def add_row(self, number: int, cells: list[Cell], times: int = 1) -> None:
        """Add a row, if something was placed in it; `times`: the same row stands there so often."""
        if not cells:
            return
        name, rows, _ = self._sheets[-1]
        if len(rows) + times > MOST_ROWS:
            raise InputError(
                say(
                    "The sheet “{sheet}” holds more than {most} filled rows. Divide it into several files.",
                    sheet=name,
                    most=MOST_ROWS,
                )
            )
        self.count(len(cells) * times)
        kept = tuple(cells)
        rows.extend(SheetRow(number + turn, kept) for turn in range(times))

    def add_merged(self, merged: Merged) -> None:
        """Add a rectangle of merged cells."""
        self.count(8)  # it takes as much memory as so many cells
        self._sheets[-1][2].append(merged)

    def count(self, cells: int) -> None:
        """Take note of cells that are kept in memory. Raises InputError when there are too many."""
        self._left -= cells
        if self._left < 0:
            raise InputError(
                say(
                    "{file} holds more than {most} cells. Divide it into several files.",
                    file=self._file,
                    most=MOST_CELLS,
                )
            )

    def workbook(self, form: str) -> Workbook:
        """Everything that was added. Raises InputError when no sheet holds a value."""
        if not any(rows for _, rows, _ in self._sheets):
            raise InputError(say("{file} is empty. Choose the file with the table.", file=self._file))
        for _, _, merged in self._sheets:
            merged.sort(key=lambda one: (one.first_row, one.first_column))
        sheets = tuple(Sheet(name, tuple(rows), tuple(merged)) for name, rows, merged in self._sheets)
        return Workbook(self._file, form, sheets)


def stored_formula(text: str) -> Formula | bool:
    """A formula with its equals sign. LibreOffice makes one of a plain yes or no when it changes the form of a file."""
    return CONSTANTS.get(text.upper(), Formula(text))


def stored_number(text: str) -> Decimal | str:
    """A number of XLSX or ODS as a person sees it: 0.10000000000000001 -> 0.1. What is no number stays a text."""
    if text.isascii() and text.isdigit():
        return Decimal(text)
    try:
        shortest = repr(float(text)).removesuffix(".0")
        number = Decimal(shortest)
    except (ValueError, InvalidOperation):
        return text
    return number if number.is_finite() else text


def stored_day(text: str) -> date | str:
    """2019-11-05 or 2019-11-05T10:30:00 -> the day. What is no day stays a text."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return text
