"""The whole way of a spreadsheet in a few lines: lay out, convert, match, judge. Read this first. Writes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..errors import Message
from ..i18n import Translations
from ..load import load_tables
from ..package import read_package
from ..settings import Settings
from ..validate import validate_tables
from .convert import convert
from .grid import Workbook
from .judge import Judgement, judge
from .layout import find_layouts
from .mapping import Mapping
from .match import Cells, Match, Wishes, match_rows
from .model import CellProblem, DeskRow, Layout
from .rules import Rules, read_rules

NO_WISHES = Wishes()


@dataclass(frozen=True, slots=True)
class _Job:
    """What every step is told."""

    rules: Rules
    language: str
    today: date
    mapping: Mapping | None
    wishes: Wishes

    def matched(self, name: str, rows: Sequence[DeskRow]) -> tuple[Match, ...]:
        """The rows of a table with their records."""
        return match_rows(rows, self.rules.by_table[name], self.rules.tables[name], self.today, self.wishes)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the desk makes of spreadsheets."""

    layouts: tuple[Layout, ...]  # a table that others point at comes before them
    sheet_problems: tuple[CellProblem, ...]  # of sheets; of one with an error no row is taken
    others: tuple[tuple[str, Message], ...]  # sheets without a table, and why
    judgement: Judgement

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Everything that was found, each once, in the order of sheets and rows."""
        found = [*self.sheet_problems, *(one for row in self.judgement.rows for one in row.problems)]
        return tuple(dict.fromkeys(found))


def read_desk_rules(settings: Settings) -> Rules:
    """The rules by which the desk judges. Raises DataError when the records themselves cannot be read."""
    package = read_package(settings.data, settings.languages)
    tables = validate_tables(load_tables(package))
    translations = Translations(settings.translations)
    return read_rules(
        package, tables, settings.languages, settings.currency, settings.currency_names, translations=translations
    )


def take_in(
    workbooks: Sequence[Workbook],
    rules: Rules,
    language: str,
    today: date,
    *,
    table: str | None = None,
    mapping: Mapping | None = None,
    wishes: Wishes = NO_WISHES,
) -> Verdict:
    """Judge spreadsheets that were read. Raises InputError when one of them holds no table that is known."""
    layouts: list[Layout] = []
    problems: list[CellProblem] = []
    others: list[tuple[str, Message]] = []
    for workbook in _with_own_names(workbooks):
        found = find_layouts(workbook, rules, table, mapping)
        for kept, part in zip((layouts, problems, others), found, strict=True):
            kept.extend(part)  # type: ignore[attr-defined]  # three lists of three kinds
    job = _Job(rules, language, today, mapping, wishes)
    layouts = _in_order(layouts, rules)
    rows = _converted(layouts, job)
    matches = [match for name in rows for match in job.matched(name, rows[name])]
    faulty = {one.sheet: one for one in problems if one.level == "error"}
    matches = [
        replace(one, problems=(faulty[one.row.sheet], *one.problems)) if one.row.sheet in faulty else one
        for one in matches
    ]
    return Verdict(tuple(layouts), tuple(problems), tuple(others), judge(matches, rules, language, today))


def _converted(layouts: Sequence[Layout], job: _Job) -> dict[str, list[DeskRow]]:
    """The rows of every table; names of records that come with the files count as known."""
    rows: dict[str, list[DeskRow]] = {}
    arriving: dict[str, list[Cells]] = {}
    for place, layout in enumerate(layouts):
        for row in convert(layout, job.rules, job.language, job.mapping, arriving):
            rows.setdefault(row.table, []).append(row)
            if row.is_made:  # the sheets that follow know it
                arriving.setdefault(row.table, []).append(row.cells)
        if any(layout.table in _targets(later, job.rules) for later in layouts[place + 1 :]):
            found = job.matched(layout.table, rows.get(layout.table, []))
            arriving[layout.table] = [match.cells for match in found if match.id]
    return rows


def _in_order(layouts: Sequence[Layout], rules: Rules) -> list[Layout]:
    """Tables that others point at first; where two point at each other, in the order of the package."""
    left = sorted(layouts, key=lambda layout: list(rules.by_table).index(layout.table))
    order: list[Layout] = []
    while left:
        names = {layout.table for layout in left}
        free = (layout for layout in left if not _targets(layout, rules) & names - {layout.table})
        order.append(next(free, left[0]))
        left.remove(order[-1])
    return order


def _targets(layout: Layout, rules: Rules) -> set[str]:
    """The tables that columns of the sheet point at."""
    fields = rules.by_table[layout.table].resource.by_name
    return {target for column in layout.columns if (target := fields[column.field].refers_to)}


def _with_own_names(workbooks: Sequence[Workbook]) -> Iterator[Workbook]:
    """The workbooks with sheets that can be told apart by their names."""
    taken: set[str] = set()
    for workbook in workbooks:
        sheets = []
        for sheet in workbook.sheets:
            name = sheet.name
            if len(workbooks) > 1 and workbook.name != name:
                name = f"{workbook.name}: {name}"
            wanted, number = name, 1
            while name in taken:
                number += 1
                name = f"{wanted} ({number})"
            taken.add(name)
            sheets.append(replace(sheet, name=name))
        yield replace(workbook, sheets=tuple(sheets))
