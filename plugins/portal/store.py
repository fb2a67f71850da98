"""Rows of large tables, kept in a DuckDB file as they were written and read in batches: memory does not grow with them.

A hundred thousand grants as Python values are 500 MB; their file is 7 MB, and reading a row again takes 10 µs. Every
process reads through a connection of its own, as a connection does not survive a fork.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.util import Finalize
from pathlib import Path
from threading import RLock
from typing import Any, ClassVar
from weakref import WeakSet

import duckdb

from .own_folder import make_own_folder
from .package import Resource
from .quote import quoted_name, quoted_text

LARGE = 1_000_000  # octets of the files of a table; the rows of a smaller one are kept in memory
LONGEST_CELL = 100_000  # characters; a longer cell is a paste that went wrong, and no page could show it
BATCH = 2_048  # rows, as many as DuckDB hands over at once
GROUP = 4 * BATCH  # rows that DuckDB keeps together: fewer than one of its readers takes from a CSV file at once, or
# it would copy them into groups afterwards, for half as long again. With 122,880 a table is read by one processor.
DERIVED = "derived"  # database beside the rows: on which pages they stand, and so on
USED = "use rows"  # a cursor does not know what its connection uses
ROW, FILE = "rowid", '"#file"'  # beside the columns of the schema: place in the order of writing, number of the path
SHIFT = '"#shift"'  # what makes of ROW the line in the file: writing the same number in each row takes no time
LINE = f"({ROW} + {SHIFT})"
OURS = {ROW, FILE.strip('"'), SHIFT.strip('"')}
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 2,
    "extension_directory": "",
    "max_vacuum_tasks": 0,  # groups that are not full would all be written again each time that a file is closed
}


class Store:
    """A file with the rows of some tables. It is removed when nobody needs it any more, at the latest at the end.

    Not by atexit, as the process in which Pelican builds while it serves ends without; nor by a process forked here.
    """

    all: ClassVar[WeakSet[Store]] = WeakSet()

    def __init__(self) -> None:
        Store.all.add(self)
        self.folder, self._in_use = make_own_folder()
        self._removing = Finalize(self, shutil.rmtree, (self.folder,), {"ignore_errors": True}, exitpriority=0)
        self.path = self.folder / "rows.duckdb"
        self._derived: Path | None = None  # the file of tables that are made of the rows
        self._process = 0
        self._readers = 0  # queries whose rows are being read, by any thread
        self._lock = RLock()  # the collector may end a query while another one is begun
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._writes = False  # what the connection does beside reading
        self._filled: dict[str, tuple[str, ...]] = {}

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query on the tables of the file."""
        with self._lock:
            cursor = self._read().cursor()
            self._readers += 1
        try:
            cursor.execute(USED)
            cursor.execute(sql, list(parameters))
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            with self._lock:
                self._readers -= 1

    def filled(self, resource: Resource) -> tuple[str, ...]:
        """Columns of a table with any cell that is not empty; to read the others too takes 15 MB more of a build."""
        if resource.name not in self._filled:
            counts = ", ".join(f"count({quoted_name(name)})" for name in resource.field_names)
            (found,) = self.query(f"select {counts} from {quoted_name(resource.name)}")
            names = zip(resource.field_names, found, strict=True)
            self._filled[resource.name] = tuple(name for name, count in names if count)
        return self._filled[resource.name]

    def close(self) -> None:
        """Let go of the file; the next query opens it again."""
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection, self._writes = None, False

    def remove(self) -> None:
        """Remove the file although somebody may still hold its rows, which cannot be read any more."""
        self.close()
        self._removing()

    def end_writing(self) -> None:
        """Let others read the file."""
        if self._writes:
            self.close()

    def rest(self) -> None:
        """Let go of the file if nobody is in the middle of reading."""
        if not self._readers:
            self.close()

    def new_table(self, resource: Resource) -> duckdb.DuckDBPyConnection:
        """Make a table for the rows of the resource; return the connection that fills it."""
        columns = ", ".join(f"{quoted_name(name)} varchar" for name in resource.field_names)
        database = self._write()
        database.execute(f"create table {quoted_name(resource.name)} ({FILE} integer, {SHIFT} bigint, {columns})")
        return database

    def write(self, resource: Resource, cells: Sequence[tuple[int, str, str | None]]) -> None:
        """Write other texts into cells: (number of the row, column, text). All at once: one by one takes 2 ms each."""
        table, database = quoted_name(resource.name), self._write()
        self._filled.clear()
        for name in {column: None for _, column, _ in cells}:
            rows, texts = zip(*[(row, text) for row, column, text in cells if column == name], strict=True)
            database.execute(
                f"""
                update {table} set {quoted_name(name)} = better.cell
                from (select unnest(cast(? as bigint[])) as row, unnest(cast(? as varchar[])) as cell) as better
                where {ROW} = better.row
                """,
                [rows, texts],
            )

    @contextmanager
    def deriving(self, database: duckdb.DuckDBPyConnection) -> Iterator[None]:
        """Meanwhile `database` writes tables into DERIVED, a file beside that of the rows; then everyone reads it.

        Only the first time, rows may be read meanwhile.
        """
        file = self.folder / "derived.duckdb"
        if self._derived:
            self.close()
            database.execute(f"detach {DERIVED}")
        database.execute(f"attach {quoted_text(str(file))} as {DERIVED}")
        try:
            yield
        finally:
            database.execute(f"detach {DERIVED}; {_attach(file)}")
        with self._lock:
            self._derived = file
            if self._connection and self._process == os.getpid():
                self._connection.execute(_attach(file))

    def attach(self, name: str, *, writes: bool = False) -> str:
        """The statement that opens the file as the database `name`. Many may read it at once, or one may write."""
        rest = "" if writes else ", read_only"
        return f"attach {quoted_text(str(self.path))} as {name} (row_group_size {GROUP}{rest})"

    def _read(self) -> duckdb.DuckDBPyConnection:
        """A connection that reads; the one that wrote, until end_writing(), as closing and opening takes 30 ms.

        While rows are read through the one that wrote, a process that is forked cannot open the file.
        """
        if self._connection is None or self._process != os.getpid():
            self._connection = self._open(writes=False)
            self._process, self._writes = os.getpid(), False
        return self._connection

    def _write(self) -> duckdb.DuckDBPyConnection:
        if not self._writes or self._connection is None or self._process != os.getpid():
            self.close()
            self._connection = self._open(writes=True)
            self._process, self._writes = os.getpid(), True
        return self._connection

    def _open(self, *, writes: bool) -> duckdb.DuckDBPyConnection:
        threads = {} if writes else {"threads": 1}  # many processes read at once, and each more thread takes 15 MB
        config = {**CONFIG, **threads, "temp_directory": str(self.folder / "spilled")}
        connection = duckdb.connect(":memory:", config=config)
        derived = f"{_attach(self._derived)};" if self._derived else ""
        connection.execute(f"{derived} {self.attach('rows', writes=writes)}; {USED}")
        return connection


def _attach(derived: Path) -> str:
    return f"attach {quoted_text(str(derived))} as {DERIVED} (read_only)"


def can_hold(resource: Resource) -> bool:
    """Whether DuckDB can tell the columns: not where only capital letters differ, or where one is called as ours."""
    names = {name.casefold() for name in resource.field_names}
    return len(names) == len(resource.fields) and names.isdisjoint(OURS)


def _rest() -> None:
    for store in Store.all:
        store.rest()


os.register_at_fork(before=_rest)  # a process that is forked from an open DuckDB has it without its threads
