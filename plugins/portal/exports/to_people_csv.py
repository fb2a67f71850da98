"""CSV for people: titles and names in their language, letters that Excel reads right. A file a table and language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..validate import Record
from .cells import csv_line, disarm
from .columns import Column, people_columns
from .job import FOLDER, Download, Job, describe
from .to_package import CSV_MEDIA_TYPE

ENCODING = "utf-8-sig"  # Excel takes a file without the mark for an old code page
LINE_END = "\r\n"


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<language>/<resource>.csv. Code lists have none: their labels stand beside every code."""
    for language in job.settings.languages:
        (output / FOLDER / language).mkdir(exist_ok=True)
        for resource in job.resources:
            if resource.is_codelist:
                continue
            path = f"{FOLDER}/{language}/{resource.name}.csv"
            columns = people_columns(job, resource, language)
            rows = job.rows[resource.name]
            with (output / path).open("w", encoding=ENCODING, newline="") as stream:
                stream.write(header_line(columns))
                stream.writelines(people_line(columns, record) for record in rows)
            yield describe(
                output, path, "CSV", CSV_MEDIA_TYPE, resource=resource.name, language=language, rows=len(rows)
            )


def header_line(columns: Sequence[Column]) -> str:
    """The titles of the columns as the first row. Open the file with ENCODING and newline=""."""
    return csv_line([disarm(column.title, column.languages) for column in columns], LINE_END)


def people_line(columns: Sequence[Column], record: Record) -> str:
    """A record under those columns, as a row."""
    values = record.values
    return ",".join([column.csv_cells[values[column.field.name]] for column in columns]) + LINE_END
