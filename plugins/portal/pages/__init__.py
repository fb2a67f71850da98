"""Which pages exist, at which path, with which values. Knows no template language and no file."""

from __future__ import annotations

from collections.abc import Iterator

from .changes import change_pages, day_in, facts
from .lists import list_pages
from .quality import quality_pages
from .records import record_pages
from .site import ContentPage, Page, Site
from .special import alone_pages, special_pages
from .standards import standard_pages

__all__ = ["ContentPage", "Page", "Site", "day_in", "facts", "pages"]


def pages(site: Site) -> Iterator[Page]:
    """Every page: language by language, then those that stand alone."""
    for language in site.settings.languages:
        yield from special_pages(site, language)
        yield from quality_pages(site, language)
        yield from change_pages(site, language)
        yield from standard_pages(site, language)
        yield from list_pages(site, language)
        yield from record_pages(site, language)
    yield from alone_pages(site)
