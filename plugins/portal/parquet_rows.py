"""Parquet files -> rows of the store: text as a CSV file would have it, so that the same rules judge it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

import duckdb

from .errors import Problem, say
from .package import Resource
from .quote import quoted_name, quoted_text
from .store import FILE, LINE, LONGEST_CELL, OURS, ROW, Store, can_hold
from .unreadable import long_cell, missing_file, unknown_column

NOTHING = "__HIVE_DEFAULT_PARTITION__"  # what Hive and Spark call the folder of rows without a value
# DuckDB's text is that of a CSV. "NULL", in quotes, is the type of a column in which no value was ever written.
PLAIN = re.compile('VARCHAR|UUID|JSON|TIME|U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|"NULL"')
NUMBER = re.compile(r"DOUBLE|FLOAT|DECIMAL\(.*\)")
MOMENT = re.compile("DATE|TIMESTAMP.*")
LIST = re.compile(rf"(?:{PLAIN.pattern})\[\d*\]")


def take_parquet(store: Store, resource: Resource, folder: Path) -> tuple[Problem, ...]:
    """Read the files of a table into the store; return what is wrong with them. A line is the number of a row."""
    if not can_hold(resource):
        name = next(iter(OURS.intersection(resource.field_names)), ROW)
        what = say("A column is called “{name}”, or two columns differ only by capital letters.", name=name)
        fix = say("Give the column another name, in the schema and in the files, or write the table as CSV.")
        return (Problem(what, fix, file=resource.schema_path),)
    problems: list[Problem] = []
    database = store.new_table(resource)
    database.execute("set TimeZone = 'UTC'")
    for number, path in enumerate(resource.paths):
        try:
            problems.extend(_take(database, resource, number, folder / path))
        except duckdb.Error:  # of any kind: a file that was cut off fails in many ways
            what = say("The file cannot be read as Parquet.")
            fix = say("Write it again, or restore it from the last version that worked.")
            problems.append(Problem(what, fix, file=path))
    return tuple(problems)


def _take(database: duckdb.DuckDBPyConnection, resource: Resource, number: int, path: Path) -> Iterator[Problem]:
    name, table = resource.paths[number], quoted_name(resource.name)
    if path.is_dir():
        fix = say("Put the files there; their names end in .parquet.")
        yield Problem(say("The folder holds no Parquet file."), fix, file=name)
        return
    if not path.is_file():
        yield missing_file(name)
        return
    described = database.execute(f"describe select * from {_rows_of(path)}").fetchall()
    kinds = {str(row[0]): str(row[1]) for row in described}
    folders = {column: value for column, value in _folder_values(name).items() if column not in kinds}
    faults = [*_column_faults([*kinds, *folders], name, resource)]
    cells = []
    for field in resource.schema["fields"] if not faults else ():
        column = field["name"]
        cell = quoted_text(folders[column]) if column in folders else _text(quoted_name(column), kinds[column], field)
        if cell is None:
            what = say("The column “{column}” holds values of a kind that no cell can hold.", column=column)
            faults.append(Problem(what, say("Write it as text, numbers, days or lists of texts."), file=name))
        else:
            cells.append(f"nullif({cell}, '')")
    yield from faults
    if faults:
        return
    database.execute(
        f"""
        insert into {table}
        select {number}, 1 - (select count(*) from {table}), {", ".join(cells)}
        from {_rows_of(path)}
        """
    )
    yield from _long_cells(database, resource, number)
    for column in (field for field in resource.fields if LIST.fullmatch(kinds.get(field.name, ""))):
        yield from _torn_items(database, path, column.name, column.delimiter or ",", name)


def _rows_of(path: Path, option: str = "") -> str:
    """SQL. Values in the names of folders are read here, as DuckDB would also look above the data folder."""
    options = ["hive_partitioning = false", "binary_as_string = true", *([option] if option else [])]
    return f"read_parquet({quoted_text(str(path))}, {', '.join(options)})"


def _folder_values(path: str) -> dict[str, str]:
    """grants/year=2019/part-0.parquet: the column `year` is 2019 in every row."""
    parts = (folder.partition("=") for folder in PurePosixPath(path).parts[:-1])
    return {unquote(column): "" if value == NOTHING else unquote(value) for column, sign, value in parts if sign}


def _column_faults(found: list[str], name: str, resource: Resource) -> Iterator[Problem]:
    for column in found:
        if column not in resource.by_name:
            yield unknown_column(column, resource.field_names, name)
    for column in resource.field_names:
        if column not in found:
            what = say("The column “{column}” is missing.", column=column)
            yield Problem(what, say("Write the file with that column; its cells may be empty."), file=name)


def _text(column: str, kind: str, field: Mapping[str, Any]) -> str | None:
    """SQL: the values of a column as text that the schema reads; None for a kind that no cell can hold."""
    written = f"cast({column} as VARCHAR)"
    if PLAIN.fullmatch(kind):
        return written
    if NUMBER.fullmatch(kind):
        return _digits(written, field.get("decimalChar") or ".")
    if kind == "BOOLEAN":
        yes, no = (
            (field.get(words) or [word])[0] for words, word in (("trueValues", "true"), ("falseValues", "false"))
        )
        return f"case {column} when true then {quoted_text(yes)} when false then {quoted_text(no)} end"
    if MOMENT.fullmatch(kind):
        return _day_or_moment(column, kind, written, field)
    if LIST.fullmatch(kind):
        return f"array_to_string(cast({column} as VARCHAR[]), {quoted_text(field.get('delimiter') or ',')})"
    return None


def _digits(number: str, point: str) -> str:
    """Without an exponent, and without zeros at the end. NaN stays, to be refused."""
    whole = f"cast(try_cast({number} as DECIMAL(38, 20)) as VARCHAR)"
    digits = f"coalesce(case when contains({number}, 'e') then {whole} end, {number})"
    short = f"case when contains({digits}, '.') then rtrim(rtrim({digits}, '0'), '.') else {digits} end"
    return short if point == "." else f"replace({short}, '.', {quoted_text(point)})"


def _day_or_moment(column: str, kind: str, written: str, field: Mapping[str, Any]) -> str:
    if field.get("type") == "datetime" and kind != "DATE":
        return f"replace(replace({written}, ' ', 'T'), '+00', 'Z')"
    form = field.get("format") if field.get("type") == "date" else None
    is_plain = form in (None, "default", "any")
    day = f"cast({column} as DATE)"
    day = f"cast({day} as VARCHAR)" if is_plain else f"strftime({day}, {quoted_text(str(form))})"
    # A program that knows no days writes the first moment of the day.
    is_day = "true" if kind == "DATE" else f"regexp_matches({written}, ' 00:00:00([+]00)?$')"
    return f"case when {is_day} then {day} else {written} end"


def _long_cells(database: duckdb.DuckDBPyConnection, resource: Resource, number: int) -> Iterator[Problem]:
    table = quoted_name(resource.name)
    for column in resource.field_names:
        length = f"length({quoted_name(column)})"
        sql = f"select {LINE}, {length} from {table} where {FILE} = ? and {length} > ? order by {ROW}"
        for row, found in database.execute(sql, [number, LONGEST_CELL]).fetchall():
            yield long_cell(found, LONGEST_CELL, resource.paths[number], row, column)


def _torn_items(
    database: duckdb.DuckDBPyConnection, path: Path, column: str, sign: str, name: str
) -> Iterator[Problem]:
    """An item that holds the sign between items would come back as two."""
    items = f"unnest(cast({quoted_name(column)} as VARCHAR[])) as item"
    sql = f"""
        select row, item
        from (select file_row_number + 1 as row, {items} from {_rows_of(path, "file_row_number = true")}) as listed
        where contains(item, ?)
        order by all
    """
    for row, item in database.execute(sql, [sign]).fetchall():
        what = say(
            "The item “{item}” of the list contains the sign “{sign}”, which stands between items.",
            item=item,
            sign=sign,
        )
        yield Problem(what, say("Write the item without it."), file=name, line=row, column=column)
