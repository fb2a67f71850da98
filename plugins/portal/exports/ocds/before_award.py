"""What of ours stands in a release before there is an award: the process, its parties, planning and tender.

In `ours`, a column that ends in a language, such as title_en, is named without it: “programs.title”.
"""

# ruff: noqa: ARG005, PLW0108  (every value of a table is given the same; what it calls stands below the table)

from __future__ import annotations

from typing import Any

from ...errors import say
from ...model import Money
from ...records import as_money
from ...text import Text
from ..standards import Mapped
from .book import EVENING, Book, joined, moment, register
from .filling import suffix

RELEASE = (
    Mapped("ocid", "calls.id, grants.id, programs.id", lambda process, book: process.ocid),
    Mapped(
        "id",
        "",
        lambda process, book: f"{process.ocid}-{book.version}",
        say("The process and the version of the data."),
    ),
    Mapped("date", "", lambda process, book: moment(book.data_date), say("The date of the data.")),
    Mapped("tag[]", "", lambda process, book: process.tags, say("The parts that the release has.")),
    Mapped("initiationType", "", lambda process, book: "tender", say("The only word that the standard has.")),
    Mapped("language", "", lambda process, book: suffix(book.first), say("The first language of the site.")),
    Mapped(
        "buyer",
        "grants.funder, calls.customer, programs.customer",
        lambda process, book: book.reference(process.buyer),
        say("The body that gave the grants of the process; before there are grants, the body that holds the call."),
    ),
)

PARTY = (
    Mapped("parties[]/id", "organizations.id", lambda body, roles, book: body.id),
    Mapped("parties[]/name", "organizations.name", lambda body, roles, book: book.named(body.name) or body.id),
    Mapped(
        "parties[]/identifier/scheme",
        "organizations.registration_id",
        lambda body, roles, book: register(body.registration_id)[0],
        say("The register, as org-id.guide names it."),
    ),
    Mapped(
        "parties[]/identifier/id",
        "organizations.registration_id",
        lambda body, roles, book: register(body.registration_id)[1],
    ),
    Mapped(
        "parties[]/address/locality",
        "organizations.place",
        lambda body, roles, book: next(
            (book.named(place.name).words(book.first) for place in book.around(body.place)[:1] if not place.iso_code),
            None,
        ),
        say("A place that is neither a country nor a region with a code of ISO 3166."),
    ),
    Mapped(
        "parties[]/address/region",
        "organizations.place, places.iso_code",
        lambda body, roles, book: _around(body, book, country=False).words(book.first),
    ),
    Mapped(
        "parties[]/address/countryName",
        "organizations.place, places.iso_code",
        lambda body, roles, book: book.named(_around(body, book, country=True)),
    ),
    Mapped(
        "parties[]/roles[]",
        "grants.funder, grants.recipient, grants.partners, grants.donor, calls.customer, programs.customer, "
        "programs.donors, programs.implementers",
        lambda body, roles, book: list(roles),
        say("“partner” and “implementer” are our own words; the standard has none for them."),
    ),
)

PLANNING = (
    Mapped(
        "planning/rationale",
        "programs.description, calls.problem",
        lambda program, call, book: joined(
            program.description if program else Text(), call.problem if call else Text()
        ),
    ),
    Mapped("planning/budget/project", "programs.title", lambda program, call, book: program and program.title),
    Mapped("planning/budget/projectID", "programs.id", lambda program, call, book: program and program.id),
    Mapped(
        "planning/budget/uri",
        "programs.id",
        lambda program, call, book: program and book.page("programs", program.id),
        say("The page of the program."),
    ),
    Mapped(
        "planning/budget/amount",
        "budgets.amount, budgets.currency",
        lambda program, call, book: program and _only_budget(book.budgets.get(program.id, ())),
        say("Only when one budget of the program is known: budgets are not added up."),
    ),
)

BUDGET = (
    Mapped("planning/budget/budgetBreakdown[]/id", "budgets.id", lambda budget, book: budget["id"]),
    Mapped(
        "planning/budget/budgetBreakdown[]/description",
        "budgets.year, budgets.funding_source, budgets.exactness, budgets.note",
        lambda budget, book: joined(
            Text.of({language: str(budget["year"]) for language in book.languages}),
            book.label("funding_sources", budget["funding_source"]),
            book.label("exactness", budget["exactness"]),
            book.text(budget, "note"),
            between="; ",
        ),
    ),
    Mapped(
        "planning/budget/budgetBreakdown[]/amount",
        "budgets.amount, budgets.currency",
        lambda budget, book: as_money(budget["amount"], budget["currency"]),
    ),
)

TENDER = (
    Mapped("tender/id", "calls.id", lambda call, book: call.id),
    Mapped("tender/title", "calls.title", lambda call, book: call.title),
    Mapped(
        "tender/description",
        "calls.description, calls.aim, calls.tasks",
        lambda call, book: joined(call.description, call.aim, call.tasks),
    ),
    Mapped(
        "tender/status",
        "calls.announced_on, calls.deadline, calls.decided_on",
        lambda call, book: _status(call, book),
        say("“complete” when it is decided; “active” between the announcement and the deadline; else no word."),
    ),
    Mapped("tender/statusDetails", "calls.stage", lambda call, book: call.stage.label),
    Mapped("tender/procuringEntity", "calls.customer", lambda call, book: book.reference(call.customer)),
    Mapped("tender/value", "calls.budget, calls.currency", lambda call, book: call.budget),
    Mapped("tender/tenderPeriod/startDate", "calls.announced_on", lambda call, book: moment(call.announced_on)),
    Mapped("tender/tenderPeriod/endDate", "calls.deadline", lambda call, book: moment(call.deadline, EVENING)),
    Mapped("tender/awardPeriod/endDate", "calls.decided_on", lambda call, book: moment(call.decided_on, EVENING)),
    Mapped(
        "tender/numberOfTenderers",
        "calls.applications_received",
        lambda call, book: call.applications_received,
        say("Applications that arrived; an organization may have sent several."),
    ),
)


def _around(body: Any, book: Book, *, country: bool) -> Text:
    """Name of the country or region, told from their codes of ISO 3166: XX and XX-N."""
    places = [place for place in book.around(body.place) if place.iso_code and (len(place.iso_code) == 2) == country]
    return places[0].name if places else Text()


def _only_budget(budgets: Any) -> Money | None:
    return as_money(budgets[0]["amount"], budgets[0]["currency"]) if len(budgets) == 1 else None


def _status(call: Any, book: Book) -> str | None:
    if call.decided_on and call.decided_on.first <= book.data_date:
        return "complete"
    begun = call.announced_on and call.announced_on.first <= book.data_date
    return "active" if begun and call.deadline and book.data_date <= call.deadline.last else None
