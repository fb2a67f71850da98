"""Text in several languages, and days that may be known only to the month or year."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it can be shown: the words and the language they are in."""

    words: str
    language: str


@dataclass(frozen=True, slots=True)
class Text:
    """One text in the languages it exists in. Empty when it exists in none."""

    versions: tuple[tuple[str, str], ...] = ()  # (language, words), in the order of the site's languages

    @classmethod
    def of(cls, words: Mapping[str, str | None] | None) -> Text:
        """Make a Text; languages without words are left out."""
        return cls(tuple((language, text) for language, text in (words or {}).items() if text))

    def __bool__(self) -> bool:
        return bool(self.versions)

    def said(self, language: str) -> Said:
        """The words in this language, else in the first one that has them; an empty Text has no words."""
        for own, words in self.versions:
            if own == language:
                return Said(words, own)
        return Said(self.versions[0][1], self.versions[0][0]) if self.versions else Said("", language)

    def words(self, language: str) -> str:
        """Only the words of said()."""
        for own, words in self.versions:
            if own == language:
                return words
        return self.versions[0][1] if self.versions else ""


@dataclass(frozen=True, slots=True, order=True)
class Day:
    """A day, month or year, as far as it is known: “2019-07-18”, “2019-07” or “2019”."""

    text: str

    @property
    def precision(self) -> int:
        """1 for a year, 2 for a month, 3 for a day."""
        return self.text.count("-") + 1

    @property
    def is_exact(self) -> bool:
        """Whether it is known to the day."""
        return self.precision == 3

    @property
    def first(self) -> date:
        """The first day that it can mean. Raises ValueError for a day that does not exist."""
        year, month, day = (*map(int, self.text.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def last(self) -> date:
        """The last day that it can mean. Raises ValueError for a day that does not exist."""
        first = self.first
        if self.is_exact:
            return first
        month = first.month if self.precision == 2 else 12
        return date(first.year, month, calendar.monthrange(first.year, month)[1])
