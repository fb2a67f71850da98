"""Tables of a test, moved from memory into a store, as those of large files are."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import duckdb

from portal.cells import record_cells
from portal.quote import quoted_name
from portal.screen import python_reader
from portal.store import CONFIG, FILE, SHIFT, Store
from portal.stored import Selection, StoredRecords
from portal.tables import Table, Tables


def stored(tables: Tables, store: Store) -> Tables:
    """The same tables with their records in the store, files and lines included."""
    store.close()
    with duckdb.connect(store.path, config=CONFIG) as database:
        database.begin()  # the tiny portal is moved in four fifths of the time
        moved = {name: _moved(table, store, database) for name, table in tables.items()}
        database.commit()
        return moved


def _moved(table: Table, store: Store, database: duckdb.DuckDBPyConnection) -> Table:
    files = tuple(dict.fromkeys(record.file for record in table.records))
    resource = replace(table.resource, paths=files)
    columns = ", ".join(f"{quoted_name(name)} varchar" for name in resource.field_names)
    database.execute(f"create table {quoted_name(resource.name)} ({FILE} integer, {SHIFT} bigint, {columns})")
    rows = []
    for row, record in enumerate(table.records):
        cells = [
            f"{value:f}" if isinstance(value, Decimal) else cell or None  # with the zeros that a message repeats
            for value, cell in zip(
                map(record.values.get, resource.field_names), record_cells(record, resource), strict=True
            )
        ]
        rows.append([files.index(record.file), record.line - row, *cells])
    if rows:
        places = ", ".join("?" * len(rows[0]))
        database.executemany(f"insert into {quoted_name(resource.name)} values ({places})", rows)
    readers = tuple(python_reader(field) for field in resource.schema["fields"])
    return Table(resource, StoredRecords(Selection(store, resource), readers))
