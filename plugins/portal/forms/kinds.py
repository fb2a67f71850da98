"""Which forms there are, and which fields each asks for: by the part that a field plays, not by its name in a country.

A form about a table asks for every field that the schema requires or gives a reason for (`why`), and for the `also`
ones; never for identifiers and days that the desk fills in by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ..desk.rules import Rules, TableRules
from ..errors import Message, heading, say
from ..package import Field

Name = Literal["report-grant", "correct-record", "publish-nothing"]

SOURCE = "source"  # field of every table, and the question where a fact comes from
SOURCES = "sources"  # table
ADDRESS = "url"  # its field with the address
OF_SOURCES = ("title", "publisher", "published_on")  # its fields that a form asks for
COVERAGE = "coverage"  # table in which bodies say that they have nothing to publish
STATUS = "status"  # its field; the schema says of it which code means so
NOTHING = "nothing"  # the property of that field


@dataclass(frozen=True, slots=True)
class Kind:
    """A form in any language."""

    name: Name
    title: Message
    description: Message
    table: str = ""  # that it adds to; empty where the form asks for it
    also: tuple[str, ...] = ()  # fields asked for beside those that the schema requires or gives a reason for
    never: tuple[str, ...] = ()  # fields that are asked for in another way, or not by a form
    written: tuple[str, ...] = ()  # references that anybody may write, as what is meant need not be in a list
    has_reason: bool = False

    def fields(self, rules: TableRules) -> Iterator[Field]:
        """The fields of the table that the form asks for, in the order of the schema."""
        for field in rules.resource.fields:
            if field.name in (rules.resource.primary_key, SOURCE, *self.never) or rules.automatic(field.name):
                continue
            if field.required or field.name in self.also or rules.why(field.name):
                yield field


KINDS = (
    Kind(
        "report-grant",
        heading("Report a grant"),
        say("A grant that this site does not have yet, or has only in part."),
        table="grants",
        also=("amount_awarded", "currency", "decided_on"),
        never=("also_sources",),
        written=("recipient",),
    ),
    Kind(
        "correct-record",
        heading("Correct a record"),
        say("A value on this site is wrong, and you know the right one."),
        has_reason=True,
    ),
    Kind(
        "publish-nothing",
        heading("Publish nothing for this period"),
        say("A body gave no grants in a year, and says so."),
        table=COVERAGE,
        also=("published_on",),
        never=(STATUS, "due_on", "participates", "funds"),
        has_reason=True,
    ),
)


def kinds_for(rules: Rules) -> tuple[Kind, ...]:
    """The forms that this portal can have: their tables are there, and the schema says what means “nothing”."""
    return tuple(kind for kind in KINDS if not kind.table or _fits(kind, rules))


def _fits(kind: Kind, rules: Rules) -> bool:
    table = rules.by_table.get(kind.table)
    return table is not None and (kind.table != COVERAGE or NOTHING in table.written.get(STATUS, {}))
