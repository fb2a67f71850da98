"""One page of each type in each language, light and dark, narrow and wide: axe finds nothing, nothing sticks out."""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.page_types import PAGE_TYPES
from tests.plugin_left_out import AXE

pytestmark = pytest.mark.long

EVERYTHING = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that the dark can change
NARROWEST, NARROW, WIDE = 320, 360, 1280  # CSS pixels
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})


def violations(page: Page, scheme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=scheme)
    found: list[dict[str, Any]] = page.evaluate(RUN, EVERYTHING if scheme == "light" else COLOURS)
    return [f"{rule['id']} {node['target']}: {node['failureSummary']}" for rule in found for node in rule["nodes"]]


def sticks_out(page: Page) -> int:
    """CSS pixels by which the page is wider than the window."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_page_is_accessible_in_every_light_and_width(name: str, reader: Visit) -> None:
    page = reader.open(name)
    page.evaluate(AXE.read_text("utf-8"))
    found: dict[tuple[int, str], list[str]] = {}
    for width in (WIDE, NARROW):
        set_width(page, width)
        found[width, "light"] = violations(page, "light")
        found[width, "dark"] = violations(page, "dark")
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert reader.faults == []


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_page_never_scrolls_sideways(name: str, reader: Visit) -> None:
    page = reader.open(name)
    found = {}
    for width in (NARROWEST, NARROW, WIDE):
        set_width(page, width)
        found[width] = sticks_out(page)
    assert {width: pixels for width, pixels in found.items() if pixels > 0} == {}
