"""Tables as the portal makes them, in a DuckDB file: empty but for the code lists, ready to be filled by SQL."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from portal.__main__ import load_settings
from portal.database import SQL, TEXT, TYPES
from portal.load import load_tables
from portal.package import Package, read_package
from portal.settings import Settings
from portal.validate import Record, judge_rows, read_schema

ROOT = Path(__file__).resolve().parent.parent.parent.parent


def read_settings() -> Settings:
    """The settings of the shipped portal."""
    return load_settings(ROOT / "pelicanconf.py")


def create_tables(path: Path, languages: tuple[str, ...] = ("ky", "ru", "en")) -> duckdb.DuckDBPyConnection:
    """A database file with every table of the shipped data package; only the code lists have rows."""
    database = duckdb.connect(str(path), config={"threads": 2})
    package = read_package(ROOT / "data", languages)
    for resource in package.resources:
        columns = ", ".join(f'"{field.name}" {TYPES.get(field.type, TEXT)}' for field in resource.fields)
        database.execute(f'create table "{resource.name}" ({columns})')
    _fill_codelists(database, package)
    return database


def _fill_codelists(database: duckdb.DuckDBPyConnection, package: Package) -> None:
    written = load_tables(package)
    for resource in package.resources:
        if resource.is_codelist:
            table, problems = judge_rows(written[resource.name], read_schema(resource))
            if problems:
                raise SystemExit("\n".join(map(str, problems)))
            insert_records(database, resource.name, resource.field_names, table.records)


def insert_records(
    database: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str], records: Sequence[Record]
) -> None:
    """Put a few records into a table."""
    marks = ", ".join("?" for _ in columns)
    database.executemany(
        f'insert into "{table}" values ({marks})', [[one[name] for name in columns] for one in records]
    )


def load_into_memory(path: Path) -> duckdb.DuckDBPyConnection:
    """The tables of a file in a database in memory, with the portal's views: what the builder of the index is given."""
    database = duckdb.connect(":memory:", config={"threads": 2, "extension_directory": ""})
    database.execute(f"attach '{path}' as filed (read_only)")
    names = database.execute("select table_name from duckdb_tables() where database_name = 'filed'").fetchall()
    for (name,) in sorted(names):
        database.execute(f'create table "{name}" as from filed."{name}"')
    database.execute("detach filed")
    for script in sorted(SQL.glob("*.sql")):
        database.execute(script.read_text(encoding="utf-8"))
    return database
