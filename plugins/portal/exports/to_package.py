"""The package itself: plain CSV for programs, the files that are no tables, and the descriptor that validates them."""

from __future__ import annotations

import gzip
import io
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any, TextIO

from ..cells import cell_text, csv_cell, csv_line
from ..package import Field, Resource
from .columns import Cells
from .job import DICTIONARY, FOLDER, Download, Job, describe

CSV_MEDIA_TYPE = "text/csv"
# Written out although they are the defaults: without them Frictionless guesses from the first lines.
DIALECT = {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "skipInitialSpace": False}
OWN_FORM = ("format", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues", "missingValues")
PACKED, GZIP, LEVEL = "CSV (gzip)", ".gz", 5  # a higher level takes twice as long for a few hundredths
TRANSLATED = ("title", "description", "why")
FORMATS = {"geojson": "GeoJSON", "topojson": "TopoJSON"}


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/<resource>.csv, the other files of the package, data/datapackage.json."""
    downloads = []
    for resource in job.every_resource:
        download = _write_table(job, output, resource)
        downloads.append(download)
        yield download
    for item in job.package.files:
        download = _copy_file(job, output, item)
        downloads.append(download)
        yield download
    descriptor = _package(job, {str(download.resource): download for download in downloads})
    text = json.dumps(descriptor, ensure_ascii=False, indent=1, default=str) + "\n"  # str: a day that YAML understood
    (output / DICTIONARY).write_text(text, encoding="utf-8", newline="\n")
    yield describe(output, DICTIONARY, "Data Package", "application/json")


def _write_table(job: Job, output: Path, resource: Resource) -> Download:
    path = csv_path(job, resource)
    rows = job.rows[resource.name]
    cells = [(field.name, _plain_cells(field)) for field in resource.fields]
    with _opened(output / path) as stream:
        stream.write(csv_line(resource.field_names, "\n"))
        for record in rows:
            values = record.values
            stream.write(",".join([made[values[name]] for name, made in cells]) + "\n")
    form, media_type = (PACKED, "application/gzip") if path.endswith(GZIP) else ("CSV", CSV_MEDIA_TYPE)
    return describe(output, path, form, media_type, resource=resource.name, rows=len(rows))


def csv_path(job: Job, resource: Resource) -> str:
    """Of the plain CSV of a table, below the output folder; a very large one is packed."""
    return f"{FOLDER}/{resource.name}.csv{GZIP if job.is_packed(resource) else ''}"


@contextmanager
def _opened(path: Path) -> Iterator[TextIO]:
    if path.suffix != GZIP:
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        return
    with (
        path.open("wb") as file,
        gzip.GzipFile("", "wb", LEVEL, file, mtime=0) as packed,  # neither name nor clock: the same bytes again
        io.TextIOWrapper(packed, encoding="utf-8", newline="") as stream,
    ):
        yield stream


def _plain_cells(field: Field) -> Cells:
    """Value of a field -> cell as the schema reads it back, quoted where it must be."""
    return Cells(lambda value: csv_cell(cell_text(value, field.delimiter)), field)


def _copy_file(job: Job, output: Path, item: Mapping[str, Any]) -> Download:
    """Under the name of the resource, which is unique, whatever folder the file lay in."""
    ending = PurePosixPath(item["path"]).suffix
    path = f"{FOLDER}/{item['name']}{ending}"
    shutil.copyfile(job.package.folder / item["path"], output / path)
    form = str(item.get("format") or ending.lstrip("."))
    media_type = item.get("mediatype") or "application/octet-stream"
    return describe(output, path, FORMATS.get(form, form.upper()), media_type, resource=item["name"])


def _package(job: Job, downloads: Mapping[str, Download]) -> dict[str, Any]:
    kept = {name: value for name, value in job.package.descriptor.items() if name not in ("resources", "sources")}
    return {
        **_in_languages(kept, job),
        "version": job.version,
        "created": f"{job.data_date.isoformat()}T00:00:00Z",
        **({"homepage": job.settings.site_url} if job.settings.site_url else {}),
        "languages": list(job.settings.languages),
        "sources": list(_sources(job)),
        "resources": [_resource(job, item, downloads[item["name"]]) for item in job.package.descriptor["resources"]],
    }


def _resource(job: Job, item: Mapping[str, Any], download: Download) -> dict[str, Any]:
    described = {
        **_in_languages(item, job),
        "path": download.path.removeprefix(f"{FOLDER}/"),
        "bytes": download.size,
        "hash": f"sha256:{download.sha256}",
    }
    resource = job.package.by_name.get(item["name"])
    if not resource:
        return described
    described |= {"format": "csv", "mediatype": CSV_MEDIA_TYPE, "encoding": "utf-8", "dialect": DIALECT}
    if download.path.endswith(GZIP):
        described["compression"] = "gz"
    return {**described, "schema": _schema(job, resource)}


def _schema(job: Job, resource: Resource) -> dict[str, Any]:
    """As written, less what said how the publisher's own files wrote their values: ours are written in one way."""
    fields = [
        _in_languages(_plain_field(item, field), job)
        for item, field in zip(resource.schema["fields"], resource.fields, strict=True)
    ]
    kept = {name: value for name, value in resource.schema.items() if name not in OWN_FORM}
    return {**kept, "fields": fields}


def _plain_field(item: Mapping[str, Any], field: Field) -> dict[str, Any]:
    forms = () if field.type == "string" else OWN_FORM  # the format of a text, such as uri, is a limit and stays
    return {name: value for name, value in item.items() if name not in forms}


def _in_languages(item: Mapping[str, Any], job: Job) -> dict[str, Any]:
    """With titles and descriptions as the Data Package recipes for languages and translations want them.

    The plain member is in the first of the package's `languages`, or in what there is; `title@<language>` translates
    it. The other form of the recipe, an object by language, is not used as Frictionless refuses it.
    """
    default, *others = job.settings.languages
    ours = {f"{name}_{code}": name for name in TRANSLATED for code in job.settings.languages}
    told: dict[str, Any] = {}
    for member, value in item.items():
        name = ours.get(member, member)
        if name not in TRANSLATED:
            told[member] = value
        elif name not in told:
            words = {code: item.get(f"{name}_{code}") or item.get(name) for code in job.settings.languages}
            first = words[default] or next(filter(None, words.values()), "")
            told |= {name: first} | {
                f"{name}@{code}": words[code] for code in others if words[code] not in (None, first)
            }
    return told


def _sources(job: Job) -> Iterator[dict[str, str]]:
    names = job.names[job.settings.languages[0]].get("sources", {})
    for record in job.rows.get("sources", ()):
        url = record.values.get("url")
        yield {"title": names.get(record["id"], record["id"]), **({"path": url} if url else {})}
