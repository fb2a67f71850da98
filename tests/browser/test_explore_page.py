"""The page that searches shows what stands in its address: by keyboard, by thumb, and with faulty input."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_axe import set_width, sticks_out, violations
from tests.plugin_left_out import AXE

EXPLORE = "en/explore.html"
CHILDREN = "#q=children&place=KG-B"
EVIL = "<img src=x onerror=alert(1)>"
MINISTRY = "Ministry of Social Development"
GRANT = "#grant=KGA-001"
# Replaces the index of the page by one that gives every answer another form, and asks again.
ANSWER = """change => {
  const page = document.querySelector("grant-explorer");
  const { ask } = page.index;
  page.index.ask = async (...asked) => ({ ...await ask(...asked), ...change });
  return page.ask();
}"""
BREAK = """() => {
  const page = document.querySelector("grant-explorer");
  const { ask } = page.index;
  page.index.ask = async () => {
    page.index.ask = ask;
    throw Object.assign(new Error("t/3 did not come"), { path: "t/3" });
  };
  return page.ask();
}"""
SHIFTS = """new Promise((resolve) => {
  new PerformanceObserver((list) => {
    resolve(list.getEntries().reduce((sum, { value, hadRecentInput }) => sum + (hadRecentInput ? 0 : value), 0));
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(0), 500);
})"""


def count(page: Page) -> Locator:
    return page.locator(".explorer__count")


def chips(page: Page) -> Locator:
    return page.locator(".chip")


def cards(page: Page) -> Locator:
    return page.locator(".grant-card__title a")


def field(page: Page) -> Locator:
    return page.get_by_role("searchbox", name="Search the grants")


def notes(page: Page) -> Locator:
    return page.locator(".explorer__notes")


def value(page: Page, words: str) -> Locator:
    """The line of a value of a filter."""
    return page.locator(".filter__value", has_text=words)


def show(visit: Visit, address: str = "", language: str = "en") -> Page:
    """The page with an answer."""
    page = visit.open(f"{language}/explore.html{address}")
    expect(count(page)).not_to_have_text("…")
    return page


def hash_of(page: Page) -> str:
    return str(page.evaluate("decodeURIComponent(location.hash)"))


def test_everything_is_in_the_address(reader: Visit) -> None:
    page = show(reader, CHILDREN)
    expect(field(page)).to_have_value("children")
    expect(chips(page)).to_have_text(["Where: Batken Region"])
    shown = cards(page).count()
    assert shown > 0
    expect(page).to_have_title("children · Where: Batken Region · Search the grants · Social grants of Kyrgyzstan")
    page.locator(".languages a[lang=ru]").click()  # a colleague reads the same in another language
    expect(chips(page)).to_have_text(["Где: Баткенская область"])
    expect(cards(page)).to_have_count(shown)
    assert hash_of(page) == CHILDREN
    assert reader.faults == []


def test_it_is_found_with_the_keyboard_alone(reader: Visit) -> None:
    page = show(reader)
    page.keyboard.press("/")
    expect(field(page)).to_be_focused()
    page.keyboard.type("tirek")  # found while typing, without Enter
    expect(count(page)).to_have_text("1 grant")
    expect(page.get_by_role("status").first).to_contain_text("1 grant.")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    card = cards(page).first
    expect(card).to_be_focused()
    page.keyboard.press("Enter")
    grant = page.locator(".explorer__grant")
    expect(grant).to_contain_text("Baldarga Tirek")
    expect(grant.locator(":focus")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(grant).to_be_hidden()
    expect(card).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(field(page)).to_have_value("")
    expect(count(page)).to_have_text("19 grants")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.locator(".skip-link").focus()
    page.keyboard.press("Enter")  # its address has a # of its own
    expect(count(page)).to_have_text("19 grants")
    assert reader.faults == []


def test_back_undoes_each_step(reader: Visit) -> None:
    page = show(reader)
    value(page, MINISTRY).get_by_role("checkbox").check()
    expect(count(page)).to_have_text("8 grants")
    field(page).press_sequentially("older", delay=300)  # one step, however many letters
    expect(count(page)).not_to_have_text("8 grants")
    cards(page).first.click()
    expect(page.locator(".explorer__grant")).to_be_visible()
    cards(page).last.click()  # takes the place of the open one
    page.go_back()
    expect(page.locator(".explorer__grant")).to_be_hidden()
    page.go_back()
    expect(field(page)).to_have_value("")
    expect(count(page)).to_have_text("8 grants")
    page.go_back()
    expect(count(page)).to_have_text("19 grants")
    expect(value(page, MINISTRY).get_by_role("checkbox")).not_to_be_checked()
    assert reader.faults == []


def test_counts_leave_the_own_choice_out(reader: Visit) -> None:
    page = show(reader)
    years = page.locator(".filter", has=page.locator("summary", has_text="Year"))
    expect(years.locator(".filter__value")).to_have_text(["20251", "20231", "20192", "20182", "20158", "20145"])
    value(page, "2014").get_by_role("checkbox").check()
    expect(count(page)).to_have_text("5 grants")
    expect(value(page, "2014").get_by_role("checkbox")).to_be_focused()
    expect(years.locator(".filter__value")).to_have_text(["20251", "20231", "20192", "20182", "20158", "20145"])
    expect(value(page, MINISTRY)).to_have_count(0)  # it gave nothing in that year
    value(page, "2019").get_by_role("checkbox").check()  # several values of one filter
    expect(count(page)).to_have_text("7 grants")
    expect(years.locator(".filter__chosen")).to_have_text("2")
    expect(chips(page)).to_have_text(["Year: 2014", "Year: 2019"])
    page.get_by_role("link", name="Remove: Year: 2014").click()
    expect(count(page)).to_have_text("2 grants")
    page.get_by_role("link", name="Remove all").click()
    expect(count(page)).to_have_text("19 grants")
    places = page.locator(".filter", has=page.locator("summary", has_text="Where"))
    expect(places.locator(".filter__value--3")).to_have_count(0)  # inside the regions, until they are asked for
    places.get_by_role("searchbox").fill("kara")
    expect(places.locator(".filter__value")).to_have_text(["Karakol3"])
    page.locator("summary", has_text="Amount awarded").click()
    page.get_by_label("From").fill("400,000")
    page.get_by_label("From").press("Enter")
    expect(chips(page)).to_have_text(["Amount from 400,000"])
    expect(count(page)).to_have_text("1 grant")
    assert reader.faults == []


def test_sums_are_told_by_kind(reader: Visit) -> None:
    page = show(reader)
    expect(page.locator(".explorer__sums")).to_have_text(
        "13 of them are counted. The amount is known of 1 grant: 476,300 som. 2 grants share a joint sum of "
        "400,000 som; how it was divided is not published. 6 were only announced and are not counted."
    )
    page.evaluate(ANSWER, {"exact": False, "total": 3096, "done": True, "facets": {}})
    expect(count(page)).to_have_text("At least 3,096 grants")
    expect(page.get_by_role("button", name="Count to the end")).to_be_visible()
    expect(value(page, "2015").locator(".filter__count")).to_have_text("…")
    facet: dict[str, Any] = {"exact": False, "counts": {}}
    page.evaluate(f"facet => ({ANSWER})({{facets: {{year: {{...facet, counts: new Map([[1, 1200]])}}}}}})", facet)
    expect(value(page, "2025").locator(".filter__count")).to_have_text("at least 1,200")
    assert reader.faults == []


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("#funder=NO-1", "Given by: “NO-1” is not known here."),
        ("#colour=red", "colour"),
        (f"#q={EVIL}&place={EVIL}", f"Where: “{EVIL}” is not known here."),
        ("#q=childern", "Did you mean children?"),
        (f"#q={'w' * 10_000}", "200"),
        ("#q=qwxkjvf", "No grant fits. Take away a filter or a word."),
        ("#__proto__=x&toString=y", "toString"),
    ],
    ids=["value", "filter", "HTML", "misspelt", "long", "nothing", "names of the language"],
)
def test_a_faulty_address_is_told_in_sentences(address: str, says: str, reader: Visit) -> None:
    page = show(reader, address)
    expect(notes(page)).to_contain_text(says)
    assert page.locator("main img").count() == 0
    set_width(page, 320)
    assert sticks_out(page) <= 0
    assert reader.faults == []


def test_a_suggestion_is_a_link(reader: Visit) -> None:
    page = show(reader, "#q=childern")
    page.get_by_role("link", name="children", exact=True).click()
    expect(field(page)).to_have_value("children")
    expect(cards(page).first).to_be_visible()
    assert reader.faults == []


def test_a_removed_grant_is_told(reader: Visit) -> None:
    page = show(reader, "#grant=NO-1")
    expect(page.locator(".explorer__grant")).to_contain_text("There is no grant NO-1 here; it may have been removed.")
    page.get_by_role("button", name="Close").click()
    expect(page.locator(".explorer__grant")).to_be_hidden()
    expect(count(page)).to_have_text("19 grants")
    assert reader.faults == []


def test_a_broken_part_is_told_and_asked_for_again(reader: Visit) -> None:
    page = show(reader)
    page.evaluate(BREAK)
    fault = page.get_by_role("alert")
    expect(fault).to_contain_text("A part of the index did not arrive.")
    expect(fault).to_contain_text("t/3")
    fault.get_by_role("button", name="Try again").click()
    expect(fault).to_be_hidden()
    assert reader.faults == []


@pytest.mark.parametrize("kind", ["reader", "stick"])
@pytest.mark.parametrize("origin", ["en/index.html", "en/grants/index.html"])
def test_forms_of_other_pages_lead_here(kind: str, origin: str, request: pytest.FixtureRequest) -> None:
    visit: Visit = request.getfixturevalue(kind)
    page = visit.open(origin)
    field(page).fill("day centre")
    field(page).press("Enter")
    expect(page).to_have_title("day centre · Search the grants · Social grants of Kyrgyzstan")
    expect(cards(page).first).to_be_visible()
    value(page, "2015").get_by_role("checkbox").check()
    expect(chips(page)).to_have_count(1)
    expect(field(page)).to_have_value("day centre")
    page.get_by_role("link", name="Remove all").click()
    field(page).fill("")
    expect(count(page)).to_have_text("19 grants")
    page.reload()
    expect(count(page)).to_have_text("19 grants")
    assert visit.faults == []


def test_a_thumb_on_a_narrow_phone_is_enough(new_visit: Callable[..., Visit]) -> None:
    visit = new_visit(viewport={"width": 320, "height": 640}, has_touch=True)
    page = show(visit)
    filters = page.locator(".explorer__fold")
    expect(page.locator(".filter").first).to_be_hidden()
    filters.tap()
    value(page, MINISTRY).get_by_role("checkbox").tap()
    expect(filters).to_have_text("Filters (1)")
    page.locator(".explorer__filters").get_by_role("button", name="Close").tap()
    expect(filters).to_be_focused()
    cards(page).first.tap()
    grant = page.get_by_role("dialog")
    box = grant.bounding_box()
    assert box and (box["x"], box["width"], box["height"]) == (0, 320, 640)  # over the list
    page.get_by_role("button", name="Close").tap()
    expect(grant).to_be_hidden()
    for view in ("table", "map", "groups", "compare", "list"):
        page.goto(f"{visit.home}{EXPLORE}#view={view}")
        expect(page.locator(f".explorer__view-link[data-view={view}]")).to_have_attribute("aria-current", "true")
        expect(page.locator(".explorer__view > *").first).to_be_visible()
        assert sticks_out(page) <= 0, view
    assert visit.faults == []


def test_nothing_jumps_while_the_page_loads(new_visit: Callable[..., Visit]) -> None:
    for width in (360, 1280):
        page = show(new_visit(viewport={"width": width, "height": 800}))
        expect(cards(page).first).to_be_visible()
        assert page.evaluate(SHIFTS) < 0.05, width


def test_what_is_open_is_accessible_too(reader: Visit) -> None:
    page = show(reader, f"{GRANT}&q=children&year=2014&year=2019")
    expect(page.locator(".explorer__grant h2")).to_be_visible()
    page.evaluate(AXE.read_text("utf-8"))
    assert violations(page, "light") == []
    page.keyboard.press("Escape")
    page.locator(".explorer__take summary").click()
    page.locator(".explorer-share summary").first.click()
    page.evaluate("document.querySelectorAll('.filter').forEach((filter) => { filter.open = true; })")
    expect(page.locator(".filter__count", has_text="…")).to_have_count(0)
    for width in (1280, 360):
        set_width(page, width)
        assert violations(page, "light") == [], width
        assert violations(page, "dark") == [], width
    assert reader.faults == []


def test_a_download_says_before_how_much_it_is(reader: Visit) -> None:
    page = show(reader, "#year=2014")
    page.locator(".explorer__take summary").click()
    expect(page.locator(".explorer__take")).to_contain_text("5 rows.")
    expect(page.get_by_role("button", name="Excel")).to_be_enabled()
    value(page, "2014").get_by_role("checkbox").uncheck()
    expect(page.locator(".explorer__take")).to_contain_text("19 rows.")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith(".zip")
    expect(page.locator(".explorer__take")).to_contain_text("The file is ready.")
    page.evaluate("explorer.downloadSize = async () => ({ rows: 66527, files: 1, tooMany: true })")
    page.evaluate("document.querySelector('grant-explorer').measure()")
    expect(page.locator(".explorer__take")).to_contain_text("That is more than a browser should put into a file.")
    expect(page.get_by_role("button", name="CSV")).to_be_disabled()
    assert reader.faults == []


def test_without_scripts_there_are_lists(scriptless: Visit) -> None:
    page = scriptless.open(EXPLORE)
    expect(page.get_by_role("heading", name="Prepared lists")).to_be_visible()
    expect(page.get_by_role("heading", name="By funder")).to_be_visible()
    expect(page.locator(".explorer__search")).to_be_hidden()
    expect(page.locator(".explorer__desk")).to_be_hidden()
    assert "Searching needs a browser that runs scripts." in page.locator(".explorer__ask").inner_text()
