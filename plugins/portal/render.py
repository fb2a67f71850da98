"""Page -> text, by the theme's templates. One environment serves all languages: each page tells its own."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from . import structured
from .errors import Message
from .i18n import language_name
from .model import Money
from .pages import Page, Site
from .text import Day

Template = Callable[[Page], str]


def make_renderer(site: Site, folders: Iterable[str | Path]) -> Template:
    """A function that renders a page. `folders` are searched for templates in their order."""
    environment = Environment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.globals.update(
        site=site,
        catalog=site.catalog,
        settings=site.settings,
        url=_url,
        root=_root,
        absolute=_absolute,
        structured=structured,
        content_pages={(page.language, page.slug): page for page in site.content},
    )
    environment.filters.update(_filters(site))
    _install_words(environment, site)

    def render(page: Page) -> str:
        context = {"page": page, "lang": page.language, "path": page.path, **page.values}
        return environment.get_template(page.template).render(context)

    return render


@pass_context
def _url(context: Context, path: str) -> str:
    """Relative address of a page of the same language; an empty path is the language's home."""
    return _relative(context["path"], f"{context['lang']}/{path or 'index.html'}")


@pass_context
def _root(context: Context, path: str) -> str:
    """Relative address of a file below the output folder."""
    return _relative(context["path"], path)


def _relative(page: str, path: str) -> str:
    return posixpath.relpath(path, posixpath.dirname(page) or ".")


@pass_context
def _absolute(context: Context, path: str) -> str:
    """Whole address of a file below the output folder; relative while the site has no address."""
    address = context["settings"].site_url
    return f"{address}/{path}" if address else _relative(context["path"], path)


def _filters(site: Site) -> Mapping[str, Callable[..., Any]]:
    formats = site.formats

    @pass_context
    def money(context: Context, value: Money) -> str:
        return formats[context["lang"]].money(value.amount, value.currency)

    @pass_context
    def short_money(context: Context, value: Money) -> str:
        return formats[context["lang"]].short_money(value.amount, value.currency)

    @pass_context
    def number(context: Context, value: Decimal | int) -> str:
        return formats[context["lang"]].number(value)

    @pass_context
    def short_number(context: Context, value: Decimal | int) -> str:
        return formats[context["lang"]].short_number(value)

    @pass_context
    def day(context: Context, value: Day | date) -> str:
        return formats[context["lang"]].day(value if isinstance(value, Day) else Day(value.isoformat()))

    @pass_context
    def size(context: Context, octets: int) -> str:
        return formats[context["lang"]].size(octets)

    @pass_context
    def language(context: Context, code: str) -> str:
        return language_name(code, context["lang"])

    @pass_context
    def message(context: Context, value: Message) -> str:
        return site.translations.message(context["lang"], value)

    def json_ld(data: Mapping[str, Any]) -> Markup:
        return Markup(structured.dump(data))

    return {
        "money": money,
        "short_money": short_money,
        "number": number,
        "short_number": short_number,
        "day": day,
        "size": size,
        "message": message,
        "language": language,
        "own_name": lambda code: language_name(code, code),
        "json_ld": json_ld,
    }


def _install_words(environment: Environment, site: Site) -> None:
    words = site.translations

    @pass_context
    def gettext(context: Context, text: str) -> str:
        return words.gettext(context["lang"], text)

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int) -> str:
        return words.ngettext(context["lang"], one, many, count)

    @pass_context
    def pgettext(context: Context, meaning: str, text: str) -> str:
        return words.gettext(context["lang"], text, meaning)

    environment.globals["words"] = words.gettext  # in a language that is not the page's
    environment.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext)  # type: ignore[attr-defined]
