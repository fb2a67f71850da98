"""Synthetic grants by SQL alone: as many as wanted, the same in every run. Their ids and names begin with S."""

from __future__ import annotations

from pathlib import Path

from tests.bench.explorer.tables import create_tables

SQL = Path(__file__).parent / "synthetic.sql"
RECIPIENTS = {1_000: 179, 50_000: 2_412, 1_000_000: 20_892}  # as the prototype of the explorer was measured with


def write_synthetic(path: Path, grants: int) -> None:
    """A DuckDB file with synthetic grants and everything around them."""
    path.unlink(missing_ok=True)
    with create_tables(path) as database:
        recipients = RECIPIENTS.get(grants, max(20, round(grants**0.72)))
        database.execute(f"set variable grants = {grants}; set variable recipients = {recipients}")
        database.execute(SQL.read_text(encoding="utf-8"))
