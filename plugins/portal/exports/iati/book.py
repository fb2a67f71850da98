"""What the tables of the IATI export look up. The elements that many activities share are written once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property

from ...errors import SettingsError
from ...model import Code, Dated, Grant, Program, Ref
from ...text import Text
from ..job import FOLDER, Job
from . import parts
from .elements import NOTHING, Markup, pieces_writer

STANDARD = "iati"  # in the setting “prefixes”; name of a column that code lists may have
PIPELINE, IMPLEMENTATION, CLOSED = "1", "2", "4"  # status of an activity
IDENTIFIER = re.compile(r"[^/&|?\s]+").fullmatch  # less the characters that IATI bars
COUNTRY = re.compile(r"[A-Z]{2}").fullmatch  # ISO 3166-1


def prefix(job: Job) -> str:
    """What identifiers begin with: what is registered, else something made from the name of the data.

    Raises SettingsError for a registered one that IATI does not take.
    """
    registered = job.settings.prefixes.get(STANDARD)
    if not registered:
        return f"unregistered-{job.name}"
    if not IDENTIFIER(registered):
        raise SettingsError(
            f"PORTAL[“prefixes”][“{STANDARD}”] is “{registered}”, which is no identifier of an organization. "
            "Write the one that IATI knows the publisher by, such as XM-DAC-12345, or remove the line."
        )
    return registered


class Book:
    """What is known of the records besides the one at hand. `programs` and `grants` are those in the file."""

    def __init__(self, job: Job, programs: Iterable[Program], grants: Iterable[Grant]) -> None:
        self.job = job
        self.language = job.settings.languages[0]
        self.prefix = prefix(job)
        self.children: dict[str, list[str]] = {program.id: [] for program in programs}
        self.grant_count = 0
        for grant in grants:
            self.grant_count += 1
            if grant.program and grant.program.id in self.children:
                self.children[grant.program.id].append(grant.id)
        self._organizations = {body.id: body for body in job.portal.catalog.organizations}
        self._places = {place.id: place for place in job.portal.catalog.places}
        self._participant = pieces_writer(parts.PARTICIPANT)
        self._provider, self._receiver = pieces_writer(parts.PROVIDER), pieces_writer(parts.RECEIVER)
        self._location = pieces_writer(parts.LOCATION)
        self._sector, self._other_sector = pieces_writer(parts.SECTOR), pieces_writer(parts.OTHER_SECTOR)
        self._tag = pieces_writer(parts.TAG)
        self._budget, self._planned = pieces_writer(parts.BUDGET), pieces_writer(parts.PLANNED_PAYMENT)
        self._commitment, self._disbursement = pieces_writer(parts.COMMITMENT), pieces_writer(parts.DISBURSEMENT)
        self._document, self._page = pieces_writer(parts.DOCUMENT), pieces_writer(parts.PAGE)
        self._child = pieces_writer(parts.CHILD)
        self._party: Callable[[Callable[..., Markup], str], Markup] = cache(
            lambda write, key: write(self._organizations[key])
        )
        self._participant_once = cache(lambda key, role: self._participant(self._organizations[key], role))
        self.sector = cache(self._sector_of)
        self.location = cache(self._location_of)
        self.country = cache(self._country_of)
        self.code = cache(self._code)

    @cached_property
    def reporting_org(self) -> Markup:
        """The portal as the one that reports."""
        return pieces_writer(parts.REPORTING)(self)

    @property
    def sphere_list(self) -> str | None:
        """Address of the list of spheres, where that of the site is known."""
        return f"{self.job.settings.site_url}/{FOLDER}/spheres.csv" if self.job.settings.site_url else None

    def identifier(self, kind: str, key: str) -> str:
        """The iati-identifier. `kind` keeps a program apart from a grant that has the same key."""
        return f"{self.prefix}-{kind}-{key}"

    def title(self, record: Grant | Program) -> Text:
        """A record without any title goes by its key."""
        return record.title or Text.of({self.language: record.id})

    def participants(self, *roles: tuple[str, Iterable[Ref | None]]) -> Markup:
        """(role, organizations) -> participating-org, every organization once in a role."""
        found = dict.fromkeys((body.id, role) for role, bodies in roles for body in bodies if body)
        return Markup("\n".join([self._participant_once(key, role) for key, role in found]))

    def provider(self, grant: Grant) -> Markup:
        """Who pays."""
        return self._party(self._provider, grant.funder.id)

    def receiver(self, grant: Grant) -> Markup:
        """Who is paid; nothing when the source does not name it."""
        return self._party(self._receiver, grant.recipient.id) if grant.recipient else NOTHING

    def tags(self, spheres: tuple[Code, ...]) -> Markup:
        """The spheres where they are several: sectors would need shares that no record states."""
        return Markup("\n".join([self._tag(sphere, self) for sphere in spheres])) if len(spheres) > 1 else NOTHING

    def one_country(self, places: Iterable[Ref]) -> str | None:
        """The country of all the places; None when they have none or several."""
        found = {self.country(place.id) for place in places}
        return found.pop() if len(found) == 1 else None

    def budgets(self, program: Program) -> Markup:
        """A budget a year and source of money."""
        return Markup("\n".join([self._budget(budget) for budget in program.budgets]))

    def planned_payments(self, grant: Grant) -> Markup:
        """Payments that are planned for a day and that no source calls paid."""
        planned = [payment for payment in payments(grant) if not payment.paid]
        return Markup("\n".join([self._planned(payment, grant, self) for payment in planned]))

    def transactions(self, grant: Grant) -> Markup:
        """The amount awarded, then the payments made."""
        found = [self._disbursement(payment, grant, self) for payment in payments(grant) if payment.paid]
        day = commitment_day(grant)
        if day:
            found.insert(0, self._commitment(day, grant, self))
        return Markup("\n".join(found))

    def documents(self, record: Grant | Program, folder: str) -> Markup:
        """The page of the record in the first language, which links to the others, and its documents."""
        site = self.job.settings.site_url
        address = f"{site}/{self.language}/{self.job.addresses.record(folder, record.id)}"
        links = [self._page(address, self.title(record), self.language)] if site else []
        links += [self._document(document, self) for document in record.documents if self.is_linked(document)]
        return Markup("\n".join(links))

    def is_linked(self, document: Dated) -> bool:
        """Whether a document has what IATI demands: an address, a known format, a title and a category."""
        return bool(document.url and parts.media_type(document.url) and document.title and self.category(document))

    def category(self, document: Dated) -> str | None:
        """In IATI's list, as the list of kinds of documents says."""
        return self.code("document_kinds", document.kind.code) if document.kind else None

    def related(self, program: Program) -> Markup:
        """The grants of a program that are in the file."""
        keys = self.children[program.id]
        return Markup("\n".join([self._child(self.identifier("grant", key)) for key in keys]))

    def grant_status(self, grant: Grant) -> str:
        """IATI's code: that of the code list, else as the days have it."""
        if not grant.is_counted:
            return PIPELINE
        over = grant.actual_end and grant.actual_end.last <= self.job.data_date
        return self.code("grant_statuses", grant.status.code) or (CLOSED if over else IMPLEMENTATION)

    def program_status(self, program: Program) -> str:
        """IATI's code: that of the code list, else as the years have it."""
        year = self.job.data_date.year
        by_years = IMPLEMENTATION
        if program.year_to and program.year_to < year:
            by_years = CLOSED
        elif program.year_from and program.year_from > year:
            by_years = PIPELINE
        return self.code("program_statuses", program.status.code) or by_years

    def _code(self, table: str, code: str) -> str | None:
        """What a code list says in its column “iati”; few have one."""
        record = next((row for row in self.job.rows.get(table, ()) if row["code"] == code), None)
        return record.values.get(STANDARD) if record else None

    def _sector_of(self, spheres: tuple[Code, ...]) -> Markup:
        if len(spheres) == 1:
            return self._sector(spheres[0], self)
        return self._other_sector(parts.SEVERAL if spheres else parts.NOT_SPECIFIED)

    def _location_of(self, key: str) -> Markup:
        place = self._places[key]
        return self._location(place) if place.path else NOTHING  # a country stands in recipient-country

    def _country_of(self, key: str) -> str | None:
        place = self._places[key]
        code = self._places[place.path[-1].id].iso_code if place.path else place.iso_code
        return code if code and COUNTRY(code) else None


def payments(grant: Grant) -> list[Dated]:
    """The payments of a grant that IATI can hold: of a counted grant, with an amount and an exact day."""
    return [payment for payment in grant.payments if grant.is_counted and payment.money and parts.exact(payment.day)]


def commitment_day(grant: Grant) -> str | None:
    """The day on which the awarded amount was promised; None where none is awarded or the day is not known."""
    if not (grant.is_counted and grant.awarded):
        return None
    return parts.exact(grant.agreement_on) or parts.exact(grant.decided_on)
