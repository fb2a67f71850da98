"""Page -> text, by the theme's templates.

Pages of one language and one depth of folders share a Jinja environment whose globals are the language, the words and
the way to the other pages. So a component is imported once, not once a page, which halved the time of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from .i18n import Translations
from .pages import Page, Site
from .rendering import filters, functions, make_environment

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
        made.globals.update(functions(site, language, depth))
        made.filters.update(filters(site, language))
        return made

    def render(page: Page) -> str:
        template = environment(page.language, page.path.count("/")).get_template(page.template)
        return template.render({"page": page, "path": page.path, **page.values})

    return render


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
