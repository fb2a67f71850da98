"""theme/static/js/desk/: every part of the desk in the browser does what its counterpart in Python does."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher, get_close_matches
from itertools import islice

import openpyxl
import pytest
from playwright.sync_api import Browser, Page

from portal.cells import number_text
from portal.checks import CHECKS, Check, run_checks, texts
from portal.checks.words import fold
from portal.desk.browser import CONSTANTS, tables_for_browser
from portal.desk.identifiers import identifiers
from portal.desk.intake import read_desk_rules
from portal.desk.regex import flags_of, javascript
from portal.desk.rules import Rules, read_rules
from portal.i18n import Translations
from portal.package import Package
from portal.text import Text
from portal.validate import Tables
from tests.desk_parity import Sent, in_browser, in_python, load_engine
from tests.desk_portal import ROOT, TODAY, make_desk_portal
from tests.test_checks import BROKEN, GOOD, Edit, edited, name_of
from tests.test_checks import TODAY as DAY_OF_CHECKS

TEXTS = (
    "",
    "Общественный фонд «Забота»",
    'ОБЩЕСТВЕННЫЙ ФОНД "ЗАБОТА"',
    "Ёлка, йод и Ӣ",
    "Straße ẞ ſ µ ϐ ς ΣΑΣ",
    "İstanbul ı",
    "ﬁn Ⅻ ① ½",
    "ꭰ Ꭰ ᲀ",
    "𝒳 𐐀 🙂",
    "a\u200bb\ufeffc\u00ad",
    "x_y-z 1.5",
    " \x1c\x85\u3000\ufeff ",
    "тел. +996 555 12-34-56, name@example.org",
    "20101198001234 и (0312) 12-34-56",
    "1 950 000,50 сом",
    "05.11.2019 г.\n2019-02-31",
    "https://example.org/a?b=c#d",
    "=1+1\x0b\x1f\u2028",
    "ID-1\n",
    '[red]dd.mm.yyyy;@ "дней" [h]:mm',
    "٣٢1 ⅻ²",
)


@pytest.fixture(scope="module")
def engine(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def translations() -> Translations:
    return Translations(ROOT / "theme/translations")


@pytest.fixture(scope="module")
def desk_rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    return read_desk_rules(make_desk_portal(tmp_path_factory.mktemp("desk")))


@pytest.fixture(scope="module")
def desk(engine: Page, desk_rules: Rules, translations: Translations) -> Page:
    """A page with the engine and the rules of the small portal."""
    load_engine(engine, desk_rules, translations)
    engine.evaluate("desk.prepare(deskRules, deskTables)")
    return engine


def test_texts_are_folded_stripped_and_split_alike(desk: Page) -> None:
    told = desk.evaluate("texts => texts.map((text) => [desk.fold(text), desk.strip(text), desk.split(text)])", TEXTS)
    assert told == [[fold(text), text.strip(), text.split()] for text in TEXTS]


def test_every_letter_folds_alike(desk: Page) -> None:
    letters = [chr(code) for code in range(0x80, 0x2100) if unicodedata.category(chr(code)) != "Cn"]
    told = desk.evaluate("letters => letters.map((letter) => desk.fold(`a${letter}b`))", letters)
    assert [pair for pair in zip(letters, told, strict=True) if fold(f"a{pair[0]}b") != pair[1]] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("надежда", "надежды"),
        ("abcd", "bcde"),
        ("", ""),
        ("a" * 150 + "b" * 150, "b" * 150 + "a" * 150),  # popular letters are left out from 200 on
        ("фонд развития " * 20, "развития фонд " * 20),
        ("🙂a🙂b", "b🙂a"),
    ],
)
def test_likeness_is_that_of_difflib(one: str, other: str, desk: Page) -> None:
    told = desk.evaluate(
        """([one, other]) => {
          const matcher = new desk.SequenceMatcher(other);
          matcher.setA(one);
          return [matcher.ratio(), matcher.quickRatio(), matcher.realQuickRatio()];
        }""",
        [one, other],
    )
    matcher = SequenceMatcher(None, one, other)
    assert told == [matcher.ratio(), matcher.quick_ratio(), matcher.real_quick_ratio()]


@pytest.mark.parametrize("word", ["grant", "awarde", "north", "S-3", "zzz"])
def test_the_same_words_are_proposed(word: str, desk: Page) -> None:
    known = ["granted", "grants", "awarded", "award", "North", "nort", "S-1", "S-2", "S-33"]
    assert desk.evaluate("([word, known]) => desk.closeMatches(word, known)", [word, known]) == get_close_matches(
        word, known
    )


@pytest.mark.parametrize(
    "text",
    ["0", "-0.50", "1950000.5", "1E+3", "1e-7", "0.000001", "12345678901234567890.5", "1_000", "٣٢", ".5", "5.", "+7"],
)
def test_numbers_are_read_and_written_alike(text: str, desk: Page) -> None:
    told = desk.evaluate("text => [String(desk.decimal(text)), desk.numberText(desk.decimal(text))]", text)
    assert told == [str(Decimal(text)), number_text(Decimal(text))]


@pytest.mark.parametrize("text", ["", "1,5", "abc", "1 000", "--1", "0x1"])
def test_what_is_no_number_is_none(text: str, desk: Page) -> None:
    assert desk.evaluate("text => desk.decimal(text)", text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("1.50", "1.5"), ("-2", "1"), ("1e9", "999999999.9"), ("0", "-0.0"), ("9999999999999999999999999999", "3.7")],
)
def test_numbers_are_compared_added_and_multiplied_alike(one: str, other: str, desk: Page) -> None:
    told = desk.evaluate(
        """([one, other]) => {
          const [left, right] = [desk.decimal(one), desk.decimal(other)];
          return [left.compare(right), left.plus(right).toFixed(), left.times(right).toFixed()];
        }""",
        [one, other],
    )
    left, right = Decimal(one), Decimal(other)
    product = f"{left * right:f}"
    assert told == [
        int(left.compare(right)),
        f"{left + right:f}",
        product.removeprefix("-") if product == "-0.0" else product,
    ]


@pytest.mark.parametrize("text", ["", "abc", "ә" * 200, "a\nb" * 100])
def test_checksums_are_those_of_python(text: str, desk: Page) -> None:
    assert desk.evaluate("text => desk.sha256(text)", text) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("identity", [("MIN", "2019", "CARE", "north", "дневной центр", "", ""), ("",) * 7])
def test_identifiers_are_made_alike(identity: tuple[str, ...], desk: Page, desk_rules: Rules) -> None:
    told = desk.evaluate(
        "(identity) => [...desk.identifiers(identity, desk.rules.byName.grants)].slice(0, 3)", identity
    )
    assert told == list(islice(identifiers(identity, desk_rules.by_table["grants"]), 3))


def patterns() -> dict[str, re.Pattern[str]]:
    """Every pattern that the browser is given."""
    found = {
        f"{module.__name__}.{name}": getattr(module, name)
        for module, names in CONSTANTS.items()
        for name in names
        if isinstance(getattr(module, name), re.Pattern)
    }
    found |= {name: value for name, value in vars(texts).items() if isinstance(value, re.Pattern)}
    return found


@pytest.mark.parametrize("name", sorted(patterns()))
def test_a_pattern_finds_the_same_in_both_languages(name: str, desk: Page) -> None:
    pattern = patterns()[name]
    told = desk.evaluate(
        "([source, flags, texts]) => texts.map((text) => [...text.matchAll(new RegExp(source, flags))].map(String))",
        [javascript(pattern), f"{flags_of(pattern)}g", TEXTS],
    )
    assert told == [
        [",".join(group or "" for group in (found[0], *found.groups())) for found in pattern.finditer(text)]
        for text in TEXTS
    ]


def test_a_form_of_a_schema_takes_the_same_texts(desk: Page, desk_rules: Rules) -> None:
    forms = {
        str(field.constraints["pattern"])
        for resource in desk_rules.package.resources
        for field in resource.fields
        if "pattern" in field.constraints
    }
    texts = (
        *TEXTS,
        "2019",
        "2019-07\n",
        "2019-13",
        "a-b.c",
        "KGS",
        "KG-OKPO-01",
        "https://x",
        "41701200000000",
        "٢٠١٩",
    )
    for form in sorted(forms):
        whole = f"^{form}$"
        told = desk.evaluate(
            "([source, texts]) => texts.map((text) => new RegExp(source, 'u').test(text))", [javascript(whole), texts]
        )
        assert told == [bool(re.match(whole, text)) for text in texts], form


@pytest.fixture(scope="module")
def tiny_desk(browser: Browser, package: Package, tables: Tables, translations: Translations) -> Iterator[Page]:
    """A page of its own with the rules of the tiny portal, on which the checks are tried in Python."""
    rules = read_rules(package, tables, ("eo", "en"), "XTS", {"XTS": Text()}, translations=translations)
    context = browser.new_context()
    page = context.new_page()
    load_engine(page, rules, translations)
    yield page
    context.close()


@pytest.mark.parametrize(
    ("check", "edit"),
    [case[:2] for case in (*BROKEN, *GOOD)],
    ids=name_of,
)
def test_the_checks_find_the_same(check: Check, edit: Edit, tiny_desk: Page, tables: Tables) -> None:
    assert check in CHECKS
    changed = edited(tables, edit)
    told = tiny_desk.evaluate(
        """([tables, today]) => {
          desk.prepare(deskRules, tables);
          const place = ({ level, file, line, column }) => `${level} ${file} ${line} ${column}`;
          const words = (one) => `${place(one)}: ${desk.told(one.what)} ${desk.told(one.fix)}`;
          return desk.runChecks(desk.rules.records, today).map(words);
        }""",
        [tables_for_browser(changed), DAY_OF_CHECKS.isoformat()],
    )
    found = run_checks(changed, DAY_OF_CHECKS)
    assert sorted(told) == sorted(
        f"{one.level} {one.file} {one.line} {one.column}: {one.what} {one.fix}" for one in found
    )


def workbook(rows: list[list[object]], name: str = "grants") -> bytes:
    book = openpyxl.Workbook()
    assert book.active
    book.active.title = name
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


GRANT: list[list[object]] = [["id", "funder", "year", "note_ru"], ["G-9", "MIN", 2019, "Центр"]]


def with_part(part: str, change: tuple[str, str]) -> bytes:
    """A workbook of which the text of one part is changed."""
    source = zipfile.ZipFile(io.BytesIO(workbook(GRANT)))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for entry in source.namelist():
            text = source.read(entry)
            if entry == part:
                assert change[0].encode() in text
                text = text.replace(change[0].encode(), change[1].encode())
            packed.writestr(entry, text)
    return content.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
HEAD = "<worksheet "
LAUGHS = '<!DOCTYPE worksheet [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><worksheet '
XML_CASES = {
    "a document type": (SHEET, (HEAD, LAUGHS)),
    "an unknown entity": (SHEET, ('<c r="A1"', '&b;<c r="A1"')),
    "a tag that is not closed": (SHEET, ("</sheetData>", "")),
    "an end too many": (SHEET, ("</sheetData>", "</sheetData></sheetData>")),
    "two roots": (SHEET, ("</worksheet>", "</worksheet><worksheet/>")),
    "a letter by number": (SHEET, ("<v>2019</v>", "<v>&#50;01&#x39;</v>")),
    "a forbidden letter": (SHEET, ("<v>2019</v>", "<v>&#1;</v>")),
    "a comment": (SHEET, ("<sheetData>", "<sheetData><!-- <c> & -->")),
    "a section of letters": (SHEET, ("<v>2019</v>", "<v><![CDATA[2019]]></v>")),
    "cells without their places": (SHEET, (' r="B2"', "")),
    "a place that is none": (SHEET, (' r="B2"', ' r="2B"')),
    "a shared text that lacks": (SHEET, ('t="n"><v>2019</v>', 't="s"><v>999</v>')),
    "a text in the cell": (SHEET, ('t="n"><v>2019</v>', 't="inlineStr"><is><r><t>20</t></r><r><t>19</t></r></is>')),
    "a day of the standard": (SHEET, ('t="n"><v>2019</v>', 't="d"><v>2019-05-01</v>')),
    "an exponent": (SHEET, ("<v>2019</v>", "<v>2.019E3</v>")),
    "an error": (SHEET, ('t="n"><v>2019</v>', 't="e"><v>#DIV/0!</v>')),
    "a sheet that is hidden": ("xl/workbook.xml", ('state="visible"', 'state="veryHidden"')),
    "the calendar of 1904": ("xl/workbook.xml", ("<workbookPr", '<workbookPr date1904="1"')),
    "an ampersand in the name": ("xl/workbook.xml", ('name="grants"', 'name="A &amp; &lt;B&gt; &#169;"')),
    "a relation that lacks": ("xl/_rels/workbook.xml.rels", ('Id="rId1"', 'Id="rId77"')),
    "an absolute target": ("xl/_rels/workbook.xml.rels", ("/xl/worksheets/sheet1.xml", "worksheets/./sheet1.xml")),
}


@pytest.mark.parametrize(("part", "change"), XML_CASES.values(), ids=XML_CASES)
def test_odd_and_broken_parts_are_read_alike(
    part: str, change: tuple[str, str], desk: Page, desk_rules: Rules, translations: Translations
) -> None:
    content = with_part(part, change)
    sent = Sent("t.xlsx", content, "en", TODAY)
    assert in_browser(desk, sent) == in_python(desk_rules, translations, sent)


def test_what_is_packed_again_and_again_is_not_unpacked(desk: Page) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        with packed.open("xl/workbook.xml", "w") as part:
            for _ in range(31):
                part.write(b" " * 10_000_000)
    told = in_browser(desk, Sent("bomb.xlsx", content.getvalue(), "en", TODAY))
    assert told.refused.startswith("bomb.xlsx takes more than 300 MB when it is unpacked.")


def test_a_size_that_lies_is_found_out(desk: Page) -> None:
    content = bytearray(workbook(GRANT))
    place = content.rindex(b"PK\x01\x02", 0, content.rindex(SHEET.encode()))
    content[place + 24 : place + 28] = (1).to_bytes(4, "little")
    assert in_browser(desk, Sent("t.xlsx", bytes(content), "en", TODAY)).refused.startswith("t.xlsx is damaged.")


def test_the_corrected_file_holds_every_row_in_the_form_of_the_portal(desk: Page) -> None:
    rows = [
        "Кем выдан;Год;Название (на русском);Присуждённая сумма",
        "Министерство проб;2019;Дом, «сад»;1 000,50",
        "Никто;2019;=1;12O",
    ]
    corrected = desk.evaluate(
        """(text) => desk.check(new TextEncoder().encode(text), "t.csv",
          { rules: deskRules, tables: deskTables, sentences: {}, language: "ru", today: "2026-11-25" })
          .then((result) => result.corrected.grants)""",
        "\n".join(rows),
    )
    lines = corrected.split("\r\n")
    assert lines[0].startswith("id,funder,title_ru,")
    assert lines[1].split(",")[1:2] == ["MIN"]
    assert '"Дом, «сад»"' in lines[1]
    assert ",1000.5," in lines[1]
    assert ",Никто,=1,source,12O,2019," in lines[2]  # where the title is from is taken for granted
    assert lines[3:] == [""]
