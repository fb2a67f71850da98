"""A view is passed on: its address, a frame for other pages, a citation, a feed, paper."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_axe import EVERYTHING, set_width, sticks_out
from tests.html_page import Element, read_page
from tests.plugin_left_out import AXE
from tests.plugin_site import _serve

EXPLORE = "en/explore.html"
FUNDER = "funder=MUN-001"
EVIL = '"><img src=x onerror=alert(1)>'
RUN = """rules => axe.run(".explorer-share", { runOnly: rules, resultTypes: ["violations"] })
  .then(({ violations }) => violations.map(({ id, nodes }) => `${id} ${nodes[0].target}`))"""
WAYS = "Address, embedding, citation, feed, print"

NewVisit = Callable[..., Visit]


def view(visit: Visit, choice: str = "") -> Page:
    """The explore page with an answer to what was chosen."""
    page = visit.open(f"{EXPLORE}{choice and f'#{choice}'}")
    expect(page.locator("[data-part=count]")).not_to_have_text("…")
    expect(page.locator("[data-share=said]")).not_to_be_empty()
    return page


def opened(visit: Visit, choice: str = "") -> Page:
    page = view(visit, choice)
    page.get_by_text(WAYS).click()
    return page


def field(page: Page, label: str) -> Locator:
    return page.get_by_label(label)


def frame(page: Page, label: str) -> Element:
    """The frame that a snippet makes."""
    made = read_page("snippet", field(page, label).input_value())
    found = list(made.root.all("iframe"))
    assert len(found) == 1 and not list(made.root.all("img"))
    return found[0]


@pytest.mark.parametrize("choice", ["", FUNDER, "view=groups&by=place&year=2015", "q=" + quote('дети "ата-энелер"')])
def test_the_address_shows_the_same_to_a_colleague(choice: str, reader: Visit) -> None:
    page = opened(reader, choice)
    said, count = page.title(), page.locator("[data-part=count]").inner_text()
    address = field(page, "Address of exactly this view").input_value()
    page.goto("about:blank")
    page.goto(address)
    expect(page).to_have_title(said)
    expect(page.locator("[data-part=count]")).to_have_text(count)


def test_the_address_of_a_view_without_a_choice_is_that_of_the_page(reader: Visit) -> None:
    address = field(opened(reader), "Address of exactly this view").input_value()
    assert address == f"{reader.home}{EXPLORE}"


def test_the_texts_follow_the_view(reader: Visit) -> None:
    page = opened(reader)
    page.get_by_role("link", name="2019").first.click()
    expect(field(page, "Address of exactly this view")).to_have_value(f"{reader.home}{EXPLORE}#year=2019")


def test_a_text_is_copied(new_visit: NewVisit) -> None:
    visit = new_visit(permissions=["clipboard-read", "clipboard-write"])
    page = opened(visit, FUNDER)
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_text("Copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == f"{visit.home}{EXPLORE}#{FUNDER}"
    assert visit.faults == []


def test_without_a_clipboard_the_text_stays_chosen(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.page.add_init_script("""
        Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined });
        Document.prototype.execCommand = () => false;
    """)
    page = opened(visit, FUNDER)
    page.get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_text("The text is chosen: copy it as you copy any text.")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == f"{visit.home}{EXPLORE}#{FUNDER}"


def test_a_frame_shows_the_chart_alone(new_visit: NewVisit, tmp_path: Path) -> None:
    visit = new_visit(viewport={"width": 700, "height": 700})
    page = opened(visit, "year=2015")
    snippet = field(page, "The chart, to be shown on another page").input_value()
    assert frame(page, "The chart, to be shown on another page").attributes == {
        "src": f"{visit.home}{EXPLORE}#embed=chart&year=2015",
        "title": "Year: 2015",
        "loading": "lazy",
        "width": "100%",
        "height": "700",
    }
    (tmp_path / "news.html").write_text(f"<!doctype html><title>News</title>{snippet}", encoding="utf-8")
    newspaper = _serve(tmp_path)
    page.goto(f"{next(newspaper)}news.html")
    inside = page.frame_locator("iframe")
    expect(inside.locator(".chart__drawing").first).to_be_visible()
    expect(inside.locator("[data-part=sums]")).to_contain_text("6 were only announced and are not counted.")
    expect(inside.locator("[data-part=sums]")).to_be_visible()
    expect(inside.get_by_text("Year: 2015").first).to_be_visible()
    for hidden in (
        "header",
        "footer",
        "h1",
        "form",
        "nav",
        "[data-part=filters]",
        "[data-part=take]",
        "[data-part=view]",
    ):
        expect(inside.locator(hidden).first).to_be_hidden()
    source = inside.get_by_role("link", name="Social grants of Kyrgyzstan · 20")
    with page.context.expect_page() as whole:
        source.click()
    expect(whole.value.locator("header").first).to_be_visible()
    assert whole.value.url == f"{visit.home}{EXPLORE}#year=2015"
    next(newspaper, None)  # the end of its server


def test_a_frame_shows_the_table_alone(reader: Visit) -> None:
    page = opened(reader, FUNDER)
    page.goto(frame(page, "The table, to be shown on another page").get("src"))
    page.reload()
    set_width(page, 600)
    expect(page.get_by_role("table").first).to_be_visible()
    expect(page.get_by_role("link", name="Social grants of Kyrgyzstan · 20")).to_be_visible()
    for hidden in ("header", "footer", "h1", "form", "[data-part=years]", "[data-part=take]"):
        expect(page.locator(hidden).first).to_be_hidden()
    assert sticks_out(page) <= 0


def test_a_snippet_holds_only_a_frame(reader: Visit) -> None:
    page = opened(reader, f"q={quote(EVIL)}")
    for label in ("The chart, to be shown on another page", "The table, to be shown on another page"):
        assert frame(page, label).get("title") == EVIL
    assert EVIL in field(page, "Citation").input_value()
    assert page.locator("img").count() == 0


def test_a_view_is_cited_with_its_choice_and_version(reader: Visit) -> None:
    page = opened(reader, "q=centre&year=2015")
    cited = field(page, "Citation").input_value()
    assert cited.startswith("Social grants of Kyrgyzstan: “centre · Year: 2015”. Version 20")
    address = f"{reader.home}{EXPLORE}#q=centre&year=2015"
    assert cited.endswith(f"{address}. Creative Commons Attribution 4.0 International.")


@pytest.mark.parametrize(
    ("choice", "feed", "is_exact"),
    [
        ("", "feeds/changes.xml", True),
        ("view=groups&sort=amount", "feeds/changes.xml", True),
        (FUNDER, "organizations/MUN-001.xml", True),
        ("place=KG-Y", "places/KG-Y.xml", True),
        ("program=KGP-020", "programs/KGP-020.xml", True),
        ("year=2019", "feeds/changes.xml", False),
        (f"{FUNDER}&year=2019", "organizations/MUN-001.xml", False),
        (f"{FUNDER}&funder=STA-001", "feeds/changes.xml", False),
        (f"q=centre&{FUNDER}", "organizations/MUN-001.xml", False),
        ("funder=none", "feeds/changes.xml", False),
        ("funder=NOBODY-1", "feeds/changes.xml", False),
        ("from=1000", "feeds/changes.xml", False),
    ],
)
def test_a_feed_is_offered_that_has_the_view(choice: str, feed: str, is_exact: bool, reader: Visit, site: Path) -> None:
    page = opened(reader, choice)
    assert field(page, "Feed of what is new and what changes").input_value() == f"{reader.home}en/{feed}"
    assert (site / "en" / feed).is_file()
    assert page.get_by_text("No feed fits exactly this choice. This one has more than it.").is_hidden() == is_exact


def test_paper_says_what_was_chosen_and_where(reader: Visit) -> None:
    page = view(reader, "q=centre&year=2015")
    expect(page.locator(".explorer-said")).to_be_hidden()
    page.emulate_media(media="print")
    said = page.locator(".explorer-said")
    expect(said).to_contain_text("centre · Year: 2015")
    expect(said).to_contain_text(f"{reader.home}{EXPLORE}#q=centre&year=2015")
    expect(said).to_be_visible()
    for hidden in (
        "form",
        "[data-part=filters]",
        "[data-part=chips]",
        "[data-part=take]",
        "[data-part=views]",
        ".explorer-share__ways",
    ):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".grant-card").first).to_be_visible()
    page.emulate_media(media="screen")


def test_the_button_prints(new_visit: NewVisit) -> None:
    visit = new_visit()
    visit.page.add_init_script("globalThis.print = () => { globalThis.isPrinted = true; }")
    page = opened(visit)
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("globalThis.isPrinted")


def test_from_a_folder_the_texts_are_there_too(stick: Visit) -> None:
    page = opened(stick, "year=2015")
    assert field(page, "Address of exactly this view").input_value() == f"{stick.home}{EXPLORE}#year=2015"
    assert stick.faults == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_ways_are_accessible_and_narrow_enough(language: str, reader: Visit) -> None:
    page = reader.open(f"{language}/explore.html")
    expect(page.locator("[data-share=said]")).not_to_be_empty()
    page.locator(".explorer-share__ways > summary").click()
    page.evaluate(AXE.read_text("utf-8"))
    for width in (1280, 320):
        set_width(page, width)
        assert sticks_out(page) <= 0
        assert page.evaluate(RUN, EVERYTHING) == []
