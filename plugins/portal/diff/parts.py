"""What is told to a person, as parts that the console and a comment on GitHub show each in its way."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Value:
    """Something out of the records or from a reader, to be shown as it is and never to be taken for markup."""

    text: str


Cell = str | Value


@dataclass(frozen=True, slots=True)
class Part:
    """A heading, sentences, a table; what is missing is empty."""

    title: str
    sentences: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    is_long: bool = False  # a list that may be folded away
