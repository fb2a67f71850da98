"""How texts, money and numbers stand in OCDS, and documents filled with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from ...model import Money
from ...text import Text
from .. import standards
from ..standards import Document, Mapped


def make_filler(table: Iterable[Mapped], below: str, languages: tuple[str, ...]) -> Callable[..., Document]:
    """As standards.make_filler().

    A Text becomes a member in the first language and one with a suffix in each other; Money becomes a Value.
    """
    first = languages[0]

    def put(target: Document, name: str, found: Any) -> None:
        if isinstance(found, Text):
            for language, words in found.versions:
                target[name if language == first else f"{name}_{suffix(language)}"] = words
        else:
            target[name] = money_value(found) if isinstance(found, Money) else found

    return standards.make_filler(table, below, put)


def suffix(language: str) -> str:
    """The code of a language as the web writes it: Babel's zh_Hans is zh-Hans there."""
    return language.replace("_", "-")


def money_value(money: Money) -> Document:
    """An OCDS Value. Its amount is a number, as the standard will have it."""
    return {"amount": number(money.amount), "currency": money.currency}


def number(value: Decimal) -> int | float:
    """The number for JSON; whole ones keep all their digits."""
    return int(value) if value == value.to_integral_value() else float(value)
