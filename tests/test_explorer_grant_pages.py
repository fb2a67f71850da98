"""A portal with more grants than pages: each grant is a card of the explore page, and a line of a list."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from portal.addresses import Addresses, addresses_of
from portal.exports import Job, api_records
from portal.exports.giving360.writer import Writer
from tests.html_page import Page, read_page
from tests.plugin_site import build_site, listed
from tests.test_exports_iati import activity, written
from tests.test_site_links import SITEMAP, internal, place, target

HERE = Path(__file__).parent
GRANTS = {f"G-{year}-{number}" for year in (2023, 2024) for number in (1, 2, 3, 4)}
PUBLIC = "https://fantasia.example/grants"
SETTINGS = f"""
import sys
sys.path[:0] = [{str(HERE / "data")!r}]
from tinyconf import *
from portal.pages import lists
lists.LINES = 3
PORTAL = {{**PORTAL, "grant_pages": 7}}
"""


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny portal with one grant more than pages, and three lines a list."""
    return built(tmp_path_factory.mktemp("cards"), SETTINGS)


@pytest.fixture(scope="module")
def public_island(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for the public."""
    return built(tmp_path_factory.mktemp("public-cards"), f"{SETTINGS}SITEURL = {PUBLIC!r}\n")


@pytest.fixture(scope="module")
def pages(island: Path) -> Mapping[str, Page]:
    return pages_of(island)


def built(folder: Path, settings: str) -> Path:
    conf, output = folder / "conf.py", folder / "output"
    conf.write_text(settings, encoding="utf-8")
    done = build_site(output, conf, content=HERE / "data/content")
    assert done.returncode == 0, done.stderr
    return output


def card_of(address: str) -> str | None:
    """The grant whose card an address opens."""
    parts = urlsplit(address)
    is_card = parts.path.endswith("explore.html") and parts.fragment.startswith("grant=")
    return unquote(parts.fragment.removeprefix("grant=")) if is_card else None


def test_no_grant_has_a_page(island: Path) -> None:
    found = {path.relative_to(island).as_posix() for path in island.glob("*/grants/*.html")}
    lists = ("index", "list-1", "list-2", "list-3")
    assert found == {f"{language}/grants/{name}.html" for language in ("eo", "en") for name in lists}


def dead_addresses(pages: Mapping[str, Page], island: Path) -> list[str]:
    """Places of links that lead to no file, or to no anchor."""
    lost = []
    for page in pages.values():
        for element, address in internal(page):
            goal, anchor = target(page, address), unquote(urlsplit(address).fragment)
            is_there = (island / goal).is_file()
            if is_there and anchor and goal in pages and not goal.endswith("explore.html"):
                is_there = anchor in pages[goal].anchors or anchor == "choose"
            if not is_there:
                lost.append(place(page, element, address))
    return lost


def pages_of(island: Path) -> Mapping[str, Page]:
    """Path -> page."""
    files = {path.relative_to(island).as_posix(): path for path in sorted(island.rglob("*.html"))}
    return {name: read_page(name, path.read_text("utf-8")) for name, path in files.items()}


def test_no_address_is_dead(pages: Mapping[str, Page], island: Path) -> None:
    lost = dead_addresses(pages, island)
    assert not lost, listed(lost)


def test_links_open_cards_of_grants_that_exist(pages: Mapping[str, Page]) -> None:
    found = Counter(card_of(address) for page in pages.values() for _, address in internal(page))
    found.pop(None)
    assert set(found) == GRANTS
    assert all(count > 2 for count in found.values())  # not only in the lists


@pytest.mark.parametrize("language", ["eo", "en"])
def test_every_grant_has_a_line_with_an_anchor(language: str, pages: Mapping[str, Page]) -> None:
    lists = [pages[f"{language}/grants/list-{number}.html"] for number in (1, 2, 3)]
    lines = [line for page in lists for line in page.root.all("li") if line.get("id")]
    assert {line.get("id") for line in lines} == GRANTS
    assert [line.text[:4] for line in lines] == ["2024"] * 4 + ["2023"] * 4
    for line in lines:
        assert [card_of(link.get("href")) for link in line.all("a")] == [line.get("id")]


def test_a_line_says_year_title_recipient_place_and_amount(pages: Mapping[str, Page]) -> None:
    lines = {
        line.get("id"): line.text
        for number in (1, 2, 3)
        for line in pages[f"en/grants/list-{number}.html"].root.all("li")
    }
    assert lines["G-2023-1"] == "2023 · School of the wind · Seagull Foundation · Harbour Town · 40,000.5 shells"
    assert lines["G-2024-3"].endswith("recipient not named · Fantasia Island · amount not published announced only")
    assert lines["G-2023-2"].endswith("Monta Vilaĝo Esperanto · part of 60,000 shells for 2 grants together")


def test_the_lists_follow_each_other(pages: Mapping[str, Page]) -> None:
    ways = {}
    for number in (1, 2, 3):
        links = [link for link in pages[f"en/grants/list-{number}.html"].root.all("a") if link.get("rel")]
        ways[number] = {link.get("rel"): link.get("href") for link in links}
    assert ways == {
        1: {"next": "../grants/list-2.html"},
        2: {"prev": "../grants/list-1.html", "next": "../grants/list-3.html"},
        3: {"prev": "../grants/list-2.html"},
    }


def test_the_page_of_grants_links_all_lists(pages: Mapping[str, Page]) -> None:
    page = pages["en/grants/index.html"]
    links = [link for link in page.root.all("a") if "/list-" in link.get("href")]
    assert [(link.get("href"), link.text) for link in links] == [
        ("../grants/list-1.html", "1–3"),
        ("../grants/list-2.html", "4–6"),
        ("../grants/list-3.html", "7–8"),
    ]


def test_the_sitemap_has_the_lists_and_no_cards(public_island: Path) -> None:
    found = [one.text or "" for one in ElementTree.parse(public_island / "sitemap.xml").iter(f"{SITEMAP}loc")]
    of_grants = [address for address in found if "/en/grants/" in address]
    names = ("index", "list-1", "list-2", "list-3")
    assert sorted(of_grants) == [f"{PUBLIC}/en/grants/{name}.html" for name in names]
    assert not [address for address in found if "#" in address]


def test_no_file_names_a_page_of_a_grant(public_island: Path) -> None:
    texts = (".html", ".json", ".csv", ".xml", ".txt", ".js", ".jsonl", ".ttl", ".jsonld", ".ics")
    found = [
        f"{path.relative_to(public_island)}: {grant}"
        for path in public_island.rglob("*")
        if path.suffix in texts
        for text in [path.read_text("utf-8")]
        for grant in GRANTS
        if f"grants/{grant}.html" in text
    ]
    assert not found, listed(found)


def test_files_for_programs_name_the_cards(public_island: Path) -> None:
    card = f"{PUBLIC}/en/explore.html#grant=G-2023-1"
    record = json.loads((public_island / "data/api/grants/G-2023-1.json").read_text("utf-8"))
    entries = json.loads((public_island / "data/api/grants/index.json").read_text("utf-8"))["rows"]
    assert record["pages"]["en"] == card
    assert {entry["id"]: entry["pages"]["en"] for entry in entries}["G-2023-1"] == card


def test_the_page_for_lost_visitors_leads_from_old_pages_to_cards(pages: Mapping[str, Page]) -> None:
    scripts = [script.get("src") for script in pages["404.html"].root.all("script")]
    assert scripts == ["static/js/moved-grant.js"]


def few_pages(job: Job) -> Job:
    return replace(job, settings=replace(job.settings, grant_pages=7, site_url=PUBLIC, prefixes={"iati": "XM-TEST-1"}))


def test_exports_in_standards_name_the_cards(job: Job, tmp_path: Path) -> None:
    few = few_pages(job)
    assert Writer(few).page("grants", "G-2023-1") == f"{PUBLIC}/en/explore.html#grant=G-2023-1"
    assert Writer(few).page("programs", "kites") == f"{PUBLIC}/en/programs/kites.html"
    found = activity(written(few, tmp_path), "grant", "G-2023-1")
    assert found.xpath("document-link/@url") == [f"{PUBLIC}/eo/explore.html#grant=G-2023-1"]


def test_the_files_of_records_lead_to_cards_also_without_an_address_of_the_site(job: Job) -> None:
    few = replace(few_pages(job), settings=replace(job.settings, grant_pages=0))
    document = api_records.make_record_document(few, few.package.by_name["grants"])
    assert json.loads(document("G-2023-1", None))["pages"]["en"] == "../../../en/explore.html#grant=G-2023-1"


def test_as_many_grants_as_pages_have_pages(job: Job) -> None:
    addresses = addresses_of(replace(job.settings, grant_pages=8), job.past)
    assert addresses.record("grants", "G-2023-1") == "grants/G-2023-1.html"


@pytest.mark.parametrize(
    ("table", "identifier", "address"),
    [
        ("grants", "G-1", "explore.html#grant=G-1"),
        ("grants", "a/b&c=ж", "explore.html#grant=a%2Fb%26c%3D%D0%B6"),
        ("grants", "G-0", "grants/G-0.html"),  # the page that says why it is gone
        ("organizations", "G-1", "organizations/G-1.html"),
    ],
)
def test_addresses_of_records(table: str, identifier: str, address: str) -> None:
    assert Addresses(has_grant_pages=False, kept=frozenset(("G-0",))).record(table, identifier) == address
