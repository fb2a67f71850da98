"""What pages say where the records have two currencies, no licence, no publisher and no deadline: only what is true."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from portal.pages import facts
from portal.releases import Change
from portal.text import Text
from tests.conftest import TINY
from tests.html_page import read_page
from tests.releases_of_tiny import build_tiny_site, edit


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny portal without a licence, without deadlines, and with a source that has no publisher."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("bare") / "data"))
    descriptor = yaml.safe_load((data / "datapackage.yaml").read_text("utf-8"))
    del descriptor["licenses"]
    (data / "datapackage.yaml").write_text(yaml.safe_dump(descriptor, allow_unicode=True), encoding="utf-8")
    for call in ("C-2023", "C-2024", "C-harbour"):
        edit(data / "calls.csv", call, deadline="2024-02" if call == "C-2024" else "")
    edit(data / "sources.csv", "S-1", publisher="", published_on="")
    return build_tiny_site(data, tmp_path_factory.mktemp("site"))


def words(site: Path, path: str) -> str:
    """The words of a page, with single spaces."""
    body = read_page(path, (site / path).read_text("utf-8")).root.first("body")
    assert body
    return body.text.replace("\u00a0", " ")


def test_two_currencies_are_not_told_as_one_sum(bare: Path) -> None:
    sentence = "The amounts are known of 4 grants, in several currencies: 95,000.5 shells; 1,200 euros."
    assert sentence in words(bare, "en/grants/index.html")
    assert "95,000.5 shells · 1,200 euros" in words(bare, "en/index.html")
    assert "The amount is known of 1 grant: 30,000 shells." in words(bare, "en/organizations/tortoise.html")


@pytest.mark.parametrize("path", ["en/index.html", "en/data.html", "en/grants/G-2024-2.html", "en/changes.html"])
def test_a_portal_without_a_licence_promises_none(path: str, bare: Path) -> None:
    said = words(bare, path)
    assert "Data as of" in said
    assert "Free to use" not in said
    assert "Licence:" not in said
    assert ". ." not in said
    assert "<rights>" not in (bare / "en/feeds/changes.xml").read_text("utf-8")


def test_a_portal_without_a_licence_says_so_on_the_page_of_data(bare: Path) -> None:
    assert "The publisher names no licence." in words(bare, "en/data.html")


def test_a_source_without_publisher_is_called_by_its_title(bare: Path) -> None:
    grant = words(bare, "en/grants/G-2023-1.html")
    assert "publisher not named , no date Jarraporto pri kajtoj" in grant
    assert "S-1" not in grant


def test_a_calendar_is_offered_only_where_a_deadline_is_known_to_the_day(bare: Path, tiny_site: Path) -> None:
    assert "Calendar of deadlines" not in words(bare, "en/changes.html")
    assert "Calendar of deadlines" in words(tiny_site, "en/changes.html")


def test_a_span_of_one_year_is_that_year(bare: Path) -> None:
    assert "2023–2024" in words(bare, "en/index.html")


def change(field: str) -> Change:
    return Change("grants", "G-1", "changed", field, "2024-01-01", "2024-02-01", Text())


def test_bookkeeping_is_told_only_where_nothing_else_changed() -> None:
    title, changed_on = change("title_en"), change("changed_on")
    assert facts([title, changed_on]) == [title]
    assert facts([changed_on]) == [changed_on]
