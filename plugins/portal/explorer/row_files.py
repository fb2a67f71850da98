"""The files of the rows: the grants themselves with every column, the names they point at, and what hangs on them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import duckdb

from ..exports.cells import disarm
from ..package import Field
from .about import About
from .coding import SIGNS

FOLDER = 512  # files of rows in a folder
HANGING = ("payments", "reports", "amendments", "documents")
SOURCES = "sources"
LONGEST_ARMED = 80  # letters of a text that begins with a letter and is still taken for a month, a truth or a number
TEXT_TYPES = ("string", "list", "any")
Names = Mapping[str, Mapping[str, list[str]]]  # table -> key -> names by language


def row_files(
    database: duckdb.DuckDBPyConnection, about: About, known: Names, names: Names, sources: Mapping[str, Any] | None
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(path, content) of each file. `known` are the names that come with the page, `names` all of them.

    `sources` are all of them when they do not come with the page.
    """
    filled = [field for field in about.fields if _is_filled(database, field)]
    hanging = {table: _hanging(database, table) for table in HANGING}
    cells = ", ".join(f'{_cell(field)} as "{field.name}"' for field in filled)
    cursor = database.execute(
        f"select {cells} from grants join explorer_order on explorer_order.id = grants.id order by number"
    )
    armed = _make_armed(about.languages)
    checked = [field.name for field in filled if field.type in TEXT_TYPES]
    references = [field for field in filled if field.refers_to in names]
    at = 0
    while rows := cursor.fetchmany(about.rows):
        columns = dict(zip((field.name for field in filled), zip(*rows, strict=True), strict=True))
        content: dict[str, Any] = {
            "n": len(rows),
            "columns": {name: packed for name, cells in columns.items() if (packed := pack(cells)) != ""},
        }
        marked = {
            name: places for name in checked if (places := [i for i, cell in enumerate(columns[name]) if armed(cell)])
        }
        if marked:
            content["armed"] = marked
        local = _local_names(references, columns, known, names)
        if local:
            content["names"] = local
            content["armed_names"] = armed_names(local, about.languages)
        first = at * about.rows
        hung = {
            table: {place: found[first + place] for place in range(len(rows)) if first + place in found}
            for table, found in hanging.items()
        }
        if any(hung.values()):
            content["hanging"] = {table: found for table, found in hung.items() if found}
        if sources is not None:
            content["sources"] = _local_sources(columns, hung, sources)
        yield f"r/{at // FOLDER}/{at}", content
        at += 1


def pack(cells: Sequence[str]) -> Any:
    """A column of a file: the text that all cells have; or the texts that occur and which of them each cell is."""
    distinct = dict.fromkeys(cells)
    if len(distinct) == 1:
        return cells[0]
    if len(distinct) * 2 > len(cells) or len(distinct) > len(SIGNS):
        return list(cells)
    signs = dict(zip(distinct, SIGNS, strict=False))
    return [list(distinct), "".join(map(signs.__getitem__, cells))]


def armed_names(names: Names, languages: tuple[str, ...]) -> dict[str, list[str]]:
    """Table -> keys of which a name needs an apostrophe before it in a CSV file for people."""
    armed = _make_armed(languages)
    found = {
        table: [key for key, words in of_table.items() if any(armed(word) for word in words)]
        for table, of_table in names.items()
    }
    return {table: keys for table, keys in found.items() if keys}


def _make_armed(languages: tuple[str, ...]) -> Any:
    """Whether a spreadsheet would change a text. Most texts are long and begin with a letter: those it never does."""

    @lru_cache(65_536)
    def short(text: str) -> bool:
        return disarm(text, languages) != text

    def armed(text: str) -> bool:
        return bool(text) and (len(text) < LONGEST_ARMED or not text[0].isalpha()) and short(text)

    return armed


def _is_filled(database: duckdb.DuckDBPyConnection, field: Field) -> bool:
    cell = _cell(field)
    return bool(database.execute(f"select count(*) from grants where {cell} <> ''").fetchall()[0][0])


def _cell(field: Field) -> str:
    """A value as the CSV files for programs write it; see portal/cells.py."""
    name = f'grants."{field.name}"'
    if field.type == "number":
        written = f"rtrim(rtrim(cast({name} as varchar), '0'), '.')"
    elif field.type == "list":
        written = f"array_to_string({name}, '{field.delimiter or ','}')"
    else:
        written = f"cast({name} as varchar)"
    return f"coalesce({written}, '')"


def _local_names(
    references: list[Field], columns: Mapping[str, Sequence[str]], known: Names, names: Names
) -> dict[str, dict[str, list[str]]]:
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for field in references:
        table = field.refers_to or ""
        here, all_of_table = known.get(table, {}), names[table]
        for cell in dict.fromkeys(columns[field.name]):
            for key in cell.split(field.delimiter or ",") if field.type == "list" else (cell,):
                if key and key not in here and key in all_of_table:
                    found[table][key] = all_of_table[key]
    return dict(found)


def _hanging(database: duckdb.DuckDBPyConnection, table: str) -> dict[int, list[dict[str, str]]]:
    """Number of a grant -> what hangs on it, as cells without the empty ones."""
    known = database.execute(
        "select column_name, data_type from information_schema.columns where table_name = ?", [table]
    )
    columns = known.fetchall()
    if not columns:
        return {}
    cells = ", ".join(
        f"coalesce({_number(name) if kind.startswith('DECIMAL') else f'cast({_quoted(name)} as varchar)'}, '')"
        for name, kind in columns
    )
    found: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    joined = f'"{table}" as hung join explorer_order on explorer_order.id = hung."grant"'
    cursor = database.execute(f"select number, {cells} from {joined} order by all")
    while rows := cursor.fetchmany(10_000):
        for number, *values in rows:
            found[number].append(
                {name: value for (name, _), value in zip(columns, values, strict=True) if value and name != "grant"}
            )
    return found


def _number(name: str) -> str:
    return f"rtrim(rtrim(cast({_quoted(name)} as varchar), '0'), '.')"


def _quoted(name: str) -> str:
    return f'hung."{name}"'


def _local_sources(
    columns: Mapping[str, Sequence[str]],
    hung: Mapping[str, Mapping[int, list[dict[str, str]]]],
    sources: Mapping[str, Any],
) -> dict[str, Any]:
    keys = dict.fromkeys(columns.get("source", ()))
    for cell in dict.fromkeys(columns.get("also_sources", ())):
        keys.update(dict.fromkeys(cell.split(";")))
    for found in hung.values():
        keys.update((item["source"], None) for items in found.values() for item in items if "source" in item)
    return {key: sources[key] for key in keys if key in sources}


def write_json(value: Any) -> str:
    """Compact JSON, without what could close a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
