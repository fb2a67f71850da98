"""Rows of a sheet -> the records that they become. Which record a row means is decided in choice.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..validate import Record, Table
from .choice import Choice, Records
from .model import CellProblem, DeskRow
from .rules import TableRules

Cells = Mapping[str, str]  # field -> text as our CSV has it


@dataclass(frozen=True, slots=True)
class Change:
    """A value of a record that the row changes."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the record that it becomes."""

    row: DeskRow
    id: str  # empty when an error hides which record is meant
    record: Record | None  # as it is recorded; None for a new one
    cells: Cells  # of the whole record, every field of the table
    changes: tuple[Change, ...] = ()  # without automatic fields; none for a new record
    kept: tuple[str, ...] = ()  # fields that the row leaves empty and the record has
    assumed: tuple[str, ...] = ()  # fields that the sheet lacks and the schema fills
    problems: tuple[CellProblem, ...] = ()  # those of the row, and what is found here


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the person asked for beside the file itself."""

    clear: bool = False  # empty cells empty the record
    source: str = ""  # of new records that name none


def match_rows(
    rows: Sequence[DeskRow], rules: TableRules, table: Table, today: date, wishes: Wishes
) -> tuple[Match, ...]:
    """The record of every row, in their order. All rows are of one table, from every sheet that has some."""
    records = Records(table, rules)
    choice = Choice(rows, records)
    choice.make()
    return tuple(_match(row, number, choice, today, wishes) for number, row in enumerate(rows))


def _match(row: DeskRow, number: int, choice: Choice, today: date, wishes: Wishes) -> Match:
    records, rules = choice.records, choice.records.rules
    identifier = choice.ids.get(number, "")
    record = records.by_id.get(identifier)
    before = records.cells(record) if record else dict.fromkeys(records.resource.field_names, "")
    given = {name: text for name, text in row.cells.items() if not rules.automatic(name)}
    unreadable = {problem.field for problem in row.problems if problem.level == "error"}
    empty = [name for name in row.columns if before[name] and name not in {*row.cells, *unreadable, records.key}]
    empty = [name for name in empty if not rules.automatic(name)]
    if record is None and wishes.source and "source" in before:
        given.setdefault("source", wishes.source)
    assumed = {} if record else {name: text for name, text in rules.assumed.items() if name not in row.columns}
    assumed = {name: text for name, text in assumed.items() if name not in given}
    after = {
        **before,
        **assumed,
        **(dict.fromkeys(empty, "") if wishes.clear else {}),
        **given,
        records.key: identifier,
    }
    changes = tuple(
        Change(name, before[name], after[name])
        for name in before
        if name != records.key and before[name] != after[name]
    )
    for name in before:
        kind = rules.automatic(name)
        if kind and (record is None or (kind == "changed" and changes)):
            after[name] = today.isoformat()
    return Match(
        row=row,
        id=identifier,
        record=record,
        cells=after,
        changes=changes if record else (),
        kept=() if wishes.clear else tuple(empty),
        assumed=tuple(assumed),
        problems=(*row.problems, *choice.problems[number]),
    )
