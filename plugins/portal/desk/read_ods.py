"""The octets of an ODS file -> Workbook.

Cells and rows that repeat are written once with a count; empty ones may count to the end of the sheet.
"""

from __future__ import annotations

import re
import zipfile

from .gather import Gatherer, stored_day, stored_formula, stored_number
from .grid import MOST_COLUMNS, Cell, Merged, Workbook
from .packed import END, START, TEXT, elements, local, needs_password, open_packed, walk

CONTENT, MANIFEST = "content.xml", "META-INF/manifest.xml"
CELLS = ("table-cell", "covered-table-cell")
ELSEWHERE = ("shapes", "tracked-changes", "dde-links")  # what stands there is no row of the sheet
NO_WORDS = ("annotation", "frame", "custom-shape", "table")  # in a cell, but not what it says
MOST_BLANKS = 100  # in a row; more say nothing, and could be millions
REFERENCE = re.compile(r"\[([^\]]*)\]")  # [.A1:.B2] in a formula
DOT = re.compile(r"(^|:)\.")


def read_ods(name: str, content: bytes) -> Workbook:
    """The visible sheets. Raises InputError, or one of packed.BROKEN when the file is damaged."""
    packed = open_packed(name, content)
    if MANIFEST in packed.namelist() and any(tag == "encryption-data" for tag, _ in elements(packed, MANIFEST)):
        raise needs_password(name)
    gatherer = Gatherer(name)
    _Content(gatherer).read(packed)
    return gatherer.workbook("ods")


class _Content:
    """Where reading stands in content.xml."""

    def __init__(self, gatherer: Gatherer) -> None:
        self._gatherer = gatherer
        self._style = ""
        self._hidden: set[str] = set()  # names of styles
        self._left_out: list[str] = []  # open elements of one name, the first of which is left out
        self._row, self._times, self._column = 1, 1, 0
        self._cells: list[Cell] = []
        self._told: dict[str, str] | None = None  # attributes of the open cell
        self._words: list[str] = []
        self._paragraphs = 0

    def read(self, packed: zipfile.ZipFile) -> None:
        for kind, name, value in walk(packed, CONTENT):
            if self._left_out:
                if kind is START and name == self._left_out[0]:
                    self._left_out.append(name)
                elif kind is END and name == self._left_out[0]:
                    self._left_out.pop()
            elif kind is TEXT:
                if self._paragraphs:
                    self._words.append(value)
            elif kind is START:
                self._start(name, {local(key): text for key, text in value.items()})
            elif name in CELLS and self._told is not None:
                self._end_cell(name, self._told)
            elif name == "table-row":
                self._gatherer.add_row(self._row, self._cells, self._times)
                self._row += self._times

    def _start(self, name: str, told: dict[str, str]) -> None:
        if self._told is not None:
            self._start_words(name, told)
        elif name in CELLS:
            self._told, self._words, self._paragraphs = told, [], 0
        elif name == "table-row":
            self._times = int(told.get("number-rows-repeated", 1))
            self._column, self._cells = 0, []
        elif name in ELSEWHERE or (name == "table" and told.get("style-name") in self._hidden):
            self._left_out.append(name)
        elif name == "table":
            self._gatherer.begin_sheet(told.get("name", ""))
            self._row = 1
        elif name == "style":
            self._style = told.get("name", "")
        elif name == "table-properties" and told.get("display") == "false":
            self._hidden.add(self._style)

    def _start_words(self, name: str, told: dict[str, str]) -> None:
        """What stands in a cell: paragraphs, with blanks that XML would swallow."""
        if name in NO_WORDS:
            self._left_out.append(name)
        elif name == "p":
            self._words.append("\n" if self._paragraphs else "")
            self._paragraphs += 1
        elif name == "s":
            self._words.append(" " * min(int(told.get("c", 1)), MOST_BLANKS))
        elif name in ("tab", "line-break"):
            self._words.append("\t" if name == "tab" else "\n")

    def _end_cell(self, name: str, told: dict[str, str]) -> None:
        times = int(told.get("number-columns-repeated", 1))
        one = _value(told, "".join(self._words)) if name == "table-cell" else None  # a covered one is not seen
        if one is not None and one != "":
            for turn in range(min(times, MOST_COLUMNS + 1)):
                self._gatherer.place(self._cells, self._column + turn, one)
        across, down = (int(told.get(f"number-{what}-spanned", 1)) for what in ("columns", "rows"))
        if across > 1 or down > 1:
            last_row, last_column = self._row + down - 1, self._column + across - 1
            self._gatherer.add_merged(Merged(self._row, last_row, self._column, last_column))
        self._column += times
        self._told, self._paragraphs = None, 0


def _value(told: dict[str, str], text: str) -> Cell:
    if "formula" in told:
        formula = told["formula"]
        prefix, mark, rest = formula.partition(":=")
        formula = f"={rest}" if mark and prefix.isalpha() else formula
        return stored_formula(REFERENCE.sub(lambda found: DOT.sub(r"\1", found[1]), formula))
    kind = told.get("value-type", "")
    if kind in ("float", "percentage", "currency") and "value" in told:
        return stored_number(told["value"])
    if kind == "date" and "date-value" in told:
        return stored_day(told["date-value"])
    if kind == "boolean" and "boolean-value" in told:
        return told["boolean-value"] == "true"
    return told.get("string-value", text) if kind == "string" else text
