"""Records that point at each other, where foreign keys do not reach; and sources that nobody could look up."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from ..errors import Problem, say
from ..sentences import dangling
from ..validate import Record, Tables
from .rows import alike, cell, empty, error, filled, keys_of, records, warning

CHAINS = (("places", "parent"), ("places", "replaced_by"), ("organizations", "replaced_by"))


def items_of_lists(tables: Tables, _today: date) -> Iterator[Problem]:
    """Every item of a list exists in the table that the column refers to, and stands in the list once."""
    targets = {
        field.refers_to or "" for table in tables.values() for field in table.resource.fields if field.type == "list"
    }
    known = {name: keys_of(tables[name]) for name in targets & tables.keys()}
    for table in tables.values():
        for field in table.resource.fields:
            target = tables.get(field.refers_to or "")
            if field.type != "list" or target is None:
                continue
            there = known[target.resource.name]

            def is_wrong(items: Any, there: Collection[Any] = there) -> bool:
                return any(item not in there or items.count(item) > 1 for item in items or ())

            for record in alike(table, (field.name,), is_wrong):
                items = record[field.name]
                for item in dict.fromkeys(items):
                    if item not in there:
                        yield error(record, field.name, *dangling(item, target.resource, list(there)))
                    elif items.count(item) > 1:
                        what = say("“{value}” stands in the list more than once.", value=item)
                        yield error(record, field.name, what, say("Keep it once."))


def loops(tables: Tables, _today: date) -> Iterator[Problem]:
    """A place that contains itself, or a record that is its own successor, by way of others."""
    for name, column in CHAINS:
        by_id = {record["id"]: record for record in records(tables, name, filled(column))}
        done: set[str] = set()
        for start in by_id:
            trail: dict[str, Record] = {}
            step = start
            while step in by_id and step not in done and step not in trail:
                trail[step] = by_id[step]
                step = cell(by_id[step], column) or ""
            if step in trail:
                members = list(trail)[list(trail).index(step) :]
                what = say("The record leads back to itself: {chain}.", chain=" → ".join([*members, members[0]]))
                yield error(trail[step], column, what, say("Correct the one of them that points the wrong way."))
            done.update(trail)


def sources_without_address(tables: Tables, _today: date) -> Iterator[Problem]:
    """A source that a reader cannot open."""
    for source in records(tables, "sources", empty("url")):
        if not cell(source, "url"):
            what = say("The source has no web address, so nobody can look it up.")
            yield warning(source, "url", what, say("Write the address, or that of a copy in a web archive."))


def sources_without_date(tables: Tables, _today: date) -> Iterator[Problem]:
    """A source of which nobody can say how old it is."""
    for source in records(tables, "sources", empty("published_on")):
        if not cell(source, "published_on"):
            what = say("The source has no date.")
            yield warning(source, "published_on", what, say("Write the day, month or year in which it was published."))
