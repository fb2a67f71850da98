"""The derived tables of a data folder by each engine, and whether they are the same."""

from __future__ import annotations

from pathlib import Path

import duckdb

from portal.database import open_database
from portal.load import load_tables
from portal.package import read_package
from portal.store import text_of
from portal.validate import validate_tables


def typed_database(data: Path) -> duckdb.DuckDBPyConnection:
    """The typed tables with the views."""
    return open_database(validate_tables(load_tables(read_package(data, ("en",)))))


def rows_apart(one: Path, other: Path) -> int:
    """How many rows two folders of Parquet do not share, counting repeated ones; sums are compared as decimals."""
    first, second = (f"select * from read_parquet({text_of(str(folder / '*.parquet'))})" for folder in (one, other))
    apart = f"({first} except all {second}) union all ({second} except all {first})"
    return int(duckdb.execute(f"select count(*) from ({apart})").fetchall()[0][0])


def rows_in(folder: Path) -> int:
    """How many rows a folder of Parquet holds."""
    found = duckdb.execute(f"select count(*) from read_parquet({text_of(str(folder / '*.parquet'))})")
    return int(found.fetchall()[0][0])
