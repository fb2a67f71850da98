"""The elements inside an activity that have fields of their own. Each table is for one kind of element.

Paths begin below iati-activity. The values take the record and what looks others up, a Book.
"""

# ruff: noqa: ARG005  (every value of a table is given the same)

from __future__ import annotations

import re

from ...cells import number_text
from ...errors import say
from ...model import Money, Place
from ...text import Day, Text
from ..standards import Mapped

# As org-id.guide writes identifiers, less the characters that IATI bars.
ORGANIZATION_IDENTIFIER = re.compile(r"[A-Z]{2,3}-[A-Za-z0-9]+-[^/&|?\s]+").fullmatch
NOT_SPECIFIED, SEVERAL = "99810", "43010"  # in the OECD's list of sectors: not specified; multisector
COMMITMENT_TYPE, DISBURSEMENT_TYPE = "2", "3"
WEB_PAGE = "A12"  # in IATI's list of categories of documents
FORMATS = {  # ending of an address -> media type; what is not here is not guessed
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "htm": "text/html",
    "html": "text/html",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
ENDING = re.compile(r"[^/?#]/[^?#]*\.([A-Za-z]+)(?:[?#]|$)").search  # of the path of an address
ONLY_ORGANIZATION_IDENTIFIERS = say("Only where it is written as org-id.guide does.")


def exact(day: Day | None) -> str | None:
    """The day as ISO 8601; None for a month or a year, which IATI has no place for."""
    return day.text if day and day.is_exact else None


def media_type(address: str) -> str | None:
    """Of the file at the address, by the ending of its name."""
    ending = ENDING(address)
    return FORMATS.get(ending[1].lower()) if ending else None


def organization_identifier(registration: str | None) -> str | None:
    """The registration number, where IATI takes it for an identifier."""
    return registration if registration and ORGANIZATION_IDENTIFIER(registration) else None


def _point(place: Place) -> str | None:
    if place.latitude is None or place.longitude is None:
        return None
    return f"{number_text(place.latitude)} {number_text(place.longitude)}"


def _amount(money: Money) -> str:
    return number_text(money.amount)


def _in(text: Text, language: str) -> Text:
    """The text in one language only: the reader's, else the first."""
    said = text.said(language)
    return Text.of({said.language: said.words})


REPORTING = (  # book
    Mapped(
        "reporting-org/@ref",
        "",
        lambda book: book.prefix,
        say("The identifier of the publisher that the site was given, else one made from the name of the data."),
    ),
    Mapped("reporting-org/@type", "", lambda book: "90", say("“Other”: the records do not say what the publisher is.")),
    Mapped("reporting-org/@secondary-reporter", "", lambda book: "1"),
    Mapped("reporting-org/narrative", "", lambda book: book.job.settings.name, say("The name of the site.")),
)
PARTICIPANT = (  # organization, role
    Mapped(
        "participating-org/@ref",
        "organizations.registration_id",
        lambda body, role: organization_identifier(body.registration_id),
        ONLY_ORGANIZATION_IDENTIFIERS,
    ),
    Mapped("participating-org/@role", "", lambda body, role: role),
    Mapped("participating-org/narrative", "organizations.name", lambda body, role: body.name),
)


def _party(side: str) -> tuple[Mapped, ...]:
    return (
        Mapped(
            f"{side}/@ref",
            "organizations.registration_id",
            lambda body: organization_identifier(body.registration_id),
            ONLY_ORGANIZATION_IDENTIFIERS,
        ),
        Mapped(f"{side}/narrative", "organizations.name", lambda body: body.name),
    )


PROVIDER, RECEIVER = _party("provider-org"), _party("receiver-org")  # organization
LOCATION = (  # place
    Mapped("location/@ref", "places.id", lambda place: place.id),
    Mapped("location/location-reach/@code", "", lambda place: "1", say("“Activity”: it is where the work is done.")),
    Mapped("location/name/narrative", "places.name", lambda place: place.name),
    Mapped(
        "location/point/@srsName",
        "",
        lambda place: "http://www.opengis.net/def/crs/EPSG/0/4326" if _point(place) else None,
    ),
    Mapped("location/point/pos", "places.latitude, places.longitude", _point),
)
SECTOR = (  # sphere, book
    Mapped("sector/@vocabulary", "", lambda sphere, book: "99", say("“Reporting organisation”: our own list.")),
    Mapped(
        "sector/@vocabulary-uri",
        "",
        lambda sphere, book: book.sphere_list,
        say("The list of spheres, where the address of the site is known."),
    ),
    Mapped("sector/@code", "spheres.code", lambda sphere, book: sphere.code),
    Mapped("sector/narrative", "spheres.label", lambda sphere, book: sphere.label),
)
OTHER_SECTOR = (  # code of the OECD's list
    Mapped("sector/@vocabulary", "", lambda code: "1"),
    Mapped(
        "sector/@code",
        "",
        lambda code: code,
        say("Code 99810 where the records name no sphere, 43010 where they name several without their shares."),
    ),
)
TAG = (  # sphere, book
    Mapped("tag/@vocabulary", "", lambda sphere, book: "99"),
    Mapped("tag/@vocabulary-uri", "", lambda sphere, book: book.sphere_list),
    Mapped("tag/@code", "spheres.code", lambda sphere, book: sphere.code),
    Mapped("tag/narrative", "spheres.label", lambda sphere, book: sphere.label),
)
BUDGET = (  # budget
    Mapped("budget/period-start/@iso-date", "budgets.year", lambda budget: f"{budget.year:04}-01-01"),
    Mapped("budget/period-end/@iso-date", "budgets.year", lambda budget: f"{budget.year:04}-12-31"),
    Mapped("budget/value/@currency", "budgets.currency", lambda budget: budget.money.currency),
    Mapped(
        "budget/value/@value-date",
        "budgets.year",
        lambda budget: f"{budget.year:04}-01-01",
        say("The first day of the year: the standard demands a day, and the amount is not converted."),
    ),
    Mapped("budget/value", "budgets.amount", lambda budget: _amount(budget.money)),
)
PLANNED_PAYMENT = (  # payment, grant, book
    Mapped(
        "planned-disbursement/period-start/@iso-date",
        "payments.planned_on",
        lambda payment, grant, book: exact(payment.day),
    ),
    Mapped(
        "planned-disbursement/value/@currency",
        "payments.currency",
        lambda payment, grant, book: payment.money.currency,
    ),
    Mapped(
        "planned-disbursement/value/@value-date",
        "payments.planned_on",
        lambda payment, grant, book: exact(payment.day),
    ),
    Mapped("planned-disbursement/value", "payments.amount", lambda payment, grant, book: _amount(payment.money)),
    Mapped("planned-disbursement/provider-org", "grants.funder", lambda payment, grant, book: book.provider(grant)),
    Mapped("planned-disbursement/receiver-org", "grants.recipient", lambda payment, grant, book: book.receiver(grant)),
)
COMMITMENT = (  # day, grant, book
    Mapped("transaction/transaction-type/@code", "", lambda day, grant, book: COMMITMENT_TYPE),
    Mapped(
        "transaction/transaction-date/@iso-date",
        "grants.agreement_on, grants.decided_on",
        lambda day, grant, book: day,
        say("The day of the agreement, else that of the decision."),
    ),
    Mapped("transaction/value/@currency", "grants.currency", lambda day, grant, book: grant.awarded.currency),
    Mapped("transaction/value/@value-date", "grants.agreement_on, grants.decided_on", lambda day, grant, book: day),
    Mapped("transaction/value", "grants.amount_awarded", lambda day, grant, book: _amount(grant.awarded)),
    Mapped("transaction/provider-org", "grants.funder", lambda day, grant, book: book.provider(grant)),
    Mapped("transaction/receiver-org", "grants.recipient", lambda day, grant, book: book.receiver(grant)),
)
DISBURSEMENT = (  # payment, grant, book
    Mapped("transaction/transaction-type/@code", "", lambda payment, grant, book: DISBURSEMENT_TYPE),
    Mapped(
        "transaction/transaction-date/@iso-date", "payments.paid_on", lambda payment, grant, book: exact(payment.day)
    ),
    Mapped("transaction/value/@currency", "payments.currency", lambda payment, grant, book: payment.money.currency),
    Mapped("transaction/value/@value-date", "payments.paid_on", lambda payment, grant, book: exact(payment.day)),
    Mapped("transaction/value", "payments.amount", lambda payment, grant, book: _amount(payment.money)),
    Mapped("transaction/description/narrative", "payments.note", lambda payment, grant, book: payment.text),
    Mapped("transaction/provider-org", "grants.funder", lambda payment, grant, book: book.provider(grant)),
    Mapped("transaction/receiver-org", "grants.recipient", lambda payment, grant, book: book.receiver(grant)),
)
DOCUMENT = (  # document, book
    Mapped("document-link/@url", "documents.url", lambda document, book: document.url),
    Mapped(
        "document-link/@format",
        "documents.url",
        lambda document, book: media_type(document.url),
        say("By the ending of the address; a document with another ending is left out."),
    ),
    Mapped("document-link/title/narrative", "documents.title", lambda document, book: document.title),
    Mapped(
        "document-link/category/@code",
        "documents.kind",
        lambda document, book: book.category(document),
        say("The column “iati” of the list of kinds; a document of a kind without it is left out."),
    ),
    Mapped("document-link/document-date/@iso-date", "documents.issued_on", lambda document, book: exact(document.day)),
)
PAGE = (  # address, title, language
    Mapped("document-link/@url", "", lambda address, title, language: address),
    Mapped("document-link/@format", "", lambda address, title, language: "text/html"),
    Mapped("document-link/title/narrative", "", lambda address, title, language: _in(title, language)),
    Mapped("document-link/category/@code", "", lambda address, title, language: WEB_PAGE),
    Mapped("document-link/language/@code", "", lambda address, title, language: language.partition("_")[0]),
)
CHILD = (  # identifier of an activity
    Mapped("related-activity/@ref", "grants.program", lambda identifier: identifier),
    Mapped("related-activity/@type", "", lambda identifier: "2", say("“Child”.")),
)
