"""One file, judged twice: by Python and by the browser. What the two say is put side by side and compared elsewhere."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.sync_api import Page

from portal.desk.advice import advice, good, understood
from portal.desk.browser import rules_for_browser, tables_for_browser
from portal.desk.browser_sentences import sentences_for_browser
from portal.desk.intake import Verdict, take_in
from portal.desk.read_file import read_bytes
from portal.desk.rules import Rules
from portal.errors import InputError, Message
from portal.i18n import Translations
from tests.plugin_left_out import ROOT

ENGINE = ROOT / "theme/static/js/desk"
PAGE = ROOT / "theme/templates/check.html"
NAMED = re.compile(r'\{% for name in \[((?:"[\w-]+"(?:, )?)+)\] %\}\s*<script defer src="\{\{ root\("static/js/desk/"')

CHECK = """async ([content, name, language, today, table]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt());
  const given = { rules: deskRules, tables: deskTables, sentences: deskSentences[language], language, today, table };
  try {
    return await desk.check(bytes, name, given);
  } catch (fault) {
    if (!(fault instanceof desk.InputError)) {
      throw fault;
    }
    return { refused: fault.sentence };
  }
}"""

Found = tuple[str, int | None, int | None, str | None, str, str]  # sheet, row, column, field, level, sentence


@dataclass(frozen=True, slots=True)
class Sent:
    """A file, who reads the answer, and when."""

    name: str
    content: bytes
    language: str
    today: date
    table: str | None = None  # that the reader named


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one of the two says of a file, in the reader's language."""

    refused: str = ""  # why the file cannot be used at all
    problems: tuple[Found, ...] = ()
    fates: tuple[tuple[str, int], ...] = ()  # what becomes of the rows: how many
    skipped: tuple[tuple[str, int, str], ...] = ()  # sheet, row, reason
    unused: tuple[tuple[str, int, str], ...] = ()  # sheet, column, title
    others: tuple[tuple[str, str], ...] = ()  # sheets without a table, and why
    understood: tuple[str, ...] = ()  # by what the amounts of a column are multiplied
    blocking: tuple[str, ...] = ()  # what would break elsewhere in the records
    remarks: tuple[str, ...] = ()  # what would help readers, then what is good already


FATES = ("new", "changed", "unchanged", "rejected")


def engine_files() -> list[str]:
    """Paths of the scripts, in the order in which the page loads them."""
    found = NAMED.search(PAGE.read_text("utf-8"))
    assert found
    return [str(ENGINE / f"{name}.js") for name in re.findall(r"[\w-]+", found[1])]


def load_engine(page: Page, rules: Rules, translations: Translations) -> None:
    """Everything that the page for checking loads; once is enough for any number of files."""
    page.goto("about:blank")
    for file in engine_files():
        page.add_script_tag(path=file)
    sentences = {language: sentences_for_browser(translations, language) for language in rules.languages}
    given = [rules_for_browser(rules), tables_for_browser(rules.tables), sentences]
    page.evaluate(
        "(given) => { [globalThis.deskRules, globalThis.deskTables, globalThis.deskSentences] = given; }", given
    )


def in_browser(page: Page, sent: Sent) -> Outcome:
    """What the engine says, in a page prepared by load_engine()."""
    content = base64.b64encode(sent.content).decode()
    given = [content, sent.name, sent.language, sent.today.isoformat(), sent.table]
    result: dict[str, Any] = page.evaluate(CHECK, given)
    if "refused" in result:
        return Outcome(refused=result["refused"])
    return Outcome(
        problems=tuple(
            (one["sheet"], one["row"], one["column"], one["field"], one["level"], one["sentence"])
            for one in result["problems"]
        ),
        fates=tuple((fate, result["summary"][fate]) for fate in FATES),
        skipped=tuple((one["sheet"], one["row"], one["sentence"]) for one in result["skipped"]),
        unused=tuple((one["sheet"], one["column"], one["title"]) for one in result["unused"]),
        others=tuple((one["sheet"], one["sentence"]) for one in result["others"]),
        understood=tuple(result["understood"]),
        blocking=tuple(one["sentence"] for one in result["blocking"]),
        remarks=(*result["advice"], *result["good"]),
    )


def in_python(rules: Rules, translations: Translations, sent: Sent) -> Outcome:
    """What the command line would say."""

    def words(message: Message) -> str:
        return translations.message(sent.language, message)

    try:
        workbook = read_bytes(sent.name, sent.content)
        verdict = take_in([workbook], rules, sent.language, sent.today, table=sent.table)
    except InputError as error:
        return Outcome(refused=words(error.message))
    rows = verdict.judgement.rows
    return Outcome(
        problems=tuple(
            (one.sheet, one.row, one.column, one.field, one.level, f"{words(one.what)} {words(one.fix)}")
            for one in verdict.problems
        ),
        fates=tuple((fate, sum(row.fate == fate for row in rows)) for fate in FATES),
        skipped=tuple((one.sheet, row, words(reason)) for one in verdict.layouts for row, reason in one.skipped),
        unused=tuple((one.sheet, column, title) for one in verdict.layouts for column, title in one.unused),
        others=tuple((sheet, words(reason)) for sheet, reason in verdict.others),
        understood=tuple(words(one) for layout in verdict.layouts for one in understood(layout)),
        blocking=tuple(f"{words(one.what)} {words(one.fix)}" for one in verdict.judgement.blocking),
        remarks=tuple(words(one) for remark in (advice, good) for one in _remarks(remark, verdict, rules, sent)),
    )


def _remarks(remark: Callable[..., Iterable[Message]], verdict: Verdict, rules: Rules, sent: Sent) -> Iterator[Message]:
    """What is said of the rows that are taken, table by table in the order of the package."""
    for name, one in rules.by_table.items():
        if any(layout.table == name for layout in verdict.layouts):
            rows = [row for row in verdict.judgement.rows if row.match.row.table == name and row.fate != "rejected"]
            yield from remark([row.match.cells for row in rows], one, sent.language)
