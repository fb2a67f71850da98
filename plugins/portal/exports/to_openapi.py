"""An OpenAPI 3.1 description of the static JSON API, its schemas made from the Table Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..package import Field, Resource
from .api_records import API, WITH_PAGES
from .job import Download, Job, describe
from .to_api import DESCRIPTION, LIST, api_tables

PLAIN = "en"  # the language of the descriptions, which programmers read; else the first of the site
JSON = "application/json"
TYPES: Mapping[str, Mapping[str, Any]] = {
    "integer": {"type": "integer"},
    "year": {"type": "integer"},
    "number": {"type": ["number", "string"]},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "list": {"type": "array", "items": {"type": "string"}},
}
TEXT: Mapping[str, Any] = {"type": "string"}
OBJECT: Mapping[str, Any] = {"type": "object"}


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/api/openapi.json."""
    (output / API).mkdir(parents=True, exist_ok=True)
    text = json.dumps(openapi(job), ensure_ascii=False, indent=1) + "\n"
    (output / DESCRIPTION).write_text(text, encoding="utf-8", newline="\n")
    yield describe(output, DESCRIPTION, "OpenAPI", JSON)


def openapi(job: Job) -> dict[str, Any]:
    """The description as a document. Its schemas are called <table>, <table>_list and <table>_record."""
    language = PLAIN if PLAIN in job.settings.languages else job.settings.languages[0]
    tables = tuple(api_tables(job))
    paths: dict[str, Any] = {"/index.json": _get("index", job.words(language, "What this API has."), "index")}
    schemas: dict[str, Any] = {"index": _index(), "names": _by_language(job), "licenses": _list(OBJECT)}
    for resource in tables:
        title = resource.title.words(language)
        paths[f"/{resource.name}/{LIST}.json"] = _get(f"{resource.name}_list", title, f"{resource.name}_list")
        single = _get(resource.name, job.words(language, "{table}: one record", table=title), resource.name)
        single["get"]["responses"]["404"] = {"description": job.words(language, "There is no such record.")}
        paths[f"/{resource.name}/{{id}}.json"] = {"parameters": [_identifier(job, resource, language)], **single}
        schemas[resource.name] = _document(resource)
        schemas[f"{resource.name}_list"] = _entries(job, resource)
        schemas[f"{resource.name}_record"] = _record(resource, language)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": job.package.title.words(language),
            "description": job.package.description.words(language),
            "version": job.version,
            **_license(job),
        },
        "servers": [{"url": f"{job.settings.site_url}/{API}" if job.settings.site_url else "."}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _license(job: Job) -> dict[str, Any]:
    for item in job.licenses:
        name = item.get("title") or item.get("name")
        if name:
            return {"license": {"name": name, **({"url": item["path"]} if item.get("path") else {})}}
    return {}


def _get(operation: str, summary: str, schema: str) -> dict[str, Any]:
    content = {JSON: {"schema": _ref(schema)}}
    answer = {"200": {"description": summary, "content": content}}
    return {"get": {"operationId": operation, "summary": summary, "responses": answer}}


def _identifier(job: Job, resource: Resource, language: str) -> dict[str, Any]:
    key = resource.by_name[resource.primary_key]
    rows = job.rows[resource.name]
    return {
        "name": "id",
        "in": "path",
        "required": True,
        **_described(key, language),
        "schema": {"type": "string"},
        **({"example": str(rows[0][key.name])} if rows else {}),
    }


def _index() -> dict[str, Any]:
    table = {
        "name": TEXT,
        "title": _ref("names"),
        "rows": {"type": "integer"},
        "list": TEXT,
        "record": TEXT,
        "all": TEXT,
    }
    return _object(
        {
            "title": _ref("names"),
            "description": _ref("names"),
            **_about(),
            "notes": {"type": "object", "additionalProperties": _list(TEXT)},
            "openapi": TEXT,
            "dictionary": TEXT,
            "tables": _list(_object(table)),
        }
    )


def _document(resource: Resource) -> dict[str, Any]:
    """A file of a record: with the record, or when there is no such record any more, with what became of it."""
    members = {"resource": {"const": resource.name}, "id": TEXT, **_about(), "address": TEXT}
    if resource.name in WITH_PAGES:
        members["pages"] = _ref("names")
    names = {field.name: _by_key() for field in resource.fields if field.refers_to}
    there = {"record": _ref(f"{resource.name}_record"), "names": {"type": "object", "properties": names}}
    described = _object(members)
    happened = _happened()
    removed = _object({**happened["properties"], "record": {"type": "object", "additionalProperties": TEXT}})
    described["properties"] |= {**there, "removed": removed, "history": _list(happened)}
    described["anyOf"] = [{"required": list(there)}, {"required": ["removed"]}]
    return described


def _happened() -> dict[str, Any]:
    """What happened to a record in a release; values before and after are cells of its CSV file, null when empty."""
    cell = {"type": ["string", "null"]}
    value = {"field": TEXT, "before": cell, "after": cell, "reason": _ref("names")}
    return _object(
        {
            "version": cell,
            "date": {"type": ["string", "null"], "format": "date"},
            "change": {"enum": ["added", "changed", "removed"]},
            "reason": _ref("names"),
            "values": _list(_object(value)),
        }
    )


def _entries(job: Job, resource: Resource) -> dict[str, Any]:
    entry: dict[str, Any] = {"id": TEXT, "address": TEXT}
    if resource.name in job.names[job.settings.languages[0]]:
        entry["names"] = _ref("names")
    if resource.name in WITH_PAGES:
        entry["pages"] = _ref("names")
    head = {"resource": {"const": resource.name}, "title": _ref("names"), **_about(), "description": TEXT}
    return _object({**head, "rows": _list(_object(entry))})


def _record(resource: Resource, language: str) -> dict[str, Any]:
    """Every member is always there; one that the table does not require may be null."""
    return _object({field.name: {**_value(field), **_described(field, language)} for field in resource.fields})


def _value(field: Field) -> dict[str, Any]:
    kind = TYPES.get(field.type, TEXT)
    if field.required:
        return dict(kind)
    types = kind["type"] if isinstance(kind["type"], list) else [kind["type"]]
    return {**kind, "type": [*types, "null"]}


def _described(field: Field, language: str) -> dict[str, str]:
    words = field.description.words(language) or field.title.words(language)
    return {"description": words} if words else {}


def _about() -> dict[str, Any]:
    return {"version": TEXT, "date": {"type": "string", "format": "date"}, "licenses": _ref("licenses")}


def _by_language(job: Job) -> dict[str, Any]:
    return {"type": "object", "properties": dict.fromkeys(job.settings.languages, TEXT)}


def _by_key() -> dict[str, Any]:
    return {"type": "object", "additionalProperties": _ref("names")}


def _object(members: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": dict(members), "required": list(members)}


def _list(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _ref(schema: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{schema}"}
