"""What we write of a workbook ourselves is what XlsxWriter would write, octet for octet."""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from xlsxwriter.workbook import Workbook

from portal.exports.quick_workbook import QuickWorkbook
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
