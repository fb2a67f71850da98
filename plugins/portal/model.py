"""What the site publishes, as frozen dataclasses. Pages, exports and templates receive these and nothing else.

An absent value is None, an absent text an empty Text, an absent list an empty tuple: the source does not say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .text import Day, Text


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Amounts of different currencies are never added."""

    amount: Decimal
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a code list."""

    code: str
    label: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a record that has a page."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    id: str
    title: str | None  # as printed
    title_language: str | None
    title_note: Text  # what the page is about when its headline could not be read
    publisher: str | None
    published_on: Day | None
    url: str | None
    archive_url: str | None
    seen_on: Day | None
    note: Text


@dataclass(frozen=True, slots=True)
class Dated:
    """A record that hangs on a grant, program or call: payment, report, amendment or document."""

    id: str
    kind: Code | None
    title: Text
    day: Day | None
    money: Money | None
    people: int | None
    by: Ref | None
    years: str  # “2018–2019”, or empty
    text: Text
    note: Text
    url: str | None
    paid: bool
    source: Source


@dataclass(frozen=True, slots=True)
class JointSum:
    """One sum reported for several grants together; it is never divided."""

    id: str
    money: Money
    grants: tuple[Ref, ...]
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted in a set of grants. Announced grants are counted apart; joint sums are not in `awarded`."""

    grants: int = 0
    announced: int = 0
    with_amount: int = 0
    awarded: tuple[Money, ...] = ()  # one a currency, largest number of grants first
    joint: tuple[JointSum, ...] = ()  # of which every grant is in the set
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Grant:
    """Public money given, or announced, for one project."""

    id: str
    title: Text
    title_is_ours: bool
    description: Text
    funder: Ref
    recipient: Ref | None
    recipient_kind: Code | None
    partners: tuple[Ref, ...]
    program: Ref | None
    call: Ref | None
    sphere: Code | None
    sphere_is_ours: bool
    beneficiary_group: Code | None
    beneficiary_note: Text
    place: Ref | None
    place_path: tuple[Ref, ...]  # the larger places around it, nearest first
    place_note: Text
    requested: Money | None
    awarded: Money | None
    cofunding: Money | None
    joint: JointSum | None
    amount_note: Text
    year: int
    decided_on: Day | None
    agreement_number: str | None
    agreement_on: Day | None
    planned_start: Day | None
    planned_end: Day | None
    actual_start: Day | None
    actual_end: Day | None
    status: Code
    status_note: Text
    certainty: Code
    is_counted: bool
    people_planned: int | None
    donor: Ref | None
    note: Text
    added_on: date
    changed_on: date
    sources: tuple[Source, ...]  # the main one first
    payments: tuple[Dated, ...]
    reports: tuple[Dated, ...]
    amendments: tuple[Dated, ...]
    documents: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Budget:
    """Money of a program in a year."""

    year: int
    money: Money
    funding_source: Code | None
    exactness: Code
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Vouchers:
    """Social vouchers of a program in a year, as numbers."""

    year: int
    planned: int | None
    applied: int | None
    approved: int | None
    in_use: int | None
    value: Money | None
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Program:
    """A program under which calls are held and grants are given."""

    id: str
    title: Text
    title_is_ours: bool
    level: Code
    customer: Ref | None  # None when there are several; then the note names them
    customer_note: Text
    status: Code
    year_from: int | None
    year_to: int | None
    published_on: date | None
    legal_basis: Code | None
    approved_by: Text
    approved_number: str | None
    approved_on: date | None
    spheres: tuple[Code, ...]
    sphere_is_ours: bool
    beneficiary_groups: tuple[Code, ...]
    places: tuple[Ref, ...]
    place_note: Text
    donors: tuple[Ref, ...]
    implementers: tuple[Ref, ...]
    description: Text
    note: Text
    sources: tuple[Source, ...]
    budgets: tuple[Budget, ...]  # by year
    vouchers: tuple[Vouchers, ...]  # by year
    calls: tuple[Ref, ...]
    reports: tuple[Dated, ...]
    documents: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """A competition in which organizations apply for grants."""

    id: str
    title: Text
    title_is_ours: bool
    program: Ref | None
    customer: Ref
    year: int
    announced_on: Day | None
    deadline: Day | None
    decided_on: Day | None
    stage: Code
    stage_note: Text
    aim: Text
    tasks: Text
    problem: Text
    sphere: Code | None
    sphere_is_ours: bool
    beneficiary_group: Code | None
    beneficiary_note: Text
    place: Ref | None
    place_path: tuple[Ref, ...]
    budget: Money | None
    budget_note: Text
    applications_received: int | None
    applications_admitted: int | None
    commission_members: int | None
    commission_independent: int | None
    description: Text
    note: Text
    sources: tuple[Source, ...]
    reports: tuple[Dated, ...]
    documents: tuple[Dated, ...]


@dataclass(frozen=True, slots=True)
class OtherName:
    """A former or other name of an organization, with the years in which sources use it."""

    name: Text
    seen_from: int | None
    seen_to: int | None
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Organization:
    """A giver, receiver or supporter; the same page serves all its parts."""

    id: str
    name: Text
    kind: Code
    legal_form: Code | None
    role: Code | None
    registration_id: str | None
    place: Ref | None
    replaced_by: Ref | None
    replaces: tuple[Ref, ...]
    other_names: tuple[OtherName, ...]
    note: Text
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A country, region, district, city, municipality or village."""

    id: str
    name: Text
    kind: Code
    path: tuple[Ref, ...]  # the larger places around it, nearest first
    parts: tuple[Ref, ...]  # the places directly inside it
    code: str | None
    iso_code: str | None
    latitude: Decimal | None
    longitude: Decimal | None
    valid_from: date | None
    valid_to: date | None
    replaced_by: Ref | None
    names_are_ours: bool
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Total:
    """A figure that a source reports as a total. It stands beside the grants and is never mixed with them."""

    id: str
    year: int
    metric: Code
    is_money_by_year: bool  # shown in the chart of money by year
    counts_grants: bool
    value: Decimal
    unit: Code
    money: Money | None  # the value again, when the unit is a currency
    exactness: Code
    scope: Code
    covers_all: bool  # of every body, not of one kind
    place: Ref | None
    organization: Ref | None
    program: Ref | None
    body_note: Text
    note: Text
    sources: tuple[Source, ...]
    contradictions: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says on a contradicted point."""

    text: Text
    total_id: str | None
    said_on: Day | None
    source: Source


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A point on which sources disagree."""

    id: str
    title: Text
    explanation: Text
    year: int | None
    organization: Ref | None
    program: Ref | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """Grants reported by a source against grants held here, for a body or a group of bodies and a year."""

    year: int
    body: Ref | None
    body_note: Text
    scope: Code
    reported: Decimal
    exactness: Code
    held: int
    total_id: str
    source: Source


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """What is known of a body's publishing in a year."""

    year: int
    organization: Ref
    status: Code
    participates: bool | None
    funds: bool | None
    held: int
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """A year: what sources report and what this site holds."""

    year: int
    reported: Decimal | None  # at least; None when no source counts the grants of the year
    held: int  # of the grants that the reported figure counts
    grants: int  # all grants held of the year
    lines: tuple[CoverageLine, ...]
    entries: tuple[CoverageEntry, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in every language."""

    id: str
    label: Text
    note: Text


@dataclass(frozen=True)
class Catalog:
    """Everything the site publishes, linked and in a fixed order."""

    programs: tuple[Program, ...]  # newest first
    calls: tuple[Call, ...]  # newest first
    grants: tuple[Grant, ...]  # newest first, then by id
    organizations: tuple[Organization, ...]
    places: tuple[Place, ...]  # largest first
    spheres: tuple[Code, ...]
    totals: tuple[Total, ...]  # by year, then by id
    contradictions: tuple[Contradiction, ...]
    coverage: tuple[CoverageYear, ...]  # newest first
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    codes: Mapping[str, Mapping[str, Code]]  # name of the list -> code -> Code
    members: Mapping[tuple[str, str], tuple[Grant, ...]]  # (kind of page, id) -> its grants, newest first
    figures: Mapping[tuple[str, str], Figures]  # of the same keys; ("all", "") is everything
