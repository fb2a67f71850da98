"""The views of the SQLite file, and its full-text table. A view is a file of sqlite/ and answers a question."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

from .job import LANGUAGE_COLUMNS, PLAIN_COLUMNS, Job

VIEWS = Path(__file__).parent / "sqlite"  # a file a view, called like it
# Views that the site counts with, in words that SQLite understands as well.
COMMON = [Path(__file__).parent.parent / "sql" / name for name in ("1_place_paths.sql", "4_coverage.sql")]
# view -> the tables and columns that a portal may lack, and then the view as well; needs.py has all others
OPTIONAL: Mapping[str, Mapping[str, Sequence[str]]] = {
    "awarded_and_paid": {"payments": ("grant", "paid_on", "amount", "currency")},
    "joint_sums": {"amount_groups": ("id", "amount", "currency")},
}
# {awarded} in a view stands for the exact sum of the amounts, {table} for the columns with the names of a table
AWARDED = "case round(sum(fraction), 6) when 0 then sum(whole) else sum(whole) + round(sum(fraction), 6) end as awarded"
NAMED = ("organizations", "places", "programs", "spheres")
SEARCH, SEARCHED = "grants_search", "grants_text"


def write_views(job: Job, database: sqlite3.Connection) -> None:
    """Every view that this portal has the tables for."""
    for file in COMMON:
        for statement in file.read_text(encoding="utf-8").split(";\n"):  # executescript() would end the transaction
            database.execute(statement)
    for file in sorted(VIEWS.glob("*.sql")):
        if all(_has(job, table, columns) for table, columns in OPTIONAL.get(file.stem, {}).items()):
            sql = file.read_text(encoding="utf-8").replace("{awarded}", AWARDED)
            for table in NAMED:
                columns = _text_columns(job, table, LANGUAGE_COLUMNS) or [job.package.by_name[table].primary_key]
                sql = sql.replace(f"{{{table}}}", ", ".join(f"{table}.{quoted(column)}" for column in columns))
            database.execute(sql)


def _has(job: Job, table: str, columns: Sequence[str]) -> bool:
    return table in job.package.by_name and set(columns) <= job.package.by_name[table].by_name.keys()


def write_search(job: Job, database: sqlite3.Connection) -> None:
    """A full-text table over a view of the words of each grant, in all languages; the words are kept only once."""
    texts = {
        "title": ("grants", "grants", ("title",)),
        "description": ("grants", "grants", ("description",)),
        "recipient": ("organizations", "recipients", ("name",)),
        "funder": ("organizations", "funders", ("name",)),
        "place": ("places", "places", ("name",)),
    }
    selected = [
        f"{_joined([f'{alias}.{quoted(column)}' for column in _text_columns(job, table, names)])} as {name}"
        for name, (table, alias, names) in texts.items()
    ]
    database.execute(
        f"create view {SEARCHED} as\n-- The words of a grant in all languages, for {SEARCH}.\n"
        f'select grants.rowid as number, grants.id as "grant",\n  {", ".join(selected)}\n'
        "from grants\njoin organizations as funders on funders.id = grants.funder\n"
        "left join organizations as recipients on recipients.id = grants.recipient\n"
        "left join places on places.id = grants.place"
    )
    database.execute(
        f'create virtual table {SEARCH} using fts5("grant" unindexed, {", ".join(texts)}, '
        f"content = '{SEARCHED}', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2')"
    )
    database.execute(f"insert into {SEARCH} ({SEARCH}) values ('rebuild')")
    database.execute(f"insert into {SEARCH} ({SEARCH}) values ('optimize')")


def _text_columns(job: Job, table: str, names: Sequence[str]) -> list[str]:
    """The columns in which a table keeps the first of these names that it has, a language each."""
    known = job.package.by_name[table].by_name
    for name in names:
        columns = [f"{name}_{code}" for code in job.settings.languages if f"{name}_{code}" in known]
        columns += [name] if name in known and name in PLAIN_COLUMNS else []
        if columns:
            return columns
    return []


def _joined(columns: Sequence[str]) -> str:
    words = " || ".join(f"coalesce({column} || char(10), '')" for column in columns)
    return f"rtrim({words}, char(10))" if columns else "''"


def quoted(name: str) -> str:
    """The name of a table or column as SQL takes it, whatever is in it."""
    return '"' + name.replace('"', '""') + '"'
