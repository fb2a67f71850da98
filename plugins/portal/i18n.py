"""Words, numbers, money and days in the reader's language. The .po files are read as they are; Babel knows the rest."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from gettext import c2py
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.messages.pofile import read_po
from babel.numbers import format_compact_decimal, format_decimal, format_percent, get_currency_name
from babel.units import format_unit

from .errors import Message, Problem, say
from .settings import Settings
from .text import Day, Text

MILLION = 1_000_000
NO_BREAK = "\u00a0"


Words = Mapping[tuple[str | None, str], str | tuple[str, ...]]  # context and English -> translation, or its forms
Plural = Callable[[int], int]  # count -> number of the form


@lru_cache(maxsize=16)
def _translated(content: bytes, language: str) -> tuple[Plural, Words]:
    """A .po file. While Pelican serves, it is read once."""
    catalog = read_po(io.BytesIO(content), locale=language)
    return c2py(catalog.plural_expr), {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): message.string
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in catalog
        if message.id and message.string and all(message.string) and not message.fuzzy
    }


class Translations:
    """The words of the theme and of the messages, by language. A word without translation stays English."""

    def __init__(self, folder: Path) -> None:
        self._words: dict[str, Words] = {}
        self._plurals: dict[str, Plural] = {}
        for file in sorted(folder.glob("*.po")):
            self._plurals[file.stem], self._words[file.stem] = _translated(file.read_bytes(), file.stem)

    def gettext(self, language: str, words: str, context: str | None = None) -> str:
        """The translation of an English sentence, or the sentence itself."""
        found = self._words.get(language, {}).get((context, words), words)
        return found if isinstance(found, str) else found[0]

    def ngettext(self, language: str, one: str, many: str, count: int) -> str:
        """The plural form that the language asks for."""
        found = self._words.get(language, {}).get((None, one))
        if isinstance(found, tuple):
            return found[self._plurals[language](count)]
        return one if count == 1 else many

    def message(self, language: str, message: Message) -> str:
        """A Message in the language."""
        values = {
            name: self.message(language, value) if isinstance(value, Message) else value
            for name, value in message.values
        }
        return self.gettext(language, message.template).format_map(values)

    def problem(self, language: str, problem: Problem) -> str:
        """A Problem as one line: where, what, how to fix."""
        where = [problem.file or ""]
        if problem.line:
            where.append(self.message(language, say("line {line}", line=problem.line)))
        if problem.column:
            where.append(self.message(language, say("column {column}", column=problem.column)))
        place = ", ".join(part for part in where if part)
        sentence = f"{self.message(language, problem.what)} {self.message(language, problem.fix)}"
        return f"{place}: {sentence}" if place else sentence


class Formats:
    """Numbers, money and days as a reader of the language writes them. `currencies`: code -> the publisher's name."""

    def __init__(self, language: str, currencies: Mapping[str, Text]) -> None:
        self._locale = Locale.parse(language)
        self._language = language
        self._names: Mapping[str, str] = {code: name.words(language) for code, name in currencies.items()}
        self.number = lru_cache(maxsize=65_536)(self._number)
        self.day = lru_cache(maxsize=65_536)(self._day)
        self.size = lru_cache(maxsize=65_536)(self._size)

    def _number(self, value: Decimal | int) -> str:
        """All digits that matter, grouped: 1,950,000 or 476,300.5."""
        exact = Decimal(value)
        places = max(0, -int(exact.normalize().as_tuple().exponent))
        return _tidy(format_decimal(exact, format="#,##0." + "#" * places if places else "#,##0", locale=self._locale))

    def money(self, amount: Decimal, currency: str) -> str:
        """1,950,000 som."""
        return f"{self.number(amount)}{NO_BREAK}{self.currency(currency, amount)}"

    def short_money(self, amount: Decimal, currency: str) -> str:
        """43.8 million som; below a million, or where rounding would hide digits, the same as money()."""
        words = self.short_number(amount)
        return f"{words}{NO_BREAK}{self.currency(currency, amount)}"

    def short_number(self, value: Decimal | int) -> str:
        """43.8 million, where that says the same as all the digits; else the digits."""
        exact = Decimal(value)
        if abs(exact) < MILLION or exact % 10_000 != 0:
            return self.number(value)
        words = self._compact(value, "short")
        return words if " " in words or NO_BREAK in words else self._compact(value, "long")

    def _compact(self, value: Decimal | int, form: Literal["short", "long"]) -> str:
        words = format_compact_decimal(value, format_type=form, locale=self._locale, fraction_digits=2)
        return _tidy(words)

    def currency(self, code: str, amount: Decimal | int) -> str:
        """The word after an amount: the publisher's own, else Babel's."""
        return self._names.get(code) or _tidy(get_currency_name(code, count=amount, locale=self._locale))

    def _day(self, day: Day) -> str:
        """18 July 2019; July 2019; 2019."""
        if day.precision == 1:
            return day.text
        if day.precision == 2:
            return _tidy(format_skeleton("yMMMM", day.first, locale=self._locale))
        return _tidy(format_date(day.first, format="long", locale=self._locale))

    def percent(self, share: int) -> str:
        """A share in hundredths as the language writes it: 62%."""
        return _tidy(format_percent(Decimal(share) / 100, locale=self._locale)).replace(" ", NO_BREAK)

    def _size(self, octets: int) -> str:
        """11 kB; 1.2 MB. One kB is 1,000 octets."""
        if octets < MILLION:
            value, unit = float(max(1, round(octets / 1000))), "kilobyte"
        else:
            value, unit = octets / MILLION, "megabyte"
        words = format_unit(value, f"digital-{unit}", length="short", format="#,##0.#", locale=self._locale)
        return _tidy(words).replace(" ", NO_BREAK)


def formats_of(settings: Settings) -> dict[str, Formats]:
    """Language -> its formats, the same for the downloads, the pages and, while Pelican serves, the next build.

    Babel takes 0.1 ms for a number or a size; what it wrote once is remembered.
    """
    currencies = tuple(settings.currency_names.items())
    return {language: _formats(language, currencies) for language in settings.languages}


@lru_cache(maxsize=16)
def _formats(language: str, currencies: tuple[tuple[str, Text], ...]) -> Formats:
    return Formats(language, dict(currencies))


def _tidy(words: str) -> str:
    """Narrow no-break spaces are missing in many fonts of old phones."""
    return words.replace("\u202f", NO_BREAK)


@cache
def language_name(code: str, reader: str) -> str:
    """Name of a language in the reader's language: “русский” for ("ru", "ru"). Unknown codes stay as they are."""
    try:
        return Locale.parse(code).get_language_name(reader) or code
    except (ValueError, UnknownLocaleError):
        return code
