"""The first sheet of an annotated file: every problem in a row, with a link to its cell. Never taken for a table."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ..errors import Level, Message, heading, say
from ..i18n import Translations
from ..sheet_names import sheet_names
from .grid import column_letter
from .model import CellProblem

TITLE = heading("What to mend")
CELL = heading("Cell")
HEADINGS = (
    heading("No."),
    heading("Error or advice"),
    heading("Sheet"),
    CELL,
    heading("What is written"),
    heading("What is wrong"),
    heading("How to mend it"),
)
WIDTHS = (7, 16, 26, 10, 30, 52, 52)
LEVELS: Mapping[Level, Message] = {"error": heading("Error"), "warning": heading("Advice")}
FACE = "Calibri"  # which every program has or replaces by one as wide
FIRST_ROW = 7  # of the list; above stand the summary and the row of headings
COMPUTED = ("=", "+", "-", "@")  # a spreadsheet computes what begins so when the cell is edited
# The values of theme/static/css/tokens.css, light, and an amber for advice.
INK, SOFT, LINE, ACCENT, ON_ACCENT, LINK = (
    "FF1D1B18",
    "FF5C564D",
    "FFE2DCD1",
    "FF9C2A2F",
    "FFFFFFFF",
    "FF7D1F25",
)
PLAIN, UNDERLINED = Font(name=FACE, color=INK), Border(bottom=Side(style="thin", color=LINE))
AT_TOP = Alignment(vertical="top", wrap_text=True, horizontal="left")
FILLS: Mapping[Level, PatternFill] = {
    "error": PatternFill("solid", fgColor="FFE8B4AF"),
    "warning": PatternFill("solid", fgColor="FFF8E2A8"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A problem and the cell at which it is shown."""

    problem: CellProblem
    title: str | None  # of the sheet in the workbook; None when the problem is of no sheet that can be seen
    row: int  # as the program shows it
    column: int  # 1 is column A
    written: str  # in the cell; empty for a problem of a row or sheet


def list_name(taken: Collection[str], translations: Translations, language: str) -> str:
    """A name for the sheet that no other one has."""
    words = translations.message(language, TITLE)
    return sheet_names([*zip(taken, taken, strict=True), (words, words)])[-1]


def is_list(sheet: Worksheet, translations: Translations, language: str) -> bool:
    """Whether it is the list of an earlier run, in this language or in English."""
    return sheet.cell(1, 1).value in (translations.message(language, TITLE), str(TITLE)) and (
        sheet.cell(FIRST_ROW - 1, len(HEADINGS)).value
        in (translations.message(language, HEADINGS[-1]), str(HEADINGS[-1]))
    )


def write_list(sheet: Worksheet, marks: Sequence[Mark], count: int, translations: Translations, language: str) -> None:
    """Fill the sheet with the marks; `count` is that of all problems, of which there may be more."""
    sheet.sheet_view.showGridLines, sheet.sheet_view.tabSelected = False, True
    _write_summary(sheet, marks, count, translations, language)
    for number, (words, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        cell = sheet.cell(FIRST_ROW - 1, number, translations.message(language, words))
        cell.font, cell.fill = Font(name=FACE, bold=True, color=ON_ACCENT), PatternFill("solid", fgColor=ACCENT)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[column_letter(number - 1)].width = width
    sheet.row_dimensions[FIRST_ROW - 1].height = 24
    for number, mark in enumerate(marks, start=1):
        _write_row(sheet, number, mark, translations, language)
    sheet.freeze_panes = f"A{FIRST_ROW}"
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{column_letter(len(HEADINGS) - 1)}{FIRST_ROW - 1 + max(len(marks), 1)}"
    sheet.sheet_properties.tabColor = ACCENT
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9  # A4
    sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr = 0, PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{FIRST_ROW - 1}:{FIRST_ROW - 1}"


def _write_row(sheet: Worksheet, number: int, mark: Mark, translations: Translations, language: str) -> None:
    problem, row = mark.problem, FIRST_ROW + number - 1
    values: tuple[str | int, ...] = (
        number,
        translations.message(language, LEVELS[problem.level]),
        problem.sheet,
        _address(mark),
        mark.written,
        translations.message(language, problem.what),
        translations.message(language, problem.fix),
    )
    for column, value in enumerate(values, start=1):
        write_plainly(sheet, row, column, value)
        look = sheet.cell(row, column)
        look.font, look.border, look.alignment = PLAIN, UNDERLINED, AT_TOP
    sheet.cell(row, 2).fill = FILLS[problem.level]
    _link(sheet, row, mark)
    lines = [1 + int(len(str(value)) * 1.1) // width for value, width in zip(values, WIDTHS, strict=True)]
    sheet.row_dimensions[row].height = 15 * max(lines) + 4


def _write_summary(
    sheet: Worksheet, marks: Sequence[Mark], count: int, translations: Translations, language: str
) -> None:
    errors = sum(mark.problem.level == "error" for mark in marks)
    sentences = [
        say("Errors: {errors}. Advice: {advice}.", errors=errors, advice=len(marks) - errors)
        if marks
        else say("Nothing is to be mended."),
        say("Mend the coloured cells in their own sheets and send the file again; this sheet may stay in it."),
        say("Red cells cannot be taken as they are; amber ones can, but readers gain if you mend them."),
    ]
    if count > len(marks):
        sentences[0] = say("Only the first {shown} of {count} problems are listed.", shown=len(marks), count=count)
    title = sheet.cell(1, 1, translations.message(language, TITLE))
    title.font = Font(name=FACE, bold=True, size=18, color=ACCENT)
    sheet.row_dimensions[1].height = 30
    sheet.row_dimensions[FIRST_ROW - 2].height = 8
    for row, sentence in enumerate(sentences, start=2):
        cell = sheet.cell(row, 1, translations.message(language, sentence))
        cell.font = Font(name=FACE, bold=row == 2, color=INK if row == 2 else SOFT)


def _address(mark: Mark) -> str:
    """As the program shows the cell."""
    return f"{column_letter(mark.column - 1)}{mark.row}" if mark.title else ""


def _link(sheet: Worksheet, row: int, mark: Mark) -> None:
    if mark.title is None:
        return
    cell = sheet.cell(row, HEADINGS.index(CELL) + 1)
    quoted = mark.title.replace("'", "''")
    target = f"'{quoted}'!{_address(mark)}"
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=target)
    cell.font = Font(name=FACE, color=LINK, underline="single")


def write_plainly(sheet: Worksheet, row: int, column: int, value: str | Decimal | date | int | None) -> None:
    """Write a value so that nothing is computed, now or when somebody edits the cell."""
    text = showable(value) if isinstance(value, str) else value
    cell = sheet.cell(row, column, text)
    if isinstance(text, str) and text.startswith(COMPUTED):
        cell.data_type, cell.quotePrefix = "s", True


def showable(text: str) -> str:
    """The text without the characters that no workbook can hold."""
    return ILLEGAL_CHARACTERS_RE.sub("", text)
