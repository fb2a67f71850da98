"""Numbers, money and days as readers write them; words from the .po files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg

from portal.errors import Problem, say
from portal.i18n import Formats, Translations, formats_of, language_name
from portal.settings import Settings, read_settings
from portal.text import Day, Text

TRANSLATIONS = Path(__file__).parent.parent / "theme" / "translations"
PLUGIN = Path(__file__).parent.parent / "plugins" / "portal"
N = "\u00a0"  # no-break space


@pytest.fixture(scope="module")
def settings() -> Settings:
    words = {"ky": "а", "ru": "б", "en": "c"}
    som = {"ky": "сом", "ru": "сом", "en": "som"}
    here = Path(__file__).parent
    return read_settings(
        {
            "name": words,
            "languages": ("ky", "ru", "en"),
            "data": here,
            "translations": TRANSLATIONS,
            "currency": "KGS",
            "currency_names": {"KGS": som},
        }
    )


@pytest.mark.parametrize(
    ("language", "amount", "currency", "written"),
    [
        ("en", "476300", "KGS", f"476,300{N}som"),
        ("ru", "476300.50", "KGS", f"476{N}300,5{N}сом"),
        ("ky", "1950000", "KGS", f"1{N}950{N}000{N}сом"),
        ("en", "9500000", "USD", f"9,500,000{N}US dollars"),
        ("ru", "1", "USD", f"1{N}доллар США"),
        ("ru", "9500000", "USD", f"9{N}500{N}000{N}долларов США"),
    ],
)
def test_money_is_written_with_all_its_digits(
    settings: Settings, language: str, amount: str, currency: str, written: str
) -> None:
    assert Formats(language, settings.currency_names).money(Decimal(amount), currency) == written


@pytest.mark.parametrize(
    ("language", "amount", "written"),
    [
        ("en", "43800000", f"43.8 million{N}som"),
        ("ru", "43800000", f"43,8{N}млн{N}сом"),
        ("ky", "43800000", f"43,8{N}млн{N}сом"),
        ("ru", "1950000", f"1,95{N}млн{N}сом"),
        ("en", "1954321", f"1,954,321{N}som"),  # rounding would hide digits
        ("en", "476300", f"476,300{N}som"),
    ],
)
def test_millions_are_shortened_only_where_nothing_is_lost(
    settings: Settings, language: str, amount: str, written: str
) -> None:
    assert Formats(language, settings.currency_names).short_money(Decimal(amount), "KGS") == written


@pytest.mark.parametrize(
    ("language", "day", "written"),
    [
        ("en", "2019-07-18", "July 18, 2019"),
        ("ru", "2019-07-18", f"18 июля 2019{N}г."),
        ("ky", "2019-07-18", "2019-ж., 18-июль"),
        ("ru", "2018-05", f"май 2018{N}г."),
        ("ky", "2015", "2015"),
    ],
)
def test_days_are_written_as_far_as_they_are_known(settings: Settings, language: str, day: str, written: str) -> None:
    assert Formats(language, settings.currency_names).day(Day(day)) == written


def test_sizes_have_units_of_the_language(settings: Settings) -> None:
    assert Formats("en", settings.currency_names).size(11_234) == f"11{N}kB"
    assert Formats("ru", settings.currency_names).size(2_345_678) == f"2,3{N}МБ"
    assert Formats("en", settings.currency_names).size(1) == f"1{N}kB"


@pytest.mark.parametrize(
    ("count", "written"),
    [(1, "1 грант"), (2, "2 гранта"), (5, "5 грантов"), (11, "11 грантов"), (21, "21 грант"), (111, "111 грантов")],
)
def test_russian_has_three_plural_forms(count: int, written: str) -> None:
    words = Translations(TRANSLATIONS).ngettext("ru", "%(number)s grant", "%(number)s grants", count)
    assert words % {"number": count} == written


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_every_sentence_of_theme_and_messages_is_translated(language: str) -> None:
    """Compared with what the extraction finds now, so that a new sentence cannot stay English unseen."""
    translations = Translations(TRANSLATIONS)
    missing = [
        words
        for words, context in extracted()
        if translations.gettext(language, words, context) == words and any(letter.isalpha() for letter in words)
    ]
    assert [words for words in missing if words not in SAME_EVERYWHERE] == []


SAME_EVERYWHERE = {"{error}", "SHA-256.", "{place}: {what} {fix}"}


def extracted() -> set[tuple[str, str | None]]:
    """What `make words` extracts, with the same configuration: words and their context."""
    root = Path(__file__).parent.parent
    with (root / "babel.cfg").open(encoding="utf-8") as stream:
        methods, options = parse_mapping_cfg(stream)  # type: ignore[no-untyped-call]
    line = re.search(r"^KEYWORDS = (.*)$", (root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert line
    keywords = parse_keywords(line[1].replace("-k ", "").split())
    found = extract_from_dir(str(root), methods, options, keywords)
    return {(message[0] if isinstance(message, tuple) else message, context) for _, _, message, _, context in found}


def test_make_words_finds_every_pair_of_one_and_many() -> None:
    """Else both would stay English: a function that takes such a pair must be among the keywords of `make words`."""
    found = {words for words, _ in extracted()}
    pairs = {one: path.name for path in PLUGIN.rglob("*.py") for one in ones_in(path.read_text("utf-8"))}
    assert len(pairs) > 5
    assert {one: name for one, name in pairs.items() if one not in found} == {}


def ones_in(code: str) -> Iterator[str]:
    """“{count} grant” of every call that is given “{count} grant”, “{count} grants” and, somewhere, the number."""
    for call in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)):
        texts = [item.value if isinstance(item, ast.Constant) else None for item in call.args]
        for one, many in pairwise(texts):
            if isinstance(one, str) and isinstance(many, str) and "{count}" in one and "{count}" in many:
                yield one


def test_a_message_keeps_its_values_and_translates_messages_in_it() -> None:
    words = Translations(TRANSLATIONS)
    message = say("The columns are divided by {delimiter}, not by commas.", delimiter=say("semicolons"))
    assert str(message) == "The columns are divided by semicolons, not by commas."
    assert "semicolons" not in words.message("ru", message)


def test_a_problem_is_one_line_in_the_reader_s_language() -> None:
    problem = Problem(say("The file is empty."), say("Delete it."), file="a.csv", line=3, column="id")
    assert (
        Translations(TRANSLATIONS).problem("en", problem) == "a.csv, line 3, column id: The file is empty. Delete it."
    )
    assert Translations(TRANSLATIONS).problem("ru", problem).startswith("a.csv, строка 3, ")


def test_a_language_is_named_in_the_reader_s_language() -> None:
    assert language_name("ru", "ru") == "русский"
    assert language_name("en", "ky") == "англисче"
    assert language_name("xx", "en") == "xx"


def test_pages_and_downloads_share_what_was_written_once_but_portals_do_not_share_names(settings: Settings) -> None:
    renamed = replace(settings, currency_names={"KGS": Text.of({"en": "pounds"})})
    first, again, other = (formats_of(one)["en"] for one in (settings, replace(settings), renamed))
    assert first is again
    assert other.money(Decimal(5), "KGS") == f"5{N}pounds" != first.money(Decimal(5), "KGS")
