"""Page -> text, by the theme's templates.

Pages of one language and one depth of folders share a Jinja environment whose globals are the language, the words and
the way to the other pages. So a component is imported once, not once a page, which halved the time of a build.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from .i18n import Translations
from .pages import Page, Site
from .rendering import QuickTemplate, filters, functions, make_environment


class Renderer:
    """Renders pages. `folders` are searched for templates in their order.

    Compiled templates stay in the folder `kept`, for the other environments and the next build: a second of six.
    They are known by their content; the folder may be deleted at any time.
    """

    def __init__(self, site: Site, folders: Iterable[str | Path], kept: Path) -> None:
        with suppress(OSError):  # a folder that cannot be written keeps nothing, and the pages are the same
            kept.mkdir(parents=True, exist_ok=True)
        self._site, self._kept = site, kept
        self._loader = FileSystemLoader([str(folder) for folder in folders])
        self._environment = cache(self._make_environment)  # by language and depth of folders

    def __call__(self, page: Page) -> str:
        """The text of a page."""
        return self.octets(page).decode()

    def octets(self, page: Page) -> bytes:
        """The text of a page in UTF-8."""
        return self._template(page).octets(_values(page))

    def expect_many(self, page: Page) -> None:
        """Get ready for many pages like this one. Before processes are forked, it is done once for all of them."""
        self._template(page).expect_many(_values(page))

    def _template(self, page: Page) -> QuickTemplate:
        found = self._environment(page.language, page.path.count("/")).get_template(page.template)
        assert isinstance(found, QuickTemplate)
        return found

    def _make_environment(self, language: str, depth: int) -> Environment:
        made = make_environment(self._loader, self._kept, _Words(self._site.translations, language))
        made.globals.update(functions(self._site, language, depth))
        made.filters.update(filters(self._site, language))
        return made


def _values(page: Page) -> dict[str, Any]:
    return {"page": page, "path": page.path, **page.values}


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
