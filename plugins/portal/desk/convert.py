"""Rows of a laid out sheet -> cells of a table. What cannot be read without doubt is a problem, never a guess."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Of

from ..checks.words import fold
from ..errors import say
from ..package import Resource
from ..sentences import shown
from .columns import CURRENCY, ColumnReader, Known
from .grid import SheetRow
from .lookups import Arriving, Budget, Lookup, name_columns
from .makers import Maker
from .mapping import Mapping
from .model import CellProblem, Column, DeskRow, Layout
from .reading import Reading, shown_text
from .rules import Rules


def convert(
    layout: Layout, rules: Rules, language: str, mapping: Mapping | None = None, arriving: Arriving | None = None
) -> tuple[DeskRow, ...]:
    """The rows of a sheet, then the records that the mapping makes of unknown names.

    `language` is the reader's. `arriving` are records of other sheets of the same file, with their identifiers.
    """
    resource = rules.by_table[layout.table].resource
    known = Known(rules.words, _lookups(layout, rules, language, arriving or {}), Budget())
    options = mapping.columns if mapping else {}
    readers = [ColumnReader(column, resource, layout, known, options.get(column.field)) for column in layout.columns]
    makers = {
        column.field: Maker(layout, column, known.lookups[target], values, (mapping and mapping.language) or language)
        for column in layout.columns
        if (values := getattr(options.get(column.field), "create", None)) is not None
        and (target := resource.by_name[column.field].refers_to)
    }
    for reader in readers:
        reader.maker = makers.get(reader.column.field)
    sheet = SheetReader(layout, resource, readers, mapping)
    rows = [sheet.row(row) for row in layout.rows]
    return (*rows, *(made for maker in makers.values() for made in maker.made))


def _lookups(layout: Layout, rules: Rules, language: str, arriving: Arriving) -> dict[str, Lookup]:
    resource = rules.by_table[layout.table].resource
    found: dict[str, Lookup] = {}
    for column in layout.columns:
        target = resource.by_name[column.field].refers_to
        if target and target not in found:
            found[target] = Lookup(rules.package.by_name[target], rules, language, arriving.get(target, ()))
            if target == layout.table:
                for cells in _own_records(layout, resource, language):
                    found[target].add(cells)
    return found


def _own_records(layout: Layout, resource: Resource, language: str) -> Iterable[dict[str, str]]:
    """Identifiers and names of the sheet itself, for a table whose records refer to one another."""
    wanted = {resource.primary_key, *name_columns(resource, language)}
    columns = [column for column in layout.columns if column.field in wanted]
    for row in layout.rows:
        yield {column.field: shown_text(row.cells[column.index]) for column in columns if column.index < len(row.cells)}


class SheetReader:
    """Reads the rows of a sheet."""

    def __init__(
        self, layout: Layout, resource: Resource, readers: Sequence[ColumnReader], mapping: Mapping | None
    ) -> None:
        self.layout = layout
        self.readers = readers
        self.columns = {reader.column.field: reader.column.index for reader in readers}
        self.constants = dict(mapping.constants) if mapping else {}
        self.has_currency = CURRENCY in resource.by_name
        titles = {fold(title): index for index, title in layout.unused}
        titles.update({fold(column.title): column.index for column in layout.columns})
        skip = mapping.skip if mapping else {}
        self.skip = {titles[fold(title)]: (title, values) for title, values in skip.items() if fold(title) in titles}

    def row(self, row: SheetRow) -> DeskRow:
        """The row as cells of the table."""
        unwanted = self._unwanted(row)
        cells = dict(self.constants)
        problems = []
        currencies: dict[str, ColumnReader] = {}
        for reader in self.readers:
            column = reader.column
            cell = row.cells[column.index] if column.index < len(row.cells) else None
            if cell is None or (unwanted and reader.maker):  # nobody asked for a record of such a name
                continue
            reading = reader.read(cell, row)
            if reading.what and reading.fix:
                problems.append(self._problem(row, column, reading))
            elif reading.text:
                cells[column.field] = reading.text
                currency = reading.currency or (column.currency if reader.is_number else "")
                if currency:
                    currencies.setdefault(currency, reader)
        if currencies and self.has_currency:
            problems.extend(self._currency(row, cells, currencies, problems))
        if unwanted:
            problems = [unwanted]  # the cells are read all the same, for the sums
        return DeskRow(self.layout.table, self.layout.sheet, row.number, cells, self.columns, tuple(problems), row)

    def _problem(self, row: SheetRow, column: Column, reading: Reading) -> CellProblem:
        assert reading.what and reading.fix
        return CellProblem(self.layout.sheet, row.number, column.index, column.field, reading.what, reading.fix)

    def _unwanted(self, row: SheetRow) -> CellProblem | None:
        for index, (title, values) in self.skip.items():
            text = shown_text(row.cells[index]) if index < len(row.cells) else ""
            if text in values:
                what = say(
                    "The mapping file leaves out the rows whose “{title}” is “{value}”.", title=title, value=shown(text)
                )
                fix = say("Nothing is to be done, unless the row is wanted.")
                return CellProblem(self.layout.sheet, row.number, index, None, what, fix)
        return None

    def _currency(
        self, row: SheetRow, cells: dict[str, str], named: Of[str, ColumnReader], problems: Sequence[CellProblem]
    ) -> Iterable[CellProblem]:
        """Fill in the currency that stands beside an amount or in its title, unless the row has another."""
        if any(problem.field == CURRENCY for problem in problems):
            return
        own = cells.setdefault(CURRENCY, next(iter(named)))
        for currency, reader in named.items():
            if currency != own:
                what = say("The amount is in {currency}, but the row is in {other}.", currency=currency, other=own)
                fix = say("Correct one of the two.")
                column = reader.column
                yield CellProblem(self.layout.sheet, row.number, column.index, column.field, what, fix)
