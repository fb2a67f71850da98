"""A Table Schema -> the values of a table in memory that Frictionless certainly accepts. Asks Python, not DuckDB.

Starting Frictionless takes 0.15 s and opening the 42 small tables of the shipped records with it 0.35, this 0.02; for
so few rows DuckDB would think longer about its SQL. As strict as the SQL: what is not written in the plain way is left
to Frictionless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from .literals import DAY, DIGITS
from .patterns import NO_PATTERN
from .readings import FALSE, FORMATS, LONGEST_EMAIL, PLACES, TRUE

# What a schema may say besides; a word that is not listed may be one that Frictionless knows and refuses here.
WORDS = {"fields", "primaryKey", "foreignKeys", "identity"}
FIELD_WORDS = {"name", "type", "title", "description", "format", "constraints", "delimiter"}
OWN_WORDS = re.compile(
    r"(?:title|description|why)_\w+|why|synonyms|precision|references|assumed|automatic|nothing|late"
)
CONSTRAINTS = {  # type -> what may be asked of it here
    "string": {"required", "unique", "pattern", "enum"},
    "integer": {"required", "unique", "minimum", "maximum"},
    "number": {"required", "unique", "minimum", "maximum"},
    "boolean": {"required"},
    "date": {"required", "unique"},
    "list": {"required"},
}
INTEGER = re.compile(f"-?{DIGITS}")
NUMBER = re.compile(rf"-?{DIGITS}(?:\.{PLACES})?")
ISO_DAY = re.compile(DAY)
WORDS_OF_TRUTH = {**dict.fromkeys(TRUE, True), **dict.fromkeys(FALSE, False)}
FLAGS = ("required", "unique")
FEW_DIGITS = 15  # see literals.DIGITS
DOUBT = object()  # in place of a value

Cell = Callable[[Any], Any]  # a filled cell -> its value, or DOUBT


@dataclass(frozen=True, slots=True)
class _Column:
    name: str
    read: Cell
    is_required: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """What is asked of the rows of a table."""

    columns: tuple[_Column, ...]
    repeated: tuple[tuple[str, ...], ...]  # columns whose values may not repeat together: the key, and each unique one
    key: tuple[str, ...]

    def values(self, rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]] | None:
        """Column -> value, of each row, as validate.judge_rows() gives them; None when any of it is in doubt."""
        found = []
        for cells in rows:
            values = self._row(cells)
            if values is None:
                return None
            found.append(values)
        return found if all(self._differ(names, found) for names in self.repeated) else None

    def _row(self, cells: Sequence[Any]) -> dict[str, Any] | None:
        if len(cells) != len(self.columns):
            return None
        values = {}
        for column, cell in zip(self.columns, cells, strict=True):
            value = None if cell is None or cell == "" else column.read(cell)
            if value is DOUBT or (value is None and column.is_required):
                return None
            values[column.name] = value
        is_blank = all(value is None for value in values.values())
        lacks_key = bool(self.key) and all(values[name] is None for name in self.key)
        return None if is_blank or lacks_key else values

    @staticmethod
    def _differ(names: tuple[str, ...], found: list[dict[str, Any]]) -> bool:
        empty = (None,) * len(names)
        keys = [key for row in found if (key := tuple([row[name] for name in names])) != empty]
        return len(set(keys)) == len(keys)


def compile_plain(schema: Mapping[str, Any]) -> Plain | None:
    """None: it is not certain that Frictionless takes the schema, or what it would make of a row."""
    fields = schema.get("fields")
    if not schema.keys() <= WORDS or not isinstance(fields, list) or not fields:
        return None
    columns = [_column(field) if isinstance(field, dict) else None for field in fields]
    known = {column.name: column for column in columns if column}
    key = schema.get("primaryKey", [])
    key = [key] if isinstance(key, str) else key
    if len(known) < len(fields) or not isinstance(key, list) or not all(isinstance(name, str) for name in key):
        return None
    lists = {field["name"] for field in fields if field["type"] == "list"}
    if not {*key} <= known.keys() - lists:
        return None
    unique = [(field["name"],) for field in fields if field.get("constraints", {}).get("unique")]
    return Plain(tuple(known.values()), (*([tuple(key)] if key else []), *unique), tuple(key))


def _column(field: Mapping[str, Any]) -> _Column | None:
    name, kind, asked = field.get("name"), field.get("type"), field.get("constraints", {})
    is_known = all(isinstance(word, str) and (word in FIELD_WORDS or OWN_WORDS.fullmatch(word)) for word in field)
    texts = [field.get(word, "") for word in ("title", "description", "format", "delimiter")]
    if not isinstance(name, str) or not name or not is_known or not all(isinstance(text, str) for text in texts):
        return None
    if not isinstance(kind, str) or kind not in CONSTRAINTS or not isinstance(asked, dict):
        return None
    if not asked.keys() <= CONSTRAINTS[kind] or any(type(asked.get(rule, True)) is not bool for rule in FLAGS):
        return None
    read = _reader(kind, field, asked)
    return _Column(name, read, bool(asked.get("required"))) if read else None


def _reader(kind: str, field: Mapping[str, Any], asked: Mapping[str, Any]) -> Cell | None:
    form = field.get("format", "default")
    if "delimiter" in field and (kind != "list" or not field["delimiter"]):
        return None
    if kind == "string":
        return _text(form, asked)
    if form != "default":
        return None
    if kind in ("integer", "number"):
        return _figure(kind, asked)
    if kind == "list":
        return _list(field.get("delimiter", ","))
    return _boolean if kind == "boolean" else _day


def _text(form: str, asked: Mapping[str, Any]) -> Cell | None:
    rules: list[Callable[[str], object]] = []
    if form != "default":
        if form not in FORMATS:
            return None
        longest = LONGEST_EMAIL if form == "email" else None
        rules.append(_form(re.compile(FORMATS[form]), longest))
    if "pattern" in asked:
        if not isinstance(asked["pattern"], str):
            return None
        try:
            rules.append(re.compile(f"^{asked['pattern']}$").match)  # as Frictionless does
        except NO_PATTERN:
            return None
    if "enum" in asked:
        allowed = asked["enum"]
        if not isinstance(allowed, list) or not allowed or not all(isinstance(word, str) for word in allowed):
            return None
        rules.append(frozenset(allowed).__contains__)

    def read(cell: Any) -> Any:
        return cell if isinstance(cell, str) and all(rule(cell) for rule in rules) else DOUBT

    return read


def _form(pattern: re.Pattern[str], longest: int | None) -> Callable[[str], object]:
    return lambda text: (longest is None or len(text) <= longest) and pattern.fullmatch(text)


def _figure(kind: str, asked: Mapping[str, Any]) -> Cell | None:
    bounds = [asked[name] for name in ("minimum", "maximum") if name in asked]
    if any(type(bound) is not int for bound in bounds):
        return None
    least, most = asked.get("minimum"), asked.get("maximum")
    form, make = (INTEGER, int) if kind == "integer" else (NUMBER, Decimal)

    def read(cell: Any) -> Any:
        if isinstance(cell, str) and form.fullmatch(cell):
            value = make(cell)
        elif type(cell) is int and kind == "integer" and len(str(cell)) <= FEW_DIGITS:
            value = cell
        else:
            return DOUBT
        return value if (least is None or value >= least) and (most is None or value <= most) else DOUBT

    return read


def _list(delimiter: str) -> Cell:
    def read(cell: Any) -> Any:
        if isinstance(cell, str):
            return tuple(cell.split(delimiter))
        return tuple(cell) if type(cell) is list and all(isinstance(item, str) for item in cell) else DOUBT

    return read


def _boolean(cell: Any) -> Any:
    return WORDS_OF_TRUTH.get(cell, DOUBT) if isinstance(cell, str) else DOUBT


def _day(cell: Any) -> Any:
    if type(cell) is date:
        return cell
    if not isinstance(cell, str) or not ISO_DAY.fullmatch(cell):
        return DOUBT
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return DOUBT
