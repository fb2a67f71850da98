"""Words in order: short lists, whose keys are kept, come out as long ones do."""

from __future__ import annotations

from random import Random

import pytest

from portal import scratch
from portal.scratch import SHORT, in_order

LETTERS = "абеёзийнңоөпуүяАЁӨabcéßiıIİ -–’\u0301.09"


def random_words(count: int, seed: int) -> list[str]:
    random = Random(seed)
    return list(dict.fromkeys("".join(random.choices(LETTERS, k=random.randrange(6))) for _ in range(count)))


@pytest.mark.parametrize("language", ["ky", "ru", "en", "tr"])
def test_short_lists_are_in_the_order_of_long_ones(language: str) -> None:
    words = random_words(SHORT * 4, seed=1)
    order = [words[place] for place in in_order(words, language)]
    assert order != sorted(words)
    for first in range(0, len(words), SHORT // 2):
        some = words[first : first + SHORT // 2]
        assert [some[place] for place in in_order(some, language)] == [word for word in order if word in some]


def test_equal_words_keep_their_places() -> None:
    assert in_order(["б", "а", "б", "а", "б"], "ru") == [1, 3, 0, 2, 4]
    assert in_order(["а"], "ru") == [0]
    assert in_order([], "ru") == []


def test_the_order_of_one_language_is_not_that_of_another() -> None:
    words = ["zor", "ıssız", "öz", "iz"]
    ordered = {language: [words[place] for place in in_order(words, language)] for language in ("tr", "en", "sv", "lt")}
    assert ordered == {
        "tr": ["ıssız", "iz", "öz", "zor"],
        "en": ["iz", "ıssız", "öz", "zor"],
        "sv": ["iz", "ıssız", "zor", "öz"],
        "lt": ["iz", "ıssız", "öz", "zor"],
    }


def test_more_keys_than_are_kept_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lists = [random_words(30, seed) for seed in range(5)]
    kept = [in_order(words, "de") for words in lists]
    monkeypatch.setattr(scratch, "KEPT", 10)
    assert [in_order(words, "de") for words in lists] == kept
