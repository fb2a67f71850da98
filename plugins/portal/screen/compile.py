"""A Table Schema -> Screen: the readings, constraints and keys of its fields as SQL over the table of written cells.

The table has a VARCHAR column for each field; an empty cell is NULL.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..quote import quoted_name, quoted_text
from .patterns import NO_PATTERN, re2
from .readings import Reading, reading

BOUNDS = {"minimum": ">=", "maximum": "<=", "exclusiveMinimum": ">", "exclusiveMaximum": "<"}
LENGTHS = {"minLength": ">=", "maxLength": "<="}
KNOWN = {"required", "unique", "enum", "pattern", *BOUNDS, *LENGTHS}


@dataclass(frozen=True, slots=True)
class Screen:
    """What the rows of a table are asked, as SQL over its columns."""

    doubt: str  # never NULL; FALSE: Frictionless accepts the row, but for keys that repeat
    repeated: tuple[tuple[str, ...], ...]  # columns whose values may not repeat together: the key, and each unique one
    compared: Mapping[str, str]  # each of those columns -> SQL of the value that is compared
    unread: str  # never NULL; TRUE: a cell in one of those columns may be equal to another in a way not known here


def compile_screen(schema: Mapping[str, Any]) -> Screen | None:
    """The screen of a schema that validate.read_schema() takes.

    None: the schema says something that is not known here, so every row is in doubt. That is a type such as object,
    array, geopoint or duration, a constraint or missing value of unknown form, a key that holds a list.
    """
    columns = {field["name"]: _column(field, schema) for field in schema["fields"]}
    names = {name.casefold() for name in columns}  # DuckDB does not tell capital letters
    if not columns or len(names) < len(schema["fields"]) or schema.get("fieldsMatch", "exact") != "exact":
        return None
    known = {name: column for name, column in columns.items() if column}
    key = schema.get("primaryKey") or []
    key = (key,) if isinstance(key, str) else tuple(key)
    repeated = (*([key] if key else []), *((name,) for name, column in known.items() if column.is_unique))
    compared = {name: known[name] for names in repeated for name in names if name in known}
    if len(known) < len(columns) or not set(key) <= set(known) or any(column.is_list for column in compared.values()):
        return None
    accepted = [column.accepted for column in known.values()]
    if not any(column.is_required for column in known.values()):
        accepted.append(_any_filled(column.cell for column in known.values()))  # a blank row is refused
    if key:
        accepted.append(_any_filled(known[name].cell for name in key))
    unread = " or ".join(column.unread for column in compared.values()) or "false"
    return Screen(
        doubt=f"not coalesce({' and '.join(accepted)}, false)",
        repeated=repeated,
        compared={name: column.reading.exact for name, column in compared.items()},
        unread=f"coalesce({unread}, true)",
    )


def repeats(screen: Screen, table: str) -> str:
    """SQL that gives a row where a key repeats, or may. `table` is SQL too: a quoted name or a query in brackets.

    Without a row, Frictionless finds no repeated key in the table. Keys that are partly empty are compared, as it does.
    """
    found = [f"(select 1 from {table} where {screen.unread} limit 1)"]
    for names in screen.repeated:
        values = ", ".join(screen.compared[name] for name in names)
        filled = _any_filled(screen.compared[name] for name in names)
        found.append(f"(select 1 from {table} where {filled} group by {values} having count(*) > 1 limit 1)")
    return f"select 1 from ({' union all '.join(found)}) limit 1"


def typed(field: Mapping[str, Any], schema: Mapping[str, Any] | None = None) -> str:
    """SQL: an accepted cell as the type of database.TYPES, NULL if it is empty. `schema` only for its missingValues."""
    cell = _cell(field, _missing(field, schema or {}) or ())
    found = reading(field, cell)
    return found.value if found else cell


def filled_cell(field: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """SQL: the cell as it is written; NULL where Frictionless sees no value."""
    return _cell(field, _missing(field, schema) or ())


def python_reader(field: Mapping[str, Any], schema: Mapping[str, Any] | None = None) -> Callable[[str], Any] | None:
    """Accepted text -> the value that validate.judge_rows() gives; None where the text itself is the value.

    `schema` is needed only for its missingValues, which are read as None.
    """
    found = reading(field, "")
    read = found.read if found else None
    empty = frozenset(_missing(field, schema or {}) or ()) - {""}
    if not empty:
        return read
    return lambda text: None if text in empty else read(text) if read else text


@dataclass(frozen=True, slots=True)
class _Column:
    cell: str  # SQL; NULL where Frictionless sees no value
    reading: Reading
    accepted: str  # SQL: TRUE where the cell has no fault
    unread: str  # SQL: TRUE where the cell is filled, and `reading.exact` is perhaps not its value
    is_required: bool
    is_unique: bool
    is_list: bool


def _column(field: Mapping[str, Any], schema: Mapping[str, Any]) -> _Column | None:
    constraints = {name: value for name, value in (field.get("constraints") or {}).items() if value is not None}
    missing = _missing(field, schema)
    cell = _cell(field, missing or ())
    found = reading(field, cell)
    if found is None or missing is None or not set(constraints) <= KNOWN:
        return None
    is_list, is_text = field.get("type") == "list", field.get("type", "string") in ("string", "any")
    if "pattern" in constraints and not _is_pattern(constraints["pattern"]):
        return None  # Frictionless would break off at the first row, whatever it holds
    is_required = bool(constraints.get("required"))
    accepted = " and ".join([found.accepts, *_constraints(constraints, cell, found, is_list)])
    if not is_required:
        accepted = f"({cell} is null or {accepted})"
    unread = "false" if is_text else f"({cell} is not null and not coalesce({found.accepts}, false))"
    if "" not in missing:  # then an empty cell is a text like others, and NULL does not say which
        accepted, unread = f"({_name(field)} is not null and {accepted})", f"({_name(field)} is null or {unread})"
    return _Column(cell, found, accepted, unread, is_required, bool(constraints.get("unique")), is_list)


def _constraints(constraints: Mapping[str, Any], cell: str, found: Reading, is_list: bool) -> Iterator[str]:
    for name, value in constraints.items():
        if name in BOUNDS:
            bound = found.literal(value)
            yield f"{found.exact} {BOUNDS[name]} {bound}" if bound else "false"
        elif name in LENGTHS:
            length = f"len({found.value})" if is_list else f"length({cell})"
            yield f"{length} {LENGTHS[name]} {value}" if type(value) is int else "false"
        elif name == "enum":
            allowed = [literal for literal in map(found.literal, value) if literal]
            yield f"{found.exact} in ({', '.join(allowed)})" if allowed else "false"
        elif name == "pattern":
            pattern = re2(value)
            yield "false" if pattern is None else f"regexp_full_match({cell}, {quoted_text(pattern)})"


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(f"^{pattern}$")
    except NO_PATTERN:
        return False
    return True


def _missing(field: Mapping[str, Any], schema: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The texts that stand for no value; None when they are not written as texts."""
    entries = [""]
    for place in (schema, field):
        if place.get("missingValues") is not None:
            entries = place["missingValues"]
    return tuple(entries) if all(isinstance(entry, str) and "\0" not in entry for entry in entries) else None


def _name(field: Mapping[str, Any]) -> str:
    return quoted_name(field["name"])


def _cell(field: Mapping[str, Any], missing: tuple[str, ...]) -> str:
    words = [quoted_text(word) for word in missing if word]
    name = _name(field)
    return f"(case when {name} in ({', '.join(words)}) then null else {name} end)" if words else name


def _any_filled(cells: Iterator[str]) -> str:
    return f"({' or '.join(f'{cell} is not null' for cell in cells)})"
