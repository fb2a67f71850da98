"""What the records that grants point at are called, and what a reader is told of their sources."""

from __future__ import annotations

from collections.abc import Iterator, Set
from typing import Any

import duckdb

from ..link.hanging import HANGING
from ..quote import quoted_name
from .about import About
from .dimensions import KINDS, LISTED
from .numbering import COLUMNS
from .row_files import SOURCES, Names

SOURCE_FIELDS = ("title", "title_language", "publisher", "published_on", "url", "archive_url", "seen_on")
TEXTS = ("title_note", "note")  # with a column for each language


def read_names(database: duckdb.DuckDBPyConnection) -> Names:
    """Every name that a grant can point at: table -> key -> names by language, without empty ones at the end."""
    found: dict[str, dict[str, list[str]]] = {}
    cursor = database.execute('select "table", id, names from explorer_names order by "table", id')
    while rows := cursor.fetchmany(10_000):
        for table, key, names in rows:
            found.setdefault(table, {})[key] = cut(names)
    return found


def known_names(database: duckdb.DuckDBPyConnection, about: About, names: Names) -> Names:
    """The names that come with the page: of fields that have few values."""
    known: dict[str, dict[str, list[str]]] = {table: dict(names[table]) for table in KINDS if table in names}
    for field in about.fields:
        of_table = names.get(field.refers_to or "")
        if not of_table:
            continue
        value = f'unnest("{field.name}")' if field.type == "list" else f'"{field.name}"'
        sql = f"select distinct {value} as key from grants where key is not null order by key limit {LISTED + 1}"
        if field.type == "list":
            sql = f"select distinct key from (select {value} as key from grants) order by key limit {LISTED + 1}"
        keys = [key for (key,) in database.execute(sql).fetchall()]
        if len(keys) <= LISTED:
            known.setdefault(field.refers_to or "", {}).update((key, of_table[key]) for key in keys if key in of_table)
    return {table: dict(sorted(of_table.items())) for table, of_table in known.items()}


def read_sources(database: duckdb.DuckDBPyConnection, about: About) -> dict[str, dict[str, Any]]:
    """Source that a grant or what hangs on one names -> what a reader is told about it, without empty values."""
    known = {
        name
        for (name,) in database.execute(
            f"select column_name from {COLUMNS} where table_name = ?",
            [SOURCES],
        ).fetchall()
    }
    plain = [name for name in SOURCE_FIELDS if name in known]
    by_language = {name: [f"{name}_{language}" for language in about.languages] for name in TEXTS}
    texts = [name for name, columns in by_language.items() if not known.isdisjoint(columns)]
    if not known:
        return {}
    columns = [f'"{name}"' for name in plain] + [
        f"[{', '.join(_or_empty(column, known) for column in by_language[name])}]" for name in texts
    ]
    found = {}
    named = " union ".join(_sources_named(database))
    sql = f"select id, {', '.join(columns)} from {SOURCES} where id in ({named}) order by id"
    for key, *values in database.execute(sql).fetchall():
        told = {
            name: cut(value) if isinstance(value, list) else value
            for name, value in zip([*plain, *texts], values, strict=True)
        }
        found[key] = {
            name: str(value) if not isinstance(value, list) else value for name, value in told.items() if value
        }
    return found


def _or_empty(column: str, known: Set[str]) -> str:
    """SQL: the words of a column, empty where there are none or a portal does without the column."""
    return f"coalesce({quoted_name(column)}, '')" if column in known else "''"


def _sources_named(database: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Queries for the identifiers of sources."""
    sql = f"select table_name, column_name from {COLUMNS} where column_name in ('source', 'also_sources')"
    for table, column in database.execute(sql).fetchall():
        if table == "grants":
            yield f"select {'unnest(also_sources)' if column == 'also_sources' else 'source'} from grants"
        elif table in HANGING and column == "source":
            yield f'select source from "{table}" where "grant" is not null'


def cut(names: list[str]) -> list[str]:
    """Without the empty ones at the end."""
    while names and not names[-1]:
        names = names[:-1]
    return names
