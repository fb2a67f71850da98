"""A page a standard: which of our fields stand where in it. And what the page of downloads says of all of them."""

from __future__ import annotations

from collections.abc import Iterator

from ..exports import Download
from ..exports.standards import LeftOut, Standard
from .page import Page
from .site import Site

Row = tuple[Standard, list[Download], tuple[LeftOut, ...]]  # a standard, its files, what is left out of them


def standard_pages(site: Site, language: str) -> Iterator[Page]:
    """standards/<key>.html."""
    for standard, files, left_out in standard_rows(site):
        path = f"standards/{standard.key}.html"
        yield site.page(
            "standard.html", path, language, standard=standard, files=files, left_out=left_out, columns=columns
        )


def standard_rows(site: Site) -> list[Row]:
    """The standards with their files."""
    return [
        (standard, [download for download in site.downloads if download.format in standard.formats], left_out)
        for standard, left_out in site.standards
    ]


def columns(ours: str) -> list[str]:
    """Names of columns in a row of a mapping."""
    return [name for name in (part.strip() for part in ours.split(",")) if name]
