"""What the explore page offers without its script: every value with its page, its number and exactly its file."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from portal.exports import Job
from portal.pages.explore_lists import LONGEST, ExploreLists, ValueList, explore_lists
from portal.pages.site import Site
from tests.html_page import Element, Page
from tests.test_site_links import target

COUNTED = re.compile(r"(\d+) grants?|(\d+) announced")
ROWS = re.compile(r"CSV \((\d+) rows?\)")


def site_of(job: Job) -> Site:
    """The pages of a portal, as far as these lists need them."""
    return Site(job.portal, job.settings, job.translations, (), (), job.data_date, job.version, job.past)


@pytest.fixture(scope="module")
def lists(job: Job) -> ExploreLists:
    return explore_lists(site_of(job), "eo")


def counts(found: ValueList) -> list[tuple[str, int, int]]:
    """(identifier, counted grants, rows of the file) of the values."""
    return [(value.ref.id, value.figures.grants, value.rows) for value in found.values]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("year", [("2024", 3, 4), ("2023", 4, 4)]),
        ("funder", [("ministry-of-kites", 6, 7), ("harbour-council", 1, 1)]),
        ("recipient", [("lighthouse", 2, 3), ("seagull", 2, 2), ("hill-school", 1, 2), ("tortoise", 1, 1)]),
        ("program", [("kites", 6, 7)]),
        ("place", [("fantazia", 7, 8), ("norda", 4, 4), ("havena", 3, 3), ("suda", 3, 3), ("monta", 2, 2)]),
        ("sphere", [("education", 3, 3), ("leisure", 3, 4)]),
    ],
)
def test_values_with_most_grants_come_first(
    kind: str, expected: list[tuple[str, int, int]], lists: ExploreLists
) -> None:
    found = {one.kind: one for one in lists.lists}
    assert counts(found[kind]) == expected
    assert found[kind].count == len(expected)


def test_kinds_stand_in_the_order_of_the_page(lists: ExploreLists) -> None:
    assert [one.kind for one in lists.lists] == ["year", "funder", "recipient", "program", "place", "sphere"]


def test_few_grants_stand_there_one_by_one(lists: ExploreLists) -> None:
    assert [grant.id for grant in lists.grants][:2] == ["G-2024-2", "G-2024-1"]
    assert len(lists.grants) == 8


def test_grants_without_pages_do_not(job: Job) -> None:
    few = replace(job, settings=replace(job.settings, grant_pages=7))
    assert explore_lists(site_of(few), "eo").grants == ()


def test_a_long_list_is_cut_and_says_so(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.pages.explore_lists.LONGEST", 2)
    found = {one.kind: one for one in explore_lists(site_of(job), "eo").lists}
    assert [value.ref.id for value in found["recipient"].values] == ["lighthouse", "seagull"]
    assert found["recipient"].count == 4
    assert LONGEST == 50


def test_a_portal_without_grants_has_no_lists(job: Job) -> None:
    catalog = replace(job.portal.catalog, grants=(), members={}, figures={})
    empty = replace(job, portal=replace(job.portal, catalog=catalog))
    assert explore_lists(site_of(empty), "eo") == ExploreLists((), ())


def items(page: Page) -> Iterator[Element]:
    return (one for one in page.root.all("li") if one.get("class") == "explore-lists__value")


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_files_have_as_many_rows_as_the_page_says(language: str, pages: dict[str, Page], site: Path) -> None:
    page = pages[f"{language}/explore.html"]
    found = list(items(page))
    assert len(found) > 20
    for item in found:
        links = [target(page, link.get("href")) for link in item.all("a")]
        assert links[0].removesuffix(".html") == links[1].removesuffix(".csv")
        assert (site / links[0]).is_file()
        with (site / links[1]).open(encoding="utf-8-sig", newline="") as stream:
            rows = len(list(csv.reader(stream))) - 1
        if language == "en":
            counted = COUNTED.search(item.text)
            said = ROWS.search(item.text) or counted
            assert said
            assert int(next(filter(None, said.groups()))) == rows, item.text


def test_grants_are_there_without_scripts(pages: dict[str, Page]) -> None:
    page = pages["en/explore.html"]
    noscript = [one for one in page.root.all("noscript") if any(one.all("li"))]
    assert len(noscript) == 1
    assert len(list(noscript[0].all("li"))) == 19
