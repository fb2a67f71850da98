"""theme/static/js/explorer/fold.js folds words as plugins/portal/explorer/fold.py does."""

from __future__ import annotations

import random
from pathlib import Path

from playwright.sync_api import Page

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import fold, words_of
from tests.browser.conftest import Visit

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


def test_endings_are_taken_off_and_three_letters_stay(visit: Visit) -> None:
    load(visit.page)
    endings = {code: sorted({fold(ending) for ending in of}) for code, of in ENDINGS.items()}
    words = {
        "детей": "дет", "детям": "дет", "дети": "дет", "школами": "школ", "реабилитации": "реабилитат",
        "балдардын": "бал", "балдарга": "бал", "бала": "бал", "мектептерге": "мектеп", "өнүктүрүү": "онуктур",
        "trainings": "траин", "water": "ватер", "ая": "ая", "вода": "вод", "сад": "сад", "2019": "2019", "12a": "12а",
    }  # fmt: skip
    found = visit.page.evaluate(
        "([words, endings]) => words.map((word) => explorer.stem(explorer.fold(word), endings))", [list(words), endings]
    )
    assert dict(zip(words, found, strict=True)) == words
