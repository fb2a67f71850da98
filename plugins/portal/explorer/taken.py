"""How a browser knows a text that a spreadsheet would take for something else: the pattern of exports/cells.py."""

from __future__ import annotations

import re
from typing import Any

from ..desk.regex import flags_of, javascript
from ..exports.cells import TAKEN, TRUTHS, months

POSSESSIVE = re.compile(
    r"\(\?P<(?P<name>\w+)>"  # a named group
    r"|(?P<one>\[(?:\\.|[^\]\\])*\]|\\.|[^()|\\])(?P<repeat>[*+?]|\{\d*,?\d*\})\+"  # one sign, as often as it stands
    r"|\)\+\+",  # a group, as often as it stands: its own signs are taken once and for all, so that + will do
)


def taken(languages: tuple[str, ...]) -> dict[str, Any]:
    """How disarm() knows a text that a spreadsheet would change, for a browser.

    `pattern` holds for the beginning of such a text; group number `word`, where it is found, must be one of `months`
    in a text with a digit, else one of `truths`.
    """
    pattern, numbers = without_possessive(TAKEN.pattern)
    return {
        "pattern": [f"^(?:{javascript(pattern)})", flags_of(TAKEN)],
        "word": numbers["word"],
        "months": sorted(months(languages)),
        "truths": sorted(TRUTHS),
    }


def without_possessive(pattern: str) -> tuple[str, dict[str, int]]:
    r"""A pattern as JavaScript can have it, and the numbers of its named groups.

    x*+ becomes (?=(x*))\1, which is not gone back into either: else a long row of spaces would take minutes.
    """
    numbers: dict[str, int] = {}
    count = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal count
        if found["name"]:
            count += 1
            numbers[found["name"]] = count
            return "("
        if not found["one"]:
            return ")+"
        count += 1
        return f"(?=({found['one']}{found['repeat']}))\\{count}"

    return POSSESSIVE.sub(replaced, pattern), numbers
