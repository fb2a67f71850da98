"""What we write of a workbook ourselves is what XlsxWriter would write, octet for octet."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from portal.exports.quick_workbook import QuickSheet, QuickWorkbook
from portal.exports.templates.lists import ListSheet

DAY = datetime(2026, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # XlsxWriter takes no time zone
TEXTS = (
    *("plain", "Сокулук", "a & b", "<b>", '"quoted"', " before", "behind ", "\u00a0", "two\nlines", "tab\tin it"),
    *("\x01", "\r", "\ufffe", "_x0041_", "_x", "<r>", "<r><t>formatted</t></r>", "plain", "\U0001f33b"),
)


def octets_of(workbook: type[Workbook], fill: Any) -> bytes:
    stream = BytesIO()
    with workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"created": DAY})
        fill(book)
    return stream.getvalue()


def test_texts_are_escaped_alike() -> None:
    def fill(book: Workbook) -> None:
        book.add_worksheet("texts").write_column(0, 0, TEXTS)

    assert octets_of(QuickWorkbook, fill) == octets_of(xlsxwriter.Workbook, fill)


def test_cells_are_written_alike() -> None:
    def fill(sheet: Worksheet, look: Format) -> None:
        sheet.set_column(2, 2, 10, look)
        sheet.set_row(4, 20, look)
        for row, given in enumerate((look, None, look, None, None)):
            sheet.write_string(row, 0, f"a text of row {row}", given)
            sheet.write_string(row, 2, "the same", given)
            sheet.write_blank(row, 27, None, given)
            sheet.write_number(row, 28, row / 2, given)
            sheet.write_datetime(row, 29, DAY, given)
            sheet.write_boolean(row, 30, True, given)

    def filled(kind: type[Worksheet]) -> Callable[[Workbook], None]:
        return lambda book: fill(book.add_worksheet("cells", kind), book.add_format({"bold": True, "bg_color": "red"}))

    assert octets_of(QuickWorkbook, filled(QuickSheet)) == octets_of(xlsxwriter.Workbook, filled(Worksheet))


def test_notes_are_written_alike() -> None:
    looks: tuple[dict[str, Any], ...] = (
        {},
        {"visible": True, "author": "A & B"},
        {"width": 301, "height": 97.5, "color": "#faf8f4"},
        {"font_name": "Times <New>", "font_size": 10.5, "font_family": 1, "start_row": 7, "x_offset": 3},
    )

    def fill(book: Workbook) -> None:
        for name in ("with notes", "more notes"):
            sheet = book.add_worksheet(name)
            for number, text in enumerate(TEXTS):
                sheet.write_comment(number * 3, number, text, looks[number % len(looks)])
            book.add_worksheet(f"none after {name}")

    assert octets_of(QuickWorkbook, fill) == octets_of(xlsxwriter.Workbook, fill)


@pytest.mark.parametrize("lengths", [(1,), (3, 16), (17, 40, 2), (33, 1, 33), (16, 32)])
def test_lists_are_written_alike(lengths: tuple[int, ...]) -> None:
    columns = [[f"{number}: {row % 7}" for row in range(length)] for number, length in enumerate(lengths)]

    def fill_by_column(book: Workbook) -> None:
        sheet = book.add_worksheet("lists", ListSheet)
        assert [sheet.add_column(column) for column in columns] == list("ABC"[: len(columns)])

    def fill_by_cell(book: Workbook) -> None:
        sheet = book.add_worksheet("lists")
        for number, column in enumerate(columns):
            for row, text in enumerate(column):
                sheet.write_string(row, number, text)

    assert octets_of(QuickWorkbook, fill_by_column) == octets_of(xlsxwriter.Workbook, fill_by_cell)
