"""CSV files -> rows of the store, every cell as it is written; or not at all, where DuckDB may read it otherwise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb

from .package import Resource
from .quote import quoted_name, quoted_text
from .store import FILE, LONGEST_CELL, ROW, SHIFT, Store, can_hold

BLOCK = 1 << 24  # octets counted at once
READ_AT_ONCE = 8_000_000  # octets, or twice the longest line; DuckDB would take 16 times that line, 60 MB more
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def take_csv(store: Store, resource: Resource, folder: Path) -> bool:
    """Read the files of a table as text. False when they must be read with more care, to say what is wrong."""
    if len(resource.fields) == 1 or not can_hold(resource):
        return False  # an empty line is a row without cells for Python, and one with a cell for DuckDB
    database = store.new_table(resource)
    for number, path in enumerate(resource.paths):
        if not _take(database, resource, number, folder / path):
            database.execute(f"drop table {quoted_name(resource.name)}")
            return False
    return True


def _take(database: duckdb.DuckDBPyConnection, resource: Resource, number: int, path: Path) -> bool:
    """Read a file into the table, if every octet of it is found again.

    It is a letter of a cell, a comma, a quotation mark around or inside a cell, or the end of a line. So a line that
    DuckDB passes over, or a cell that it divides in another way than Python does, cannot go unnoticed.
    """
    table, columns = quoted_name(resource.name), [quoted_name(name) for name in resource.field_names]
    line = LONGEST_CELL * len(columns)  # octets of the longest
    within = f"concat({', '.join(columns)})"  # || takes three times as long, and needs each NULL made an empty text
    try:
        with ThreadPoolExecutor() as beside:  # Python counts while DuckDB reads
            counted = beside.submit(_counted, path)
            database.execute(
                f"""
                insert into {table}
                select ?, 2 - (select count(*) from {table}), *
                from read_csv(
                    ?, columns = ?, header = true, auto_detect = false, strict_mode = true, nullstr = '',
                    delim = ',', quote = '"', escape = '"', max_line_size = {line},
                    buffer_size = {max(2 * line, READ_AT_ONCE)}
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
    names = ",".join(resource.field_names).encode()
    header, size, quotes, returns, breaks, ends_well = counted.result()
    if header.rstrip(b"\r\n").removeprefix(BYTE_ORDER_MARK) != names or returns not in (0, breaks) or not ends_well:
        return False
    rows, octets, inner_quotes, inner_breaks, inner_returns, longest = found[0]
    if inner_returns or longest > LONGEST_CELL or breaks != rows + inner_breaks + 1:
        return False
    if inner_breaks:
        database.execute(
            f"""
            update {table} set {SHIFT} = {SHIFT} + place.breaks
            from (
                select {ROW} as row, coalesce(sum({_number_of(chr(10), within)}) over (
                    order by {ROW} rows between unbounded preceding and 1 preceding), 0) as breaks
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
