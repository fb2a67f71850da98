"""Their own spreadsheet back: what is marked, what is kept, and that it can be sent again."""

from __future__ import annotations

import gc
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from portal.desk.annotate import AUTHOR, annotate
from portal.desk.grid import Formula, Merged, Sheet, SheetRow, Workbook
from portal.desk.layout import find_layouts
from portal.desk.mend_list import FILLS, FIRST_ROW
from portal.desk.model import CellProblem, Layout
from portal.desk.read_file import read_bytes
from portal.desk.rules import read_rules
from portal.errors import Level, say
from portal.i18n import Translations
from portal.package import read_package
from tests.desk_portal import ROOT

WORDS = Translations(ROOT / "theme/translations")
RED, AMBER = (FILLS[level].fgColor.rgb for level in ("error", "warning"))
FIX = say("Correct the value.")


def problem(
    row: int | None, column: int | None, what: str, level: Level = "error", sheet: str = "Гранты"
) -> CellProblem:
    return CellProblem(sheet, row, column, None, say("{error}", error=what), FIX, level)


def sent(change: Any = None) -> tuple[bytes, Workbook]:
    """A workbook as a clerk sends it: a row above the titles, two sheets; as bytes and as the desk reads it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Гранты"
    for row in (("Отчёт за 2019 год",), (None, "Кем выдан", "Год"), (None, "Мэрия", 2019), (None, "Минтруд", "20I9")):
        sheet.append(row)
    workbook.create_sheet("Прочее").append(["=1+1", "text"])
    if change:
        change(workbook)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue(), read_bytes("grants.xlsx", stream.getvalue())


def annotated(
    file: tuple[bytes, Workbook], *problems: CellProblem, language: str = "en", layouts: Sequence[Layout] = ()
) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(annotate(*file, problems, WORDS, language, layouts)))


def comment(sheet: Worksheet, address: str) -> str:
    cell = sheet[address]
    assert isinstance(cell, Cell)
    return cell.comment.text if cell.comment else ""


def listed(book: openpyxl.Workbook) -> list[tuple[Any, ...]]:
    return list(book.worksheets[0].iter_rows(min_row=FIRST_ROW, values_only=True))


def test_a_cell_is_coloured_and_says_what_to_do() -> None:
    book = annotated(sent(), problem(4, 2, "This is no year."), problem(3, 1, "Few know it.", "warning"))
    sheet = book["Гранты"]
    assert (sheet["C4"].fill.fgColor.rgb, comment(sheet, "C4")) == (RED, "Error. This is no year. Correct the value.")
    assert (sheet["B3"].fill.fgColor.rgb, comment(sheet, "B3")) == (
        AMBER,
        "Advice. Few know it. Correct the value.",
    )
    assert sheet["C3"].fill.fgColor.rgb not in (RED, AMBER)


def test_the_first_sheet_lists_errors_then_advice_with_links() -> None:
    book = annotated(sent(), problem(3, 1, "Few know it.", "warning"), problem(4, 2, "This is no year."))
    assert book.sheetnames == ["What to mend", "Гранты", "Прочее"]
    assert book.active == book.worksheets[0]
    assert listed(book) == [
        (1, "Error", "Гранты", "C4", "20I9", "This is no year.", "Correct the value."),
        (2, "Advice", "Гранты", "B3", "Мэрия", "Few know it.", "Correct the value."),
    ]
    first = book.worksheets[0]
    assert first["A2"].value == "Errors: 1. Advice: 1."
    links = [first.cell(FIRST_ROW + number, 4).hyperlink for number in (0, 1)]
    assert [link.location for link in links if link] == ["'Гранты'!C4", "'Гранты'!B3"]


def test_problems_of_one_cell_are_told_together_and_the_worst_colours_it() -> None:
    sheet = annotated(sent(), problem(4, 2, "Odd.", "warning"), problem(4, 2, "Wrong."))["Гранты"]
    assert sheet["C4"].fill.fgColor.rgb == RED
    assert comment(sheet, "C4") == "Error. Wrong. Correct the value.\n\nAdvice. Odd. Correct the value."


@pytest.mark.parametrize(
    ("row", "column", "header", "cell"),
    [
        (4, None, 2, "B4"),  # a row: its first filled cell
        (None, None, 2, "B2"),  # a sheet: its row of titles
        (None, None, None, "A1"),  # without a known row of titles, its first row
        (None, 2, 2, "C2"),  # a column
        (9, 2, 2, "C9"),  # an empty row
    ],
)
def test_where_a_problem_is_shown(row: int | None, column: int | None, header: int | None, cell: str) -> None:
    layouts = [Layout("Гранты", "grants", header, (), (), (), ())] if header else []
    book = annotated(sent(), problem(row, column, "Wrong."), layouts=layouts)
    assert comment(book["Гранты"], cell) == "Error. Wrong. Correct the value."
    assert listed(book)[0][3] == cell


def test_what_was_in_the_file_stays() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook["Гранты"]
        sheet["C4"].comment = Comment("Ask Aibek.", "Clerk")
        sheet["B3"].font, sheet["B3"].fill = Font(bold=True), PatternFill("solid", fgColor="FF00FF00")
        sheet.column_dimensions["B"].width = 33
        sheet.add_data_validation(DataValidation(type="whole", operator="greaterThan", formula1="1990", sqref="C3:C9"))

    sheet = (book := annotated(sent(change), problem(4, 2, "Wrong.")))["Гранты"]
    assert comment(sheet, "C4") == "Ask Aibek.\n———\nError. Wrong. Correct the value."
    assert sheet["B3"].font.bold
    assert sheet["B3"].fill.fgColor.rgb == "FF00FF00"
    assert sheet.column_dimensions["B"].width == 33
    assert len(sheet.data_validations.dataValidation) == 1
    assert book["Прочее"]["A1"].value == "=1+1"


def test_an_earlier_run_leaves_nothing() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook["Гранты"]["B3"].comment = Comment("Ask Aibek.", "Clerk")

    file = sent(change)
    once = annotate(*file, [problem(4, 2, "Wrong."), problem(3, 1, "Odd.")], WORDS, "ru")
    book = annotated((once, read_bytes("again.xlsx", once)), problem(4, 1, "Wrong."), language="ru")
    assert len(book.worksheets) == 3
    sheet = book["Гранты"]
    assert [comment(sheet, cell) != "" for cell in ("C4", "B3", "B4")] == [False, True, True]
    assert comment(sheet, "B3") == "Ask Aibek."
    assert [sheet[cell].fill.fgColor.rgb == RED for cell in ("C4", "B3", "B4")] == [False, False, True]
    assert len(listed(book)) == 1
    assert sheet["B4"].comment.author == AUTHOR


def test_our_colours_stand_above_rules_of_the_sheet() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        rule = Rule("expression", formula=["LEN(C3)>0"], dxf=DifferentialStyle(font=Font(bold=True)))
        workbook["Гранты"].conditional_formatting.add("C3:C9", rule)

    file = sent(change)
    once = annotate(*file, [problem(4, 2, "Wrong."), problem(3, 2, "Odd.", "warning")], WORDS, "ru")
    assert rules_of(openpyxl.load_workbook(io.BytesIO(once))["Гранты"]) == [
        (1, "C4", ["TRUE"]),
        (2, "C3", ["TRUE"]),
        (3, "C3:C9", ["LEN(C3)>0"]),
    ]
    again = annotated((once, read_bytes("again.xlsx", once)), problem(3, 2, "Wrong."), language="ru")
    assert rules_of(again["Гранты"]) == [(1, "C3", ["TRUE"]), (5, "C3:C9", ["LEN(C3)>0"])]


def rules_of(sheet: Worksheet) -> list[tuple[int, str, list[str]]]:
    areas = ((area, rule) for area in sheet.conditional_formatting for rule in area.rules)
    return sorted((rule.priority, str(area.sqref), list(rule.formula)) for area, rule in areas)


def test_a_merged_cell_is_marked_at_its_first_cell() -> None:
    book = annotated(sent(lambda workbook: workbook["Гранты"].merge_cells("B3:B4")), problem(4, 1, "Wrong."))
    assert comment(book["Гранты"], "B3") == "Error. Wrong. Correct the value."


def test_the_list_takes_no_name_that_is_taken() -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook["Прочее"].title = "what to MEND"

    assert annotated(sent(change)).sheetnames == ["What to mend (2)", "Гранты", "what to MEND"]


def test_only_one_sheet_is_selected() -> None:
    book = annotated(sent(), problem(4, 2, "Wrong."))
    assert [sheet.sheet_view.tabSelected for sheet in book.worksheets] == [True, False, False]


@pytest.mark.parametrize("text", ["=1+1", "+7 things", "-5 apples", "@SUM(A1)"])
def test_what_is_written_is_never_computed(text: str) -> None:
    row = SheetRow(1, (text, Formula("=A2")))
    book = annotated((b"", Workbook("grants.csv", "csv", (Sheet("Гранты", (row,)),))), problem(1, 0, text))
    sheet, first = book["Гранты"], book.worksheets[0]
    cells = [sheet["A1"], sheet["B1"], first.cell(FIRST_ROW, 5), first.cell(FIRST_ROW, 6)]
    assert [cell.value for cell in cells] == [text, "=A2", text, text]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_another_form_becomes_a_workbook_with_the_same_cells() -> None:
    rows = (
        SheetRow(1, ("Title", None)),
        SheetRow(4, ("007", Decimal("1.5"), date(2019, 11, 5), True, "bad \x0b sign")),
    )
    name = "Payments [2019]: all the rows of the town.csv"
    read = Workbook(name, "ods", (Sheet(name, rows, (Merged(1, 2, 0, 1),)),))
    book = annotated((b"", read), problem(4, 1, "Wrong.", sheet=name))
    sheet = book.worksheets[1]
    assert sheet.title == "Payments 2019 all the rows of t"
    values = [cell.value for cell in sheet[4]]
    assert values == ["007", 1.5, datetime(2019, 11, 5), True, "bad  sign"]
    assert comment(sheet, "B4") == "Error. Wrong. Correct the value."
    assert [str(one) for one in sheet.merged_cells.ranges] == ["A1:B2"]


def test_a_problem_of_no_visible_sheet_is_listed() -> None:
    book = annotated(sent(), problem(None, None, "Nothing fits.", sheet="Elsewhere"))
    assert listed(book) == [(1, "Error", "Elsewhere", None, None, "Nothing fits.", "Correct the value.")]


def test_a_file_without_problems_says_so() -> None:
    assert annotated(sent()).worksheets[0]["A2"].value == "Nothing is to be mended."


def test_macros_stay_only_where_excel_opens_them() -> None:
    content, read = sent()
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    content = stream.getvalue()
    with zipfile.ZipFile(io.BytesIO(annotate(content, read, [], WORDS, "en", keep_macros=True))) as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"
    with zipfile.ZipFile(io.BytesIO(annotate(content, read, [], WORDS, "en"))) as archive:
        assert "xl/vbaProject.bin" not in archive.namelist()
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


def test_nothing_of_a_file_with_macros_stays_open() -> None:
    content, read = sent()
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")
    gc.collect()
    gc.disable()  # or what was left open could be gone before it is looked for
    try:
        annotate(stream.getvalue(), read, [], WORDS, "en", keep_macros=True)
        archives = [one for one in gc.get_objects() if isinstance(one, zipfile.ZipFile)]
    finally:
        gc.enable()
    assert [one for one in archives if one.fp] == []
    assert archives != []


def test_a_workbook_that_openpyxl_cannot_read_comes_back_as_cells() -> None:
    content, read = sent()
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<styleSheet" if name == "xl/styles.xml" else old.read(name))
    book = annotated((broken.getvalue(), read), problem(4, 2, "Wrong."))
    assert book["Гранты"]["B3"].value == "Мэрия"
    assert comment(book["Гранты"], "C4") == "Error. Wrong. Correct the value."


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_annotated_file_is_laid_out_as_before(language: str) -> None:
    package = read_package(ROOT / "data", ("ky", "ru", "en"))
    tables: Mapping[str, Any] = {}
    rules = read_rules(package, tables, ("ky", "ru", "en"), "KGS", {}, translations=WORDS)
    content, read = sent()
    before, _, _ = find_layouts(read, rules)
    # Values and sheets that are called like columns must not make a row of titles of the list.
    problems = [problem(2, 1, "Wrong."), problem(2, 2, "Wrong."), problem(4, 2, "Wrong.", sheet="Программа")]
    again = read_bytes("again.xlsx", annotate(content, read, problems, WORDS, language))
    after, faults, others = find_layouts(again, rules)
    assert (after, faults) == (before, ())
    assert len(before) == 1
    assert again.sheets[0].name in [name for name, _ in others]
