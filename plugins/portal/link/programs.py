"""Programs with their budgets and vouchers, and calls."""

from __future__ import annotations

from ..model import Budget, Call, Program, Vouchers
from ..records import OURS, Paths, Records, as_day, as_money
from ..validate import Record
from .hanging import Hanging


def link_programs(records: Records) -> list[Program]:
    """Every program, newest first; those without a year at the end."""
    budgets, vouchers = records.by("budgets", "program"), records.by("vouchers", "program")
    calls = records.by("calls", "program")
    reports = Hanging(records, "reports", "program")
    documents = Hanging(records, "documents", "program")
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
            reports=reports.on(row["id"]),
            documents=documents.on(row["id"]),
        )
        for row in records["programs"]
    ]
    return sorted(programs, key=lambda program: (-(program.year_to or program.year_from or 0), program.id))


def link_calls(records: Records, paths: Paths) -> list[Call]:
    """Every call, newest first."""
    reports = Hanging(records, "reports", "call")
    documents = Hanging(records, "documents", "call")
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
            reports=reports.on(row["id"]),
            documents=documents.on(row["id"]),
        )
        for row in records["calls"]
    ]
    return sorted(calls, key=lambda call: (-call.year, call.id))


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
