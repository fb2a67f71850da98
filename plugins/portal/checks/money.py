"""Amounts that cannot be true, alone or together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from ..errors import Problem, say
from ..stored import StoredRecords
from ..validate import Record, Tables
from .rows import Columns, Doubt, alike, any_of, cell, column_of, error, filled, records, warning

AMOUNTS = {
    "grants": ("amount_requested", "amount_awarded", "amount_cofunding"),
    "budgets": ("amount",),
    "calls": ("budget",),
    "payments": ("amount",),
    "amount_groups": ("amount",),
    "vouchers": ("amount",),
}
OPTIONAL = ("grants", "calls", "vouchers")  # where amount and currency may both be empty

Pot = tuple[Any, ...]  # values of the columns POT
POT = ("program", "year", "currency")
MORE_THAN_SIX_PLACES = "[^0-9][0-9]{7}|[eE]"  # which DuckDB rounds


def amounts_not_above_zero(tables: Tables, _today: date) -> Iterator[Problem]:
    """Nobody is given zero; what is not known is empty. A reported total may be zero, but not less."""
    for name, columns in AMOUNTS.items():
        for record in records(tables, name, _not_above_zero(columns)):
            for column in columns:
                amount = cell(record, column)
                if amount is not None and amount <= 0:
                    what = say("An amount is more than zero, not {value}.", value=amount)
                    yield error(record, column, what, say("Correct it; leave the cell empty if no source says it."))
    for total in records(tables, "totals", _not_above_zero(["value"])):
        value = cell(total, "value")
        if value is not None and value < 0:
            what = say("A total is not less than zero, but this one is {value}.", value=value)
            yield error(total, "value", what, say("Correct the value."))


def amounts_without_currency(tables: Tables, _today: date) -> Iterator[Problem]:
    """An amount and its currency come together or not at all."""
    for name in OPTIONAL:
        for record in records(tables, name, _one_without_the_other(AMOUNTS[name])):
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
    for grant in records(
        tables, "grants", lambda grant: f"{grant['amount_group']} is not null and {grant['amount_awarded']} is not null"
    ):
        group, amount = cell(grant, "amount_group"), cell(grant, "amount_awarded")
        if group and amount is not None:
            what = say("The grant has an amount of its own and is part of the joint sum “{group}”.", group=group)
            yield error(grant, "amount_group", what, say("Keep the one that the source reports, and empty the other."))


def awards_beyond_the_budget(tables: Tables, _today: date) -> Iterator[Problem]:
    """More awarded in a program and year than its budget holds, currency by currency. Joint sums are left out."""
    counted = column_of(tables, "certainties", "counted")
    budgets: defaultdict[Pot, list[Record]] = defaultdict(list)
    for line in records(tables, "budgets"):
        budgets[line["program"], line["year"], line["currency"]].append(line)
    held = {pot: sum((line["amount"] for line in lines), Decimal()) for pot, lines in budgets.items()}
    awarded: defaultdict[Pot, Decimal] = defaultdict(Decimal)
    for grant in _grants_that_may_be_too_much(tables, held, counted):
        amount = cell(grant, "amount_awarded")
        if amount is not None and cell(grant, "program") and counted.get(cell(grant, "certainty"), True):
            awarded[grant["program"], grant["year"], grant["currency"]] += amount
    for key, budget in held.items():
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
            yield error(budgets[key][0], "amount", what, say("Correct the budget, or the grant that is too large."))


def amounts_of_uncounted_grants(tables: Tables, _today: date) -> Iterator[Problem]:
    """An amount that no sum will contain, because grants of this certainty are not counted."""
    counted = column_of(tables, "certainties", "counted")
    if "grants" not in tables:
        return
    with_amount = replace(tables["grants"], records=records(tables, "grants", filled("amount_awarded")))
    for grant in alike(with_amount, ("certainty",), lambda certainty: counted.get(certainty) is False):
        certainty = cell(grant, "certainty")
        if cell(grant, "amount_awarded") is not None:
            what = say(
                "Grants with the certainty “{certainty}” are not counted, but an amount is awarded.",
                certainty=certainty,
            )
            fix = say("Correct the certainty, or write the amount into the note.")
            yield warning(grant, "amount_awarded", what, fix)


def _not_above_zero(columns: Iterable[str]) -> Doubt:
    return lambda table: any_of(
        f"{table[column]} is not null and coalesce({table.value(column)} <= 0, true)" for column in columns
    )


def _one_without_the_other(columns: Iterable[str]) -> Doubt:
    return lambda table: (
        f"(coalesce({', '.join(table[column] for column in columns)}) is null) <> ({table['currency']} is null)"
    )


def _grants_that_may_be_too_much(
    tables: Tables, budgets: Mapping[Pot, Decimal], counted: Mapping[Any, Any]
) -> Iterable[Record]:
    """Of a large table those of pots whose sum, as DuckDB adds it up, is above the budget or uncertain."""
    if "grants" not in tables:
        return ()
    table = tables["grants"]
    if not isinstance(table.records, StoredRecords) or not {*POT, "certainty"} <= table.resource.by_name.keys():
        return table.records
    grant = Columns(table.records)
    amount, value = grant["amount_awarded"], grant.value("amount_awarded")
    unsure = f"bool_or({value} is null or regexp_matches({amount}, '{MORE_THAN_SIX_PLACES}'))"
    with_amount = table.records.where(f"{amount} is not null")
    sums: defaultdict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    doubtful = set()
    for *pot, certainty, total, is_unsure in with_amount.different((*POT, "certainty"), f"sum({value}), {unsure}"):
        if counted.get(certainty, True):
            sums[tuple(pot)] += total or 0
            if is_unsure:
                doubtful.add(tuple(pot))
    doubtful.update(pot for pot, budget in budgets.items() if sums[pot] > budget)
    return alike(table, POT, lambda *pot: pot in doubtful and pot in budgets)
