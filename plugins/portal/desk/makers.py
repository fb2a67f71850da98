"""Records made of unknown names, where a mapping file says so."""

from __future__ import annotations

from collections.abc import Mapping as Of

from ..checks.words import fold
from ..importing.values import digest, slug
from .grid import SheetRow
from .lookups import Lookup, name_columns
from .model import Column, DeskRow, Layout


class Maker:
    """Makes them of the names in one column."""

    def __init__(self, layout: Layout, column: Column, lookup: Lookup, values: Of[str, str], language: str) -> None:
        self.layout = layout
        self.column = column
        self.lookup = lookup
        self.values = values
        self.name_column = name_columns(lookup.target, language)[0]
        self.taken = {key.casefold() for key in lookup.keys}
        self.made: list[DeskRow] = []

    def make(self, text: str, row: SheetRow) -> None:
        """A record with this name, unless some record is called so already."""
        if self.lookup.key_of(text) or not fold(text) or fold(text) in self.lookup.names:
            return
        key = slug(text)
        if key.casefold() in self.taken:
            key = f"{key}-{digest(fold(text))}"
        self.taken.add(key.casefold())
        cells = {self.lookup.target.primary_key: key, self.name_column: " ".join(text.split()), **self.values}
        columns = {self.name_column: self.column.index}
        self.lookup.add(cells)
        self.made.append(DeskRow(self.lookup.target.name, self.layout.sheet, row.number, cells, columns, is_made=True))
