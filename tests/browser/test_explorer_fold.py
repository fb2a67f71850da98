"""theme/static/js/explorer/fold.js folds words as plugins/portal/explorer/fold.py does."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from playwright.sync_api import Page

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import CUT, fold, words_of
from tests.browser.conftest import Visit
from tests.explorer_model import is_form

SCRIPTS = Path(__file__).resolve().parents[2] / "theme/static/js/explorer"
ALPHABETS = (
    "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя",
    "әғқңөұүһіїєґўђјљњћџ",
    "abcdefghijklmnopqrstuvwxyz",
    "çğıöşüâêîôûñáéíóúàèčšžćđłńőűßøåæœ",
    "0123456789²½Ⅷ٣",
    "'’ʼ`-–_.,\u0301\u0306\u0308\u0327\u030c",
    "İΣςΩﬁǆ汉字אب",
)
CHOSEN = (
    "", "a", "я", "Бишкек", "BISHKEK", "Бишкéк", "Иссык-Куль", "Ысык-Көл", "щётка", "shchyotka", "объединение",
    "Ob’yedinenie", "йод", "и\u0306од", "ТРЕНИНГ", "training", "ЖАЛАЛ-АБАД", "Jalal-Abad", "Dzhalal-Abad", "шчщ",
    "co-funding", "labour", "2019-2021", "№5", "А1б2", "ССС", "ааа111", "İstanbul", "ΣΟΦΟΣ", "x" * 200,
)  # fmt: skip

FORMS = """
    дети детей детям детьми детский детская дед дом дома домой бала балдар балдарга балдардын балык балыкчы Ош Оше
    Ошский ошибка труд труда трудной школа школы школьный мектеп мектепке мектептер child children childhood centre
    center central disabled disability water waters watering the they 2019 2019-2020 20 201 үй үйгө үйдө үйлөр эл элдик
    эли иш ишке
"""


def generated() -> list[str]:
    """Words and texts of letters that go together, and of all that there are."""
    choose = random.Random(5)
    every = "".join(ALPHABETS)
    words = []
    for number in range(6000):
        letters = every if number % 4 == 0 else choose.choice(ALPHABETS) + choose.choice(ALPHABETS)
        word = "".join(choose.choices(letters, k=choose.randint(1, 12)))
        words.append(choose.choice([word, word.upper(), word.title(), f"{word} {word[::-1]}"]))
    return [*CHOSEN, *words]


def load(page: Page) -> None:
    page.evaluate("globalThis.explorer = {}")
    page.add_script_tag(path=SCRIPTS / "fold.js")


def test_words_fold_alike_in_both(visit: Visit) -> None:
    load(visit.page)
    texts = generated()
    in_browser = visit.page.evaluate(
        "(texts) => texts.map((text) => [explorer.fold(text), explorer.wordsOf(text)])", texts
    )
    wrong = [
        (text, found, [fold(text), words_of(text)])
        for text, found in zip(texts, in_browser, strict=True)
        if found != [fold(text), words_of(text)]
    ]
    assert not wrong


def test_forms_of_a_word_are_alike_in_both(visit: Visit) -> None:
    load(visit.page)
    endings = {code: sorted({"", *map(fold, of)}) for code, of in ENDINGS.items()}
    words = sorted(
        {*map(fold, FORMS.split()), *(fold(word)[:9] for word in generated()[-1500:]), *map(fold, ENDINGS["ru"])}
    )
    found = visit.page.evaluate(
        """([words, endings, cut]) => {
            explorer.words = { endings };
            return words.map((word) => {
                const { fits } = explorer.formsOf(word, cut);
                return words.filter((other) => fits(other.slice(0, cut)));
            });
        }""",
        [words, endings, CUT],
    )
    assert dict(zip(words, found, strict=True)) == {
        word: [other for other in words if is_form(word, other)] for word in words
    }


@pytest.mark.parametrize(
    ("typed", "forms", "others"),
    [
        ("детям", "дети детей детьми детский детского", "дед деталь детализация действие"),
        ("балдарга", "балдар балдардын", "балык Балыкчы баллон"),
        ("труда", "труд трудом трудов", "трудной трубы"),
        ("Оше", "Ош", "ошибка Ошол"),
        ("Ошская", "Ош Ошский Ошской", "ошибка"),
        ("Караколдо", "Каракол Каракола Караколго", "Кара карандаш"),
        ("реабилитация", "реабилитации реабилитационный", "реализация"),
        ("children", "children childrens", "chilly chile"),
        ("disabled", "disability disabilities", "disagree discuss"),
        ("center", "centre centres", "ceremony"),
        ("2019", "2019", "2018 201 20"),
    ],
)
def test_forms_of_a_word_are_found_and_others_are_not(typed: str, forms: str, others: str) -> None:
    assert [word for word in forms.split() if not is_form(fold(typed), fold(word))] == []
    assert [word for word in others.split() if is_form(fold(typed), fold(word))] == []
