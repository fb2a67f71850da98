"""Pages of single records: grant, program, call, organization, place, sphere, year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..grants import first_grants
from ..model import Grant
from .page import Page
from .quality import MOST_POINTS
from .site import ROWS_SHOWN, Site

PARTS = ("funder", "recipient", "partner", "donor")  # what an organization can be in a grant


def grant_pages(site: Site, grants: Iterable[Grant]) -> Iterator[Page]:
    """The pages of each grant, one a language. Site.page() makes the same in twice the time, one by one."""
    for grant in grants:
        path = f"grants/{grant.id}.html"
        alternates = tuple([(language, f"{language}/{path}") for language in site.settings.languages])
        made_from = site.digests.grants[grant.id] if site.digests else ""
        for language, whole_path in alternates:
            yield Page("grant.html", whole_path, language, {"grant": grant}, alternates, made_from)


def record_pages(site: Site, language: str) -> Iterator[Page]:
    """One page a record, but for grants."""
    catalog = site.catalog
    for program in catalog.programs:
        yield _with_grants(
            site,
            "program",
            program.id,
            language,
            program=program,
            calls=site.calls_by.get(program.id, ()),
            totals=site.totals_by.get(program.id, ()),
            contradictions=[c for c in catalog.contradictions if c.program and c.program.id == program.id],
        )
    for call in catalog.calls:
        grants = site.grants_of("call", call.id)
        made_from = site.made_from("call", call.id)
        yield site.page(
            "call.html",
            f"calls/{call.id}.html",
            language,
            made_from=made_from,
            call=call,
            grants=first_grants(grants, ROWS_SHOWN),
            cut=ROWS_SHOWN if len(grants) > ROWS_SHOWN else 0,
        )
    for organization in catalog.organizations:
        parts = [
            (part, site.grants_of(part, organization.id), site.figures_of(part, organization.id)) for part in PARTS
        ]
        yield _with_grants(
            site,
            "organization",
            organization.id,
            language,
            organization=organization,
            parts=[(part, first_grants(grants, ROWS_SHOWN), figures) for part, grants, figures in parts if grants],
            programs=site.programs_by.get(organization.id, ()),
            calls=site.calls_by.get(organization.id, ()),
            totals=site.totals_by.get(organization.id, ()),
            coverage=site.coverage_by.get(organization.id, ()),
            quality=site.quality.by_organization.get(organization.id),
            trend=site.quality_trends.get(organization.id, ())[-MOST_POINTS:],
            contradictions=[
                c for c in catalog.contradictions if c.organization and c.organization.id == organization.id
            ],
        )
    for place in catalog.places:
        yield _with_grants(
            site,
            "place",
            place.id,
            language,
            place=place,
            parts=[(part, site.figures_of("place", part.id)) for part in place.parts],
            programs=site.programs_by.get(place.id, ()),
            calls=site.calls_by.get(place.id, ()),
            totals=site.totals_by.get(place.id, ()),
            seats=[o for o in catalog.organizations if o.place and o.place.id == place.id],
        )
    for sphere in catalog.spheres:
        programs = [program for program in catalog.programs if sphere in program.spheres]
        calls = [call for call in catalog.calls if call.sphere == sphere]
        yield _with_grants(site, "sphere", sphere.code, language, sphere=sphere, programs=programs, calls=calls)
    for year, coverage in site.years.items():
        yield _with_grants(
            site,
            "year",
            str(year),
            language,
            year=year,
            coverage=coverage,
            totals=site.totals_by.get(str(year), ()),
            calls=[call for call in catalog.calls if call.year == year],
            contradictions=[c for c in catalog.contradictions if c.year == year],
        )


def _with_grants(site: Site, kind: str, identifier: str, language: str, **values: object) -> Page:
    grants = site.grants_of(kind, identifier)
    return site.page(
        f"{kind}.html",
        f"{kind}s/{identifier}.html",
        language,
        made_from=site.made_from(kind, identifier),
        grants=first_grants(grants, ROWS_SHOWN),
        count=len(grants),
        cut=ROWS_SHOWN if len(grants) > ROWS_SHOWN else 0,
        figures=site.figures_of(kind, identifier),
        beside=f"{kind}s/{identifier}" if site.has_prepared_files else "",
        **values,
    )
