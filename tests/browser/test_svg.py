"""Words in charts and maps are whole: a label cut at the edge of a drawing is a wrong number."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.page_types import PAGE_TYPES

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


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_labels_of_drawings_are_whole_and_apart(name: str, reader: Visit) -> None:
    page = reader.open(name)
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(OUTSIDE) == [], width
        assert page.evaluate(ON_EACH_OTHER) == [], width


def test_there_are_labels_to_look_at(reader: Visit) -> None:
    page = reader.open("en/index.html")
    assert page.locator("main svg text").count() > 0
