"""What exports into other people's standards share: the table of fields, the check by the schema, what is left out.

A standard's module has one table, a tuple of Mapped. Its code fills documents from that table, and the page about the
standard shows the same table, so that the two cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

from ..errors import BuildError, Message

SCHEMAS = Path(__file__).parent / "schemas"  # as their publishers wrote them; see the README there
Document = dict[str, Any]
Put = Callable[[Document, str, Any], None]

LIST = "[]"  # at the end of a step of a path: the only item of a list, or the list itself when it is the last step


@dataclass(frozen=True, slots=True)
class Mapped:
    """A field of a standard, and what of ours stands in it."""

    theirs: str  # path in the standard, such as “recipientOrganization[]/id”
    ours: str  # table and column, such as “grants.recipient”; several with commas; empty for what no column holds
    value: Callable[..., Any]  # what the filler is given -> the value; None leaves the field out
    note: Message | None = None  # for the reader of the page


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Records that a standard has no place for."""

    reason: Message
    count: int


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard that the portal publishes in, as the page about it shows it."""

    key: str  # in addresses: “360giving”
    name: str
    version: str
    url: str  # of its documentation
    about: Message  # who reads it, and what for
    conventions: tuple[Message, ...]  # choices that we made where the standard leaves one
    mapping: tuple[tuple[Message, tuple[Mapped, ...]], ...]  # (what of ours, its fields)
    formats: tuple[str, ...] = ()  # Download.format of its files


def make_filler(table: Iterable[Mapped], below: str = "", put: Put = dict.__setitem__) -> Callable[..., Document]:
    """A function that takes what each Mapped.value takes, and answers with the document.

    `below` is the part of every path that stands above the document, such as “awards[]/”. `put` writes a value into a
    mapping under a name; a standard in several languages writes several members. Empty values are left out.
    The paths are taken apart once and not for every record, which takes less than a third of the time.
    """
    rows = [(*_path(mapped.theirs.removeprefix(below)), mapped.value) for mapped in table]

    def fill(*given: Any) -> Document:
        document: Document = {}
        for steps, name, value in rows:
            found = value(*given)
            if not found and found != 0:  # an amount of nought is an amount
                continue
            target = document
            for step, is_list in steps:
                target = target.setdefault(step, [{}])[0] if is_list else target.setdefault(step, {})
            put(target, name, found)
        return document

    return fill


def _path(theirs: str) -> tuple[tuple[tuple[str, bool], ...], str]:
    *steps, last = theirs.split("/")
    return tuple((step.removesuffix(LIST), step.endswith(LIST)) for step in steps), last.removesuffix(LIST)


def require_valid(document: Any, schema: str, path: str, others: Mapping[str, str] | None = None) -> None:
    """Raise BuildError when the document is not what the schema allows.

    `schema` is a file below SCHEMAS; `path` is that of the download; `others` are schemas that the first one refers
    to: address -> file below SCHEMAS.
    """
    problem = next(iter(_validator(schema, tuple(sorted((others or {}).items()))).iter_errors(document)), None)
    if problem:
        where = "/".join(str(step) for step in problem.instance_path)
        raise BuildError(
            f"{path} would not be valid by its standard, at {where or 'the top'}: {problem.message}. "
            "Correct the record that it was made from; if the record is right, report this as a fault of Ashar."
        )


@cache
def _validator(schema: str, others: tuple[tuple[str, str], ...]) -> Any:
    """Made once a process."""
    registry = jsonschema_rs.Registry([(address, read_schema(file)) for address, file in others]) if others else None
    return jsonschema_rs.validator_for(read_schema(schema), registry=registry)


@cache
def read_schema(file: str) -> Any:
    """A schema below SCHEMAS."""
    return json.loads((SCHEMAS / file).read_text(encoding="utf-8"))
