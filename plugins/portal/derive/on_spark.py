"""The derived views by Spark: the typed tables as Parquet, and the same .sql files in Spark's words.

Runs on this machine, or on the cluster that the environment variable SPARK_MASTER names; then the output must be in a
folder that its machines share, as the typed tables are written beside it. Needs the extra `spark`, and Java.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import sqlglot
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException
from pyspark.sql import SparkSession

from ..database import READ, SQL
from ..errors import BuildError, SettingsError
from .tables import write_tables

MASTER = "SPARK_MASTER"
HERE = "local[*]"
SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.ui.showConsoleProgress": "false"}
LOCAL = {"spark.sql.shuffle.partitions": "8", "spark.ui.enabled": "false"}  # 200 parts of a small table take a minute


def derive(database: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Write every view. Raises OSError, BuildError, SettingsError."""
    with TemporaryDirectory(dir=folder, prefix="tables-") as tables, _session() as session:
        write_tables(database, READ, Path(tables))
        for name in READ:
            session.read.parquet(str(Path(tables) / name)).createOrReplaceTempView(name)
        for name, query in views():
            written = str(folder / name)
            try:
                session.sql(query).write.parquet(written)
                # What is written is read by the views that follow, so that each is made once.
                session.read.parquet(written).createOrReplaceTempView(name)
            except (PySparkException, Py4JError) as error:
                raise BuildError(f"Spark could not make the table {name}: {_first_line(error)}") from None


def views() -> Iterator[tuple[str, str]]:
    """Name and query of each derived view, in the words of Spark. A view of another one comes after it."""
    for script in sorted(SQL.glob("*.sql")):
        for statement in sqlglot.parse(script.read_text(encoding="utf-8"), read="duckdb"):
            yield statement.this.name, statement.expression.sql(dialect="spark")


@contextmanager
def _session() -> Iterator[SparkSession]:
    master = os.environ.get(MASTER, HERE)
    builder = SparkSession.builder.master(master).appName("portal derive")
    settings = {**SETTINGS, **(LOCAL if master.startswith("local") else {})}
    try:
        session = builder.config(map=settings).getOrCreate()
    except (PySparkException, Py4JError) as error:
        what = f"Spark did not start on {master}: {_first_line(error)}"
        raise SettingsError(f"{what} It needs Java 17 or later; {MASTER} names another master.") from None
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session
    finally:
        session.stop()


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]
