"""What pages are made from, and what a page is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from ..addresses import Addresses, addresses_of
from ..citation import Cited, SpeaksOf
from ..digests import Digests, short_digest
from ..errors import Message
from ..explorer import Index
from ..exports import Download
from ..exports.standards import LeftOut, Standard
from ..grants import StoredGrants
from ..i18n import Formats, Translations, formats_of, language_name
from ..map import Map, draw_map
from ..model import Call, Catalog, CoverageEntry, CoverageYear, Figures, Grant, Place, Program, Ref, Total
from ..past import Past
from ..pipeline import Portal
from ..quality import Point, Quality, measure, trend
from ..scratch import in_order
from ..settings import Settings
from ..text import Text
from .downloads import choose
from .page import ContentPage, Page

NOTHING = Figures()
LATEST = 5  # grants, and programs, on the home page
ROWS_SHOWN = 500  # grants on one page; beyond that a phone suffers, and the page offers its CSV
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Licence:
    """What may be done with the data."""

    name: str
    path: str  # its text on the web


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from."""

    portal: Portal
    settings: Settings
    translations: Translations
    content: tuple[ContentPage, ...]
    downloads: tuple[Download, ...]
    data_date: date
    version: str  # of the records; see Job.version
    past: Past  # what releases tell about the records
    standards: tuple[tuple[Standard, tuple[LeftOut, ...]], ...] = ()  # that were published in, with what was left out
    index: Index | None = None  # of the explorer
    scripts: Path = Path()  # folder of the explorer's scripts
    digests: Digests | None = None  # of grants; None for a portal whose pages are all made at every build

    @property
    def released(self) -> str | None:
        """The version of the records, when it is a release."""
        return self.portal.released.version if self.portal.released else None

    def cited(self, kind: SpeaksOf, language: str, title: str, address: str, permanent: str | None) -> Cited:
        """A page or file of the site, to be cited."""
        name = self.settings.name.words(language)
        version, day, licence = self.version, self.data_date, self.licence.name
        return Cited(kind, title, name, version, day, address, permanent, licence, language)

    @cached_property
    def addresses(self) -> Addresses:
        """Where readers find the records."""
        return addresses_of(self.settings, self.past)

    @property
    def catalog(self) -> Catalog:
        """The linked records."""
        return self.portal.catalog

    def page(self, template: str, path: str, language: str, *, made_from: str = "", **values: Any) -> Page:
        """A page that exists in every language at the same path below the language's folder."""
        alternates = tuple((other, f"{other}/{path}") for other in self.settings.languages)
        return Page(template, f"{language}/{path}", language, values, alternates, made_from)

    def page_written_in(
        self, languages: Collection[str], template: str, path: str, language: str, **values: Any
    ) -> Page:
        """The same of a page that only some of the languages have."""
        whole = self.page(template, path, language, **values)
        alternates = tuple(one for one in whole.alternates if one[0] in languages)
        if alternates == whole.alternates:
            return whole
        choices = tuple(one if one in alternates else (one[0], f"{one[0]}/index.html") for one in whole.alternates)
        return replace(whole, alternates=alternates, choices=choices)

    def made_from(self, kind: str, identifier: str) -> str:
        """Digest of the grants that stand on a page, and of all warnings."""
        if not self.digests:
            return ""
        own = self.digests.subjects.get((kind, identifier), self.digests.no_grants)
        if kind == "year":  # its totals count grants of other years as well
            return own + short_digest([self.years.get(int(identifier))])
        return own

    def grants_of(self, kind: str, identifier: str) -> Sequence[Grant]:
        """Grants that stand on a page, newest first."""
        return self.catalog.members.get((kind, identifier), ())

    @property
    def has_prepared_files(self) -> bool:
        """Whether a CSV and a JSON of its grants stand beside the page of an organization, program, place and so on."""
        return len(self.catalog.grants) <= self.settings.prepared_files

    @property
    def grant_ids(self) -> Iterable[str]:
        """Of every grant, newest first."""
        grants = self.catalog.grants
        return grants.ids if isinstance(grants, StoredGrants) else (grant.id for grant in grants)

    @cached_property
    def latest(self) -> tuple[Grant, ...]:
        """The newest grants that count."""
        return tuple(islice((grant for grant in self.catalog.grants if grant.is_counted), LATEST))

    def figures_of(self, kind: str, identifier: str = "") -> Figures:
        """What can be counted in them."""
        return self.catalog.figures.get((kind, identifier), NOTHING)

    def sorted(self, items: Iterable[Item], language: str, name: Callable[[Item], Text]) -> list[Item]:
        """Items in the alphabetical order of the language."""
        items = list(items)
        return [items[i] for i in in_order([name(i).words(language) for i in items], language)]

    @property
    def licence(self) -> Licence:
        """The first licence of the package."""
        first = (self.portal.package.descriptor.get("licenses") or [{}])[0]
        return Licence(first.get("title") or first.get("name") or "", first.get("path") or "")

    @cached_property
    def places(self) -> dict[str, Place]:
        """Identifier -> Place."""
        return {place.id: place for place in self.catalog.places}

    def row_count(self, resource: str) -> int:
        """Rows of a table."""
        return len(self.portal.tables[resource].records)

    def downloads_of(self, resource: str, language: str) -> list[Download]:
        """Files of one table for a reader of the language."""
        return [d for d in self.downloads if d.resource == resource and d.language in (None, language)]

    def chosen_downloads(self, language: str) -> list[tuple[Download, Message]]:
        """The files that most readers want, with what each is for."""
        return list(choose(self.downloads, language))

    def language_name(self, code: str, reader: str) -> str:
        """Name of a language for a reader: the publisher's own, else Babel's."""
        own = self.settings.language_names.get(code)
        return own.words(reader) if own else language_name(code, reader)

    @cached_property
    def formats(self) -> dict[str, Formats]:
        """Language -> how it writes numbers and days."""
        return formats_of(self.settings)

    @cached_property
    def map(self) -> Map | None:
        """The drawing of the regions with the counted grants in each; None for a portal without a map."""
        for item in self.portal.package.files:
            if self.settings.map and item["name"] == self.settings.map:
                counts = {place.id: self.figures_of("place", place.id).grants for place in self.catalog.places}
                return draw_map(self.settings.data / item["path"], counts)
        return None

    @cached_property
    def years(self) -> dict[int, CoverageYear | None]:
        """Every year of which anything is known, oldest first, with its coverage."""
        catalog = self.catalog
        coverage = {year.year: year for year in catalog.coverage}
        known = {*coverage, *(total.year for total in catalog.totals), *(call.year for call in catalog.calls)}
        return {year: coverage.get(year) for year in sorted(known)}

    @cached_property
    def programs_by(self) -> dict[str, tuple[Program, ...]]:
        """Organization or place -> programs that name it."""
        return _index(
            (subject, program)
            for program in self.catalog.programs
            for subject in _ids(program.customer, *program.donors, *program.implementers, *program.places)
        )

    @cached_property
    def calls_by(self) -> dict[str, tuple[Call, ...]]:
        """Customer, program, place or a place around it -> calls."""
        return _index(
            (subject, call)
            for call in self.catalog.calls
            for subject in _ids(call.customer, call.program, call.place, *call.place_path)
        )

    @cached_property
    def totals_by(self) -> dict[str, tuple[Total, ...]]:
        """Organization, program, place or year -> totals about it."""
        return _index(
            (subject, total)
            for total in self.catalog.totals
            for subject in [*_ids(total.organization, total.program, total.place), str(total.year)]
        )

    @cached_property
    def quality(self) -> Quality:
        """How full the records are, body by body."""
        return measure(self.portal, self.settings.languages)

    @cached_property
    def quality_trends(self) -> Mapping[str | None, tuple[Point, ...]]:
        """The same of the grants of each body, None for all together, release by release."""
        return trend(self.portal, self.settings.languages)

    @cached_property
    def coverage_by(self) -> dict[str, tuple[CoverageEntry, ...]]:
        """Organization -> what is known of its publishing, newest first."""
        return _index((entry.organization.id, entry) for year in self.catalog.coverage for entry in year.entries)


def _ids(*refs: Ref | None) -> list[str]:
    return list(dict.fromkeys(ref.id for ref in refs if ref))


def _index(pairs: Iterable[tuple[str, Item]]) -> dict[str, tuple[Item, ...]]:
    found: defaultdict[str, list[Item]] = defaultdict(list)
    for subject, item in pairs:
        found[subject].append(item)
    return {subject: tuple(items) for subject, items in found.items()}
