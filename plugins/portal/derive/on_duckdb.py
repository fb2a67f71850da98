"""The derived views by DuckDB."""

from __future__ import annotations

from pathlib import Path

import duckdb

from .tables import view_names, write_tables


def derive(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every view. Raises OSError."""
    write_tables(database, view_names(database), folder)
