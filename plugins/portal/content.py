"""The Markdown pages that Pelican read -> pages of the site."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import PagesGenerator

from .pages import ContentPage
from .places import clear_unfinished

TAKEN: list[Any] = []  # of this run, as Pelican has them
OWN_FILES = "PORTAL_STATIC_PATHS"  # a setting: the publisher's STATIC_PATHS, folders of pictures in content/
FATAL = "Warning or error encountered"  # what Pelican raises with --fatal warnings, after it has said what is wrong


def expect_content(pelican: Pelican) -> None:
    """Let Pelican read the pages as we need them, and end without a traceback when it finds a fault in them."""
    pelican.settings[OWN_FILES] = pelican.settings["STATIC_PATHS"]
    pelican.settings["RELATIVE_URLS"] = True  # pages open from a folder too
    pelican.settings["PAGE_TRANSLATION_ID"] = None  # a page may be in any of the languages, also without Pelican's own
    run = pelican.run

    def run_in_sentences() -> None:
        try:
            run()
        except RuntimeError as error:
            if str(error) != FATAL or isinstance(error.__context__, KeyboardInterrupt):
                raise
            clear_unfinished(Path(pelican.output_path))
            print("The site was not built; the old one is untouched. Correct what is said above.", file=sys.stderr)
            raise SystemExit(1) from None

    pelican.run = run_in_sentences


def take_content_pages(generator: PagesGenerator) -> None:
    """Take the pages over, so that one route writes every page."""
    TAKEN[:] = sorted([*generator.pages, *generator.translations], key=lambda page: (page.lang, page.slug))
    generator.pages = generator.translations = []


def content_pages() -> tuple[ContentPage, ...]:
    """The pages that were taken. Their links are known only when Pelican has read all files."""
    return tuple(
        ContentPage(
            slug=page.slug,
            language=page.lang,
            title=str(page.title),
            description=getattr(page, "description", ""),
            html=page.get_content(".."),
            html_above=page.get_content("."),
        )
        for page in TAKEN
    )
