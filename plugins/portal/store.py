"""Rows of large tables, kept in a DuckDB file as they were written and read in batches: memory does not grow with them.

A hundred thousand grants as Python values are 500 MB; their file is 7 MB, and reading a row again takes 10 µs. Every
process reads through a connection of its own, as a connection does not survive a fork.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar
from weakref import WeakSet

import duckdb

from .package import Resource
from .quote import quoted_name, quoted_text

LARGE = 1_000_000  # octets of the files of a table; the rows of a smaller one are kept in memory
LONGEST_CELL = 100_000  # characters; a longer cell is a paste that went wrong, and no page could show it
BATCH = 2_048  # rows, as many as DuckDB hands over at once
GROUP = 30 * BATCH  # rows that DuckDB keeps together; with its own 122,880 filling a table takes a third longer
BLOCK = 1 << 24  # octets counted at once
ROW, FILE, LINE = '"#row"', '"#file"', '"#line"'  # beside the columns of the schema: order, number of the path, line
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CONFIG: dict[str, str | bool | int | float | list[str]] = {"threads": 2, "extension_directory": ""}


class Store:
    """A file with the rows of some tables. It is removed when nobody needs it any more."""

    all: ClassVar[WeakSet[Store]] = WeakSet()

    def __init__(self) -> None:
        Store.all.add(self)
        self._folder = TemporaryDirectory(prefix="portal-")
        self.folder = Path(self._folder.name)
        self.path = self.folder / "rows.duckdb"
        self._process = 0
        self._readers = 0  # queries whose rows are being read
        self._connection: duckdb.DuckDBPyConnection | None = None

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query on the tables of the file."""
        cursor = self._read().cursor()
        self._readers += 1
        try:
            cursor.execute(sql, list(parameters))
            while batch := cursor.fetchmany(BATCH):
                yield from batch
        finally:
            self._readers -= 1

    def close(self) -> None:
        """Let go of the file; the next query opens it again."""
        if self._connection and self._process == os.getpid():
            self._connection.close()
        self._connection = None

    def rest(self) -> None:
        """Let go of the file if nobody is in the middle of reading."""
        if not self._readers:
            self.close()

    def add(self, resource: Resource, folder: Path) -> bool:
        """Read the CSV files of a table as text. False when they must be read with more care, to say what is wrong."""
        if len(resource.fields) == 1:  # an empty line is a row without cells for Python, and one with a cell for DuckDB
            return False
        if len({name.casefold() for name in resource.field_names}) < len(resource.fields):
            return False  # DuckDB does not tell capital letters
        with self.filling(resource) as database:
            for number, path in enumerate(resource.paths):
                if not _take(database, resource, number, folder / path):
                    database.execute(f"drop table {quoted_name(resource.name)}")
                    return False
        return True

    @contextmanager
    def filling(self, resource: Resource) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection that writes, with a new table for the rows of the resource."""
        self.close()
        columns = ", ".join(f"{quoted_name(name)} varchar" for name in resource.field_names)
        with duckdb.connect(":memory:", config=CONFIG) as database:
            database.execute(f"attach {quoted_text(str(self.path))} as rows (row_group_size {GROUP}); use rows")
            database.execute(
                f"create table {quoted_name(resource.name)} ({ROW} bigint, {FILE} integer, {LINE} bigint, {columns})"
            )
            yield database

    def write(self, resource: Resource, cells: Sequence[tuple[int, str, str | None]]) -> None:
        """Write other texts into cells: (number of the row, column, text). All at once: one by one takes 2 ms each."""
        table = quoted_name(resource.name)
        self.close()
        with duckdb.connect(self.path, config=CONFIG) as database:
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

    def _read(self) -> duckdb.DuckDBPyConnection:
        if self._connection is None or self._process != os.getpid():
            self._connection = duckdb.connect(self.path, read_only=True, config=CONFIG)
            self._process = os.getpid()
        return self._connection


def _rest() -> None:
    for store in Store.all:
        store.rest()


os.register_at_fork(before=_rest)  # a process that is forked from an open DuckDB has it without its threads


def _take(database: duckdb.DuckDBPyConnection, resource: Resource, number: int, path: Path) -> bool:
    """Read a file into the table, if every octet of it is found again.

    It is a letter of a cell, a comma, a quotation mark around or inside a cell, or the end of a line. So a line that
    DuckDB passes over, or a cell that it divides in another way than Python does, cannot go unnoticed.
    """
    names = ",".join(resource.field_names).encode()
    header, size, quotes, returns, breaks, ends_well = _counted(path)
    if header.rstrip(b"\r\n").removeprefix(BYTE_ORDER_MARK) != names or returns not in (0, breaks) or not ends_well:
        return False
    table, columns = quoted_name(resource.name), [quoted_name(name) for name in resource.field_names]
    within = f"concat({', '.join(columns)})"  # || takes three times as long, and needs each NULL made an empty text
    try:
        database.execute(
            f"""
            insert into {table}
            select row_number() over () + (select count(*) from {table}), ?, row_number() over () + 1, *
            from read_csv(
                ?, columns = ?, header = true, auto_detect = false, strict_mode = true, nullstr = '',
                delim = ',', quote = '"', escape = '"', max_line_size = {LONGEST_CELL * len(columns)}
            )
            """,
            [number, str(path), dict.fromkeys(resource.field_names, "VARCHAR")],
        )
        found = database.execute(
            f"""
            select count(*), coalesce(sum(strlen(cells)), 0), {_sum_of('"')}, {_sum_of(chr(10))}, {_sum_of(chr(13))},
                coalesce(max(longest), 0)
            from (
                select {within} as cells, greatest({", ".join(f"length({column})" for column in columns)}) as longest
                from {table} where {FILE} = ?
            )
            """,
            [number],
        ).fetchall()
    except duckdb.Error:
        return False
    rows, octets, inner_quotes, inner_breaks, inner_returns, longest = found[0]
    if inner_returns or longest > LONGEST_CELL or breaks != rows + inner_breaks + 1:
        return False
    if inner_breaks:
        database.execute(
            f"""
            update {table} set {LINE} = place.line
            from (
                select {ROW} as row, 2 + coalesce(sum(1 + {_number_of(chr(10), within)}) over (
                    order by {ROW} rows between unbounded preceding and 1 preceding), 0) as line
                from {table} where {FILE} = {number}
            ) as place
            where {table}.{ROW} = place.row
            """
        )
    ends = rows if returns else 0
    return bool(size == len(header) + octets + (quotes - inner_quotes) + len(columns) * rows + ends)


def _counted(path: Path) -> tuple[bytes, int, int, int, int, bool]:
    """First line, octets, quotation marks, carriage returns and line feeds; whether nothing is odd at the end."""
    with path.open("rb") as stream:
        header = stream.readline()
        size = quotes = returns = breaks = 0
        last, block = b"", header
        while block:
            size += len(block)
            quotes += block.count(b'"')
            returns += block.count(b"\r")
            breaks += block.count(b"\n")
            if b"\0" in block:
                return header, size, quotes, returns, breaks, False
            last = block[-1:]
            block = stream.read(BLOCK)
    return header, size, quotes, returns, breaks, last == b"\n"


def _number_of(sign: str, cells: str) -> str:
    return f"(strlen({cells}) - strlen(replace({cells}, {quoted_text(sign)}, '')))"


def _sum_of(sign: str) -> str:
    return f"coalesce(sum({_number_of(sign, 'cells')}), 0)"
