"""The octets of an ODS file -> Workbook.

Cells and rows that repeat are written once with a count; empty ones may count to the end of the sheet.
"""

from __future__ import annotations

import re
import zipfile

from .gather import Gatherer, stored_day, stored_number
from .grid import MOST_COLUMNS, Cell, Formula, Merged, Workbook
from .packed import END, START, TEXT, elements, needs_password, open_packed, walk

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
ELSEWHERE = frozenset({"annotation", "shapes", "frame", "custom-shape", "tracked-changes", "dde-links"})  # not of cells
REFERENCE = re.compile(r"\[([^\]]*)\]")  # [.A1:.B2] in a formula
DOT = re.compile(r"(^|:)\.")


def read_ods(name: str, content: bytes) -> Workbook:
    """The visible sheets. Raises InputError, or one of packed.BROKEN when the file is damaged."""
    packed = open_packed(name, content)
    if MANIFEST in packed.namelist() and any(tag == "encryption-data" for tag, _ in elements(packed, MANIFEST)):
        raise needs_password(name)
    gatherer = Gatherer(name)
    _read_sheets(packed, gatherer)
    return gatherer.workbook("ods")


def _read_sheets(packed: zipfile.ZipFile, gatherer: Gatherer) -> None:
    hidden: set[str] = set()  # names of styles
    style = ""
    skipped: list[str] = []  # open elements whose content is left out
    is_shown = False
    row = turns = column = 0
    cells: list[Cell] = []
    told: dict[str, str] | None = None  # attributes of the open cell
    words: list[str] = []
    paragraphs = 0
    for kind, name, value in walk(packed, CONTENT):
        if skipped:
            if kind is START and name == skipped[-1]:
                skipped.append(name)
            elif kind is END and name == skipped[-1]:
                skipped.pop()
        elif kind is TEXT:
            if paragraphs and told is not None:
                words.append(value)
        elif kind is START:
            if name in ELSEWHERE or (name == "table" and not _is_shown(value, hidden)):
                skipped.append(name)
                continue
            told_here = {key[key.rfind("}") + 1 :]: text for key, text in value.items()}
            if name == "style":
                style = told_here.get("name", "")
            elif name == "table-properties" and told_here.get("display") == "false":
                hidden.add(style)
            elif name == "table":
                gatherer.begin_sheet(told_here.get("name", ""))
                is_shown, row = True, 1
            elif name == "table-row" and is_shown:
                turns = int(told_here.get("number-rows-repeated", 1))
                column, cells = 0, []
            elif name in ("table-cell", "covered-table-cell") and is_shown:
                told, words, paragraphs = told_here, [], 0
            elif told is not None and name == "p":
                words.append("\n" if paragraphs else "")
                paragraphs += 1
            elif told is not None and name == "s":
                words.append(" " * min(int(told_here.get("c", 1)), MOST_COLUMNS))
            elif told is not None and name in ("tab", "line-break"):
                words.append("\t" if name == "tab" else "\n")
        elif name in ("table-cell", "covered-table-cell") and told is not None:
            times = int(told.get("number-columns-repeated", 1))
            one = _value(told, "".join(words)) if name == "table-cell" else None
            if one is not None and one != "":
                for turn in range(min(times, MOST_COLUMNS + 1)):
                    gatherer.place(cells, column + turn, one)
            across, down = (int(told.get(f"number-{what}-spanned", 1)) for what in ("columns", "rows"))
            if across > 1 or down > 1:
                gatherer.add_merged(Merged(row, row + down - 1, column, column + across - 1))
            column += times
            told = None
        elif name == "table-row" and is_shown:
            gatherer.add_row(row, cells, turns)
            row += turns
        elif name == "table":
            is_shown = False


def _is_shown(attributes: dict[str, str], hidden: set[str]) -> bool:
    return not any(key.endswith("}style-name") and text in hidden for key, text in attributes.items())


def _value(told: dict[str, str], text: str) -> Cell:
    if "formula" in told:
        formula = told["formula"]
        prefix, mark, rest = formula.partition(":=")
        formula = f"={rest}" if mark and prefix.isalpha() else formula
        return Formula(REFERENCE.sub(lambda found: DOT.sub(r"\1", found[1]), formula))
    kind = told.get("value-type", "")
    if kind in ("float", "percentage", "currency") and "value" in told:
        return stored_number(told["value"])
    if kind == "date" and "date-value" in told:
        return stored_day(told["date-value"])
    if kind == "boolean" and "boolean-value" in told:
        return told["boolean-value"] == "true"
    return told.get("string-value", text) if kind == "string" else text
