"""Errors of Frictionless -> sentences for the person who keeps the spreadsheet."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from .errors import Message, Problem, say
from .load import Row
from .package import Field, Resource

SHOWN = 60  # characters of a value that are repeated in a message
NO_KEY = '"None"'  # in Frictionless' note on a row without an identifier
SEARCHED = 5_000  # identifiers among which a likely one is looked for; more would take a second a fault
LISTED = 12  # allowed values that are listed in a message


def telling(errors: list[Any]) -> list[Any]:
    """The errors of a row without those that only follow from others: a torn line makes every cell wrong."""
    torn = [error for error in errors if error.type in OTHER]
    if torn:
        return torn[:1]
    empty = any(error.type == "constraint-error" for error in errors)
    return [error for error in errors if not (error.type == "primary-key" and empty and NO_KEY in error.note)]


def explain(error: Any, resource: Resource, row: Row, rows: Sequence[Row]) -> Problem:
    """Turn an error of Frictionless into a Problem with file, line and column. `rows` are all of the table."""
    column = getattr(error, "field_name", None) or None
    field = resource.by_name.get(column) if column else None
    cell = getattr(error, "cell", None)
    if error.type == "type-error" and field:
        what, fix = _wrong_type(cell, field)
    elif error.type == "constraint-error" and field:
        names = re.findall(r'constraint "(\w+)"', error.note)
        what, fix = _broken_constraint(cell, field, names, column == resource.primary_key)
    elif error.type == "primary-key":
        column = resource.primary_key
        what, fix = _repeated_key(row.cells[resource.field_names.index(column)], error.note, rows)
    else:
        what, fix = OTHER.get(error.type, _unknown)(error)
        column = None
    return Problem(what, fix, file=row.file, line=row.line, column=column)


def shown(value: Any) -> str:
    """The value as it was written, shortened so that a message stays a sentence."""
    text = " ".join(str(value).split())
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _wrong_type(cell: Any, field: Field) -> tuple[Message, Message]:
    value = shown(cell)
    if field.type in ("number", "integer"):
        return _no_number(value, _as_number(str(cell)), field.type == "integer")
    if field.type == "date":
        return say("“{value}” is not a day of the calendar.", value=value), _date_fix(str(cell))
    if field.type == "boolean":
        what = say("“{value}” is neither true nor false.", value=value)
        return what, say("Write true or false, or leave the cell empty.")
    if field.type == "list":
        what = say("“{value}” is not a list.", value=value)
        return what, say("Write the items one after the other; in CSV put a semicolon between them.")
    if _is_address(field):
        return _no_address(value)
    what = say("“{value}” is read as a number or a day, but text is expected.", value=value)
    return what, say("Put the value in quotation marks.")


def _no_number(value: str, digits: str | None, is_whole: bool) -> tuple[Message, Message]:
    """`digits` is what the value would be without its signs; None when it is no number at all."""
    if not is_whole:
        fix = (
            say("Write {digits}: digits only, a full stop before decimals, no spaces or units.", digits=digits)
            if digits
            else say("Write digits and a full stop, such as 1950000.50, or leave the cell empty.")
        )
        return say("“{value}” is not a number.", value=value), fix
    fix = (
        say("Write {digits}: digits only, no spaces or units.", digits=digits)
        if digits and "." not in digits
        else say("Write digits only, such as 120, or leave the cell empty.")
    )
    return say("“{value}” is not a whole number.", value=value), fix


def _as_number(text: str) -> str | None:
    """1 950 000,50 -> 1950000.50; None when it is no number for a person either."""
    bare = re.sub(r"[\s\u00a0\u202f']", "", text)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    bare = bare.replace(",", ".")
    return bare if re.fullmatch(r"-?\d+(\.\d+)?", bare) else None


def _date_fix(text: str) -> Message:
    """Offer the day in the form that is asked for, when it can be read without doubt."""
    parts = re.fullmatch(r"\s*(\d{1,2})[./](\d{1,2})[./](\d{4})\s*", text)
    if parts:
        day, month, year = map(int, parts.groups())
        try:
            return say("Write {day}: year, month, day.", day=date(year, month, day).isoformat())
        except ValueError:
            pass
    return say("Write year, month and day, such as 2019-11-05.")


def _broken_constraint(cell: Any, field: Field, names: list[str], is_key: bool) -> tuple[Message, Message]:
    name = names[0] if names else ""
    limit = field.constraints.get(name)
    value = shown(cell)
    if name == "required":
        return say("The cell is empty, but the table needs a value here."), say("Fill it in.")
    if name in ("minimum", "maximum"):
        what = (
            say("{value} is less than {limit}.", value=value, limit=limit)
            if name == "minimum"
            else say("{value} is more than {limit}.", value=value, limit=limit)
        )
        return what, say("Correct the value.")
    if field.partial_date:
        return say("“{value}” is not a day, month or year.", value=value), _date_fix(str(cell))
    if _is_address(field):
        return _no_address(value)
    if name == "pattern" and is_key:
        what = say("“{value}” cannot be an identifier.", value=value)
        return what, say("Use Latin letters, digits, hyphens and full stops only; it becomes part of an address.")
    what = say("“{value}” does not have the form that the column asks for.", value=value)
    return what, say("Compare it with another row, or with the description of the column.")


def _is_address(field: Field) -> bool:
    return str(field.constraints.get("pattern", "")).startswith("https?")


def _no_address(value: str) -> tuple[Message, Message]:
    what = say("“{value}” is not a web address.", value=value)
    return what, say("Write the whole address, beginning with https://.")


def dangling(value: str, target: Resource, known: list[str]) -> tuple[Message, Message]:
    """What to say of a reference to a record that does not exist. `known` are the identifiers that do."""
    likely = difflib.get_close_matches(value, known, n=1) if len(known) <= SEARCHED else []
    table = target.paths[0] if len(target.paths) == 1 else target.name
    if target.is_codelist:
        what = say("“{value}” is not in the list of allowed values, {table}.", value=shown(value), table=table)
    else:
        what = say("“{value}” points at a record that does not exist in {table}.", value=shown(value), table=table)
    if likely:
        return what, say("Did you mean “{likely}”?", likely=likely[0])
    if target.is_codelist and len(known) <= LISTED:
        return what, say("Allowed values: {values}.", values=", ".join(known))
    return what, say("Add the record there, or correct the value here.")


def _repeated_key(value: Any, note: str, rows: Sequence[Row]) -> tuple[Message, Message]:
    first = re.search(r"position (\d+)", note)
    if not first:
        return say("The record has no identifier."), say("Fill it in.")
    other = rows[int(first.group(1)) - 2]
    what = say(
        "The identifier “{value}” is already used in {file}, line {line}.",
        value=shown(value),
        file=other.file,
        line=other.line,
    )
    return what, say("Give one of the two records another identifier, or delete the one that is there twice.")


def _unknown(error: Any) -> tuple[Message, Message]:
    return say("{error}", error=error.message), say("Compare the row with its neighbours.")


OTHER: dict[str, Callable[[Any], tuple[Message, Message]]] = {
    "blank-row": lambda _: (say("The line is empty."), say("Delete it.")),
    "missing-cell": lambda error: (
        say("The line has fewer cells than the table has columns: “{column}” is missing.", column=error.field_name),
        say("Add the missing commas, or check that a quotation mark is not lost."),
    ),
    "extra-cell": lambda error: (
        say("The line has more cells than the table has columns; “{value}” is too much.", value=shown(error.cell)),
        say("Put a text that contains a comma in quotation marks."),
    ),
}
