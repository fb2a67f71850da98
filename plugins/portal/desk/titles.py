"""What the titles of a sheet say: which field of a table a column holds, and in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..checks.words import fold
from .grid import Cell
from .numbers import Unit, is_filler, read_unit, unit_tokens
from .reading import shown_text
from .rules import TableRules
from .words import Words

SHORT = 2  # letters of a word that may stand between a title and its unit: “in”, “v”
MOST_TITLE = 300  # characters; what is longer is no title


@dataclass(frozen=True, slots=True)
class Title:
    """A field, and the unit of its values."""

    field: str
    scale: Decimal = Decimal(1)
    currency: str = ""


def title_text(cell: Cell) -> str:
    """A title in one line, without the star of columns that must be filled."""
    return " ".join(shown_text(cell).split()).rstrip("* ") if isinstance(cell, str) else ""


def read_title(text: str, rules: TableRules, words: Words) -> Title | None:
    """The field that a title names; None when it names none."""
    folded = fold(text)
    if not folded or len(text) > MOST_TITLE:
        return None
    if folded in rules.titles:
        return Title(rules.titles[folded])
    head, unit = without_unit(text, words)
    field = rules.titles.get(head, "") if unit else ""
    if not unit or not field:
        return None
    if rules.resource.by_name[field].type in ("number", "integer"):
        return Title(field, Decimal(unit.scale), unit.currency)
    return Title(field) if unit == Unit() else None


def without_unit(text: str, words: Words) -> tuple[str, Unit | None]:
    """The folded title without the unit or the pattern of a day at its end, and that unit; None when it has none."""
    tokens = unit_tokens(text, words)
    end = len(tokens)
    while end > 1 and (is_pattern(tokens[end - 1]) or is_filler(tokens[end - 1], words)):
        end -= 1
    if end < len(tokens):
        return " ".join(tokens[:end]), Unit()
    for start in range(1, len(tokens)):  # the longest unit first
        unit = read_unit(" ".join(tokens[start:]), words)
        if unit and not _is_letter_alone(tokens[start:]):
            end = start
            while end > 1 and len(tokens[end - 1]) <= SHORT and tokens[end - 1].isalpha():
                end -= 1
            return " ".join(tokens[:end]), unit
    return "", None


def is_pattern(token: str) -> bool:
    """Whether the token is a part of a pattern such as dd.mm.yyyy."""
    return 2 <= len(token) <= 4 and len(set(token)) == 1 and token.isalpha()


def _is_letter_alone(tokens: Sequence[str]) -> bool:
    """“Grant B” is no billion: a letter is a scale only beside a currency."""
    return len(tokens) == 1 and len(tokens[0]) == 1 and tokens[0].isalpha()
