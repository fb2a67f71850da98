"""What the steps of the desk hand on to each other: read, lay out, convert, match, judge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from ..errors import Level, Message
from .grid import SheetRow

Fate = Literal["new", "changed", "unchanged", "rejected"]


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A fault or a doubt, at a cell of the sheet. The same as errors.Problem, said where the clerk sees it."""

    sheet: str
    row: int | None  # as SheetRow.number; None for the sheet as a whole
    column: int | None  # 0 is column A; None for the row as a whole, also where the sheet lacks the column
    field: str | None  # name of the field, when it is about one
    what: Message
    fix: Message
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the sheet that holds a field of the table."""

    index: int  # 0 is column A
    field: str
    title: str  # as it is written in the sheet
    scale: Decimal = Decimal(1)  # “thousand euros” in the title: 1000
    currency: str = ""  # its code: EUR


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the table stands in a sheet."""

    sheet: str
    table: str
    header: int  # number of the row of titles
    columns: tuple[Column, ...]  # in the order of the sheet; a field once
    unused: tuple[tuple[int, str], ...]  # columns with values that no field takes: index, title
    rows: tuple[SheetRow, ...]  # of records, merged cells filled in
    skipped: tuple[tuple[int, Message], ...]  # rows that are no records, and why: totals, titles again, remarks


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A row of the sheet as cells of the table."""

    table: str
    sheet: str
    number: int  # as SheetRow.number
    cells: Mapping[str, str]  # field -> text as our CSV has it; a field that the sheet lacks or leaves empty is absent
    columns: Mapping[str, int]  # field -> index of its column, of those that the sheet has
    problems: tuple[CellProblem, ...] = ()  # found so far; with an error the row is not taken
    original: SheetRow = field(default_factory=lambda: SheetRow(0, ()))
    is_made: bool = False  # of a name, as a mapping file says; `number` is that of the row in which the name stands
