"""Grants and the joint sums that some of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice

from ..model import Grant, JointSum
from ..records import GRANTS, OURS, Paths, Records, as_day, as_money
from ..tables import Record
from .hanging import COLUMNS, Hanging, hanging

GrantLinker = Callable[[Iterable[Record]], Iterator[Grant]]
TOGETHER = 1_000  # grants whose payments, reports and so on are read at once where these tables are large


def link_grants(records: Records, paths: Paths) -> list[Grant]:
    """Every grant, newest first: by year, then by day of decision, an unknown day last, then by identifier."""
    grants = list(make_grant_linker(records, paths)(records[GRANTS]))
    grants.sort(key=lambda grant: grant.id)
    # Sorting keeps the order of equals, also in reverse. As text “2019-07-18” is later than “2019-07”, the less exact.
    grants.sort(key=lambda grant: (grant.year, grant.decided_on.text if grant.decided_on else ""), reverse=True)
    return grants


def make_grant_linker(records: Records, paths: Paths) -> GrantLinker:
    """A function that links records of grants, in the order in which they are given."""
    joint = joint_sums(records)
    counted = {record["code"]: record["counted"] for record in records["certainties"]}
    small = {name: hanging(records, name, "grant") for name in COLUMNS if not records.is_stored(name)}

    def link(rows: Iterable[Record]) -> Iterator[Grant]:
        rows = iter(rows)
        while batch := list(islice(rows, TOGETHER)):
            ids = [row["id"] for row in batch]
            hung = {name: small[name] if name in small else hanging(records, name, "grant", ids) for name in COLUMNS}
            yield from (link_one(row, hung) for row in batch)

    def link_one(row: Record, hung: Mapping[str, Hanging]) -> Grant:
        return Grant(
            id=row["id"],
            title=records.text(row, "title"),
            title_is_ours=row["title_basis"] == OURS,
            description=records.text(row, "description"),
            funder=records.refs["organizations"][row["funder"]],
            recipient=records.ref("organizations", row["recipient"]),
            recipient_kind=records.code("organization_kinds", row["recipient_kind"]),
            partners=records.links("organizations", row["partners"]),
            program=records.ref("programs", row["program"]),
            call=records.ref("calls", row["call"]),
            sphere=records.code("spheres", row["sphere"]),
            sphere_is_ours=row["sphere_basis"] == OURS,
            beneficiary_group=records.code("beneficiary_groups", row["beneficiary_group"]),
            beneficiary_note=records.text(row, "beneficiary_note"),
            place=records.ref("places", row["place"]),
            place_path=paths.get(row["place"], ()),
            place_note=records.text(row, "place_note"),
            requested=as_money(row["amount_requested"], row["currency"]),
            awarded=as_money(row["amount_awarded"], row["currency"]),
            cofunding=as_money(row["amount_cofunding"], row["currency"]),
            joint=joint.get(row["amount_group"] or ""),
            amount_note=records.text(row, "amount_note"),
            year=row["year"],
            decided_on=as_day(row["decided_on"]),
            agreement_number=row["agreement_number"],
            agreement_on=as_day(row["agreement_on"]),
            planned_start=as_day(row["planned_start"]),
            planned_end=as_day(row["planned_end"]),
            actual_start=as_day(row["actual_start"]),
            actual_end=as_day(row["actual_end"]),
            status=records.known_code("grant_statuses", row["status"]),
            status_note=records.text(row, "status_note"),
            certainty=records.known_code("certainties", row["certainty"]),
            is_counted=counted[row["certainty"]],
            people_planned=row["people_planned"],
            donor=records.ref("organizations", row["donor"]),
            note=records.text(row, "note"),
            added_on=row["added_on"],
            changed_on=row["changed_on"],
            sources=records.sources_of(row),
            payments=hung["payments"].get(row["id"], ()),
            reports=hung["reports"].get(row["id"], ()),
            amendments=hung["amendments"].get(row["id"], ()),
            documents=hung["documents"].get(row["id"], ()),
        )

    return link


def joint_sums(records: Records) -> dict[str, JointSum]:
    """Identifier -> a sum that is reported for several grants together."""
    members = records.by("grants", "amount_group")
    sums = {}
    for row in records["amount_groups"]:
        money = as_money(row["amount"], row["currency"])
        if money:  # both columns are required; this tells the type checker
            grants = tuple(records.refs["grants"][grant["id"]] for grant in members[row["id"]])
            sums[row["id"]] = JointSum(
                row["id"], money, grants, records.text(row, "note"), records.sources[row["source"]]
            )
    return sums
