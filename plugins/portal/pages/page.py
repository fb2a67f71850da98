"""A page of the site, and a page that people wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..errors import BuildError


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page written by people in Markdown."""

    slug: str
    language: str
    title: str
    description: str
    html: str  # made by Pelican from the publisher's own Markdown
    html_above: str  # the same with the links of a page above the folders of languages


@dataclass(frozen=True, slots=True)
class Page:
    """A file to be written: a template, its path below the output folder, and what the template receives."""

    template: str
    path: str
    language: str
    values: Mapping[str, Any]
    alternates: tuple[tuple[str, str], ...] = ()  # (language, path) of the same page; empty for one that stands alone
    made_from: str = ""  # digest of its grants; empty for a page that is made again at every build
    choices: tuple[tuple[str, str], ...] = ()  # of languages, with homes for what lacks; empty: the alternates


def require_own_paths(content: Iterable[ContentPage], wanted: Iterable[Page]) -> None:
    """Raise BuildError when a page of content/ and another page would be one file."""
    times = Counter(page.path for page in wanted)
    for page in content:
        path = f"{page.language}/{page.slug}.html"
        if times[path] > 1:
            place = f"content/{page.language}/pages/"
            raise BuildError(f"Another page of the site is {path} already. Rename the page “{page.slug}” of {place}.")
