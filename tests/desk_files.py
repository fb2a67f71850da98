"""Files as clerks send them, made in code: good ones of every kind, and those that no program should trust."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

import openpyxl

from portal.desk.grid import Cell, Formula

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_SPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)

Grid = Iterable[Iterable[Cell | datetime]]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip with these parts."""
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return memory.getvalue()


def csv_octets(
    rows: Iterable[Iterable[str]], separator: str = ",", letters: str = "utf-8", line_end: str = "\r\n"
) -> bytes:
    """CSV; a cell is put in quotation marks where it must be. `letters` is a codec of Python."""

    def cell(text: str) -> str:
        must = set(text) & {separator, '"', "\r", "\n"} or text != text.strip()
        return '"' + text.replace('"', '""') + '"' if must else text

    return "".join(separator.join(map(cell, row)) + line_end for row in rows).encode(letters)


def xlsx_octets(
    rows: Grid, *, sheet: str = "Sheet1", merged: Iterable[str] = (), number_format: str | None = None
) -> bytes:
    """XLSX as openpyxl writes it. `merged` are ranges such as A1:C1; `number_format` is for days."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            plain = value.text if isinstance(value, Formula) else value
            cell = page.cell(number, column, plain)
            if number_format and isinstance(value, date):
                cell.number_format = number_format
    for area in merged:
        page.merge_cells(area)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def raw_xlsx(
    sheet_data: str,
    *,
    texts: str | None = None,
    styles: str | None = None,
    sheets: str = '<sheet name="Sheet1" sheetId="1" r:id="r1"/>',
    properties: str = "",
    space: str = MAIN,
    declaration: str = "",
    more: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """XLSX from its XML, to say what no library writes. `sheet_data`: what stands in the sheet, rows and all."""
    kinds = {"r1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("chartsheet", "chartsheets/sheet1.xml")}
    parts: dict[str, str | bytes] = {
        "xl/worksheets/sheet1.xml": f'{declaration}<worksheet xmlns="{space}">{sheet_data}</worksheet>'
    }
    if texts is not None:
        kinds["r3"] = ("sharedStrings", "/xl/sharedStrings.xml")
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{space}">{texts}</sst>'
    if styles is not None:
        kinds["r4"] = ("styles", "styles.xml")
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{space}">{styles}</styleSheet>'
    related = "".join(
        f'<Relationship Id="{key}" Type="{RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in kinds.items()
    )
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{RELATIONS}">{properties}'
            f"<sheets>{sheets}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
            **parts,
            **(more or {}),
        }
    )


def sheet_data(*rows: str) -> str:
    """Rows of raw cells; the rows are numbered from 1."""
    numbered = (f'<row r="{number}">{row}</row>' for number, row in enumerate(rows, 1))
    return f"<sheetData>{''.join(numbered)}</sheetData>"


def ods_octets(rows: Grid, *, sheet: str = "Sheet1", merged: Iterable[tuple[int, int, int, int]] = ()) -> bytes:
    """ODS as LibreOffice writes it. `merged`: row and column of the first cell from 0, then how many it takes."""
    spans = {(row, column): (down, across) for row, column, down, across in merged}
    covered = {
        (row + below, column + right)
        for row, column, down, across in merged
        for below in range(down)
        for right in range(across)
    } - set(spans)
    body = ""
    for number, row in enumerate(rows):
        cells = ""
        for column, value in enumerate(row):
            down, across = spans.get((number, column), (1, 1))
            span = (
                f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"'
                if (number, column) in spans
                else ""
            )
            cells += "<table:covered-table-cell/>" if (number, column) in covered else _ods_cell(value, span)
        rest = '<table:table-cell table:number-columns-repeated="16000"/>'
        body += f"<table:table-row>{cells}{rest}</table:table-row>"
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    body += f'<table:table-row table:number-rows-repeated="1048000">{rest}</table:table-row>'
    return raw_ods(f"<table:table table:name={quoteattr(sheet)}>{body}</table:table>")


def raw_ods(tables: str, *, styles: str = "", manifest: str = "") -> bytes:
    """ODS from the XML of its tables."""
    content = (
        f"<office:document-content {ODS_SPACES}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = f'<manifest:manifest xmlns:manifest="urn:manifest">{manifest}</manifest:manifest>'
    return zipped({"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, "content.xml": content})


def _ods_cell(value: Cell | datetime, span: str) -> str:
    if value is None:
        return f"<table:table-cell{span}/>"
    if isinstance(value, Formula):
        formula = "of:" + value.text.replace("A1", "[.A1]")
        return _ods_typed(span, "float", f'table:formula="{formula}" office:value="3"', "3")
    if isinstance(value, bool):
        return _ods_typed(span, "boolean", f'office:boolean-value="{str(value).lower()}"', str(value).upper())
    if isinstance(value, date):
        return _ods_typed(span, "date", f'office:date-value="{value.isoformat()}"', value.strftime("%d.%m.%y"))
    if isinstance(value, Decimal):
        return _ods_typed(span, "float", f'office:value="{value}"', f"{value:,}")
    return _ods_typed(span, "string", "", "</text:p><text:p>".join(map(escape, value.split("\n"))))


def _ods_typed(span: str, kind: str, attribute: str, shown: str) -> str:
    return f'<table:table-cell{span} office:value-type="{kind}" {attribute}><text:p>{shown}</text:p></table:table-cell>'


def locked_xlsx() -> bytes:
    """What Excel writes when a password is set: no zip, but an old container with the name of a stream in it."""
    return (
        OLE
        + b"\0" * 504
        + "EncryptionInfo".encode("utf-16-le")
        + b"\0" * 100
        + "EncryptedPackage".encode("utf-16-le")
        + b"\0" * 500
    )


def old_xls() -> bytes:
    """The beginning of a file of Excel 97."""
    return OLE + b"\0" * 504 + "Workbook".encode("utf-16-le") + b"\0" * 500


def zip_bomb(megabytes: int = 1_000) -> bytes:
    """XLSX with a part of blanks that is a thousandth of it while packed."""
    memory = io.BytesIO(raw_xlsx("<sheetData/>"))
    with (
        zipfile.ZipFile(memory, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet2.xml", "w") as stream,
    ):
        for _ in range(megabytes):
            stream.write(b" " * 1_000_000)
    return memory.getvalue()


def lying_bomb(megabytes: int = 100) -> bytes:
    """XLSX whose headers say that the sheet takes 500 octets, while it unpacks to so much."""
    sheet = "xl/worksheets/sheet1.xml"
    content = bytearray(raw_xlsx("", more={sheet: b"<worksheet>" + b" " * megabytes * 1_000_000}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        offset = archive.getinfo(sheet).header_offset
    struct.pack_into("<I", content, offset + 22, 500)
    struct.pack_into("<I", content, content.rindex(sheet.encode()) - 46 + 24, 500)
    return bytes(content)


def entity_bomb() -> bytes:
    """XLSX whose sheet declares a billion laughs."""
    levels = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    declaration = f'<!DOCTYPE worksheet [<!ENTITY l0 "laugh">{levels}]>'
    cell = '<c r="A1" t="inlineStr"><is><t>&l9;</t></is></c>'
    return raw_xlsx(sheet_data(cell), declaration=declaration)


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde\0\0\0\0IEND\xaeB`\x82"
