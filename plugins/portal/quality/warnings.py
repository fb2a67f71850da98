"""Warnings of the checks -> the bodies that they are told to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Set
from typing import Any

from ..errors import Message, Problem
from ..pipeline import Portal
from ..store import FILE, LINE
from ..stored import StoredRecords
from ..text import Text
from ..validate import Record, Table, Tables
from .model import Key, Warned
from .owners import Owners, cells_of

SOURCES = "sources"
SOURCE, ALSO = "source", "also_sources"  # columns in which a record names its sources
Place = tuple[str, int]  # file and line


def warnings_by_body(portal: Portal, owners: Owners) -> dict[str | None, tuple[Warned, ...]]:
    """Body -> its warnings, alike ones together; None -> those that concern no body.

    One about a source is told to all who name the source.
    """
    about: dict[Place, tuple[Key, str | None]] = {}
    wanted = {(problem.file or "", problem.line or 0) for problem in portal.warnings}
    for name, table in portal.tables.items():
        for record in _at(table, wanted):
            body = owners.of(name, map(record.__getitem__, owners.columns(name)))
            about[record.file, record.line] = (name, record[table.resource.primary_key]), body
    sources = {identifier for (name, identifier), _ in about.values() if name == SOURCES}
    citing = _citing(portal.tables, owners, sources)
    found: defaultdict[str | None, defaultdict[tuple[Message, Message, Text], list[Key]]]
    found = defaultdict(lambda: defaultdict(list))
    for problem in portal.warnings:
        key, owner = about.get((problem.file or "", problem.line or 0), (("", ""), None))
        concerned: Collection[str | None] = citing.get(key[1], set()) if key[0] == SOURCES else {owner}
        for body in concerned or {None}:
            found[body][problem.what, problem.fix, _title(portal, key[0], problem)].append(key)
    return {body: tuple(Warned(*said, tuple(keys)) for said, keys in alike.items()) for body, alike in found.items()}


def _at(table: Table, wanted: Collection[Place]) -> Iterator[Record]:
    """The records that were written at some places."""
    records = table.records
    if not isinstance(records, StoredRecords):
        yield from (record for record in records if (record.file, record.line) in wanted)
        return
    for number, path in enumerate(table.resource.paths):
        lines = [line for file, line in wanted if file == path]
        if lines:
            yield from records.where(f"{FILE} = ? and {LINE} in (select unnest(cast(? as bigint[])))", number, lines)


def _citing(tables: Tables, owners: Owners, sources: Set[Any]) -> Mapping[Any, Collection[str]]:
    """Those of the sources that a record with a body names -> the bodies."""
    found: defaultdict[Any, set[str]] = defaultdict(set)
    for name, table in tables.items() if sources else ():
        ways = owners.columns(name)
        citing = [column for column in (SOURCE, ALSO) if column in table.resource.by_name]
        if not ways or not citing:
            continue
        for values in cells_of(table, (*ways, *citing)):
            cited = dict(zip(citing, values[len(ways) :], strict=True))
            named = sources & {cited.get(SOURCE), *(cited.get(ALSO) or ())}
            if named and (body := owners.of(name, values[: len(ways)])):
                for source in named:
                    found[source].add(body)
    return found


def _title(portal: Portal, table: str, problem: Problem) -> Text:
    field = portal.tables[table].resource.by_name.get(problem.column or "") if table in portal.tables else None
    return field.title if field else Text()
