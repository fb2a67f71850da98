"""The tables: which of our fields stand where in a 360Giving grant. They are given the record and a Writer."""

# ruff: noqa: ARG005  (every value of a table is given the same)

from __future__ import annotations

from ...errors import heading, say
from ..standards import Mapped
from .choice import geography

GRANT = (
    Mapped(
        "id",
        "grants.id",
        lambda grant, to: to.grant_id(grant.id),
        say("Behind the prefix of the publisher. An identifier that begins with 360G- already stays as it is."),
    ),
    Mapped(
        "title",
        "grants.title",
        lambda grant, to: to.words(grant.title),
        say("In our words where the source gives no title."),
    ),
    Mapped(
        "description",
        "grants.description, grants.amount_note, grants.note",
        lambda grant, to: to.joined(grant.description or grant.title, grant.amount_note, grant.note),
        say("The standard wants one: a grant without a description has its title here too."),
    ),
    Mapped("currency", "grants.currency", lambda grant, to: grant.awarded.currency),
    Mapped("amountAwarded", "grants.amount_awarded", lambda grant, to: to.number(grant.awarded)),
    Mapped("amountAppliedFor", "grants.amount_requested", lambda grant, to: to.number(grant.requested)),
    Mapped("awardDate", "grants.decided_on", lambda grant, to: grant.decided_on.text),
    Mapped(
        "url",
        "grants.id",
        lambda grant, to: to.page("grants", grant.id),
        say("The page of the grant, when the address of the site is known."),
    ),
    Mapped(
        "plannedDates[]/startDate",
        "grants.planned_start",
        lambda grant, to: to.day(grant.planned_start),
        say("A day, month or year, as far as it is known."),
    ),
    Mapped("plannedDates[]/endDate", "grants.planned_end", lambda grant, to: to.day(grant.planned_end)),
    Mapped("actualDates[]/startDate", "grants.actual_start", lambda grant, to: to.day(grant.actual_start)),
    Mapped("actualDates[]/endDate", "grants.actual_end", lambda grant, to: to.day(grant.actual_end)),
    Mapped("recipientOrganization[]", "grants.recipient", lambda grant, to: [to.organization(grant.recipient)]),
    Mapped("fundingOrganization[]", "grants.funder", lambda grant, to: [to.organization(grant.funder)]),
    Mapped("beneficiaryLocation[]", "grants.place", lambda grant, to: to.locations(grant.place, grant.place_note)),
    Mapped(
        "locationScope",
        "grants.place",
        lambda grant, to: to.scope(grant.place),
        say("GLS030 for a country, and GLS040 for a place directly in it that ISO 3166-2 lists; absent for any other."),
    ),
    Mapped("grantProgramme[]", "grants.program", lambda grant, to: to.programmes(grant.program)),
    Mapped(
        "fromOpenCall",
        "grants.call",
        lambda grant, to: "Yes" if grant.call else None,
        say("“Yes” for a grant that was won in a call; absent, and not “No”, for one of which no call is known."),
    ),
    Mapped("classifications[]", "grants.sphere, grants.beneficiary_group", lambda grant, to: to.classifications(grant)),
    Mapped("disbursementTransaction[]", "payments.paid_on", lambda grant, to: to.payments(grant)),
    Mapped("relatedDocument[]", "documents.id, reports.id", lambda grant, to: to.papers(grant)),
    Mapped("dateModified", "grants.changed_on", lambda grant, to: f"{grant.changed_on.isoformat()}T00:00:00Z"),
    Mapped(
        "dataSource",
        "sources.url",
        lambda grant, to: to.source(grant.sources),
        say("The first source that has an address."),
    ),
)

PROGRAM = (
    Mapped("grantProgramme[]/code", "programs.id", lambda program, to: program.id),
    Mapped("grantProgramme[]/title", "programs.title", lambda program, to: to.words(program.name)),
    Mapped(
        "grantProgramme[]/url",
        "programs.id",
        lambda program, to: to.page("programs", program.id),
        say("The page of the program, when the address of the site is known."),
    ),
)

ORGANIZATION = (
    Mapped(
        "recipientOrganization[]/id",
        "organizations.registration_id, organizations.id",
        lambda organization, to: to.organization_id(organization),
        say(
            "The number in a register of the list of org-id.guide. Without one, our own identifier behind the prefix "
            "and ORG; one that begins with 360G- already stays as it is."
        ),
    ),
    Mapped(
        "recipientOrganization[]/name",
        "organizations.name",
        lambda organization, to: to.words(organization.name) or organization.id,
    ),
    Mapped(
        "recipientOrganization[]/alternateName",
        "organizations.name, organization_names.name",
        lambda organization, to: to.other_names(organization),
        say("Its name in the other languages of the site, then its former and other names."),
    ),
    Mapped(
        "recipientOrganization[]/organisationType",
        "organizations.kind",
        lambda organization, to: to.words(organization.kind.label),
    ),
    Mapped(
        "recipientOrganization[]/location[]",
        "organizations.place",
        lambda organization, to: to.locations(organization.place),
    ),
)

LOCATION = (
    Mapped("beneficiaryLocation[]/id", "places.id", lambda place, note, to: place.id),
    Mapped("beneficiaryLocation[]/name", "places.name", lambda place, note, to: to.words(place.name)),
    Mapped(
        "beneficiaryLocation[]/countryCode",
        "places.iso_code",
        lambda place, note, to: to.country(place),
        say("Of the country that the place is, or lies in."),
    ),
    Mapped("beneficiaryLocation[]/latitude", "places.latitude", lambda place, note, to: to.degrees(place.latitude)),
    Mapped("beneficiaryLocation[]/longitude", "places.longitude", lambda place, note, to: to.degrees(place.longitude)),
    Mapped(
        "beneficiaryLocation[]/geoCode",
        "places.code, places.iso_code",
        lambda place, note, to: to.geographic_code(place),
        say("In the classifier of the country, else in ISO 3166-2."),
    ),
    Mapped(
        "beneficiaryLocation[]/geoCodeType",
        "places.kind",
        lambda place, note, to: geography(place.kind.code, place.code),
        say("Only where the kind of the place is one of the types that the standard lists."),
    ),
    Mapped("beneficiaryLocation[]/description", "grants.place_note", lambda place, note, to: to.words(note)),
)

SPHERE = (
    Mapped("classifications[]/vocabulary", "", lambda sphere, is_ours, to: to.vocabulary("spheres")),
    Mapped("classifications[]/code", "grants.sphere", lambda sphere, is_ours, to: sphere.code),
    Mapped("classifications[]/title", "spheres.label", lambda sphere, is_ours, to: to.words(sphere.label)),
    Mapped(
        "classifications[]/description",
        "spheres.description, grants.sphere_basis",
        lambda sphere, is_ours, to: to.sphere_description(sphere, is_ours=is_ours),
        say("Says so when this portal classified the grant, and not its source."),
    ),
)

BENEFICIARIES = (
    Mapped("classifications[]/vocabulary", "", lambda group, note, to: to.vocabulary("beneficiary_groups")),
    Mapped("classifications[]/code", "grants.beneficiary_group", lambda group, note, to: group and group.code),
    Mapped(
        "classifications[]/title",
        "beneficiary_groups.label, grants.beneficiary_note",
        lambda group, note, to: to.words(group.label if group else note),
        say("The words of the source when the group is in no list."),
    ),
    Mapped(
        "classifications[]/description",
        "grants.beneficiary_note",
        lambda group, note, to: group and to.words(note),
    ),
)

PAYMENT = (
    Mapped("disbursementTransaction[]/id", "payments.id", lambda payment, to: payment.id),
    Mapped(
        "disbursementTransaction[]/transactionDate",
        "payments.paid_on",
        lambda payment, to: to.full_day(payment.day),
        say("Absent when it is known only to the month or year."),
    ),
    Mapped("disbursementTransaction[]/currency", "payments.currency", lambda payment, to: payment.money.currency),
    Mapped("disbursementTransaction[]/value", "payments.amount", lambda payment, to: to.number(payment.money)),
    Mapped("disbursementTransaction[]/description", "payments.note", lambda payment, to: to.words(payment.note)),
)

DOCUMENT = (
    Mapped("relatedDocument[]/id", "documents.id", lambda item, to: f"document-{item.id}"),
    Mapped("relatedDocument[]/title", "documents.title", lambda item, to: to.words(item.title)),
    Mapped("relatedDocument[]/url", "documents.url", lambda item, to: to.uri(item.url)),
    Mapped(
        "relatedDocument[]/documentType", "documents.kind", lambda item, to: item.kind and to.words(item.kind.label)
    ),
)

REPORT = (
    Mapped("relatedDocument[]/id", "reports.id", lambda item, to: f"report-{item.id}"),
    Mapped("relatedDocument[]/title", "reports.title", lambda item, to: to.words(item.title)),
    Mapped(
        "relatedDocument[]/description",
        "reports.finding, reports.note",
        lambda item, to: to.joined(item.text, item.note),
    ),
    Mapped("relatedDocument[]/documentType", "reports.kind", lambda item, to: item.kind and to.words(item.kind.label)),
)

MAPPING = (
    (heading("Grants"), GRANT),
    (heading("Programs → grantProgramme"), PROGRAM),
    (heading("Organizations → recipientOrganization; fundingOrganization is filled in the same way"), ORGANIZATION),
    (heading("Places → beneficiaryLocation; the location of an organization is filled in the same way"), LOCATION),
    (heading("Sphere → classification"), SPHERE),
    (heading("Beneficiaries → classification"), BENEFICIARIES),
    (heading("Payments made → disbursementTransaction"), PAYMENT),
    (heading("Documents → relatedDocument"), DOCUMENT),
    (heading("Reports → relatedDocument"), REPORT),
)
