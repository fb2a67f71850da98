"""Sums of money and numbers of records, before and after. Amounts of grants that are never counted stay apart."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..checks.money import AMOUNTS
from ..releases.compare import NO_ROWS, State

NUMBER = re.compile(r"-?\d{1,20}(\.\d{1,20})?", re.ASCII)  # 1e999999999 is one too, but 1 GB when it is written in full

Key = tuple[str, str, str, bool]  # table, field, currency, whether it is counted


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column in a currency."""

    table: str
    field: str
    currency: str  # empty where the records name none
    is_counted: bool  # False for grants that were only announced
    before: Decimal
    after: Decimal


def compare_sums(before: State, after: State) -> Iterator[Sum]:
    """The sums that are not what they were, in the order of AMOUNTS."""
    was, now = _sums(before), _sums(after)
    for key in dict.fromkeys([*now, *was]):
        if was[key] != now[key]:
            yield Sum(*key, was[key], now[key])


def _sums(state: State) -> defaultdict[Key, Decimal]:
    certainties = state.get("certainties", NO_ROWS)
    counted = {code for code in certainties.by_id if certainties.record(code).get("counted") == "true"}
    sums: defaultdict[Key, Decimal] = defaultdict(Decimal)
    for table, fields in AMOUNTS.items():
        rows = state.get(table, NO_ROWS)
        for identifier in rows.by_id:
            record = rows.record(identifier)
            is_counted = table != "grants" or record.get("certainty") in counted
            for field in fields:
                amount = _amount(record.get(field))
                if amount is not None:
                    sums[table, field, record.get("currency", ""), is_counted] += amount
    return sums


def _amount(cell: str | None) -> Decimal | None:
    """None also for what is no number: the problems speak of it."""
    return Decimal(cell) if cell and NUMBER.fullmatch(cell) else None
