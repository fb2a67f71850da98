"""Words beside values: from CLDR and from the translations."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.desk.words import read_words
from portal.text import Text
from tests.desk_rules import ENGLISH, rules_of_proba, word_lists

SHELLS = {"XTS": Text.of({"eo": "ŝeloj", "en": "shells"})}


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("тыс", 1_000),
        ("тысяч", 1_000),
        ("миң", 1_000),
        ("млн", 1_000_000),
        ("миллион", 1_000_000),
        ("млрд", 1_000_000_000),
        ("млд", 1_000_000_000),
        ("thousand", 1_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("000s", 1_000),
    ],
)
def test_scale_of_a_word(word: str, size: int) -> None:
    assert rules_of_proba().words.scales[word] == size


@pytest.mark.parametrize("word", ["kgs", "сом", "som", "soms", "сомов", "киргизских сомов"])
def test_word_names_the_currency_of_the_portal(word: str) -> None:
    assert rules_of_proba().words.currencies[word] == "KGS"


def test_word_of_two_currencies_names_none() -> None:
    names = {"USD": Text.of({"en": "dollars"}), "CAD": Text.of({"en": "dollars"})}
    currencies = read_words(("en",), names, ENGLISH).currencies
    assert "dollars" not in currencies
    assert (currencies["$"], currencies["us dollars"], currencies["ca"]) == ("USD", "USD", "CAD")


@pytest.mark.parametrize(
    ("word", "month"), [("ноября", 11), ("ноябрь", 11), ("нояб", 11), ("маи", 5), ("may", 5), ("sept", None)]
)
def test_month_of_a_word(word: str, month: int | None) -> None:
    assert rules_of_proba().words.months.get(word) == month


def test_fillers_stand_around_days() -> None:
    assert {"г", "год", "ж", "жыл", "year"} <= rules_of_proba().words.fillers


def test_yes_no_and_total_are_translated_as_lists(tmp_path: Path) -> None:
    words = read_words(("eo", "en"), SHELLS, word_lists(tmp_path))
    assert words.yes == {"yes", "y", "true", "jes"}
    assert words.no == {"no", "n", "false", "ne"}
    assert {"total", "sume", "entute"} <= words.totals


def test_without_translation_the_english_words_count() -> None:
    assert read_words(("eo",), SHELLS, ENGLISH).yes == {"yes", "y", "true"}


def test_word_of_two_sizes_names_none() -> None:
    scales = read_words(("es", "en"), {}, ENGLISH).scales
    assert "b" not in scales
    assert (scales["mil"], scales["billion"], scales["billon"]) == (1_000, 10**9, 10**12)
