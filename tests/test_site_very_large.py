"""A portal above every limit of its settings: cards, packed CSV, nothing beside pages; and parts of a site."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import frictionless
import pytest

from tests.plugin_site import build_site, listed
from tests.test_explorer_grant_pages import HERE, PUBLIC, SETTINGS, built, dead_addresses, pages_of
from tests.test_site_links import SITEMAP

pytestmark = pytest.mark.long

LIMITS = '{**PORTAL, "grant_pages": 0, "all_formats": 7, "prepared_files": 7}'
PUBLISHED = {  # what a portal may publish -> files that are there when it does
    "pages of grants": "en/grants/G-*.html",
    "lists of grants": "en/grants/list-*.html",
    "files beside pages": "*/places/*.csv",
    "JSON beside pages": "*/places/*.json",
    "plain grants": "data/grants.csv",
    "packed grants": "data/grants.csv.gz",
    "workbooks": "data/*/fantazia.xlsx",
    "archive": "data/fantazia.zip",
    "database": "data/fantazia.sqlite",
    "interface": "data/api/*",
    "360Giving": "data/360giving.json",
    "OCDS": "data/ocds-releases.json",
}
BESIDE = {"files beside pages", "JSON beside pages"}
WHOLE = {"plain grants", "workbooks", "archive", "database", "interface", "360Giving", "OCDS"}
PACKED_WORDS = "Tables with very many rows are published only as Parquet and packed CSV (.csv.gz)."
ALONE_WORDS = "This portal is so large that no files stand beside pages."
BESIDE_WORDS = "Beside the page of every organization"
CITED = re.compile(r"(?<!/)data/[\w./-]*\w")


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny portal with one grant more than each limit."""
    return built(tmp_path_factory.mktemp("large"), f"{SETTINGS}PORTAL = {LIMITS}\n")


def test_no_address_is_dead(island: Path) -> None:
    lost = dead_addresses(pages_of(island), island)
    assert not lost, listed(lost)


def test_what_is_too_much_is_not_made(island: Path) -> None:
    assert not [*island.glob("*/grants/list-*.html")]
    assert not [*island.glob("*/places/*.csv"), *island.glob("*/places/*.json")]
    of_grants = {path.name for path in (island / "data").glob("grants.*")}
    assert of_grants == {"grants.csv.gz", "grants.parquet"}
    made = {path.name for path in (island / "data").iterdir()}
    assert made.isdisjoint({"360giving.json", "ocds-releases.json", "api"})
    assert {"programs.csv", "programs.json"} <= made  # a small table is there in every format


def test_the_packed_package_is_valid_and_whole(island: Path) -> None:
    report = frictionless.validate(str(island / "data/datapackage.json"))
    assert report.valid, report.flatten(["message"])
    lines = gzip.decompress((island / "data/grants.csv.gz").read_bytes()).decode().splitlines()
    assert len(lines) == 1 + 8
    resources = json.loads((island / "data/datapackage.json").read_text("utf-8"))["resources"]
    packed = {one["name"]: one["path"] for one in resources if one.get("compression") == "gz"}
    assert packed["grants"] == "grants.csv.gz"


@pytest.mark.parametrize(
    ("limits", "published", "says"),
    [
        ({}, {"pages of grants", *BESIDE, *WHOLE}, {BESIDE_WORDS}),
        ({"grant_pages": 7}, {"lists of grants", *BESIDE, *WHOLE}, {BESIDE_WORDS}),
        ({"prepared_files": 7}, {"pages of grants", *WHOLE}, {ALONE_WORDS}),
        ({"all_formats": 7}, {"pages of grants", *BESIDE, "packed grants"}, {BESIDE_WORDS, PACKED_WORDS}),
        ({"grant_pages": 7, "prepared_files": 7, "all_formats": 7}, {"packed grants"}, {ALONE_WORDS, PACKED_WORDS}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_each_limit_leaves_out_its_own(
    limits: dict[str, int], published: set[str], says: set[str], tmp_path: Path
) -> None:
    at_the_limit = dict.fromkeys(("grant_pages", "prepared_files", "all_formats"), 8)
    island = built(tmp_path, f"{SETTINGS}PORTAL = {{**PORTAL, **{at_the_limit | limits!r}}}\n")
    assert {name for name, pattern in PUBLISHED.items() if [*island.glob(pattern)]} == published
    pages = pages_of(island)
    lost = dead_addresses(pages, island)
    assert not lost, listed(lost)
    text = pages["en/data.html"].root.text
    assert {words for words in (BESIDE_WORDS, ALONE_WORDS, PACKED_WORDS) if words in text} == says


def test_only_what_was_made_is_named(island: Path) -> None:
    page = pages_of(island)["en/data.html"]
    cited = set(CITED.findall(page.root.text))
    assert {"data/grants.csv.gz", "data/programs.csv", "data/datapackage.json"} <= cited
    assert [path for path in cited if not (island / path).is_file()] == []
    assert "gh attestation verify grants.csv.gz --repo" in page.root.text
    description = next(one.get("content") for one in page.root.all("meta") if one.get("name") == "description")
    assert description.startswith("All records to take away: CSV and Parquet, with")
    readme = (island / "data/README.txt").read_text("utf-8")
    assert "Excel" not in readme
    assert "XLSX" not in readme
    assert f"- {PACKED_WORDS}\n" in readme
    assert "- The folders eo/, en/ hold CSV files for people, with headings" in readme


def test_the_list_for_search_engines_is_divided(tmp_path: Path) -> None:
    conf = "from portal.pages import special\nspecial.MOST_ADDRESSES = 30\n"
    island = built(tmp_path, f"{SETTINGS}{conf}PORTAL = {{**PORTAL, 'grant_pages': 8}}\nSITEURL = {PUBLIC!r}\n")
    index = ElementTree.parse(island / "sitemap.xml").getroot()
    parts = [str(one.text).removeprefix(f"{PUBLIC}/") for one in index.iter(f"{SITEMAP}loc")]
    assert parts == [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    found = []
    for part in parts:
        listed_here = [str(one.text) for one in ElementTree.parse(island / part).getroot().iter(f"{SITEMAP}loc")]
        assert len(listed_here) <= 30
        found += listed_here
    assert len(found) == len(set(found))
    there = {path.relative_to(island).as_posix() for path in island.rglob("*.html")}
    assert {path.removeprefix(f"{PUBLIC}/") for path in found} <= there
    assert f"{PUBLIC}/en/grants/G-2024-1.html" in found


def test_only_one_folder_of_pages_is_made(tmp_path: Path) -> None:
    island = built(tmp_path, f"{SETTINGS}PORTAL = {{**PORTAL, 'grant_pages': 8, 'only': 'grants'}}\n")
    assert {path.parent.name for path in island.rglob("*.html")} == {"grants"}
    assert len([*island.glob("en/grants/G-*.html")]) == 8
    assert not (island / "data").exists()
    assert not (island / "explore").exists()


@pytest.mark.parametrize("shard", ["0/4", "5/4", "4", "a/b", "1/0"])
def test_a_shard_that_cannot_be_is_refused(shard: str, tmp_path: Path) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text(f"{SETTINGS}PORTAL = {{**PORTAL, 'shard': '{shard}'}}\n", encoding="utf-8")
    done = build_site(tmp_path / "output", conf, content=HERE / "data/content")
    assert done.returncode == 1
    assert f"“{shard}”" in done.stderr
    assert "Traceback" not in done.stderr
