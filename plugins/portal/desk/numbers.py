"""Numbers as people write them: 1 950 000,50; 1.950.000,5; 1,5 million euros. Read without doubt, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ..cells import number_text
from ..checks.words import fold
from ..errors import say
from ..sentences import shown
from .grid import Cell
from .reading import DASHES, EMPTY, Reading, shown_text
from .words import Words

PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)")  # the quick way for most cells
BODY = re.compile(r"[0-9](?:[0-9 .,'’]*[0-9])?")
SPACED = re.compile(r"[0-9]+(?:[ '’][0-9]{3})*")
GROUPED = re.compile(r"[0-9]{1,3}(?:[ '’.,][0-9]{3})*")
LETTER = re.compile(r"\s+\w\.?\s*")
LONGEST = 40  # characters of a number
STEM = 3  # letters that a word has at least before an ending is taken for one, and letters of that ending at most


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands beside a number: “thousand euros”."""

    scale: int = 1
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Parts:
    """A number taken apart, its decimal sign not yet decided."""

    minus: bool
    body: str  # digits and signs, without anything around them
    unit: Unit


def read_unit(text: str, words: Words) -> Unit | None:
    """The scale and the currency that a text names and nothing else; None when it says more."""
    scale, currency = 1, ""
    tokens = unit_tokens(text, words)
    place = 0
    while place < len(tokens):
        count, found = _unit_at(tokens, place, words)
        if not count or (found.scale > 1 and scale > 1) or (found.currency and currency not in ("", found.currency)):
            return None
        scale, currency = max(scale, found.scale), currency or found.currency
        place += count
    return Unit(scale, currency)


def unit_tokens(text: str, words: Words) -> list[str]:
    """The words of a text, folded, signs of currencies among them; any other sign stays as it is."""
    for sign in words.currencies:
        if sign in text and not fold(sign):
            text = text.replace(sign, f" {sign} ")
    tokens: list[str] = []
    for word in text.split():
        if word in words.currencies:
            tokens.append(word)
        else:
            tokens.extend(fold(word).split() or [word] * bool(word.strip(".,;:()[]")))
    return tokens


def _unit_at(tokens: list[str], place: int, words: Words) -> tuple[int, Unit]:
    """How many of the tokens from here are a unit, and which; the longest one that there is."""
    for count in range(min(4, len(tokens) - place), 0, -1):
        word = " ".join(tokens[place : place + count])
        if word in words.scales:
            return count, Unit(scale=words.scales[word])
        if word in words.currencies:
            return count, Unit(currency=words.currencies[word])
    word = tokens[place]
    scale = _with_ending(word, words.scales)
    if scale and len(scale) > STEM:
        return 1, Unit(scale=words.scales[scale])
    currency = _with_ending(word, words.currencies)
    return (1, Unit(currency=words.currencies[currency])) if currency else (0, Unit())


def _with_ending(word: str, known: Iterable[str]) -> str:
    """The longest known word that this one is with an ending: “euro” of “euros”. Empty when there is none."""
    found = [one for one in known if len(one) >= STEM and word.startswith(one) and len(word) <= len(one) + STEM]
    return max(found, key=len, default="")


def is_filler(word: str, words: Words) -> bool:
    """Whether the folded word stands beside a year and says nothing: “g.”, “god”, “godu”."""
    return word in words.fillers or bool(_with_ending(word, words.fillers))


def take_apart(text: str, words: Words, years: bool = False) -> Parts | None:
    """The digits of a number and what stands around them; None when it is no number. With `years`, “2019 g.” is one."""
    found = BODY.search(text)
    if not found or len(text) > LONGEST:
        return None
    before, body, after = text[: found.start()].strip(), found.group(), text[found.end() :].strip()
    if before.endswith((".", ",")) and text[found.start() - 1] in ".,":
        before, body = before[:-1].strip(), f"0{before[-1]}{body}"
    minus = before.endswith(DASHES) or before.startswith(DASHES)
    before = before.strip("+-–—−").strip()
    if years and before == "" and all(is_filler(word, words) for word in fold(after).split()):
        return Parts(minus, body, Unit())
    if LETTER.fullmatch(text[found.end() :]):
        return None  # “5 t” may be tons; “5M” is meant
    unit = read_unit(f"{before} {after}", words)
    return Parts(minus, body, unit) if unit else None


def values_of(body: str) -> tuple[tuple[Decimal, str], ...]:
    """Every value that the digits can have, with the decimal sign that it follows from; empty when they are no number.

    The sign is empty where the digits show none. Two values: the sign as a decimal one, then as one of thousands.
    """
    signs = [sign for sign in body if sign in ".,"]
    if not signs:
        return ((_decimal(body, ""), ""),) if SPACED.fullmatch(body) else ()
    whole, last, rest = body.rpartition(signs[-1])
    other = "," if last == "." else "."
    if len(signs) == 1:
        if not rest.isdigit() or not SPACED.fullmatch(whole):
            return ()
        decimal = (_decimal(whole, rest), last)
        doubtful = len(rest) == 3 and len(whole) <= 3 and whole.isdigit() and not whole.startswith("0")
        return (decimal, (_decimal(whole + rest, ""), other)) if doubtful else (decimal,)
    if last not in whole:
        grouped = GROUPED.fullmatch(whole) and len({sign for sign in whole if not sign.isdigit()}) == 1
        return ((_decimal(whole, rest), last),) if grouped and rest.isdigit() else ()
    grouped = GROUPED.fullmatch(body) and len({sign for sign in body if not sign.isdigit()}) == 1
    return ((_decimal(body, ""), other),) if grouped else ()


def _decimal(whole: str, rest: str) -> Decimal:
    digits = "".join(sign for sign in whole if sign.isdigit())
    return Decimal(f"{digits}.{rest}" if rest else digits)


def decimal_signs(cells: Iterable[Cell], words: Words) -> frozenset[str]:
    """The decimal signs that the cells of a column show without doubt."""
    found = set()
    for text in {cell for cell in cells if isinstance(cell, str)}:
        if "." in text or "," in text:
            parts = take_apart(shown_text(text), words)
            values = values_of(parts.body) if parts else ()
            if len(values) == 1:
                found.add(values[0][1])
    return frozenset(found - {""})


def read_number(  # noqa: PLR0911  (one a way of writing)
    cell: Cell, whole: bool, scale: Decimal, signs: frozenset[str], words: Words
) -> Reading:
    """The number in a cell, times the scale of its column. `signs` are the decimal signs that the column shows."""
    if isinstance(cell, Decimal):
        return Reading(number_text(cell * scale))
    text = shown_text(cell)
    if scale == 1 and PLAIN.fullmatch(text) and len(text) <= LONGEST:
        return Reading("0" if text == "-0" else text)
    if not text or text in DASHES:
        return EMPTY
    parts = take_apart(text, words, years=whole) if isinstance(cell, str) else None
    values = values_of(parts.body) if parts else ()
    if len(values) == 2 and len(signs) == 1:
        values = tuple(value for value in values if value[1] in signs)
    if not parts or not values:
        return _no_number(text, whole)
    if parts.unit.scale > 1 and scale != 1:
        what = say("“{value}” names a unit, and so does the title of the column.", value=shown(text))
        return Reading(what=what, fix=say("Write the unit in one of the two places."))
    numbers = [number_text(value * parts.unit.scale * scale * (-1 if parts.minus else 1)) for value, _ in values]
    if len(numbers) == 2:
        what = say("“{value}” can be read in two ways.", value=shown(text))
        return Reading(what=what, fix=say("Write {first} or {second}.", first=numbers[1], second=numbers[0]))
    return Reading(numbers[0], currency=parts.unit.currency)


def _no_number(text: str, whole: bool) -> Reading:
    if whole:
        what = say("“{value}” is not a whole number.", value=shown(text))
        return Reading(what=what, fix=say("Write digits only, such as 120, or leave the cell empty."))
    what = say("“{value}” is not a number.", value=shown(text))
    return Reading(what=what, fix=say("Write digits and a full stop, such as 1950000.50, or leave the cell empty."))
