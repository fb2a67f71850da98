"""Files as clerks send them -> the same grid, whatever they were saved with; and a sentence for those that are none."""

from __future__ import annotations

import lzma
import re
import shutil
import subprocess
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.desk import gather, read_csv
from portal.desk.grid import Cell, Formula, Merged, SheetRow, Workbook
from portal.desk.letters import decode
from portal.desk.packed import resolve
from portal.desk.read_file import read_bytes, read_workbook
from portal.errors import InputError
from tests.desk_files import (
    OLE,
    PNG,
    STRICT,
    csv_octets,
    entity_bomb,
    locked_xlsx,
    lying_bomb,
    ods_octets,
    old_xls,
    raw_ods,
    raw_xlsx,
    sheet_data,
    xlsx_octets,
    zip_bomb,
    zipped,
)

pytestmark = pytest.mark.long

TEXTS = (
    ("Название", "Сумма, тыс. сом", "Дата"),
    ("Ремонт школы «Ак-Суу»", "1 950 000,50", "05.11.2019"),
    ('ОсОО "Мээрим"; Бишкек', "12,5", "11.2019"),
    ("Первая строка\nвторая строка", "0", ""),
)
READ_TEXTS = tuple(tuple(cell or None for cell in row) for row in TEXTS)
GRID = (
    ("Title", "Amount", "Awarded", "Open"),
    ("Мектеп", Decimal("1950000.5"), date(2019, 11, 5), True),
    (None, Decimal("0.1"), datetime(2019, 11, 6, 10, 30), False),
    (None, None, None, None),
    ("two\nlines", Decimal("-12345678901"), None, Formula("=A1+1")),
)
READ_GRID = (
    SheetRow(1, ("Title", "Amount", "Awarded", "Open")),
    SheetRow(2, ("Мектеп", Decimal("1950000.5"), date(2019, 11, 5), True)),
    SheetRow(3, (None, Decimal("0.1"), date(2019, 11, 6), False)),
    SheetRow(5, ("two\nlines", Decimal("-12345678901"), None, Formula("=A1+1"))),
)


def cells(book: Workbook) -> tuple[tuple[Cell, ...], ...]:
    """The cells of the first sheet, every row as wide as the first."""
    rows = book.sheets[0].rows
    return tuple(row.cells + (None,) * (len(rows[0].cells) - len(row.cells)) for row in rows)


def said(content: bytes, name: str = "grants.xlsx") -> str:
    """The sentence that is said of a file which cannot be read."""
    with pytest.raises(InputError) as caught:
        read_bytes(name, content)
    return str(caught.value)


# CSV


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize(
    "letters", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251", "koi8-r", "cp866"]
)
def test_a_csv_is_read_whatever_it_was_saved_with(separator: str, line_end: str, letters: str) -> None:
    rows = [[cell.replace("«", '"').replace("»", '"') for cell in row] for row in TEXTS]
    content = csv_octets(rows, separator, letters, line_end)
    assert cells(read_bytes("a.csv", content)) == tuple(tuple(cell or None for cell in row) for row in rows)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Название;Сумма\nБишкек;5\n", "cp1251"),
        ("Название;Сумма\nБишкек;5\n", "koi8-r"),
        ("название;сумма\nремонт школы;5\n", "koi8-r"),
        ("НАЗВАНИЕ;СУММА\nРЕМОНТ ШКОЛЫ;5\n", "cp1251"),
        ("НАЗВАНИЕ;СУММА\nРЕМОНТ ШКОЛЫ;5\n", "koi8-r"),
        ("АЛУУЧУЛАР;5\n", "cp1251"),
        ("БЕЗДОМНЫЕ;5\n", "koi8-r"),
        ("Name;Sum\nОсОО «Ак-Суу» № 5;5\n", "cp1251"),
        ("Сынак;Жыйынтык\nАйыл өкмөтү;5\n".replace("ө", "о").replace("ү", "у"), "cp1251"),
        ("Department;Amount (£m)\nBIS;9\n", "cp1252"),
        ("Department;Amount (£,000s)\nBIS;9\n", "latin-1"),
        ("Beneficiario;Año\nCORPORACIÓN DE DESARROLLO;2009\nDiseño gráfico, Málaga;2010\n", "cp1252"),
        ("Empfänger;Straße\nBücherei Köln;5\n", "cp1252"),
        ("Quote;Sum\n“Ak-Suu” – school;5\n", "cp1252"),
    ],
)
def test_old_letters_are_told_apart(text: str, letters: str) -> None:
    assert decode("a.csv", text.encode(letters)) == text


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("Report for 2019, 2020\n\na;b;c\n1,5;x, y;z\n2,5;x;z\n", ";"),
        ("a\tb\n1,5\t2;3\n", "\t"),
        ("a|b\n1,5|2\n", "|"),
        ("title,list\nx,p;q\ny,p;q\nz,p\n", ","),
        ('a,b\n"x;y;z","1;2"\n', ","),
        ("a,b,c,d\na,b,c,d\na,b,c,d\n" + 2 * "||,||,||,||\n", ","),
        ("title\nAk-Suu, Bishkek\nTalas\nNaryn\nOsh\n", "\x1f"),
        ("amount\n1,5\n2,5\n", "\x1f"),
        ("a\n", "\x1f"),
    ],
)
def test_the_separator_is_found(text: str, separator: str) -> None:
    assert read_csv.find_separator(text) == separator


@pytest.mark.parametrize("first", ["sep=;\r\n", '"sep=;"\r\n', "SEP=;\n"])
def test_the_line_in_which_excel_is_told_the_separator_is_dropped(first: str) -> None:
    book = read_bytes("a.csv", f"{first}a;b\r\n1,5;2\r\n".encode())
    assert book.sheets[0].rows == (SheetRow(2, ("a", "b")), SheetRow(3, ("1,5", "2")))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('a, "b, c" ,d', ("a", "b, c", "d")),
        ('a,"b ""c"" d",e', ("a", 'b "c" d', "e")),
        ('a,OsOO "Ak-Suu",e', ("a", 'OsOO "Ak-Suu"', "e")),
        ('a,"Ak-Suu" OsOO,e', ("a", '"Ak-Suu" OsOO', "e")),
        ('a,5" pipe,e', ("a", '5" pipe', "e")),
        ('a,"",e', ("a", None, "e")),
        ("a,  ,e,,", ("a", None, "e")),
        ("a,b\rc,e", ("a", "b\rc", "e")),
    ],
)
def test_quotation_marks_are_read_as_they_are_meant(line: str, expected: tuple[Cell, ...]) -> None:
    assert read_bytes("a.csv", f"x,y,z\n{line}\n".encode()).sheets[0].rows[1].cells == expected


def test_a_row_is_numbered_by_its_first_line_and_empty_ones_are_left_out() -> None:
    book = read_bytes("a.csv", b'a,b\r\n"1\r\n2",x\r\n,\r\n\r\n"  ",\r\n3,y')
    assert [row.number for row in book.sheets[0].rows] == [1, 2, 7]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "grants.csv is empty. Choose the file with the table."),
        (b"\xef\xbb\xbf \r\n", "grants.csv is empty. Choose the file with the table."),
        (b"\xff\xfe", "grants.csv is empty. Choose the file with the table."),
        (b";;\r\n;\r\n", "grants.csv is empty. Choose the file with the table."),
        (b"a,b\n1,\0\n", "Line 2 of grants.csv holds the sign NUL"),
        ("a,b\n1,\0\n".encode("utf-16"), "Line 2 of grants.csv holds the sign NUL"),
        (b'a,b\n1,"x\n2,"y"\n', "In line 2 of grants.csv a quotation mark is opened and not closed"),
        (b'a,b\n"1\n2","x y\n2,y\n', "In line 3 of grants.csv a quotation mark is opened and not closed"),
        (b'a,b\n1,"x, y" z\n', "In line 2 of grants.csv a quotation mark is opened and not closed"),
        ("a,b\nИмя,Бишкек и Ош\n".encode() + b"\xff,2\n", "Line 3 of grants.csv holds letters that cannot be made out"),
        ("a,b\nИмя,Бишкек и О".encode()[:-1], "Line 2 of grants.csv holds letters that cannot be made out"),
        ("a,b\n1,ш".encode("utf-16")[:-1], "Line 2 of grants.csv holds letters that cannot be made out"),
        (PNG, "grants.csv is a picture."),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "grants.csv is a picture."),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "grants.csv is a PDF."),
        (b"\n<!DOCTYPE html><table><tr><td>1</td></tr></table>", "grants.csv is a web page"),
        (b"<?xml version='1.0'?><html xmlns='x'>", "grants.csv is a web page"),
        (b"<?xml version='1.0'?><Workbook xmlns='x'>", "grants.csv has the form XML."),
        (b'{"grants": []}', "grants.csv is JSON"),
        (b'[\n {"id": 1}]', "grants.csv is JSON"),
        (b"{\\rtf1\\ansi}", "grants.csv is a text document"),
        (b"\x1f\x8b\x08\0\0", "grants.csv is an archive."),
        (bytes(range(1, 32)) * 9, "grants.csv is no spreadsheet."),
        (b"a" + b"," * 600 + b"b\n", "The sheet “grants.csv” has a value in column WC; 500 columns are read."),
        (b"1,2\n" * 100_001, "The sheet “grants.csv” holds more than 100000 filled rows."),
    ],
)
def test_what_is_no_csv_gets_a_sentence(content: bytes, says: str) -> None:
    assert said(content, "grants.csv").startswith(says)


def test_a_million_empty_lines_do_no_harm() -> None:
    content = b"a;b\r\n1;2\r\n" + b";\r\n" * 1_048_574
    assert len(read_bytes("a.csv", content).sheets[0].rows) == 2


def test_a_csv_of_more_octets_than_are_read_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_csv, "MOST_TEXT", 5)
    assert said(b"a,b,c\n", "a.csv") == "a.csv is larger than 0 MB. Divide it into several files."


WORDS = st.text(st.sampled_from('abcАБвгҢөү 019,;|\t"\r\n.-£é«№'), max_size=8).map(str.strip)


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.lists(WORDS, min_size=4, max_size=4), max_size=6),
    separator=st.sampled_from(read_csv.SEPARATORS),
    letters=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read(rows: list[list[str]], separator: str, letters: str) -> None:
    table = [["Title", "Amount", "Date", "Place"]] * 3 + rows
    read = cells(read_bytes("a.csv", csv_octets(table, separator, letters)))
    assert read == tuple(tuple(cell or None for cell in row) for row in table if any(row))


# XLSX and ODS


@pytest.mark.parametrize("octets", [xlsx_octets, ods_octets])
def test_both_formats_give_the_same_cells(octets: Callable[..., bytes]) -> None:
    (sheet,) = read_bytes("a", octets(GRID, sheet="Гранты")).sheets
    assert (sheet.name, sheet.rows, sheet.merged) == ("Гранты", READ_GRID, ())


@pytest.mark.parametrize(
    "content",
    [
        xlsx_octets([["a", None], [None, "b"], [None, "c"]], merged=["A1:B1", "B2:B3"]),
        ods_octets([["a", None], [None, "b"], [None, "c"]], merged=[(0, 0, 1, 2), (1, 1, 2, 1)]),
    ],
)
def test_merged_cells_are_told(content: bytes) -> None:
    assert read_bytes("a", content).sheets[0].merged == (Merged(1, 1, 0, 1), Merged(2, 3, 1, 1))


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.csv", xlsx_octets([["x"]]), "xlsx"),
        ("a.xlsx", ods_octets([["x"]]), "ods"),
        ("a.xlsx", b"x\n", "csv"),
    ],
)
def test_a_file_is_what_it_holds_and_not_what_it_is_called(name: str, content: bytes, form: str) -> None:
    book = read_bytes(name, content)
    assert (book.name, book.form, book.sheets[0].rows) == (name, form, (SheetRow(1, ("x",)),))


STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>'
    '<numFmt numFmtId="165" formatCode="#,##0\\ &quot;days&quot;"/>'
    '<numFmt numFmtId="166" formatCode="[$-419]mmmm"/><numFmt numFmtId="167" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="168" formatCode="[Red]0;[Red]-0"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>'
    + "".join(f'<xf numFmtId="{number}"/>' for number in (0, 14, 164, 165, 166, 167, 168, 20))
    + "</cellXfs>"
)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="A1"><v>5</v></c>', Decimal(5)),
        ("<c><v>5.0</v></c>", Decimal(5)),
        ("<c><v>0.10000000000000001</v></c>", Decimal("0.1")),
        ("<c><v>1.5E+3</v></c>", Decimal(1500)),
        ("<c><v>1E+999</v></c>", "1E+999"),
        ("<c><v>NaN</v></c>", "NaN"),
        ('<c s="1"><v>43774</v></c>', date(2019, 11, 5)),
        ('<c s="2"><v>43774.75</v></c>', date(2019, 11, 5)),
        ('<c s="2"><v>59</v></c>', date(1900, 2, 28)),
        ('<c s="2"><v>61</v></c>', date(1900, 3, 1)),
        ('<c s="2"><v>9999999</v></c>', Decimal(9999999)),
        ('<c s="2"><v>-5</v></c>', Decimal(-5)),
        ('<c s="3"><v>43774</v></c>', Decimal(43774)),
        ('<c s="4"><v>43774</v></c>', date(2019, 11, 5)),
        ('<c s="5"><v>1.5</v></c>', Decimal("1.5")),
        ('<c s="6"><v>-5</v></c>', Decimal(-5)),
        ('<c s="7"><v>0.604166666666667</v></c>', "14:30"),
        ('<c s="99"><v>5</v></c>', Decimal(5)),
        ('<c t="d"><v>2019-11-05T00:00:00</v></c>', date(2019, 11, 5)),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="e"><v>#N/A</v></c>', "#N/A"),
        ('<c t="s"><v>0</v></c>', "bold plain"),
        ('<c t="s"><v>1</v></c>', "a\tb"),
        ('<c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>', "in line"),
        ('<c t="str"><f>A1&amp;"x"</f><v>x</v></c>', Formula('=A1&"x"')),
        ('<c t="b"><f>TRUE()</f><v>1</v></c>', True),
        ("<c><f>'[1]Sheet'!A1</f><v>5</v></c>", Formula("='[1]Sheet'!A1")),
    ],
)
def test_a_cell_of_xlsx_is_read(cell: str, expected: Cell) -> None:
    texts = "<si><r><t>bold</t></r><r><t> plain</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x0009_b</t></si>"
    book = read_bytes("a", raw_xlsx(sheet_data(cell), texts=texts, styles=STYLES))
    assert book.sheets[0].rows == (SheetRow(1, (expected,)),)
    assert type(book.sheets[0].rows[0].cells[0]) is type(expected)


@pytest.mark.spreadsheet
def test_what_libreoffice_makes_of_a_file_is_read_alike(tmp_path: Path) -> None:
    (tmp_path / "grants.xlsx").write_bytes(xlsx_octets([*GRID, ["wide", None, "x"]], merged=["A6:B7"]))
    program = shutil.which("soffice")
    assert program
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    for form, name, folder in (("ods", "grants.xlsx", tmp_path), ("xlsx", "grants.ods", tmp_path / "again")):
        command = [program, profile, "--headless", "--convert-to", form, "--outdir", str(folder), str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        (sheet,) = read_workbook(folder / f"grants.{form}").sheets
        assert sheet.rows == (*READ_GRID, SheetRow(6, ("wide", None, "x")))
        assert sheet.merged == (Merged(6, 7, 0, 1),)


def test_days_may_be_counted_from_1904() -> None:
    content = raw_xlsx(
        sheet_data('<c s="1"><v>42312</v></c>'), styles=STYLES, properties='<workbookPr date1904="1"/>', space=STRICT
    )
    assert read_bytes("a", content).sheets[0].rows == (SheetRow(1, (date(2019, 11, 5),)),)


def test_a_formula_of_several_cells_is_told_as_each_shows_it() -> None:
    content = raw_xlsx(
        sheet_data(
            '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c>',
            '<c r="B2"><f t="shared" si="0"/><v>4</v></c>',
        )
    )
    assert [row.cells for row in read_bytes("a", content).sheets[0].rows] == [
        (None, Formula("=A1*2")),
        (None, Formula("=A2*2")),
    ]


def test_hidden_sheets_and_charts_are_left_out_and_macros_and_links_are_not_followed() -> None:
    sheets = (
        '<sheet name="Chart" sheetId="1" r:id="r2"/><sheet name="Old" sheetId="2" state="hidden" r:id="r1"/>'
        '<sheet name="Grants" sheetId="3" r:id="r1"/>'
    )
    more: dict[str, str | bytes] = {
        "xl/vbaProject.bin": OLE,
        "xl/externalLinks/externalLink1.xml": "<broken",
        "xl/media/image1.png": PNG,
    }
    book = read_bytes("a.xlsm", raw_xlsx(sheet_data("<c><v>1</v></c>"), sheets=sheets, more=more))
    assert [sheet.name for sheet in book.sheets] == ["Grants"]


TABLE = '<table:table table:name="A">{}</table:table>'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            '<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2" '
            'office:value-type="float" office:value="5"/></table:table-row>',
            (SheetRow(1, (Decimal(5), Decimal(5))), SheetRow(2, (Decimal(5), Decimal(5)))),
        ),
        (
            '<table:table-row><table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b<text:span>c'
            "</text:span></text:p><text:p>d</text:p><office:annotation><text:p>note</text:p></office:annotation>"
            "<draw:frame><text:p>shape</text:p></draw:frame></table:table-cell></table:table-row>",
            (SheetRow(1, ("a  bc\nd",)),),
        ),
        (
            '<table:table-row><table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50%</text:p>'
            '</table:table-cell><table:table-cell office:value-type="currency" office:value="12"/>'
            '<table:table-cell office:value-type="date" office:date-value="2019-11-05T10:00:00"/>'
            '<table:table-cell office:value-type="time" office:time-value="PT14H30M"><text:p>14:30</text:p>'
            "</table:table-cell></table:table-row>",
            (SheetRow(1, (Decimal("0.5"), Decimal(12), date(2019, 11, 5), "14:30")),),
        ),
        (
            "<table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            '<table:covered-table-cell office:value-type="string"><text:p>under</text:p></table:covered-table-cell>'
            "</table:table-row></table:table-header-rows>",
            (SheetRow(1, ("a",)),),
        ),
        (
            '<table:table-row table:number-rows-repeated="999999">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
            "<table:table-row><table:table-cell><text:p>end</text:p></table:table-cell></table:table-row>",
            (SheetRow(1_000_000, ("end",)),),
        ),
    ],
)
def test_a_row_of_ods_is_read(rows: str, expected: tuple[SheetRow, ...]) -> None:
    assert read_bytes("a", raw_ods(TABLE.format(rows))).sheets[0].rows == expected


def test_a_hidden_sheet_of_ods_is_left_out() -> None:
    styles = (
        '<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>'
    )
    row = "<table:table-row><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>"
    tables = f'<table:table table:name="Old" table:style-name="h">{row}</table:table>{TABLE.format(row)}'
    assert [sheet.name for sheet in read_bytes("a", raw_ods(tables, styles=styles)).sheets] == ["A"]


# Files that no program should trust

DAMAGED = "grants.xlsx is damaged. Open it in your program, save it again, or fetch it again."
LOCKED = "grants.xlsx is locked with a password. Open it in your program, take the password off and save it."
GOOD = xlsx_octets([["a", "b"], [Decimal(1), Decimal(2)]])
REPEATED = (
    '<table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell office:value-type="float" office:value="5" table:number-columns-repeated="{}"/>'
    "</table:table-row>"
)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (locked_xlsx(), LOCKED),
        (raw_ods("", manifest="<manifest:encryption-data/>"), LOCKED),
        (old_xls(), "grants.xlsx has the form .xls. Open it in your program and save it as .xlsx."),
        (zipped({"xl/workbook.bin": b"", "[Content_Types].xml": ""}), "grants.xlsx has the form .xlsb. Open it in"),
        (zipped({"Index/Document.iwa": b""}), "grants.xlsx has the form .numbers. Open it in"),
        (zipped({"word/document.xml": b"", "[Content_Types].xml": ""}), "grants.xlsx is a text document"),
        (zipped({"grants.csv": b"a,b"}), "grants.xlsx is an archive. Unpack it and choose the spreadsheet inside."),
        (GOOD[:-200], DAMAGED),
        (GOOD[: len(GOOD) // 2], DAMAGED),
        (GOOD.replace(b"PK\x01\x02", b"PK\x01\x03"), DAMAGED),
        (b"PK\x03\x04", DAMAGED),
        (zipped({"[Content_Types].xml": ""}), DAMAGED),
        (zipped({"mimetype": "x"}), DAMAGED),
        (raw_ods("<table:table>"), DAMAGED),
        (raw_ods(TABLE.format('<table:table-row table:number-rows-repeated="x"/>')), DAMAGED),
        (raw_xlsx("<sheetData>"), DAMAGED),
        (raw_xlsx(sheet_data('<c t="s"><v>7</v></c>'), texts="<si><t>a</t></si>"), DAMAGED),
        (raw_xlsx(sheet_data("<c><v>1</v></c>") + '<mergeCells><mergeCell ref="A"/></mergeCells>'), DAMAGED),
        (raw_xlsx("<sheetData/>"), "grants.xlsx is empty. Choose the file with the table."),
        (raw_xlsx(sheet_data("<c><v>1</v></c>"), sheets='<sheet name="A" r:id="r1"/>' * 2), DAMAGED),
        (entity_bomb(), DAMAGED),
        (raw_xlsx(sheet_data("<c><v>1</v></c>"), declaration='<!DOCTYPE w [<!ENTITY a "b">]>'), DAMAGED),
        (lying_bomb(), DAMAGED),
        (zip_bomb(), "grants.xlsx takes more than 300 MB when it is unpacked."),
        (raw_xlsx(sheet_data('<c r="ZZ1"><v>1</v></c>')), "The sheet “Sheet1” has a value in column ZZ; 500 columns"),
        (raw_ods(TABLE.format(REPEATED.format(1))), "The sheet “A” holds more than 100000 filled rows."),
        (
            raw_ods(TABLE.format(REPEATED.format(16384))),
            "The sheet “A” has a value in column SG; 500 columns are read.",
        ),
    ],
)
def test_a_bad_file_gets_a_sentence_and_takes_no_memory(content: bytes, says: str) -> None:
    tracemalloc.start()
    try:
        assert said(content).startswith(says)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_million_formatted_rows_are_no_filled_rows() -> None:
    empty = '<row s="1" customFormat="1"/>' * 1_048_575
    content = raw_xlsx(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{empty}</sheetData>')
    assert read_bytes("a", content).sheets[0].rows == (SheetRow(1, (Decimal(1),)),)


def test_too_many_filled_rows_get_a_sentence() -> None:
    rows = "<row><c><v>1</v></c></row>" * 100_001
    assert said(raw_xlsx(f"<sheetData>{rows}</sheetData>")).startswith(
        "The sheet “Sheet1” holds more than 100000 filled rows."
    )


def test_rows_that_are_wide_and_empty_get_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "MOST_CELLS", 1_000)
    rows = '<row><c r="SF1"><v>1</v></c></row>' * 3
    assert said(raw_xlsx(f"<sheetData>{rows}</sheetData>")) == (
        "grants.xlsx holds more than 1000 cells. Divide it into several files."
    )


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(GOOD) - 1), octet=st.integers(0, 255), cut=st.booleans())
def test_no_damage_makes_a_traceback(place: int, octet: int, cut: bool) -> None:
    content = GOOD[:place] if cut else GOOD[:place] + bytes([octet]) + GOOD[place + 1 :]
    try:
        assert read_bytes("a.xlsx", content).form in ("xlsx", "csv")
    except InputError as error:
        assert re.fullmatch(r"[A-Z“a].*\.", str(error))


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=200))
def test_no_octets_make_a_traceback(content: bytes) -> None:
    try:
        assert read_bytes("a.csv", content).form == "csv"
    except InputError as error:
        assert str(error)


@pytest.mark.parametrize("name", ["none.csv", "."])
def test_a_file_that_is_not_there_gets_a_sentence(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^The file .* cannot be read: .*\. Correct its name or its rights\.$"):
        read_workbook(tmp_path / name)


@pytest.mark.parametrize(
    ("base", "target", "part"),
    [
        ("xl/workbook.xml", "worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("xl/workbook.xml", "/xl/worksheets/sheet1.xml", "xl/worksheets/sheet1.xml"),
        ("", "xl/workbook.xml", "xl/workbook.xml"),
        ("xl/workbook.xml", "../../sheet1.xml", "sheet1.xml"),
    ],
)
def test_the_name_of_a_part_is_found(base: str, target: str, part: str) -> None:
    assert resolve(base, target) == part


# Real files

UK, SPAIN = "data/uk-government-grants-register", "data/es-eu-funds-beneficiaries"


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "expected", "seconds"),
    [
        (f"{UK}/raw/government-grant-awards-2016-17.xlsx", ("xlsx", 3_352, 26), 3),
        (f"{UK}/awards-2016-17.csv", ("csv", 3_352, 26), 2),
        (f"{UK}/raw/government-grant-schemes-2013-14.csv", ("csv", 1_020, 7), 2),
        (f"{UK}/raw/government-grant-schemes-2014-15.csv", ("csv", 1_181, 7), 2),
        (f"{UK}/raw/government-grant-schemes-2015-16.csv", ("csv", 1_350, 11), 2),
        (f"{UK}/raw/government-grant-schemes-2016-17.csv", ("csv", 1_208, 11), 2),
        (f"{SPAIN}/es-erdf-2007-2013.csv.xz", ("csv", 65_008, 10), 5),
        (f"{SPAIN}/es-esf-2007-2013.csv.xz", ("csv", 49_513, 9), 5),
    ],
)
def test_a_real_file_is_read_whole_and_soon(
    file: str, expected: tuple[str, int, int], seconds: int, shared: Path, tmp_path: Path
) -> None:
    path = shared / file
    if path.suffix == ".xz":
        path = tmp_path / path.stem
        path.write_bytes(lzma.decompress((shared / file).read_bytes()))
    began = time.process_time()
    book = read_workbook(path)
    taken = time.process_time() - began
    rows = book.sheets[0].rows
    assert (book.form, len(rows), max(len(row.cells) for row in rows)) == expected
    assert taken < seconds  # measured: 0.5 s for the XLSX, 0.9 s for the largest CSV
