"""The front door asks for the language once; after that the browser remembers, and a reader can change their mind."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES

NO_STORAGE = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("denied", "SecurityError"); }
});"""


def choose(visit: Visit, language: str) -> None:
    visit.page.locator(f"main a[hreflang={language}], main a[lang={language}]").first.click()
    visit.page.wait_for_url(f"{visit.home}{language}/index.html")


def test_a_new_reader_is_asked(visit: Visit) -> None:
    page = visit.page
    page.goto(f"{visit.home}index.html")
    page.wait_for_timeout(200)
    assert page.url == f"{visit.home}index.html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_who_comes_back_is_led_to_the_language_chosen_before(language: str, visit: Visit) -> None:
    visit.open("index.html")
    choose(visit, language)
    visit.page.goto(f"{visit.home}index.html", wait_until="commit")
    visit.page.wait_for_url(f"{visit.home}{language}/index.html")
    assert visit.faults == []


def test_a_reader_can_choose_again(visit: Visit) -> None:
    visit.open("index.html")
    choose(visit, "ru")
    page = visit.open("index.html")
    page.wait_for_timeout(200)
    assert page.url == f"{visit.home}index.html#choose"
    choose(visit, "ky")
    page.goto(f"{visit.home}index.html", wait_until="commit")
    page.wait_for_url(f"{visit.home}ky/index.html")


def test_a_change_of_language_on_any_page_is_remembered(visit: Visit) -> None:
    page = visit.open("en/about.html")
    page.locator("header a[hreflang=ky], header a[lang=ky]").first.click()
    page.wait_for_url(f"{visit.home}ky/about.html")
    page.goto(f"{visit.home}index.html", wait_until="commit")
    page.wait_for_url(f"{visit.home}ky/index.html")


def test_the_way_back_is_not_a_trap(visit: Visit) -> None:
    """The front door that leads on leaves no step behind: “back” goes to where the reader came from."""
    visit.open("index.html")
    choose(visit, "ru")
    page = visit.open("ky/about.html")
    page.goto(f"{visit.home}index.html", wait_until="commit")
    page.wait_for_url(f"{visit.home}ru/index.html")
    page.go_back()
    page.wait_for_url(f"{visit.home}ky/about.html")


def test_a_browser_that_may_not_remember_asks_every_time(visit: Visit) -> None:
    visit.page.add_init_script(NO_STORAGE)
    visit.open("index.html")
    choose(visit, "en")
    page = visit.page
    page.goto(f"{visit.home}index.html")
    page.wait_for_timeout(200)
    assert page.url == f"{visit.home}index.html"
    assert visit.faults == []
