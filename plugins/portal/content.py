"""The Markdown pages that Pelican read -> pages of the site."""

from __future__ import annotations

from typing import Any

from pelican.generators import PagesGenerator

from .pages import ContentPage

TAKEN: list[Any] = []  # of this run, as Pelican has them


def take_content_pages(generator: PagesGenerator) -> None:
    """Take the pages over, so that one route writes every page."""
    TAKEN[:] = sorted([*generator.pages, *generator.translations], key=lambda page: (page.lang, page.slug))
    generator.pages = generator.translations = []


def content_pages() -> tuple[ContentPage, ...]:
    """The pages that were taken. Their links are known only when Pelican has read all files."""
    return tuple(
        ContentPage(page.slug, page.lang, str(page.title), getattr(page, "description", ""), page.content)
        for page in TAKEN
    )
