"""Words as the explorer compares them: Cyrillic and Latin writing meet, and no text whatever stops it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.explorer.fold import SHORTEST, fold, words_of

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяөүңіїєґқғәұһabcdefghijklmnopqrstuvwxyz0123456789'’"
WORDS = st.text(LETTERS, min_size=1, max_size=30)


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        (("Бишкек", "БИШКЕК", "Bishkek", "BISHKEK", "Бишкéк", "Бишкек\u0301"), "бишкек"),
        (("Жалал", "Джалал", "Jalal", "Djalal", "Dzhalal", "Zhalal"), "жалал"),
        (("Ысык", "Иссык", "Ysyk", "Issyk", "Ыссык"), "исик"),
        (("Көл", "Кол", "Kol", "Köl"), "кол"),
        (("тренажёры", "тренажеры", "trenazhery", "trenajery", "trenažery"), "тренажери"),
        (("женщина", "zhenshchina", "jenshina", "ženščina"), "женшина"),
        (("центр", "tsentr", "centr"), "тсентр"),
        (("социал", "sotsial", "social"), "сотсял"),
        (("детский", "detskiy", "detskij"), "детски"),
        (("Балыкчы", "Balykchy", "Balıkçı"), "баликчи"),
        (("тренинг", "trening", "тренинн"), "тренин"),
        (("Татьяна", "Tatyana", "Tatiana"), "татяна"),
        (("labour", "labor"), "лабор"),
        (("mayor's", "mayor’s", "mayors"), "маерс"),
        (("2019",), "2019"),
        (("2200",), "2200"),  # doubled digits stay
        (("⑴", "1"), "1"),
        (("ъ", "ь", "’"), ""),
    ],
)
def test_spellings_of_a_word_meet(words: tuple[str, ...], folded: str) -> None:
    assert {fold(word) for word in words} == {folded}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Иссык-Кульская область, 2015 г.", ["исик", "кулская", "област", "2015"]),  # «г» is too short to be a word
        ("«Айкөл» жарандык", ["аикол", "жарандик"]),
        ("Osh City Mayor's Office", ["ош", "тсити", "маерс", "офитсе"]),
        ("Карако\u0301л", ["каракол"]),  # a stress mark, as encyclopedias print it
        ("раи\u0306он", ["раион"]),  # й in two parts, as some systems write it
        ("KGA-010", ["кга", "010"]),
        ("ьъ ’’ — …", []),
        ("", []),
    ],
)
def test_a_text_falls_into_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@given(st.text(max_size=60))
def test_any_text_folds_and_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once


@given(WORDS)
def test_case_does_not_matter(word: str) -> None:
    assert fold(word.upper()) == fold(word) == fold(word.title())


@given(WORDS)
def test_a_folded_word_is_never_more_than_twice_as_long(word: str) -> None:
    assert len(fold(word)) <= 2 * len(word)


@given(st.text(max_size=60))
def test_nothing_but_letters_and_digits_is_left(text: str) -> None:
    for word in words_of(text):
        assert word.isalnum()


@given(st.text(max_size=60))
def test_a_text_has_no_more_words_than_it_has_room_for(text: str) -> None:
    plain = unicodedata.normalize("NFC", text)
    assert len(words_of(text)) <= (len(plain) + 1) // (SHORTEST + 1)


@given(st.lists(WORDS, max_size=8))
def test_words_do_not_depend_on_what_stands_between_them(words: list[str]) -> None:
    assert (
        words_of(" ".join(words)) == words_of("\n— «".join(words)) == [one for word in words for one in words_of(word)]
    )
