"""What pages say of quality and lateness: quality, organizations, coverage; with few bodies and with many."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import TINY
from tests.html_page import read_page
from tests.releases_of_tiny import FIRST, SECOND, add, build_tiny_site, drop, edit, release

GRANTS = "grants/2024.csv"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny portal after two releases, of which the second filled in two cells; one grant is in a wrong year."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("quality") / "data"))
    release(data, FIRST)
    edit(data / GRANTS, "G-2024-4", sphere="leisure", beneficiary_group="elders")
    add(data / GRANTS, "G-2024-2", id="G-2025-1", year="2025", title_en="Late kites", title_eo="Malfruaj kajtoj")
    release(data, SECOND)
    return build_tiny_site(data, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same portal with a grant of each of 61 more bodies."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("crowd") / "data"))
    for number in range(61):
        body = f"body-{number:02}"
        add(data / "organizations.csv", "harbour-council", id=body, name_en=f"Body {number:02}", name_eo="")
        add(data / GRANTS, "G-2024-4", id=f"G-{body}", funder=body, title_en=f"Lamp {number}", title_eo="")
    drop(data / GRANTS, "G-2024-4")
    return build_tiny_site(data, tmp_path_factory.mktemp("crowded"))


def words(site: Path, path: str) -> str:
    """The words of a page's main part, with single spaces."""
    page = read_page(path, (site / path).read_text("utf-8"))
    said = next(page.root.all("main")).text.replace("\u00a0", " ")
    return re.sub(r" ([:.,)])", r"\1", said)


@pytest.mark.parametrize(
    "sentence",
    [
        "8 grants are published here. 59 of 72 cells that readers need are filled in: 81%.",
        "For whom 5 of 8 Unless it says for whom, people do not see that the help is for them.",
        "“For whom” is empty in 3 of 7. Unless it says for whom, people do not see that the help is for them.",
        "“Received by” is empty in 1 of 7. Without a recipient, nobody knows who got the money.",
        "“People planned” is empty in 1 of 1.",
        "The grant is of 2025, but the program “kites” runs from 2023 to 2024.",
        "Column “Year”: G-2025-1",
        "Release Grants Filled in March 1, 2025 7 76% April 1, 2025 8 81%",
        "The checks warn of nothing.",
        "An empty cell means that no source says it.",
    ],
)
def test_the_page_of_quality_says_what_is_missing_and_what_is_odd(sentence: str, site: Path) -> None:
    assert sentence in words(site, "en/quality.html")


def test_nothing_is_lost_where_everything_is_filled_in(site: Path) -> None:
    assert re.search(r"Where 8 of 8 (?!Without)", words(site, "en/quality.html"))


def test_bodies_stand_in_the_order_of_the_alphabet_not_of_their_figures(site: Path) -> None:
    page = read_page("", (site / "en/quality.html").read_text("utf-8"))
    matrix = next(table for table in page.root.all("table") if table.get("class") == "matrix")
    rows = [[cell.text for cell in row.all("th", "td")] for row in matrix.all("tr")]
    assert rows[0][:3] == ["Body", "Grants", "Received by"]
    assert rows[1][:4] == ["Council of Harbour Town", "1", "1 of 1", "1 of 1"]
    assert rows[2][:4] == ["Ministry of Kites", "7", "6 of 7", "6 of 7"]


def test_the_figures_can_be_taken_away(site: Path) -> None:
    page = read_page("", (site / "en/quality.html").read_text("utf-8"))
    addresses = [link.get("href") for link in page.root.all("a")]
    assert {"../data/quality.csv", "../data/quality.json"} <= set(addresses)


def test_the_page_of_a_body_says_how_full_its_records_are(site: Path) -> None:
    said = words(site, "en/organizations/ministry-of-kites.html")
    assert "How full are the records of what it published?" in said
    assert "51 of 63 cells that readers need are filled in: 80%." in said
    assert "Payments 2 records, 50%" in said
    assert "The grant is of 2025, but the program “kites” runs from 2023 to 2024." in said
    assert "How full are the records" not in words(site, "en/organizations/seagull.html")


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        (
            "organizations/ministry-of-kites",
            "2023 published Due February 1, 2024, published February 15, 2024: 14 days late",
        ),
        (
            "organizations/ministry-of-kites",
            "2024 late Due January 15, 2025, not published: overdue, as of April 1, 2025",
        ),
        (
            "organizations/harbour-council",
            "2023 nothing to report Due February 2024, said so January 20, 2024: in time",
        ),
        ("coverage", "published February 15, 2024: 14 days late"),
        ("coverage", "not published: overdue, as of April 1, 2025"),
        ("years/2023", "said so January 20, 2024: in time"),
    ],
)
def test_lateness_and_nothing_to_publish_are_told(path: str, sentence: str, site: Path) -> None:
    assert sentence in words(site, f"en/{path}.html")


def test_many_bodies_are_told_in_a_line_each_and_on_their_own_pages(crowd: Path) -> None:
    page = read_page("", (crowd / "en/quality.html").read_text("utf-8"))
    assert not [table for table in page.root.all("table") if table.get("class") == "matrix"]
    links = [link.get("href") for link in page.root.all("a") if link.get("href").endswith("#quality")]
    assert len(links) == 62
    assert "Body 07 1 55% 0" in words(crowd, "en/quality.html")
    assert "5 of 9 cells that readers need are filled in" in words(crowd, "en/organizations/body-07.html")


def test_without_a_release_the_trend_is_what_is_there_now(crowd: Path) -> None:
    assert "No release has been made yet. Release Grants Filled in now 67" in words(crowd, "en/quality.html")
