"""Tables and views of the database -> a folder of Parquet each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import duckdb

from ..database import SQL
from ..quote import quoted_name, quoted_text

VIEW = re.compile(r"^create view (\w+)", re.MULTILINE)
PART = "part-0.parquet"  # DuckDB writes one file, Spark several


def view_names() -> tuple[str, ...]:
    """The derived views in the order of their files."""
    scripts = (script.read_text(encoding="utf-8") for script in sorted(SQL.glob("*.sql")))
    return tuple(name for script in scripts for name in VIEW.findall(script))


def write_tables(database: duckdb.DuckDBPyConnection, names: Iterable[str], folder: Path) -> None:
    """Write tables or views, each into a folder of its name. Raises OSError."""
    for name in names:
        (folder / name).mkdir(parents=True)
        target = quoted_text(str(folder / name / PART))
        try:
            database.execute(f"copy (select * from {quoted_name(name)}) to {target} (format parquet, compression zstd)")
        except duckdb.IOException as error:
            raise OSError(0, str(error).splitlines()[0], str(folder / name)) from None
