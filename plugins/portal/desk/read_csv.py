"""The octets of a CSV file -> Workbook, whatever letters, separator and line ends it was saved with.

Quotation marks follow RFC 4180. One that stands inside a cell is a sign like any other, and so are those of a cell
that begins with words in them, when no separator is in doubt: "Mevo" project. The browser reads by the same rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from ..errors import InputError, say
from .gather import Gatherer
from .grid import Cell, Workbook
from .letters import OLD_LINE_ENDS, decode, line_ends, line_of

SEPARATORS = (",", ";", "\t", "|")
NO_SEPARATOR = "\x1f"  # of a table with one column; stands in no text
MOST_TEXT = 100_000_000  # octets: a thousand in each of the rows that are read
JUDGED = 20  # filled rows on which the separator is decided
DECIMAL = 0.3  # weight of a comma between two digits, which may belong to a number
FIRST_LINE = re.compile(r'"?sep=([^\r\n" ])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)  # by which Excel is told the separator


@dataclass(frozen=True, slots=True)
class TextRow:
    """A row of the file that holds more than blanks."""

    line: int  # of its beginning; 1 is the first
    cells: tuple[str, ...]
    lost: int | None  # where a quotation begins that does not end as it must: sign of the text


def read_csv(name: str, content: bytes) -> Workbook:
    """A workbook of one sheet, named like the file. Cells are texts. Raises InputError."""
    if len(content) > MOST_TEXT:
        size = MOST_TEXT // 1_000_000
        raise InputError(say("{file} is larger than {most} MB. Divide it into several files.", file=name, most=size))
    text = decode(name, content)
    first = FIRST_LINE.match(text)
    gatherer = Gatherer(name)
    gatherer.begin_sheet(name)
    for row in split_rows(text, first[1] if first else find_separator(text), first.end() if first else 0):
        if row.lost is not None:
            raise InputError(
                say(
                    "In line {line} of {file} a quotation mark is opened and not closed where the cell ends. "
                    "Close it, and double the quotation marks inside the cell.",
                    line=line_of(text, row.lost),
                    file=name,
                )
            )
        cells: list[Cell] = []
        for column, cell in enumerate(row.cells):
            if cell:
                gatherer.place(cells, column, cell)
        gatherer.add_row(row.line, cells)
    return gatherer.workbook("csv")


def find_separator(text: str) -> str:
    """What divides the cells: the sign that makes most cells in rows of one length, the more rows are so long.

    Titles above the table may have fewer cells, rows of the table hardly ever.
    """
    best, most = NO_SEPARATOR, 0.0
    for separator in SEPARATORS:
        rows = [row.cells if row.lost is None else () for row in islice(split_rows(text, separator), JUDGED)]
        if not rows:  # nothing but this sign: an empty table
            return separator
        wide = Counter(len(cells) for cells in rows if len(cells) > 1)
        if not wide:
            continue
        width = max(wide, key=lambda one: (wide[one] * (one - 1), one))
        alike = [cells for cells in rows if len(cells) == width]
        since = rows[rows.index(alike[0]) :]
        doubtful = sum(map(_decimals, alike)) if separator == "," else 0
        certain = len(alike) * (width - 1) - doubtful
        weight = (certain + DECIMAL * doubtful) * len(alike) / len(rows)
        if 2 * len(alike) >= len(since) and certain > 0 and weight > most:
            best, most = separator, weight
    return best


def _decimals(cells: tuple[str, ...]) -> int:
    return sum(before[-1:].isdigit() and after[:1].isdigit() for before, after in pairwise(cells))


def split_rows(text: str, separator: str, start: int = 0) -> Iterator[TextRow]:
    """The rows from a sign on that hold more than blanks and separators."""
    ends = line_ends(text)
    sign = re.escape(separator)
    bare = rf"[^{sign}\r\n]*"
    if ends is not OLD_LINE_ENDS:  # a lone carriage return is part of the cell
        bare = rf"{bare}(?:\r(?!\n){bare})*"
    blank = re.compile(rf"[ {sign}]*(?:{ends.pattern})")
    cell = re.compile(rf' *"([^"]*(?:""[^"]*)*)" *({sign}|{ends.pattern}|\Z)|({bare})({sign}|{ends.pattern}|\Z)')
    line, place = len(ends.findall(text, 0, start)) + 1, start
    while place < len(text):
        empty = blank.match(text, place)
        if empty:
            line, place = line + 1, empty.end()
            continue
        cells: list[str] = []
        lines, lost, end = 1, None, separator
        while end == separator:
            found = cell.match(text, place)
            assert found  # the second way matches nothing, too
            quoted, end, words, end_of_words = found.groups()
            if quoted is None:
                end = end_of_words
                if lost is None and words.count('"') % 2 and words.lstrip().startswith('"'):
                    lost = place
                cells.append(words)
            else:
                if "\n" in quoted or "\r" in quoted:
                    lines += len(ends.findall(quoted))
                cells.append(quoted.replace('""', '"'))
            place = found.end()
        yield TextRow(line, tuple(cells), lost)
        line += lines
