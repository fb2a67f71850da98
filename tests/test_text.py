"""Texts by language, and days that are known to the month or the year."""

from __future__ import annotations

from datetime import date

import pytest

from portal.text import Day, Said, Text


def test_a_text_falls_back_to_a_language_it_has_and_says_so() -> None:
    text = Text.of({"ky": None, "ru": "Каракол", "en": "Karakol"})
    assert text.said("en") == Said("Karakol", "en")
    assert text.said("ky") == Said("Каракол", "ru")
    assert not Text.of({"ky": "", "en": None})
    assert Text().words("en") == ""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2019-07-18", date(2019, 7, 18), date(2019, 7, 18)),
    ],
)
def test_a_day_knows_what_it_can_mean(text: str, first: date, last: date) -> None:
    assert (Day(text).first, Day(text).last) == (first, last)


def test_a_day_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="day"):
        _ = Day("2019-02-31").first
