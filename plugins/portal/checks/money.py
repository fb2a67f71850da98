"""Amounts that cannot be true, alone or together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ..errors import Problem, say
from ..validate import Record, Tables
from .rows import cell, column_of, error, records, warning

AMOUNTS = {
    "grants": ("amount_requested", "amount_awarded", "amount_cofunding"),
    "budgets": ("amount",),
    "calls": ("budget",),
    "payments": ("amount",),
    "amount_groups": ("amount",),
    "vouchers": ("amount",),
}
OPTIONAL = ("grants", "calls", "vouchers")  # where amount and currency may both be empty


def amounts_not_above_zero(tables: Tables, _today: date) -> Iterator[Problem]:
    """Nobody is given zero; what is not known is empty. A reported total may be zero, but not less."""
    for name, columns in AMOUNTS.items():
        for record in records(tables, name):
            for column in columns:
                amount = cell(record, column)
                if amount is not None and amount <= 0:
                    what = say("An amount is more than zero, not {value}.", value=amount)
                    yield error(record, column, what, say("Correct it; leave the cell empty if no source says it."))
    for total in records(tables, "totals"):
        value = cell(total, "value")
        if value is not None and value < 0:
            what = say("A total is not less than zero, but this one is {value}.", value=value)
            yield error(total, "value", what, say("Correct the value."))


def amounts_without_currency(tables: Tables, _today: date) -> Iterator[Problem]:
    """An amount and its currency come together or not at all."""
    for name in OPTIONAL:
        for record in records(tables, name):
            amounts = [column for column in AMOUNTS[name] if cell(record, column) is not None]
            currency = cell(record, "currency")
            if amounts and not currency:
                what = say("“{column}” holds an amount, but its currency is missing.", column=amounts[0])
                yield error(record, "currency", what, say("Write the three letters of the currency, as in ISO 4217."))
            elif currency and not amounts:
                what = say("There is a currency, “{value}”, but no amount.", value=currency)
                yield error(record, "currency", what, say("Write the amount, or leave the currency empty."))


def joint_sums_beside_amounts(tables: Tables, _today: date) -> Iterator[Problem]:
    """A grant counts with its own amount or in a joint sum: with both it would be counted twice."""
    for grant in records(tables, "grants"):
        group, amount = cell(grant, "amount_group"), cell(grant, "amount_awarded")
        if group and amount is not None:
            what = say("The grant has an amount of its own and is part of the joint sum “{group}”.", group=group)
            yield error(grant, "amount_group", what, say("Keep the one that the source reports, and empty the other."))


def awards_beyond_the_budget(tables: Tables, _today: date) -> Iterator[Problem]:
    """More awarded in a program and year than its budget holds, currency by currency. Joint sums are left out."""
    counted = column_of(tables, "certainties", "counted")
    awarded: defaultdict[tuple[str, int, str], Decimal] = defaultdict(Decimal)
    for grant in records(tables, "grants"):
        amount = cell(grant, "amount_awarded")
        if amount is not None and cell(grant, "program") and counted.get(cell(grant, "certainty"), True):
            awarded[grant["program"], grant["year"], grant["currency"]] += amount
    budgets: defaultdict[tuple[str, int, str], list[Record]] = defaultdict(list)
    for line in records(tables, "budgets"):
        budgets[line["program"], line["year"], line["currency"]].append(line)
    for key, lines in budgets.items():
        budget = sum((line["amount"] for line in lines), Decimal())
        if awarded.get(key, 0) > budget:
            program, year, currency = key
            what = say(
                "{awarded} {currency} was awarded in the program “{program}” in {year}, out of a budget of {budget}.",
                awarded=f"{awarded[key]:f}",
                currency=currency,
                program=program,
                year=year,
                budget=f"{budget:f}",
            )
            yield error(lines[0], "amount", what, say("Correct the budget, or the grant that is too large."))


def amounts_of_uncounted_grants(tables: Tables, _today: date) -> Iterator[Problem]:
    """An amount that no sum will contain, because grants of this certainty are not counted."""
    counted = column_of(tables, "certainties", "counted")
    for grant in records(tables, "grants"):
        certainty = cell(grant, "certainty")
        if cell(grant, "amount_awarded") is not None and counted.get(certainty) is False:
            what = say(
                "Grants with the certainty “{certainty}” are not counted, but an amount is awarded.",
                certainty=certainty,
            )
            fix = say("Correct the certainty, or write the amount into the note.")
            yield warning(grant, "amount_awarded", what, fix)
