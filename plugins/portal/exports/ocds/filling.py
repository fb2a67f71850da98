"""Documents from a table of Mapped, with the paths taken apart once and not for every record."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from ...model import Money
from ...text import Text
from ..standards import LIST, Mapped

Document = dict[str, Any]


def make_filler(table: Iterable[Mapped], below: str, languages: tuple[str, ...]) -> Callable[..., Document]:
    """A function that takes what each Mapped.value takes and answers with the document.

    `below` is the part of every path that stands above the document, such as “awards[]/”. A Text becomes a member
    in the first language and one with a suffix in each other; Money becomes a Value; what is empty is left out.
    """
    rows = [(*_path(mapped.theirs.removeprefix(below)), mapped.value) for mapped in table]
    first = languages[0]

    def fill(*given: Any) -> Document:
        document: Document = {}
        for steps, name, value in rows:
            found = value(*given)
            if not found and found != 0:  # no applications are a number
                continue
            target = document
            for step, is_list in steps:
                target = target.setdefault(step, [{}])[0] if is_list else target.setdefault(step, {})
            if isinstance(found, Text):
                for language, words in found.versions:
                    target[name if language == first else f"{name}_{suffix(language)}"] = words
            else:
                target[name] = money_value(found) if isinstance(found, Money) else found
        return document

    return fill


def suffix(language: str) -> str:
    """The code of a language as the web writes it: Babel's zh_Hans is zh-Hans there."""
    return language.replace("_", "-")


def money_value(money: Money) -> Document:
    """An OCDS Value. Its amount is a number, as the standard will have it."""
    return {"amount": number(money.amount), "currency": money.currency}


def number(value: Decimal) -> int | float:
    """The number for JSON; whole ones keep all their digits."""
    return int(value) if value == value.to_integral_value() else float(value)


def _path(theirs: str) -> tuple[tuple[tuple[str, bool], ...], str]:
    *steps, last = theirs.split("/")
    return tuple((step.removesuffix(LIST), step.endswith(LIST)) for step in steps), last.removesuffix(LIST)
