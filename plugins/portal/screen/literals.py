"""Bounds and allowed values, as a schema writes them -> SQL. None where it is not known how Frictionless reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ..quote import quoted_text

EXACT = "DECIMAL(38, 20)"  # holds every number that is accepted, with all its digits
DIGITS = "[0-9]{1,15}"  # validate.py refuses 10**15 and more
DAY = "[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"

Literal = Callable[[Any], str | None]


def text_literal(value: Any) -> str | None:
    """A text; SQL would end at a zero character."""
    return quoted_text(value) if isinstance(value, str) and "\0" not in value else None


def integer_literal(value: Any) -> str | None:
    """A whole number, or digits."""
    is_digits = isinstance(value, str) and re.fullmatch(f"-?{DIGITS}", value)
    if is_digits or (isinstance(value, float) and value.is_integer()):
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18 else None


def number_literal(value: Any) -> str | None:
    """A number. Text is read by the signs of the field, so only digits are known here."""
    if isinstance(value, bool) or (isinstance(value, str) and not re.fullmatch(f"-?{DIGITS}", value)):
        return None
    if not isinstance(value, int | float | str):
        return None
    number = Decimal(str(value))
    is_held = number.is_finite() and int(number.as_tuple().exponent) >= -20 and abs(number) < 10**18
    return f"cast('{number:f}' as {EXACT})" if is_held else None


def year_literal(value: Any) -> str | None:
    """A year, as a number or in four digits."""
    if isinstance(value, str) and re.fullmatch("[0-9]{4}", value):
        value = int(value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999 else None


def day_literal(value: Any) -> str | None:
    """A day as text, such as '2019-02-03': the order of such texts is that of the days."""
    return quoted_text(value.isoformat()) if type(value) is date else form_literal(DAY, date.fromisoformat)(value)


def strptime_literal(form: str) -> Literal:
    """A day, or text in the form of the field."""

    def literal(value: Any) -> str | None:
        if isinstance(value, str):
            try:
                value = datetime.strptime(value, form).date()
            except ValueError:
                return None
        return f"DATE '{value.isoformat()}'" if type(value) is date else None

    return literal


def boolean_literal(words: dict[str, bool]) -> Literal:
    """True, false, or one of the words of the field."""

    def literal(value: Any) -> str | None:
        known = value if isinstance(value, bool) else words.get(value) if isinstance(value, str) else None
        return None if known is None else str(known).lower()

    return literal


def form_literal(form: str, check: Callable[[str], Any] = str) -> Literal:
    """A text of a form in which all are of one length, so that their order is that of the values."""

    def literal(value: Any) -> str | None:
        if not isinstance(value, str) or not re.fullmatch(form, value):
            return None
        try:
            check(value)
        except ValueError:
            return None
        return quoted_text(value)

    return literal


def no_literal(_: Any) -> str | None:
    """Values of this type are not compared."""
    return None
