"""A workbook of XlsxWriter that writes its texts, notes and cells in about half of the time, with the same octets.

XlsxWriter looks at every text six times for what must be escaped; of 10,000 grants that was a fifth of all workbooks.
"""

from __future__ import annotations

from itertools import groupby
from typing import Any
from xml.sax.saxutils import escape

from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings
from xlsxwriter.utility import xl_rowcol_to_cell_fast
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from .quick_notes import QuickBoxes, QuickWords

NUL = "\0"  # stands in no plain text
FORMATTED = "<r>"  # begins a text with formats, which is XML already


class QuickWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    """To be used in place of xlsxwriter.Workbook."""

    def _get_packager(self) -> Packager:
        return _QuickPackager()


class QuickSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose texts and empty cells, if they have a format, are written at once."""

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        kind = type(cell).__name__
        if not cell.format or kind not in {"String", "Blank"}:
            super()._write_cell(row, col, cell)
            return
        start = f'<c r="{xl_rowcol_to_cell_fast(row, col)}" s="{cell.format._get_xf_index()}"'
        self.fh.write(f"{start}/>" if kind == "Blank" else f'{start} t="s"><v>{cell.string}</v></c>')


class _QuickPackager(Packager):  # type: ignore[misc]
    def _write_vml_files(self) -> None:
        """For sheets without pictures in their headers."""
        for number, sheet in enumerate((one for one in self.workbook.worksheets() if one.has_vml), start=1):
            boxes = QuickBoxes()
            boxes._set_xml_writer(self._filename(f"xl/drawings/vmlDrawing{number}.vml"))
            given = (sheet.vml_data_id, sheet.vml_shape_id, sheet.comments_list, sheet.buttons_list)
            boxes._assemble_xml_file(*given)

    def _write_comment_files(self) -> None:
        for number, sheet in enumerate((one for one in self.workbook.worksheets() if one.has_comments), start=1):
            words = QuickWords()
            words._set_xml_writer(self._filename(f"xl/comments{number}.xml"))
            words._assemble_xml_file(sheet.comments_list)

    def _write_shared_strings_file(self) -> None:
        texts = _QuickTexts()
        texts.string_table = self.workbook.str_table
        if texts.string_table.count:
            texts._set_xml_writer(self._filename("xl/sharedStrings.xml"))
            texts._assemble_xml_file()


class _QuickTexts(SharedStrings):  # type: ignore[misc]
    def _write_sst_strings(self) -> None:
        for is_plain, texts in groupby(self.string_table.string_array, _is_plain):
            if is_plain:
                self.fh.write(f"<si><t>{escape(NUL.join(texts)).replace(NUL, '</t></si><si><t>')}</t></si>")
            else:
                for text in texts:
                    self._write_si(text)


def _is_plain(text: str) -> bool:
    """Whether it has neither spaces around it nor signs that XML or Excel forbids."""
    return text.isprintable() and "_x" not in text and text == text.strip() and not text.startswith(FORMATTED)
