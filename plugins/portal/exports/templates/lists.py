"""The hidden sheet with the values of the drop-downs, and the names under which other sheets find them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook

from .book import Book

NO_LETTER = re.compile(r"\W+")
Lists = Mapping[str, tuple[str, str]]  # table -> names of the ranges with the labels and with their keys


def write_lists(book: Book, workbook: Workbook) -> Lists:
    """Write the sheet, the last one, with two columns a list; none where no column has choices."""
    offered = {column.offered.table: column.offered for column in book.columns if column.offered}
    if not offered:
        return {}
    sheet_name = book.sheets[-1]
    sheet = workbook.add_worksheet(sheet_name)
    found: dict[str, tuple[str, str]] = {}
    for number, (table, choices) in enumerate(offered.items()):
        names = (f"list_{NO_LETTER.sub('_', table)}", f"keys_{NO_LETTER.sub('_', table)}")
        for part, cells in enumerate((list(choices.labels.values()), list(choices.labels))):
            column = 2 * number + part
            letter = xl_col_to_name(column)
            for row, cell in enumerate(cells):
                sheet.write_string(row, column, cell)
            quoted = sheet_name.replace("'", "''")
            workbook.define_name(names[part], f"='{quoted}'!${letter}$1:${letter}${len(choices.labels)}")
        found[table] = names
    sheet.hide()
    return found
