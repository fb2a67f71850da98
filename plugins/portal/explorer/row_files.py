"""The files of the rows: the grants themselves with every column, the names they point at, and what hangs on them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import duckdb

from ..link.hanging import HANGING
from ..package import Field
from .about import About
from .coding import SIGNS, signs_of
from .dimensions import DIMENSIONS
from .numbering import COLUMNS, Numbered

FOLDER = 512  # files of rows in a folder
DAYS = ("paid_on", "planned_on", "presented_on", "changed_on", "issued_on")  # of what hangs; the first that there is
BODY, BODIES = "organization", "organizations"  # field of what hangs, and the table that it points at
TOGETHER = "together"  # what hangs on a grant of a joint sum: the other grants of it
MOST = 50  # of them
SOURCES = "sources"
ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
Hung = Mapping[str, Mapping[int, list[dict[str, str]]]]  # table -> place in a file -> what hangs on the grant
Names = Mapping[str, Mapping[str, list[str]]]  # table -> key -> names by language


def row_files(
    database: duckdb.DuckDBPyConnection,
    about: About,
    numbered: Numbered,
    *,
    known: Names,
    names: Names,
    sources: Mapping[str, Any] | None,
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """(path, content) of each file. `known` are the names that come with the page, `names` all of them.

    `sources` are all of them when they do not come with the page. A field that a filed dimension is made of has the
    numbers of its values.
    """
    filed = {one.field: one.name for one in DIMENSIONS if one.field and not numbered.is_listed(one)}
    filled = _filled(database, [field for field in about.fields if field.name not in filed])
    found = {table: _hanging(database, table) for table in HANGING}
    found[TOGETHER] = _together(database, [field.name for field in about.fields])
    hanging = {table: _by_file(items, about.rows) for table, items in found.items()}
    cells = [f'{_cell(field)} as "{field.name}"' for field in filled]
    values = [f'explorer_grants."{dimension}" as "{name}"' for name, dimension in filed.items()]
    signs = [signs_of(numbered.sizes[dimension]) for dimension in filed.values()]
    cursor = database.execute(f"""
        select {", ".join(cells + values)} from grants
        join explorer_grants on explorer_grants.id = grants.id order by number""")
    references = [field for field in filled if field.refers_to in names]
    at = 0
    while rows := cursor.fetchmany(about.rows):
        columns = list(zip(*rows, strict=True))
        by_name = dict(zip((field.name for field in filled), columns, strict=False))
        packed = {name: cells for name, column in by_name.items() if (cells := pack(column))}
        for name, of_value, column in zip(filed, signs, columns[len(filled) :], strict=True):
            packed[name] = {"v": "".join(map(of_value.__getitem__, column))}
        content: dict[str, Any] = {"n": len(rows), "columns": packed}
        hung = {table: by_file.get(at, {}) for table, by_file in hanging.items()}
        local = _local_names(references, by_name, hung, known, names)
        if local:
            content["names"] = local
        if any(hung.values()):
            content["hanging"] = {table: found for table, found in hung.items() if found}
        if sources is not None:
            content["sources"] = _local_sources(by_name, hung, sources)
        yield f"r/{at // FOLDER}/{at}", content
        at += 1


def pack(cells: Sequence[str]) -> Any:
    """A column of a file: the text that all cells have; or the texts that occur and which of them each cell is."""
    distinct = dict.fromkeys(cells)
    if len(distinct) == 1:
        return cells[0]
    if len(distinct) * 2 > len(cells) or len(distinct) > len(SIGNS):
        return cells
    signs = dict(zip(distinct, SIGNS, strict=False))
    return [list(distinct), "".join(map(signs.__getitem__, cells))]


def _filled(database: duckdb.DuckDBPyConnection, fields: Sequence[Field]) -> list[Field]:
    """Those that any grant has a value of."""
    asked = ", ".join(f"bool_or({_cell(field)} <> '')" for field in fields)
    answers = database.execute(f"select {asked} from grants").fetchall()[0]
    return [field for field, is_filled in zip(fields, answers, strict=True) if is_filled]


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
    references: list[Field], columns: Mapping[str, Sequence[str]], hung: Hung, known: Names, names: Names
) -> dict[str, dict[str, list[str]]]:
    found: defaultdict[str, dict[str, list[str]]] = defaultdict(dict)
    for items in (items for of_table in hung.values() for items in of_table.values()):
        for key in (item[BODY] for item in items if BODY in item):
            if key not in known.get(BODIES, {}) and key in names[BODIES]:
                found[BODIES][key] = names[BODIES][key]
    for field in references:
        table = field.refers_to or ""
        here, all_of_table = known.get(table, {}), names[table]
        for cell in dict.fromkeys(columns[field.name]):
            for key in cell.split(field.delimiter or ",") if field.type == "list" else (cell,):
                if key and key not in here and key in all_of_table:
                    found[table][key] = all_of_table[key]
    return dict(found)


def _hanging(database: duckdb.DuckDBPyConnection, table: str) -> dict[int, list[dict[str, str]]]:
    """Number of a grant -> what hangs on it, the oldest first, as cells without the empty ones."""
    known = database.execute(
        f"select column_name, data_type from {COLUMNS} where table_name = ?",
        [table],
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
    for items in found.values():
        items.sort(key=lambda item: (next((item[day] for day in DAYS if day in item), "9"), item["id"]))
    return found


def _by_file(found: Mapping[int, list[dict[str, str]]], rows: int) -> dict[int, dict[int, list[dict[str, str]]]]:
    """File -> place in it -> what hangs on the grant."""
    by_file: defaultdict[int, dict[int, list[dict[str, str]]]] = defaultdict(dict)
    for number, items in found.items():
        by_file[number // rows][number % rows] = items
    return dict(by_file)


def _together(database: duckdb.DuckDBPyConnection, fields: Sequence[str]) -> dict[int, list[dict[str, str]]]:
    """Number of a grant of a joint sum -> identifiers and titles of the others, at most MOST."""
    told = ["id", *(name for name in fields if name.startswith("title_") and name != "title_basis")]
    cursor = database.execute(f"""
        select number, {", ".join(f"coalesce(other.{name}, '')" for name in told)}
        from grants as mine
        join explorer_order on explorer_order.id = mine.id
        join grants as other on other.amount_group = mine.amount_group and other.id <> mine.id
        qualify row_number() over (partition by number order by other.id) <= {MOST}
        order by number, other.id""")
    found: defaultdict[int, list[dict[str, str]]] = defaultdict(list)
    for number, *values in cursor.fetchall():
        found[number].append({name: value for name, value in zip(told, values, strict=True) if value})
    return found


def _number(name: str) -> str:
    return f"rtrim(rtrim(cast({_quoted(name)} as varchar), '0'), '.')"


def _quoted(name: str) -> str:
    return f'hung."{name}"'


def _local_sources(
    columns: Mapping[str, Sequence[str]],
    hung: Hung,
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
    return ENCODE(value).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
