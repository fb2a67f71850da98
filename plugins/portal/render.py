"""Page -> text, by the theme's templates.

Pages of one language and one depth of folders share a Jinja environment whose globals are the language, the words and
the way to the other pages. So a component is imported once, not once a page, which halved the time of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from . import structured
from .citation import Citation, cite
from .errors import Message
from .i18n import Translations, language_name
from .model import Money
from .pages import Page, Site, day_in, facts
from .releases import Release
from .rendering import make_environment
from .text import Day

Renderer = Callable[[Page], str]


def make_renderer(site: Site, folders: Iterable[str | Path], kept: Path) -> Renderer:
    """A function that renders a page. `folders` are searched for templates in their order.

    Compiled templates stay in the folder `kept`, for the other environments and the next build: a second of six.
    They are known by their content; the folder may be deleted at any time.
    """
    kept.mkdir(parents=True, exist_ok=True)
    loader = FileSystemLoader([str(folder) for folder in folders])

    @cache
    def environment(language: str, depth: int) -> Environment:
        made = make_environment(loader, kept, _Words(site.translations, language))
        made.globals.update(_globals(site, language, depth))
        made.filters.update(_filters(site, language))
        return made

    def render(page: Page) -> str:
        template = environment(page.language, page.path.count("/")).get_template(page.template)
        return template.render({"page": page, "path": page.path, **page.values})

    return render


def _globals(site: Site, language: str, depth: int) -> dict[str, Any]:
    to_root = "../" * depth
    to_language = "../" * (depth - 1) if depth else f"{language}/"

    def url(path: str) -> str:
        """Relative address of a page of the same language; an empty path is the language's home."""
        return to_language + (path or "index.html")

    def root(path: str) -> str:
        """Relative address of a file below the output folder."""
        return to_root + path

    def absolute(path: str) -> str:
        """Whole address of a file below the output folder; relative while the site has no address."""
        return f"{site.settings.site_url}/{path}" if site.settings.site_url else to_root + path

    kept: dict[tuple[str, ...], Markup] = {}

    def once(macro: Callable[..., Markup], *arguments: str) -> Markup:
        """What a macro makes of its arguments, kept for the other pages: for parts that do not depend on the page."""
        key = (macro.__name__, *arguments)
        if key not in kept:
            kept[key] = Markup(macro(*arguments))
        return kept[key]

    def whole(path: str) -> str:
        """For people to copy: a whole address, or while the site has none, the path below it."""
        return absolute(path) if site.settings.site_url else path

    def cite_page(title: str, path: str) -> Citation:
        """Citation of a page; what stays is the page of the release."""
        release = site.released and whole(f"{language}/releases/{site.released}.html")
        return cite(site.cited("webpage", language, title, whole(path), release))

    def cite_release(title: str, path: str, release: Release) -> Citation:
        """Citation of the page of a release: it has the version and the day of that release, not of the records now."""
        cited = site.cited("webpage", language, title, whole(path), None)
        return cite(replace(cited, version=release.version, day=release.day))

    def cite_file(name: str, title: str) -> Citation:
        """Citation of a file of data/ that every release has too."""
        release = site.released and whole(f"data/releases/{site.released}/{name}")
        return cite(site.cited("dataset", language, title, whole(f"data/{name}"), release))

    return {
        "cite_page": cite_page,
        "cite_file": cite_file,
        "cite_release": cite_release,
        "day_in": partial(day_in, site),
        "page_of": site.addresses.record,  # below the language's folder
        "once": once,
        "lang": language,
        "site": site,
        "catalog": site.catalog,
        "settings": site.settings,
        "url": url,
        "root": root,
        "absolute": absolute,
        "structured": structured,
        "words": site.translations.gettext,  # in a language that is not the page's
        "content_pages": {(page.language, page.slug): page for page in site.content},
    }


def _filters(site: Site, language: str) -> Mapping[str, Callable[..., Any]]:
    formats = site.formats[language]

    def money(value: Money) -> str:
        return formats.money(value.amount, value.currency)

    def short_money(value: Money) -> str:
        return formats.short_money(value.amount, value.currency)

    def number(value: Decimal | int) -> str:
        return formats.number(value)

    def day(value: Day | date) -> str:
        return formats.day(value if isinstance(value, Day) else Day(value.isoformat()))

    def message(value: Message) -> str:
        return site.translations.message(language, value)

    def name_of_language(code: str) -> str:
        return site.language_name(code, language)

    def json_ld(data: Mapping[str, Any]) -> Markup:
        return Markup(structured.dump(data))

    return {
        "money": money,
        "short_money": short_money,
        "opposite": lambda value: Money(-value.amount, value.currency),
        "number": number,
        "day": day,
        "size": formats.size,
        "percent": formats.percent,
        "message": message,
        "facts": facts,
        "language": name_of_language,
        "own_name": lambda code: language_name(code, code),
        "json_ld": json_ld,
        "json_data": lambda data: Markup(structured.dump_data(data)),
    }


class _Words:
    """The words of a language."""

    def __init__(self, translations: Translations, language: str) -> None:
        self._translations, self._language = translations, language

    def gettext(self, text: str, meaning: str | None = None) -> str:
        """See rendering.Words."""
        return self._translations.gettext(self._language, text, meaning)

    def ngettext(self, one: str, many: str, count: int) -> str:
        """See rendering.Words."""
        return self._translations.ngettext(self._language, one, many, count)
