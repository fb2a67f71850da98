"""What DuckDB does without any table of the portal: put words in order, write a CSV file as Parquet."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import duckdb

from .database import TEXT
from .quote import quoted_name, quoted_text

LIST = "list by "  # begins the type of a column whose cells are split
SHORT = 100  # words of a list whose keys are kept
KEPT = 10_000  # keys of a language
CSV_FORM = """delim = ',', quote = '"', escape = '"', new_line = '\\n'"""  # as to_package.py writes it


def open_scratch_database() -> duckdb.DuckDBPyConnection:
    """An empty database in memory for csv_to_parquet(), with one thread, so that the bytes it writes repeat."""
    return duckdb.connect(":memory:", config={"threads": 1, "extension_directory": ""})


@cache
def _scratch_of(_process: int) -> duckdb.DuckDBPyConnection:
    """One for each process: a connection does not survive a fork, and a lock that it held would be held for ever."""
    return open_scratch_database()


@cache
def _keys_of(_language: str) -> dict[str, str]:
    """Word -> its key, of short lists: pages show the same few hundred words again and again."""
    return {}


def in_order(words: list[str], language: str) -> list[int]:
    """Positions of the words in the alphabetical order of the language, which is not that of the letters' numbers."""
    if len(words) < 2:
        return list(range(len(words)))
    if len(words) <= SHORT:
        keys = _known_keys(words, language)
        return sorted(range(len(words)), key=lambda place: keys[words[place]])
    ordered = _scratch_of(os.getpid()).execute(
        "select place from (select unnest(?) as word, unnest(?) as place) order by icu_sort_key(word, ?), place",
        [words, list(range(len(words))), language],
    )
    return [place for (place,) in ordered.fetchall()]


def _known_keys(words: list[str], language: str) -> Mapping[str, str]:
    """Word -> its key, of these words and others."""
    known = _keys_of(language)
    if len(known) > KEPT:
        known.clear()
    new = list(set(words) - known.keys())
    if new:
        found = _scratch_of(os.getpid()).execute("select icu_sort_key(unnest(?), ?)", [new, language])
        known.update(zip(new, (key for (key,) in found.fetchall()), strict=True))
    return known


def csv_to_parquet(
    database: duckdb.DuckDBPyConnection,
    source: Path,
    target: Path,
    columns: Mapping[str, str],
    about: Mapping[str, str],
) -> int:
    """Write the rows of a CSV file as Parquet, in their order.

    `columns` are all of the file, name -> type; one that holds several texts has the type that split_list() gives.
    `about` is kept in the file. Returns the number of rows. Raises OSError or ValueError when that cannot be done.
    Reading the text of a finished CSV takes a tenth of the time in which Python's values can be handed over.
    """
    lists = {name: kind.partition(LIST)[2] for name, kind in columns.items() if kind.startswith(LIST)}
    selected = ", ".join(
        f"string_split({quoted_name(name)}, {quoted_text(lists[name])}) as {quoted_name(name)}"
        if name in lists
        else quoted_name(name)
        for name in columns
    )
    read = {name: TEXT if name in lists else kind for name, kind in columns.items()}
    kept = ", ".join(f"{quoted_name(name)}: {quoted_text(value)}" for name, value in about.items())
    sql = f"""
        copy (
            select {selected}
            from read_csv(?, columns = ?, auto_detect = false, header = true, nullstr = '', {CSV_FORM})
        ) to {quoted_text(str(target))} (format parquet, compression zstd, kv_metadata {{{kept}}})
    """
    try:
        return int(database.execute(sql, [str(source), read]).fetchall()[0][0])
    except duckdb.IOException as error:
        raise OSError(0, str(error), str(target)) from None
    except duckdb.Error as error:
        raise ValueError(str(error).splitlines()[0]) from None


def split_list(delimiter: str) -> str:
    """The type of a column of csv_to_parquet() whose cells hold several texts with a delimiter between them."""
    return f"{LIST}{delimiter}"
