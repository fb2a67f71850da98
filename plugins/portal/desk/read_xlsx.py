"""The octets of an XLSX or XLSM file -> Workbook. Macros are not run and links to other files are not followed.

Elements are known by their names without namespace, so that files of the strict standard are read too. A formula stays
a formula: what it last computed may be old, and a publisher must say it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .gather import Gatherer, stored_day, stored_formula, stored_number
from .grid import Cell, Formula, Workbook, column_letter
from .packed import END, START, TEXT, elements, open_packed, resolve, walk
from .references import column_of, merged

BOOK = "xl/workbook.xml"
NO_LETTERS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')  # of a number format: shown as they are, or colours
ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)  # hours beyond a day: a number
DAY, TIME, NUMBER = "day", "time", "number"
KNOWN_FORMATS = {
    **dict.fromkeys([14, 15, 16, 17, 22, *range(27, 32), *range(34, 37), *range(50, 59)], DAY),
    **dict.fromkeys([18, 19, 20, 21, 32, 33, 45, 47], TIME),
}
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # how signs that XML forbids are written: _x000D_
DAY_1900 = date(1899, 12, 30)  # the day before 1 January 1900, and one more for the 29 February that never was
DAY_1904 = date(1904, 1, 1)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the cells of all sheets refer to."""

    texts: list[str]
    formats: list[str]  # style of a cell -> DAY, TIME or NUMBER
    first_day: date  # the day that is called 0

    def day(self, serial: Decimal) -> date | Decimal:
        """The day of a serial number; the number itself outside the calendar."""
        days = int(serial)
        if self.first_day == DAY_1900 and 0 < days < 60:
            days += 1
        try:
            return self.first_day + timedelta(days) if serial >= 1 or self.first_day == DAY_1904 else serial
        except OverflowError:
            return serial


def read_xlsx(name: str, content: bytes) -> Workbook:
    """The visible sheets. Raises InputError, or one of packed.BROKEN when the file is damaged."""
    packed = open_packed(name, content)
    parts = {part.replace("\\", "/").casefold(): part for part in packed.namelist()}
    main = _main_part(packed, parts)
    targets = dict(_relations(packed, parts, main))
    gatherer = Gatherer(name)
    visible: list[tuple[str, str]] = []  # name, part
    first_day = DAY_1900
    for element, told in elements(packed, parts[main.casefold()]):
        if element == "workbookPr" and told.get("date1904") in ("1", "true"):
            first_day = DAY_1904
        if element == "sheet" and told.get("state", "visible") == "visible":
            kind, part = targets[told["id"]]
            if kind == "worksheet":  # others hold a chart or a dialogue
                visible.append((told["name"], part))
    if len({part for _, part in visible}) < len(visible):
        raise ValueError("a part is several sheets")  # thousands of them would take hours
    by_kind = dict(targets.values())
    book = _Book(
        texts=list(_shared_texts(packed, parts, by_kind.get("sharedStrings"), gatherer)),
        formats=list(_formats(packed, parts, by_kind.get("styles"))),
        first_day=first_day,
    )
    for sheet, part in visible:
        gatherer.begin_sheet(sheet)
        _Sheet(book, gatherer).read(packed, parts[part.casefold()])
    return gatherer.workbook("xlsx")


def _main_part(packed: zipfile.ZipFile, parts: dict[str, str]) -> str:
    if "_rels/.rels" in parts:
        for _, told in elements(packed, parts["_rels/.rels"]):
            if told.get("Type", "").endswith("/officeDocument"):
                return resolve("", told["Target"])
    return BOOK


def _relations(packed: zipfile.ZipFile, parts: dict[str, str], main: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Identifier -> kind and name of the part that the workbook points at."""
    folder, _, file = main.rpartition("/")
    for element, told in elements(packed, parts[f"{folder}/_rels/{file}.rels".lstrip("/").casefold()]):
        if element == "Relationship" and told.get("TargetMode") != "External":
            yield told["Id"], (told["Type"].rpartition("/")[2], resolve(main, told["Target"]))


def _shared_texts(
    packed: zipfile.ZipFile, parts: dict[str, str], part: str | None, gatherer: Gatherer
) -> Iterator[str]:
    """The texts that cells point at by number. Parts with a format of their own are joined, pronunciation left out."""
    if part is None or part.casefold() not in parts:
        return
    words: list[str] = []
    inside = spoken = False
    for kind, name, value in walk(packed, parts[part.casefold()]):
        if kind is TEXT:
            if inside and not spoken:
                words.append(value)
        elif name == "t":
            inside = kind is START
        elif name == "rPh":
            spoken = kind is START
        elif name == "si" and kind is END:
            gatherer.count(1)
            yield _unescaped("".join(words))
            words.clear()


def _unescaped(text: str) -> str:
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
    return text.replace("\r\n", "\n")


def _formats(packed: zipfile.ZipFile, parts: dict[str, str], part: str | None) -> Iterator[str]:
    if part is None or part.casefold() not in parts:
        return
    own: dict[int, str] = {}
    inside = False
    for kind, name, value in walk(packed, parts[part.casefold()]):
        if name == "cellXfs":
            inside = kind is START
        elif kind is START and name == "numFmt" and "numFmtId" in value:
            own[int(value["numFmtId"])] = _shows(value.get("formatCode", ""))
        elif kind is START and name == "xf" and inside:
            number = int(value.get("numFmtId", 0))
            yield own.get(number) or KNOWN_FORMATS.get(number, NUMBER)


def _shows(pattern: str) -> str:
    """What a number format makes of a number: dd.mm.yyyy -> DAY."""
    letters = set(NO_LETTERS.sub("", pattern).split(";")[0].lower())
    if ELAPSED.search(pattern):
        return NUMBER
    if letters & {"d", "y"}:
        return DAY
    return TIME if letters & {"h", "s"} else DAY if "m" in letters else NUMBER


class _Sheet:
    """Where reading stands in a sheet."""

    def __init__(self, book: _Book, gatherer: Gatherer) -> None:
        self._book, self._gatherer = book, gatherer
        self._shared: dict[str, tuple[str, str]] = {}  # formulas of several cells: the text, and the cell it stands in
        self._row, self._column = 0, -1
        self._cells: list[Cell] = []
        self._told: Mapping[str, str] = {}  # attributes of the open cell
        self._formula: Mapping[str, str] | None = None  # attributes of its formula
        self._words: dict[str, list[str]] = {"v": [], "f": [], "t": []}
        self._inside = ""  # v, f or t when it is open
        self._spoken = False

    def read(self, packed: zipfile.ZipFile, part: str) -> None:
        for kind, name, value in walk(packed, part):
            if kind is TEXT:
                if self._inside and not self._spoken:
                    self._words[self._inside].append(value)
            elif kind is START:
                self._start(name, value)
            elif name == "c":
                self._end_cell()
            elif name == "row":
                self._gatherer.add_row(self._row, self._cells)
            elif name == "rPh":
                self._spoken = False
            else:
                self._inside = ""

    def _start(self, name: str, told: Mapping[str, str]) -> None:
        if name == "c":
            self._told, self._formula = told, None
            self._column = column_of(told["r"]) if "r" in told else self._column + 1
        elif name in self._words:
            self._inside = name
            if name == "f":
                self._formula = told
        elif name == "row":
            self._row = int(told.get("r", self._row + 1))
            self._column, self._cells = -1, []
        elif name == "rPh":
            self._spoken = True
        elif name == "mergeCell":
            self._gatherer.add_merged(merged(told["ref"]))

    def _end_cell(self) -> None:
        words = self._words
        if not (words["v"] or words["t"] or self._formula is not None):
            return
        texts = {key: "".join(parts) for key, parts in words.items()}
        self._words = {"v": [], "f": [], "t": []}
        if self._formula is None:
            value = _value(self._told.get("t", "n"), self._told.get("s"), texts, self._book)
        else:
            value = _formula(self._formula, texts["f"], f"{column_letter(self._column)}{self._row}", self._shared)
        self._gatherer.place(self._cells, self._column, value)


def _value(kind: str, style: str | None, texts: Mapping[str, str], book: _Book) -> Cell:
    text = texts["v"]
    if kind == "s":
        return book.texts[int(text)] if text else None
    if kind == "n":
        return _number(text.strip(), style, book)
    if kind == "b":
        return text.strip() in ("1", "true")
    if kind == "d":
        return stored_day(text)
    return _unescaped(texts["t"] if kind == "inlineStr" else text)  # e: #N/A and its kind


def _number(text: str, style: str | None, book: _Book) -> Cell:
    number = stored_number(text)
    shows = book.formats[int(style)] if style and int(style) < len(book.formats) else NUMBER
    if isinstance(number, str) or shows is NUMBER:
        return number
    return _time(number) if shows is TIME and 0 <= number < 1 else book.day(number)


def _time(part_of_day: Decimal) -> str:
    minutes, seconds = divmod(round(part_of_day * 86_400), 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _formula(told: Mapping[str, str], text: str, place: str, shared: dict[str, tuple[str, str]]) -> Cell:
    number = told.get("si", "")
    if told.get("t") == "shared" and text:
        shared[number] = (text, place)
    elif told.get("t") == "shared" and number in shared:
        return Formula(_moved(*shared[number], place))
    return stored_formula(f"={text}")


def _moved(formula: str, origin: str, place: str) -> str:
    """The formula of another cell as it stands in this one."""
    from openpyxl.formula.tokenizer import TokenizerError  # noqa: PLC0415  (takes 50 ms, and few workbooks need it)
    from openpyxl.formula.translate import Translator  # noqa: PLC0415

    try:
        return str(Translator(f"={formula}", origin).translate_formula(place))
    except (TokenizerError, ValueError):
        return f"={formula}"
