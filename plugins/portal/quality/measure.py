"""Records -> how many have a value in each useful field, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ..desk.rules import TableRules
from ..errors import Message, Problem
from ..model import Ref
from ..package import Resource
from ..pipeline import Portal
from ..text import Text
from ..validate import Record, Tables
from .model import GRANTS, Filling, Key, PublisherQuality, Quality, TableQuality, Warned

CERTAINTIES, ORGANIZATIONS, SOURCES = "certainties", "organizations", "sources"
# Table -> columns that lead to the body that published the record: the first that is filled in counts. A column that
# points at another table leads to the body of that record.
WAYS: Mapping[str, tuple[str, ...]] = {
    GRANTS: ("funder",),
    "programs": ("customer",),
    "calls": ("customer",),
    "payments": ("grant",),
    "reports": ("grant", "call", "program"),
    "amendments": ("grant",),
    "documents": ("grant", "call", "program"),
    "budgets": ("program",),
    "vouchers": ("program",),
    "totals": ("organization",),
    "coverage": ("organization",),
}
NOBODY = ""  # owns the records that belong to no single body


def measure(portal: Portal, languages: tuple[str, ...]) -> Quality:
    """The figures of the records at hand."""
    tables = portal.tables
    useful = useful_fields(tables, languages)
    bodies = owners(tables)
    counted = _counted(tables)
    own: defaultdict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
    everything: dict[str, list[Record]] = {}
    for name in useful:
        key = tables[name].resource.primary_key
        found = [record for record in tables[name].records if name != GRANTS or record["certainty"] in counted]
        everything[name] = found
        for record in found:
            if body := bodies.get((name, record[key])):
                own[body][name].append(record)
    warned = _warnings(portal, bodies)
    names = {organization.id: organization.name for organization in portal.catalog.organizations}
    publishers = [
        PublisherQuality(Ref(body, names[body]), _filled(own[body], tables, useful), warned.get(body, ()))
        for body in sorted({*bodies.values()} & names.keys())
    ]
    return Quality(_filled(everything, tables, useful), tuple(publishers), warned.get(NOBODY, ()))


def useful_fields(tables: Tables, languages: tuple[str, ...]) -> dict[str, dict[str, Text]]:
    """Table -> field -> what readers lose without it, in the order of the schema. Grants count also without any."""
    found = {}
    for name, table in tables.items():
        rules = TableRules(table.resource, languages)
        whys = {field: why for field in table.resource.field_names if (why := rules.why(field))}
        if whys or name == GRANTS:
            found[name] = whys
    return found


def owners(tables: Tables) -> dict[Key, str]:
    """Record -> the body that published it. Records that belong to no single body are left out."""
    found: dict[Key, str] = {}
    for name, ways in WAYS.items():
        if name not in tables:
            continue
        resource = tables[name].resource
        columns = [resource.by_name[column] for column in ways if column in resource.by_name]
        for record in tables[name].records:
            for column in columns:
                value = record[column.name]
                body = value if column.refers_to == ORGANIZATIONS else found.get((column.refers_to or "", value))
                if body:
                    found[name, record[resource.primary_key]] = body
                    break
    return found


def _counted(tables: Tables) -> set[Any]:
    """Codes of certainty with which a grant counts."""
    return {record["code"] for record in tables[CERTAINTIES].records if record["counted"]}


def _filled(
    records: Mapping[str, Sequence[Record]], tables: Tables, useful: Mapping[str, Mapping[str, Text]]
) -> tuple[TableQuality, ...]:
    return tuple(
        TableQuality(tables[name].resource, len(found), tuple(_fillings(found, tables[name].resource, useful[name])))
        for name in sorted(useful, key=lambda name: name != GRANTS)  # the grants first, the others stay
        if (found := records.get(name))
    )


def _fillings(records: Sequence[Record], resource: Resource, whys: Mapping[str, Text]) -> Iterable[Filling]:
    for name, why in whys.items():
        filled = sum(record[name] not in (None, "", ()) for record in records)
        yield Filling(resource.by_name[name], why, filled, len(records))


def _warnings(portal: Portal, bodies: Mapping[Key, str]) -> dict[str, tuple[Warned, ...]]:
    """Body or NOBODY -> its warnings, alike ones together. One about a source is told to all who name the source."""
    places: dict[tuple[str, int], Key] = {}
    citing: defaultdict[Any, set[str]] = defaultdict(set)
    for name, table in portal.tables.items():
        for record in table.records:
            key = (name, record[table.resource.primary_key])
            places[record.file, record.line] = key
            for source in (record["source"], *(record["also_sources"] or ())):
                if key in bodies:
                    citing[source].add(bodies[key])
    found: defaultdict[str, defaultdict[tuple[Message, Message, Text], list[Key]]]
    found = defaultdict(lambda: defaultdict(list))
    for problem in portal.warnings:
        key = places.get((problem.file or "", problem.line or 0), ("", ""))
        concerned = citing.get(key[1], set()) if key[0] == SOURCES else {bodies.get(key, NOBODY)}
        for body in concerned or {NOBODY}:
            found[body][problem.what, problem.fix, _title(portal, key[0], problem)].append(key)
    return {body: tuple(Warned(*said, tuple(keys)) for said, keys in alike.items()) for body, alike in found.items()}


def _title(portal: Portal, table: str, problem: Problem) -> Text:
    field = portal.tables[table].resource.by_name.get(problem.column or "") if table in portal.tables else None
    return field.title if field else Text()
