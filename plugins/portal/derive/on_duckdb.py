"""The derived views by DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ..quote import quoted_name, quoted_text
from .tables import PART, view_names, write_tables


def derive(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every view; from then on the database reads it from there. Raises OSError."""
    for name in view_names():
        write_tables(database, [name], folder)
        # The views that follow read what is written, so that each is made once.
        written = f"read_parquet({quoted_text(str(folder / name / PART))})"
        database.execute(f"create or replace view {quoted_name(name)} as select * from {written}")
