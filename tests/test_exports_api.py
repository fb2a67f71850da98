"""The static JSON API, and its OpenAPI description: each file is what the description says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import validate

from portal.errors import BuildError
from portal.exports import Job, api_records, to_api, to_json, to_openapi
from portal.exports.job import Download
from tests.exports_of_tiny import with_more
from tests.golden_files import compare_golden


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    write(job, folder)
    return folder


def write(job: Job, output: Path) -> list[Download]:
    (output / "data").mkdir(exist_ok=True)
    made = list(to_json.write(job, output, ()))
    return [*to_api.write(job, output, made), *to_openapi.write(job, output, made)]


def read(output: Path, path: str) -> Any:
    return json.loads((output / "data/api" / path).read_text("utf-8"))


def test_only_the_index_and_the_description_are_downloads(job: Job, tmp_path: Path) -> None:
    assert [(download.path, download.format) for download in write(job, tmp_path)] == [
        ("data/api/index.json", "JSON API"),
        ("data/api/openapi.json", "OpenAPI"),
    ]


@pytest.mark.parametrize(
    "path", ["index.json", "grants/G-2023-1.json", "organizations/index.json", "payments/P-1.json"]
)
def test_files_are_as_they_were(path: str, output: Path, pytestconfig: pytest.Config) -> None:
    text = (output / "data/api" / path).read_text("utf-8")
    compare_golden(pytestconfig, f"exports/data/api/{path}", text)


def test_the_description_is_as_it_was(output: Path, pytestconfig: pytest.Config) -> None:
    description = read(output, "openapi.json")
    description["paths"] = {path: item for path, item in description["paths"].items() if "budgets" in path}
    schemas = description["components"]["schemas"]
    description["components"]["schemas"] = {name: item for name, item in schemas.items() if "budgets" in name}
    text = json.dumps(description, ensure_ascii=False, indent=1)
    compare_golden(pytestconfig, "exports/data/api/openapi.budgets.json", text + "\n")


def test_the_description_is_valid_openapi(output: Path) -> None:
    validate(read(output, "openapi.json"))


def test_every_file_is_what_the_description_says(output: Path) -> None:
    description = read(output, "openapi.json")
    schemas = dict(_schemas(description))
    checked = 0
    for file in sorted((output / "data/api").rglob("*.json")):
        path = file.relative_to(output / "data/api").as_posix()
        if path != "openapi.json":
            folder = path.rpartition("/")[0]
            schema = schemas.get(f"/{path}") or schemas[f"/{folder}/{{id}}.json"]
            validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
            assert [error.message for error in validator.iter_errors(read(output, path))] == [], path
            checked += 1
    assert checked > 60


def _schemas(description: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    for path, item in description["paths"].items():
        reference = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        yield path, {**reference, "components": description["components"]}


def test_a_wrong_file_is_not_what_the_description_says(output: Path) -> None:
    schema = dict(_schemas(read(output, "openapi.json")))["/grants/{id}.json"]
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    good = read(output, "grants/G-2023-1.json")
    assert validator.is_valid(good)
    for name, value in (("year", "2023"), ("added_on", "2023"), ("partners", "lighthouse"), ("funder", None)):
        assert not validator.is_valid({**good, "record": {**good["record"], name: value}}), name
    without = {name: value for name, value in good.items() if name not in ("record", "names")}
    assert not validator.is_valid(without)
    removed = {"version": "2025-03-01.1", "date": "2025-03-01", "change": "removed", "reason": {"en": "It was twice."}}
    assert validator.is_valid({**without, "removed": {**removed, "values": [], "record": {"id": "G-1"}}})
    assert not validator.is_valid({**without, "removed": removed})


def test_every_record_has_a_file_with_the_values_of_the_json(job: Job, output: Path) -> None:
    for resource in job.resources:
        folder = output / "data/api" / resource.name
        if resource.is_codelist:
            assert not folder.exists()
            continue
        rows = json.loads((output / f"data/{resource.name}.json").read_text("utf-8"))["rows"]
        assert sorted(path.name for path in folder.iterdir()) == sorted(
            ["index.json", *(f"{row['id']}.json" for row in rows)]
        )
        for row in rows:
            document = read(output, f"{resource.name}/{row['id']}.json")
            assert document["record"] == row
            assert (document["resource"], document["id"]) == (resource.name, row["id"])
        listed = read(output, f"{resource.name}/index.json")["rows"]
        assert [entry["id"] for entry in listed] == [row["id"] for row in rows]


def test_a_record_tells_what_everything_is_called(output: Path) -> None:
    names = read(output, "grants/G-2023-1.json")["names"]
    assert names["funder"] == {"ministry-of-kites": {"eo": "Ministerio pri Kajtoj", "en": "Ministry of Kites"}}
    assert list(names["partners"]) == ["lighthouse", "hill-school"]
    assert names["sphere"] == {"education": {"eo": "edukado", "en": "education"}}
    assert "donor" not in read(output, "grants/G-2023-2.json")["names"]


@pytest.mark.parametrize(
    ("site", "address", "page"),
    [
        ("", "G-2023-1.json", "../../../eo/grants/G-2023-1.html"),
        (
            "https://kites.example/grants",
            "https://kites.example/grants/data/api/grants/G-2023-1.json",
            "https://kites.example/grants/eo/grants/G-2023-1.html",
        ),
    ],
)
def test_addresses_lead_where_the_files_are(site: str, address: str, page: str, job: Job, tmp_path: Path) -> None:
    write(replace(job, settings=replace(job.settings, site_url=site)), tmp_path)
    document = read(tmp_path, "grants/G-2023-1.json")
    assert (document["address"], document["pages"]["eo"]) == (address, page)
    entry = read(tmp_path, "grants/index.json")["rows"][0]
    assert (entry["address"], entry["pages"]["eo"]) == (address, page)
    assert "pages" not in read(tmp_path, "payments/P-1.json")
    servers = read(tmp_path, "openapi.json")["servers"]
    assert servers == [{"url": f"{site}/data/api" if site else "."}]


def test_a_record_that_was_removed_has_a_document_that_says_so(job: Job) -> None:
    document = api_records.make_record_document(job, job.package.by_name["grants"])
    removed = json.loads(document("G-0", None, removed={"version": "2025-03-01"}))
    assert removed["removed"] == {"version": "2025-03-01"}
    assert removed["pages"] == {"eo": "../../../eo/grants/G-0.html", "en": "../../../en/grants/G-0.html"}
    assert "record" not in removed


def test_without_the_json_files_the_api_is_the_same(job: Job, output: Path, tmp_path: Path) -> None:
    list(to_api.write(job, tmp_path, ()))
    assert read(tmp_path, "grants/G-2024-1.json") == read(output, "grants/G-2024-1.json")


def test_many_records_are_shared_out_and_each_has_its_own(job: Job, tmp_path: Path) -> None:
    many = with_more(job, "grants", *({"id": f"M-{number}", "people_planned": number} for number in range(300)))
    write(many, tmp_path)
    planned = [read(tmp_path, f"grants/M-{number}.json")["record"]["people_planned"] for number in range(300)]
    assert planned == list(range(300))


@pytest.mark.parametrize("identifier", ["index", "../grants", "a/b", "a\\b", ".hidden"])
def test_an_identifier_that_is_no_file_name_is_refused(identifier: str, job: Job, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="cannot be the name of a file in data/api/payments"):
        write(with_more(job, "payments", {"id": identifier}), tmp_path)
