"""How the text of a cell becomes a value of each type, as SQL and in Python. Follows Frictionless' fields.

Only the plain way to write a value is known here: digits, hyphen and full stop for a number, 2019-02-03 for a day. All
else that Frictionless reads (" 5", 1_000, 1e5, digits of other scripts, 2019-2-3) is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from ..quote import quoted_text
from .literals import (
    DAY,
    DIGITS,
    EXACT,
    Literal,
    boolean_literal,
    day_literal,
    form_literal,
    integer_literal,
    no_literal,
    number_literal,
    strptime_literal,
    text_literal,
    year_literal,
)

LONGEST = 100_000  # bytes; as many characters are the most that load.py lets through
PLACES = "[0-9]{1,20}"  # validate.py refuses more
SECOND = "T[0-9]{2}:[0-9]{2}:[0-9]{2}"
SEPARATORS = "./- "
TRUE = ("true", "True", "TRUE", "1")
FALSE = ("false", "False", "FALSE", "0")
FORMATS = {  # of text
    "uri": "[A-Za-z][A-Za-z0-9+.-]*:[!-~\u00a1-\U0010ffff]*",
    "email": r"[A-Za-z0-9]+(?:[._+-][A-Za-z0-9]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,20}",
    "uuid": "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}",
}
UNREADABLE = "wkt"  # Frictionless needs a package for it that is not installed, and breaks off before the first row
LONGEST_EMAIL = 64  # no part of a shorter one can be too long


@dataclass(frozen=True, slots=True)
class Reading:
    """The SQL of one column. Each expression is NULL or of no meaning where the cell is NULL."""

    accepts: str  # TRUE only where Frictionless takes the text for a value of the type
    value: str  # the value as the type of database.TYPES; NULL where the text is none
    exact: str  # the value as bounds, allowed values and keys compare it
    literal: Literal  # a value of the schema as SQL like `exact`; None: not known here
    read: Callable[[str], Any] | None = None  # None: the text is the value


def reading(field: Mapping[str, Any], cell: str) -> Reading | None:
    """The reading of a field whose cell is the SQL expression `cell`; None for a type that is not known here."""
    read = READINGS.get(field.get("type") or "string")
    return read(field, cell) if read and field.get("format") != UNREADABLE else None


def _text(field: Mapping[str, Any], cell: str) -> Reading:
    kind = _said(field, "format", "default")
    accepts = f"strlen({cell}) <= {LONGEST}"
    if kind in FORMATS:
        longest = LONGEST_EMAIL if kind == "email" else LONGEST
        accepts = f"strlen({cell}) <= {longest} and {_matches(cell, FORMATS[kind])}"
    elif kind != "default" and field.get("type") != "any":
        accepts = "false"
    return Reading(accepts, cell, cell, text_literal)


def _integer(_: Mapping[str, Any], cell: str) -> Reading:
    value = f"try_cast({cell} as BIGINT)"
    return Reading(_matches(cell, f"-?{DIGITS}"), value, value, integer_literal, int)


def _number(field: Mapping[str, Any], cell: str) -> Reading:
    """A group sign is taken only between digits, wherever it stands there, as Frictionless takes it."""
    point, group = _said(field, "decimalChar", "."), _said(field, "groupChar", "")
    is_known = _is_sign(point) and (not group or _is_sign(group)) and point != group and not field.get("floatNumber")
    if not is_known:
        point, group = ".", ""
    whole = f"[0-9](?:{_escaped(group)}?[0-9]){{0,14}}" if group else DIGITS
    plain = f"replace({cell}, {quoted_text(group)}, '')" if group else cell
    plain = f"replace({plain}, {quoted_text(point)}, '.')" if point != "." else plain

    def read(text: str) -> Decimal:
        return Decimal((text.replace(group, "") if group else text).replace(point, "."))

    return Reading(
        _matches(cell, f"-?{whole}(?:{_escaped(point)}{PLACES})?") if is_known else "false",
        f"try_cast({plain} as DECIMAL(24, 6))",
        f"try_cast({plain} as {EXACT})",
        number_literal,
        Decimal if point == "." and not group else read,
    )


def _boolean(field: Mapping[str, Any], cell: str) -> Reading:
    words = dict.fromkeys(_said(field, "trueValues", TRUE), True)
    words.update(dict.fromkeys(_said(field, "falseValues", FALSE), False))
    yes, no = (_in(cell, [word for word in words if words[word] is value]) for value in (True, False))
    value = f"case when {yes} then true when {no} then false end"
    return Reading(f"({yes} or {no})", value, f"({value})", boolean_literal(words), words.__getitem__)


def _date(field: Mapping[str, Any], cell: str) -> Reading:
    form = _said(field, "format", "default")
    if form in ("default", "any"):
        value = f"try_cast({cell} as DATE)"
        # DuckDB also reads 2019/2/3, epoch and infinity; its own way to write the day tells whether it was ours.
        accepts = f"strlen({cell}) = 10 and cast({value} as VARCHAR) = {cell}"
        if form == "any":
            accepts += f" and {cell} >= '1000'"  # dateutil guesses what an early year is
        return Reading(accepts, value, cell, day_literal, date.fromisoformat)
    parts = re.split(f"([{re.escape(SEPARATORS)}])", form)
    if sorted(parts[::2]) != ["%Y", "%d", "%m"] or len(form) != len("%d.%m.%Y"):
        return Reading("false", "cast(null as DATE)", "cast(null as DATE)", no_literal)
    value = f"cast(try_strptime({cell}, {quoted_text(form)}) as DATE)"
    accepts = (
        f"strlen({cell}) = 10 and strftime({value}, {quoted_text(form)}) = {cell} and {value} >= DATE '0001-01-01'"
    )
    return Reading(accepts, value, value, strptime_literal(form), lambda text: datetime.strptime(text, form).date())


def _year(_: Mapping[str, Any], cell: str) -> Reading:
    return Reading(_matches(cell, "[1-9][0-9]{3}"), cell, f"try_cast({cell} as BIGINT)", year_literal, int)


def _yearmonth(_: Mapping[str, Any], cell: str) -> Reading:
    form = "[1-9][0-9]{3}-(?:0[1-9]|1[0-2])"

    def read(text: str) -> Any:
        from frictionless.fields.yearmonth import yearmonth  # noqa: PLC0415  (starting Frictionless takes 0.15 s)

        year, month = text.split("-")
        return yearmonth(int(year), int(month))

    return Reading(_matches(cell, form), cell, cell, form_literal(form), read)


def _time(field: Mapping[str, Any], cell: str) -> Reading:
    form = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    accepts = _matches(cell, form) if _has_default_format(field) else "false"
    return Reading(accepts, cell, cell, form_literal(form), time.fromisoformat)


def _datetime(field: Mapping[str, Any], cell: str) -> Reading:
    """Without a zone: a moment with one cannot be compared with one without, and Frictionless would break off."""
    written = f"strftime(try_cast({cell} as TIMESTAMP), '%Y-%m-%dT%H:%M:%S')"
    is_known = _has_default_format(field)
    accepts = f"strlen({cell}) = 19 and {written} = {cell} and {cell} >= '0001'" if is_known else "false"
    literal = form_literal(DAY + SECOND, datetime.fromisoformat)
    return Reading(accepts, f"replace({cell}, 'T', ' ')", cell, literal, datetime.fromisoformat)


def _list(field: Mapping[str, Any], cell: str) -> Reading:
    delimiter = _said(field, "delimiter", ",")
    is_known = _said(field, "itemType", "string") == "string" and delimiter and "\0" not in delimiter
    value = f"string_split({cell}, {quoted_text(delimiter if is_known else ',')})"
    accepts = f"strlen({cell}) <= {LONGEST}" if is_known else "false"
    return Reading(accepts, value, value, no_literal, lambda text: tuple(text.split(delimiter)))


READINGS: Mapping[str, Callable[[Mapping[str, Any], str], Reading]] = {
    "any": _text,
    "boolean": _boolean,
    "date": _date,
    "datetime": _datetime,
    "integer": _integer,
    "list": _list,
    "number": _number,
    "string": _text,
    "time": _time,
    "year": _year,
    "yearmonth": _yearmonth,
}


def _matches(cell: str, pattern: str) -> str:
    return f"regexp_full_match({cell}, {quoted_text(pattern)})"


def _in(cell: str, words: list[str]) -> str:
    known = [quoted_text(word) for word in words if "\0" not in word]
    return f"{cell} in ({', '.join(known)})" if known else "false"


def _is_sign(text: str) -> bool:
    """One character that cannot be taken for a part of a number."""
    return len(text) == 1 and not text.isalnum() and text not in "+-_\0"


def _escaped(sign: str) -> str:
    return f"[{chr(92)}{sign}]" if sign.isascii() and sign.isprintable() and sign != " " else f"[{sign}]"


def _has_default_format(field: Mapping[str, Any]) -> bool:
    return bool(_said(field, "format", "default") == "default")


def _said(field: Mapping[str, Any], name: str, default: Any) -> Any:
    """Frictionless takes null for nothing said; an empty text or list is something."""
    value = field.get(name)
    return default if value is None else value
