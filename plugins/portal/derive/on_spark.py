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
        try:
            for name in READ:
                session.read.parquet(_address(Path(tables) / name)).createOrReplaceTempView(name)
            for name, query in views():
                written = _address(folder / name)
                session.sql(query).write.parquet(written)
                # The views that follow read what is written, so that each is made once.
                session.read.parquet(written).createOrReplaceTempView(name)
        except (PySparkException, Py4JError) as error:
            raise BuildError(f"Spark could not make the tables: {_reason(error)}") from None


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
        what = f"Spark did not start on {master}: {_reason(error)}"
        raise SettingsError(f"{what} It needs Java 17 or later; {MASTER} names another master.") from None
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield session
    finally:
        session.stop()


def _address(path: Path) -> str:
    """A cluster would look for a bare path in a file system of its own."""
    return "file:///" + path.absolute().as_posix().lstrip("/")


def _reason(error: Exception) -> str:
    """The line that says it: an error of Java begins with the call and goes on with pages of others."""
    lines = (line.strip(": ") for line in str(error).splitlines())
    return next((line for line in lines if line and not line.startswith("An error occurred")), type(error).__name__)
