"""The case table in Chromium: the check page says of every case what Python says, at the same cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from portal.desk.intake import read_desk_rules
from portal.desk.rules import Rules
from portal.i18n import Translations
from tests.desk_cases import read_cases, sent, told_lines
from tests.desk_parity import in_browser, in_python, load_engine
from tests.desk_portal import ROOT, make_desk_portal


@pytest.fixture(scope="module")
def translations() -> Translations:
    return Translations(ROOT / "theme/translations")


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return read_desk_rules(make_desk_portal(tmp_path_factory.mktemp("cases") / "data"))


@pytest.fixture(scope="module")
def desk(browser: Browser, rules: Rules, translations: Translations) -> Iterator[Page]:
    """A page with the engine and the rules."""
    context = browser.new_context()
    page = context.new_page()
    load_engine(page, rules, translations)
    yield page
    context.close()


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: case["about"])
def test_browser_says_the_same(case: dict[str, Any], desk: Page, rules: Rules, translations: Translations) -> None:
    file = sent(case, rules.package)
    told = in_browser(desk, file)
    assert told_lines(told) == case["says"]
    assert told == in_python(rules, translations, file)
