"""A verdict -> what would be written: counts and sums, with proof that nothing is lost on the way. No words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from ..checks.money import AMOUNTS
from ..errors import BuildError
from ..validate import Tables
from .intake import Verdict
from .judge import Judged
from .model import Fate
from .rules import Rules

CURRENCY = "currency"
FATES: tuple[Fate, ...] = ("new", "changed", "unchanged", "rejected")
FAULT = "Report this as a fault of Ashar."

Key = tuple[str, str]  # field and currency, which may be empty


@dataclass(frozen=True, slots=True)
class AmountSums:
    """A column of amounts in one currency: plain sums of all rows and records, whatever their certainty."""

    field: str
    currency: str  # empty where rows name none
    given: Decimal  # by the rows of the file: taken and rejected
    taken: Decimal
    rejected: Decimal
    before: Decimal  # in all records of the table
    after: Decimal


@dataclass(frozen=True, slots=True)
class TablePlan:
    """What becomes of the rows of a table."""

    table: str
    rows: tuple[Judged, ...]  # of the file, in their order
    made: tuple[Judged, ...]  # new records that the mapping file makes of names
    sums: tuple[AmountSums, ...]
    unreadable: int  # cells of amounts in rejected rows that could not be read, so that no sum has them

    @property
    def counts(self) -> dict[Fate, int]:
        """Rows by what becomes of them."""
        found = Counter(row.fate for row in self.rows)
        return {fate: found[fate] for fate in FATES}


@dataclass(frozen=True, slots=True)
class Plan:
    """What the desk would do."""

    verdict: Verdict
    tables: tuple[TablePlan, ...]

    @property
    def to_write(self) -> tuple[Judged, ...]:
        """The rows that change something; none when something blocks them."""
        if self.verdict.judgement.blocking:
            return ()
        return tuple(row for row in self.verdict.judgement.rows if row.fate in ("new", "changed"))

    @property
    def rejected(self) -> tuple[Judged, ...]:
        """The rows that are not taken."""
        return tuple(row for table in self.tables for row in table.rows if row.fate == "rejected")

    @property
    def has_errors(self) -> bool:
        """Whether anything is left to mend."""
        errors = any(problem.level == "error" for problem in self.verdict.problems)
        return bool(errors or self.verdict.judgement.blocking)


def make_plan(verdict: Verdict, rules: Rules) -> Plan:
    """Count and add up. Raises BuildError when what came in is not what goes out."""
    judgement = verdict.judgement
    by_table: defaultdict[str, list[Judged]] = defaultdict(list)
    for row in judgement.rows:
        by_table[row.match.row.table].append(row)
    tables = tuple(
        _table_plan(name, by_table[name], rules.tables, judgement.tables) for name in rules.by_table if name in by_table
    )
    came = sum(len(layout.rows) for layout in verdict.layouts)
    goes = sum(sum(table.counts.values()) for table in tables)
    if came != goes:
        raise BuildError(f"Of {came} rows only {goes} are accounted for. Nothing was written. {FAULT}")
    return Plan(verdict, tables)


def _table_plan(name: str, judged: Sequence[Judged], before: Tables, after: Tables) -> TablePlan:
    rows = tuple(row for row in judged if not row.match.row.is_made)
    made = tuple(row for row in judged if row.match.row.is_made and row.fate == "new")
    taken = [row for row in judged if row.fate != "rejected"]
    more = len(after[name].records) - len(before[name].records)
    new = sum(row.fate == "new" for row in taken)
    if more != new:
        raise BuildError(f"{name} would have {more} more records, not {new}. Nothing was written. {FAULT}")
    return TablePlan(name, rows, made, tuple(_sums(name, rows, taken, (before, after))), _unreadable(name, rows))


def _sums(
    name: str, rows: Sequence[Judged], taken: Sequence[Judged], tables: tuple[Tables, Tables]
) -> Iterator[AmountSums]:
    was, will = (_add_up((record.values for record in one[name].records), name) for one in tables)
    added = _add_up((row.match.cells for row in taken), name)
    gone = _add_up((row.match.record.values for row in taken if row.match.record), name)
    accepted = _add_up((_given(row) for row in rows if row.fate != "rejected"), name)
    refused = _add_up((_given(row) for row in rows if row.fate == "rejected"), name)
    for key in sorted({*was, *will, *accepted, *refused}, key=lambda key: (AMOUNTS[name].index(key[0]), key[1])):
        if will[key] - was[key] != added[key] - gone[key]:
            raise BuildError(f"The sums of {key[0]} do not agree. Nothing was written. {FAULT}")
        if accepted[key] or refused[key] or was[key] != will[key]:
            given = accepted[key] + refused[key]
            yield AmountSums(*key, given, accepted[key], refused[key], was[key], will[key])


def _given(row: Judged) -> Mapping[str, object]:
    """The cells of the sheet alone, in the currency of the record."""
    return {**row.match.row.cells, CURRENCY: row.match.cells.get(CURRENCY)}


def _unreadable(name: str, rows: Sequence[Judged]) -> int:
    return sum(
        problem.level == "error" and problem.field in AMOUNTS.get(name, ()) and problem.field not in row.match.row.cells
        for row in rows
        for problem in row.problems
    )


def _add_up(records: Iterable[Mapping[str, object]], table: str) -> defaultdict[Key, Decimal]:
    """The amounts of records, typed or as text, by field and currency. What is no number is left out."""
    sums: defaultdict[Key, Decimal] = defaultdict(Decimal)
    for record in records:
        for name in AMOUNTS.get(table, ()):
            try:
                amount = Decimal(str(record.get(name) or ""))
            except InvalidOperation:
                continue
            if amount.is_finite():
                sums[name, str(record.get(CURRENCY) or "")] += amount
    return sums
