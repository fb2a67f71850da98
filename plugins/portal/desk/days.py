"""Days, months and years as people write them: 05.11.2019; 5/11/2019; 5 November 2019; 2019. Never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from ..checks.words import fold
from ..errors import say
from ..sentences import shown
from ..text import Day
from .grid import Cell
from .numbers import is_filler
from .reading import DASHES, EMPTY, Reading, shown_text
from .words import Words

Order = Literal["dmy", "mdy", "ymd"]
TIME = r"(?:[T ,]+[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?\s?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
ISO = re.compile(rf"([0-9]{{4}})(?:-([0-9]{{2}})(?:-([0-9]{{2}}){TIME})?)?")
YEAR_FIRST = re.compile(rf"([0-9]{{4}})[./-]([0-9]{{1,2}})[./-]([0-9]{{1,2}}){TIME}")
THREE = re.compile(rf"([0-9]{{1,2}})([./-])([0-9]{{1,2}})\2([0-9]{{4}}|[0-9]{{2}})(?:{TIME}| ?([^\W\d]+)\.?)")
MONTH_YEAR = re.compile(r"([0-9]{1,2})[./-]([0-9]{4})(?: ?([^\W\d]+)\.?)?")
SERIAL = re.compile(r"[2-7][0-9]{4}")
ORDINAL = re.compile(r"\A([0-9]{1,2})[^\W\d]{1,2}\Z")  # 5th
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # 1954 to 2119
EPOCH = date(1899, 12, 30)  # day 0 of the serial days of spreadsheets, from March 1900 on
FIRST_YEAR, LAST_YEAR = 1900, 2100
TURN = 70  # 69 is 2069, 70 is 1970; only where a mapping file gives the order of the parts
LONGEST = 60  # characters of a day in words
ENDING = 4  # letters that a month in words may have after its stem


@dataclass(frozen=True, slots=True)
class Read:
    """The days that a text can mean, as year, month and day; month or day are 0 where it does not say them."""

    days: tuple[tuple[int, int, int], ...]
    short: bool = False  # the year has two digits


def read_day(  # noqa: PLR0911  (one a way of writing)
    cell: Cell, partial: bool, order: Order | None, given: bool, words: Words
) -> Reading:
    """The day in a cell. `partial`: a month or a year will do. `order` is that of the parts where slashes divide them.

    `given`: the order comes from a mapping file, which decides about full stops and years of two digits as well.
    """
    if isinstance(cell, date):
        return Reading(cell.isoformat())
    if isinstance(cell, Decimal):
        return _read_serial(cell, partial)
    text = shown_text(cell)
    if not text or text in DASHES:
        return EMPTY
    if SERIAL.fullmatch(text):
        return _read_serial(Decimal(text), partial)
    read = days_of(text, order, given, words) if isinstance(cell, str) else Read(())
    if read.short and not given:
        what = say("The year of “{value}” has two digits only.", value=shown(text))
        return Reading(what=what, fix=say("Write the year with four digits."))
    days = [written for written in (_written(day) for day in read.days) if written]
    if len(days) == 2:
        what = say("“{value}” can be read in two ways.", value=shown(text))
        return Reading(what=what, fix=say("Write {first} or {second}.", first=days[0], second=days[1]))
    if not days or (not partial and len(days[0]) < 10):
        return _no_day(text, partial)
    return Reading(days[0])


def _read_serial(cell: Decimal, partial: bool) -> Reading:
    if partial and cell == cell.to_integral_value() and FIRST_YEAR <= cell <= LAST_YEAR:
        return Reading(str(int(cell)))
    if FIRST_SERIAL <= cell <= LAST_SERIAL:
        return Reading((EPOCH + timedelta(days=int(cell))).isoformat())
    return _no_day(shown_text(cell), partial)


def _no_day(text: str, partial: bool) -> Reading:
    what = (
        say("“{value}” is not a day, month or year.", value=shown(text))
        if partial
        else say("“{value}” is not a day of the calendar.", value=shown(text))
    )
    return Reading(what=what, fix=say("Write year, month and day, such as 2019-11-05."))


def days_of(text: str, order: Order | None, given: bool, words: Words) -> Read:
    """Every day that the text can mean. Where the parts can be taken in two ways and nothing decides, there are two."""
    whole = ISO.fullmatch(text) or YEAR_FIRST.fullmatch(text)
    if whole:
        return Read(((int(whole[1]), int(whole[2] or 0), int(whole[3] or 0)),))
    three = THREE.fullmatch(text)
    if three and (three[5] is None or is_filler(fold(three[5]), words)):
        return _three(three, order, given)
    month = MONTH_YEAR.fullmatch(text)
    if month and (month[3] is None or is_filler(fold(month[3]), words)):
        return Read(((int(month[2]), int(month[1]), 0),) if 1 <= int(month[1]) <= 12 else ())
    return Read(_in_words(text, words))


def _three(parts: re.Match[str], order: Order | None, given: bool) -> Read:
    """The days of three numbers; full stops divide day, month and year, whatever the other cells show."""
    first, sign, second, third = int(parts[1]), parts[2], int(parts[3]), parts[4]
    short = len(third) == 2
    if short and given and order == "ymd":
        return Read(((_full_year(first), second, int(third)),), short)
    year = _full_year(int(third)) if short else int(third)
    day_first, month_first = (year, second, first), (year, first, second)
    if sign == "." and not given:
        return Read((day_first,), short)
    if order == "dmy" or first > 12 or first == second:
        return Read((day_first,), short)
    if order == "mdy" or second > 12:
        return Read((month_first,), short)
    return Read((day_first, month_first), short)


def _full_year(year: int) -> int:
    return 2000 + year if year < TURN else 1900 + year


def _in_words(text: str, words: Words) -> tuple[tuple[int, int, int], ...]:
    """“5 November 2019”, “November 2019”, “2019 g.”: a year, perhaps a month by its name, perhaps a day."""
    if len(text) > LONGEST:
        return ()
    year = month = day = 0
    for word in fold(text).split():
        token = ORDINAL.sub(r"\1", word)
        number = int(token) if token.isascii() and token.isdigit() else 0
        named = 0 if number or is_filler(token, words) else month_called(token, words)
        if number and len(token) == 4 and not year:
            year = number
        elif number and len(token) <= 2 and not day:
            day = number
        elif named and not month:
            month = named
        elif number or named or (not is_filler(token, words) and (len(token) > 2 or not token.isalpha())):
            return ()
    if not year or (day and not month) or (not month and not day and not any(sign.isalpha() for sign in text)):
        return ()
    return ((year, month, day),)


def month_called(word: str, words: Words) -> int:
    """The month that the folded word names, also with another ending than in the calendar; 0 when it names none."""
    if word in words.months:
        return words.months[word]
    best = 0
    months: set[int] = set()
    for name, month in words.months.items():
        common = _common(word, name)
        if common >= 3 and common >= len(name) - 1 and len(word) - common <= ENDING and common >= best:
            months = {month} if common > best else months | {month}
            best = common
    return months.pop() if len(months) == 1 else 0


def _common(one: str, other: str) -> int:
    """How many letters the two words begin with alike."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def _written(day: tuple[int, int, int]) -> str:
    """The day as far as it is known, or nothing when the calendar does not have it."""
    year, month, number = day
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{number:02}" if number else "")
    try:
        Day(text).first  # noqa: B018  (asks the calendar)
    except ValueError:
        return ""
    return text


def order_of(cells: Iterable[Cell]) -> Order | None:
    """The order that the cells of a column show without doubt where slashes or hyphens divide the parts."""
    found: set[Order] = set()
    for text in {cell for cell in cells if isinstance(cell, str)}:
        three = THREE.fullmatch(shown_text(text))
        if three and three[2] != ".":
            first, second = int(three[1]), int(three[3])
            if 12 < first <= 31 and second <= 12:
                found.add("dmy")
            elif 12 < second <= 31 and first <= 12:
                found.add("mdy")
    return found.pop() if len(found) == 1 else None
