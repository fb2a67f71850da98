"""CSV for people: titles and names in their language, letters that Excel reads right. A file a table and language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from ..package import Resource
from ..validate import Record
from .cells import csv_line, disarm
from .columns import Column, people_columns
from .job import FOLDER, Download, Job, describe
from .to_package import CSV_MEDIA_TYPE

ENCODING = "utf-8-sig"  # Excel takes a file without the mark for an old code page
LINE_END = "\r\n"


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<language>/<resource>.csv. Code lists have none: their labels stand beside every code."""
    tables = [resource for resource in job.resources if not resource.is_codelist]
    paths = {
        (language, resource.name): f"{FOLDER}/{language}/{resource.name}.csv"
        for language in job.settings.languages
        for resource in tables
    }
    for language in job.settings.languages:
        (output / FOLDER / language).mkdir(exist_ok=True)
    for resource in tables:
        write_table_for_people(
            job, resource, {code: output / paths[code, resource.name] for code in job.settings.languages}
        )
    for (language, name), path in paths.items():
        rows = len(job.rows[name])
        yield describe(output, path, "CSV", CSV_MEDIA_TYPE, resource=name, language=language, rows=rows)


def write_table_for_people(job: Job, resource: Resource, paths: Mapping[str, Path]) -> None:
    """The file of a table in each language, all at once: only titles and names differ between them.

    The other cells are made for the first language alone, which takes 45 % of the time of making them for three.
    """
    editions = [(path, people_columns(job, resource, language)) for language, path in paths.items()]
    with ExitStack() as stack:
        files = [stack.enter_context(path.open("w", encoding=ENCODING, newline="")) for path, _ in editions]
        for file, (_, columns) in zip(files, editions, strict=True):
            file.write(header_line(columns))
        first, *others = files
        cells_of_first = [(column.field.name, column.csv_cells) for column in editions[0][1]]
        names_of_others = [
            [(at, column.field.name, column.csv_cells) for at, column in enumerate(columns) if column.names is not None]
            for _, columns in editions[1:]
        ]
        for record in job.rows[resource.name]:
            values = record.values
            cells = [made[values[name]] for name, made in cells_of_first]
            first.write(",".join(cells) + LINE_END)
            for file, names in zip(others, names_of_others, strict=True):
                for at, name, made in names:
                    cells[at] = made[values[name]]
                file.write(",".join(cells) + LINE_END)


def header_line(columns: Sequence[Column]) -> str:
    """The titles of the columns as the first row. Open the file with ENCODING and newline=""."""
    return csv_line([disarm(column.title, column.languages) for column in columns], LINE_END)


def people_line(columns: Sequence[Column], record: Record) -> str:
    """A record under those columns, as a row."""
    values = record.values
    return ",".join([column.csv_cells[values[column.field.name]] for column in columns]) + LINE_END
