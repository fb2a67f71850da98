"""Which pages exist, at which path, with which values. Knows no template language and no file."""

from __future__ import annotations

from collections.abc import Iterator

from .changes import ChangePages, day_in, facts
from .lists import list_pages
from .page import ContentPage, Page
from .quality import quality_pages
from .records import grant_pages, record_pages
from .site import Site
from .special import alone_pages, special_pages
from .standards import standard_pages

__all__ = ["ContentPage", "Page", "Site", "day_in", "facts", "grant_pages", "pages"]


def pages(site: Site, only: str = "") -> Iterator[Page]:
    """Every page but those of single grants: language by language, then those that stand alone.

    `only` names a folder of pages; then the others are left out.
    """
    if only:
        families = (list_pages,) if only == "grants" else (list_pages, record_pages)
        for language in site.settings.languages:
            for family in families:
                yield from (page for page in family(site, language) if page.path.startswith(f"{language}/{only}/"))
        return
    change_pages = ChangePages(site)
    for language in site.settings.languages:
        yield from special_pages(site, language)
        yield from quality_pages(site, language)
        yield from change_pages(language)
        yield from standard_pages(site, language)
        yield from list_pages(site, language)
        yield from record_pages(site, language)
    yield from alone_pages(site)
