"""What records are made of: money, codes, links, sources, figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..text import Day, Text


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in one currency. Amounts of different currencies are never added."""

    amount: Decimal
    currency: str  # ISO 4217


@dataclass(frozen=True, slots=True)
class Code:
    """A value of a code list."""

    code: str
    label: Text
    description: Text


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a record that has a page."""

    id: str
    name: Text


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from."""

    id: str
    title: str | None  # as printed
    title_language: str | None
    title_note: Text  # what the page is about when its headline could not be read
    publisher: str | None
    published_on: Day | None
    url: str | None
    archive_url: str | None
    seen_on: Day | None
    note: Text


@dataclass(frozen=True, slots=True)
class Dated:
    """A record that hangs on a grant, program or call: payment, report, amendment or document."""

    id: str
    kind: Code | None
    title: Text
    day: Day | None
    money: Money | None
    people: int | None
    by: Ref | None
    years: str  # the years that it is about, such as “2018”, or empty
    text: Text
    note: Text
    url: str | None
    paid: bool
    source: Source


@dataclass(frozen=True, slots=True)
class JointSum:
    """One sum reported for several grants together; it is never divided."""

    id: str
    money: Money
    grants: tuple[Ref, ...]
    note: Text
    source: Source


@dataclass(frozen=True, slots=True)
class Figures:
    """What can be counted in a set of grants. Announced grants are counted apart; joint sums are not in `awarded`."""

    grants: int = 0
    announced: int = 0
    with_amount: int = 0
    awarded: tuple[Money, ...] = ()  # one a currency, largest number of grants first
    joint: tuple[JointSum, ...] = ()  # of which every grant is in the set
    first_year: int | None = None
    last_year: int | None = None
