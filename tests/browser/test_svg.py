"""Words in charts and maps are whole: a label cut at the edge of a drawing is a wrong number.

test_axe.py asks this of every page, as it has them open.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Visit

# Labels that leave their drawing: [words, how far in units of the viewBox].
OUTSIDE = """() => [...document.querySelectorAll("svg text")].flatMap((text) => {
  let svg = text.ownerSVGElement;
  while (svg.ownerSVGElement) svg = svg.ownerSVGElement;
  const own = text.getScreenCTM(), whole = svg.getScreenCTM(), words = text.textContent.trim();
  const view = svg.viewBox.baseVal;
  if (!own || !whole || !words || !text.getClientRects().length) return [];
  if (!view || !view.width) return [[words, "the drawing has no viewBox"]];
  const box = text.getBBox(), toView = whole.inverse().multiply(own);
  const corners = [[box.x, box.y], [box.x + box.width, box.y + box.height]]
    .map(([x, y]) => new DOMPoint(x, y).matrixTransform(toView));
  const over = Math.max(...corners.flatMap(({ x, y }) =>
    [view.x - x, x - view.x - view.width, view.y - y, y - view.y - view.height]));
  return over > 0.5 ? [[words, over]] : [];
})"""

# Pairs of labels of one drawing that lie on each other.
ON_EACH_OTHER = """() => [...document.querySelectorAll("svg")].flatMap((svg) => {
  const labels = [...svg.querySelectorAll("text")].filter((text) => text.getClientRects().length);
  const boxes = labels.map((text) => text.getBoundingClientRect());
  return labels.flatMap((one, i) => labels.slice(i + 1).flatMap((other, k) => {
    const a = boxes[i], b = boxes[i + 1 + k];
    const width = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const height = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    const covered = width > 0 && height > 0 ? (width * height) / Math.min(a.width * a.height, b.width * b.height) : 0;
    return covered > 0.15 ? [[one.textContent, other.textContent, covered]] : [];
  }));
})"""


LABELS = f"() => [({OUTSIDE})(), ({ON_EACH_OTHER})()]"


def faulty_labels(page: Page) -> dict[str, list[Any]]:
    """What is wrong -> labels, of the drawings as the page shows them now. Nothing when all are whole and apart."""
    outside, on_each_other = page.evaluate(LABELS)
    found = {"labels leave their drawing": outside, "labels lie on each other": on_each_other}
    return {what: labels for what, labels in found.items() if labels}


def open_details(page: Page) -> None:
    """Show also the drawings that are folded."""
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")


def test_there_are_labels_to_look_at(reader: Visit) -> None:
    page = reader.open("en/index.html")
    assert page.locator("main svg text").count() > 0
