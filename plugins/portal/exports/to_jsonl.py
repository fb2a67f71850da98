"""JSON Lines: a record a line and nothing else, for programs that read a table piece by piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from .job import FOLDER, Download, Job, describe

MEDIA_TYPE = "application/jsonl"
FIRST, LAST = b'"rows": [\n', b"]\n"  # lines of a JSON file between which its records stand


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/<resource>.jsonl of every data/<resource>.json, rows by primary key."""
    for resource in job.resources:
        source, path = f"{FOLDER}/{resource.name}.json", f"{FOLDER}/{resource.name}.jsonl"
        if not any(download.path == source for download in made):
            continue
        with (output / path).open("wb") as stream:
            stream.writelines(record_lines(output / source))
        rows = len(job.rows[resource.name])
        yield describe(output, path, "JSON Lines", MEDIA_TYPE, resource=resource.name, rows=rows)


def record_lines(file: Path) -> Iterator[bytes]:
    """The records of a file as to_json.py wrote it, each with a line end.

    Taking the lines from there is 50 times faster than making them again.
    """
    with file.open("rb") as stream:
        for line in stream:
            if line == FIRST:
                break
        for line in stream:
            if line == LAST:
                return
            yield line[:-2] + b"\n" if line.endswith(b",\n") else line
