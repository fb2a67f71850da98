"""A sheet of XlsxWriter whose rows we write ourselves: 20,000 grants in 2 seconds, where it takes 8 cell by cell.

Numbers and days are numbers and days; all else is text.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from ..validate import Record
from .cells import cell_text
from .columns import Cells, Column

LONGEST_CELL = 32_767  # characters that Excel holds
MOST_SHARED = 50_000  # texts of a workbook that stand in its list; any further one stands in its cell
KEPT = 1 << 20  # characters of a sheet that wait in memory, more in a file
EXACT_DIGITS = 15  # Excel rounds what has more
DAY_ZERO = date(1899, 12, 30)  # Excel counts the days from here
FIRST_DAY = date(1900, 3, 1)  # Excel believes in 29 February 1900, so that earlier days come out wrong


@dataclass(frozen=True, slots=True)
class Looks:
    """The formats of a workbook."""

    header: Format
    whole: Format  # amounts: 1,950,000
    fraction: Format  # amounts: 476,300.5
    day: Format


class FilledSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """Rows that were written with its own methods, and below them the records."""

    _lines: IO[str] | None = None  # a row each

    def fill(self, columns: Sequence[Column], records: Iterable[Record], looks: Looks, first: int) -> list[int]:
        """Write the records from row `first`, the uppermost being 0. About how many characters wide each column is."""
        widths = [0] * len(columns)
        cells = [
            (
                xl_col_to_name(number),
                column.field.name,
                Cells(self._cell_maker(column, looks, widths, number), column.field),
            )
            for number, column in enumerate(columns)
        ]
        # It stays open until _write_rows() has copied it.
        self._lines = lines = SpooledTemporaryFile(KEPT, "w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        row = first
        for row, record in enumerate(records, start=first + 1):  # in the file, the uppermost is 1
            values = record.values
            line = "".join(
                [
                    f'<c r="{letters}{row}"{cell}'
                    for letters, name, kept in cells
                    if (value := values[name]) is not None and (cell := kept[value])
                ]
            )
            lines.write(f'<row r="{row}">{line}</row>')
        if row > first:
            self._check_dimensions(row - 1, len(columns) - 1)
        return widths

    def _write_rows(self) -> None:
        super()._write_rows()
        if self._lines:
            self._lines.seek(0)
            shutil.copyfileobj(self._lines, self.fh)
            self._lines.close()

    def _cell_maker(self, column: Column, looks: Looks, widths: list[int], number: int) -> Callable[[Any], str]:
        def make(value: Any) -> str:
            shown = column.shown(value)
            is_text = isinstance(shown, str) and shown
            cell, width = (self._text_cell(shown), len(shown)) if is_text else self._cell(shown, looks)
            widths[number] = max(widths[number], width)
            return cell

        return make

    def _cell(self, value: Any, looks: Looks) -> tuple[str, int]:
        """What follows the address in the element of a cell, and about how many characters wide it is."""
        text = cell_text(value)
        if not text:
            return "", 0
        width = len(text)
        if isinstance(value, bool):
            return f' t="b"><v>{int(value)}</v></c>', width
        if isinstance(value, int) and abs(value) < 10**EXACT_DIGITS:
            return f"><v>{value}</v></c>", width
        if isinstance(value, Decimal) and len(text.strip("-").replace(".", "").strip("0")) <= EXACT_DIGITS:
            look = looks.whole if value == value.to_integral_value() else looks.fraction
            return f' s="{look._get_xf_index()}"><v>{text}</v></c>', width + width // 3  # with marks between thousands
        if isinstance(value, date) and value >= FIRST_DAY:
            return f' s="{looks.day._get_xf_index()}"><v>{(value - DAY_ZERO).days}</v></c>', width
        return self._text_cell(text), width

    def _text_cell(self, text: str) -> str:
        """A text in the list of the workbook; in the cell itself when the list is long, as it stays in memory."""
        is_plain = text.isprintable() and "_x" not in text  # most are, and looking twice takes longer
        if not is_plain:
            text = text.replace("\r\n", "\n").replace("\r", "\n")  # Excel shows any other line end as a sign
        shown = text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
        strings = self.str_table
        if strings.unique_count < MOST_SHARED or shown in strings.string_table:
            return f' t="s"><v>{strings._get_shared_string_index(shown)}</v></c>'
        safe = self._escape_data(shown if is_plain else self._escape_control_characters(shown))
        space = ' xml:space="preserve"' if safe != safe.strip() else ""
        return f' t="inlineStr"><is><t{space}>{safe}</t></is></c>'
