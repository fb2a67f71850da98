"""Typed tables -> a DuckDB database in memory, with the derived views of sql/. Only this folder's SQL knows DuckDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import duckdb

from .link.hanging import HANGING
from .package import Resource
from .quote import quoted_name
from .screen import typed
from .store import CONFIG, DERIVED, ROW, Store
from .stored import StoredRecords
from .tables import Table, Tables

SQL = Path(__file__).parent / "sql"
# The tables that the views read. Another view that needs another table adds it here.
READ = ("certainties", "coverage", "grants", "metrics", "organizations", "places", "scopes", "totals")
MAY_LACK = {"grants": ("beneficiary_group", "decided_on")}  # columns that a portal may do without: they are empty
# Of the tables here, without those of the store beside them.
OWN_COLUMNS = "(select * from duckdb_columns() where database_name = current_database())"
TYPES = {
    "integer": "BIGINT",
    "number": "DECIMAL(24, 6)",  # sums keep every digit; a trillion trillion is beyond any budget
    "boolean": "BOOLEAN",
    "date": "DATE",
    "list": "VARCHAR[]",
}
WRITTEN = "written"  # the rows of the store, beside the database
SUBJECTS, MEMBERS = f"{DERIVED}.subjects", f"{DERIVED}.members"
DIGESTS, SUBJECT_DIGESTS = f"{DERIVED}.digests", f"{DERIVED}.subject_digests"
TEXT = "VARCHAR"  # every other type


def open_database(tables: Tables) -> duckdb.DuckDBPyConnection:
    """A database with the tables that the derived views read, and the views: in memory, or for large tables a file."""
    stored = store_of(tables)
    place = stored.folder / "typed.duckdb" if stored else ":memory:"
    database = duckdb.connect(place, config=CONFIG)
    if stored:
        stored.end_writing()
        database.execute(stored.attach(WRITTEN))
    for name in READ:
        _fill(database, tables[name])
    for script in sorted(SQL.glob("*.sql")):
        database.execute(script.read_text(encoding="utf-8"))
    if stored:  # three views and the members read it; making it anew for each takes a second of 100,000 grants
        database.execute("create table made_subjects as select * from grant_subjects")
        database.execute("create or replace view grant_subjects as select * from made_subjects")
    return database


def store_of(tables: Tables) -> Store | None:
    """Where the large tables are; None if there is none."""
    large = (table.records for table in tables.values() if isinstance(table.records, StoredRecords))
    return next((records.selection.store for records in large), None)


def write_members(
    database: duckdb.DuckDBPyConnection, grants: Resource, store: Store
) -> dict[tuple[str, str], tuple[int, int]]:
    """Write into the store the tables SUBJECTS (number, kind, subject, members) and MEMBERS (subject, place, row).

    They tell on which page each grant stands, at which place. Pages have numbers, as sorting and writing their words
    for every grant takes twice the time. Returns (kind of page, identifier) -> (number, how many grants).
    Places are counted through all grants, newest first: by year, then by day of decision, an unknown day last, then by
    identifier. So they are in order on every page.
    """
    fields = {field["name"]: field for field in grants.schema["fields"]}
    year = typed(fields["year"], grants.schema)
    day = typed(fields["decided_on"], grants.schema) if "decided_on" in fields else "null"
    with store.deriving(database):
        database.execute(
            f"""
            create table {SUBJECTS} as
            select kind, subject, row_number() over (order by kind, subject) as number, count(*) as members
            from grant_subjects
            group by kind, subject
            """
        )
        database.execute(
            f"""
            create table {MEMBERS} as
            select number as subject, place, row
            from (
                select id, {ROW} as row, row_number() over (
                    order by {year} desc, coalesce(cast({day} as varchar), '') desc, id) as place
                from {WRITTEN}.{quoted_name(grants.name)}
            ) as placed
            join grant_subjects on grant_subjects.grant_id = placed.id
            join {SUBJECTS} as subjects using (kind, subject)
            order by number, place
            """
        )
    found = query(database, f"select * from {SUBJECTS} order by number")
    return {(row["kind"], row["subject"]): (row["number"], row["members"]) for row in found}


def write_digests(database: duckdb.DuckDBPyConnection, tables: Tables, hanging: list[tuple[str, str]]) -> None:
    """Write the tables DIGESTS (id, digest) and SUBJECT_DIGESTS (kind, subject, digest) into the store.

    That of a grant is of its cells, of what hangs on it, and of the grants with which it shares a sum. `hanging` are
    (grant, digest) of what hangs on grants and is not in the store.
    """
    store = store_of(tables)
    if store is None:
        return
    hung = [
        f'select "grant", {_digest_of(tables[name])} from {WRITTEN}.{quoted_name(name)} where "grant" is not null'
        for name in HANGING
        if name in tables and isinstance(tables[name].records, StoredRecords)
    ]
    with store.deriving(database):
        database.execute(
            f"""
            create table {DIGESTS} as
            with hung (id, digest) as (
                select unnest(?), unnest(?) {" ".join(f"union all {one}" for one in hung)}
            ),
            own as materialized (
                select {ROW} as row, id, amount_group, {_digest_of(tables["grants"])} as digest from {WRITTEN}.grants
            ),
            groups as (
                select amount_group, bit_xor(hash(digest)) as digest
                from own where amount_group is not null group by all
            ),
            together as (select id, bit_xor(hash(digest)) as digest from hung group by id)
            select row, own.id, md5(concat_ws('-', own.digest, together.digest, groups.digest)) as digest
            from own
            left join together on together.id = own.id
            left join groups on groups.amount_group = own.amount_group
            order by row
            """,
            [[grant for grant, _ in hanging], [digest for _, digest in hanging]],
        )
        database.execute(
            f"""
            create table {SUBJECT_DIGESTS} as
            select kind, subjects.subject, concat_ws('-', count(*), bit_xor(hash(digest)), sum(hash(digest))) as digest
            from {MEMBERS} as members
            join {DIGESTS} as digests on digests.row = members.row
            join {SUBJECTS} as subjects on subjects.number = members.subject
            group by kind, subjects.subject
            order by kind, subjects.subject
            """
        )


def _digest_of(table: Table) -> str:
    """Of the cells of a row; not of the place where it stands."""
    cells = ", ".join(f"coalesce({quoted_name(name)}, chr(31))" for name in table.resource.field_names)
    return f"md5(concat_ws(chr(30), {cells}))"


def add_tables(database: duckdb.DuckDBPyConnection, tables: Tables, names: Iterable[str]) -> None:
    """Fill those of the named tables that the views do not read."""
    for name in names:
        if name in tables and name not in READ:
            _fill(database, tables[name])


def query(database: duckdb.DuckDBPyConnection, sql: str) -> Iterator[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    cursor = database.execute(sql)
    names = [column[0] for column in cursor.description or []]
    while batch := cursor.fetchmany(10_000):
        for row in batch:
            yield dict(zip(names, row, strict=True))


def _fill(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    if isinstance(table.records, StoredRecords):
        _show(database, table)
        return
    columns = [(field.name, TYPES.get(field.type, TEXT)) for field in table.resource.fields]
    definition = ", ".join(f'"{name}" {kind}' for name, kind in columns)
    database.execute(f'create table "{table.resource.name}" ({definition})')
    if table.records:
        # Whole columns as parameters: 20 times faster than a statement a row.
        values = ", ".join(f"unnest(cast(? as {kind}[]))" for _, kind in columns)
        by_column = [[_stored(record.values[name]) for record in table.records] for name, _ in columns]
        database.execute(f'insert into "{table.resource.name}" select {values}', by_column)
    for name in _lacking(table):
        database.execute(f'alter table "{table.resource.name}" add column {quoted_name(name)} {TEXT}')


def _show(database: duckdb.DuckDBPyConnection, table: Table) -> None:
    """A view on the written table: typing the few columns that are asked for takes less time than copying all."""
    name = quoted_name(table.resource.name)
    columns = [
        f"{typed(field, table.resource.schema)} as {quoted_name(field['name'])}"
        for field in table.resource.schema["fields"]
    ]
    columns += [f"cast(null as {TEXT}) as {quoted_name(column)}" for column in _lacking(table)]
    database.execute(f"create view {name} as select {', '.join(columns)} from {WRITTEN}.{name}")


def _lacking(table: Table) -> list[str]:
    return [name for name in MAY_LACK.get(table.resource.name, ()) if name not in table.resource.by_name]


def _stored(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
