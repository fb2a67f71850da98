"""A reader takes away what the page shows: the same rows in the same order, as the prepared files have them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import shutil
import subprocess
import time
import zipfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Download, Error, Page, expect

from portal.cells import cell_text
from portal.explorer.download_words import download_words
from portal.explorer.taken import taken
from portal.exports import Job, to_json, to_package, to_people_csv, to_xlsx
from portal.exports.cells import disarm
from portal.validate import Tables
from tests.browser.conftest import Visit
from tests.exports_of_tiny import DATA, tiny_job, with_more
from tests.plugin_site import _serve
from tests.releases_of_tiny import add, build_tiny_site, edit
from tests.test_exports_csvw import read_back

LANGUAGES = ("eo", "en")
EXPLORER = 'document.querySelector("grant-explorer")'
SHOWN = f"() => {EXPLORER}.context?.answer.done && !{EXPLORER}.parts.view.ariaBusy"
DOWNLOAD = f"(options) => explorer.download({EXPLORER}.context, options)"
AT_ONCE, WITHIN = 10, 1.05  # Chromium drops an eleventh download of a page within a second
HARD = (  # what is hard to carry in one of the forms, as far as the checks of the records let it pass
    {"title_en": "'=1+1", "title_eo": "#N/A", "agreement_number": "00123", "amount_awarded": "12345678.9"},
    {"title_en": 'A "quoted", cell;', "title_eo": "(5)", "agreement_number": "MAR-1", "amount_awarded": "0.000001"},
    {"title_en": "two\nlines", "title_eo": "_x0041_ & <b>]]></b>", "agreement_number": "TRUE", "people_planned": ""},
    {"title_en": "2019", "title_eo": "a,b", "agreement_number": "1E5", "amount_requested": "123456789012345.25"},
    {"title_en": "𝒳 ½ ﬁ", "title_eo": "—", "agreement_number": "12/3", "decided_on": "2024-07", "recipient": "0099"},
    {"title_en": "x" * 4000, "title_eo": "\u2028{x}", "agreement_number": "0", "partners": "0099;seagull"},
)
FORMULAS: tuple[dict[str, Any], ...] = (  # what they refuse, and a portal may still hold
    {"title_en": "=1+1", "title_eo": "+7 things", "agreement_number": "@home", "amount_awarded": Decimal("1E+21")},
    {
        "title_en": "'=1",
        "title_eo": "\tstop\r\nhere",
        "agreement_number": "-",
        "amount_awarded": Decimal("1.000000000000000001"),
    },
    {
        "title_en": "a\rb\x0b\x1f",
        "title_eo": "１２",
        "partners": ("seagull", "tortoise"),
        "added_on": date(1899, 12, 31),
    },
    {"title_en": "＝1", "title_eo": "_x000d_", "amount_awarded": Decimal("-0.1"), "people_planned": 10**15},
)


@dataclass(frozen=True)
class Taken:
    """A file that the browser saved."""

    name: str
    files: Mapping[str, bytes]  # in the ZIP, by name

    def one(self, ending: str) -> bytes:
        """The only file with that ending."""
        (content,) = [content for name, content in self.files.items() if name.endswith(ending)]
        return content

    @property
    def readme(self) -> str:
        return self.files["README.txt"].decode()


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the tiny portal with the hard grants, and an organization whose name is a formula."""
    folder = tmp_path_factory.mktemp("portal")
    data = Path(shutil.copytree(DATA, folder / "data"))
    add(data / "organizations.csv", like="seagull", id="0099", name_eo="(1)", name_en="0099", registration_id="")
    for number, cells in enumerate(HARD, start=5):
        add(data / "grants/2024.csv", like="G-2024-1", id=f"G-2024-{number}", program="", call="", **cells)
    edit(data / "organizations.csv", "tortoise", name_en="5 May 2019")
    return build_tiny_site(data, folder)


@pytest.fixture(scope="module")
def portal_server(portal: Path) -> Iterator[str]:
    yield from _serve(portal)


@pytest.fixture(scope="module")
def tabs(browser: Any, portal: Path, portal_server: str) -> dict[str, Visit]:
    homes = {"http": portal_server, "file": f"{portal.as_uri()}/"}
    return {name: Visit(browser.new_context().new_page(), home) for name, home in homes.items()}


@pytest.fixture(params=["http", "file"])
def tab(request: pytest.FixtureRequest, tabs: dict[str, Visit]) -> Iterator[Visit]:
    """A reader of that portal."""
    visit: Visit = tabs[request.param]
    visit.faults.clear()
    yield visit
    assert visit.faults == []


@pytest.fixture
def http(tabs: dict[str, Visit]) -> Visit:
    return tabs["http"]


def show(visit: Visit, language: str, **state: Any) -> Page:
    """The page with a view: q, sort, view, by, from_, to, and filters by their names."""
    page = visit.page
    address = f"{visit.home}{language}/explore.html"
    if page.url.split("#")[0] != address:
        page.goto(address)
        page.wait_for_function(SHOWN)
    pairs = {name.rstrip("_"): value for name, value in state.items()}
    page.evaluate(f"(address) => {EXPLORER}.visit(address)", f"#{urlencode(pairs, doseq=True) or 'view=list'}")
    page.wait_for_function(SHOWN)
    return page


ended: deque[float] = deque(maxlen=AT_ONCE)  # when the last downloads were there, of any page


def saved_by(page: Page, begin: Callable[[], object]) -> Download:
    """What the browser saves after this, which is not begun until Chromium would take it."""
    if len(ended) == AT_ONCE:
        time.sleep(max(ended[0] + WITHIN - time.monotonic(), 0))
    with page.expect_download() as saved:
        begin()
    ended.append(time.monotonic())
    return saved.value


def take(page: Page, form: str = "csv", words: str = "people", **more: Any) -> Taken:
    """Download what the page shows."""
    options = {"what": "rows", "columns": None, "form": form, "words": words, **more}
    saved = saved_by(page, lambda: page.evaluate(DOWNLOAD, options))
    return opened(saved.suggested_filename, Path(saved.path()))


def opened(name: str, path: Path) -> Taken:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return Taken(name, {one.filename: archive.read(one) for one in archive.infolist()})


def raw_lines(content: bytes, end: bytes) -> list[bytes]:
    """The rows of a CSV file as they are written, the header first."""
    lines = [b""]
    for part in content.split(end)[:-1]:
        lines[-1] += part + end
        if lines[-1].count(b'"') % 2 == 0:
            lines.append(b"")
    assert lines.pop() == b""  # behind the last line nothing is left
    return lines


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def prepared(site: Path, path: str, end: bytes) -> tuple[bytes, dict[str, bytes]]:
    """The header of a prepared file of grants, and its lines by identifier."""
    content = (site / path).read_bytes()
    header, *lines = raw_lines(content, end)
    identifiers = [row["id"] for row in rows_of((site / "data/grants.csv").read_bytes())]
    assert len(identifiers) == len(lines)
    return header, dict(zip(identifiers, lines, strict=True))


def newest(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Identifiers as the explorer has them: newest first."""
    ordered = sorted(rows, key=lambda row: row["id"])
    ordered.sort(key=lambda row: (row["year"], row["decided_on"]), reverse=True)
    return [row["id"] for row in ordered]


# --- CSV


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_csv_for_people_has_the_lines_of_the_prepared_file(language: str, tab: Visit, portal: Path) -> None:
    header, lines = prepared(portal, f"data/{language}/grants.csv", b"\r\n")
    content = take(show(tab, language)).one(".csv")
    assert content == header + b"".join(
        lines[one] for one in newest(rows_of((portal / "data/grants.csv").read_bytes()))
    )
    assert content.startswith(b"\xef\xbb\xbf")


def test_a_csv_with_plain_names_has_the_lines_of_the_file_for_programs(tab: Visit, portal: Path) -> None:
    header, lines = prepared(portal, "data/grants.csv", b"\n")
    content = take(show(tab, "en"), words="plain").one(".csv")
    assert content == header + b"".join(
        lines[one] for one in newest(rows_of((portal / "data/grants.csv").read_bytes()))
    )


def test_a_json_has_the_lines_of_the_prepared_file(tab: Visit, portal: Path) -> None:
    prepared_lines = (portal / "data/grants.json").read_text("utf-8").split("\n")
    lines = {
        json.loads(line.rstrip(","))["id"]: line.rstrip(",") for line in prepared_lines if line.startswith('{"id"')
    }
    text = take(show(tab, "en", year=["2024"]), form="json").one(".json").decode()
    rows = [row for row in rows_of((portal / "data/grants.csv").read_bytes()) if row["year"] == "2024"]
    assert [line.rstrip(",") for line in text.split("\n") if line.startswith('{"id"')] == [
        lines[one] for one in newest(rows)
    ]
    beside = (portal / "en/years/2024.json").read_text("utf-8").partition('"page": ')[0]
    assert text.startswith(beside.replace("../../data", "../data"))
    assert json.loads(text)["page"].endswith("explore.html#year=2024")


def test_views_by_chance_have_their_rows_in_their_order(http: Visit, portal: Path) -> None:
    chance = random.Random(7)
    rows = rows_of((portal / "data/grants.csv").read_bytes())
    places = {row["id"]: row["parent"] for row in rows_of((portal / "data/places.csv").read_bytes())}
    header, lines = prepared(portal, "data/en/grants.csv", b"\r\n")
    for _ in range(25):
        state = by_chance(chance, rows)
        expected = chosen(rows, places, state)
        content = take(show(http, "en", **state)).one(".csv")
        assert content == header + b"".join(lines[one] for one in expected), state


def test_views_of_the_real_portal_have_their_rows_in_their_order(reader: Visit, site: Path) -> None:
    chance = random.Random(8)
    rows = rows_of((site / "data/grants.csv").read_bytes())
    places = {row["id"]: row["parent"] for row in rows_of((site / "data/places.csv").read_bytes())}
    for language in ("ky", "ru", "en"):
        header, lines = prepared(site, f"data/{language}/grants.csv", b"\r\n")
        for state in ({}, *(by_chance(chance, rows) for _ in range(8))):
            expected = chosen(rows, places, state)
            content = take(show(reader, language, **state)).one(".csv")
            assert content == header + b"".join(lines[one] for one in expected), state


FIELDS = {"group": "beneficiary_group", "funder": "funder", "recipient": "recipient", "program": "program"}
FIELDS |= {"sphere": "sphere", "place": "place", "year": "year", "status": "status", "certainty": "certainty"}


def by_chance(chance: random.Random, rows: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """A view with one or two filters, perhaps a range of amounts, in any order."""
    state: dict[str, Any] = {"sort": chance.choice(["newest", "newest", "amount", "-amount"])}
    for name in chance.sample(sorted(FIELDS), chance.randint(0, 2)):
        values = sorted({row[FIELDS[name]] or "none" for row in rows})
        state[name] = chance.sample(values, min(len(values), chance.randint(1, 2)))
    if chance.random() < 0.3:
        state["from_"] = chance.choice(["1", "1000", "20000.5"])
    if chance.random() < 0.3:
        state["to"] = chance.choice(["25000", "30000", "12345678.9"])
    return state


def chosen(rows: Sequence[Mapping[str, str]], places: Mapping[str, str], state: Mapping[str, Any]) -> list[str]:
    """Identifiers of the rows of a view, in its order."""

    def around(place: str) -> set[str]:
        found = set()
        while place:
            found.add(place)
            place = places[place]
        return found

    def fits(row: Mapping[str, str]) -> bool:
        for name, field in FIELDS.items():
            own = (around(row[field]) if name == "place" else {row[field]} - {""}) or {"none"}
            if name in state and own.isdisjoint(state[name]):
                return False
        amount = row["amount_awarded"]
        if "from_" in state and not (amount and float(amount) >= float(state["from_"])):
            return False
        return "to" not in state or bool(amount and float(amount) <= float(state["to"]))

    found = newest([row for row in rows if fits(row)])
    if state.get("sort", "newest") == "newest":
        return found
    amounts = {row["id"]: row["amount_awarded"] for row in rows}
    up = state["sort"] == "-amount"
    known = sorted((one for one in found if amounts[one]), key=lambda one: float(amounts[one]) * (1 if up else -1))
    return [*known, *(one for one in found if not amounts[one])]


def test_chosen_columns_come_in_their_order_with_the_names_of_references(http: Visit) -> None:
    columns = ["title_en", "recipient", "id"]
    content = take(show(http, "en", sort="amount"), columns=columns).one(".csv")
    whole = rows_of(take(show(http, "en", sort="amount")).one(".csv"))
    assert list(rows_of(content)[0]) == ["Title (in English)", "Received by", "Received by: name", "Identifier"]
    assert rows_of(content) == [{name: row[name] for name in rows_of(content)[0]} for row in whole]
    plain = take(http.page, columns=columns, words="plain").one(".csv")
    assert plain.splitlines()[0] == b"title_en,recipient,id"
    told = json.loads(take(http.page, columns=columns, form="json").one(".json"))
    assert list(told["rows"][0]) == columns


def test_a_choice_without_rows_is_a_file_without_rows(http: Visit, portal: Path) -> None:
    page = show(http, "en", year=["2023"], q="nowhereatall")
    header, _ = prepared(portal, "data/en/grants.csv", b"\r\n")
    assert take(page).one(".csv") == header
    assert json.loads(take(page, form="json").one(".json"))["rows"] == []
    assert sheet_of(take(page, form="xlsx")).max_row == 1


# --- the text and the description


def test_the_text_says_what_the_file_is(tab: Visit) -> None:
    page = show(tab, "en", q="kites", funder=["ministry-of-kites"], year=["2024", "2023"], from_="10", sort="amount")
    saved = take(page)
    assert saved.name == "grants-kites-from-10-funder-ministry-of-kites-year-2024-year-2023.zip"
    name = saved.name.replace(".zip", ".csv")
    assert list(saved.files) == ["README.txt", name, f"{name}-metadata.json"]
    rows = len(rows_of(saved.files[name]))
    lines = saved.readme.splitlines()
    assert lines[0] == "Grants of Fantasia: Grants"
    assert f"File: {name}" in lines
    assert f"SHA-256: {hashlib.sha256(saved.files[name]).hexdigest()}" in lines
    assert f"Rows: {rows}" in lines
    assert "Order: largest amount first" in lines
    (address,) = [line for line in lines if line.startswith("Address: ")]
    assert address.endswith(
        "en/explore.html#q=kites&from=10&funder=ministry-of-kites&sort=amount&year=2024&year=2023"
    ) or ("q=kites" in address and "year=2023" in address)
    filters = lines[lines.index("Filters") + 1 : lines.index("Sums") - 1]
    assert filters == [
        "- Words: kites",
        "- Amount from: 10",
        "- Given by: Ministry of Kites (ministry-of-kites)",
        "- Year: 2024",
        "- Year: 2023",
    ]
    assert "- Identifier: Stable identifier of the grant; it is part of the address of its page." in lines


def test_what_could_not_be_understood_is_no_filter_in_the_text(http: Visit) -> None:
    saved = take(show(http, "en", year=["2024", "1800"], nonsense="x", from_="much"))
    assert saved.name == "grants-from-much-year-2024.zip"
    lines = saved.readme.splitlines()
    filters = lines[lines.index("Filters") + 1 : lines.index("Sums") - 1]
    assert filters == ["- Amount from: much", "- Year: 2024", "- “much” is no amount. Write it in digits."]


def test_no_file_is_made_of_an_answer_that_may_lack_rows(http: Visit) -> None:
    page = show(http, "en")
    with pytest.raises(Error):
        page.evaluate(f"""() => {{
          const {{ context }} = {EXPLORER};
          const ask = async (question) => ({{ ...(await context.index.ask(question)), exact: false }});
          const options = {{ what: "rows", form: "csv", columns: null, words: "people" }};
          return explorer.download({{ ...context, index: {{ ...context.index, ask }} }}, options);
        }}""")


def test_sums_by_kind_are_those_of_the_rows(http: Visit) -> None:
    page = show(http, "en")
    saved = take(page)
    rows = rows_of(saved.one(".csv"))
    announced = [row for row in rows if row["Certainty"] == "announced"]
    counted = [row for row in rows if row["Certainty"] in ("confirmed", "unnamed")]
    assert len(announced) + len(counted) == len(rows)
    lines = saved.readme.splitlines()
    sums = lines[lines.index("Sums") + 1 : lines.index("Before you count") - 1]
    awarded = {}
    for currency in ("XTS", "EUR"):
        amounts = [
            Decimal(row["Amount awarded"]) for row in counted if row["Currency"] == currency and row["Amount awarded"]
        ]
        money = page.evaluate("(sum) => explorer.money(...sum)", [f"{sum(amounts):f}", currency])
        awarded[currency] = f"- Awarded: {money}; grants with an amount: {len(amounts)}"
    assert sums == [
        f"- Counted grants: {len(counted)}",
        awarded["XTS"],
        awarded["EUR"],
        "- Joint sum J-1, in no other sum: 60,000\u00a0shells; grants: 2",
        f"- Grants that were only announced and are not counted: {len(announced)}",
    ]


@pytest.mark.parametrize("words", ["people", "plain"])
@pytest.mark.parametrize("columns", [None, ["id", "title_eo", "partners", "added_on", "amount_awarded"]])
def test_the_description_is_read_back_with_the_rows(
    words: str, columns: list[str] | None, tab: Visit, tmp_path: Path
) -> None:
    saved = take(show(tab, "eo", year=["2024"], q=""), words=words, columns=columns)
    for name, content in saved.files.items():
        (tmp_path / name).write_bytes(content)
    ((path, answer),) = read_back(tmp_path).items()
    assert path == saved.name.replace(".zip", ".csv-metadata.json")
    assert answer["warnings"] == []
    assert answer["valid"]
    ((name, rows),) = answer["tables"].items()
    cells = rows_of(saved.files[name])
    assert [[plain(value) for value in row.values()] for row in rows] == [list(row.values()) for row in cells]
    told = json.loads(saved.files[path])
    assert (told["schema:numberOfItems"], told["dcat:byteSize"]) == (len(cells), len(saved.files[name]))
    assert told["schema:sha256"] == hashlib.sha256(saved.files[name]).hexdigest()
    assert told["notes"][0]["schema:additionalProperty"] == [
        {"@type": "schema:PropertyValue", "schema:name": "year", "schema:value": "2024"}
    ]


def plain(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(value)
    return "" if value is None else str(value)


# --- XLSX


@pytest.mark.parametrize("words", ["people", "plain"])
def test_a_workbook_holds_numbers_days_and_texts(words: str, http: Visit, portal: Path) -> None:
    page = show(http, "en")
    saved = take(page, form="xlsx", words=words)
    sheet = sheet_of(saved)
    assert sheet.title == "Grants"
    assert sheet.freeze_panes == "A2"
    plain_rows = {row["id"]: row for row in rows_of((portal / "data/grants.csv").read_bytes())}
    headings = [cell.value for cell in sheet[1]]
    assert sheet.auto_filter.ref == f"A1:{get_column_letter(len(headings))}{len(plain_rows) + 1}"
    fields = json.loads(page.evaluate("explorer.get(`download.en`).then((known) => JSON.stringify(known.columns))"))[
        words
    ]
    assert headings == [one["title"] for one in fields]
    for cells, values in zip(sheet.iter_rows(min_row=2), values_of(sheet)[1:], strict=True):
        row = plain_rows[values[0]]
        for cell, value, field in zip(cells, values, fields, strict=True):
            if "table" not in field:
                assert value == typed(row[field["field"]], field["type"]), field["field"]
            if isinstance(cell.value, datetime):
                assert cell.number_format == "yyyy-mm-dd"
            if field["type"] == "number" and isinstance(cell.value, int | float):
                assert cell.number_format in ("#,##0", "#,##0.######")


def sheet_of(saved: Taken) -> Worksheet:
    """The sheet of the workbook, of which there is one."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(saved.one(".xlsx"))).worksheets
    return sheet


def values_of(sheet: Worksheet) -> list[list[Any]]:
    """Its cells; openpyxl leaves the escape of an escape in texts that stand in their cells."""
    return [
        [value.replace("_x005F_", "_") if isinstance(value, str) else value for value in row] for row in sheet.values
    ]


def typed(text: str, kind: str) -> Any:
    """A cell of the plain file as a workbook has it; a number of more than 15 digits is text."""
    if not text:
        return None
    if kind == "integer":
        return int(text)
    if kind == "number":
        digits = text.replace(".", "").strip("0")
        return text if len(digits) > 15 else float(text) if "." in text else int(text)
    return datetime.combine(date.fromisoformat(text), datetime.min.time()) if kind == "date" else text


def test_a_text_that_looks_like_an_escape_stays_what_it_is(http: Visit) -> None:
    saved = take(show(http, "en"), form="xlsx", columns=["id", "title_eo"])
    with zipfile.ZipFile(io.BytesIO(saved.one(".xlsx"))) as book:
        texts = book.read("xl/sharedStrings.xml").decode()
    assert ">_x005F_x0041_ &#38; &#60;b&#62;]]&#62;&#60;/b&#62;<" in texts


@pytest.mark.spreadsheet
def test_a_spreadsheet_finds_nothing_to_mend_in_the_workbook(http: Visit, tmp_path: Path) -> None:
    """LibreOffice writes the same cells again."""
    saved = take(show(http, "en"), form="xlsx")
    (tmp_path / "grants.xlsx").write_bytes(saved.one(".xlsx"))
    done = subprocess.run(
        [
            *("soffice", f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"),
            *("--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "out")),
            str(tmp_path / "grants.xlsx"),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    own, (again,) = sheet_of(saved), openpyxl.load_workbook(tmp_path / "out/grants.xlsx").worksheets
    assert again.auto_filter.ref == own.auto_filter.ref
    assert values_of(again) == values_of(own)


# --- groups


@pytest.mark.parametrize("by", ["recipient", "year", "place"])
def test_groups_are_those_of_the_page(by: str, http: Visit) -> None:
    page = show(http, "en", view="groups", by=by)
    ordered = f"explorer.inOrder({EXPLORER}.context, by, {EXPLORER}.context.answer.groups)"
    groups = page.evaluate(f"async (by) => {ordered}", by)
    saved = take(page, what="groups", words="plain")
    rows = rows_of(saved.one(".csv"))
    assert [row[by] for row in rows] == [group["id"] for group in groups]
    assert [(row["grants"], row["counted"]) for row in rows] == [
        (str(group["grants"]), str(group["counted"])) for group in groups
    ]
    for row, group in zip(rows, groups, strict=True):
        for sum in group["awarded"]:
            code = sum["currency"]
            found = [row[f"{name}_{code}"] for name in ("with_amount", "sum", "median", "largest")]
            assert found == [str(sum[name]) for name in ("grants", "amount", "median", "largest")]
    told = json.loads(take(page, what="groups", form="json").one(".json"))
    assert [row[by] for row in told["rows"]] == [
        (int(group["id"]) if by == "year" else group["id"]) or None for group in groups
    ]
    assert isinstance(told["rows"][0]["grants"], int)


def test_groups_for_people_have_titles_names_and_a_description(http: Visit, tmp_path: Path) -> None:
    saved = take(show(http, "en", view="groups", by="recipient"), what="groups")
    rows = rows_of(saved.one(".csv"))
    assert list(rows[0])[:4] == ["Received by", "Received by: name", "Grants", "Counted grants"]
    names = {row["Received by"]: row["Received by: name"] for row in rows}
    assert names["'0099"] == "'0099"
    assert names["tortoise"] == "'5 May 2019"
    for name, content in saved.files.items():
        (tmp_path / name).write_bytes(content)
    ((_, answer),) = read_back(tmp_path).items()
    assert answer["warnings"] == []
    years = rows_of(take(show(http, "en", view="groups", by="year"), what="groups").one(".csv"))
    assert [row["Year"] for row in years] == ["2024", "2023"]


# --- cells that no portal should have


@pytest.fixture(scope="module")
def formulas(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """The tiny portal with formulas and other strange cells in its grants."""
    changes = [{**cells, "id": f"G-2025-{number}"} for number, cells in enumerate(FORMULAS)]
    return with_more(tiny_job(tables, tmp_path_factory.mktemp("words")), "grants", *changes)


STAND_IN = """([known, rows, names, options]) => {
  const language = `stand-in-${Math.random()}`;
  explorer(`download.${language}`, known);
  const { context } = document.querySelector("grant-explorer");
  const sums = { counted: 0, announced: 0, awarded: [], announcedAmounts: [], joint: [] };
  const numbers = [...rows.keys()];
  const index = { ...context.index, ask: async () => ({ numbers, exact: true, faults: [], unknown: [], sums }) };
  const row = (number) => ({ number, values: rows[number], names: (table, id) => names[table]?.[id] ?? [] });
  const stand = { ...context, index, language, rows: async (numbers) => numbers.map(row) };
  return explorer.download(stand, { what: "rows", columns: null, ...options });
}"""


def take_from(job: Job, visit: Visit, form: str, words: str) -> Taken:
    """What a page would save that shows all grants of a job in the order of their identifiers."""
    page = show(visit, "eo")
    fields = job.package.by_name["grants"].fields
    rows = [
        {field.name: cell_text(record[field.name], field.delimiter) for field in fields}
        for record in job.rows["grants"]
    ]
    names = {
        table: {key: [job.names[code][table][key] for code in LANGUAGES] for key in keys}
        for table, keys in job.names["eo"].items()
    }
    given = [download_words(job, "eo"), rows, names, {"form": form, "words": words}]
    saved = saved_by(page, lambda: page.evaluate(STAND_IN, given))
    return opened(saved.suggested_filename, Path(saved.path()))


def test_formulas_are_disarmed_as_in_the_prepared_file(formulas: Job, http: Visit, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    list(to_people_csv.write(formulas, tmp_path, ()))
    assert take_from(formulas, http, "csv", "people").one(".csv") == (tmp_path / "data/eo/grants.csv").read_bytes()


def test_plain_names_leave_every_cell_as_it_is(formulas: Job, http: Visit, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    list(to_package.write(formulas, tmp_path, ()))
    assert take_from(formulas, http, "csv", "plain").one(".csv") == (tmp_path / "data/grants.csv").read_bytes()


def test_numbers_that_would_lose_digits_are_text_in_json(formulas: Job, http: Visit, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    list(to_json.write(formulas, tmp_path, ()))
    rows = take_from(formulas, http, "json", "people").one(".json").decode().partition('"rows": [\n')[2]
    assert rows == (tmp_path / "data/grants.json").read_text("utf-8").partition('"rows": [\n')[2]


def test_formulas_are_text_in_a_workbook(formulas: Job, http: Visit, tmp_path: Path) -> None:
    """The same cells as in the prepared workbook."""
    (tmp_path / "data").mkdir()
    list(to_xlsx.write(formulas, tmp_path, ()))
    book = openpyxl.load_workbook(tmp_path / f"data/eo/{formulas.name}.xlsx")
    (expected,) = [sheet for sheet in book.worksheets if sheet.max_column > 50]
    found = sheet_of(take_from(formulas, http, "xlsx", "people"))
    assert values_of(found) == values_of(expected)
    assert [[(cell.data_type, cell.number_format) for cell in row if cell.value is not None] for row in found] == [
        [(cell.data_type, cell.number_format) for cell in row if cell.value is not None] for row in expected
    ]


def test_a_public_site_is_named_by_its_address(formulas: Job, tabs: dict[str, Visit]) -> None:
    """Also when the page was opened from a folder, whose path is nobody's business."""
    public = replace(formulas, settings=replace(formulas.settings, site_url="https://kites.example/grants"))
    saved = take_from(public, tabs["file"], "csv", "people")
    assert "\nAddress: https://kites.example/grants/eo/explore.html#view=list\n" in saved.readme
    told = json.loads(saved.one("-metadata.json"))
    assert told["schema:mainEntityOfPage"] == {"@id": "https://kites.example/grants/eo/explore.html#view=list"}
    assert "https://kites.example/grants/eo/explore.html#view=list" in json.dumps(told["dc:bibliographicCitation"])
    own = take_from(formulas, tabs["file"], "csv", "people")
    assert "\nAddress: eo/explore.html#view=list\n" in own.readme
    assert b"file:" not in b"".join(own.files.values())


# --- how it holds


def test_a_reader_presses_the_button(tab: Visit, portal: Path) -> None:
    page = show(tab, "en", year=["2023"])
    take_part = page.locator("[data-part=take]")
    take_part.locator("summary").click()
    saved = saved_by(page, take_part.get_by_role("button", name="CSV").click)
    found = opened(saved.suggested_filename, Path(saved.path()))
    header, lines = prepared(portal, "data/en/grants.csv", b"\r\n")
    rows = [row for row in rows_of((portal / "data/grants.csv").read_bytes()) if row["year"] == "2023"]
    assert found.one(".csv") == header + b"".join(lines[one] for one in newest(rows))
    expect(page.locator("[data-part=taken]")).to_have_text("The file is ready.")


def test_the_same_view_makes_the_same_octets(http: Visit) -> None:
    page = show(http, "en", year=["2024"])
    names = set()
    contents = []
    options = {"what": "rows", "columns": None, "form": "csv", "words": "people"}
    for _ in range(2):
        saved = saved_by(page, lambda: page.evaluate(DOWNLOAD, options))
        names.add(saved.suggested_filename)
        contents.append(Path(saved.path()).read_bytes())
    assert len(names) == 1
    assert contents[0] == contents[1]
    with zipfile.ZipFile(io.BytesIO(contents[0])) as archive:
        days = {one.date_time for one in archive.infolist()}
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert len(days) == 1


def test_a_browser_without_compression_and_without_https_makes_the_file_too(
    new_visit: Callable[..., Visit], portal_server: str
) -> None:
    visit = new_visit(home=portal_server)
    visit.page.add_init_script(
        "delete globalThis.CompressionStream; Object.defineProperty(crypto, 'subtle', { value: undefined });"
    )
    saved = take(show(visit, "en"))
    name = saved.name.replace(".zip", ".csv")
    assert f"SHA-256: {hashlib.sha256(saved.files[name]).hexdigest()}" in saved.readme.splitlines()
    assert visit.faults == []


def test_more_than_a_file_may_hold_is_said_before(http: Visit) -> None:
    page = show(http, "en")
    size = f"""(total) => {{
      const {{ context }} = {EXPLORER};
      return explorer.downloadSize({{ ...context, answer: {{ ...context.answer, total }} }}, "rows");
    }}"""
    assert page.evaluate(size, 20_001)["tooMany"]
    assert page.evaluate(size, 20_001)["rows"] == 20_001
    here = page.evaluate(f"explorer.downloadSize({EXPLORER}.context, 'rows')")
    assert here == {"rows": len(HARD) + 9, "files": 1, "tooMany": False} or not here["tooMany"]


def test_rows_in_too_many_files_are_too_many(http: Visit) -> None:
    page = show(http, "en")
    found = page.evaluate(f"""async () => {{
      const {{ context }} = {EXPLORER};
      const numbers = Array.from({{ length: 2501 }}, (_, at) => at * 64);
      const index = {{ ...context.index, ask: async () => ({{ numbers, exact: true, faults: [] }}) }};
      return explorer.downloadSize({{ ...context, index, answer: {{ total: 2501 }} }}, "rows");
    }}""")
    assert found == {"rows": 2501, "files": 2501, "tooMany": True}


def test_no_file_is_made_where_a_part_of_the_index_is_missing(http: Visit) -> None:
    page = show(http, "en")
    refused = page.evaluate(f"""async () => {{
      const {{ context }} = {EXPLORER};
      const answer = {{ numbers: [0], exact: false, faults: ["c/year/0 is lost."] }};
      const index = {{ ...context.index, ask: async () => answer }};
      const options = {{ what: "rows", form: "csv", columns: null, words: "people" }};
      return explorer.download({{ ...context, index }}, options).then(() => "made", (fault) => fault.path);
    }}""")
    assert refused == "c/year/0 is lost."


def test_a_reader_may_stop_and_is_told_how_far_it_is(http: Visit) -> None:
    page = show(http, "en")
    told = page.evaluate(f"""async () => {{
      const stop = new AbortController();
      const steps = [];
      const progress = (done, all) => {{ steps.push([done, all]); stop.abort(); }};
      const options = {{ what: "rows", form: "csv", columns: null, words: "people", progress, signal: stop.signal }};
      const end = await explorer.download({EXPLORER}.context, options).then(() => "made", (fault) => fault.name);
      return [end, steps];
    }}""")
    rows = page.evaluate(f"{EXPLORER}.context.answer.total")
    assert told == ["AbortError", [[0, rows]]]


def test_the_pattern_of_the_browser_finds_what_python_finds(http: Visit) -> None:
    """On texts by chance, and on long ones that an older pattern would have looked at for minutes."""
    chance = random.Random(9)
    pieces = [
        *"0123456789.,:/-+()%$€eE'’ =@#\t\n!?_",
        "May",
        "majo",
        "TRUE",
        "ложь",
        "N/A",
        "pm",
        "x",
        "\u00a0",
        "٣",
        "ⅻ",
        "𝒳",
    ]
    texts = ["".join(chance.choices(pieces, k=chance.randint(0, 8))) for _ in range(20_000)]
    texts += [part * 100_000 + "x" for part in ("1 ", "1e", "'", " ", "a", "#!", "1" + " " * 9)]
    script = """([{ pattern, word, months, truths }, texts]) => {
      const taken = new RegExp(...pattern);
      return texts.map((text) => {
        const found = taken.exec(text);
        const said = found?.[word]?.toLowerCase();
        return Boolean(found && (!said || (/\\p{Nd}/u.test(text) ? months : truths).includes(said)));
      });
    }"""
    page = http.open("en/index.html")
    answers = page.evaluate(script, [taken(LANGUAGES), texts])
    assert [
        text for text, is_taken in zip(texts, answers, strict=True) if is_taken != (disarm(text, LANGUAGES) != text)
    ] == []
