"""Programs and grants as activities: the tables, in the order that the standard demands of the elements.

In `ours`, a column that ends in a language, such as title_en, is named without it: “grants.title”.
"""

# ruff: noqa: ARG005  (every value of a table is given the same)

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ...errors import heading, say
from ...model import Code, Grant, Program
from ...text import Text
from ..standards import Mapped
from . import parts
from .book import Book
from .elements import Markup, element_writer, web_language

BETWEEN_LABELS = "; "
FUNDING, ACCOUNTABLE, IMPLEMENTING = "1", "2", "4"  # roles of organizations
STANDARD_GRANT = "110"  # in IATI's list of types of finance


def _labels(codes: tuple[Code, ...]) -> Text:
    """The labels of several codes as one text, in every language that has them all."""
    if not codes:
        return Text()
    languages = [
        language for language, _ in codes[0].label.versions if all(language in dict(c.label.versions) for c in codes)
    ]
    return Text.of({language: BETWEEN_LABELS.join(c.label.words(language) for c in codes) for language in languages})


def _lines(pieces: Iterable[Markup]) -> Markup:
    return Markup("\n".join(piece for piece in pieces if piece))


HEAD = (  # record, book: the same for programs and grants
    Mapped("@xml:lang", "", lambda record, book: web_language(book.language), say("The first language of the site.")),
    Mapped("@default-currency", "", lambda record, book: book.job.settings.currency),
)
REPORTING_ORG = Mapped("reporting-org", "", lambda record, book: book.reporting_org)
STATUS_NOTE = say("As the column “iati” in the list of statuses says. Without that column, as the dates have it.")

PROGRAM = (  # program, book
    *HEAD,
    Mapped("@hierarchy", "", lambda program, book: "1"),
    Mapped("iati-identifier", "programs.id", lambda program, book: book.identifier("program", program.id)),
    REPORTING_ORG,
    Mapped("title/narrative", "programs.title", lambda program, book: book.title(program)),
    Mapped(
        "description[@type=1]/narrative",
        "programs.description, programs.title",
        lambda program, book: program.description or book.title(program),
        say("The title stands in for a description that the records lack: the standard demands one."),
    ),
    Mapped(
        "description[@type=3]/narrative",
        "programs.beneficiary_groups",
        lambda program, book: _labels(program.beneficiary_groups),
    ),
    Mapped(
        "participating-org",
        "programs.customer, programs.donors, programs.implementers",
        lambda program, book: book.participants(
            (ACCOUNTABLE, (program.customer,)), (FUNDING, program.donors), (IMPLEMENTING, program.implementers)
        ),
        say("The customer is accountable (2), donors fund (1), implementers implement (4)."),
    ),
    Mapped("other-identifier[@type=A1]/@ref", "programs.id", lambda program, book: program.id),
    Mapped("activity-status/@code", "programs.status", lambda program, book: book.program_status(program), STATUS_NOTE),
    Mapped(
        "activity-date[@type=1]/@iso-date",
        "programs.year_from",
        lambda program, book: f"{program.year_from:04}-01-01",
        say("The first day of the first year."),
    ),
    Mapped(
        "activity-date[@type=3]/@iso-date",
        "programs.year_to",
        lambda program, book: f"{program.year_to:04}-12-31" if program.year_to else None,
        say("The last day of the last year."),
    ),
    Mapped(
        "recipient-country/@code",
        "programs.places, places.parent, places.iso_code",
        lambda program, book: book.one_country(program.places),
        say("Of the largest place around."),
    ),
    Mapped("location", "programs.places", lambda program, book: _lines(book.location(p.id) for p in program.places)),
    Mapped("sector", "programs.spheres", lambda program, book: book.sector(program.spheres)),
    Mapped("tag", "programs.spheres", lambda program, book: book.tags(program.spheres), say("Where they are several.")),
    Mapped("budget", "budgets.program", lambda program, book: book.budgets(program)),
    Mapped("document-link", "documents.program", lambda program, book: book.documents(program, "programs")),
    Mapped("related-activity", "grants.program", lambda program, book: book.related(program)),
)
GRANT = (  # grant, book
    *HEAD,
    Mapped("@hierarchy", "", lambda grant, book: "2"),
    Mapped("@last-updated-datetime", "grants.changed_on", lambda grant, book: f"{grant.changed_on}T00:00:00Z"),
    Mapped("iati-identifier", "grants.id", lambda grant, book: book.identifier("grant", grant.id)),
    REPORTING_ORG,
    Mapped("title/narrative", "grants.title", lambda grant, book: book.title(grant)),
    Mapped(
        "description[@type=1]/narrative",
        "grants.description, grants.title",
        lambda grant, book: grant.description or book.title(grant),
        say("The title stands in for a description that the records lack: the standard demands one."),
    ),
    Mapped(
        "description[@type=3]/narrative",
        "grants.beneficiary_note, grants.beneficiary_group",
        lambda grant, book: (
            grant.beneficiary_note or (grant.beneficiary_group.label if grant.beneficiary_group else None)
        ),
    ),
    Mapped(
        "participating-org",
        "grants.funder, grants.donor, grants.recipient, grants.partners",
        lambda grant, book: book.participants(
            (FUNDING, (grant.funder, grant.donor)), (IMPLEMENTING, (grant.recipient, *grant.partners))
        ),
        say("Funder and donor fund (1), recipient and partners implement (4)."),
    ),
    Mapped("other-identifier[@type=A1]/@ref", "grants.id", lambda grant, book: grant.id),
    Mapped("other-identifier[@type=A9]/@ref", "grants.agreement_number", lambda grant, book: grant.agreement_number),
    Mapped(
        "activity-status/@code",
        "grants.status, grants.certainty, grants.actual_end",
        lambda grant, book: book.grant_status(grant),
        STATUS_NOTE,
    ),
    Mapped(
        "activity-date[@type=1]/@iso-date", "grants.planned_start", lambda grant, book: parts.exact(grant.planned_start)
    ),
    Mapped(
        "activity-date[@type=2]/@iso-date", "grants.actual_start", lambda grant, book: parts.exact(grant.actual_start)
    ),
    Mapped(
        "activity-date[@type=3]/@iso-date", "grants.planned_end", lambda grant, book: parts.exact(grant.planned_end)
    ),
    Mapped("activity-date[@type=4]/@iso-date", "grants.actual_end", lambda grant, book: parts.exact(grant.actual_end)),
    Mapped(
        "recipient-country/@code",
        "grants.place, places.parent, places.iso_code",
        lambda grant, book: book.country(grant.place.id) if grant.place else None,
        say("Of the largest place around."),
    ),
    Mapped("location", "grants.place", lambda grant, book: book.location(grant.place.id) if grant.place else None),
    Mapped("sector", "grants.sphere", lambda grant, book: book.sector((grant.sphere,) if grant.sphere else ())),
    Mapped("default-finance-type/@code", "", lambda grant, book: STANDARD_GRANT, say("“Standard grant”.")),
    Mapped("planned-disbursement", "payments.grant", lambda grant, book: book.planned_payments(grant)),
    Mapped("transaction", "grants.amount_awarded, payments.grant", lambda grant, book: book.transactions(grant)),
    Mapped("document-link", "documents.grant", lambda grant, book: book.documents(grant, "grants")),
    Mapped(
        "related-activity[@type=1]/@ref",
        "grants.program",
        lambda grant, book: (
            book.identifier("program", grant.program.id)
            if grant.program and grant.program.id in book.children
            else None
        ),
        say("“Parent”, where the program is in the file."),
    ),
)
MAPPING = (
    (heading("Programs → activities of the first level"), PROGRAM),
    (heading("Grants → activities of the second level"), GRANT),
    (heading("This site → reporting-org"), parts.REPORTING),
    (heading("Organizations → participating-org"), parts.PARTICIPANT),
    (heading("Organizations → parties of a transaction"), (*parts.PROVIDER, *parts.RECEIVER)),
    (heading("Places → location"), parts.LOCATION),
    (heading("Spheres → sector and tag"), (*parts.SECTOR, *parts.TAG)),
    (heading("No sphere, or several → sector"), parts.OTHER_SECTOR),
    (heading("Budgets of programs → budget"), parts.BUDGET),
    (heading("Amounts awarded → transaction"), parts.COMMITMENT),
    (heading("Payments made → transaction"), parts.DISBURSEMENT),
    (heading("Payments planned → planned-disbursement"), parts.PLANNED_PAYMENT),
    (heading("Documents → document-link"), parts.DOCUMENT),
    (heading("Pages of this site → document-link"), parts.PAGE),
    (heading("Grants of a program → related-activity"), parts.CHILD),
)


def activities(book: Book, programs: Iterable[Program], grants: Iterable[Grant]) -> Iterator[str]:
    """Every program and then every grant as an iati-activity that ends with a line break."""
    for table, records in ((PROGRAM, programs), (GRANT, grants)):
        write = element_writer("iati-activity", table)
        for record in records:
            yield write(record, book) + "\n"
