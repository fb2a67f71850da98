"""What keeps a spreadsheet from making something else of a cell. How values become cells stands in portal/cells.py."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

from ..cells import cell_text, csv_line, number_text, record_cells

__all__ = ["MARK", "cell_text", "csv_line", "disarm", "number_text", "record_cells"]

MARK = "'"
# A spreadsheet computes a cell that begins so; the wide forms are those of Chinese and Japanese keyboards.
FORMULA = r"\s*[=+\-@＝＋－＠]|[\t\r]"
SIGNS = r"\s.,:/\\+\-−()%$€£¥₽'’"  # that may stand in a number, an amount, a share, a day or a time
# 00123, 41702000000000, 1E5, 12/3, 3-5, 2019-07, 1 000,5, (5), 10 %, 10:30, 5 pm
NUMBER = rf"(?:[{SIGNS}]*+\d(?:[.,]?\s*+e(?=\s*+[+\-]?\s*+\d))?)++[{SIGNS}]*+(?:[ap]\.?m?\.?)?\s*+\Z"
FAULT = r"#(?:\S*[!?]|\w+/\w+)\s*+\Z"  # #REF!, #NAME?, #N/A
BESIDE_A_WORD = r"[\d\s.,:/'\-]{0,24}"  # no day has more before or behind the name of its month
WORD = rf"{BESIDE_A_WORD}(?P<word>[^\W\d_]{{3,}}+)\.?{BESIDE_A_WORD}(?:[^\W\d_]\.?)?\s*+\Z"  # true, SEPT2, 5 May 2019
TAKEN = re.compile(rf"{MARK}*+(?:(?P<sure>{FORMULA}|{NUMBER}|{FAULT})|{WORD})", re.IGNORECASE)  # in its beginning
LOOKS_TAKEN = TAKEN.match
HAS_DIGIT = re.compile(r"\d").search
# fmt: off
TRUTHS = frozenset((  # Excel takes those of its own language, which may be another than the reader's
    "true", "false", "wahr", "falsch", "vrai", "faux", "verdadero", "verdadeiro", "vero", "falso", "waar", "onwaar",
    "prawda", "fałsz", "doğru", "yanlış", "истина", "ложь", "істина", "хибність", "ақиқат", "жалған",
))
# fmt: on


def disarm(text: str, languages: tuple[str, ...] = ()) -> str:
    """Text that every spreadsheet leaves as it is: an apostrophe stands before one that it would change.

    That is a formula, and what looks like a number, a day, a time, true or false: 00123 would become 123. Names of
    months count in English and in the languages. A text that begins with an apostrophe before such a text gets a second
    one, so that taking one away always gives the text back.
    """
    found = LOOKS_TAKEN(text)  # most texts are several words and end here
    if not found or (found.lastgroup == "word" and not _is_taken(text, found["word"].lower(), languages)):
        return text
    return MARK + text


def _is_taken(text: str, word: str, languages: tuple[str, ...]) -> bool:
    return word in months(languages) if HAS_DIGIT(text) else word in TRUTHS


@cache
def months(languages: tuple[str, ...]) -> frozenset[str]:
    """Names of the months and their short forms in English and in the languages, in small letters."""
    names = {"sept"}
    for language in ("en", *languages):
        forms = Locale.parse(language).months
        for form in ("format", "stand-alone"):
            names.update(name.lower().rstrip(".") for name in forms[form]["wide"].values())
            names.update(name.lower().rstrip(".") for name in forms[form]["abbreviated"].values())
    return frozenset(names)
