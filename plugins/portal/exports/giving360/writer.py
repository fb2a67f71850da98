"""A grant as a 360Giving document: fills the tables of mapping.py with what they look up here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from urllib.parse import quote

from ...errors import SettingsError
from ...model import Code, Grant, Money, Organization, Place, Ref, Source
from ...text import Day, Text
from ..job import Job
from ..standards import Document, make_filler
from .choice import listed, told_payments
from .mapping import BENEFICIARIES, DOCUMENT, GRANT, LOCATION, ORGANIZATION, PAYMENT, PROGRAM, REPORT, SPHERE

STANDARD_KEY = "360giving"  # in PORTAL[“prefixes”]
STANDARD_PREFIX = "360G-"
# A register of the list of org-id.guide with a number in it, or an identifier that another 360Giving publisher made.
ORG_ID = re.compile(r"(?:[A-Z]{2}-[A-Z0-9_]+|360G)-.+")
PREFIX = re.compile(r"360G-[A-Za-z0-9_.-]+")
NOT_IN_PREFIXES = re.compile(r"[^A-Za-z0-9_.-]+")
IN_ADDRESSES = ":/?#[]@!$&'()*+,;=%~"  # that an address may hold as it is, besides letters, digits and “_.-”
NATIONAL, SUBNATIONAL = "GLS030", "GLS040"  # in the list of location scopes
BETWEEN_NAMES = "; "
NO_NOTE = Text()
_fill_grant = make_filler(GRANT)
_fill_programme = make_filler(PROGRAM, "grantProgramme[]/")
_fill_organization = make_filler(ORGANIZATION, "recipientOrganization[]/")
_fill_location = make_filler(LOCATION, "beneficiaryLocation[]/")
_fill_sphere = make_filler(SPHERE, "classifications[]/")
_fill_beneficiaries = make_filler(BENEFICIARIES, "classifications[]/")
_fill_payment = make_filler(PAYMENT, "disbursementTransaction[]/")
_fill_document = make_filler(DOCUMENT, "relatedDocument[]/")
_fill_report = make_filler(REPORT, "relatedDocument[]/")


class Writer:
    """The records of a job, ready to be told. Raises SettingsError for a prefix that is none."""

    def __init__(self, job: Job) -> None:
        catalog = job.portal.catalog
        self.prefix = prefix_of(job)
        self.language = language_of(job)
        self._job = job
        self._organizations = {organization.id: organization for organization in catalog.organizations}
        self._places = {place.id: place for place in catalog.places}
        self._ours = job.words(self.language, "classified by this portal")
        self._site = self.uri(job.settings.site_url)
        # What stands in many grants is made once.
        self._organizations_told: dict[str, Document] = {}
        self._locations_told: dict[tuple[str, Text], list[Document]] = {}
        self._programmes_told: dict[str, list[Document]] = {}
        self._spheres_told: dict[tuple[str, bool], Document] = {}
        self._beneficiaries_told: dict[tuple[str, Text], Document] = {}

    def grant(self, grant: Grant) -> Document:
        """The document of a grant that choice.told() lets through."""
        return _fill_grant(grant, self)

    def grant_id(self, identifier: str) -> str:
        """Behind the prefix, unless a 360Giving publisher gave it out already."""
        return identifier if identifier.startswith(STANDARD_PREFIX) else f"{self.prefix}-{identifier}"

    def organization_id(self, organization: Organization) -> str:
        """An identifier that no other organization has, wherever the file is put beside others."""
        known = organization.registration_id
        if known and ORG_ID.fullmatch(known):
            return known
        is_given = organization.id.startswith(STANDARD_PREFIX)
        return organization.id if is_given else f"{self.prefix}-ORG-{organization.id}"

    def organization(self, ref: Ref) -> Document:
        """A 360Giving Organization."""
        if ref.id not in self._organizations_told:
            self._organizations_told[ref.id] = _fill_organization(self._organizations[ref.id], self)
        return self._organizations_told[ref.id]

    def programmes(self, ref: Ref | None) -> list[Document]:
        """The program as the only GrantProgramme of a list; an empty list for none."""
        if not ref:
            return []
        if ref.id not in self._programmes_told:
            self._programmes_told[ref.id] = [_fill_programme(ref, self)]
        return self._programmes_told[ref.id]

    def other_names(self, organization: Organization) -> str:
        """Every name but the one in use, once each."""
        texts = [organization.name, *(other.name for other in organization.other_names)]
        names = dict.fromkeys(words for text in texts for _, words in text.versions)
        names.pop(self.words(organization.name), None)
        return BETWEEN_NAMES.join(names)

    def locations(self, ref: Ref | None, note: Text = NO_NOTE) -> list[Document]:
        """The place as the only Location of a list; an empty list for no place."""
        if not ref:
            return []
        if (ref.id, note) not in self._locations_told:
            self._locations_told[ref.id, note] = [_fill_location(self._places[ref.id], note, self)]
        return self._locations_told[ref.id, note]

    def country(self, place: Place) -> str | None:
        """Code of the country that the place is, or lies in, when the standard lists it."""
        around = (place, *(self._places[ref.id] for ref in place.path))
        return next((each.iso_code for each in around if each.iso_code in listed("countryCode")), None)

    @staticmethod
    def geographic_code(place: Place) -> str | None:
        """In the classifier of the country, else in ISO 3166-2; a country has only its country code."""
        return place.code or (place.iso_code if "-" in (place.iso_code or "") else None)

    def scope(self, ref: Ref | None) -> str | None:
        """Code of the location scope, for the two that the records are sure of."""
        place = self._places[ref.id] if ref else None
        if not place or not place.iso_code:
            return None
        if place.iso_code in listed("countryCode"):
            return NATIONAL
        country = self._places[place.path[0].id].iso_code if place.path else None
        is_in_it = country in listed("countryCode") and place.iso_code.startswith(f"{country}-")
        return SUBNATIONAL if is_in_it else None

    def classifications(self, grant: Grant) -> list[Document]:
        """The sphere, then the beneficiaries."""
        found = []
        if grant.sphere:
            found.append(self._sphere(grant.sphere, grant.sphere_is_ours))
        if grant.beneficiary_group or grant.beneficiary_note:
            found.append(self._beneficiaries(grant.beneficiary_group, grant.beneficiary_note))
        return found

    def vocabulary(self, codelist: str) -> str:
        """A name for one of our code lists that says whose it is."""
        return f"{self._job.name}/{codelist}"

    def sphere_description(self, sphere: Code, *, is_ours: bool) -> str:
        """What the sphere is, and whether the portal chose it."""
        about = self.words(sphere.description)
        return "; ".join(part for part in (about, self._ours if is_ours else "") if part)

    def payments(self, grant: Grant) -> list[Document]:
        """Transactions of the payments made, the oldest first."""
        return [_fill_payment(payment, self) for payment in told_payments(grant)]

    def papers(self, grant: Grant) -> list[Document]:
        """Documents, then reports."""
        documents = [_fill_document(item, self) for item in grant.documents]
        return documents + [_fill_report(item, self) for item in grant.reports]

    def source(self, sources: Iterable[Source]) -> str | None:
        """Address of the first source that has one."""
        return self.uri(next((source.url for source in sources if source.url), None))

    def page(self, kind: str, identifier: str) -> str | None:
        """Address of a record's page, when the site's address is known."""
        page = self._job.addresses.record(kind, identifier)
        return f"{self._site}/{self.language}/{page}" if self._site else None

    def words(self, text: Text) -> str:
        """The text in the language of the file, else in the first that has it."""
        for language, words in text.versions:  # what Text.words() does, without the object between
            if language == self.language:
                return words
        return text.words(self.language)

    def joined(self, *texts: Text) -> str:
        """Several texts as paragraphs."""
        return "\n\n".join(self.words(text) for text in texts if text)

    @staticmethod
    def number(money: Money | None) -> int | float | None:
        """The amount as the standard wants it: a number, not text."""
        return None if money is None else _number(money.amount)

    @staticmethod
    def degrees(value: Decimal | None) -> int | float | None:
        """A latitude or longitude as a number."""
        return None if value is None else _number(value)

    @staticmethod
    def day(day: Day | None) -> str | None:
        """A day, month or year."""
        return day.text if day else None

    @staticmethod
    def full_day(day: Day | None) -> str | None:
        """A day; None for a month or year."""
        return day.text if day and day.is_exact else None

    @staticmethod
    def uri(address: str | None) -> str | None:
        """The address in the letters that the standard allows: others are written as %D1%8F."""
        return quote(address, safe=IN_ADDRESSES) if address else None

    def _sphere(self, sphere: Code, is_ours: bool) -> Document:
        key = sphere.code, is_ours
        if key not in self._spheres_told:
            self._spheres_told[key] = _fill_sphere(sphere, is_ours, self)
        return self._spheres_told[key]

    def _beneficiaries(self, group: Code | None, note: Text) -> Document:
        key = group.code if group else "", note
        if key not in self._beneficiaries_told:
            self._beneficiaries_told[key] = _fill_beneficiaries(group, note, self)
        return self._beneficiaries_told[key]


def prefix_of(job: Job) -> str:
    """The registered prefix, else one made of the name of the data. Raises SettingsError when it is no prefix."""
    prefix = job.settings.prefixes.get(STANDARD_KEY)
    if not prefix:
        return STANDARD_PREFIX + NOT_IN_PREFIXES.sub("-", job.name)
    if not PREFIX.fullmatch(prefix):
        raise SettingsError(
            f"PORTAL[“prefixes”][“{STANDARD_KEY}”] is “{prefix}”. Write the prefix that 360Giving gave you, "
            "such as 360G-example, or leave the setting out."
        )
    return prefix


def language_of(job: Job) -> str:
    """English when the site has it, as the tools that read the standard are in English; else the first language."""
    languages = job.settings.languages
    return next((language for language in languages if language.partition("_")[0] == "en"), languages[0])


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
