"""Words that stand in spreadsheets beside values: thousand and million, names of months and of currencies, yes, total.

All but the last two kinds come from CLDR by way of Babel, so that a new language needs no list here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..text import Text


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words of all languages of the portal."""

    scales: Mapping[str, int]  # “тыс” -> 1000
    currencies: frozenset[str]  # “сом”, “kgs”
    months: Mapping[str, int]  # “ноября” -> 11
    yes: frozenset[str]
    no: frozenset[str]
    totals: frozenset[str]  # “итого”


def read_words(languages: tuple[str, ...], currency_names: Mapping[str, Text]) -> Words:
    """The words of these languages."""
    raise NotImplementedError
