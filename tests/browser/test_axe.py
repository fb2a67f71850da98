"""One page of each type in each language, light and dark, narrow and wide: axe finds nothing, nothing sticks out.

And the labels of drawings are whole, which test_svg.py knows how to see.
"""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.page_types import PAGE_TYPES
from tests.browser.test_svg import faulty_labels, open_details

pytestmark = pytest.mark.long

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("dark", "light")  # light at the end, as all else is looked at in it
EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that the dark can change
NARROWEST, NARROW, WIDE = 320, 360, 1280  # CSS pixels
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


def violations(page: Page, scheme: Scheme) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    found: list[dict[str, Any]] = page.evaluate(RUN, EVERYTHING if scheme == "light" else COLOURS)
    return [f"{rule['id']} {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sticks_out(page: Page) -> int:
    """CSS pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_page_is_accessible_fits_the_window_and_has_whole_labels(name: str, inspector: Visit) -> None:
    """All of it in one visit, as to open a page takes as long as to look at it once."""
    page = inspector.open(name)
    found: dict[str, Any] = {}
    for width in (WIDE, NARROW, NARROWEST):
        set_width(page, width)
        found[f"{width} px: wider than the window by"] = max(sticks_out(page), 0)
        for scheme in SCHEMES if width != NARROWEST else ():
            found[f"{width} px, {scheme}: axe"] = violations(page, scheme)
    open_details(page)
    for width in (NARROW, WIDE):
        set_width(page, width)
        found |= {f"{width} px, all details open: {what}": labels for what, labels in faulty_labels(page).items()}
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert inspector.faults == []
