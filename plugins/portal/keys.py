"""Foreign keys: cells that name a record of another table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from .errors import Problem
from .quote import quoted_name
from .sentences import dangling
from .stored import StoredRecords
from .tables import Table, Tables

Cells = tuple[Any, ...]  # of the columns of a key


def dangling_keys(table: Table, tables: Tables) -> Iterator[Problem]:
    """Foreign keys, by Frictionless' rule: a key whose cells are all empty points nowhere, and that is no fault.

    Frictionless itself opens the other table again for each key, which took 5 of 7 seconds on the shipped records.
    """
    for key in table.resource.schema.get("foreignKeys") or []:
        columns, reference = key["fields"], key["reference"]
        target = tables[reference["resource"] or table.resource.name]
        used = _used(table, columns)
        lost = used - _present(target, reference["fields"], used)
        if not lost:
            continue
        known = dict.fromkeys(_all(target, reference["fields"]))  # in the order of the table
        names = [", ".join(map(str, item)) for item in known]
        for record in table.records:
            cells = tuple([record.values.get(column) for column in columns])
            if cells in lost:
                what, fix = dangling(", ".join(map(str, cells)), target.resource, names)
                yield Problem(what, fix, file=record.file, line=record.line, column=columns[0])


def _used(table: Table, columns: list[str]) -> set[Cells]:
    """The different keys, without the empty one."""
    records = table.records
    found = records.different(columns) if isinstance(records, StoredRecords) else _all(table, columns)
    return set(found) - {(None,) * len(columns)}


def _all(table: Table, columns: list[str]) -> Iterable[Cells]:
    return (tuple([record.values.get(name) for name in columns]) for record in table.records)


def _present(target: Table, columns: list[str], wanted: Collection[Cells]) -> set[Cells]:
    """Those of the wanted keys that the table has."""
    records = target.records
    is_text = all(isinstance(cell, str) for cells in wanted for cell in cells)  # DuckDB compares no 1 with a text
    if isinstance(records, StoredRecords) and len(columns) == 1 and records.is_text(columns[0]) and is_text:
        name = quoted_name(columns[0])
        found = records.where(f"{name} in (select unnest(?))", [cell for (cell,) in wanted])
        return set(found.selection.select(name))
    return set(_all(target, columns))
