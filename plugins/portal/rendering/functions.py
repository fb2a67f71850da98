"""What templates may call: addresses, citations, words. The same for all pages of one language and one depth."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from typing import Any

from markupsafe import Markup

from .. import structured
from ..citation import Citation, Cited, cite
from ..model.quick import quick
from ..pages import Site, day_in
from ..releases import Release
from .writing import markup

make_cited = quick(Cited)


def functions(site: Site, language: str, depth: int) -> dict[str, Any]:
    """Name in templates -> function or value."""
    to_root = "../" * depth
    to_language = "../" * (depth - 1) if depth else f"{language}/"
    to_whole = f"{site.settings.site_url}/" if site.settings.site_url else to_root
    whole_root = to_whole if site.settings.site_url else ""

    def url(path: str) -> str:
        """Relative address of a page of the same language; an empty path is the language's home."""
        return to_language + (path or "index.html")

    def root(path: str) -> str:
        """Relative address of a file below the output folder."""
        return to_root + path

    def absolute(path: str) -> str:
        """Whole address of a file below the output folder; relative while the site has no address."""
        return f"{to_whole}{path}"

    def whole(path: str) -> str:
        """For people to copy: a whole address, or while the site has none, the path below it."""
        return f"{whole_root}{path}"

    same = site.cited("webpage", language, "", "", None)
    release_page = site.released and whole(f"{language}/releases/{site.released}.html")

    def cite_page(title: str, path: str) -> Citation:
        """Citation of a page; what stays is the page of the release."""
        whole_path = whole(path)
        return cite(
            make_cited(
                "webpage", title, same.portal, same.version, same.day, whole_path, release_page, same.licence, language
            )
        )

    def cite_release(title: str, path: str, release: Release) -> Citation:
        """Citation of the page of a release: it has the version and the day of that release, not of the records now."""
        cited = site.cited("webpage", language, title, whole(path), None)
        return cite(replace(cited, version=release.version, day=release.day))

    def cite_file(name: str, title: str) -> Citation:
        """Citation of a file of data/ that every release has too."""
        release = site.released and whole(f"data/releases/{site.released}/{name}")
        return cite(site.cited("dataset", language, title, whole(f"data/{name}"), release))

    def breadcrumbs(trail: Iterable[tuple[str, str]]) -> Markup:
        """The way from the home page to this one, for machines: (words, whole address)."""
        return markup(structured.breadcrumbs(trail))

    return {
        "breadcrumbs": breadcrumbs,
        "cite_page": cite_page,
        "cite_file": cite_file,
        "cite_release": cite_release,
        "day_in": partial(day_in, site),
        "page_of": site.addresses.record,  # below the language's folder
        "lang": language,
        "site": site,
        "site_name": site.settings.name.words(language),
        "catalog": site.catalog,
        "settings": site.settings,
        "url": url,
        "root": root,
        "absolute": absolute,
        "structured": structured,
        "words": site.translations.gettext,  # in a language that is not the page's
        "content_pages": {(page.language, page.slug): page for page in site.content},
    }
