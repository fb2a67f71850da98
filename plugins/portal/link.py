"""Records -> linked dataclasses of model.py, one function a kind. No counting here: that is SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from .model import (
    Budget,
    Call,
    Claim,
    Contradiction,
    Dated,
    Grant,
    JointSum,
    Organization,
    OtherName,
    Place,
    Program,
    Ref,
    Term,
    Total,
    Vouchers,
)
from .records import Records, as_day, as_money, plain_number
from .validate import Record

OURS = "ours"  # code of the list `bases`: the words or the classification are the portal's own
PLACE, AROUND = "places", "parent"

Paths = Mapping[str, tuple[Ref, ...]]  # place -> the larger places around it, nearest first
Hanging = Mapping[str, tuple[Dated, ...]]  # identifier -> what hangs on the record


def link_grants(records: Records, paths: Paths) -> list[Grant]:
    """Every grant, newest first, then by identifier."""
    joint = _joint_sums(records)
    counted = {record["code"]: record["counted"] for record in records["certainties"]}
    payments = _hanging(records, "payments", "grant", None, "paid_on", "note")
    reports = _hanging(records, "reports", "grant", "report_kinds", "presented_on", "finding")
    amendments = _hanging(records, "amendments", "grant", None, "changed_on", "description")
    documents = _hanging(records, "documents", "grant", "document_kinds", "issued_on", "note")
    grants = [
        Grant(
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
            payments=payments.get(row["id"], ()),
            reports=reports.get(row["id"], ()),
            amendments=amendments.get(row["id"], ()),
            documents=documents.get(row["id"], ()),
        )
        for row in records["grants"]
    ]
    return sorted(grants, key=lambda grant: (-grant.year, grant.id))


def link_programs(records: Records) -> list[Program]:
    """Every program, newest first; those without a year at the end."""
    budgets, vouchers = records.by("budgets", "program"), records.by("vouchers", "program")
    calls = records.by("calls", "program")
    reports = _hanging(records, "reports", "program", "report_kinds", "presented_on", "finding")
    documents = _hanging(records, "documents", "program", "document_kinds", "issued_on", "note")
    programs = [
        Program(
            id=row["id"],
            title=records.text(row, "title"),
            title_is_ours=row["title_basis"] == OURS,
            level=records.known_code("program_levels", row["level"]),
            customer=records.ref("organizations", row["customer"]),
            customer_note=records.text(row, "customer_note"),
            status=records.known_code("program_statuses", row["status"]),
            year_from=row["year_from"],
            year_to=row["year_to"],
            published_on=row["published_on"],
            legal_basis=records.code("legal_bases", row["legal_basis"]),
            approved_by=records.text(row, "approved_by"),
            approved_number=row["approved_number"],
            approved_on=row["approved_on"],
            spheres=records.code_list("spheres", row["spheres"]),
            sphere_is_ours=row["sphere_basis"] == OURS,
            beneficiary_groups=records.code_list("beneficiary_groups", row["beneficiary_groups"]),
            places=records.links("places", row["places"]),
            place_note=records.text(row, "place_note"),
            donors=records.links("organizations", row["donors"]),
            implementers=records.links("organizations", row["implementers"]),
            description=records.text(row, "description"),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
            budgets=tuple(_budget(records, budget) for budget in sorted(budgets[row["id"]], key=_year)),
            vouchers=tuple(_vouchers(records, line) for line in sorted(vouchers[row["id"]], key=_year)),
            calls=tuple(records.refs["calls"][call["id"]] for call in calls[row["id"]]),
            reports=reports.get(row["id"], ()),
            documents=documents.get(row["id"], ()),
        )
        for row in records["programs"]
    ]
    return sorted(programs, key=lambda program: (-(program.year_to or program.year_from or 0), program.id))


def link_calls(records: Records, paths: Paths) -> list[Call]:
    """Every call, newest first."""
    reports = _hanging(records, "reports", "call", "report_kinds", "presented_on", "finding")
    documents = _hanging(records, "documents", "call", "document_kinds", "issued_on", "note")
    calls = [
        Call(
            id=row["id"],
            title=records.text(row, "title"),
            title_is_ours=row["title_basis"] == OURS,
            program=records.ref("programs", row["program"]),
            customer=records.refs["organizations"][row["customer"]],
            year=row["year"],
            announced_on=as_day(row["announced_on"]),
            deadline=as_day(row["deadline"]),
            decided_on=as_day(row["decided_on"]),
            stage=records.known_code("stages", row["stage"]),
            stage_note=records.text(row, "stage_note"),
            aim=records.text(row, "aim"),
            tasks=records.text(row, "tasks"),
            problem=records.text(row, "problem"),
            sphere=records.code("spheres", row["sphere"]),
            sphere_is_ours=row["sphere_basis"] == OURS,
            beneficiary_group=records.code("beneficiary_groups", row["beneficiary_group"]),
            beneficiary_note=records.text(row, "beneficiary_note"),
            place=records.ref("places", row["place"]),
            place_path=paths.get(row["place"], ()),
            budget=as_money(row["budget"], row["currency"]),
            budget_note=records.text(row, "budget_note"),
            applications_received=row["applications_received"],
            applications_admitted=row["applications_admitted"],
            commission_members=row["commission_members"],
            commission_independent=row["commission_independent"],
            description=records.text(row, "description"),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
            reports=reports.get(row["id"], ()),
            documents=documents.get(row["id"], ()),
        )
        for row in records["calls"]
    ]
    return sorted(calls, key=lambda call: (-call.year, call.id))


def link_organizations(records: Records) -> list[Organization]:
    """Every organization, in the order of the table."""
    replaces = records.by("organizations", "replaced_by")
    names = records.by("organization_names", "organization")
    return [
        Organization(
            id=row["id"],
            name=records.text(row, "name"),
            kind=records.known_code("organization_kinds", row["kind"]),
            legal_form=records.code("legal_forms", row["legal_form"]),
            role=records.code("organization_roles", row["role"]),
            registration_id=row["registration_id"],
            place=records.ref("places", row["place"]),
            replaced_by=records.ref("organizations", row["replaced_by"]),
            replaces=tuple(records.refs["organizations"][other["id"]] for other in replaces[row["id"]]),
            other_names=tuple(
                OtherName(
                    name=records.text(name, "name"),
                    seen_from=name["seen_from"],
                    seen_to=name["seen_to"],
                    note=records.text(name, "note"),
                    source=records.sources[name["source"]],
                )
                for name in names[row["id"]]
            ),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
        )
        for row in records["organizations"]
    ]


def link_places(records: Records, paths: Paths) -> list[Place]:
    """Every place, in the order of the table."""
    parts = records.by(PLACE, AROUND)
    return [
        Place(
            id=row["id"],
            name=records.text(row, "name"),
            kind=records.known_code("place_kinds", row["kind"]),
            path=paths[row["id"]],
            parts=tuple(records.refs[PLACE][part["id"]] for part in parts[row["id"]]),
            code=row["code"],
            iso_code=row["iso_code"],
            latitude=row["latitude"],
            longitude=row["longitude"],
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            replaced_by=records.ref(PLACE, row["replaced_by"]),
            names_are_ours=row["names_basis"] == OURS,
            note=records.text(row, "note"),
            source=records.sources[row["source"]],
        )
        for row in records[PLACE]
    ]


def link_totals(records: Records) -> list[Total]:
    """Every reported total, by year, then by identifier."""
    metrics = {row["code"]: row for row in records["metrics"]}
    scopes = {row["code"]: row for row in records["scopes"]}
    units = {row["code"]: row for row in records["units"]}
    disputed: defaultdict[str, list[Ref]] = defaultdict(list)
    for claim in records["claims"]:
        if claim["total"]:
            disputed[claim["total"]].append(records.refs["contradictions"][claim["contradiction"]])
    totals = [
        Total(
            id=row["id"],
            year=row["year"],
            metric=records.known_code("metrics", row["metric"]),
            is_money_by_year=metrics[row["metric"]]["money_by_year"],
            counts_grants=metrics[row["metric"]]["counts_grants"],
            value=plain_number(row["value"]),
            unit=records.known_code("units", row["unit"]),
            money=as_money(row["value"], row["unit"].upper()) if units[row["unit"]]["is_money"] else None,
            exactness=records.known_code("exactness", row["exactness"]),
            scope=records.known_code("scopes", row["scope"]),
            covers_all=not (scopes[row["scope"]]["organization_kind"] or row["place"] or row["program"]),
            place=records.ref(PLACE, row["place"]),
            organization=records.ref("organizations", row["organization"]),
            program=records.ref("programs", row["program"]),
            body_note=records.text(row, "body_note"),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
            contradictions=tuple(dict.fromkeys(disputed[row["id"]])),
        )
        for row in records["totals"]
    ]
    return sorted(totals, key=lambda total: (total.year, total.id))


def link_contradictions(records: Records) -> list[Contradiction]:
    """Every contradiction with its claims, in the order of the table."""
    claims = records.by("claims", "contradiction")
    return [
        Contradiction(
            id=row["id"],
            title=records.text(row, "title"),
            explanation=records.text(row, "explanation"),
            year=row["year"],
            organization=records.ref("organizations", row["organization"]),
            program=records.ref("programs", row["program"]),
            claims=tuple(
                Claim(
                    text=records.text(claim, "claim"),
                    total_id=claim["total"],
                    said_on=as_day(claim["said_on"]),
                    source=records.sources[claim["source"]],
                )
                for claim in claims[row["id"]]
            ),
        )
        for row in records["contradictions"]
    ]


def link_terms(records: Records) -> list[Term]:
    """The words of the field, in the order of the table."""
    return [Term(row["id"], records.text(row, "label"), records.text(row, "note")) for row in records["terms"]]


def _joint_sums(records: Records) -> dict[str, JointSum]:
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


def _hanging(records: Records, resource: str, column: str, kinds: str | None, day: str, text: str) -> Hanging:
    """What hangs on each record, the oldest first; for payments the planned day counts until one is paid."""
    hanging = {}
    for identifier, rows in records.by(resource, column).items():
        found = []
        for row in rows:
            paid = bool(row.values.get("paid_on"))
            chosen = "planned_on" if resource == "payments" and not paid else day
            found.append(records.dated(row, kinds, chosen, text, paid=paid))
        hanging[identifier] = tuple(sorted(found, key=lambda item: (item.day.text if item.day else "9", item.id)))
    return hanging


def _budget(records: Records, row: Record) -> Budget:
    money = as_money(row["amount"], row["currency"])
    assert money  # both columns are required by the schema
    return Budget(
        year=row["year"],
        money=money,
        funding_source=records.code("funding_sources", row["funding_source"]),
        exactness=records.known_code("exactness", row["exactness"]),
        note=records.text(row, "note"),
        source=records.sources[row["source"]],
    )


def _vouchers(records: Records, row: Record) -> Vouchers:
    return Vouchers(
        year=row["year"],
        planned=row["planned"],
        applied=row["applied"],
        approved=row["approved"],
        in_use=row["in_use"],
        value=as_money(row["amount"], row["currency"]),
        note=records.text(row, "note"),
        source=records.sources[row["source"]],
    )


def _year(record: Record) -> int:
    return int(record["year"])
