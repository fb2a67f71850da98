"""What the explore page shows without its script: lists that were made in advance, each value with its file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..model import Figures, Grant, Ref
from ..text import Text
from .site import NOTHING, Site

LONGEST = 50  # values of a list; the page that it links has all of them
ALL_SHOWN = 300  # with at most so many grants, the page shows every one of them


@dataclass(frozen=True, slots=True)
class Listed:
    """A value with a page of its own, and a file of the grants of that page beside it."""

    ref: Ref
    figures: Figures  # of the grants in which it is what the list says
    rows: (
        int  # of the file; more than that where an organization also takes another part, or where grants are announced
    )


@dataclass(frozen=True, slots=True)
class ValueList:
    """The values of a kind that have grants."""

    kind: str  # year, funder, recipient, program, place or sphere
    folder: str  # of the pages and files of its values, below the language's folder; index.html in it lists them all
    values: tuple[Listed, ...]  # years newest first; the others with the most grants first, at most LONGEST
    count: int  # how many there are


@dataclass(frozen=True, slots=True)
class ExploreLists:
    """The lists, and the grants themselves where they are few."""

    lists: tuple[ValueList, ...]  # those without a value are left out
    grants: Sequence[Grant]  # newest first; all of them, or none where they are too many for a page


def explore_lists(site: Site, language: str) -> ExploreLists:
    """The lists for a reader of the language, which decides the order of values with equally many grants."""
    catalog = site.catalog
    organizations = [Ref(one.id, one.name) for one in catalog.organizations]
    kinds = (
        _years(site),
        _largest(site, language, "funder", "organizations", organizations),
        _largest(site, language, "recipient", "organizations", organizations),
        _largest(site, language, "program", "programs", (Ref(one.id, one.title) for one in catalog.programs)),
        _largest(site, language, "place", "places", (Ref(one.id, one.name) for one in catalog.places)),
        _largest(site, language, "sphere", "spheres", (Ref(one.code, one.label) for one in catalog.spheres)),
    )
    is_small = len(catalog.grants) <= min(ALL_SHOWN, site.settings.grant_pages)
    return ExploreLists(
        lists=tuple(one for one in kinds if one.values),
        grants=catalog.grants if is_small else (),
    )


def _years(site: Site) -> ValueList:
    years = [Ref(str(year), Text()) for year in sorted(site.years, reverse=True)]
    found = [_listed(site, "year", "years", ref) for ref in years if _has_grants(site, "year", ref)]
    return ValueList("year", "years", tuple(found[:LONGEST]), len(found))


def _largest(site: Site, language: str, kind: str, folder: str, refs: Iterable[Ref]) -> ValueList:
    found = site.sorted((ref for ref in refs if _has_grants(site, kind, ref)), language, lambda ref: ref.name)
    found.sort(key=lambda ref: site.figures_of(kind, ref.id).grants, reverse=True)  # stable: the alphabet stays within
    return ValueList(kind, folder, tuple(_listed(site, kind, folder, ref) for ref in found[:LONGEST]), len(found))


def _has_grants(site: Site, kind: str, ref: Ref) -> bool:
    return site.figures_of(kind, ref.id) != NOTHING


def _listed(site: Site, kind: str, folder: str, ref: Ref) -> Listed:
    rows = len(site.grants_of(folder.removesuffix("s"), ref.id))
    return Listed(ref, site.figures_of(kind, ref.id), rows)
