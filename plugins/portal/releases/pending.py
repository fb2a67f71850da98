"""What changed since the last release, without holding large tables in memory twice."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..cells import record_cells
from ..package import Resource
from ..quote import quoted_name
from ..scratch import CSV_FORM
from ..store import LONGEST_CELL, ROW
from ..stored import StoredRecords
from ..validate import Table, Tables
from .compare import NO_ROWS, Rows, compare, state_of
from .model import Change, Release
from .read import TableFile, files_of, read_state

EXACT = "DECIMAL(38, 20)"  # holds every number that validate.py accepts
PLAIN = r"0|-?(?:0\.[0-9]*[1-9]|[1-9][0-9]*(?:\.[0-9]*[1-9])?)"  # a number as cells.number_text() writes it


def pending_changes(releases: Sequence[Release], tables: Tables) -> Iterator[Change]:
    """What changed since the last release, as compare() says it; before the first one everything was added."""
    files = files_of(releases[-1]) if releases else {}
    large = {name: table for name, table in tables.items() if _is_large(table)}
    before = dict(read_state(releases[-1], files.keys() - large.keys()) if releases else {})
    after = dict(state_of({name: table for name, table in tables.items() if name not in large}))
    for name, table in large.items():
        before[name], after[name] = _candidates(files[name], table) if name in files else (NO_ROWS, _identifiers(table))
    # Both in the order of the tables, and of the release after it, as compare() wants them.
    order = [*tables, *(name for name in files if name not in tables)]
    yield from compare(*({name: state[name] for name in order if name in state} for state in (before, after)))


def _is_large(table: Table) -> bool:
    records = table.records
    return isinstance(records, StoredRecords) and records.is_text(table.resource.primary_key)


def _identifiers(table: Table) -> Rows:
    assert isinstance(table.records, StoredRecords)
    return Rows(table.resource.field_names, dict.fromkeys(table.records.column(table.resource.primary_key), ()))


def _candidates(file: TableFile, table: Table) -> tuple[Rows, Rows]:
    """The records that may have changed, before and after. Those that came or went are without cells."""
    records, resource = table.records, table.resource
    assert isinstance(records, StoredRecords)
    fields = _header(file.path)
    new_key, old_key = f"new.{quoted_name(resource.primary_key)}", f"old.{quoted_name(file.key)}"
    differs = " or ".join(_differs(name, fields, resource) for name in dict.fromkeys((*fields, *resource.field_names)))
    sql = f"""
        select new.{ROW}, {new_key}, {old_key}, old.*
        from {quoted_name(resource.name)} as new
        full join read_csv(
            ?, columns = ?, header = true, auto_detect = false, nullstr = '', {CSV_FORM},
            max_line_size = {LONGEST_CELL * len(fields)}
        ) as old on {new_key} = {old_key}
        where {new_key} is null or {old_key} is null or {differs}
    """
    before: dict[str, tuple[str, ...]] = {}
    after: dict[str, tuple[str, ...]] = {}
    rows = []
    for row, new, old, *cells in records.selection.store.query(sql, [str(file.path), dict.fromkeys(fields, "VARCHAR")]):
        if old is None:
            after[new] = ()
        elif new is None:
            before[old] = ()
        else:
            before[old] = tuple([cell or "" for cell in cells])
            rows.append(row)
    if rows:
        for record in records.where(f"{ROW} in (select unnest(cast(? as bigint[])))", rows):
            after[record[resource.primary_key]] = tuple(record_cells(record, resource))
    return Rows(fields, before), Rows(resource.field_names, after)


def _differs(field: str, fields: Sequence[str], resource: Resource) -> str:
    """SQL: whether a cell may differ. A number that is only written in another way, such as 5.00, does not."""
    was = f"old.{quoted_name(field)}" if field in fields else "null"
    now = f"new.{quoted_name(field)}" if field in resource.by_name else "null"
    differs = f"{was} is distinct from {now}"
    if field in resource.by_name and resource.by_name[field].type in ("number", "integer"):
        same = f"try_cast({was} as {EXACT}) = try_cast({now} as {EXACT}) and regexp_full_match({was}, '{PLAIN}')"
        differs += f" and not coalesce({same}, false)"
    return f"({differs})"


def _header(path: Path) -> tuple[str, ...]:
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(next(csv.reader(stream)))
