"""Numbers on pages are written as Babel writes them, whatever the language does with its digits."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.exports import Job
from portal.i18n import Formats
from portal.rendering.numbers import quick_numbers

LANGUAGES = (
    "ar",
    "bn",
    "cs",
    "de",
    "de-CH",
    "en",
    "en-IN",
    "es",
    "fa",
    "fr",
    "hi",
    "ka",
    "kk",
    "ky",
    "pl",
    "pt",
    "ru",
    "sv",
    "tr",
    "uk",
)
NUMBERS: tuple[Decimal | int, ...] = (
    *(
        Decimal(text)
        for text in ("0", "5", "0.5", "0.10", "99.99", "1000", "1000.00", "1E+3", "43750000", "999999.999")
    ),
    *(Decimal(text) for text in ("-5", "-1234.5", "-0", "1E+20", "123456789012345.678901", "0.000001")),
    *(0, 1, 999, 1_000, 10_000, 1_000_000, -1_000),
)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_is_written_as_babel_writes_it(language: str, job: Job) -> None:
    babel = Formats(language.replace("-", "_"), job.settings.currency_names).number
    quick = quick_numbers(babel)
    assert [quick(number) for number in NUMBERS] == [babel(number) for number in NUMBERS]
