"""Which contracting processes the records make, and the release of each."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ...errors import SettingsError
from ...model import Call, Code, Dated, Grant, Program, Ref, Source
from ..chosen import choose_grants
from ..job import Job
from ..standards import Document
from .after_award import AMENDMENT, AWARD, CONTRACT, ITEM, PLANNED_PAYMENT, TRANSACTION
from .before_award import BUDGET, PARTY, PLANNING, RELEASE, TENDER
from .book import Book
from .filling import make_filler
from .papers import DOCUMENT, REPORT, SOURCE

PREFIX = re.compile(r"ocds-[a-z0-9]{6}")
ROLES = ("buyer", "procuringEntity", "supplier", "partner", "funder", "implementer")  # in this order


@dataclass(frozen=True, slots=True)
class Process:
    """A call with its grants, a grant that belongs to no call, or a program with neither."""

    ocid: str
    program: Program | None
    call: Call | None
    grants: tuple[Grant, ...]  # by identifier
    tags: tuple[str, ...] = ()  # the parts of its release, once they are made

    @property
    def buyer(self) -> Ref | None:
        """The body that gives the money; None when several gave grants under one call."""
        funders = {grant.funder.id: grant.funder for grant in self.grants}
        if funders:
            return next(iter(funders.values())) if len(funders) == 1 else None
        if self.call:
            return self.call.customer
        return self.program.customer if self.program else None


def ocid_prefix(job: Job) -> str:
    """The prefix that is registered for the portal, else one made of its name, the same at every build.

    Raises SettingsError when the one in PORTAL is not of the form that the standard gives out.
    """
    prefix = job.settings.prefixes.get("ocds") or f"ocds-{hashlib.sha256(job.name.encode()).hexdigest()[:6]}"
    if not PREFIX.fullmatch(prefix):
        raise SettingsError(
            f"PORTAL[“prefixes”][“ocds”] is “{prefix}”. Write the prefix that the Open Contracting Partnership gave "
            "you, such as ocds-213czf, or leave the setting out."
        )
    return prefix


def processes(job: Job, book: Book) -> Iterator[Process]:
    """Every process: calls, then grants that belong to no call, then programs with neither; each by identifier."""
    prefix = ocid_prefix(job)
    grants = job.portal.catalog.grants
    called = choose_grants(grants, lambda one: one.call is not None, "grants.call is not null", ("call", "id"))
    alone = choose_grants(grants, lambda one: one.call is None, "grants.call is null")
    groups = groupby(called, lambda one: one.call.id if one.call else "")
    used = set()
    group = next(groups, None)
    for call in sorted(book.calls.values(), key=lambda call: call.id):
        under: tuple[Grant, ...] = ()
        while group and group[0] < call.id:  # a call that is not there
            group = next(groups, None)
        if group and group[0] == call.id:
            under = tuple(group[1])
            group = next(groups, None)
        program = _program_of(call, under)
        used.add(program)
        yield Process(f"{prefix}-call-{call.id}", book.programs[program] if program else None, call, under)
    for grant in alone:
        program = grant.program.id if grant.program else None
        used.add(program)
        yield Process(f"{prefix}-grant-{grant.id}", book.programs[program] if program else None, None, (grant,))
    for identifier in sorted(book.programs.keys() - used):
        yield Process(f"{prefix}-program-{identifier}", book.programs[identifier], None, ())


def make_writer(book: Book) -> Callable[[Process], tuple[Document, Document]]:
    """A function that makes the release of a process, in two parts: what identifies it, and what it tells."""
    return _Writer(book).release


class _Writer:
    """The tables, ready to be filled, and what was filled before: the same bodies and places stand in many releases."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._head = make_filler(RELEASE, "", book.languages)
        self._party = make_filler(PARTY, "parties[]/", book.languages)
        self._planning = make_filler(PLANNING, "planning/", book.languages)
        self._budget = make_filler(BUDGET, "planning/budget/budgetBreakdown[]/", book.languages)
        self._tender = make_filler(TENDER, "tender/", book.languages)
        self._award = make_filler(AWARD, "awards[]/", book.languages)
        self._item = make_filler(ITEM, "items[]/", book.languages)
        self._contract = make_filler(CONTRACT, "contracts[]/", book.languages)
        self._amendment = make_filler(AMENDMENT, "contracts[]/amendments[]/", book.languages)
        self._transaction = make_filler(TRANSACTION, "contracts[]/implementation/transactions[]/", book.languages)
        self._milestone = make_filler(PLANNED_PAYMENT, "contracts[]/implementation/milestones[]/", book.languages)
        self._document = make_filler(DOCUMENT, "documents[]/", book.languages)
        self._report = make_filler(REPORT, "documents[]/", book.languages)
        self._source = make_filler(SOURCE, "documents[]/", book.languages)
        self._parties: dict[tuple[str, tuple[str, ...]], Document] = {}
        self._items: dict[tuple[tuple[str | None, ...], str | None], Document] = {}
        self._sources: dict[str, Document] = {}

    def release(self, process: Process) -> tuple[Document, Document]:
        contracts = [contract for grant in process.grants if (contract := self._contract_of(grant))]
        body = {
            "parties": list(self._parties_of(process)),
            "planning": self._planning_of(process),
            "tender": self._tender_of(process.call) if process.call else None,
            "awards": [self._award_of(grant) for grant in process.grants],
            "contracts": contracts,
        }
        body = {name: part for name, part in body.items() if part}
        parts = ("planning", "tender", "awards", "contracts")
        tags = [name.removesuffix("s") for name in parts if name in body]
        if any("implementation" in contract for contract in contracts):
            tags.append("implementation")
        return self._head(replace(process, tags=tuple(tags)), self._book), body

    def _parties_of(self, process: Process) -> Iterator[Document]:
        roles: defaultdict[str, set[str]] = defaultdict(set)
        for role, ref in _roles(process):
            roles[ref.id].add(role)
        for identifier, found in sorted(roles.items()):
            key = identifier, tuple(role for role in ROLES if role in found)
            if key not in self._parties:
                self._parties[key] = self._party(self._book.organizations[identifier], key[1], self._book)
            yield self._parties[key]

    def _planning_of(self, process: Process) -> Document:
        program, call, book = process.program, process.call, self._book
        planning = self._planning(program, call, book)
        if program:
            if budgets := book.budgets.get(program.id):
                planning["budget"]["budgetBreakdown"] = [self._budget(budget, book) for budget in budgets]
            _with(planning, documents=self._papers(program.documents, program.reports, program.sources))
        return planning

    def _tender_of(self, call: Call) -> Document:
        tender = self._tender(call, self._book)
        return _with(
            tender,
            items=self._items_of(call.sphere, call.beneficiary_group, call.place),
            documents=self._papers(call.documents, call.reports, call.sources),
        )

    def _award_of(self, grant: Grant) -> Document:
        reports = () if grant.is_counted else grant.reports  # those of other grants stand in the implementation
        return _with(
            self._award(grant, self._book),
            items=self._items_of(grant.sphere, grant.beneficiary_group, grant.place),
            documents=self._papers(grant.documents, reports, grant.sources),
        )

    def _contract_of(self, grant: Grant) -> Document | None:
        """None when the records say nothing that only a contract has room for, and for what was only announced."""
        if not grant.is_counted:
            return None
        contract = self._contract(grant, self._book)
        amendments = self._book.amendments.get(grant.id, ())
        implementation = _with(
            {},
            transactions=[self._transaction(payment) for payment in grant.payments if payment.paid],
            milestones=[self._milestone(payment) for payment in grant.payments if not payment.paid],
            documents=[self._report(report) for report in grant.reports],
        )
        _with(
            contract,
            amendments=[self._amendment(amendment, self._book) for amendment in amendments],
            implementation=implementation,
        )
        return contract if contract.keys() - {"id", "awardID"} else None

    def _items_of(self, sphere: Code | None, group: Code | None, place: Ref | None) -> list[Document]:
        if not (sphere or group or place):
            return []
        key = tuple(one.code if one else None for one in (sphere, group)), place.id if place else None
        if key not in self._items:
            self._items[key] = self._item(sphere, group, place and self._book.places[place.id], self._book)
        return [self._items[key]]

    def _papers(
        self, documents: tuple[Dated, ...], reports: tuple[Dated, ...], sources: tuple[Source, ...]
    ) -> list[Document]:
        for source in sources:
            if source.id not in self._sources:
                self._sources[source.id] = self._source(source)
        return [
            *map(self._document, documents),
            *map(self._report, reports),
            *(self._sources[identifier] for identifier in dict.fromkeys(source.id for source in sources)),
        ]


def _with(document: Document, **parts: list[Document] | Document) -> Document:
    """The document with the parts that are not empty."""
    document.update({name: part for name, part in parts.items() if part})
    return document


def _program_of(call: Call, grants: tuple[Grant, ...]) -> str | None:
    """The program that the call names; else that of its grants, when it is one."""
    if call.program:
        return call.program.id
    named = {grant.program.id for grant in grants if grant.program}
    return named.pop() if len(named) == 1 else None


def _roles(process: Process) -> Iterator[tuple[str, Ref]]:
    """Who does what in the process."""
    program, call = process.program, process.call
    if process.buyer:
        yield "buyer", process.buyer
    if call:
        yield "procuringEntity", call.customer
    if program:
        yield from (("funder", donor) for donor in program.donors)
        yield from (("implementer", body) for body in program.implementers)
    for grant in process.grants:
        yield "buyer", grant.funder
        yield from (("supplier", body) for body in (grant.recipient,) if body)
        yield from (("funder", donor) for donor in (grant.donor,) if donor)
        yield from (("partner", body) for body in grant.partners)
