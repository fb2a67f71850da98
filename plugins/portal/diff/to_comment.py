"""Parts as a comment on GitHub."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable

from .parts import Cell, Part, Value

MOST = 60_000  # characters of a comment; GitHub takes 65,536
FEW = 12  # rows of a list that stands open
ROWS = 1_000  # of each list at most, to begin with
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turn the direction of reading, so that a text shows another one
WIRE = "\u2060"  # a word joiner: unseen, and what it stands in is no longer a name, an address or a number of an issue
CALLS = re.compile(r"(?<=@)(?=\w)|(?<=#)(?=\d)|(?<=\bGH-)(?=\d)|(?=://)|(?<=\bwww)(?=\.)", re.IGNORECASE)


def as_comment(parts: Iterable[Part], more: Callable[[int], str], marker: str = "") -> str:
    """A comment of at most MOST characters; what has no room is counted, in the words of `more`.

    It is made of HTML without blank lines, in which GitHub looks for no Markdown: no letter of a record can end a
    table, make a link or call somebody.
    """
    shown = list(parts)
    rows = ROWS
    text = _comment(shown, more, rows, marker)
    while len(text) > MOST and rows:
        rows //= 2
        text = _comment(shown, more, rows, marker)
    return text if len(text) <= MOST else _comment(shown[:1], more, 0, marker)


def _comment(parts: list[Part], more: Callable[[int], str], rows: int, marker: str) -> str:
    blocks = [marker] if marker else []
    return "\n\n".join([*blocks, *(_part(part, more, rows) for part in parts)]) + "\n"


def _part(part: Part, more: Callable[[int], str], rows: int) -> str:
    said = "".join(f"<p>{words(sentence)}</p>" for sentence in part.sentences)
    body = said + (_table(part, more, rows) if part.rows else "")
    if part.is_long and len(part.rows) > FEW:
        summary = f"<summary><b>{words(part.title)}</b> ({len(part.rows)})</summary>"
        return f"<details>{summary}{body}</details>"
    return f"<h3>{words(part.title)}</h3>{body}"


def _table(part: Part, more: Callable[[int], str], rows: int) -> str:
    titles = "".join(f"<th>{words(title)}</th>" for title in part.columns)
    head = f"<tr>{titles}</tr>" if titles else ""
    body = "".join(f"\n<tr>{''.join(f'<td>{_cell(cell)}</td>' for cell in row)}</tr>" for row in part.rows[:rows])
    left = len(part.rows) - rows
    rest = f"<p>{words(more(left))}</p>" if left > 0 else ""
    return f"<table>{head}{body}</table>{rest}"


def _cell(cell: Cell) -> str:
    if isinstance(cell, Value):
        text = " ".join(TURNS.sub("", cell.text).split())
        return f"<code>{html.escape(text)}</code>" if text else ""
    return words(cell)


def words(text: str) -> str:
    """A sentence as HTML in one line, in which values of records can neither mark up, link nor call."""
    return html.escape(CALLS.sub(WIRE, " ".join(TURNS.sub("", text).split())))
