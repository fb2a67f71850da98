"""SQLite: all tables in one file, with keys, indexes, a full-text table and the views of sqlite/, a view a question.

Its values are those of the CSV files. A list is JSON text, a day is text, yes and no are 1 and 0. A number is NUMERIC,
which SQLite keeps exactly up to 15 digits; a column with a longer number is TEXT, so that no digit is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date
from errno import ENOSPC
from pathlib import Path
from typing import Any

from ..cells import cell_text, number_text
from ..errors import BuildError
from ..package import Field, Resource
from ..text import Text
from .job import FOLDER, Download, Job, describe
from .narrow import different_values
from .sqlite_views import SEARCH, SEARCHED, VIEWS, quoted, write_search, write_views

MEDIA_TYPE = "application/vnd.sqlite3"
OURS = ("about", "about_columns", SEARCH, SEARCHED)
NEEDED_OPTION = "ENABLE_FTS5"
EXACT_DIGITS = 15  # that SQLite keeps of a number with a fraction
TYPES = {"integer": "INTEGER", "year": "INTEGER", "boolean": "INTEGER", "number": "NUMERIC"}
PRAGMAS = ("page_size = 4096", "encoding = 'UTF-8'", "journal_mode = off", "synchronous = off", "foreign_keys = off")


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<package>.sqlite. Raises BuildError where SQLite lacks full-text search or cannot hold the tables.

    Raises OSError where a disk is full, also that of temporary files.
    """
    path = f"{FOLDER}/{job.name}.sqlite"
    (output / path).open("wb").close()  # for Python's OSError, which names the file
    try:
        with closing(sqlite3.connect(output / path, isolation_level=None)) as database:
            _require_search(database, path)
            _require_free_names(job, path)
            for pragma in PRAGMAS:
                database.execute(f"pragma {pragma}")
            database.execute("begin")
            for resource in job.resources:
                _write_table(job, database, resource)
            _write_about(job, database)
            write_views(job, database)
            write_search(job, database)
            database.execute("commit")
            database.execute("vacuum")  # the free pages that the index of words left behind
    except (sqlite3.Error, BuildError) as error:
        (output / path).unlink()
        if isinstance(error, BuildError):
            raise
        if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:  # Python's own errors have no code
            raise OSError(ENOSPC, os.strerror(ENOSPC), str(output / path)) from None
        raise BuildError(f"{path} cannot be written: {error}. Look at the table or column that is named.") from None
    yield describe(output, path, "SQLite", MEDIA_TYPE)


def _require_search(database: sqlite3.Connection, path: str) -> None:
    if not database.execute("select sqlite_compileoption_used(?)", [NEEDED_OPTION]).fetchone()[0]:
        raise BuildError(
            f"{path} cannot be written: the SQLite of this Python has no full-text search (FTS5). "
            "Use a Python that has it, such as that of Debian or of python.org."
        )


def _require_free_names(job: Job, path: str) -> None:
    ours = {*OURS, *(file.stem for file in VIEWS.glob("*.sql"))}
    for resource in job.resources:
        if resource.name.casefold() in ours or resource.name.casefold().startswith((f"{SEARCH}_", "sqlite_")):
            raise BuildError(
                f"{path} has a table or view “{resource.name}” of its own. Give the table of that name another one."
            )


def _write_table(job: Job, database: sqlite3.Connection, resource: Resource) -> None:
    records = job.rows[resource.name]
    long = _long_columns(job, resource)
    key = _columns(resource.schema.get("primaryKey") or resource.primary_key)
    parts = [_definition(field, field.name in long) for field in resource.fields]
    parts.append(f"primary key ({_names(key)})")
    references = list(_references(job, resource))
    parts += [
        f"foreign key ({_names(columns)}) references {quoted(target)} ({_names(theirs)})"
        for columns, target, theirs in references
    ]
    database.execute(f"create table {quoted(resource.name)} (\n  " + ",\n  ".join(parts) + "\n)")
    marks = ", ".join("?" * len(resource.fields))
    database.executemany(f"insert into {quoted(resource.name)} values ({marks})", _rows(resource, records))
    for columns, _, _ in references:
        index = f"{resource.name}_by_{'_'.join(columns)}"
        database.execute(f"create index {quoted(index)} on {quoted(resource.name)} ({_names(columns)})")


def _definition(field: Field, is_long: bool) -> str:
    kind = "TEXT" if is_long else TYPES.get(field.type, "TEXT")
    check = f" check ({quoted(field.name)} in (0, 1))" if field.type == "boolean" else ""
    return f"{quoted(field.name)} {kind}{' not null' if field.required else ''}{check}"


def _references(job: Job, resource: Resource) -> Iterator[tuple[list[str], str, list[str]]]:
    """(columns, table, its columns) of every foreign key that points at a primary key; SQLite knows no other."""
    for key in resource.schema.get("foreignKeys") or []:
        target = job.package.by_name[key["reference"]["resource"] or resource.name]
        theirs = _columns(key["reference"]["fields"])
        if theirs == _columns(target.schema.get("primaryKey") or target.primary_key):
            yield _columns(key["fields"]), target.name, theirs


def _rows(resource: Resource, records: Iterable[Any]) -> Iterator[Sequence[Any]]:
    """The records as SQLite takes them; what a column needs is looked up once for all rows."""
    changed = [(place, change) for place, field in enumerate(resource.fields) if (change := _change(field))]
    for record in records:
        row = [record.values[name] for name in resource.field_names]
        for place, change in changed:
            if row[place] is not None:
                row[place] = change(row[place])
        yield row


def _change(field: Field) -> Callable[[Any], Any] | None:
    if field.type == "number":
        return number_text  # the type of the column makes a number of it
    if field.type == "list":
        return lambda items: json.dumps(items, ensure_ascii=False)
    if field.type in ("string", "integer", "year", "boolean"):
        return None
    return lambda value: value.isoformat() if isinstance(value, date) else cell_text(value)


def _long_columns(job: Job, resource: Resource) -> set[str]:
    """Columns with a number of more digits than SQLite keeps."""
    numbers = [field.name for field in resource.fields if field.type == "number"]
    return {
        name
        for name in numbers
        for value in different_values(job.rows[resource.name], name)
        if value is not None
        and len(value.as_tuple().digits) > EXACT_DIGITS
        and len(number_text(value).strip("-0").replace(".", "")) > EXACT_DIGITS
    }


def _write_about(job: Job, database: sqlite3.Connection) -> None:
    """What the file is, in `about`; what the tables and columns are called and mean, in `about_columns`."""
    database.execute("create table about (name TEXT not null, language TEXT, value TEXT not null)")
    database.executemany("insert into about values (?, ?, ?)", _about(job))
    titles = [f"{name}_{language}" for name in ("title", "description") for language in job.settings.languages]
    database.execute(
        'create table about_columns ("table" TEXT not null, "column" TEXT, type TEXT, '
        + ", ".join(f"{quoted(title)} TEXT" for title in titles)
        + ', unique ("table", "column"))'
    )
    marks = ", ".join("?" * (3 + len(titles)))
    rows = []
    for resource in job.resources:
        told: list[tuple[str | None, str | None, Text, Text]]
        told = [(None, None, resource.title, resource.description)]
        told += [(field.name, field.type, field.title, field.description) for field in resource.fields]
        for name, kind, *texts in told:
            words = [text.words(code) for text in texts for code in job.settings.languages]
            rows.append((resource.name, name, kind, *words))
    database.executemany(f"insert into about_columns values ({marks})", rows)


def _about(job: Job) -> Iterator[tuple[str, str | None, str]]:
    for name, value in (
        ("version", job.version),
        ("date", job.data_date.isoformat()),
        ("licence", job.license_words),
        ("address", job.settings.site_url),
    ):
        if value:
            yield name, None, value
    for language in job.settings.languages:
        yield "title", language, job.package.title.words(language)
        yield "description", language, job.package.description.words(language)
        for note in (
            job.words(language, "An empty cell means that the source does not say; it never means zero."),
            job.words(language, "Grants that were only announced are listed and marked, but never counted."),
            job.words(language, "A list is JSON text, which the function json_each() takes apart."),
            job.words(
                language,
                "A number is exact up to {digits} digits; a column with a longer number is text.",
                digits=EXACT_DIGITS,
            ),
        ):
            yield "note", language, note


def _columns(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _names(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)
