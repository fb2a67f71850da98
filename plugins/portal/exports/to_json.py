"""JSON: a table with its licence, date, source and dictionary. One record a line, so that editions can be compared."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO

from ..package import Field, Resource
from ..validate import Record
from .cells import number_text
from .columns import Cells
from .job import DICTIONARY, FOLDER, Download, Job, describe

MEDIA_TYPE = "application/json"
_json = json.JSONEncoder(ensure_ascii=False, default=str).encode  # json.dumps would make an encoder a cell


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<resource>.json."""
    for resource in job.resources:
        path = f"{FOLDER}/{resource.name}.json"
        write_table_as_json(job, resource, path, output)
        rows = len(job.rows[resource.name])
        yield describe(output, path, "JSON", MEDIA_TYPE, resource=resource.name, rows=rows)


def write_table_as_json(job: Job, resource: Resource, path: str, output: Path) -> None:
    """The table at `path` below the output folder."""
    line = make_json_line(resource)
    with (output / path).open("w", encoding="utf-8", newline="\n") as stream:
        write_json(stream, json_head(job, resource.name, path), map(line, job.rows[resource.name]))


def json_head(job: Job, resource: str, path: str) -> dict[str, Any]:
    """What stands above the rows of the file at `path`."""
    return {
        "resource": resource,
        "licenses": job.licenses,
        "date": job.data_date.isoformat(),
        "source": job.settings.site_url or job.package.title.words(job.settings.languages[0]),
        "dictionary": job.address(DICTIONARY, beside=path),
    }


def write_json(stream: TextIO, head: Mapping[str, Any], lines: Iterable[str]) -> None:
    """The head, then the rows as json_line() made them."""
    stream.write("{\n")
    for name, value in head.items():
        stream.write(f"{_json(name)}: {_json(value)},\n")
    stream.write('"rows": [')
    between = "\n"
    for line in lines:
        stream.write(between + line)
        between = ",\n"
    stream.write("\n]\n}\n")


def json_line(record: Record) -> str:
    """A record as an object on one line."""
    return "{" + ", ".join([_member(name, value) for name, value in record.values.items()]) + "}"


def make_json_line(resource: Resource) -> Callable[[Record], str]:
    """json_line() for many records of a table, four times as fast: most values of a column come again."""
    members = [(field.name, _members(field)) for field in resource.fields]

    def line(record: Record) -> str:
        values = record.values
        return "{" + ", ".join([made[values[name]] for name, made in members]) + "}"

    return line


def _members(field: Field) -> Cells:
    return Cells(lambda value: _member(field.name, value), field)


def _member(name: str, value: Any) -> str:
    return f"{_json(name)}: {_literal(value)}"


def _literal(value: Any) -> str:
    """A list is an array, an empty cell null; a number that would lose digits in a reader's computer is text."""
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        digits = number_text(value)
        return digits if Decimal(repr(float(digits))) == value else _json(digits)
    return _json(value.isoformat() if isinstance(value, date) else value)
