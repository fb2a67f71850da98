"""The derived tables by Spark are those by DuckDB, row by row."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from portal.derive import on_duckdb
from portal.derive.tables import view_names
from tests.bench.synthetic import write_synthetic
from tests.conftest import TINY
from tests.derived_tables import rows_apart, rows_in, typed_database, types_in

pytest.importorskip("pyspark", reason='PySpark was not found. Install it: pip install -e ".[spark]".')
pytest.importorskip("sqlglot", reason='sqlglot was not found. Install it: pip install -e ".[spark]".')
if not shutil.which("java") and "JAVA_HOME" not in os.environ:
    pytest.skip("Java was not found. Install it (Debian: apt install default-jre-headless).", allow_module_level=True)

from portal.derive import on_spark

pytestmark = pytest.mark.long

SHIPPED = TINY.parent.parent.parent / "data"
MILLION = 1_000_000


@pytest.fixture(autouse=True)
def light_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """Java that starts faster: it halves the time of these tests."""
    monkeypatch.delenv("SPARK_MASTER", raising=False)
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


def compare(data: Path, folder: Path) -> dict[str, int]:
    """Rows of each table, after every row was found in those of the other engine."""
    database = typed_database(data)
    for name, engine in (("duckdb", on_duckdb.derive), ("spark", on_spark.derive)):
        (folder / name).mkdir()
        engine(database, folder / name)
    assert sorted(path.name for path in (folder / "spark").iterdir()) == sorted(view_names())
    for view in view_names():
        one, other = folder / "duckdb" / view, folder / "spark" / view
        assert types_in(one) == types_in(other), view
        assert rows_apart(one, other) == 0, view
    return {view: rows_in(folder / "spark" / view) for view in view_names()}


def test_the_views_are_those_of_duckdb_in_their_order() -> None:
    assert tuple(name for name, _ in on_spark.views()) == view_names()


@pytest.mark.parametrize("data", [TINY, SHIPPED], ids=["tiny", "shipped"])
def test_spark_makes_the_same_tables(data: Path, tmp_path: Path) -> None:
    rows = compare(data, tmp_path)
    assert all(rows.values()), "a table without rows shows nothing"


@pytest.mark.million
def test_spark_makes_the_same_tables_of_a_million_grants(tmp_path: Path) -> None:
    write_synthetic(SHIPPED, tmp_path / "data", MILLION)
    rows = compare(tmp_path / "data", tmp_path)
    assert rows["counted_grants"] == MILLION
