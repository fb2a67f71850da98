"""What reading a cell comes to, and what a cell shows as text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..cells import number_text
from ..errors import Message
from .grid import Cell, Formula

BLANKS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")  # a space to the eye
INVISIBLE = re.compile("[\ufeff\u200b\u2060]")
DASHES = ("-", "–", "—", "−")  # alone in a cell they mean that there is nothing to say


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a cell as our CSV has it, or what is wrong with it."""

    text: str = ""  # empty: the cell says nothing
    what: Message | None = None
    fix: Message | None = None
    currency: str = ""  # code, when the cell names one beside an amount


EMPTY = Reading()


def shown_text(cell: Cell) -> str:  # noqa: PLR0911  (one a kind of cell)
    """What the cell says: blanks of one kind, none around it, line breaks within it kept."""
    if isinstance(cell, str):
        if cell.isascii():
            return cell.replace("\r\n", "\n").replace("\r", "\n").strip()
        return INVISIBLE.sub("", BLANKS.sub(" ", cell)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return number_text(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.text if isinstance(cell, Formula) else ""


def is_empty(cell: Cell) -> bool:
    """Whether the cell holds nothing, or a text of blanks alone."""
    if isinstance(cell, str):
        return not cell[:1].isalnum() and not shown_text(cell)
    return cell is None


def shows_fault(text: str) -> bool:
    """Whether a spreadsheet wrote a complaint in place of a value: #REF!, #N/A, or ##### for want of width."""
    if not text.startswith("#") or len(text) < 3:
        return False
    rest = text[1:]
    if not rest.strip("#"):
        return True
    return rest[0].isalpha() and rest == rest.upper() and " " not in rest and (rest[-1] in "!?" or "/" in rest)
