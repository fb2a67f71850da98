"""The cells of a column, read by the type of its field and by what the other cells of the column show."""

from __future__ import annotations

import re
from collections.abc import Mapping as Of
from dataclasses import dataclass, replace

from ..errors import say
from ..load import LONGEST_CELL
from ..package import Resource
from ..sentences import shown
from .days import order_of, read_day
from .grid import Cell, Formula, SheetRow
from .lookups import Budget, Lookup
from .makers import Maker
from .mapping import ColumnOptions
from .model import Column, Layout
from .numbers import decimal_signs, read_number
from .reading import DASHES, EMPTY, Reading, is_empty, shown_text, shows_fault
from .words import Words, key_of

CURRENCY = "currency"  # field of the tables with amounts
CODE = re.compile("[A-Za-z]{3}")
ITEMS = re.compile(r"[;\n]")
YEAR = 4  # digits with which a day begins


@dataclass(frozen=True, slots=True)
class Known:
    """What the columns of a sheet share."""

    words: Words
    lookups: Of[str, Lookup]  # table that some column refers to -> its records
    budget: Budget


class ColumnReader:
    """Reads the cells of a column."""

    def __init__(
        self, column: Column, resource: Resource, layout: Layout, known: Known, options: ColumnOptions | None
    ) -> None:
        self.column = column
        self.field = resource.by_name[column.field]
        self.known = known
        self.lookup = known.lookups.get(self.field.refers_to or "")
        self.maker: Maker | None = None
        self.values = options.values if options else {}
        self.empty = options.empty if options else frozenset()
        self.is_number = self.field.type == "number"
        self.takes_year = bool(options and options.take)
        self.is_day = self.field.type == "date" or self.field.partial_date or self.takes_year
        self.given = bool(options and options.days)
        self.order = options.days if options and options.days else None
        self.signs = frozenset(options.decimal) if options and options.decimal else frozenset()
        cells = [row.cells[column.index] for row in layout.rows if column.index < len(row.cells)]
        if self.is_day and not self.order:
            self.order = order_of(cells)
        if self.field.type in ("number", "integer") and not self.signs:
            self.signs = decimal_signs(cells, known.words)
        self.found: dict[str, Reading] = {}  # texts that were read before

    def read(self, cell: Cell, row: SheetRow) -> Reading:
        """The text of the cell as our CSV has it, or what is wrong."""
        if not isinstance(cell, str):
            return self._read(cell, row)
        if cell not in self.found:
            self.found[cell] = self._read(cell, row)
        return self.found[cell]

    def _read(self, cell: Cell, row: SheetRow) -> Reading:  # noqa: PLR0911  (one a kind of cell)
        if isinstance(cell, Formula):
            what = say("The cell holds a formula, {formula}.", formula=shown(cell.text))
            return Reading(what=what, fix=say("Copy it and paste it as a value."))
        if is_empty(cell):
            return EMPTY
        text = shown_text(cell)
        if len(text) > LONGEST_CELL:
            what = say("The cell holds {length} characters; {most} are allowed.", length=len(text), most=LONGEST_CELL)
            return Reading(what=what, fix=say("Shorten the text, or publish it as a document and give its address."))
        if isinstance(cell, str) and shows_fault(text):
            what = say("The spreadsheet shows “{value}” in place of a value.", value=shown(text))
            return Reading(what=what, fix=say("Correct the formula or widen the column, then paste the value."))
        if text in self.values:
            return Reading(self.values[text])
        if text in self.empty:
            return EMPTY
        return self._value(cell, text, row)

    def _value(self, cell: Cell, text: str, row: SheetRow) -> Reading:  # noqa: PLR0911  (one a type)
        field, words = self.field, self.known.words
        if self.takes_year:
            day = read_day(cell, True, self.order, self.given, words)
            return replace(day, text=day.text[:YEAR])
        if field.type in ("number", "integer"):
            return read_number(cell, field.type == "integer", self.column.scale, self.signs, words)
        if self.is_day:
            return read_day(cell, field.type != "date", self.order, self.given, words)
        if text in DASHES:
            return EMPTY
        if field.type == "boolean":
            return read_boolean(text, words)
        if field.type == "list":
            return self._items(text, row)
        if self.lookup:
            return self._reference(self.lookup, text, row)
        if field.name == CURRENCY:
            return Reading(words.currencies.get(key_of(text)) or (text.upper() if CODE.fullmatch(text) else text))
        return Reading(text)

    def _items(self, text: str, row: SheetRow) -> Reading:
        items = []
        for item in (part.strip() for part in ITEMS.split(text)):
            if item:
                reading = self._reference(self.lookup, item, row) if self.lookup else Reading(item)
                if reading.what:
                    return reading
                items.append(reading.text)
        return Reading((self.field.delimiter or ",").join(items))

    def _reference(self, lookup: Lookup, text: str, row: SheetRow) -> Reading:
        if self.maker:
            self.maker.make(text, row)
        return lookup.read(text, self.known.budget)


def read_boolean(text: str, words: Words) -> Reading:
    """Yes or no, as true or false."""
    folded = key_of(text)
    if folded in words.yes or folded in words.no:
        return Reading("true" if folded in words.yes else "false")
    what = say("“{value}” is neither true nor false.", value=shown(text))
    return Reading(what=what, fix=say("Write true or false, or leave the cell empty."))
