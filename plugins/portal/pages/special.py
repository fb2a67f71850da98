"""Home, coverage, data, pages of content/; and those that stand alone: front door, 404, sitemap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from ..calendar import deadlines
from ..charts import money_by_year
from ..desk.rules import TableRules
from ..digests import short_digest
from ..errors import SettingsError
from ..model import Call, CoverageYear, Total
from .downloads import main_downloads
from .explore import explore_page
from .page import Page
from .site import LATEST, Site
from .standards import standard_rows

MOST_ADDRESSES = 50_000  # in a list for search engines
HOME, GLOSSARY = "home", "glossary"  # slugs of content pages with a part of their own

Entry = tuple[str, tuple[tuple[str, str], ...]]  # a path; and language -> path of the same page, of each language


def special_pages(site: Site, language: str) -> Iterator[Page]:
    """The pages of a language that are no list and no record."""
    catalog, package = site.catalog, site.portal.package
    content = [page for page in site.content if page.language == language]
    intro = next((page for page in content if page.slug == HOME), None)
    yield site.page(
        "home.html",
        "index.html",
        language,
        intro=intro,
        headline=headline(site),
        figures=site.figures_of("all"),
        gap=gap(site),
        chart=money_by_year(catalog.totals, site.settings.currency),
        map=site.map,
        latest=site.latest,
        programs=catalog.programs[:LATEST],
        downloads=main_downloads(site.downloads, language),
    )
    yield site.page("coverage.html", "coverage.html", language, years=catalog.coverage)
    yield site.page(
        "data.html",
        "data.html",
        language,
        downloads=site.downloads,
        resources=package.resources,
        standards=standard_rows(site),
    )
    yield explore_page(site, language)
    yield site.page("verify.html", "verify.html", language)
    desk_tables = [TableRules(one, site.settings.languages) for one in package.resources if not one.is_codelist]
    yield site.page("check.html", "check.html", language, desk_tables=desk_tables)
    yield site.page("calendar.ics", "feeds/deadlines.ics", language, text=_deadlines(site, language))
    for page in content:
        if page.slug != HOME:
            template = f"{GLOSSARY}.html" if page.slug == GLOSSARY else "content.html"
            languages = {other.language for other in site.content if other.slug == page.slug}
            path = f"{page.slug}.html"
            yield site.page_written_in(languages, template, path, language, text=page, terms=catalog.terms)


def alone_pages(site: Site) -> Iterator[Page]:
    """Pages that speak all languages, or none. The list for search engines is made from all."""
    first = site.settings.languages[0]
    intros = {page.language: page for page in site.content if page.slug == HOME}
    front_door = {"intros": intros, "headline": headline(site), "gap": gap(site)}
    yield Page("front_door.html", "index.html", first, front_door)
    yield Page("404.html", "404.html", first, {})
    yield Page("robots.txt", "robots.txt", first, {})
    yield Page("service-worker.js", "service-worker.js", first, {})  # here, as it serves only what is below it


def sitemap_pages(site: Site, written: Sequence[Page]) -> Iterator[Page]:
    """The list of all pages for search engines, with the same page in the other languages.

    `written` are all but those of grants. A list holds 50,000 addresses, as the standard has it; of more pages there
    are several, and the first is a list of these.
    """
    unlisted = ("404.html", "tombstone.html")
    listed = [
        (one.path, one.alternates) for one in written if one.path.endswith(".html") and one.template not in unlisted
    ]
    grants = len(site.catalog.grants) * len(site.settings.languages) if site.addresses.has_grant_pages else 0
    made_from = short_digest(chain(listed, site.grant_ids)) if site.digests else ""
    first = site.settings.languages[0]
    if len(listed) + grants <= MOST_ADDRESSES:
        yield Page("sitemap.xml", "sitemap.xml", first, {"entries": _Entries(site, listed)}, made_from=made_from)
        return
    parts = [f"sitemap-{number + 1}.xml" for number in range(-(-(len(listed) + grants) // MOST_ADDRESSES))]
    yield Page("sitemap_index.xml", "sitemap.xml", first, {"parts": parts}, made_from=made_from)
    for number, part in enumerate(parts):
        entries = _Entries(site, listed, number * MOST_ADDRESSES)
        yield Page("sitemap.xml", part, first, {"entries": entries}, made_from=made_from)


@dataclass(frozen=True, slots=True)
class _Entries:
    """Addresses of one list. Each walk begins anew: lists are made in several processes, and some pages twice."""

    site: Site
    listed: Sequence[Entry]  # all but those of grants
    start: int = 0

    def __iter__(self) -> Iterator[Entry]:
        grants = _grant_addresses(self.site) if self.site.addresses.has_grant_pages else ()
        return islice(chain(self.listed, grants), self.start, self.start + MOST_ADDRESSES)


def _grant_addresses(site: Site) -> Iterator[Entry]:
    for identifier in site.grant_ids:
        path = site.addresses.record("grants", identifier)
        alternates = tuple((language, f"{language}/{path}") for language in site.settings.languages)
        yield from ((address, alternates) for _, address in alternates)


def _deadlines(site: Site, language: str) -> str:
    """The deadlines of calls as a calendar; events link to their pages when the site knows its address."""

    def address(call: Call) -> str:
        return f"{site.settings.site_url}/{language}/calls/{call.id}.html"

    return deadlines(
        site.catalog.calls,
        language,
        name=site.settings.name.words(language),
        package=site.portal.package.name,
        day=site.data_date,
        words=lambda message: site.translations.message(language, message),
        address=address if site.settings.site_url else None,
    )


def headline(site: Site) -> list[Total]:
    """The totals that the publisher chose to show large, in the publisher's order. Raises SettingsError."""
    by_id = {total.id: total for total in site.catalog.totals}
    for identifier in site.settings.headline:
        if identifier not in by_id:
            raise SettingsError(f"PORTAL[“headline”] names “{identifier}”, which is no total. Correct or remove it.")
    return [by_id[identifier] for identifier in site.settings.headline]


def gap(site: Site) -> CoverageYear | None:
    """The year whose grants are drawn as squares; None when no source counts them."""
    for year in site.catalog.coverage:
        if year.year == site.settings.gap_year and year.reported:
            return year
    return None
