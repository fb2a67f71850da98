"""What of ours stands in a release from the award on: awards, contracts, payments, and what they are for.

In `ours`, a column that ends in a language, such as title_en, is named without it: “grants.title”.
"""

# ruff: noqa: ARG005  (every value of a table is given the same)

from __future__ import annotations

from ...errors import say
from ...model import Place
from ..standards import Document, Mapped
from .book import EVENING, moment

AWARD = (
    Mapped("awards[]/id", "grants.id", lambda grant, book: grant.id),
    Mapped("awards[]/title", "grants.title", lambda grant, book: grant.title),
    Mapped("awards[]/description", "grants.description", lambda grant, book: grant.description),
    Mapped(
        "awards[]/status",
        "grants.certainty, certainties.counted",
        lambda grant, book: "active" if grant.is_counted else "pending",
        say("“pending” for a grant that was only announced."),
    ),
    Mapped("awards[]/statusDetails", "grants.status", lambda grant, book: grant.status.label),
    Mapped("awards[]/date", "grants.decided_on", lambda grant, book: moment(grant.decided_on)),
    Mapped("awards[]/value", "grants.amount_awarded, grants.currency", lambda grant, book: grant.awarded),
    Mapped(
        "awards[]/suppliers[]",
        "grants.recipient",
        lambda grant, book: grant.recipient and [book.reference(grant.recipient)],
        say("Absent when no source names the recipient."),
    ),
    Mapped(
        "awards[]/contractPeriod/startDate", "grants.planned_start", lambda grant, book: moment(grant.planned_start)
    ),
    Mapped(
        "awards[]/contractPeriod/endDate", "grants.planned_end", lambda grant, book: moment(grant.planned_end, EVENING)
    ),
)

ITEM = (
    Mapped("items[]/id", "", lambda sphere, group, place, book: "1", say("One item stands for the whole work.")),
    Mapped("items[]/classification/scheme", "", lambda sphere, group, place, book: sphere and "spheres"),
    Mapped(
        "items[]/classification/id",
        "grants.sphere, calls.sphere",
        lambda sphere, group, place, book: sphere and sphere.code,
    ),
    Mapped(
        "items[]/classification/description",
        "spheres.label",
        lambda sphere, group, place, book: sphere and sphere.label,
    ),
    Mapped(
        "items[]/additionalClassifications[]/scheme",
        "",
        lambda sphere, group, place, book: group and "beneficiary_groups",
    ),
    Mapped(
        "items[]/additionalClassifications[]/id",
        "grants.beneficiary_group, calls.beneficiary_group",
        lambda sphere, group, place, book: group and group.code,
    ),
    Mapped(
        "items[]/additionalClassifications[]/description",
        "beneficiary_groups.label",
        lambda sphere, group, place, book: group and group.label,
    ),
    Mapped(
        "items[]/deliveryLocation/description",
        "places.name",
        lambda sphere, group, place, book: place and book.named(place.name),
        say("Where the money works, not where the organization sits."),
    ),
    Mapped("items[]/deliveryLocation/gazetteer/scheme", "", lambda sphere, group, place, book: place and "places"),
    Mapped(
        "items[]/deliveryLocation/gazetteer/identifiers[]",
        "grants.place, calls.place",
        lambda sphere, group, place, book: place and [place.id],
    ),
    Mapped(
        "items[]/deliveryLocation/geometry",
        "places.longitude, places.latitude",
        lambda sphere, group, place, book: place and _point(place),
    ),
    Mapped(
        "items[]/deliveryLocation/uri",
        "places.id",
        lambda sphere, group, place, book: place and book.page("places", place.id),
        say("The page of the place."),
    ),
)

CONTRACT = (
    Mapped(
        "contracts[]/id",
        "grants.id",
        lambda grant, book: grant.id,
        say("A grant of which no agreement, day of work, payment, amendment or report is known has no contract."),
    ),
    Mapped("contracts[]/awardID", "grants.id", lambda grant, book: grant.id),
    Mapped("contracts[]/title", "grants.agreement_number", lambda grant, book: grant.agreement_number),
    Mapped("contracts[]/dateSigned", "grants.agreement_on", lambda grant, book: moment(grant.agreement_on)),
    Mapped("contracts[]/period/startDate", "grants.actual_start", lambda grant, book: moment(grant.actual_start)),
    Mapped("contracts[]/period/endDate", "grants.actual_end", lambda grant, book: moment(grant.actual_end, EVENING)),
)

AMENDMENT = (
    Mapped("contracts[]/amendments[]/id", "amendments.id", lambda row, book: row["id"]),
    Mapped("contracts[]/amendments[]/date", "amendments.changed_on", lambda row, book: moment(row["changed_on"])),
    Mapped(
        "contracts[]/amendments[]/description",
        "amendments.description",
        lambda row, book: book.text(row, "description"),
    ),
    Mapped("contracts[]/amendments[]/rationale", "amendments.reason", lambda row, book: book.text(row, "reason")),
)

TRANSACTION = (
    Mapped("contracts[]/implementation/transactions[]/id", "payments.id", lambda payment: payment.id),
    Mapped("contracts[]/implementation/transactions[]/date", "payments.paid_on", lambda payment: moment(payment.day)),
    Mapped(
        "contracts[]/implementation/transactions[]/value",
        "payments.amount, payments.currency",
        lambda payment: payment.money,
    ),
    Mapped("contracts[]/implementation/transactions[]/source", "sources.url", lambda payment: payment.source.url),
)

PLANNED_PAYMENT = (
    Mapped("contracts[]/implementation/milestones[]/id", "payments.id", lambda payment: payment.id),
    Mapped("contracts[]/implementation/milestones[]/type", "", lambda payment: "payment"),
    Mapped(
        "contracts[]/implementation/milestones[]/dueDate",
        "payments.planned_on",
        lambda payment: moment(payment.day, EVENING),
        say("Only payments of which no source says that they were made."),
    ),
    Mapped(
        "contracts[]/implementation/milestones[]/value",
        "payments.amount, payments.currency",
        lambda payment: payment.money,
    ),
    Mapped("contracts[]/implementation/milestones[]/description", "payments.note", lambda payment: payment.note),
)


def _point(place: Place) -> Document | None:
    if place.longitude is None or place.latitude is None:
        return None
    return {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
