"""Grants and the joint sums that some of them share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

from ..model import Grant, JointSum
from ..model.quick import quick
from ..records import GRANTS, OURS, Paths, Records, as_day, as_money
from ..tables import Record
from .hanging import HANGING, Hanging

GrantLinker = Callable[[Iterable[Record]], Iterator[Grant]]
make_grant = quick(Grant)
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
    organizations = records.refs["organizations"]
    counted = {record["code"]: record["counted"] for record in records["certainties"]}
    small = {name: Hanging(records, name, "grant") for name in HANGING if not records.is_stored(name)}

    def link(rows: Iterable[Record]) -> Iterator[Grant]:
        rows = iter(rows)
        while batch := list(islice(rows, TOGETHER)):
            ids = [row["id"] for row in batch]
            hung = {name: small[name] if name in small else Hanging(records, name, "grant", ids) for name in HANGING}
            yield from (link_one(row, hung) for row in batch)

    def link_one(row: Record, hung: Mapping[str, Hanging]) -> Grant:
        cell: Callable[[str], Any] = row.values.get  # Record's own lookup took a tenth
        identifier = cell("id")
        return make_grant(
            id=identifier,
            title=records.text(row, "title"),
            title_is_ours=cell("title_basis") == OURS,
            description=records.text(row, "description"),
            funder=organizations[cell("funder")],
            recipient=records.ref("organizations", cell("recipient")),
            recipient_kind=records.code("organization_kinds", cell("recipient_kind")),
            partners=records.links("organizations", cell("partners")),
            program=records.ref("programs", cell("program")),
            call=records.ref("calls", cell("call")),
            sphere=records.code("spheres", cell("sphere")),
            sphere_is_ours=cell("sphere_basis") == OURS,
            beneficiary_group=records.code("beneficiary_groups", cell("beneficiary_group")),
            beneficiary_note=records.text(row, "beneficiary_note"),
            place=records.ref("places", cell("place")),
            place_path=paths.get(cell("place") or "", ()),
            place_note=records.text(row, "place_note"),
            requested=as_money(cell("amount_requested"), cell("currency")),
            awarded=as_money(cell("amount_awarded"), cell("currency")),
            cofunding=as_money(cell("amount_cofunding"), cell("currency")),
            joint=joint.get(cell("amount_group") or ""),
            amount_note=records.text(row, "amount_note"),
            year=cell("year"),
            decided_on=as_day(cell("decided_on")),
            agreement_number=cell("agreement_number"),
            agreement_on=as_day(cell("agreement_on")),
            planned_start=as_day(cell("planned_start")),
            planned_end=as_day(cell("planned_end")),
            actual_start=as_day(cell("actual_start")),
            actual_end=as_day(cell("actual_end")),
            status=records.known_code("grant_statuses", cell("status")),
            status_note=records.text(row, "status_note"),
            certainty=records.known_code("certainties", cell("certainty")),
            is_counted=counted[cell("certainty")],
            people_planned=cell("people_planned"),
            donor=records.ref("organizations", cell("donor")),
            note=records.text(row, "note"),
            added_on=cell("added_on"),
            changed_on=cell("changed_on"),
            sources=records.sources_of(row),
            payments=hung["payments"].on(identifier),
            reports=hung["reports"].on(identifier),
            amendments=hung["amendments"].on(identifier),
            documents=hung["documents"].on(identifier),
        )

    return link


def joint_sums(records: Records) -> dict[str, JointSum]:
    """Identifier -> a sum that is reported for several grants together."""
    members = records.by("grants", "amount_group")
    sums = {}
    for row in records["amount_groups"]:
        money = as_money(row["amount"], row["currency"])
        if money:  # both columns are required; this tells the type checker
            grants = tuple(records.refs["grants"][one] for one in sorted(grant["id"] for grant in members[row["id"]]))
            sums[row["id"]] = JointSum(
                row["id"], money, grants, records.text(row, "note"), records.sources[row["source"]]
            )
    return sums
