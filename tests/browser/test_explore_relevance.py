"""What people type finds what a librarian would hand them: tests/data/queries.yaml, asked in the built site.

The set is also put to a plain reading of every word of every grant (tests/explorer_model.py), as a second opinion.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser

from portal.explorer.fold import CUT, fold
from portal.explorer.other_words import read_search_words
from portal.load import load_tables
from portal.package import read_package
from portal.validate import validate_tables
from tests.browser.conftest import Visit
from tests.explorer_model import Grant, find, read_grants
from tests.plugin_site import ROOT

LANGUAGES = ("ky", "ru", "en")
PAGE = "ru/explore.html"
RECALL = 0.95  # of all expected grants
FEWEST = {"ky": 20, "ru": 20, "en": 20, "latin": 10}  # queries
SEARCH_WORDS = ROOT / "content/search.yaml"
ASK = """async (queries) => {
    const inline = document.getElementById("explorer-index");
    const index = await explorer.open("../explore/", inline && JSON.parse(inline.textContent));
    const found = [];
    for (const text of queries) {
        const answer = await index.ask({ text, sort: "relevance", all: true, grants: 1000 });
        const rows = await index.rows(answer.numbers);
        const suggestions = answer.suggestions.map(({ word }) => word);
        found.push({ ids: rows.map(({ id }) => id), total: answer.total, exact: answer.exact, suggestions });
    }
    return found;
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query of the set, and what the page answered."""

    query: str
    wanted: dict[str, Any]
    ids: list[str]  # by relevance
    suggested: list[str]

    @property
    def expects(self) -> set[str]:
        """Grants that must be found."""
        return set(self.wanted.get("expects", ()))

    @property
    def missed(self) -> list[str]:
        """Those that were not."""
        return sorted(self.expects - set(self.ids))

    @property
    def strange(self) -> list[str]:
        """Grants that were found and must not be."""
        is_all = self.wanted.get("only") or not self.expects
        return sorted(set(self.ids) - self.expects if is_all else set(self.ids) & set(self.wanted.get("not", ())))


@pytest.fixture(scope="module")
def queries() -> list[dict[str, Any]]:
    """The set as it is written."""
    written: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/data/queries.yaml").read_text(encoding="utf-8"))
    return written


@pytest.fixture(scope="module")
def grants() -> tuple[Grant, ...]:
    """The real grants, read without the index."""
    _, everyday = read_search_words(SEARCH_WORDS)
    return read_grants(validate_tables(load_tables(read_package(ROOT / "data", LANGUAGES))), LANGUAGES, everyday)


@pytest.fixture(scope="module")
def asked(browser: Browser, server: str, queries: list[dict[str, Any]]) -> list[Asked]:
    """Every query with the answer of the page."""
    visit = Visit(browser.new_context().new_page(), server)
    answers = visit.open(PAGE).evaluate(ASK, [one["query"] for one in queries])
    assert visit.faults == []
    assert all(answer["exact"] and answer["total"] == len(answer["ids"]) for answer in answers)
    return [
        Asked(one["query"], one, answer["ids"], answer["suggestions"])
        for one, answer in zip(queries, answers, strict=True)
    ]


def test_the_set_is_large_and_its_grants_exist(queries: list[dict[str, Any]], grants: tuple[Grant, ...]) -> None:
    languages = Counter(one["language"] for one in queries)
    assert all(languages[language] >= fewest for language, fewest in FEWEST.items())
    assert len({(one["query"], one["language"]) for one in queries}) == len(queries)
    known = {grant.id for grant in grants}
    for one in queries:
        assert {*one.get("expects", ()), *one.get("not", ())} <= known, one["query"]
        assert one.get("first", one.get("expects", [None])[0]) in one.get("expects", [None]), one["query"]


def test_nearly_all_expected_grants_are_found(asked: list[Asked]) -> None:
    missed = {one.query: one.missed for one in asked if one.missed}
    expected = sum(len(one.expects) for one in asked)
    recall = 1 - sum(map(len, missed.values())) / expected
    print(f"{recall:.2%} of {expected} expected grants were found, by {len(asked)} queries. Missed: {missed}")
    assert recall >= RECALL, missed


def test_no_query_finds_nothing_when_a_record_exists(asked: list[Asked]) -> None:
    answerable = [one for one in asked if one.expects and not one.wanted.get("beyond")]
    assert [one.query for one in answerable if not one.ids] == []


def test_the_best_grant_stands_first(asked: list[Asked]) -> None:
    first = {one.query: (one.wanted["first"], one.ids[:1]) for one in asked if "first" in one.wanted}
    assert {query: both for query, both in first.items() if [both[0]] != both[1]} == {}


def test_nothing_strange_is_found(asked: list[Asked]) -> None:
    assert {one.query: one.strange for one in asked if one.strange} == {}


def test_a_misspelt_word_offers_the_nearest_that_exists(asked: list[Asked]) -> None:
    wanted = {one.query: (one.wanted["suggests"], one.suggested) for one in asked if "suggests" in one.wanted}
    lacking = {
        query: both
        for query, both in wanted.items()
        if fold(both[0])[:CUT] not in {fold(word)[:CUT] for word in both[1]}
    }
    assert lacking == {}


def test_a_plain_reading_of_every_word_finds_the_same(asked: list[Asked], grants: tuple[Grant, ...]) -> None:
    words, _ = read_search_words(SEARCH_WORDS)
    passed_over = frozenset(fold(word) for of_language in words.values() for word in of_language)
    differing = {
        one.query: {"page": sorted(one.ids), "model": sorted(found)}
        for one in asked
        if (found := find(grants, one.query, passed_over)) != set(one.ids)
    }
    assert differing == {}
