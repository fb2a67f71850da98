"""Pages that are no list and no record."""

from __future__ import annotations

import pytest

from portal.exports import Job
from portal.pages import special
from portal.pages.page import Page
from portal.pages.special import sitemap_pages
from tests.test_explore_lists import site_of


def test_a_list_for_search_engines_can_be_walked_twice(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(special, "MOST_ADDRESSES", 7)
    home = Page("home.html", "eo/index.html", "eo", {})
    parts = list(sitemap_pages(site_of(job), [home]))[1:]
    first, second = ([list(part.values["entries"]) for part in parts] for _ in range(2))
    assert first == second
    assert [len(entries) for entries in first] == [7, 7, 3]  # of eight grants in two languages, and the home page
    assert first[0][0] == ("eo/index.html", ())
