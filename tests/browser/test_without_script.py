"""With scripts switched off nothing is missing: the same words are there, and every link leads on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES, ONE_OF_EACH

pytestmark = pytest.mark.long

# The words of <main>, without those of the controls that a script may add.
WORDS = """() => {
  const main = document.querySelector("main").cloneNode(true);
  const controls = "button, input, select, label, option, output, dialog, [role=status], [role=toolbar], script";
  main.querySelectorAll(controls).forEach((control) => control.remove());
  return main.textContent.split(/\\s+/).filter(Boolean);
}"""


def words(page: Page) -> list[str]:
    found: list[str] = page.evaluate(WORDS)
    return found


# With scripts the search page is another one; test_explore_page.py looks at it without.
COMPLETE = [name for name in ONE_OF_EACH if not name.endswith("/explore.html")]


@pytest.mark.parametrize("name", COMPLETE)
def test_scripts_add_no_words_and_take_none_away(name: str, reader: Visit, scriptless: Visit) -> None:
    with_scripts, without = reader.open(name), scriptless.open(name)
    assert sorted(words(without)) == sorted(words(with_scripts))


@pytest.mark.parametrize("name", COMPLETE)
def test_what_is_in_a_page_can_be_seen_without_scripts(name: str, scriptless: Visit) -> None:
    page = scriptless.open(name)
    hidden = page.locator("main [hidden], main [aria-busy=true], main template").all()
    assert [element.evaluate("element => element.outerHTML.slice(0, 200)") for element in hidden] == []
    assert page.locator("h1").is_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_navigation_leads_everywhere_without_scripts(language: str, scriptless: Visit) -> None:
    page = scriptless.open(f"{language}/index.html")
    links = page.locator("header a[href], main a[href], footer a[href]")
    found = links.evaluate_all("links => links.map((one) => new URL(one.getAttribute('href'), document.baseURI).href)")
    inside = {address.split("#")[0] for address in found if address.startswith(scriptless.home)}
    assert len(inside) > 10
    for address in sorted(address for address in inside if address.endswith(".html")):
        answer = page.goto(address)
        assert answer is None or answer.ok, address
        assert page.locator("h1").count() == 1, address
