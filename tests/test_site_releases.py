"""Three releases of edited records, as the site tells them: change list, pages, feeds, tombstone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import jsonschema_rs
import pytest
from lxml import etree

from tests.conftest import TINY
from tests.html_page import read_page
from tests.plugin_site import files_of
from tests.releases_of_tiny import FIRST, SECOND, THIRD, add, build_tiny_site, drop, edit, release

HERE = Path(__file__).parent
ATOM = "{http://www.w3.org/2005/Atom}"
GRANTS = "grants/2024.csv"
CHANGED_AND_GONE = ("G-2024-1", "G-2024-4")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny portal after three releases, and with an edit that is not released yet."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("three") / "data"))
    release(data, FIRST)
    edit(data / GRANTS, "G-2024-1", amount_awarded="31000.5", changed_on="2025-04-01")
    add(data / GRANTS, "G-2024-2", id="G-2024-9", title_en="A third year", title_eo="Tria jaro", amount_awarded="50000")
    program = data / "programs/kites.yaml"
    program.write_text(program.read_text("utf-8").replace("title_en: ", "title_en: The great "), encoding="utf-8")
    release(
        data,
        SECOND,
        "- {resource: grants, id: G-2024-1, field: [amount_awarded, changed_on], reason_en: The decision says so., "
        "reason_eo: La decido diras tion.}\n"
        "- {resource: programs, id: kites, reason_en: The full title.}\n",
    )
    drop(data / GRANTS, "G-2024-4")
    release(data, THIRD, "- {resource: grants, id: G-2024-4, reason_en: The council took the grant back.}\n")
    edit(data / GRANTS, "G-2024-2", people_planned="160")
    return data


@pytest.fixture(scope="module")
def site(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_tiny_site(data, tmp_path_factory.mktemp("site"))


def words(site: Path, path: str) -> str:
    """The words of a page's main part, with single spaces."""
    page = read_page(path, (site / path).read_text("utf-8"))
    return re.sub(r" ([:.,)])", r"\1", " ".join(next(page.root.all("main")).text.split()))


def entries(site: Path, path: str) -> list[str]:
    """Titles of the entries of a feed."""
    return [str(entry.findtext(f"{ATOM}title")) for entry in etree.parse(site / path).getroot().iter(f"{ATOM}entry")]


def test_the_page_of_changes_tells_each_release_in_sentences(site: Path) -> None:
    said = words(site, "en/changes.html")
    told = [
        "Not released yet",
        "1 grant corrected.",
        "Release 2025-05-01.1",
        "1 grant removed. The awarded total fell by 1,200 euros.",
        "Release 2025-04-01.1",
        "1 new grant, 1 grant corrected. The awarded total rose by 51,000.5 shells.",
        "Release 2025-03-01.1",
        "The first release: everything in it is new. 7 grants are published here. "
        "1 more was only announced and is not counted. Awarded in all: 1,200 euros. "
        "Awarded in all: 95,000.5 shells.",
    ]
    places = [said.find(sentence) for sentence in told]
    assert -1 not in places, (said, places)
    assert places == sorted(places)


def test_the_page_of_a_release_shows_values_before_and_after_and_why(site: Path) -> None:
    said = words(site, "en/releases/2025-04-01.1.html")
    assert "New grants (1) A third year" in said
    assert "Grants · G-2024-1 Amount awarded 30,000 31,000.5 The decision says so." in said
    assert "Programs · kites Title (in English) Kites for all The great Kites for all The full title." in said
    assert "Changed on" not in said
    assert "“Release 2025-04-01.1”. Version 2025-04-01.1, April 1, 2025." in said
    assert "La decido diras tion." in words(site, "eo/releases/2025-04-01.1.html")
    said = words(site, "en/releases/2025-05-01.1.html")
    assert "Removed records, and why A new lamp for the tower Grants · G-2024-4" in said
    assert "Why: The council took the grant back." in said


def test_a_grant_and_a_program_have_their_history(site: Path) -> None:
    said = words(site, "en/grants/G-2024-1.html")
    assert "April 1, 2025, release 2025-04-01.1: 1 value changed." in said
    assert "Amount awarded 30,000 31,000.5 The decision says so." in said
    assert "March 1, 2025, release 2025-03-01.1: the record was published for the first time." in said
    assert "The full title." in words(site, "en/programs/kites.html")
    assert "Not released yet: 1 value changed." in words(site, "en/grants/G-2024-2.html")


def test_a_removed_record_leaves_a_page_that_says_when_and_why(site: Path) -> None:
    said = words(site, "en/grants/G-2024-4.html")
    assert said.startswith("Home Grants A new lamp for the tower")
    assert "This record was removed. It was taken out on May 1, 2025, with release 2025-05-01.1." in said
    assert "Why: The council took the grant back." in said
    assert "Amount awarded 1,200" in said
    page = (site / "eo/grants/G-2024-4.html").read_text("utf-8")
    assert '<span lang="en">The council took the grant back.</span>' in page  # the only language that it exists in


def test_a_removed_record_is_in_no_list_and_no_file_of_today(site: Path) -> None:
    for path in ("en/grants/index.html", "en/years/2024.html", "en/organizations/lighthouse.html"):
        assert 'href="../grants/G-2024-4.html"' not in (site / path).read_text("utf-8")
    assert "G-2024-4" not in (site / "data/grants.csv").read_text("utf-8")
    assert "G-2024-4.html" not in (site / "sitemap.xml").read_text("utf-8")
    assert "G-2024-4" in (site / "data/releases/2025-04-01.1/grants.csv").read_text("utf-8")


def test_feeds_tell_what_is_new_changed_and_removed(site: Path) -> None:
    everything = entries(site, "en/feeds/changes.xml")
    assert everything[:4] == [
        "Removed: A new lamp for the tower",
        "Changed: <b>bold</b> & <script>alert(1)</script>",
        "New: A third year",
        "Changed: The great Kites for all",
    ]
    assert entries(site, "en/organizations/harbour-council.xml")[0] == "Removed: A new lamp for the tower"
    assert "Removed: A new lamp for the tower" in entries(site, "en/organizations/lighthouse.xml")
    assert "Removed: A new lamp for the tower" in entries(site, "en/places/havena.xml")
    assert "Removed: A new lamp for the tower" in entries(site, "en/places/fantazia.xml")  # which is around it
    assert entries(site, "en/programs/kites.xml")[0].startswith("Changed: ")
    assert "Removed: A new lamp for the tower" not in entries(site, "en/programs/kites.xml")
    summary = etree.parse(site / "en/programs/kites.xml").getroot().findall(f".//{ATOM}summary")[0].text
    assert summary is not None
    assert "Amount awarded: 30000 → 31000.5. Why: The decision says so." in summary


def test_the_site_holds_every_release_as_it_was_made(site: Path, data: Path) -> None:
    made, published = files_of(data / "releases"), files_of(site / "data/releases")
    assert len(made) > 100
    assert {name: published[name] for name in made} == made
    assert sorted(set(published) - set(made)) == [
        *(f"{version}/fantazia-{version}.zip" for version in ("2025-03-01.1", "2025-04-01.1", "2025-05-01.1")),
        "index.json",
    ]


def test_what_is_not_released_is_cited_as_that(site: Path) -> None:
    page = (site / "en/data.html").read_text("utf-8")
    assert "-unreleased, as of " in page
    assert "This version stays at" not in page


def test_the_api_tells_the_history_and_keeps_the_address_of_a_removed_record(site: Path) -> None:
    described = json.loads((site / "data/api/openapi.json").read_text("utf-8"))
    schema = {**described["components"]["schemas"]["grants"], "components": described["components"]}
    changed, gone = (
        json.loads((site / f"data/api/grants/{name}.json").read_text("utf-8")) for name in CHANGED_AND_GONE
    )
    for document in (changed, gone):
        assert list(jsonschema_rs.validator_for(schema).iter_errors(document)) == []
    assert [told["change"] for told in changed["history"]] == ["changed", "added"]
    reason = {"eo": "La decido diras tion.", "en": "The decision says so."}
    assert changed["history"][0]["values"] == [
        {"field": "amount_awarded", "before": "30000", "after": "31000.5", "reason": reason},
        {"field": "changed_on", "before": "2025-01-15", "after": "2025-04-01", "reason": reason},
    ]
    assert "record" not in gone
    assert (gone["removed"]["version"], gone["removed"]["date"]) == ("2025-05-01.1", "2025-05-01")
    assert gone["removed"]["reason"] == {"en": "The council took the grant back."}
    assert gone["removed"]["record"]["amount_awarded"] == "1200"
