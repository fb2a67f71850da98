"""The site opened by double click, as from a USB stick: no server, and nothing is missing."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Visit
from tests.browser.page_types import LANGUAGES, ONE_OF_EACH


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_page_opens_from_a_folder_without_a_fault(name: str, stick: Visit) -> None:
    page = stick.open(name)
    page.wait_for_load_state()
    assert page.evaluate("[...document.styleSheets].length") > 0
    assert page.evaluate("getComputedStyle(document.querySelector('main')).display") != "inline"
    assert stick.faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_can_walk_from_the_front_door_to_a_grant(language: str, stick: Visit) -> None:
    page = stick.open("index.html")
    page.locator(f"main a[hreflang={language}], main a[lang={language}]").first.click()
    page.wait_for_url(f"**/{language}/index.html")
    page.locator("header nav a[href$='programs/index.html']").first.click()
    page.wait_for_url(f"**/{language}/programs/index.html")
    page.goto(f"{stick.home}{language}/grants/index.html")
    page.locator("main a[href*='KGA-']").first.click()
    page.wait_for_url(f"**/{language}/grants/KGA-*.html")
    assert page.locator("h1").count() == 1
    assert stick.faults == []
