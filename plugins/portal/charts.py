"""Figures -> places on a drawing. Geometry only; the templates draw it as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .model import Total

WIDTH, HEIGHT = 400, 220  # on a phone a unit is about 0.8 CSS pixels, on a desk about 1.4
TOP, FLOOR = 26, 190  # room for the figure above the highest bar, and the line that the bars stand on
GAP_SLOT = 0.5  # a stretch of years without a figure takes half the room of a bar
BAR_SHARE = 0.66  # of its slot


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the chart, in units of the drawing."""

    total: Total
    x: int
    y: int
    width: int
    height: int
    middle: int  # where the words above and below stand
    label: Decimal  # the value in the unit of the chart
    style: str  # whole, part (one body only) or doubtful


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from left to right, and the stretches of the floor under which years are missing."""

    bars: tuple[Bar, ...]
    gaps: tuple[tuple[int, int], ...]  # from x to x
    unit: int = 1  # one, a thousand or a million
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR


def money_by_year(totals: Sequence[Total], currency: str) -> BarChart:
    """One bar a year in which a source reports money for the whole instrument, oldest first.

    Where a year has several figures, a total of everything goes before that of one body, then the larger one.
    """
    best: dict[int, Total] = {}
    for total in totals:
        if total.is_money_by_year and total.money and total.money.currency == currency:
            other = best.get(total.year)
            if other is None or _rank(total) > _rank(other):
                best[total.year] = total
    years = sorted(best)
    if not years:
        return BarChart((), ())
    broken = [later - earlier > 1 for earlier, later in pairwise(years)]
    slot = WIDTH / (len(years) + GAP_SLOT * sum(broken))
    highest = max(best[year].value for year in years) or Decimal(1)
    unit = next((unit for unit in (1_000_000, 1_000) if highest >= unit), 1)
    bars, gaps, left = [], [], 0.0
    for year, is_broken in zip(years, [*broken, False], strict=True):
        total = best[year]
        height = max(2, round(float(total.value / highest) * (FLOOR - TOP)))
        width = round(slot * BAR_SHARE)
        middle = round(left + slot / 2)
        label = round(total.value / unit, 2)
        bars.append(Bar(total, middle - width // 2, FLOOR - height, width, height, middle, label, _style(total)))
        left += slot
        if is_broken:
            gaps.append((round(left), round(left + slot * GAP_SLOT)))
            left += slot * GAP_SLOT
    return BarChart(tuple(bars), tuple(gaps), unit)


def _covers_all(total: Total) -> bool:
    return total.covers_all or total.organization is None


def _rank(total: Total) -> tuple[bool, Decimal]:
    return _covers_all(total), total.value


def _style(total: Total) -> str:
    if total.exactness.code == "unclear":
        return "doubtful"
    return "whole" if _covers_all(total) else "part"
