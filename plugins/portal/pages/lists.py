"""Pages that list the records of a kind, with their totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..grants import first_grants, grants_between
from ..model import Code, CoverageYear, Figures, Grant, Organization, Place
from .page import Page
from .site import ROWS_SHOWN, Site

LINES = 1_000  # grants on a page of lines: 300 kB


@dataclass(frozen=True, slots=True)
class Lines:
    """A page with a line a grant, for readers without JavaScript of a portal whose grants are cards."""

    path: str  # below the language's folder
    first: int  # place of the first grant among all, counted from 1
    last: int
    grants: Sequence[Grant]


def list_pages(site: Site, language: str) -> Iterator[Page]:
    """Lists of grants, programs, calls, organizations, places, spheres, years, totals, contradictions and sources."""
    catalog = site.catalog
    years = [(year.year, site.figures_of("year", str(year.year)), year) for year in catalog.coverage if year.grants]
    lines = grant_lines(site)
    yield site.page(
        "grant_list.html",
        "grants/index.html",
        language,
        grants=first_grants(catalog.grants, ROWS_SHOWN),
        count=len(catalog.grants),
        figures=site.figures_of("all"),
        years=years,
        lines=lines,
    )
    for before, page, after in zip([None, *lines], lines, [*lines[1:], None], strict=False):
        yield site.page("grant_lines.html", page.path, language, lines=page, before=before, after=after)
    yield site.page(
        "program_list.html",
        "programs/index.html",
        language,
        rows=[(program, site.figures_of("program", program.id)) for program in catalog.programs],
    )
    yield site.page("call_list.html", "calls/index.html", language, calls=catalog.calls)
    yield site.page("organization_list.html", "organizations/index.html", language, groups=_by_kind(site, language))
    yield site.page("place_list.html", "places/index.html", language, places=_tree(site, language), map=site.map)
    spheres = [(sphere, site.figures_of("sphere", sphere.code)) for sphere in catalog.spheres]
    yield site.page("sphere_list.html", "spheres/index.html", language, rows=spheres)
    yield site.page("year_list.html", "years/index.html", language, years=_years(site))
    yield site.page("total_list.html", "totals.html", language, totals=catalog.totals)
    yield site.page("contradiction_list.html", "contradictions.html", language, contradictions=catalog.contradictions)
    yield site.page("source_list.html", "sources/index.html", language, sources=catalog.sources)


def grant_lines(site: Site) -> list[Lines]:
    """The pages of lines, newest first; none when each grant has a page, or there are too many for any page."""
    is_listed = not site.addresses.has_grant_pages and len(site.catalog.grants) <= site.settings.all_formats
    grants = site.catalog.grants if is_listed else ()
    return [
        Lines(f"grants/list-{number}.html", start + 1, start + len(shown), shown)
        for number, start in enumerate(range(0, len(grants), LINES), start=1)
        for shown in [grants_between(grants, start, start + LINES)]
    ]


def _by_kind(site: Site, language: str) -> list[tuple[Code, list[tuple[Organization, Figures, Figures]]]]:
    """Kinds in the order of their list, each with its organizations from A to Z, what they gave and received."""
    ordered = site.sorted(site.catalog.organizations, language, lambda organization: organization.name)
    kinds = list(site.catalog.codes["organization_kinds"])
    ordered.sort(key=lambda organization: kinds.index(organization.kind.code))  # stable: the alphabet stays within
    return [
        (kind, [(o, site.figures_of("funder", o.id), site.figures_of("recipient", o.id)) for o in found])
        for kind, found in groupby(ordered, key=lambda organization: organization.kind)
    ]


def _tree(site: Site, language: str) -> list[tuple[int, Place, Figures]]:
    """Places with their depth, each followed by its parts, from A to Z."""
    by_id = {place.id: place for place in site.catalog.places}
    roots = [place for place in site.catalog.places if not place.path]

    def walk(places: list[Place], depth: int) -> Iterator[tuple[int, Place, Figures]]:
        for place in site.sorted(places, language, lambda place: place.name):
            yield depth, place, site.figures_of("place", place.id)
            yield from walk([by_id[part.id] for part in place.parts], depth + 1)

    return list(walk(roots, 0))


def _years(site: Site) -> list[tuple[int, Figures, int, CoverageYear | None]]:
    """Every year of which anything is known, newest first: year, figures, number of totals, coverage."""
    return [
        (year, site.figures_of("year", str(year)), len(site.totals_by.get(str(year), ())), coverage)
        for year, coverage in reversed(site.years.items())
    ]
