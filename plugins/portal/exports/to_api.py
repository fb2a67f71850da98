"""The static JSON API: a file a record, a list of the records of each table, and a description of both.

The addresses never change. A file of a record holds its values as in data/<resource>.json, and what everything that it
points at is called. Code lists have no files of their own: what their codes are called stands beside every code.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import BuildError
from ..package import Resource
from ..releases import History
from ..tables import Record
from ..workers import share_out
from .api_records import API, make_record_document, names_of_fields, page_roots
from .job import DICTIONARY, FOLDER, Download, Job, describe
from .narrow import values_of
from .to_json import write_json
from .to_jsonl import record_lines

INDEX = f"{API}/index.json"
DESCRIPTION = f"{API}/openapi.json"
MEDIA_TYPE = "application/json"
LIST = "index"  # <table>/index.json lists the records, so that none can be called so
_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/api/<table>/<id>.json and data/api/<table>/index.json of every table, data/api/index.json.

    Only the last is a Download: a page that lists the others would be longer than they are. Raises BuildError for an
    identifier that cannot be the name of a file.
    """
    for resource in api_tables(job):
        _require_names(job, resource)
        (output / API / resource.name).mkdir(parents=True, exist_ok=True)
        _write_records(job, output, resource, any(d.path == f"{FOLDER}/{resource.name}.json" for d in made))
        _write_removed(job, output, resource)
        _write_list(job, output, resource)
    (output / API).mkdir(parents=True, exist_ok=True)
    index = json.dumps(api_index(job), ensure_ascii=False, indent=1) + "\n"
    (output / INDEX).write_text(index, encoding="utf-8", newline="\n")
    yield describe(output, INDEX, "JSON API", MEDIA_TYPE)


def api_tables(job: Job) -> Iterator[Resource]:
    """The tables that have files: all but the code lists, and but those whose records have no single identifier."""
    for resource in job.resources:
        key = resource.schema.get("primaryKey") or resource.primary_key
        if not resource.is_codelist and (isinstance(key, str) or len(key) == 1):
            yield resource


def _require_names(job: Job, resource: Resource) -> None:
    rows, key = job.rows[resource.name], resource.primary_key
    for number, (value,) in enumerate(values_of(rows, [key])):
        identifier = str(value)
        if identifier == LIST or identifier.startswith(".") or not {"/", "\\", "\0"}.isdisjoint(identifier):
            record = rows[number]
            raise BuildError(
                f"{record.file}, line {record.line}: the identifier “{identifier}” cannot be the name of a file in "
                f"{API}/{resource.name}. Use letters, digits and hyphens, and not the word “{LIST}”."
            )


def _write_records(job: Job, output: Path, resource: Resource, has_lines: bool) -> None:
    rows = job.rows[resource.name]
    document = make_record_document(job, resource)
    needed = {resource.primary_key, *(name for name, _ in names_of_fields(job, resource))}
    columns = [name for name in resource.field_names if name in needed or not has_lines]
    lines_file = output / FOLDER / f"{resource.name}.json"
    histories = job.past.histories

    def write_share(share: Sequence[int]) -> None:
        wanted = set(share)
        lines = record_lines(lines_file) if has_lines else (None for _ in rows)
        for number, (values, line) in enumerate(zip(values_of(rows, columns), lines, strict=True)):
            if number in wanted:
                record = Record(dict(zip(columns, values, strict=True)), "", 0)
                identifier = str(record[resource.primary_key])
                told = histories.get((resource.name, identifier))
                more = {"history": told_as_json(told)} if told else {}
                text = document(identifier, record, line and line.decode().rstrip("\n"), **more)
                path = f"{output}/{API}/{resource.name}/{identifier}.json"
                with open(path, "wb") as stream:  # noqa: PTH123  (a Path a file is a sixth of the time)
                    stream.write(text.encode())

    share_out(write_share, range(len(rows)))


def _write_removed(job: Job, output: Path, resource: Resource) -> None:
    """Addresses stay: the file of a record that is gone says when, why, and what was last published, as text."""
    document = make_record_document(job, resource)
    for gone in job.past.removed:
        if gone.resource == resource.name:
            told = told_as_json(job.past.histories[gone.resource, gone.id])
            removed = {**told[0], "record": dict(gone.record)}
            text = document(gone.id, None, removed=removed, history=told)
            (output / API / resource.name / f"{gone.id}.json").write_text(text, encoding="utf-8", newline="\n")


def told_as_json(told: tuple[History, ...]) -> list[dict[str, Any]]:
    """What happened to a record, the latest first; version and date are null for what is not released yet."""
    return [
        {
            "version": history.version,
            "date": history.day and history.day.isoformat(),
            "change": history.changes[0].kind,
            "reason": dict(history.changes[0].reason.versions) if history.changes[0].kind == "removed" else {},
            "values": [
                {
                    "field": change.field,
                    "before": change.before,
                    "after": change.after,
                    "reason": dict(change.reason.versions),
                }
                for change in history.changes
                if change.field
            ],
        }
        for history in told
    ]


def _write_list(job: Job, output: Path, resource: Resource) -> None:
    path = f"{API}/{resource.name}/{LIST}.json"
    head = {
        "resource": resource.name,
        "title": dict(resource.title.versions),
        "version": job.version,
        "date": job.data_date.isoformat(),
        "licenses": job.licenses,
        "description": job.address(DESCRIPTION, beside=path),
    }
    with (output / path).open("w", encoding="utf-8", newline="\n") as stream:
        write_json(stream, head, _entries(job, resource, path))


def _entries(job: Job, resource: Resource, path: str) -> Iterator[str]:
    folder = job.address(f"{API}/{resource.name}/", beside=path)
    pages = page_roots(job, resource, beside=path)
    named, languages = job.name_columns(resource.name), job.settings.languages
    for key, *words in values_of(job.rows[resource.name], [resource.primary_key, *named]):
        entry: dict[str, Any] = {"id": str(key)}
        if named:
            name = job.name_of(dict(zip(named, words, strict=True)))
            entry["names"] = {language: name.words(language) or str(key) for language in languages}
        entry["address"] = f"{folder}{key}.json"
        if pages:
            page = job.addresses.record(resource.name, str(key))
            entry["pages"] = {language: root + page for language, root in pages.items()}
        yield _json(entry)


def api_index(job: Job) -> dict[str, Any]:
    """What stands in data/api/index.json: which files there are, where, and that they stay there."""
    languages = job.settings.languages
    return {
        "title": dict(job.package.title.versions),
        "description": dict(job.package.description.versions),
        "version": job.version,
        "date": job.data_date.isoformat(),
        "licenses": job.licenses,
        "notes": {language: list(_notes(job, language)) for language in languages},
        "openapi": job.address(DESCRIPTION, beside=INDEX),
        "dictionary": job.address(DICTIONARY, beside=INDEX),
        "tables": [
            {
                "name": resource.name,
                "title": dict(resource.title.versions),
                "rows": len(job.rows[resource.name]),
                "list": job.address(f"{API}/{resource.name}/{LIST}.json", beside=INDEX),
                "record": job.address(f"{API}/{resource.name}/", beside=INDEX) + "{id}.json",
                "all": job.address(f"{FOLDER}/{resource.name}.json", beside=INDEX),
            }
            for resource in api_tables(job)
        ],
    }


def _notes(job: Job, language: str) -> Iterator[str]:
    yield job.words(language, "Every record is a file: write its identifier in the place of {place}.", place="{id}")
    yield job.words(
        language, "These addresses stay. New members may be added to a file; none is taken away or renamed."
    )
    yield job.words(language, "A member is null where the source does not say; that never means zero.")
    yield job.words(language, "Grants that were only announced are listed and marked, but never counted.")
