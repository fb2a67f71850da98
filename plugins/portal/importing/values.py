"""Single values of somebody else's file -> values as the tables hold them. Reads, never guesses."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ..checks.texts import ADDRESS, EMAIL, PERSONAL_NUMBER, PHONE, RUNS, UNSHOWABLE
from ..checks.words import fold
from ..errors import Message, say
from ..load import LONGEST_CELL
from ..text import Day
from ..validate import LARGEST

LONGEST_ID = 100  # characters; an identifier is the name of a file
MASK = "[…]"  # in the place of what leads to a person
DAY = re.compile(
    r"(\d{4}(?:-\d\d){0,2})"  # as far as it is known
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)?)?",  # the time of the day is not kept
    re.ASCII,
)
NUMBER = re.compile(r"[+-]?\d{1,30}(\.\d{1,30})?", re.ASCII)
UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Tidied:
    """A text that the checks accept, and what was done to it. Empty when nothing is left."""

    words: str
    changes: tuple[Message, ...] = ()


def read_day(value: Any) -> str | None:
    """The day, month or year of a date or of a moment, as it is written there; None for what is no day."""
    found = DAY.fullmatch(str(value).strip()) if isinstance(value, str | Decimal) else None
    if not found:
        return None
    day = Day(found.group(1))
    try:
        day.first  # noqa: B018  (asks the calendar)
    except ValueError:
        return None
    return day.text


def read_amount(value: Any) -> Decimal | None:
    """A number, or digits with a full stop; None for anything else, NaN and what is more than any budget."""
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        value = Decimal(value.strip())
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    return value if -LARGEST < value < LARGEST and value == round(value, 6) else None


def plain_text(value: Any) -> str:
    """The words of a text or the digits of a number, without blanks around them; empty for anything else."""
    return str(value).strip() if isinstance(value, str | Decimal) else ""


def tidy(value: Any) -> Tidied:
    """A text as the checks want it: no control characters, no data of persons, nothing that a spreadsheet would run."""
    words, changes = plain_text(value), []
    if UNSHOWABLE.search(words):
        words = UNSHOWABLE.sub("", words).strip()
        changes.append(say("Characters that cannot be shown were taken out."))
    masked = _without_persons(words)
    if masked != words:
        words = masked
        changes.append(say("An e-mail address, a phone number or the number of a person was taken out."))
    if words.startswith(RUNS):
        words = f"–{words[1:]}" if words[0] == "-" else f"“{words}”"
        changes.append(say("Its first sign was changed, as a spreadsheet would run it as a formula."))
    if len(words) > LONGEST_CELL:
        words = ""
        changes.append(say("It is longer than {most} characters and was left out.", most=LONGEST_CELL))
    return Tidied(words, tuple(changes))


def _without_persons(words: str) -> str:
    """The checks look at a text without its web addresses, so that is where the masks go."""
    parts, place = [], 0
    for address in ADDRESS.finditer(words):
        parts += [_masked(words[place : address.start()]), address.group()]
        place = address.end()
    return "".join([*parts, _masked(words[place:])])


def _masked(words: str) -> str:
    if "@" in words:
        words = re.sub(rf"{EMAIL.pattern}[\w.-]*", MASK, words)
    return PERSONAL_NUMBER.sub(MASK, PHONE.sub(MASK, words))


def safe_id(original: str) -> str:
    """The identifier as an address can hold it. What had to be changed ends in eight digits of its SHA-256."""
    if SAFE.fullmatch(original) and len(original) <= LONGEST_ID:
        return original
    kept = UNSAFE.sub("-", original).lstrip("._-")[:LONGEST_ID].rstrip("._-")
    return f"{kept}-{digest(original)}" if kept else digest(original)


def slug(words: str) -> str:
    """Words as a part of an identifier: a-z, digits and hyphens; words that lose letters by that end in a digest."""
    folded = fold(words)
    kept = "-".join(re.findall("[a-z0-9]+", folded))[:60].rstrip("-")
    return kept if kept == folded.replace(" ", "-") else "-".join(filter(None, [kept, digest(folded)]))


def digest(words: str) -> str:
    """Eight digits that tell texts apart."""
    return hashlib.sha256(words.encode("utf-8", "backslashreplace")).hexdigest()[:8]


class Identifiers:
    """Identifiers of one table, distinct also where a file system does not tell capitals from small letters."""

    def __init__(self) -> None:
        self._given: dict[Any, str] = {}
        self._taken: set[str] = set()

    def of(self, key: Any, wanted: str) -> str:
        """The identifier of what `key` stands for: the wanted one, or with a digest of the key when that is taken."""
        if key not in self._given:
            own = f"{wanted}-{digest(repr(key))}" if wanted.casefold() in self._taken else wanted
            self._taken.add(own.casefold())
            self._given[key] = own
        return self._given[key]
