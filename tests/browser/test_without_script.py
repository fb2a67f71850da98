"""With scripts switched off nothing is missing: the same words are there, and every link leads on."""

from __future__ import annotations

from functools import cache
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES, ONE_OF_EACH
from tests.html_page import read_page

pytestmark = pytest.mark.long

# The words of <main>, without those of the controls that a script may add.
WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  const controls = "button, input, select, label, option, output, dialog, [role=status], [role=toolbar], script";
  main.querySelectorAll(controls).forEach((control) => control.remove());
  return main.textContent.split(/\\s+/).filter(Boolean);
}"""


# What of <main> stands there and is not to be seen.
HIDDEN = """() => [...document.querySelectorAll("main [hidden], main [aria-busy=true], main template")]
  .map((element) => element.outerHTML.slice(0, 200))"""


def words(page: Page) -> list[str]:
    found: list[str] = page.evaluate(WORDS)
    return found


# With scripts the search page is another one; test_explore_page.py looks at it without.
COMPLETE = [name for name in ONE_OF_EACH if not name.endswith("/explore.html")]


@pytest.mark.parametrize("name", COMPLETE)
def test_scripts_add_nothing_and_take_nothing_away(name: str, reader: Visit, scriptless: Visit) -> None:
    """All words are there without scripts, and all can be seen."""
    without = scriptless.open(name)
    assert without.evaluate(HIDDEN) == []
    assert without.locator("h1").is_visible()
    assert sorted(words(without)) == sorted(words(reader.open(name)))


@cache
def headings(address: str) -> int | None:
    """How many h1 the page at an address has; None: there is no page. Kept, as many links lead to the same pages."""
    try:
        with urlopen(address) as answer:
            is_page = answer.headers.get_content_type() == "text/html"
            return len(list(read_page(address, answer.read().decode()).root.all("h1"))) if is_page else None
    except HTTPError:
        return None


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_leads_everywhere_without_scripts(language: str, scriptless: Visit) -> None:
    """The browser finds the links; what they lead to is read without it, as a page of each type is opened above."""
    page = scriptless.open(f"{language}/index.html")
    links = page.locator("header a[href], main a[href], footer a[href]")
    found = links.evaluate_all("links => links.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)")
    inside = {address.split("#")[0] for address in found if address.startswith(scriptless.home)}
    assert len(inside) > 10
    pages = sorted(address for address in inside if address.endswith(".html"))
    assert {address: count for address in pages if (count := headings(address)) != 1} == {}
