"""Records -> how many have a value in each useful field, and whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..desk.rules import TableRules
from ..model import Ref
from ..pipeline import Portal
from ..quote import quoted_name
from ..stored import StoredRecords
from ..text import Text
from ..validate import Table, Tables
from .model import GRANTS, Filling, PublisherQuality, Quality, TableQuality
from .owners import Owners
from .warnings import warnings_by_body

CERTAINTIES, CERTAINTY = "certainties", "certainty"
Tally = list[int]  # records, then how many of them have a value in each useful field


def measure(portal: Portal, languages: tuple[str, ...]) -> Quality:
    """The figures of the records at hand."""
    tables = portal.tables
    useful = useful_fields(tables, languages)
    owners = Owners(tables)
    counted = counted_codes(tables)
    everything: dict[str, Tally] = {}
    by_body: defaultdict[str, dict[str, Tally]] = defaultdict(dict)
    for name, table in tables.items():
        columns = (*owners.columns(name), *([CERTAINTY] if name == GRANTS else ()))
        whys = useful.get(name, {})
        for values, tally in tallies(table, columns, tuple(whys)):
            body = owners.of(name, values[: len(owners.columns(name))])
            own = by_body[body] if body else {}
            if name in useful and (name != GRANTS or values[-1] in counted):
                for sums in (own, everything):
                    sums[name] = [a + b for a, b in zip(sums.get(name, [0] * len(tally)), tally, strict=True)]
    warned = warnings_by_body(portal, owners)
    names = {organization.id: organization.name for organization in portal.catalog.organizations}
    publishers = [
        PublisherQuality(Ref(body, names[body]), _filled(by_body[body], tables, useful), warned.get(body, ()))
        for body in sorted(by_body.keys() & names.keys())
    ]
    return Quality(_filled(everything, tables, useful), tuple(publishers), warned.get(None, ()))


def useful_fields(tables: Tables, languages: tuple[str, ...]) -> dict[str, dict[str, Text]]:
    """Table -> field -> what readers lose without it, in the order of the schema. Grants count also without any."""
    found = {}
    for name, table in tables.items():
        rules = TableRules(table.resource, languages)
        whys = {field: why for field in table.resource.field_names if (why := rules.why(field))}
        if whys or name == GRANTS:
            found[name] = whys
    return found


def counted_codes(tables: Tables) -> set[Any]:
    """Codes of certainty with which a grant counts."""
    return {record["code"] for record in tables[CERTAINTIES].records if record["counted"]}


def tallies(
    table: Table, columns: Sequence[str], useful: Sequence[str]
) -> Iterator[tuple[tuple[Any, ...], Sequence[int]]]:
    """The values of some columns and the tally of the records that have them; in no order, perhaps several times."""
    if isinstance(table.records, StoredRecords):
        figures = ", ".join(["count(*)", *(f"count({quoted_name(field)})" for field in useful)])
        for row in table.records.different(columns, figures):
            yield row[: len(columns)], row[len(columns) :]
        return
    for record in table.records:
        cells = record.values
        yield tuple([cells[name] for name in columns]), [1, *(cells[name] not in (None, "", ()) for name in useful)]


def _filled(
    sums: Mapping[str, Tally], tables: Tables, useful: Mapping[str, Mapping[str, Text]]
) -> tuple[TableQuality, ...]:
    return tuple(
        TableQuality(tables[name].resource, tally[0], tuple(_fillings(tables[name], useful[name], tally)))
        for name in sorted(useful, key=lambda name: name != GRANTS)  # the grants first, the others stay
        if (tally := sums.get(name)) and tally[0]
    )


def _fillings(table: Table, whys: Mapping[str, Text], tally: Tally) -> Iterable[Filling]:
    for (name, why), filled in zip(whys.items(), tally[1:], strict=True):
        yield Filling(table.resource.by_name[name], why, filled, tally[0])
