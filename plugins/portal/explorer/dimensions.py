"""By what grants can be filtered, counted and grouped; and where each stands in the tables."""

from __future__ import annotations

from dataclasses import dataclass

KINDS = ("report_kinds", "document_kinds")  # lists of codes that only what hangs on grants points at
LISTED = 400  # values of a dimension whose names come with the page; more are filed and come when they are asked for


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property of grants with few enough values to choose from."""

    name: str  # in addresses and in the index
    sql: str  # of the value of a grant, from the table grants
    field: str | None = None  # of a grant, when the value is a field's
    table: str | None = None  # where the values have their names
    always_listed: bool = False
    newest_first: bool = False  # order of the values: else those with most grants come first
    in_order: bool = False  # order of the values: as they are written


def _reference(name: str, field: str, table: str, *, always_listed: bool = False) -> Dimension:
    return Dimension(name, f'grants."{field}"', field, table, always_listed)


PAID = 'select "grant" from payments where paid_on is not null'
REPORTED = 'select "grant" from reports'
YES_OR_NO = "case when grants.id in ({}) then 'yes' else 'no' end"

DIMENSIONS = (
    _reference("funder", "funder", "organizations"),
    _reference("recipient", "recipient", "organizations"),
    _reference("program", "program", "programs"),
    _reference("call", "call", "calls"),
    _reference("sphere", "sphere", "spheres"),
    _reference("group", "beneficiary_group", "beneficiary_groups"),
    _reference("place", "place", "places", always_listed=True),
    Dimension("year", "cast(grants.year as varchar)", "year", always_listed=True, newest_first=True),
    _reference("status", "status", "grant_statuses", always_listed=True),
    _reference("certainty", "certainty", "certainties", always_listed=True),
    Dimension("currency", "grants.currency", "currency", always_listed=True),
    Dimension("amount", "{band}", "amount_awarded", always_listed=True, in_order=True),
    Dimension("paid", YES_OR_NO.format(PAID), always_listed=True, newest_first=True),
    Dimension("results", YES_OR_NO.format(REPORTED), always_listed=True, newest_first=True),
    Dimension("joint", "grants.amount_group", "amount_group"),
)
