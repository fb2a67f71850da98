"""What the scripts of the explorer say: their sentences in the language of the page, its numbers and days.

The sentences are taken from the scripts themselves, as the translation tools take them: those that stand whole in a
call are found at once, and a script that has any other call is read by the tool.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.messages.extract import extract

from ..errors import heading
from ..i18n import Formats, Translations, language_name
from ..settings import Settings
from ..text import Day
from .endings import ENDINGS
from .fold import fold

KEYWORDS: dict[str, Any] = {"say": None, "many": (1, 2)}  # also in the Makefile, for `make words`
CALL = re.compile(r"\b(?:say|many)\s*(?:`|\((?![\w., ]*\)))")  # but one of names alone, which says no text
TEXT = r'"([^"\\\n]+)"'
WHOLE = re.compile(rf"\b(?:say\(\s*{TEXT}|many\(\s*{TEXT},\s*{TEXT})\s*[,)]")
PLACE, OF_TEMPLATE = re.compile(r"\{(\w+)\}"), re.compile(r"%\((\w+)\)s")  # of a value, in scripts and in templates
COUNTS = range(200)  # every plural form of a language is used for one of these
SHORT = (6, 9, 12)  # powers of ten that have a word
SAMPLE_YEAR, SAMPLE_DAY = "2033", "05"
LABELS = {
    "funder": heading("Given by"),
    "recipient": heading("Received by"),
    "program": heading("Program"),
    "call": heading("Call"),
    "sphere": heading("Sphere"),
    "group": heading("For whom"),
    "place": heading("Where"),
    "year": heading("Year"),
    "status": heading("Status"),
    "certainty": heading("How sure we are"),
    "amount": heading("Amount awarded"),
    "paid": heading("Payments published"),
    "results": heading("Results published"),
}  # dimension -> what stands above it; those without a name are not shown


def page_words(
    scripts: Path,
    settings: Settings,
    translations: Translations,
    formats: Formats,
    language: str,
    *,
    currencies: Iterable[str],
) -> dict[str, Any]:
    """What stands in the page as JSON, but for what is about the records, other than the `currencies` in them.

    `scripts` is the folder of the scripts.
    """
    locale = Locale.parse(language)
    samples = sorted({locale.plural_form(count): count for count in reversed(COUNTS)}.items())
    sentences = [
        _forms(samples, translations, language, one, many) if many else _said(translations, language, one)
        for one, many in extracted(scripts)
    ]  # by the numbers that bundle.py gives them
    return {
        "language": language,
        "languages": settings.languages,
        "languageNames": {
            code: own.words(language) if (own := settings.language_names.get(code)) else language_name(code, language)
            for code in settings.languages
        },
        "group": formats.number(10_000)[2:-3],
        "decimal": formats.number(Decimal("1.5"))[1:-1],
        "currencies": {code: formats.currency(code, 10) for code in sorted({settings.currency, *currencies})},
        "shortNumbers": {str(power): formats.short_number(2 * 10**power).replace("2", "{n}") for power in SHORT},
        "days": {"full": _months(formats, f"-{SAMPLE_DAY}"), "month": _months(formats, "")},
        "endings": _folded_endings(),
        "labels": {name: translations.message(language, label) for name, label in LABELS.items()},
        "sentences": sentences,
    }


@cache
def _folded_endings() -> Mapping[str, list[str]]:
    """The same on the page of every language."""
    return {code: sorted({"", *map(fold, endings)}) for code, endings in ENDINGS.items()}


def _months(formats: Formats, day: str) -> list[str]:
    """How a day, or a month without one, is written in each month: “{d} July {y}”; {dd} has two digits."""
    written = [formats.day(Day(f"{SAMPLE_YEAR}-{month:02}{day}")) for month in range(1, 13)]
    days = ((SAMPLE_YEAR, "{y}"), (SAMPLE_DAY, "{dd}"), (SAMPLE_DAY[-1], "{d}"))
    for sample, place in days:
        written = [words.replace(sample, place) for words in written]
    return written


def extracted(scripts: Path) -> tuple[tuple[str, str | None], ...]:
    """Every sentence of the scripts: (English, English for many or None), in the order of the files."""
    return _extracted(tuple((file, file.stat().st_mtime_ns) for file in sorted(scripts.glob("*.js"))))


@cache
def _extracted(files: tuple[tuple[Path, int], ...]) -> tuple[tuple[str, str | None], ...]:
    """The same of files as they were at a time."""
    return tuple(dict.fromkeys(said for file, _ in files for said in _said_in(file)))


def _said_in(file: Path) -> Iterator[tuple[str, str | None]]:
    text = file.read_text(encoding="utf-8")
    found = WHOLE.findall(text)
    if len(found) == len(CALL.findall(text)):  # as in every script of ours: to read them all as JavaScript took 60 ms
        yield from ((said, None) if said else (one, many) for said, one, many in found)
        return
    for _, words, _, _ in extract("javascript", io.BytesIO(text.encode()), KEYWORDS):
        yield (words[0], words[1]) if isinstance(words, tuple) else (words, None)


def _forms(
    samples: Sequence[tuple[str, int]], translations: Translations, language: str, one: str, many: str
) -> Mapping[str, str]:
    """Plural category of CLDR, as the browser knows it -> the form of the sentence. `samples` has a number of each."""
    said = {form: translations.ngettext(language, one, many, count) for form, count in samples}
    if not {one, many}.issuperset(said.values()):
        return said
    one, many = PLACE.sub(r"%(\1)s", one), PLACE.sub(r"%(\1)s", many)
    return {
        form: OF_TEMPLATE.sub(r"{\1}", translations.ngettext(language, one, many, count)) for form, count in samples
    }


def _said(translations: Translations, language: str, words: str) -> str:
    """A sentence that has no translation may stand in a template as well, with places of another form."""
    said = translations.gettext(language, words)
    of_template = PLACE.sub(r"%(\1)s", words)
    return OF_TEMPLATE.sub(r"{\1}", translations.gettext(language, of_template)) if said == words else said
