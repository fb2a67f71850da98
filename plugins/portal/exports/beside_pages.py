"""The CSV, its description and the JSON beside a page: exactly the grants that the page stands for, in its order."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from ..grants import StoredGrants
from ..model import Grant
from ..tables import Record
from .beside_lines import Form, KeptLines, Lines, StoredLines
from .columns import people_columns
from .csvw_columns import describe_table
from .job import FOLDER, Job
from .to_csvw import ENDING, csvw_metadata, csvw_text
from .to_json import json_head, make_json_line, write_json, write_table_as_json
from .to_people_csv import ENCODING, header_line, people_line, write_table_for_people

RESOURCE = "grants"
FOLDERS = {
    "organization": "organizations",
    "program": "programs",
    "place": "places",
    "sphere": "spheres",
    "year": "years",
}  # kind of page -> folder of its pages
TOGETHER = 1_000  # lines that are written at once

WriteBeside = Callable[[Path, str, str, Sequence[Grant]], list[str]]


def prepared_paths(kind: str, identifier: str, languages: Iterable[str]) -> list[str]:
    """The files beside a page, in every language."""
    pages = [f"{language}/{FOLDERS[kind]}/{identifier}" for language in languages]
    return [f"{page}{ending}" for page in pages for ending in (".csv", f".csv{ENDING}", ".json")]


def make_beside_writer(job: Job) -> WriteBeside:
    """A function that writes <language>/<kind>s/<identifier>.csv and .json in every language, and returns their paths.

    Beside the CSV stands what describes it: <identifier>.csv-metadata.json. The function takes the output folder, the
    kind and identifier of the page, and its grants. A page without grants has files without rows. Columns and lines
    are made once for all pages. Raises OSError when a file cannot be written.
    """
    resource = job.package.by_name[RESOURCE]
    lines = _lines(job)
    tables = {
        language: (
            header_line(people_columns(job, resource, language)).encode(ENCODING),
            describe_table(job, resource, language, briefly=True),
        )
        for language in job.settings.languages
    }

    def write_beside(output: Path, kind: str, identifier: str, grants: Sequence[Grant]) -> list[str]:
        written = []
        keys = lines.keys(grants, output)
        for language, (header, described) in tables.items():
            page = f"{language}/{FOLDERS[kind]}/{identifier}"
            (output / page).parent.mkdir(parents=True, exist_ok=True)
            digest, size = hashlib.sha256(), 0
            with (output / f"{page}.csv").open("wb") as stream:
                for piece in (header, *_joined(lines.rows(language, keys), b"")):
                    digest.update(piece)
                    size += stream.write(piece)
            metadata = csvw_metadata(
                job,
                described,
                f"{page}.csv",
                sha256=digest.hexdigest(),
                size=size,
                rows=len(keys),
                filters={kind: identifier},
                page=f"{page}.html",
            )
            text = csvw_text(metadata, described)
            (output / f"{page}.csv{ENDING}").write_text(text, encoding="utf-8", newline="\n")
            address = job.address(f"{page}.html", beside=f"{page}.json")
            before, after = _around_rows({**json_head(job, RESOURCE, f"{page}.json"), "page": address})
            with (output / f"{page}.json").open("wb") as stream:
                stream.write(before)
                stream.writelines(_joined(lines.rows(None, keys), b",\n", before=b"\n"))
                stream.write(after)
            written += [f"{page}.csv", f"{page}.csv{ENDING}", f"{page}.json"]
        return written

    return write_beside


def _lines(job: Job) -> Lines:
    resource, languages = job.package.by_name[RESOURCE], job.settings.languages
    grants = job.portal.catalog.grants
    if isinstance(grants, StoredGrants):
        paths: dict[Form, str] = {code: f"{FOLDER}/{code}/{RESOURCE}.csv" for code in languages}
        paths[None] = f"{FOLDER}/{RESOURCE}.json"

        def write(folder: Path) -> None:
            for path in paths.values():
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_table_for_people(job, resource, {code: folder / paths[code] for code in languages})
            write_table_as_json(job, resource, paths[None], folder)

        return StoredLines(grants, paths, write)
    makers: dict[Form, Callable[[Record], str]] = {
        code: partial(people_line, people_columns(job, resource, code)) for code in languages
    }
    makers[None] = make_json_line(resource)
    return KeptLines(job.by_key(RESOURCE), makers)


def _joined(lines: Iterable[bytes], between: bytes, before: bytes = b"") -> Iterator[bytes]:
    """Many lines together, which is faster than one after the other."""
    rest = iter(lines)
    while some := list(islice(rest, TOGETHER)):
        yield before + between.join(some)
        before = between


def _around_rows(head: Mapping[str, Any]) -> tuple[bytes, bytes]:
    """What stands before and after the rows of a file of JSON."""
    stream = io.StringIO()
    write_json(stream, head, ("\0",))
    before, _, after = stream.getvalue().partition("\n\0")
    return before.encode(), after.encode()
