"""Which body published a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..package import Field
from ..quote import quoted_name
from ..stored import StoredRecords
from ..validate import Table, Tables
from .model import GRANTS, Key

ORGANIZATIONS = "organizations"
# Table -> columns that lead to the body that published the record: the first that is filled in counts. A column that
# points at another table leads to the body of that record, so the other table stands before.
WAYS: Mapping[str, tuple[str, ...]] = {
    GRANTS: ("funder",),
    "programs": ("customer",),
    "calls": ("customer",),
    "payments": ("grant",),
    "reports": ("grant", "call", "program"),
    "amendments": ("grant",),
    "documents": ("grant", "call", "program"),
    "budgets": ("program",),
    "vouchers": ("program",),
    "totals": ("organization",),
    "coverage": ("organization",),
}


class Owners:
    """Finds the body of a record. Holds only the bodies of records that others point at."""

    def __init__(self, tables: Tables) -> None:
        self._ways: dict[str, tuple[Field, ...]] = {}
        for name, ways in WAYS.items():
            if name in tables:
                fields = tables[name].resource.by_name
                self._ways[name] = tuple(fields[way] for way in ways if way in fields)
        self._bodies: dict[Key, str] = {}
        for name in self._ways:
            columns = (tables[name].resource.primary_key, *self.columns(name))
            for identifier, *values in self._pointed_at(tables, name, columns):
                if body := self.of(name, values):
                    self._bodies[name, identifier] = body

    def columns(self, name: str) -> tuple[str, ...]:
        """Columns of a table that lead to the body."""
        return tuple(field.name for field in self._ways.get(name, ()))

    def of(self, name: str, values: Iterable[Any]) -> str | None:
        """The body of a record, from the values of columns(); None for one that belongs to no single body."""
        for field, value in zip(self._ways.get(name, ()), values, strict=True):
            body: str | None = value
            if field.refers_to != ORGANIZATIONS:
                body = self._bodies.get((field.refers_to or "", value))
            if body:
                return body
        return None

    def _pointed_at(self, tables: Tables, name: str, columns: Sequence[str]) -> Iterable[tuple[Any, ...]]:
        pointing = [(other, way.name) for other, ways in self._ways.items() for way in ways if way.refers_to == name]
        wanted = {value for other, column in pointing for (value,) in cells_of(tables[other], (column,))}
        records = tables[name].records
        if isinstance(records, StoredRecords) and records.is_text(columns[0]):
            key = quoted_name(columns[0])
            return records.where(f"{key} in (select unnest(cast(? as varchar[])))", list(wanted)).different(columns)
        return cells_of(tables[name], columns) if wanted else ()


def cells_of(table: Table, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of some columns; of a large table the different ones, in no order."""
    if isinstance(table.records, StoredRecords):
        return table.records.different(columns)
    return (tuple([record.values[column] for column in columns]) for record in table.records)
