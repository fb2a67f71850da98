"""A publisher chooses or drops a spreadsheet and sees what is fine, and how to correct the rest; over http or not.

What the engine answers is given here as data, so that the page is tried with every kind of it; that the engine answers
so is tried elsewhere, case by case, and here at the end with a real file.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Browser, FilePayload, Locator, Page, expect

from tests.browser.conftest import Visit, cleared
from tests.browser.page_types import LANGUAGES
from tests.browser.test_axe import NARROW, SCHEMES, WIDE, set_width, sticks_out, violations
from tests.plugin_left_out import AXE
from tests.plugin_site import _serve

SHEET = "Лист <1>"
TITLES = ("Код", "Кем выдан", "Получатель", "Вид", "Название", "Сумма, тыс. сом", "Дата", "Место", "Заметка", "Статус")
FIELDS = ("id", "funder", "recipient", "kind", "title_ru", "amount_awarded", "awarded", "place", None, "status")
EVIL = "<img src=x onerror=alert(1)>"
ANSWER = """text => {
  const answer = JSON.parse(text);
  desk.check = async (...asked) => { window.asked = asked; return answer; };
}"""
REFUSAL = "refusal => { desk.check = async () => { throw refusal; }; }"
DROP = """(element, name) => {
  const data = new DataTransfer();
  data.items.add(new File(["id,title\\r\\nG-1,Kites\\r\\n"], name));
  element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


def row(number: int, **cells: str) -> dict[str, Any]:
    return {"number": number, "cells": [cells.get(field or "note", "") for field in FIELDS]}


def problem(number: int | None, field: str | None, what: str, fix: str, level: str = "error") -> dict[str, Any]:
    column = FIELDS.index(field) if field and field in FIELDS and number else None
    place = {"sheet": SHEET, "row": number, "column": column, "field": field}
    return {**place, "level": level, "what": what, "fix": fix, "sentence": f"{what} {fix}"}


def answer(rows: list[dict[str, Any]], problems: list[dict[str, Any]], **others: Any) -> dict[str, Any]:
    """What desk.check() answers."""
    rejected = len({one["row"] for one in problems if one["level"] == "error"})
    fine = len(rows) - rejected
    columns = [{"index": at, "field": field, "title": TITLES[at]} for at, field in enumerate(FIELDS) if field]
    return {
        "summary": {"rows": len(rows), "fine": fine, "new": fine, "changed": 0, "unchanged": 0, "rejected": rejected},
        "sheets": [{"name": SHEET, "table": "grants", "header": 4, "columns": columns, "rows": rows}],
        "problems": problems,
        "blocking": [],
        "understood": [],
        "assumed": [],
        "kept": [],
        "advice": [],
        "good": [],
        "corrected": {},
        "unused": [],
        "skipped": [],
        "others": [],
        **others,
    }


BROKEN = answer(
    [row(number, funder="Мэрия", title_ru=f"Проект {number}", status="идёт") for number in range(5, 9)]
    + [row(9, funder="Мэрия", title_ru=EVIL, amount_awarded="12O", status="=1+1")]
    + [row(number, funder="Мэрия", title_ru=f"Проект {number}") for number in range(10, 13)],
    [
        problem(6, "funder", "No organization is called “Мэрия”.", "Likely ones: Мэрия города (MUN-001)."),
        problem(9, "amount_awarded", "“12O” is not a number.", "Write digits."),
        problem(9, "status", "The cell holds a formula.", "Copy it and paste it as a value."),
        problem(None, "source", "The column “Source” is missing.", "Add it."),
        problem(11, None, f"The row looks like row 12: {EVIL}", "Remove one of them.", "warning"),
    ],
    understood=["Sheet “Grants”, column E, “Sum, thousand”: every amount is multiplied by 1000."],
    assumed=["The sheet has no column “Year”: new records get “2019”."],
    kept=["“Place”: 2 empty cells; what is recorded stays."],
    advice=["4 grants have no place: residents will not find them."],
    good=["All dates can be read."],
    corrected={"grants": "id,title_ru\r\nG-1,Проект\r\n"},
    unused=[{"sheet": SHEET, "column": 8, "title": "Заметка"}],
    skipped=[{"sheet": SHEET, "row": 13, "sentence": "It is a row of totals."}],
    others=[{"sheet": "Примечания", "sentence": "No table is known by its titles."}],
    blocking=[{"file": "grants/2019.csv", "line": 3, "field": "id", "sentence": "It is there twice."}],
)
LARGE = answer(
    [row(number, funder="Мэрия", title_ru=f"Проект {number}") for number in range(5, 5005)],
    [problem(number, "title_ru", f"“{number}” is too short.", "Write more.") for number in range(6, 5005, 4)],
)
FINE = answer([row(5, funder="Мэрия")], [])
EMPTY = answer([], [])


@pytest.fixture(scope="module")
def portal(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that check, with rules that say only what is left for later."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(site / "static", folder / "static")
    for language in LANGUAGES:
        (folder / language).mkdir()
        shutil.copy(site / language / "check.html", folder / language)
    scripts = {
        "rules": 'globalThis.deskRules = {onlyOnImport: {links: "Whether links lead to a page."}};',
        "tables": "globalThis.deskTables = {};",
        **{f"sentences.{language}": "globalThis.deskSentences = {en: {}, ru: {}, ky: {}};" for language in LANGUAGES},
    }
    (folder / "data/desk").mkdir(parents=True)
    for name, script in scripts.items():
        (folder / f"data/desk/{name}.js").write_text(script)
    return folder


@pytest.fixture(scope="module")
def portal_server(portal: Path) -> Iterator[str]:
    yield from _serve(portal)


@pytest.fixture(scope="module")
def tabs(browser: Browser, portal: Path, portal_server: str) -> Iterator[dict[str, Visit]]:
    """Tabs that all tests share, as nothing of a check stays in the browser; the last has axe in its pages."""
    folder = f"{portal.as_uri()}/"
    homes = {"http": portal_server, "file": folder, "axe": folder}
    contexts = {name: browser.new_context() for name in homes}
    made = {name: Visit(context.new_page(), homes[name]) for name, context in contexts.items()}
    made["axe"].page.add_init_script(path=AXE)
    yield made
    for context in contexts.values():
        context.close()


@pytest.fixture(params=["http", "file"])
def tab(request: pytest.FixtureRequest, tabs: dict[str, Visit]) -> Visit:
    """A visitor of those pages."""
    return cleared(tabs[request.param])


@pytest.fixture
def stick_tab(tabs: dict[str, Visit]) -> Visit:
    """A visitor of those pages in a folder: for what does not depend on how they come."""
    return cleared(tabs["file"])


@pytest.fixture
def axe_tab(tabs: dict[str, Visit]) -> Visit:
    """The same with axe."""
    return cleared(tabs["axe"])


def choose(page: Page, name: str = "гранты 2019.xlsx") -> None:
    page.locator("file-checker input").set_input_files({"name": name, "mimeType": "text/csv", "buffer": b"any"})


def check(tab: Visit, result: dict[str, Any], language: str = "en") -> Page:
    """The page of the language after a check with this result."""
    page = tab.open(f"{language}/check.html")
    page.evaluate(ANSWER, json.dumps(result))
    choose(page)
    expect(page.locator(".report__summary")).to_be_visible()
    return page


def downloaded(page: Page, link: Locator) -> tuple[str, bytes]:
    """Name and content of the file behind a link."""
    with page.expect_download() as download:
        link.click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def piece(page: Page, number: int) -> Locator:
    """The piece of the spreadsheet in which a fault is marked."""
    return page.locator(".excerpt", has=page.locator(f"#mark-{number}"))


def words(sentence: Locator) -> list[str]:
    """What is wrong, and how to correct it. The browser lays out no piece below the window, so it has no inner text."""
    return sentence.locator("p").all_text_contents()


def test_the_summary_comes_first_and_takes_the_focus(tab: Visit) -> None:
    page = check(tab, BROKEN)
    summary = page.locator(".report__summary")
    expect(summary).to_have_text("Rows that are fine: 5 of 8")
    expect(summary).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Rows that are fine: 5 of 8")
    titles = page.locator(".report h2").all_inner_texts()
    assert titles == [
        "Rows that are fine: 5 of 8",
        "What is good already",
        "To take with you",
        "To correct: 4",
        "Records that are published already",
        "To look at once more: 1",
        "To be found and understood",
        "What the file and the records have differently",
        "Checked only when the file is taken in",
    ]
    assert tab.faults == []


def test_the_engine_is_asked_with_the_file_and_the_language(stick_tab: Visit) -> None:
    page = check(stick_tab, FINE, "ru")
    asked = page.evaluate("[new TextDecoder().decode(asked[0]), asked[1], asked[2].language, asked[2].today]")
    assert asked[:3] == ["any", "гранты 2019.xlsx", "ru"]
    assert asked[3] == page.evaluate("new Date().toLocaleDateString('sv')")


def test_a_faulty_row_stands_between_its_neighbours_under_letters_and_titles(stick_tab: Visit) -> None:
    page = check(stick_tab, BROKEN)
    table = piece(page, 3).locator("table")
    cells = [line.locator("th, td").all() for line in table.locator("tr").all()]
    letters, titles, above, faulty, below = ([cell.text_content() for cell in line] for line in cells)
    assert letters == ["", "A", "⋯Columns B to D are not shown", "E", "F", "G", "H", "I", "J"]
    assert titles == ["4", "Код", "", "Название", "Сумма, тыс. сом", "Дата", "Место", "Заметка", "Статус"]
    assert above == ["8", "", "", "Проект 8", "", "", "", "", "идёт"]
    assert faulty == ["9", "", "", EVIL, "12O3", "", "", "", "=1+14"]
    assert below == ["10", "", "", "Проект 10", "", "", "", "", ""]


def test_a_faulty_cell_and_its_sentence_name_each_other(stick_tab: Visit) -> None:
    page = check(stick_tab, BROKEN)
    cell = page.locator("td[aria-describedby=problem-3]")
    assert cell.text_content() == "12O3"
    sentence = page.locator("#problem-3")
    assert words(sentence) == ["Cell F9: “12O” is not a number.", "Write digits."]
    page.locator("#mark-3").focus()
    page.keyboard.press("Enter")
    expect(sentence).to_be_focused()
    page.keyboard.press("Tab")
    expect(sentence.get_by_role("link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#mark-3")).to_be_focused()


def test_all_columns_are_shown_when_asked_for(stick_tab: Visit) -> None:
    page = check(stick_tab, BROKEN)
    found = piece(page, 3)
    found.get_by_role("button", name="Show all columns").click()
    expect(found.locator(".excerpt__scroll")).to_be_focused()
    assert found.locator(".excerpt__letter").all_inner_texts() == list("ABCDEFGHIJ")
    assert found.get_by_role("button").count() == 0
    assert found.locator("#mark-3").count() == 1


def test_a_fault_of_the_sheet_or_of_a_whole_row_needs_no_cell(stick_tab: Visit) -> None:
    page = check(stick_tab, BROKEN)
    whole = page.locator("#problem-1")
    assert words(whole) == ["The column “Source” is missing.", "Add it."]
    assert whole.get_by_role("link").count() == 0
    head = page.locator("th[aria-describedby=problem-5]")
    assert head.text_content() == "115"
    assert words(page.locator("#problem-5"))[0] == f"Row 11: The row looks like row 12: {EVIL}"


def test_a_column_that_is_missing_in_every_row_is_said_once(stick_tab: Visit) -> None:
    rows = [row(number, funder="Мэрия") for number in range(5, 105)]
    missing = [problem(number, None, "The sheet has no column “Source”.", "Add it.") for number in range(5, 105)]
    page = check(stick_tab, answer(rows, [*missing, problem(9, "year", "Empty.", "Fill.")]))
    assert page.locator(".excerpt").count() == 2
    assert words(page.locator("#problem-1")) == [
        "Rows with this fault: 100. The sheet has no column “Source”.",
        "Add it.",
    ]
    assert page.locator("#problem-2").get_by_role("link").count() == 1


def test_a_fault_that_many_cells_of_a_column_have_is_said_once(stick_tab: Visit) -> None:
    rows = [row(number, funder="Мэрия", status="идёт") for number in range(5, 45)]
    unknown = [problem(number, "funder", "No body is called “Мэрия”.", "Add it.") for number in (5, 6, 7, 9, 40)]
    page = check(stick_tab, answer(rows, [*unknown, problem(9, "status", "Empty.", "Fill.")]))
    assert page.locator(".report__problems > h2").inner_text() == "To correct: 2"
    assert words(page.locator("#problem-1"))[0] == "Cells B5–B7, B9, B40: No body is called “Мэрия”."
    assert page.locator("a.excerpt__mark").all_text_contents() == ["1", "1", "1", "2"]
    assert page.locator("td[aria-describedby=problem-1]").count() == 3
    assert page.locator("#mark-1").count() == 1


def test_a_sentence_names_a_few_of_many_cells(stick_tab: Visit) -> None:
    rows = [row(number, funder="Мэрия") for number in range(5, 45)]
    page = check(stick_tab, answer(rows, [problem(number, "status", "Empty.", "Fill.") for number in range(6, 40, 3)]))
    assert words(page.locator("#problem-1"))[0] == "Cells J6, J9, J12, J15, J18, J21 and 6 more: Empty."


def test_a_long_list_is_folded(stick_tab: Visit) -> None:
    page = check(stick_tab, {**FINE, "advice": [f"Advice {number}." for number in range(12)]})
    box = page.locator(".report__box--advice")
    assert box.locator("li:visible").all_inner_texts() == [f"Advice {number}." for number in range(5)]
    box.get_by_text("Show the others: 7").click()
    assert box.locator("li:visible").count() == 12


def test_rows_that_touch_share_a_piece_and_a_long_run_is_cut(stick_tab: Visit) -> None:
    rows = [row(number, funder="Мэрия") for number in range(5, 40)]
    short = [problem(number, "title_ru", f"“{number}” is short.", "Write more.") for number in range(6, 20)]
    page = check(stick_tab, answer(rows, short))
    pieces = [piece.locator("tbody th.excerpt__number").all_text_contents() for piece in page.locator(".excerpt").all()]
    assert [(numbers[0], numbers[-1]) for numbers in pieces] == [("5", "12"), ("11", "18"), ("17", "20")]


def test_text_of_the_file_is_never_markup(tab: Visit) -> None:
    page = check(tab, BROKEN)
    assert page.locator("main img").count() == 0
    assert page.get_by_text(EVIL).count() == 2
    assert "Sheet “Лист <1>”: Grants" in page.locator(".report h3").all_inner_texts()
    assert tab.faults == []


def test_advice_what_is_left_aside_and_what_comes_later_stand_apart(stick_tab: Visit) -> None:
    report = check(stick_tab, BROKEN).locator(".report")
    assert report.locator(".report__box--advice li").all_inner_texts() == [
        "4 grants have no place: residents will not find them."
    ]
    aside = report.locator(".report__box", has_text="What the file and the records have differently")
    assert aside.locator("li").all_inner_texts() == [
        "Sheet “Grants”, column E, “Sum, thousand”: every amount is multiplied by 1000.",
        "The sheet has no column “Year”: new records get “2019”.",
        "“Place”: 2 empty cells; what is recorded stays.",
        "sheet “Лист <1>”, column I: “Заметка”",
        "sheet “Лист <1>”, row 13: It is a row of totals.",
        "sheet “Примечания”: No table is known by its titles.",
    ]
    broken = report.locator(".report__box--blocking li").all_inner_texts()
    assert broken == ["grants/2019.csv, line 3: It is there twice."]
    assert report.locator(".report__box--later li").all_inner_texts() == ["Whether links lead to a page."]
    assert report.locator(".report__good li").all_inner_texts() == ["All dates can be read."]


def test_the_corrected_file_can_be_taken_and_opens_in_a_spreadsheet(tab: Visit) -> None:
    page = check(tab, BROKEN)
    name, content = downloaded(page, page.get_by_role("link", name="File with what could be corrected: Grants, CSV"))
    assert name == "гранты 2019-corrected-grants.csv"
    assert content == b"\xef\xbb\xbf" + "id,title_ru\r\nG-1,Проект\r\n".encode()
    assert tab.faults == []


def test_the_list_of_problems_can_be_taken_and_no_cell_of_it_is_computed(tab: Visit) -> None:
    page = check(tab, BROKEN)
    name, content = downloaded(page, page.get_by_role("link", name="List of everything that was found, CSV"))
    assert name == "гранты 2019-found.csv"
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[0] == ["Sheet", "Cell", "Value", "How grave", "What is wrong", "How to correct it"]
    assert lines[2] == [SHEET, "F9", "12O", "to correct", "“12O” is not a number.", "Write digits."]
    assert lines[3][1:3] == ["J9", "'=1+1"]
    assert lines[4][1:3] == ["", ""]
    assert lines[5][1:4] == ["11", "", "to look at once more"]


def test_a_large_result_comes_in_parts(stick_tab: Visit) -> None:
    page = check(stick_tab, LARGE)
    assert page.locator(".excerpt").count() == 100
    page.get_by_role("button", name="Show more rows. Left: 1,150").click()
    assert page.locator(".excerpt").count() == 200
    expect(page.locator(".excerpt").nth(100)).to_be_focused()
    assert page.get_by_role("button", name="Show more rows. Left: 1,050").is_visible()
    content = downloaded(page, page.get_by_role("link", name="List of everything"))[1]
    assert content.count(b"\r\n") == 1251


def test_a_file_without_faults_may_be_sent(stick_tab: Visit) -> None:
    page = check(stick_tab, FINE)
    assert "The file can be published. You can send it." in page.locator(".report__head").inner_text()
    assert page.locator(".excerpt").count() == 0


def test_a_file_without_rows_is_not_praised(stick_tab: Visit) -> None:
    page = check(stick_tab, EMPTY)
    assert page.locator(".report__summary").inner_text() == "No rows were found"
    assert "You can send it" not in page.locator(".report").inner_text()


def test_another_table_can_be_named(stick_tab: Visit) -> None:
    page = check(stick_tab, FINE)
    page.get_by_label("Check the file as").select_option(label="Organizations")
    page.get_by_role("button", name="Check again").click()
    expect(page.locator(".report__summary")).to_be_focused()
    expect(page.get_by_label("Check the file as")).to_have_value("organizations")
    assert page.evaluate("asked[2].table") == "organizations"


def test_a_file_that_cannot_be_checked_gets_the_sentence_of_the_engine(tab: Visit) -> None:
    page = check(tab, BROKEN)
    page.evaluate(REFUSAL, {"sentence": "The file has a password. Save it without one."})
    choose(page, "secret.xlsx")
    status = page.get_by_role("status")
    expect(status).to_contain_text("The file has a password. Save it without one.")
    assert "secret.xlsx" in status.inner_text()
    assert page.locator(".report__summary").count() == 0
    assert page.get_by_label("Check the file as").is_visible()
    assert tab.faults == []


def test_a_mistake_of_the_page_itself_is_a_sentence_too(stick_tab: Visit) -> None:
    page = stick_tab.open("en/check.html")
    page.evaluate("() => { desk.check = async () => null.rows; }")
    choose(page)
    expect(page.get_by_role("status")).to_contain_text("Your file may well be right.")


def test_a_file_that_is_too_large_gets_a_sentence(stick_tab: Visit, tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(101 * 2**20)
    page = stick_tab.open("en/check.html")
    page.locator("file-checker input").set_input_files(large)
    expect(page.get_by_role("status")).to_contain_text("large.csv is larger than 100 MB")


def test_once_loaded_no_connection_is_needed(portal_server: str, new_visit: Callable[..., Visit]) -> None:
    tab = new_visit(home=portal_server)
    page = tab.open("en/check.html")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.evaluate(ANSWER, json.dumps(FINE))
    choose(page)
    expect(page.locator(".report__summary")).to_have_text("Rows that are fine: 1 of 1")
    assert tab.faults == []


def test_rules_that_do_not_arrive_are_said_and_asked_for_again(
    portal: Path, tmp_path: Path, new_visit: Callable[..., Visit]
) -> None:
    folder = Path(shutil.copytree(portal, tmp_path / "portal"))
    kept = (folder / "data/desk/rules.js").rename(folder / "kept.js")
    page = new_visit(home=f"{folder.as_uri()}/").open("en/check.html")
    page.evaluate(ANSWER, json.dumps(FINE))
    choose(page)
    expect(page.get_by_role("status")).to_contain_text("was not checked: the rules did not arrive")
    kept.rename(folder / "data/desk/rules.js")
    choose(page)
    expect(page.locator(".report__summary")).to_be_visible()


def test_the_page_has_every_script_of_the_engine_once_and_the_namespace_first(site: Path, stick_tab: Visit) -> None:
    page = stick_tab.open("en/check.html")
    scripts: list[str] = page.evaluate("[...document.scripts].map(script => script.src).filter(src => src)")
    engine = [Path(address).name for address in scripts if "/js/desk/" in address]
    assert sorted(engine) == sorted(path.name for path in (site / "static/js/desk").glob("*.js"))
    assert engine[0] == "text.js"


@pytest.mark.parametrize("where", ["body", ".checker__drop"])
def test_a_file_can_be_dropped_anywhere_on_the_page(where: str, tab: Visit) -> None:
    page = tab.open("en/check.html")
    page.evaluate(ANSWER, json.dumps(FINE))
    page.locator(where).evaluate(DROP, f"{EVIL}.csv")
    expect(page.locator(".report__file")).to_have_text(f"{EVIL}.csv")
    assert page.locator("main img").count() == 0
    assert tab.faults == []


def test_a_keyboard_reaches_the_choice_and_its_box_shows_it(stick_tab: Visit) -> None:
    page = stick_tab.open("en/check.html")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('file-checker input')"):
            break
    assert page.evaluate("document.activeElement.matches('file-checker input')")
    assert page.evaluate("getComputedStyle(document.querySelector('.checker__drop')).outlineStyle") == "solid"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_never_scrolls_the_page_sideways(language: str, stick_tab: Visit) -> None:
    page = check(stick_tab, BROKEN, language)
    for width in (320, 360, 1280):
        set_width(page, width)
        assert sticks_out(page) <= 0, width


@pytest.mark.parametrize("result", [BROKEN, LARGE, FINE], ids=["broken", "large", "fine"])
def test_a_report_is_accessible_in_every_light_and_width(result: dict[str, Any], axe_tab: Visit) -> None:
    page = check(axe_tab, result)
    found: dict[str, list[str]] = {}
    for width in (WIDE, NARROW):
        set_width(page, width)
        for scheme in SCHEMES:
            found[f"{width} px, {scheme}"] = violations(page, scheme)
    assert {where: faults for where, faults in found.items() if faults} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_its_values(language: str, stick_tab: Visit) -> None:
    words: dict[str, str] = stick_tab.open(f"{language}/check.html").evaluate(
        "({...document.querySelector('file-checker').dataset})"
    )
    needed = {
        **dict.fromkeys(("reading", "tooLarge", "unreadable", "notLoaded", "fault"), ("{name}",)),
        "summary": ("{fine}", "{rows}"),
        "corrected": ("{table}",),
        "partlyCorrected": ("{table}",),
        "others": ("{number}",),
        "cells": ("{cells}",),
        "manyCells": ("{cells}", "{number}"),
        "unusedColumn": ("{sheet}", "{column}", "{title}"),
        "otherSheet": ("{sheet}", "{sentence}"),
        "recordPlace": ("{file}", "{line}", "{sentence}"),
        "skippedRow": ("{sheet}", "{row}", "{sentence}"),
        "sheetTitle": ("{sheet}", "{table}"),
        "rows": ("{first}", "{last}"),
        "hidden": ("{first}", "{last}"),
        "more": ("{number}",),
        "manyRows": ("{number}",),
        "cellPlace": ("{cell}",),
        "rowPlace": ("{row}",),
    }
    assert [(name, value) for name, values in needed.items() for value in values if value not in words[name]] == []
    assert [name for name, value in words.items() if not value.strip()] == []


def test_without_scripts_the_page_says_what_a_file_needs_and_how_to_check_by_hand(scriptless: Visit) -> None:
    page = scriptless.open("en/check.html")
    words = page.locator("main").inner_text()
    assert "make check" in words
    assert "make import FILE=grants.xlsx" in words
    grants = page.locator("tr", has=page.get_by_role("link", name="Grants", exact=True)).inner_text()
    assert "Given by" in grants
    assert "Added on" not in grants


TITLED = ("Кем выдан", "Название (на русском)", "Откуда название", "Год", "Состояние", "Достоверность", "Источник")


def spreadsheet(*rows: tuple[str | int, ...]) -> bytes:
    """A workbook with a line above the titles, as an office keeps it."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "2019"
    sheet.append(("Гранты за 2019 год",))
    sheet.append(TITLED)
    for cells in rows:
        sheet.append(cells)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_real_spreadsheet_is_checked_by_the_real_engine_without_a_connection(visit: Visit) -> None:
    page = visit.open("ru/check.html")
    page.wait_for_load_state("networkidle")
    page.wait_for_function("desk.rules")  # made ready before there is a file
    page.context.set_offline(True)
    good = ("MUN-001", "Дневной центр", "source", 2019, "implemented", "confirmed", "DPI66")
    bad = ("MUN-001", "Приют для пожилых", "source", "2O19", "implemented", "confirmed", "DPI66")
    file: FilePayload = {"name": "2019.xlsx", "mimeType": "", "buffer": spreadsheet(good, bad)}
    page.locator("file-checker input").set_input_files(file)
    expect(page.locator(".report__summary")).to_contain_text("1")
    assert page.locator(".report__value").all_inner_texts() == ["1", "1", "0", "0"]
    assert page.locator("td.excerpt__cell--error").all_text_contents() == ["2O191"]
    assert visit.faults == []
