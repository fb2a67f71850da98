"""The hidden sheet with the values of the drop-downs, and the names under which other sheets find them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .book import Book

LONGEST_TEXT = 16_383  # half of what Excel holds, as some signs count twice
SPANNED = 16  # rows that are told together between which columns their cells are
NO_LETTER = re.compile(r"\W+")
Lists = Mapping[str, tuple[str, str]]  # table -> names of the ranges with the labels and with their keys


class ListSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Columns of texts from the first row on. We write the rows ourselves: a quarter of the time, cell by cell.

    They are those of XlsxWriter, octet for octet.
    """

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[tuple[str, list[int]]] = []  # its letter, and the places of its texts in the list of texts

    def add_column(self, texts: Collection[str]) -> str:
        """Add a column, which has at least one text, and return its letter."""
        letter: str = xl_col_to_name(len(self._columns))
        self._check_dimensions(0, 0)
        self._check_dimensions(len(texts) - 1, len(self._columns))
        place_of = self.str_table._get_shared_string_index
        self._columns.append((letter, [place_of(text[:LONGEST_TEXT]) for text in texts]))
        return letter

    def _write_rows(self) -> None:
        for first in range(0, self.dim_rowmax + 1, SPANNED):
            filled = [number for number, (_, places) in enumerate(self._columns, start=1) if len(places) > first]
            spans = f"{filled[0]}:{filled[-1]}"
            for row in range(first, min(first + SPANNED, self.dim_rowmax + 1)):
                cells = [
                    f'<c r="{letter}{row + 1}" t="s"><v>{places[row]}</v></c>'
                    for letter, places in self._columns
                    if row < len(places)
                ]
                self.fh.write(f'<row r="{row + 1}" spans="{spans}">{"".join(cells)}</row>')


def write_lists(book: Book, workbook: Workbook) -> Lists:
    """Write the sheet, the last one, with two columns a list; none where no column has choices."""
    offered = {column.offered.table: column.offered for column in book.columns if column.offered}
    if not offered:
        return {}
    sheet_name = book.sheets[-1]
    sheet = workbook.add_worksheet(sheet_name, ListSheet)
    found: dict[str, tuple[str, str]] = {}
    for table, choices in offered.items():
        names = (f"list_{NO_LETTER.sub('_', table)}", f"keys_{NO_LETTER.sub('_', table)}")
        for name, cells in zip(names, (choices.labels.values(), choices.labels), strict=True):
            letter = sheet.add_column(cells)
            quoted = sheet_name.replace("'", "''")
            workbook.define_name(name, f"='{quoted}'!${letter}$1:${letter}${len(choices.labels)}")
        found[table] = names
    sheet.hide()
    return found
