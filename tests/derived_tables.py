"""The derived tables of a data folder by each engine, and whether they are the same."""

from __future__ import annotations

from pathlib import Path

import duckdb

from portal.database import open_database
from portal.load import load_tables
from portal.package import read_package
from portal.quote import quoted_text
from portal.validate import validate_tables


def typed_database(data: Path) -> duckdb.DuckDBPyConnection:
    """The typed tables with the views."""
    return open_database(validate_tables(load_tables(read_package(data, ("en",)))))


def rows_apart(one: Path, other: Path) -> int:
    """How many rows two folders of Parquet do not share, counting repeated ones."""
    first, second = (f"from read_parquet({quoted_text(str(folder / '*.parquet'))})" for folder in (one, other))
    both = f"select *, 1 as surplus {first} union all select *, -1 {second}"
    alike = f"select * exclude (surplus), sum(surplus) as surplus from ({both}) group by all"
    found = duckdb.execute(f"select coalesce(sum(abs(surplus)), 0) from ({alike})")
    return int(found.fetchall()[0][0])


def types_in(folder: Path) -> dict[str, str]:
    """Column -> type of a folder of Parquet, as DuckDB reads it."""
    found = duckdb.execute(f"describe from read_parquet({quoted_text(str(folder / '*.parquet'))})")
    return {name: kind for name, kind, *_ in found.fetchall()}


def rows_in(folder: Path) -> int:
    """How many rows a folder of Parquet holds."""
    found = duckdb.execute(f"select count(*) from read_parquet({quoted_text(str(folder / '*.parquet'))})")
    return int(found.fetchall()[0][0])
