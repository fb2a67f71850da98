"""The CSV and JSON beside a page: exactly the grants that the page stands for, in its order."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from ..model import Grant
from .columns import people_columns
from .job import Download, Job, describe
from .to_json import MEDIA_TYPE, json_head, json_line, write_json
from .to_package import CSV_MEDIA_TYPE
from .to_people_csv import ENCODING, header_line, people_line

RESOURCE = "grants"
FOLDERS = {
    "organization": "organizations",
    "program": "programs",
    "place": "places",
    "sphere": "spheres",
    "year": "years",
}  # kind of page -> folder of its pages
JSON = "json"  # beside the codes of the languages in Job.lines
LINES_KEPT = 65_536  # a form; a grant stands on about eight pages, and making its line again takes 0.1 ms


def write_beside(job: Job, output: Path, kind: str, identifier: str, grants: tuple[Grant, ...]) -> tuple[Download, ...]:
    """<language>/<kind>s/<identifier>.csv and .json in every language. A page without grants has files without rows."""
    downloads = []
    for language in job.settings.languages:
        page = f"{language}/{FOLDERS[kind]}/{identifier}"
        (output / page).parent.mkdir(parents=True, exist_ok=True)
        columns = people_columns(job, job.package.by_name[RESOURCE], language)
        line = _lines(job, language)
        with (output / f"{page}.csv").open("w", encoding=ENCODING, newline="") as stream:
            stream.write(header_line(columns))
            stream.writelines(line(grant.id) for grant in grants)
        line = _lines(job, JSON)
        head = {**json_head(job, RESOURCE, f"{page}.json"), "page": job.address(f"{page}.html", beside=f"{page}.json")}
        with (output / f"{page}.json").open("w", encoding="utf-8", newline="\n") as stream:
            write_json(stream, head, (line(grant.id) for grant in grants))
        for ending, form, media_type in ((".csv", "CSV", CSV_MEDIA_TYPE), (".json", "JSON", MEDIA_TYPE)):
            path = f"{page}{ending}"
            downloads.append(
                describe(output, path, form, media_type, resource=RESOURCE, language=language, rows=len(grants))
            )
    return tuple(downloads)


def _lines(job: Job, form: str) -> Callable[[str], str]:
    """Identifier of a grant -> its line in JSON, or in the CSV of the language `form`."""
    if form not in job.lines:
        records = job.by_key(RESOURCE)
        if form == JSON:
            job.lines[form] = lru_cache(LINES_KEPT)(lambda grant: json_line(records[grant]))
        else:
            columns = people_columns(job, job.package.by_name[RESOURCE], form)
            job.lines[form] = lru_cache(LINES_KEPT)(lambda grant: people_line(columns, records[grant]))
    return job.lines[form]
