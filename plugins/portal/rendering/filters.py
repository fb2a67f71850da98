"""How templates write values: `{{ grant.awarded | money }}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from .. import structured
from ..errors import Message
from ..i18n import NO_BREAK, language_name
from ..model import Money
from ..pages import Site, facts
from ..text import Day
from .numbers import quick_numbers
from .writing import markup

KEPT = 4096  # days that were written


def filters(site: Site, language: str) -> Mapping[str, Callable[..., Any]]:
    """Name in templates -> function."""
    formats = site.formats[language]
    number = quick_numbers(formats.number)

    last: tuple[object, str] = object(), ""  # no sum is this object, and neither is None

    def money(value: Money) -> str:
        """A page has the sum of its grant several times, one after the other."""
        nonlocal last
        if last[0] is not value:
            words = f"{number(value.amount)}{NO_BREAK}{formats.currency(value.currency, value.amount)}"
            last = value, words
        return last[1]

    def short_money(value: Money) -> str:
        return formats.short_money(value.amount, value.currency)

    days: dict[int, tuple[Day | date, str]] = {}  # by id(), as records share them; with the day, so that it lives

    def day(value: Day | date) -> str:
        found = days.get(id(value))
        if found is None:
            if len(days) >= KEPT:
                days.clear()
            days[id(value)] = found = value, formats.day(value) if isinstance(value, Day) else whole_day(value)
        return found[1]

    @lru_cache(maxsize=KEPT)
    def whole_day(value: date) -> str:
        return formats.day(Day(value.isoformat()))

    def message(value: Message) -> str:
        return site.translations.message(language, value)

    def name_of_language(code: str) -> str:
        return site.language_name(code, language)

    def json_ld(data: Mapping[str, Any] | str) -> Markup:
        """A description of structured.py; that of a grant is text already."""
        return markup(data if isinstance(data, str) else structured.dump(data))

    return {
        "money": money,
        "short_money": short_money,
        "opposite": lambda value: Money(-value.amount, value.currency),
        "number": number,
        "day": day,
        "size": formats.size,
        "percent": formats.percent,
        "message": message,
        "facts": facts,
        "language": name_of_language,
        "own_name": lambda code: language_name(code, code),
        "json_ld": json_ld,
        "json_data": lambda data: Markup(structured.dump_data(data)),
    }
