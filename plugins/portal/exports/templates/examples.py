"""Examples of a table: its fullest records as a clerk would write them, else records made up from the schema."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from ...checks.words import fold
from ...desk.rules import TableRules
from ...quote import quoted_name
from ...stored import StoredRecords
from ...validate import Record
from ..job import Job
from .asked import Asked

COUNT = 3
LOOKED_AT = 60  # of the fullest records, among which those are taken that show most
Shown = str | int | Decimal | date
Example = Mapping[str, Shown]  # field -> as it is written; an empty cell is absent
Titles = Mapping[str, frozenset[tuple[str, str]]]  # folded title -> the columns of all tables that it may stand above


def titles_of(tables: Mapping[str, TableRules]) -> Titles:
    """Everything that may stand above a column of any table."""
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for name, rules in tables.items():
        for field in rules.resource.fields:
            for title in rules.synonyms(field):
                found[fold(title)].add((name, field.name))
    return {title: frozenset(columns) for title, columns in found.items()}


def examples_of(
    job: Job, rules: TableRules, columns: Sequence[Asked], language: str, titles: Titles
) -> tuple[Example, ...]:
    """Three of them. Beside each other no two of their values look like titles of a table."""
    recorded = list(_recorded(job, rules, columns, language))
    chosen: list[Example] = []
    while recorded and len(chosen) < COUNT:
        best = _newest(recorded, chosen)
        recorded.remove(best)
        if not _reads_as_header([*chosen, best], columns, titles):
            chosen.append(best)
    for example in _made_up(job, columns, language):
        if len(chosen) < COUNT and not _reads_as_header([*chosen, example], columns, titles):
            chosen.append(example)
    return tuple(chosen)


def sample(job: Job, column: Asked, language: str) -> Shown:
    """A value that the column takes, where no example has one; empty where only a publisher could know one."""
    made_up = _value(job, column, language, 1)
    if made_up is None and column.choices:
        return next(iter(column.choices.labels.values()), "")
    return made_up or ""


def _newest(examples: Iterable[Example], chosen: Sequence[Example]) -> Example:
    """The one with most fields that no chosen example shows, then with most values: the first among equals."""
    fields = {field for example in chosen for field in example}
    values = {pair for example in chosen for pair in example.items()}
    return max(examples, key=lambda example: (len(example.keys() - fields), len(example.items() - values)))


def _recorded(job: Job, rules: TableRules, columns: Sequence[Asked], language: str) -> Iterator[Example]:
    """The fullest records. An identifier that the desk makes is left out: a copy shall not change the record."""
    for record in _fullest(job.rows[rules.resource.name]):
        pairs = ((column, record.values[column.field.name]) for column in columns)
        yield {
            column.field.name: _shown(job, column, value, language)
            for column, value in pairs
            if value not in (None, "", ()) and (column.kind != "identifier" or column.required)
        }


def _fullest(records: Sequence[Record]) -> Sequence[Record]:
    if isinstance(records, StoredRecords):
        empty = " + ".join(f"({quoted_name(name)} is null)::int" for name in records.selection.resource.field_names)
        return records.ordered(f"{empty}, {records.selection.ordering}")[:LOOKED_AT]
    return heapq.nsmallest(LOOKED_AT, records, key=_empty_cells)


def _empty_cells(record: Record) -> int:
    return sum(value in (None, "", ()) for value in record.values.values())


def _shown(job: Job, column: Asked, value: Any, language: str) -> Shown:
    if column.choices:
        keys = value if isinstance(value, tuple) else (value,)
        return str(column.choices.items(keys) if column.many else column.choices.labels.get(value, value))
    if isinstance(value, bool):
        return job.words(language, "yes") if value else job.words(language, "no")
    if isinstance(value, tuple):
        return f"{column.field.delimiter or ';'} ".join(value)
    return value if isinstance(value, Decimal | int | date) else str(value)


def _made_up(job: Job, columns: Sequence[Asked], language: str) -> Iterator[Example]:
    """From the schema alone; a value that only a schema's author could make up is left out."""
    for number in range(1, COUNT + 1):
        values = {column.field.name: _value(job, column, language, number) for column in columns}
        yield {name: value for name, value in values.items() if value is not None}


def _value(job: Job, column: Asked, language: str, number: int) -> Shown | None:
    if column.kind in ("code", "record"):
        first = next(iter(column.choices.labels.values()), None) if column.choices else None
        return first if column.required or (column.kind == "code" and not column.many) else None
    if column.kind in ("number", "integer"):
        return _between(column, job.data_date.year)
    if column.kind == "identifier":
        return f"example-{number}" if column.required else None
    if column.kind == "text":
        return None if "pattern" in column.field.constraints else _text(job, column, language, number)
    values: dict[str, Shown] = {
        "address": f"https://example.org/{number}",
        "currency": job.settings.currency,
        "amount": 100_000 * number,
        "day": job.data_date,
        "partial day": job.data_date.isoformat(),
        "boolean": job.words(language, "yes"),
    }
    return values[column.kind]


def _text(job: Job, column: Asked, language: str, number: int) -> str:
    """The description, in the language of the column where it has one."""
    ending = column.field.name.rpartition("_")[2]
    own = ending if ending in job.settings.languages else language
    words = column.field.description.words(own) or column.field.title.words(own) or column.field.name
    return f"{words.rstrip('.')} {number}"


def _between(column: Asked, year: int) -> int:
    """The year of the records, where it is allowed; else the nearest number that is."""
    limits = column.field.constraints
    return int(min(max(year if "maximum" in limits else 10, limits.get("minimum", 1)), limits.get("maximum", year)))


def _reads_as_header(examples: Sequence[Example], columns: Sequence[Asked], titles: Titles) -> bool:
    """Whether the desk would take a row of these values for the row of titles of some table."""
    for column in columns:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for value in {fold(str(example.get(column.field.name, ""))) for example in examples}:
            for table, field in titles.get(value, ()):
                found[table].add(field)
        if any(len(fields) > 1 for fields in found.values()):
            return True
    return False
