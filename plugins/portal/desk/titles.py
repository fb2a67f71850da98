"""What the titles of a sheet say: which field of a table a column holds, and in which unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..checks.words import fold
from .grid import Cell
from .numbers import Unit, read_unit, unit_tokens
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


@dataclass(frozen=True, slots=True)
class TitleText:
    """The words of a title, folded: whole, without a pattern of days, and without a unit; empty where it has none."""

    whole: str
    without_pattern: str
    without_unit: str
    unit: Unit | None


def parse_title(text: str, words: Words) -> TitleText:
    """A title taken apart, whatever the table."""
    if len(text) > MOST_TITLE:
        return TitleText("", "", "", None)
    head, unit = without_unit(text, words)
    return TitleText(fold(text), without_pattern(text), head, unit)


def field_of(title: TitleText, rules: TableRules) -> Title | None:
    """The field of the table that the title names; None when it names none."""
    if title.whole in rules.titles:
        return Title(rules.titles[title.whole])
    field = rules.resource.by_name.get(rules.titles.get(title.without_pattern, ""))
    if field and (field.type == "date" or field.partial_date):
        return Title(field.name)
    field = rules.resource.by_name.get(rules.titles.get(title.without_unit, ""))
    if title.unit and field and field.type in ("number", "integer"):
        return Title(field.name, Decimal(title.unit.scale), title.unit.currency)
    return None


def title_text(cell: Cell) -> str:
    """A title in one line, without the star of columns that must be filled."""
    return " ".join(shown_text(cell).split()).rstrip("* ") if isinstance(cell, str) else ""


def without_pattern(text: str) -> str:
    """The folded title without a pattern such as (dd.mm.yyyy) at its end; empty when it has none."""
    tokens = fold(text).split()
    end = len(tokens)
    while end > 1 and _is_part_of_pattern(tokens[end - 1]):
        end -= 1
    return " ".join(tokens[:end]) if end + 2 <= len(tokens) else ""


def _is_part_of_pattern(token: str) -> bool:
    return 2 <= len(token) <= 4 and len(set(token)) == 1 and token.isalpha()


def without_unit(text: str, words: Words) -> tuple[str, Unit | None]:
    """The folded title without the unit at its end, and that unit; None when it has none."""
    tokens = unit_tokens(text, words)
    for start in range(1, len(tokens)):  # the longest unit first
        unit = read_unit(" ".join(tokens[start:]), words)
        if unit and not _is_letter_alone(tokens[start:]):
            end = start
            while end > 1 and len(tokens[end - 1]) <= SHORT and tokens[end - 1].isalpha():
                end -= 1
            return " ".join(tokens[:end]), unit
    return "", None


def _is_letter_alone(tokens: Sequence[str]) -> bool:
    """“Grant B” is no billion: a letter is a scale only beside a currency."""
    return len(tokens) == 1 and len(tokens[0]) == 1 and tokens[0].isalpha()
