"""CSVW: every CSV file has a description, and the csvw package reads the records back by it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from portal.__main__ import load_settings
from portal.cells import number_text
from portal.exports import Download, Job, make_beside_writer, to_csvw, to_package, to_people_csv
from portal.exports.csvw_columns import column_name
from portal.exports.linked import texts
from portal.i18n import Translations
from portal.pipeline import read_portal
from portal.text import Text
from portal.validate import Tables
from tests.exports_of_tiny import read_csv, tiny_job, with_more
from tests.golden_files import compare_golden

ROOT = Path(__file__).parent.parent
READER = ROOT / "tests/csvw_reader.py"
PYTHON = ROOT / ".venv/csvw/bin/python"
MISSING = (
    f"{PYTHON} is missing. Run: python3 -m venv .venv/csvw && "
    ".venv/csvw/bin/pip install --require-hashes -r requirements-csvw.lock"
)


def write_all(job: Job, output: Path) -> dict[str, Download]:
    """Every CSV file of the job and its metadata, by path."""
    (output / "data").mkdir()
    made: list[Download] = []
    for module in (to_package, to_people_csv, to_csvw):
        made.extend(list(module.write(job, output, tuple(made))))
    return {download.path: download for download in made}


def read_back(folder: Path) -> dict[str, dict[str, Any]]:
    """What the csvw package says of every metadata file below the folder, by path."""
    assert PYTHON.exists(), MISSING
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*-metadata.json"))
    done = subprocess.run([PYTHON, READER, *names], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answers: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return answers


@pytest.fixture(scope="module")
def job(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Job:
    """With texts that are hard to carry in CSV."""
    job = tiny_job(tables, tmp_path_factory.mktemp("words"))
    hard = {
        "title_eo": "#1, “a”\nb",
        "title_en": ' "=1+1"; ',
        "agreement_number": "00123",
        "amount_awarded": Decimal("1E+3"),
    }
    return with_more(job, "grants", {**hard, "id": "G-2025-1"})


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Downloads, and the files beside two pages."""
    folder = tmp_path_factory.mktemp("output")
    write_all(job, folder)
    beside = make_beside_writer(job)
    members = job.portal.catalog.members
    beside(folder, "organization", "seagull", members["organization", "seagull"])
    beside(folder, "program", "quiet-harbour", ())
    return folder


@pytest.fixture(scope="module")
def answers(output: Path) -> dict[str, dict[str, Any]]:
    return read_back(output)


def test_every_csv_file_has_a_description_that_the_csvw_package_accepts(
    output: Path, answers: dict[str, dict[str, Any]]
) -> None:
    described = {f"{path.relative_to(output).as_posix()}-metadata.json" for path in output.rglob("*.csv")}
    assert set(answers) == described | {"data/csv-metadata.json"}
    assert {path: answer["warnings"] for path, answer in answers.items() if not answer["valid"]} == {}


def test_the_rows_for_programs_are_the_records(job: Job, answers: dict[str, dict[str, Any]]) -> None:
    together = answers["data/csv-metadata.json"]["tables"]
    for resource in job.resources:
        expected = [
            {field.name: _plain(record.values[field.name], field.type) for field in resource.fields}
            for record in job.rows[resource.name]
        ]
        name = f"{resource.name}.csv"
        assert answers[f"data/{name}-metadata.json"]["tables"] == {name: expected}
        assert together[name] == expected


@pytest.mark.parametrize("path", ["data/eo/grants.csv", "data/en/grants.csv", "eo/organizations/seagull.csv"])
def test_the_rows_for_people_are_those_of_the_file(path: str, output: Path, answers: dict[str, dict[str, Any]]) -> None:
    ((_, rows),) = answers[f"{path}-metadata.json"]["tables"].items()
    cells = read_csv(output / path, "utf-8-sig")
    assert [[_cell(value) for value in row.values()] for row in rows] == [list(cell.values()) for cell in cells]
    assert cells


def test_a_description_that_does_not_fit_is_noticed(output: Path, tmp_path: Path) -> None:
    for name in ("spheres.csv", "spheres.csv-metadata.json"):
        (tmp_path / name).write_bytes((output / "data" / name).read_bytes())
    text = (tmp_path / "spheres.csv").read_text("utf-8")
    (tmp_path / "spheres.csv").write_text(text.replace("leisure,libertempo,leisure", "leisure,,leisure"), "utf-8")
    answer = read_back(tmp_path)["spheres.csv-metadata.json"]
    assert not answer["valid"]
    assert "required column value is missing" in answer["warnings"][0]


@pytest.mark.parametrize("path", ["data/amount_groups.csv-metadata.json", "data/eo/amount_groups.csv-metadata.json"])
def test_files_are_as_they_were(path: str, tables: Tables, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    write_all(tiny_job(tables, tmp_path), tmp_path)
    compare_golden(pytestconfig, f"exports/{path}", (tmp_path / path).read_text("utf-8"))


def test_tables_refer_to_each_other_where_a_reference_is_never_empty(output: Path, pytestconfig: pytest.Config) -> None:
    told = json.loads((output / "data/csv-metadata.json").read_text("utf-8"))
    lines = [f"{table['url']}: {_references(table)}\n" for table in told["tables"] if _references(table)]
    compare_golden(pytestconfig, "exports/csvw-references.txt", "".join(lines))


def test_no_table_refers_to_one_that_is_packed(job: Job, tmp_path: Path) -> None:
    packed = replace(job, settings=replace(job.settings, all_formats=8))
    write_all(packed, tmp_path)
    make_beside_writer(packed)(tmp_path, "year", "2019", ())
    answers = read_back(tmp_path)
    assert {path: answer["warnings"] for path, answer in answers.items() if not answer["valid"]} == {}
    tables = json.loads((tmp_path / "data/csv-metadata.json").read_text("utf-8"))["tables"]
    described = {table["url"] for table in tables}
    assert "grants.csv" not in described  # it has nine rows
    targets = {key["reference"]["resource"] for table in tables for key in table["tableSchema"]["foreignKeys"]}
    assert targets
    assert targets <= described
    beside = json.loads((tmp_path / "eo/years/2019.csv-metadata.json").read_text("utf-8"))
    assert "rdfs:seeAlso" not in beside


def test_the_shipped_records_are_read_back(tmp_path: Path) -> None:
    settings = load_settings(ROOT / "pelicanconf.py")
    day = date(2026, 11, 25)
    job = Job(read_portal(settings, day), settings, Translations(settings.translations), day)
    write_all(job, tmp_path)
    answers = read_back(tmp_path)
    assert {path: answer["warnings"] for path, answer in answers.items() if not answer["valid"]} == {}
    for resource in job.resources:
        (rows,) = answers[f"data/{resource.name}.csv-metadata.json"]["tables"].values()
        assert rows == [
            {field.name: _plain(record.values[field.name], field.type) for field in resource.fields}
            for record in job.rows[resource.name]
        ]


def test_the_description_says_what_the_file_is(output: Path) -> None:
    told = json.loads((output / "data/eo/grants.csv-metadata.json").read_text("utf-8"))
    content = (output / "data/eo/grants.csv").read_bytes()
    assert told["@context"] == "http://www.w3.org/ns/csvw"
    assert told["schema:version"] == "2025-02-01-unreleased"
    assert told["dc:license"] == [{"@id": "https://creativecommons.org/publicdomain/zero/1.0/"}]
    assert (told["schema:numberOfItems"], told["dcat:byteSize"]) == (9, len(content))
    assert told["notes"] == [{"schema:name": "filters", "schema:additionalProperty": []}]
    assert told["dialect"]["lineTerminators"] == ["\r\n"]
    assert "dcat:downloadURL" not in told


def test_an_address_stands_in_the_description_when_the_site_has_one(job: Job, tmp_path: Path) -> None:
    write_all(replace(job, settings=replace(job.settings, site_url="https://kites.example/grants")), tmp_path)
    told = json.loads((tmp_path / "data/eo/grants.csv-metadata.json").read_text("utf-8"))
    assert told["dcat:downloadURL"] == {"@id": "https://kites.example/grants/data/eo/grants.csv"}


def test_the_header_of_the_file_is_among_the_titles_and_comes_first(output: Path) -> None:
    for path in ("data/grants.csv", "data/eo/grants.csv", "data/en/grants.csv", "eo/organizations/seagull.csv"):
        told = json.loads((output / f"{path}-metadata.json").read_text("utf-8"))
        header = list(read_csv(output / path, "utf-8-sig")[0])
        first = [next(iter(column["titles"].values())) for column in told["tableSchema"]["columns"]]
        assert [title if isinstance(title, str) else title[0] for title in first] == header


def test_no_csv_file_has_a_line_that_is_a_comment(output: Path) -> None:
    files = list(output.rglob("*.csv"))
    assert len(files) > 80
    for path in files:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
        assert not [line for line in lines if line.startswith(("#", "//"))]


@pytest.mark.parametrize(
    ("name", "safe"),
    [("amount", "amount"), ("a b", "a%20b"), ("title-eo", "title%2Deo"), ("_x", "%5Fx"), ("год", None)],
)
def test_names_of_columns_are_names_to_the_standard(name: str, safe: str | None) -> None:
    assert column_name(name) == (safe or "%D0%B3%D0%BE%D0%B4")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ({"eo": "Suno", "en": "Sun"}, [{"@value": "Suno", "@language": "eo"}, {"@value": "Sun", "@language": "en"}]),
        ({"eo": "Sun", "en": "Sun"}, ["Sun"]),
        ({"pt_BR": "Sol"}, [{"@value": "Sol", "@language": "pt-BR"}]),
        ({}, []),
    ],
)
def test_texts_say_their_language_when_it_is_certain(words: Mapping[str, str], expected: list[Any]) -> None:
    assert texts(Text.of(words)) == expected


def _references(table: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{key['columnReference'][0]} -> {key['reference']['resource']}" for key in table["tableSchema"]["foreignKeys"]
    )


def _plain(value: Any, kind: str) -> Any:
    """A value as the reader prints it."""
    if kind == "list":
        return list(value or ())
    if isinstance(value, Decimal):
        return number_text(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _cell(value: Any) -> str:
    """What the reader printed, as a cell of the file."""
    if isinstance(value, list):
        return ";".join(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)
