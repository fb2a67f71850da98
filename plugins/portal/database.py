"""Typed tables -> a DuckDB database in memory, with the derived views of sql/. Only this folder's SQL knows DuckDB."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from .validate import Table, Tables

SQL = Path(__file__).parent / "sql"
# The tables that the views read. Another view that needs another table adds it here.
READ = ("certainties", "coverage", "grants", "metrics", "organizations", "places", "scopes", "totals")
TYPES = {
    "integer": "BIGINT",
    "number": "DECIMAL(24, 6)",  # sums keep every digit; a trillion trillion is beyond any budget
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
}


def open_database(tables: Tables) -> duckdb.DuckDBPyConnection:
    """A database with the tables that the derived views read, and the views."""
    database = duckdb.connect(":memory:", config={"threads": 2, "extension_directory": ""})
    for name in READ:
        _fill(database, tables[name])
    for script in sorted(SQL.glob("*.sql")):
        database.execute(script.read_text(encoding="utf-8"))
    return database


def query(database: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    cursor = database.execute(sql)
    names = [column[0] for column in cursor.description or []]
    while batch := cursor.fetchmany(10_000):
        for row in batch:
            yield dict(zip(names, row, strict=True))


def _fill(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    columns = [(field.name, TYPES.get(field.type, "VARCHAR")) for field in table.resource.fields]
    definition = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    database.execute(f'create table "{table.resource.name}" ({definition})')
    if table.records:
        # Whole columns as parameters: 20 times faster than a statement a row.
        values = ", ".join(f"unnest(cast(? as {kind}[]))" for _, kind in columns)
        by_column = [[_stored(record.values[name]) for record in table.records] for name, _ in columns]
        database.execute(f'insert into "{table.resource.name}" select {values}', by_column)


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def in_order(database: duckdb.DuckDBPyConnection, words: list[str], language: str) -> list[int]:
    """Positions of the words in the alphabetical order of the language (in Kyrgyz Ө comes after О)."""
    if not words:
        return []
    ordered = database.execute(
        "select place from (select unnest(?) as word, unnest(?) as place) order by icu_sort_key(word, ?), place",
        [words, list(range(len(words))), language],
    )
    return [place for (place,) in ordered.fetchall()]
