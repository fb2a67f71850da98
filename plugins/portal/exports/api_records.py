"""The text of the file of a record in the static JSON API."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from ..package import Resource
from ..tables import Record
from .job import FOLDER, Job
from .to_json import json_line

API = f"{FOLDER}/api"
WITH_PAGES = ("calls", "grants", "organizations", "places", "programs")  # see addresses.py
_json = json.JSONEncoder(ensure_ascii=False, default=str).encode

RecordDocument = Callable[..., str]


def make_record_document(job: Job, resource: Resource) -> RecordDocument:
    """A function that makes the text of data/api/<table>/<identifier>.json; what all files share is made only once.

    It takes the identifier, the record, or None when there is no such record any more, optionally the record as
    json_line() made it, and further members by name, such as the history of the record.
    """
    head = f'{{\n"resource": {_json(resource.name)},\n"id": '
    shared = {"version": job.version, "date": job.data_date.isoformat(), "licenses": job.licenses}
    about = "".join(f",\n{_json(name)}: {_json(value)}" for name, value in shared.items())
    folder = f"{API}/{resource.name}/"
    address = _json(job.address(folder, beside=folder))[:-1]  # the identifier and the quotation mark follow
    pages = [f"{_json(code)}: {_json(root)[:-1]}" for code, root in page_roots(job, resource, beside=folder).items()]
    fields = names_of_fields(job, resource)

    def document(identifier: str, record: Record | None, line: str | None = None, **more: Any) -> str:
        name = _json(identifier)[1:-1]
        parts = [f'{head}"{name}"{about},\n"address": {address}{name}.json"']
        if pages:
            page = _json(job.addresses.record(resource.name, identifier))[1:]
            parts.append(',\n"pages": {' + ", ".join([root + page for root in pages]) + "}")
        if record is not None:
            values = record.values
            names = ", ".join([called[values[field]] for field, called in fields if values[field] is not None])
            parts.append(f',\n"record": {line or json_line(record)},\n"names": {{{names}}}')
        parts.extend(f",\n{_json(name)}: {_json(value)}" for name, value in more.items())
        return "".join(parts) + "\n}\n"

    return document


def page_roots(job: Job, resource: Resource, beside: str) -> Mapping[str, str]:
    """Language -> address of its folder, below which readers find the records; empty when they do not."""
    if resource.name not in WITH_PAGES:
        return {}
    return {code: job.address(f"{code}/", beside=beside) for code in job.settings.languages}


class _Called(dict[Any, str]):
    """Value of a field, which may be several keys -> a JSON member with the names by language of each key.

    It is made when it is first asked for: 100,000 grants share some hundred recipients and codes.
    """

    def __init__(self, field: str, names: Mapping[str, Mapping[Any, str]]) -> None:
        super().__init__()
        self._field = field
        self._names = names  # language -> key -> name

    def __missing__(self, value: Any) -> str:
        keys = value if isinstance(value, tuple) else (value,)
        found = {str(key): {language: names[key] for language, names in self._names.items()} for key in keys}
        self[value] = f"{_json(self._field)}: {_json(found)}"
        return self[value]


def names_of_fields(job: Job, resource: Resource) -> list[tuple[str, _Called]]:
    """Every field that points at records with names, and those names."""
    found = []
    for field in resource.fields:
        target = field.refers_to
        names = {code: known[target] for code, known in job.names.items() if target and target in known}
        if names:
            found.append((field.name, _Called(field.name, names)))
    return found
