"""The records themselves: grants, programs, calls, organizations, places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..text import Day, Text
from .values import Code, Dated, JointSum, Money, Ref, Source


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
