"""CSV on the Web (W3C): beside every CSV file a description of it, and one of all tables with their references.

Only prefixed names stand beside the words of the standard, as it allows no others: those of Dublin Core, DCAT and
schema.org. What a standard has no word for, the choice of rows, stands in a note called “filters”.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..package import Resource
from ..text import Text
from .csvw_columns import Described, column_name, describe_table, listed
from .job import FOLDER, Download, Job, describe
from .linked import tag, texts
from .to_people_csv import LINE_END

FORM = "CSVW"
MEDIA_TYPE = "application/csvm+json"
ENDING = "-metadata.json"  # behind the name of the CSV file, where the standard looks first
GROUP = f"{FOLDER}/csv-metadata.json"  # where the standard looks for what is said of a whole folder
CONTEXT = "http://www.w3.org/ns/csvw"
_json = json.JSONEncoder(ensure_ascii=False).encode


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """Beside every CSV file of a table <file>-metadata.json, and data/csv-metadata.json about all for programs."""
    tables = []
    for download in made:
        resource = job.package.by_name.get(download.resource or "")
        if download.format != "CSV" or not resource:
            continue
        described = describe_table(job, resource, download.language)
        head = csvw_metadata(
            job, described, download.path, sha256=download.sha256, size=download.size, rows=download.rows or 0
        )
        if not download.language:
            keys = {"foreignKeys": list(_foreign_keys(job, resource))}
            told = {name: value for name, value in head.items() if name != "@context"}
            tables.append({**told, "tableSchema": {**described.schema(), **keys}})
        path = f"{download.path}{ENDING}"
        (output / path).write_text(csvw_text(head, described), encoding="utf-8", newline="\n")
        yield describe(
            output, path, FORM, MEDIA_TYPE, resource=resource.name, language=download.language, rows=download.rows
        )
    head = {"@context": CONTEXT, **_about(job, job.package.title, job.package.description)}
    text = ",\n".join(map(_json, tables))
    (output / GROUP).write_text(f'{{\n{_members(head)}"tables": [\n{text}\n]\n}}\n', encoding="utf-8", newline="\n")
    yield describe(output, GROUP, FORM, MEDIA_TYPE)


def csvw_metadata(
    job: Job,
    described: Described,
    path: str,
    *,
    sha256: str,
    size: int,
    rows: int,
    filters: Mapping[str, str] | None = None,
    page: str | None = None,
) -> dict[str, Any]:
    """What is said of the CSV file at `path` below the output folder, but for its columns.

    `filters` are the names and values by which its rows were chosen, none for a whole table; `page` is the path of
    the page that shows the same rows.
    """
    language, resource = described.language, described.resource
    beside = f"{path}{ENDING}"
    return {
        "@context": CONTEXT,
        "url": path.rpartition("/")[2],
        **({"lang": tag(language)} if language else {}),
        **_about(job, resource.title, resource.description),
        "dc:bibliographicCitation": _citations(job, resource, language, path),
        "schema:numberOfItems": rows,
        "dcat:byteSize": size,
        "schema:sha256": sha256,
        **({"dcat:downloadURL": {"@id": job.address(path, beside)}} if job.settings.site_url else {}),
        **(_of_page(job, described, page, beside) if page else {}),
        "notes": [
            {
                "schema:name": "filters",
                "schema:additionalProperty": [
                    {"@type": "schema:PropertyValue", "schema:name": name, "schema:value": value}
                    for name, value in (filters or {}).items()
                ],
            }
        ],
        "dialect": _dialect(language),
    }


def _of_page(job: Job, described: Described, page: str, beside: str) -> dict[str, Any]:
    """The page, and where its columns are described in full; nowhere for a table that is packed."""
    whole = f"{FOLDER}/{described.language}/{described.resource.name}.csv{ENDING}"
    return {
        "schema:mainEntityOfPage": {"@id": job.address(page, beside)},
        **({} if job.is_packed(described.resource) else {"rdfs:seeAlso": {"@id": job.address(whole, beside)}}),
    }


def csvw_text(metadata: Mapping[str, Any], described: Described) -> str:
    """The whole file: what csvw_metadata() says, and the columns."""
    return f'{{\n{_members(metadata)}"tableSchema": {described.schema_text}\n}}\n'


def _members(head: Mapping[str, Any]) -> str:
    return "".join(f"{_json(name)}: {_json(value)},\n" for name, value in head.items())


def _about(job: Job, title: Text, description: Text) -> dict[str, Any]:
    licences = [{"@id": item["path"]} for item in job.licenses if item.get("path")]
    return {
        "dc:title": texts(title),
        **({"dc:description": texts(description)} if description else {}),
        **({"dc:license": licences} if licences else {}),
        "dc:issued": {"@value": job.data_date.isoformat(), "@type": "xsd:date"},
        "schema:version": job.version,
    }


def _citations(job: Job, resource: Resource, language: str | None, path: str) -> list[Any]:
    """In the language of the file; in every language for a file for programs."""
    spoken = (language,) if language else job.settings.languages
    return texts(Text.of({code: job.citation(code, resource.title.words(code), path) for code in spoken}))


def _dialect(language: str | None) -> dict[str, Any]:
    """Each of UTF-8; in files for people a mark says so, which readers of the web take off."""
    return {
        "encoding": "utf-8",
        "lineTerminators": [LINE_END if language else "\n"],
        "delimiter": ",",
        "quoteChar": '"',
        "doubleQuote": True,
        "header": True,
        "trim": False,
    }


def _foreign_keys(job: Job, resource: Resource) -> Iterator[dict[str, Any]]:
    """To tables of the same folder, each described in the same file.

    Only of columns that are never empty: to the standard an empty cell is a reference that leads nowhere. And none to a
    table that is packed, as nothing describes its file.
    """
    for key in resource.schema.get("foreignKeys") or []:
        target, columns = key["reference"].get("resource") or resource.name, listed(key["fields"])
        is_described = not job.is_packed(job.package.by_name[target])
        if is_described and all(resource.by_name[name].required for name in columns):
            theirs = [column_name(name) for name in listed(key["reference"]["fields"])]
            yield {
                "columnReference": [column_name(name) for name in columns],
                "reference": {"resource": f"{target}.csv", "columnReference": theirs},
            }
