"""The card of a grant on the explore page says what the grant's own page says, word for word and link for link."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES
from tests.plugin_site import ROOT, SUB_PATH, _serve, build_site

ONLY_ON_THE_PAGE = (
    "h2:has(+ .history), .history",  # the card leads to the JSON of the record, which has its history
    ".box:has(.downloads)",  # “Use it”: files, and a link for who finds something wrong; the explore page has its own
)
ONLY_ON_THE_CARD = ("[data-href=record]",)  # the link to that JSON

TELL = """async ([onPage, onCard]) => {
  const inline = document.getElementById("explorer-index");
  const index = await explorer.open("../explore/", inline && JSON.parse(inline.textContent));
  const host = document.body.appendChild(document.createElement("div"));
  const told = (element, apart) => {
    apart.forEach((selector) => element.querySelectorAll(selector).forEach((one) => one.remove()));
    host.replaceChildren(element);
    const links = [...element.querySelectorAll("a")].map((link) => [link.getAttribute("href"), link.textContent]);
    const foreign = [...element.querySelectorAll("[lang]")].map((one) => [one.lang, one.textContent]);
    return { text: host.innerText, links, foreign };
  };
  const found = {};
  for (const row of await index.rows([...Array(index.meta.n).keys()])) {
    const html = await (await fetch(`grants/${row.id}.html`)).text();
    const page = new DOMParser().parseFromString(html, "text/html").querySelector("article");
    const card = explorer.card(row, { index, link: ({ grant }) => `#grant=${grant}` });
    found[row.id] = [told(page, onPage), told(card, onCard)];
  }
  return found;
}"""

Told = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def island(tiny_site: Path) -> Iterator[str]:
    """Address of the tiny portal, whose few grants have everything that a grant can have."""
    yield from _serve(tiny_site)


def told(visit: Visit, language: str) -> Told:
    """Grant -> what its page says, and what its card says."""
    page = visit.open(f"{language}/explore.html")
    found: Told = page.evaluate(TELL, [ONLY_ON_THE_PAGE, ONLY_ON_THE_CARD])
    return found


def folded(text: str) -> str:
    return " ".join(text.split())


def links(found: dict[str, Any], identifier: str) -> list[tuple[str, str]]:
    """Where links lead, from the folder of the language, with their words; without the title of the card."""
    cleaned = [(href.removeprefix("../"), folded(text)) for href, text in found["links"]]
    cleaned = [(f"grants/{href[7:]}.html" if href.startswith("#grant=") else href, text) for href, text in cleaned]
    return [one for one in cleaned if one[0] != f"grants/{identifier}.html"]


def foreign(found: dict[str, Any]) -> list[tuple[str, str]]:
    return [(language, folded(text)) for language, text in found["foreign"] if folded(text)]


def compare(cards: Told) -> None:
    for identifier, (page, card) in cards.items():
        assert folded(card["text"]) == folded(page["text"]), identifier
        assert links(card, identifier) == links(page, identifier), identifier
        assert foreign(card) == foreign(page), identifier


@pytest.mark.parametrize("language", LANGUAGES)
def test_cards_of_the_portal_say_what_the_pages_say(language: str, new_visit: Callable[..., Visit], site: Path) -> None:
    cards = told(new_visit(bypass_csp=True), language)  # the page must not fetch; this test does
    assert set(cards) == {path.stem for path in site.glob(f"{language}/grants/*.html")} - {"index"}
    compare(cards)


@pytest.mark.parametrize("language", ["eo", "en"])
def test_cards_of_the_tiny_portal_say_what_the_pages_say(
    language: str, new_visit: Callable[..., Visit], island: str
) -> None:
    cards = told(new_visit(home=island, bypass_csp=True), language)
    assert len(cards) == 8
    compare(cards)


def test_an_old_link_to_the_page_of_a_grant_opens_its_card(new_visit: Callable[..., Visit], tmp_path: Path) -> None:
    output = tmp_path / "output"
    output.mkdir()
    served = _serve(output)
    home = next(served)
    conf = tmp_path / "conf.py"
    conf.write_text(
        f"import sys\nsys.path.append({str(ROOT / 'tests/data')!r})\nfrom tinyconf import *\n"
        f"PORTAL = {{**PORTAL, 'grant_pages': 0}}\nSITEURL = {home.rstrip('/')!r}\n"
    )
    done = build_site(output, conf, content=ROOT / "tests/data/content")
    assert done.returncode == 0, done.stderr
    page = new_visit(home=home).open("en/grants/G-2023-1.html")
    page.wait_for_url(f"**{SUB_PATH}en/explore.html#grant=G-2023-1")
    expect(page.get_by_role("heading", level=2, name="School of the wind")).to_be_visible()
