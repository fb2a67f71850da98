"""The ways to look at grants on the explore page: their figures are those of the records, and they work by keyboard."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visit, cleared
from tests.browser.page_types import LANGUAGES
from tests.browser.test_axe import NARROW, NARROWEST, SCHEMES, WIDE, set_width, violations
from tests.browser.test_svg import faulty_labels, open_details
from tests.plugin_site import ROOT, _serve

DATA, TINY = ROOT / "data", ROOT / "tests/data/tiny"
ANNOUNCED = "announced"  # certainty of grants that are not counted
DIMENSIONS = ("recipient", "funder", "program", "place", "sphere", "year")
VIEWS = ("table", "map", "groups&by=recipient", "groups&by=place", "compare", "compare&by=place")

# What the rows of groups say: value in the address -> the words of the cells.
GROUPS = """() => Object.fromEntries([...document.querySelectorAll(".grouped tbody tr")].map((row) => {
  const by = document.querySelector(".choices__link[aria-current=true]").dataset.by;
  const hash = new URLSearchParams(row.querySelector("a").hash.slice(1));
  const lines = (cell) => [...cell.querySelectorAll(".below")].map((line) => line.textContent);
  const [grants, ...figures] = row.querySelectorAll("td");
  return [hash.get(by), [grants.textContent, ...figures.map(lines)]];
}))"""

# How high the highest bar of each drawing stands above the floor.
HEIGHTS = """(drawings) => drawings.map((one) => {
  const boxes = [...one.querySelectorAll(".chart__bar[d]")].map((bar) => bar.getBBox());
  return Math.max(...boxes.map(({ y, height }) => y + height)) - Math.min(...boxes.map(({ y }) => y));
})"""

Rows = list[dict[str, str]]


def grants_of(data: Path) -> Rows:
    """The grants of a folder of records, as they are written."""
    found: Rows = []
    for file in sorted((data / "grants").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            found += csv.DictReader(stream)
    return found


def values_of(data: Path, grant: Mapping[str, str], dimension: str) -> list[str]:
    """What a grant belongs to; a grant of a place also to the places around it."""
    if dimension != "place" or not grant["place"]:
        return [grant[dimension] or "none"]
    with (data / "places.csv").open(encoding="utf-8", newline="") as stream:
        parents = {place["id"]: place["parent"] for place in csv.DictReader(stream)}
    found = [grant["place"]]
    while parents[found[-1]]:
        found.append(parents[found[-1]])
    return found


def said(amount: Decimal, currency: str) -> str:
    digits = f"{amount.normalize():,f}"
    names = {"KGS": "som", "XTS": "shells", "EUR": "euros"}
    return f"{digits}\u00a0{names[currency]}"


def groups_of(data: Path, dimension: str) -> dict[str, list[Any]]:
    """What the page should say of each group, computed from the records."""
    by_value: dict[str, Rows] = defaultdict(list)
    for grant in grants_of(data):
        for value in values_of(data, grant, dimension):
            by_value[value].append(grant)
    found: dict[str, list[Any]] = {}
    for value, grants in by_value.items():
        counted = [grant for grant in grants if grant["certainty"] != ANNOUNCED]
        words = f"{len(counted)} grant{'' if len(counted) == 1 else 's'}"
        if len(grants) > len(counted):
            words += f", {len(grants) - len(counted)} announced"
        amounts: dict[str, list[Decimal]] = defaultdict(list)
        for grant in counted:
            if grant["amount_awarded"]:
                amounts[grant["currency"]].append(Decimal(grant["amount_awarded"]))
        ordered = sorted(amounts.items(), key=lambda item: -len(item[1]))
        found[value] = [
            words,
            *([said(Decimal(figure(known)), code) for code, known in ordered] for figure in (sum, median, max)),
        ]
    return found


@pytest.fixture(scope="module")
def _island_tab(browser: Browser, tiny_site: Path) -> Iterator[Visit]:
    for home in _serve(tiny_site):
        context = browser.new_context()
        yield Visit(context.new_page(), home)
        context.close()


@pytest.fixture
def islander(_island_tab: Visit) -> Visit:
    """A reader of the tiny portal, which has several amounts and currencies and no map."""
    return cleared(_island_tab)


def opened(visit: Visit, view: str, language: str = "en") -> Page:
    """The explore page with a view, when all of it is there."""
    page = visit.open(f"{language}/explore.html#view={view}")
    expect(page.locator("[data-part=view] > *")).to_have_count(1)
    expect(page.locator("[data-part=chart] figure")).to_have_count(1)
    return page


def columns(page: Page) -> list[str]:
    return page.locator(".rows thead th").all_inner_texts()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEWS)
def test_views_are_accessible_fit_the_window_and_have_whole_labels(view: str, language: str, inspector: Visit) -> None:
    """In one language with axe, as the three differ in words alone."""
    page = opened(inspector, view, language)
    open_details(page)
    found: dict[str, Any] = {}
    for width in (NARROWEST, NARROW, WIDE):
        set_width(page, width)
        found |= {f"{width} px: {what}": labels for what, labels in faulty_labels(page).items()}
        found[f"{width} px: wider than the window by"] = page.evaluate("document.documentElement.scrollWidth") - width
        for scheme in SCHEMES if language == "en" and width != NARROWEST else ():
            found[f"{width} px, {scheme}: axe"] = violations(page, scheme)
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert page.locator("[data-part=chart] svg text:not(:empty)").count() > 5
    assert inspector.faults == []


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_groups_have_the_figures_of_the_records(dimension: str, reader: Visit) -> None:
    page = opened(reader, f"groups&by={dimension}")
    assert page.evaluate(GROUPS) == groups_of(DATA, dimension)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_groups_keep_currencies_and_announced_grants_apart(dimension: str, islander: Visit) -> None:
    page = opened(islander, f"groups&by={dimension}")
    assert page.evaluate(GROUPS) == groups_of(TINY, dimension)


def test_groups_are_sorted_by_a_column(islander: Visit) -> None:
    page = opened(islander, "groups&by=recipient")
    names = page.locator(".grouped tbody th")
    page.get_by_role("button", name="Largest").click()
    expect(names).to_have_text(
        [
            "Seagull Foundation",
            "Tortoise & Daughters Company",
            "Association “Lighthouse, Always”",
            "Not said",
            "Hill School",
        ]
    )
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Largest")


def test_a_group_leads_to_its_grants(reader: Visit) -> None:
    page = opened(reader, "groups&by=sphere")
    page.get_by_role("link", name="Culture").click()
    expect(page.locator("[data-part=count]")).to_have_text("1 grant")
    expect(page.locator(".grant-card")).to_have_count(1)


def test_the_chart_has_the_grants_and_the_money_of_each_year(reader: Visit) -> None:
    page = opened(reader, "list")
    page.get_by_text("The same figures as a table").click()
    rows = page.locator("[data-part=chart] tbody tr")
    expect(rows).to_have_count(12)  # also the years without grants
    expect(rows.nth(1)).to_have_text("20152 grants, 6 announced476,300\u00a0som")
    expect(rows.nth(2)).to_have_text("20160 grants0\u00a0som")
    bars = page.locator("[data-part=chart] svg").first.get_by_role("link")
    assert [bar.get_attribute("aria-label") for bar in bars.all()] == [
        "2014: 5 grants",
        "2015: 2 grants, 6 announced",
        "2018: 2 grants",
        "2019: 2 grants",
        "2023: 1 grant",
        "2025: 1 grant",
    ]
    bars.nth(3).focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-part=count]")).to_have_text("2 grants")
    assert "year=2019" in page.url


def test_the_map_counts_what_is_found_with_the_places_inside(reader: Visit) -> None:
    page = opened(reader, "map")
    counts = {region: len(rows) for region, rows in by_region().items()}
    listed = page.locator(".map li")
    drawn = page.locator(".map__link")
    for at, region in enumerate(drawn.all()):
        place, count = region.get_attribute("data-place") or "", counts.get(region.get_attribute("data-place") or "", 0)
        assert region.locator("text").text_content() == (str(count) if count else ""), place
        assert (region.get_attribute("href") is None) == (count == 0), place
        words = f"{count} grant{'' if count == 1 else 's'}"
        assert (listed.nth(at).text_content() or "").endswith(f": {words}"), place
        assert (region.get_attribute("aria-label") or "").endswith(f": {words}"), place
    page.locator(".map li a[data-place=KG-B]").click()
    expect(page.locator("[data-part=count]")).to_have_text(f"{counts['KG-B']} grants")
    expect(page.locator(".map__link[aria-current=true]")).to_have_attribute("data-place", "KG-B")
    expect(page.locator(".map__link[data-place=KG-Y] text")).to_have_text(
        str(counts["KG-Y"])
    )  # its own choice left out


def by_region() -> dict[str, Rows]:
    found: dict[str, Rows] = defaultdict(list)
    for grant in grants_of(DATA):
        for place in values_of(DATA, grant, "place"):
            found[place].append(grant)
    return found


def test_columns_of_the_table_are_chosen_and_moved_by_keyboard(reader: Visit) -> None:
    page = opened(reader, "table")
    first = ["Title (in English)", "Received by", "Given by", "Where", "Year", "Amount awarded"]
    assert columns(page) == first
    page.locator("summary", has_text="Choose columns").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Sphere", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator(".rows thead th")).to_have_text([*first, "Sphere"])
    expect(page.get_by_label("Sphere", exact=True)).to_be_focused()
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    moved = [*first[:-1], "Sphere", "Amount awarded"]
    expect(page.locator(".rows thead th")).to_have_text(moved)
    expect(page.get_by_role("button", name="Earlier: Sphere")).to_be_focused()
    for key in ("Tab", "Enter"):
        page.keyboard.press(key)
    expect(page.locator(".rows thead th")).to_have_text([*first, "Sphere"])
    page.get_by_label("Where", exact=True).press("Space")
    expect(page.locator(".rows thead th")).to_have_text([*first[:3], *first[4:], "Sphere"])
    page.go_back()
    expect(page.locator(".rows thead th")).to_have_text([*first, "Sphere"])
    page.reload()
    expect(page.locator(".rows thead th")).to_have_text([*first, "Sphere"])


def test_the_table_says_names_amounts_and_days_as_the_site_does(reader: Visit) -> None:
    fields = "id,funder,partners,place,year,amount_awarded,decided_on,title_en,title_ru"
    page = opened(reader, f"table&columns={fields}")
    cells = {
        row.locator("th").inner_text(): row.locator("td").all_inner_texts()
        for row in page.locator(".rows tbody tr").all()
    }
    assert cells["KGA-010"][:5] == ["Ministry of Social Development", "", "Taldy-Suu", "2015", "476,300\u00a0som"]
    records = {grant["id"]: grant for grant in grants_of(DATA)}
    assert set(cells) == set(records)
    assert cells["KGA-004"][6] == "Аталардын мурасы Kyrgyz"  # in the language it has
    assert cells["KGA-005"][7] == records["KGA-005"]["title_ru"]


def test_a_heading_of_the_table_sorts_it(islander: Visit) -> None:
    page = opened(islander, "table&columns=id,amount_awarded")
    page.locator(".rows thead").get_by_role("link", name="Amount awarded").click()
    expect(page.locator(".rows tbody tr").first).to_have_text("G-2023-140,000.5\u00a0shells")
    expect(page.locator("th[aria-sort=descending]")).to_have_text("Amount awarded")


def test_the_chosen_ones_are_compared_else_the_largest(reader: Visit) -> None:
    page = opened(reader, "compare")
    names = page.locator(".compared tbody th")
    expect(names).to_have_count(3)
    choice = page.get_by_role("navigation", name="Choose two or more")
    choice.get_by_role("link", name="Ministry of Social Development").click()
    expect(page.locator("[data-part=count]")).to_have_text("8 grants")
    expect(names).to_have_count(3)  # one alone stands beside the largest others
    choice.get_by_role("link", name="Karakol City Mayor's Office").click()
    expect(names).to_have_text(["Ministry of Social Development", "Karakol City Mayor's Office"])
    cells = page.locator(".compared tbody tr").first.locator("td")
    expect(cells.nth(0)).to_have_text("2 grants, 6 announced")
    assert cells.nth(1).locator(".below").all_inner_texts() == ["476,300\u00a0som"]
    expect(cells.nth(4)).to_have_text("1 of 2")
    joint = page.locator(".compared tbody tr").nth(1).locator("td").nth(1)
    expect(joint).to_have_text("joint: 400,000\u00a0som")
    # One scale for all: eight grants of 2015 here, two of 2019 there.
    heights = page.locator(".compared svg").evaluate_all(HEIGHTS)
    assert heights[1] == pytest.approx(heights[0] / 4, abs=1)
    names.first.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Ministry of Social Development")
