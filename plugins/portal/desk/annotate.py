"""The spreadsheet as it was sent, with the problems in it: coloured cells, comments, and a first sheet that lists all.

A workbook keeps its looks, formulas and comments; a file of another form becomes a workbook with the same cells. What
an earlier run has marked is taken away first, so that a mended file comes back with only what is left to mend.
Nothing is computed. Pictures and form controls of the file are lost, as openpyxl does not keep them.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

import openpyxl
from openpyxl.cell import Cell as BookCell
from openpyxl.cell import MergedCell
from openpyxl.comments import Comment
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import Rule
from openpyxl.styles import PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from ..errors import Level
from ..i18n import Translations
from ..sentences import shown
from .grid import Cell, Formula, Sheet, Workbook, column_letter
from .mend_list import FILLS, LEVELS, Mark, is_list, list_name, showable, write_list, write_plainly
from .model import CellProblem, Layout
from .packed import BROKEN
from .reading import is_empty, shown_text
from .write_back import Identifiers, write_back

AUTHOR = "Ashar"  # of our comments, by which a later run knows them
OURS = "\n———\n"  # stands between a comment that was there and ours
MOST = 10_000  # problems that are marked; who has more begins with these
ALWAYS = "TRUE"  # the condition of our rules
MACROS = "xl/vbaProject.bin"
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans("", "", "[]:*?/\\")
WIDEST = 48  # characters of a column in a workbook that we make
COMMENT_WIDTH, LETTERS_OF_A_LINE, LINE_HEIGHT = 320, 46, 17  # pixels

Rows = Mapping[str, Mapping[int, tuple[Cell, ...]]]  # sheet -> number of the row -> its cells


def annotate(  # noqa: PLR0917  (the last are words and places)
    content: bytes,
    workbook: Workbook,
    problems: Sequence[CellProblem],
    translations: Translations,
    language: str,
    layouts: Sequence[Layout] = (),
    identifiers: Identifiers | None = None,
    keep_macros: bool = False,
) -> bytes:
    """An XLSX file: `content`, which was read as `workbook`, with the problems marked and listed.

    `layouts` say where the tables stand, so that a problem of a whole sheet is marked at its row of titles, and
    `identifiers` which ones are written into it. Excel opens a file with macros only under a name that ends in .xlsm,
    so they are kept only for such a one.
    """
    book, sheets = _book_as_sent(content, workbook, translations, language, keep_macros)
    if identifiers:
        write_back(book, sheets, workbook.sheets, layouts, identifiers)
    rows = {sheet.name: {row.number: row.cells for row in sheet.rows} for sheet in workbook.sheets}
    headers = {layout.sheet: layout.header for layout in layouts}
    marks = sorted((_mark(problem, rows, sheets, headers) for problem in problems), key=_order(workbook))
    listed = marks[:MOST]
    at: defaultdict[tuple[str, int, int], list[Mark]] = defaultdict(list)
    for mark in listed:
        if mark.title:
            at[mark.title, mark.row, mark.column].append(mark)
    for (title, row, column), together in at.items():
        _write_mark(_first_of_merged(book[title], row, column), together, translations, language)
    for sheet in book.worksheets:
        here = {(row, column): together for (title, row, column), together in at.items() if title == sheet.title}
        _colour_above_rules(sheet, here)
        sheet.sheet_view.tabSelected = False  # or the program edits all the selected sheets at once
    first = book.create_sheet(list_name(book.sheetnames, translations, language), 0)
    write_list(first, listed, len(marks), translations, language)
    book.active = 0
    stream = io.BytesIO()
    book.save(stream)
    if book.vba_archive:
        book.vba_archive.close()  # openpyxl leaves it open
    return stream.getvalue()


def _book_as_sent(
    content: bytes, workbook: Workbook, translations: Translations, language: str, keep_macros: bool
) -> tuple[Book, Mapping[str, str]]:
    """The workbook to be marked, and name of each sheet as it was read -> its name in there."""
    if workbook.form != "xlsx":
        return _book_of_cells(workbook)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive, warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # openpyxl says in English what it does not keep
            has_macros = MACROS in archive.namelist()
            book = openpyxl.load_workbook(io.BytesIO(content), keep_vba=keep_macros and has_macros)
    except (*BROKEN, TypeError, AttributeError):  # what openpyxl cannot read: its cells are known all the same
        return _book_of_cells(workbook)
    for sheet in book.worksheets:
        if is_list(sheet, translations, language):
            del book[sheet.title]
        else:
            _take_marks_away(sheet)
    return book, {sheet.title: sheet.title for sheet in book.worksheets}


def _book_of_cells(workbook: Workbook) -> tuple[Book, Mapping[str, str]]:
    book = Book()
    del book[book.sheetnames[0]]
    titles: dict[str, str] = {}
    for number, read in enumerate(workbook.sheets, start=1):
        name = read.name.translate(NOT_IN_SHEET_NAMES).strip("' ")[:LONGEST_SHEET_NAME].strip("' ")
        sheet = book.create_sheet(name or str(number))
        titles[read.name] = sheet.title
        _fill(sheet, read)
    return book, titles


def _fill(sheet: Worksheet, read: Sheet) -> None:
    widths: defaultdict[int, int] = defaultdict(int)
    for row in read.rows:
        for column, value in enumerate(row.cells, start=1):
            if value is not None:
                write_plainly(sheet, row.number, column, value.text if isinstance(value, Formula) else value)
                widths[column] = max(widths[column], len(str(value)))
    for column, width in widths.items():
        sheet.column_dimensions[column_letter(column - 1)].width = min(width + 2, WIDEST)
    for merged in read.merged:
        sheet.merge_cells(
            start_row=merged.first_row,
            end_row=merged.last_row,
            start_column=merged.first_column + 1,
            end_column=merged.last_column + 1,
        )


def _take_marks_away(sheet: Worksheet) -> None:
    """Our comments and fills of an earlier run."""
    fills = {fill.fgColor.rgb for fill in FILLS.values()}
    for row in sheet.iter_rows():
        for cell in row:
            comment = None if isinstance(cell, MergedCell) else cell.comment
            if comment and (comment.author == AUTHOR or OURS in comment.text):
                theirs = comment.text.partition(OURS)[0] if OURS in comment.text else ""
                cell.comment = Comment(theirs, comment.author) if theirs else None
                if cell.fill.fgColor.rgb in fills:
                    cell.fill = PatternFill()


def _mark(problem: CellProblem, rows: Rows, titles: Mapping[str, str], headers: Mapping[str, int]) -> Mark:
    """Where the problem is shown: a row without a column at its first filled cell, a sheet at its row of titles."""
    if problem.sheet not in rows or problem.sheet not in titles:
        return Mark(problem, None, 1, 1, "")
    here = rows[problem.sheet]
    row = headers.get(problem.sheet, next(iter(here), 1)) if problem.row is None else problem.row
    cells = here.get(row, ())
    filled = (number for number, value in enumerate(cells) if not is_empty(value))
    column = next(filled, 0) if problem.column is None else problem.column
    value = cells[column] if problem.column is not None and column < len(cells) else None
    return Mark(problem, titles[problem.sheet], row, column + 1, shown(shown_text(value)))


def _order(workbook: Workbook) -> Callable[[Mark], tuple[bool, int, int, int]]:
    """Errors before advice, then as they stand in the file."""
    places = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    return lambda mark: (mark.problem.level != "error", places.get(mark.problem.sheet, -1), mark.row, mark.column)


def _first_of_merged(sheet: Worksheet, row: int, column: int) -> BookCell:
    """The cell, or the one that is shown in its place."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(one for one in sheet.merged_cells.ranges if cell.coordinate in one)
        cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, BookCell)
    return cell


def _level(marks: Sequence[Mark]) -> Level:
    return "error" if any(mark.problem.level == "error" for mark in marks) else "warning"


def _colour_above_rules(sheet: Worksheet, at: Mapping[tuple[int, int], Sequence[Mark]]) -> None:
    """Where the sheet colours cells by rules, as our templates do, our colours come before them.

    They come first in the file too: LibreOffice goes by that, and Excel by the priority.
    """
    theirs = [(str(area.sqref), rule) for area in sheet.conditional_formatting for rule in area.rules]
    if not theirs:
        return
    sheet.conditional_formatting = ConditionalFormattingList()
    for priority, (level, fill) in enumerate(FILLS.items(), start=1):
        cells = [_first_of_merged(sheet, *place).coordinate for place, marks in at.items() if _level(marks) == level]
        look = DifferentialStyle(fill=PatternFill(bgColor=fill.fgColor))
        rule = Rule("expression", priority=priority, stopIfTrue=True, formula=[ALWAYS], dxf=look)
        if cells:
            sheet.conditional_formatting.add(" ".join(dict.fromkeys(cells)), rule)
    for area, rule in theirs:
        if rule.formula != [ALWAYS]:  # else it is ours, of an earlier run
            rule.priority += len(FILLS)
            sheet.conditional_formatting.add(area, rule)


def _write_mark(cell: BookCell, marks: Sequence[Mark], translations: Translations, language: str) -> None:
    cell.fill = FILLS[_level(marks)]
    lines = []
    for problem in (mark.problem for mark in marks):
        parts = (LEVELS[problem.level], problem.what, problem.fix)
        name, what, fix = (translations.message(language, part) for part in parts)
        lines.append(f"{name}. {what} {fix}")
    text = showable("\n\n".join(dict.fromkeys(lines)))
    before = cell.comment
    comment = Comment(f"{before.text}{OURS}{text}" if before else text, (before.author if before else "") or AUTHOR)
    lengths = (1 + len(line) // LETTERS_OF_A_LINE for line in comment.text.split("\n"))
    comment.width, comment.height = COMMENT_WIDTH, LINE_HEIGHT * sum(lengths) + LINE_HEIGHT
    cell.comment = comment
