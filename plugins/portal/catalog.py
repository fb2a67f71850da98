"""Typed tables -> Catalog: records linked, counted and put in order. The counting is done by the views of sql/."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

import duckdb

from .database import query
from .grants import EVERYTHING, Members, StoredGrants, Subject, stored_members
from .link import (
    joint_sums,
    link_calls,
    link_contradictions,
    link_grants,
    link_organizations,
    link_places,
    link_programs,
    link_terms,
    link_totals,
)
from .model import (
    Catalog,
    CoverageEntry,
    CoverageLine,
    CoverageYear,
    Figures,
    Grant,
    JointSum,
    Money,
    Ref,
    Total,
)
from .records import GRANTS, Records, as_day, plain_number
from .stored import StoredRecords
from .tables import Tables


def read_catalog(tables: Tables, database: duckdb.DuckDBPyConnection, languages: tuple[str, ...]) -> Catalog:
    """Link the checked tables. `database` holds the same tables and the derived views."""
    records = Records(tables, languages)
    paths = _place_paths(database, records)
    totals = link_totals(records)
    grants: Sequence[Grant]
    members: Members
    if isinstance(records[GRANTS], StoredRecords):
        members = stored_members(records, paths, database)
        grants = members.get(EVERYTHING, ())
    else:
        grants = link_grants(records, paths)
        members = _members(database, grants)
    figures = _figures(database, joint_sums(records))
    counted = {int(year): found.grants for (kind, year), found in figures.items() if kind == "year"}
    return Catalog(
        programs=tuple(link_programs(records)),
        calls=tuple(link_calls(records, paths)),
        grants=grants if isinstance(grants, StoredGrants) else tuple(grants),
        organizations=tuple(link_organizations(records)),
        places=tuple(link_places(records, paths)),
        spheres=tuple(records.codes["spheres"].values()),
        totals=tuple(totals),
        contradictions=tuple(link_contradictions(records)),
        coverage=tuple(_coverage(database, records, totals, counted)),
        sources=tuple(sorted(records.sources.values(), key=lambda source: source.id)),
        terms=tuple(link_terms(records)),
        codes=MappingProxyType(records.codes),
        members=members,
        figures=MappingProxyType(figures),
    )


def _place_paths(database: duckdb.DuckDBPyConnection, records: Records) -> dict[str, tuple[Ref, ...]]:
    found: defaultdict[str, list[Ref]] = defaultdict(list)
    for row in query(database, "select * from place_paths order by place, distance"):
        around = found[row["place"]]
        if row["distance"]:
            around.append(records.refs["places"][row["ancestor"]])
    return {place: tuple(around) for place, around in found.items()}


def _members(database: duckdb.DuckDBPyConnection, grants: Iterable[Grant]) -> Members:
    subjects: defaultdict[str, list[Subject]] = defaultdict(list)
    for row in query(database, "select * from grant_subjects order by grant_id, kind, subject"):
        subjects[row["grant_id"]].append((row["kind"], row["subject"]))
    members: defaultdict[Subject, list[Grant]] = defaultdict(list)
    for grant in grants:  # in this order, so that every list is newest first
        for subject in subjects[grant.id]:
            members[subject].append(grant)
    return {subject: tuple(found) for subject, found in members.items()}


def _figures(database: duckdb.DuckDBPyConnection, known: Mapping[str, JointSum]) -> dict[Subject, Figures]:
    awarded: defaultdict[Subject, list[Money]] = defaultdict(list)
    for row in query(database, "select * from awarded_sums"):
        awarded[row["kind"], row["subject"]].append(Money(plain_number(row["amount"]), row["currency"]))
    joint: defaultdict[Subject, list[JointSum]] = defaultdict(list)
    for row in query(database, "select * from whole_joint_sums"):
        joint[row["kind"], row["subject"]].append(known[row["amount_group"]])
    return {
        subject: Figures(
            grants=row["grants"],
            announced=row["announced"],
            with_amount=row["with_amount"],
            awarded=tuple(awarded[subject]),
            joint=tuple(joint[subject]),
            first_year=row["first_year"],
            last_year=row["last_year"],
        )
        for row in query(database, "select * from figures")
        for subject in [(row["kind"], row["subject"])]
    }


def _coverage(
    database: duckdb.DuckDBPyConnection,
    records: Records,
    totals: list[Total],
    counted: Mapping[int, int],
) -> list[CoverageYear]:
    """Every year of which a source counts grants, a body is known to take part, or a grant is held. Newest first."""
    by_id = {total.id: total for total in totals}
    lines: defaultdict[int, list[CoverageLine]] = defaultdict(list)
    for row in query(database, "select * from coverage_lines"):
        lines[row["year"]].append(_line(by_id[row["total"]], row["held"]))
    held = {row["id"]: row["held"] for row in query(database, "select * from coverage_entries")}
    meanings = records.written("coverage", "status")
    entries: defaultdict[int, list[CoverageEntry]] = defaultdict(list)
    for record in records["coverage"]:
        entries[record["year"]].append(
            CoverageEntry(
                year=record["year"],
                organization=records.refs["organizations"][record["organization"]],
                status=records.known_code("coverage_statuses", record["status"]),
                is_nothing=record["status"] == meanings.get("nothing"),
                is_late=record["status"] == meanings.get("late"),
                due_on=as_day(record["due_on"]),
                published_on=as_day(record["published_on"]),
                participates=record["participates"],
                funds=record["funds"],
                held=held[record["id"]],
                note=records.text(record, "note"),
                source=records.sources[record["source"]],
            )
        )
    years = {row["year"]: row for row in query(database, "select * from coverage_years")}
    return [
        CoverageYear(
            year=year,
            reported=plain_number(Decimal(years[year]["reported"])) if year in years else None,
            held=int(years[year]["held"]) if year in years else counted.get(year, 0),
            grants=counted.get(year, 0),
            lines=tuple(lines[year]),
            entries=tuple(entries[year]),
        )
        for year in sorted({*years, *entries, *counted}, reverse=True)
    ]


def _line(total: Total, held: int) -> CoverageLine:
    return CoverageLine(
        year=total.year,
        body=total.organization,
        body_note=total.body_note,
        scope=total.scope,
        reported=total.value,
        exactness=total.exactness,
        held=held,
        total_id=total.id,
        source=total.sources[0],
    )
