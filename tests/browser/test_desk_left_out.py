"""A portal whose grants are too many for the page: the browser refuses nothing that points at them, and says less."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from portal.desk.browser import tables_for_browser
from portal.desk.intake import read_desk_rules
from portal.desk.rules import Rules
from portal.i18n import Translations
from portal.validate import Table
from tests.browser.conftest import Visit
from tests.desk_parity import load_engine
from tests.desk_portal import ROOT, TODAY, make_desk_portal
from tests.test_explorer_grant_pages import SETTINGS, built

CHECK = """async ([text, table, today]) => {
  const reader = { rules: deskRules, tables: deskTables, sentences: {}, language: "en", today, table };
  const result = await desk.check(new TextEncoder().encode(text), "t.csv", reader);
  const sentences = result.problems.filter((one) => one.level === "error").map((one) => one.sentence);
  return { ...result.summary, sentences, blocking: result.blocking, corrected: result.corrected[table] };
}"""
PAYMENTS = "id,grant,amount,currency,source\nPAY-1,{grant},100,KGS,S-1\n"
GRANTS = "{id_title}funder,partners,title_en,title_basis,year,status,certainty,amount_awarded,currency,source\n{rows}"
GRANT = "{funder},{partners},{title},source,2019,awarded,{certainty},{amount},KGS,S-1\n"

Ask = Callable[[str, str], Any]  # name of a table and CSV -> what the engine says
Asking = Callable[[Collection[str]], Ask]  # names of the tables that are left out


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return read_desk_rules(make_desk_portal(tmp_path_factory.mktemp("desk")))


@pytest.fixture(scope="module")
def without(browser: Browser, rules: Rules) -> Iterator[Asking]:
    """Prepares a page to which the records of some tables were not given."""
    context = browser.new_context()
    page: Page = context.new_page()
    load_engine(page, rules, Translations(ROOT / "theme/translations"))

    def prepare(names: Collection[str]) -> Ask:
        emptied = {name: Table(rules.tables[name].resource, ()) for name in names}
        tables = tables_for_browser({**rules.tables, **emptied})
        for name in names:
            tables[name]["isLeftOut"] = True
        page.evaluate("(tables) => { globalThis.deskTables = tables; }", tables)
        return lambda table, text: page.evaluate(CHECK, [text, table, TODAY.isoformat()])

    yield prepare
    context.close()


def grants(*rows: dict[str, str]) -> str:
    """A CSV of grants; a row says what is not as in the others. With an identifier when the first row has one."""
    usual = {"funder": "MIN", "partners": "", "title": "Kites", "certainty": "confirmed", "amount": "100"}
    lines = [f"{row['id']}," if "id" in row else "" for row in rows]
    lines = [start + GRANT.format_map({**usual, **row}) for start, row in zip(lines, rows, strict=True)]
    return GRANTS.format(id_title="id," if "id" in rows[0] else "", rows="".join(lines))


@pytest.mark.parametrize("grant", ["G-1", "Day care centre", "G-77", "Nobody knows it (G-77)"])
def test_what_points_at_a_table_that_is_left_out_is_taken(grant: str, without: Asking) -> None:
    told = without(["grants"])("payments", PAYMENTS.format(grant=grant))
    assert (told["rejected"], told["sentences"], told["blocking"]) == (0, [], [])
    assert f"PAY-1,{grant},100," in told["corrected"]


def test_what_points_at_no_record_of_a_table_that_is_there_is_refused(without: Asking) -> None:
    told = without(["organizations"])("payments", PAYMENTS.format(grant="G-77"))
    assert told["sentences"] == [
        "“Grants” has no record called “G-77”. Add the record there, or correct the value here."
    ]


@pytest.mark.parametrize(
    ("partners", "sentences"),
    [
        ("CARE;HOPE", []),
        ("Nobody knows them;HOPE", []),
        ("HOPE;HOPE", ["“HOPE” stands in the list more than once. Keep it once."]),
    ],
)
def test_items_of_lists_are_not_looked_up_where_the_table_is_left_out(
    partners: str, sentences: list[str], without: Asking
) -> None:
    assert without(["organizations"])("grants", grants({"partners": partners}))["sentences"] == sentences


@pytest.mark.parametrize(
    ("left_out", "row"),
    [
        ("grants", {"title": "Day care centre"}),
        ("organizations", {"title": "Day care centre", "funder": "Ministry of Trials"}),  # which is MIN
    ],
)
def test_a_row_that_may_be_known_is_neither_new_nor_given_an_identifier(
    left_out: str, row: dict[str, str], without: Asking
) -> None:
    told = without([left_out])("grants", grants(row))
    assert (told["unsure"], told["new"], told["changed"], told["unchanged"]) == (1, 0, 0, 0)
    assert told["corrected"].splitlines()[1].startswith(",")
    assert without([])("grants", grants(row))["changed"] == 1


def test_what_is_assumed_of_new_records_is_not_written_over_what_may_be_recorded(without: Asking) -> None:
    text = "funder,title_en,year,status,certainty,source\nMIN,Kites,2019,awarded,confirmed,S-1\n"
    assert "title_basis" in without([])("grants", text)["corrected"].splitlines()[0]
    told = without(["grants"])("grants", text)
    assert (told["unsure"], told["sentences"]) == (1, [])
    assert "title_basis" not in told["corrected"].splitlines()[0]


def test_an_identifier_that_is_given_stays(without: Asking) -> None:
    told = without(["grants"])("grants", grants({"id": "G-1"}))
    assert (told["unsure"], told["sentences"]) == (1, [])
    assert told["corrected"].splitlines()[1].startswith("G-1,")
    assert without(["organizations"])("grants", grants({"id": "G-9"}))["new"] == 1


def test_two_rows_of_the_file_with_one_identifier_are_refused(without: Asking) -> None:
    told = without(["grants"])("grants", grants({"id": "G-1"}, {"id": "G-1", "title": "Boats"}))
    (sentence,) = told["sentences"]
    assert sentence.startswith("The identifier “G-1” is already used in sheet “t.csv”, row 2.")


def test_grants_of_an_unknown_certainty_do_not_break_a_budget(without: Asking) -> None:
    text = grants({"certainty": "announced", "amount": "9000000"}).replace("funder", "program,funder", 1)
    text = text.replace("MIN", "P-1,MIN", 1)
    assert without([])("grants", text.replace("announced", "confirmed"))["blocking"] != []
    assert without([])("grants", text)["blocking"] == []
    assert without(["certainties"])("grants", text)["blocking"] == []


@pytest.fixture(scope="module")
def island(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny portal whose grants and organizations are packed."""
    conf = f"{SETTINGS}PORTAL = {{**PORTAL, 'all_formats': 7}}\n"
    return built(tmp_path_factory.mktemp("packed"), conf)


def test_the_page_says_what_is_checked_only_when_the_file_is_taken_in(
    island: Path, new_visit: Callable[..., Visit]
) -> None:
    visit = new_visit(home=f"{island.as_uri()}/")
    page = visit.open("en/check.html")
    content = b"id,grant,amount,currency,source\nPAY-9,G-2023-1,100,XTS,S-1\n"
    file: FilePayload = {"name": "payments.csv", "mimeType": "", "buffer": content}
    page.locator("file-checker input").set_input_files(file)
    expect(page.locator(".report__summary")).to_have_text("Rows that are fine: 1 of 1")
    expect(page.locator("check-report")).to_contain_text(
        "Everything that needs the records of these tables, which are too large for this page: Organizations, Grants."
    )
    assert visit.faults == []
