"""What stands beside the grants: totals, contradictions, coverage, terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..text import Day, Text
from .values import Code, Money, Ref, Source


@dataclass(frozen=True, slots=True)
class Total:
    """A figure that a source reports as a total. It stands beside the grants and is never mixed with them."""

    id: str
    year: int
    metric: Code
    is_money_by_year: bool  # shown in the chart of money by year
    counts_grants: bool
    value: Decimal
    unit: Code
    money: Money | None  # the value again, when the unit is a currency
    exactness: Code
    scope: Code
    covers_all: bool  # of every body, not of one kind
    place: Ref | None
    organization: Ref | None
    program: Ref | None
    body_note: Text
    note: Text
    sources: tuple[Source, ...]
    contradictions: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Claim:
    """What one source says on a contradicted point."""

    text: Text
    total_id: str | None
    said_on: Day | None
    source: Source


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A point on which sources disagree."""

    id: str
    title: Text
    explanation: Text
    year: int | None
    organization: Ref | None
    program: Ref | None
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CoverageLine:
    """Grants reported by a source against grants held here, for a body or a group of bodies and a year."""

    year: int
    body: Ref | None
    body_note: Text
    scope: Code
    reported: Decimal
    exactness: Code
    held: int
    total_id: str
    source: Source


@dataclass(frozen=True, slots=True)
class CoverageEntry:
    """What is known of a body's publishing in a year."""

    year: int
    organization: Ref
    status: Code
    is_nothing: bool  # the body says that it has nothing to publish
    is_late: bool  # it promised to publish, and no source says that it did
    due_on: Day | None  # by when it must or promised to publish
    published_on: Day | None  # when it did, or said that there is nothing
    participates: bool | None
    funds: bool | None
    held: int
    note: Text
    source: Source

    @property
    def days_late(self) -> int | None:
        """Days from the one day to the other; None for a body that was in time, and where one is no exact day."""
        if not self.came_late or not self.due_on or not self.published_on:
            return None
        exact = self.due_on.is_exact and self.published_on.is_exact
        return (self.published_on.first - self.due_on.first).days if exact else None

    @property
    def came_late(self) -> bool:
        """Whether it published after the last day that the time limit can mean."""
        return bool(self.due_on and self.published_on and self.published_on.first > self.due_on.last)

    @property
    def came_in_time(self) -> bool:
        """Whether it published in time for certain: “2024” may be before or after “2024-02-01”."""
        return bool(self.due_on and self.published_on and self.published_on.last <= self.due_on.last)

    def is_overdue(self, day: date) -> bool:
        """Whether on this day, that of the records, the time limit had passed and the body still had not published."""
        return bool(self.is_late and self.due_on and not self.published_on and self.due_on.last < day)


@dataclass(frozen=True, slots=True)
class CoverageYear:
    """A year: what sources report and what this site holds."""

    year: int
    reported: Decimal | None  # at least; None when no source counts the grants of the year
    held: int  # of the grants that the reported figure counts
    grants: int  # all grants held of the year
    lines: tuple[CoverageLine, ...]
    entries: tuple[CoverageEntry, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field in every language."""

    id: str
    label: Text
    note: Text
