"""The page that searches, filters and counts: explore.html."""

from __future__ import annotations

import json
from typing import Any

from ..explorer.fold import fold
from ..explorer.other_words import read_search_words
from ..explorer.page_words import page_words
from ..exports.narrow import different_values
from ..text import Day
from .explore_lists import explore_lists
from .page import Page
from .site import Site

EXPLORE = "explore.html"


def explore_page(site: Site, language: str) -> Page:
    """With the words of its scripts, the index if it is small, and what it shows without scripts."""
    index = site.index
    inline = {path: json.loads(text) for path, text in index.inline.items()} if index and index.inline else None
    return site.page(
        EXPLORE,
        EXPLORE,
        language,
        words=_words(site, language),
        inline=inline,
        index_size=index.octets if index else 0,
        lists=explore_lists(site, language),
        map=site.map,
    )


def _words(site: Site, language: str) -> dict[str, Any]:
    formats, settings, address = site.formats[language], site.settings, f"{language}/{EXPLORE}"
    passed_over, _ = read_search_words(settings.search_words)
    fields = site.portal.package.by_name["grants"].fields
    return {
        **page_words(site.scripts, settings, site.translations, formats, language, currencies=_currencies(site)),
        "fieldLabels": {field.name: field.title.words(language) or field.name for field in fields},
        "licence": {"name": site.licence.name, "path": site.licence.path},
        "portal": settings.name.words(language),
        "version": site.version,
        "date": formats.day(Day(site.data_date.isoformat())),
        "address": f"{settings.site_url}/{address}" if settings.site_url else "",
        "passedOver": sorted({fold(word) for words in passed_over.values() for word in words}),
        "pages": len(site.catalog.grants) <= settings.grant_pages,
    }


def _currencies(site: Site) -> set[str]:
    """Those of the amounts that the page may show."""
    tables = (site.portal.tables.get(name) for name in ("grants", "amount_groups", "payments"))
    found = (different_values(table.records, "currency") for table in tables if table)
    return set().union(*found) - {None}
