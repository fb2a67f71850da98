"""What templates write values with."""

from __future__ import annotations

from decimal import Decimal

import pytest

from portal.exports import Job
from portal.model import Money
from portal.rendering import filters
from tests.test_explore_lists import site_of


def test_no_sum_is_a_fault_before_a_sum_and_after_it(job: Job) -> None:
    money = filters(site_of(job), "en")["money"]
    with pytest.raises(AttributeError):
        money(None)
    assert [money(Money(Decimal(amount), "EUR")) for amount in ("1200.50", "3")] == [
        "1,200.5\N{NO-BREAK SPACE}euros",
        "3\N{NO-BREAK SPACE}euros",
    ]
    with pytest.raises(AttributeError):
        money(None)
