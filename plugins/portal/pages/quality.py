"""The page on how full the published records are, body by body."""

from __future__ import annotations

from collections.abc import Iterator

from .page import Page
from .site import Site

MOST_BODIES = 60  # with a row in the comparison and a part of their own; more have that on their own pages only
MOST_POINTS = 12  # releases in a trend, the latest


def quality_pages(site: Site, language: str) -> Iterator[Page]:
    """quality.html."""
    bodies = site.sorted(site.quality.publishers, language, lambda body: body.organization.name)
    giving = [body for body in bodies if body.grants]
    yield site.page(
        "quality.html",
        "quality.html",
        language,
        grants=site.quality.grants,
        others=[table for table in site.quality.tables if table is not site.quality.grants],
        bodies=giving,
        is_compared=len(giving) <= MOST_BODIES,
        silent=[(body, site.coverage_by.get(body.organization.id, ())) for body in bodies if not body.grants],
        trends={body: points[-MOST_POINTS:] for body, points in site.quality_trends.items()},
        files=[download for download in site.downloads if download.path.startswith("data/quality.")],
    )
