"""Words that stand in spreadsheets beside values: thousand and million, names of months and of currencies, yes, total.

All but yes, no and total come from CLDR by way of Babel, so that a new language needs no list here; those three are
translated with the sentences, as several words divided by upright strokes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from babel import Locale
from babel.numbers import get_currency_name, get_currency_symbol
from babel.units import format_unit

from ..checks.words import fold
from ..errors import Message, heading
from ..i18n import Translations
from ..text import Text

YES = (heading("yes|y|true"), heading("yes"))  # the second is what the templates say
NO = (heading("no|n|false"), heading("no"))
TOTALS = heading("total|totals|grand total|in total|sum|in all")
THOUSANDS = ("000", "000s")  # as in “£,000s”
COUNTS = (1, 2, 5, 1.5)  # numbers that take every plural form of the languages that CLDR knows
QUOTED = re.compile("'([^']+)'")
NO_WORD = re.compile(r"[\d#.,¤]+")


@dataclass(frozen=True, slots=True)
class Words:
    """Folded words of all languages of the portal; what folding would delete, such as “$”, stays as it is."""

    scales: Mapping[str, int]  # “тыс” -> 1000
    currencies: Mapping[str, str]  # “euro” -> EUR; words that two currencies share are left out
    months: Mapping[str, int]  # “ноября” -> 11
    fillers: frozenset[str]  # what stands around a year or a day and says nothing: “г”, “год”
    yes: frozenset[str]
    no: frozenset[str]
    totals: frozenset[str]  # “итого”


def read_words(languages: tuple[str, ...], currency_names: Mapping[str, Text], translations: Translations) -> Words:
    """The words of these languages; currencies are those that have names."""
    locales = [Locale.parse(language) for language in languages]
    return Words(
        scales=_scales(locales),
        currencies=_currencies(languages, currency_names),
        months=_months(locales),
        fillers=frozenset(word for locale in locales for word in _fillers(locale)),
        yes=frozenset().union(*(_translated(words, languages, translations) for words in YES)),
        no=frozenset().union(*(_translated(words, languages, translations) for words in NO)),
        totals=_translated(TOTALS, languages, translations),
    )


def key_of(word: str) -> str:
    """The word as it stands in Words."""
    return fold(word) or word.strip()


def _scales(locales: Iterable[Locale]) -> dict[str, int]:
    """Words of one meaning only: a billion is not the same everywhere."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for locale in locales:
        for formats in locale.compact_decimal_formats.values():
            for patterns in formats.values():
                for size, pattern in patterns.items():
                    word = key_of(NO_WORD.sub("", QUOTED.sub(r"\1", pattern.pattern)))
                    if word:
                        found[word].add(int(size) // 10 ** (pattern.pattern.count("0") - 1))
    for word in THOUSANDS:
        found[word].add(1_000)
    return {word: sizes.pop() for word, sizes in found.items() if len(sizes) == 1}


def _currencies(languages: tuple[str, ...], currency_names: Mapping[str, Text]) -> dict[str, str]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, names in currency_names.items():
        for language in languages:
            words = [code, get_currency_symbol(code, locale=language), names.words(language)]
            words += [get_currency_name(code, locale=language)]
            words += [get_currency_name(code, count=count, locale=language) for count in COUNTS]
            for word in filter(None, words):
                found[key_of(word)].add(code)
                found[key_of(word.split()[-1])].add(code)  # of “Swiss franc” people write only “franc”
    return {word: codes.pop() for word, codes in found.items() if len(codes) == 1}


def _months(locales: Iterable[Locale]) -> dict[str, int]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for locale in locales:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for month, word in locale.months[context][width].items():
                    found[key_of(word)].add(month)
    return {word: months.pop() for word, months in found.items() if len(months) == 1 and not word.isdigit()}


def _fillers(locale: Locale) -> Iterator[str]:
    patterns = [str(pattern) for pattern in locale.date_formats.values()]
    patterns += [str(pattern) for pattern in locale.datetime_skeletons.values()]
    for pattern in patterns:
        for word in QUOTED.findall(pattern):
            yield from fold(word).split()
    for count in COUNTS:
        yield from fold(NO_WORD.sub("", format_unit(count, "duration-year", "long", locale=locale))).split()


def _translated(words: Message, languages: tuple[str, ...], translations: Translations) -> frozenset[str]:
    """The English words too: a sheet made by a program has them."""
    lists = [words.template, *(translations.gettext(language, words.template) for language in languages)]
    return frozenset(key_of(word) for listed in lists for word in listed.split("|")) - {""}
