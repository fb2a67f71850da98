"""The CSV, its description and the JSON beside a page: exactly the grants that the page stands for, in its order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

from ..model import Grant
from .columns import people_columns
from .csvw_columns import Described, describe_table
from .job import Job
from .to_csvw import ENDING, csvw_metadata, csvw_text
from .to_json import json_head, make_json_line, write_json
from .to_people_csv import ENCODING, header_line, people_line

RESOURCE = "grants"
FOLDERS = {
    "organization": "organizations",
    "program": "programs",
    "place": "places",
    "sphere": "spheres",
    "year": "years",
}  # kind of page -> folder of its pages
LINES_KEPT = 65_536  # a form; a grant stands on about eight pages, and making its lines again takes 50 µs

Line = Callable[[str], str]  # identifier of a grant -> its line in a file
WriteBeside = Callable[[Path, str, str, Sequence[Grant]], list[str]]


def make_beside_writer(job: Job) -> WriteBeside:
    """A function that writes <language>/<kind>s/<identifier>.csv and .json in every language, and returns their paths.

    Beside the CSV stands what describes it: <identifier>.csv-metadata.json. The function takes the output folder, the
    kind and identifier of the page, and its grants. A page without grants has files without rows. Columns and lines
    are made once for all pages. Raises OSError when a file cannot be written.
    """
    records = job.by_key(RESOURCE)
    resource = job.package.by_name[RESOURCE]
    tables: dict[str, tuple[str, Line, Described]] = {}
    for language in job.settings.languages:
        columns = people_columns(job, resource, language)
        line = lru_cache(LINES_KEPT)(lambda grant, columns=columns: people_line(columns, records[grant]))
        tables[language] = (header_line(columns), line, describe_table(job, resource, language, briefly=True))
    json_line = make_json_line(resource)
    json_of = lru_cache(LINES_KEPT)(lambda grant: json_line(records[grant]))

    def write_beside(output: Path, kind: str, identifier: str, grants: Sequence[Grant]) -> list[str]:
        written = []
        for language, (header, line, described) in tables.items():
            page = f"{language}/{FOLDERS[kind]}/{identifier}"
            (output / page).parent.mkdir(parents=True, exist_ok=True)
            content = "".join([header, *(line(grant.id) for grant in grants)]).encode(ENCODING)
            (output / f"{page}.csv").write_bytes(content)
            metadata = csvw_metadata(
                job,
                described,
                f"{page}.csv",
                sha256=hashlib.sha256(content).hexdigest(),
                size=len(content),
                rows=len(grants),
                filters={kind: identifier},
                page=f"{page}.html",
            )
            text = csvw_text(metadata, described)
            (output / f"{page}.csv{ENDING}").write_text(text, encoding="utf-8", newline="\n")
            address = job.address(f"{page}.html", beside=f"{page}.json")
            with (output / f"{page}.json").open("w", encoding="utf-8", newline="\n") as stream:
                head = {**json_head(job, RESOURCE, f"{page}.json"), "page": address}
                write_json(stream, head, (json_of(grant.id) for grant in grants))
            written += [f"{page}.csv", f"{page}.csv{ENDING}", f"{page}.json"]
        return written

    return write_beside
