"""Time the check of a spreadsheet of 5,000 rows in Chromium: `python -m tests.bench.desk`.

Two times of the first check in a new page, in milliseconds: by the clock, and of computing in its process, which other
work on the machine does not lengthen.
"""

from __future__ import annotations

import base64
import csv
import io
import random

import openpyxl
from playwright.sync_api import sync_playwright

from portal.desk.intake import read_desk_rules
from portal.desk.rules import Rules
from portal.i18n import Translations
from tests.browser.conftest import FLAGS
from tests.desk_parity import load_engine
from tests.desk_portal import ROOT, settings_of
from tests.plugin_left_out import chromium

ROWS = 5_000
PAGES = 3
FIELDS = (
    *("funder", "recipient", "title_ru", "description_ru", "title_basis", "sphere", "place", "amount_awarded"),
    *("currency", "year", "decided_on", "status", "certainty", "source", "note_ru"),
)
TIMED = """async ([content, name]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt());
  const reader = { sentences: deskSentences.ru, language: "ru", today: "2026-11-25" };
  const start = performance.now();
  const { summary } = await desk.check(bytes, name, { rules: deskRules, tables: deskTables, ...reader });
  return [performance.now() - start, summary];
}"""


def main() -> None:
    """Print a line a page."""
    settings = settings_of(ROOT / "data")
    rules, translations = read_desk_rules(settings), Translations(settings.translations)
    rows = list(make_rows(rules))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        session = browser.new_browser_cdp_session()

        def computed() -> float:
            processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
            return sum(float(one["cpuTime"]) for one in processes if one["type"] == "renderer")

        for name, content in (("5000.xlsx", xlsx(rows)), ("5000.csv", csv_text(rows))):
            for _ in range(PAGES):
                page = browser.new_page()
                load_engine(page, rules, translations)
                before = computed()
                wall, summary = page.evaluate(TIMED, [base64.b64encode(content).decode(), name])
                print(f"{name}: {wall:.0f} ms by the clock, {1000 * (computed() - before):.0f} ms computed; {summary}")
                page.close()
        browser.close()


def make_rows(rules: Rules) -> list[list[object]]:
    """A row of titles and rows as clerks write them: names and labels, spaces between thousands, days in words."""
    choose = random.Random(1).choice
    names = {
        table: [record[column] for record in rules.tables[table].records if record[column]]
        for table, column in (
            ("organizations", "name_ru"),
            ("spheres", "label_ru"),
            ("places", "id"),
            ("sources", "id"),
        )
    }
    fields = rules.by_table["grants"].resource.by_name
    rows: list[list[object]] = [[fields[name].title.words("ru") for name in FIELDS]]
    for number in range(ROWS):
        rows.append(
            [
                *(choose(names["organizations"]), choose(names["organizations"])),
                *(f"Проект помощи номер {number} для жителей", f"Подробное описание работы номер {number}", "source"),
                *(choose(names["spheres"]), choose(names["places"])),
                *(choose(["1 950 000,50", "300 000", "125000"]), "сом", choose([2018, 2019])),
                *(choose(["05.11.2019", "2019-03-04", "3 марта 2019 г."]), "awarded", "confirmed"),
                *(choose(names["sources"]), "Примечание"),
            ]
        )
    return rows


def xlsx(rows: list[list[object]]) -> bytes:
    """The rows as a workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("grants")
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def csv_text(rows: list[list[object]]) -> bytes:
    """The rows as CSV, as Excel writes it where a comma divides decimals."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    return text.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    main()
