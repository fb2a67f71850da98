"""A sheet laid out as a mapping file says."""

from __future__ import annotations

import difflib
from decimal import Decimal

from ..checks.words import fold
from ..errors import say
from .data_rows import complete_layout
from .grid import Sheet, SheetRow
from .mapping import ColumnOptions, Mapping
from .model import CellProblem, Column, Layout
from .numbers import Unit
from .rules import Rules
from .titles import title_text, without_unit

SEARCHED = 30  # filled rows among which the titles are looked for


def mapped_layout(sheet: Sheet, rules: Rules, mapping: Mapping) -> tuple[Layout | None, tuple[CellProblem, ...]]:
    """The table of the sheet, and the columns that the mapping names and the sheet lacks; None when it lacks all."""
    place = _header_place(sheet, mapping)
    if place is None:
        return None, ()
    row = sheet.rows[place]
    titles = [fold(title) for title in _titles(row)]
    columns = []
    problems = []
    for field, options in mapping.columns.items():
        if fold(options.title) in titles:
            columns.append(_column(titles.index(fold(options.title)), field, options, mapping, rules))
        else:
            problems.append(_missing(sheet, row, field, options.title))
    problems.extend(_missing(sheet, row, None, title) for title in mapping.skip if fold(title) not in titles)
    columns.sort(key=lambda column: column.index)
    return complete_layout(sheet, mapping.table, place, columns, rules), tuple(problems)


def _header_place(sheet: Sheet, mapping: Mapping) -> int | None:
    """The place of the row that holds most of the titles; the first of equal ones."""
    wanted = {fold(title) for title in (*(options.title for options in mapping.columns.values()), *mapping.skip)}
    best, place = 0, None
    for number, row in enumerate(sheet.rows if mapping.header else sheet.rows[:SEARCHED]):
        if mapping.header in (None, row.number):
            count = len({fold(title) for title in _titles(row)} & wanted)
            if count > best:
                best, place = count, number
    return place


def _column(index: int, field: str, options: ColumnOptions, mapping: Mapping, rules: Rules) -> Column:
    described = rules.by_table[mapping.table].resource.by_name[field]
    if described.type not in ("number", "integer"):
        return Column(index, field, options.title)
    unit = without_unit(options.title, rules.words)[1] or Unit()
    scale = Decimal(unit.scale) if options.scale is None else options.scale
    return Column(index, field, options.title, scale, unit.currency)


def _titles(row: SheetRow) -> list[str]:
    return [title_text(cell) for cell in row.cells]


def _missing(sheet: Sheet, row: SheetRow, field: str | None, title: str) -> CellProblem:
    titles = [written for written in _titles(row) if written]
    likely = difflib.get_close_matches(title, titles, n=1)
    what = say("The sheet has no column “{title}”, which the mapping file names.", title=title)
    fix = (
        say("Did you mean “{likely}”?", likely=likely[0])
        if likely
        else say("Correct the title in the mapping file, or take it out.")
    )
    return CellProblem(sheet.name, row.number, None, field, what, fix)
