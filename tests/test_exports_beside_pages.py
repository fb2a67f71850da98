"""The files beside a page hold exactly the grants of the page."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from portal.exports import Job, make_beside_writer
from tests.exports_of_tiny import read_csv
from tests.golden_files import compare_golden


@pytest.mark.parametrize(
    ("kind", "page", "grants"),
    [
        ("organization", "organizations/seagull", ["G-2024-2", "G-2023-1"]),
        ("program", "programs/quiet-harbour", []),
        ("place", "places/monta", ["G-2023-2", "G-2023-3"]),
        ("sphere", "spheres/education", ["G-2024-2", "G-2023-1", "G-2023-3"]),
        ("year", "years/2024", ["G-2024-2", "G-2024-1", "G-2024-4", "G-2024-3"]),  # by day, the unknown day last
    ],
)
def test_the_rows_are_those_of_the_page_in_its_order(
    kind: str, page: str, grants: list[str], job: Job, tmp_path: Path
) -> None:
    identifier = Path(page).name
    members = job.portal.catalog.members.get((kind, identifier), ())
    paths = make_beside_writer(job)(tmp_path, kind, identifier, members)
    endings = ("csv", "csv-metadata.json", "json")
    assert paths == [f"{language}/{page}.{ending}" for language in ("eo", "en") for ending in endings]
    rows = read_csv(tmp_path / f"en/{page}.csv", "utf-8-sig")
    assert [row["Identifier"] for row in rows] == grants
    content = json.loads((tmp_path / f"eo/{page}.json").read_text("utf-8"))
    assert [row["id"] for row in content["rows"]] == grants
    assert (content["page"], content["dictionary"]) == (f"{identifier}.html", "../../data/datapackage.json")


@pytest.mark.parametrize(
    "path",
    [
        "eo/organizations/seagull.csv",
        "en/programs/quiet-harbour.csv",
        "en/years/2024.json",
        "eo/organizations/seagull.csv-metadata.json",
    ],
)
def test_files_are_as_they_were(path: str, job: Job, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    kind, identifier = path.split("/")[1][:-1], Path(path).name.partition(".")[0]
    make_beside_writer(job)(tmp_path, kind, identifier, job.portal.catalog.members.get((kind, identifier), ()))
    compare_golden(pytestconfig, f"exports/{path}", (tmp_path / path).read_bytes().decode())


def test_the_description_of_the_csv_names_the_choice_of_rows_and_the_checksum(job: Job, tmp_path: Path) -> None:
    members = job.portal.catalog.members["organization", "seagull"]
    make_beside_writer(job)(tmp_path, "organization", "seagull", members)
    content = (tmp_path / "en/organizations/seagull.csv").read_bytes()
    described = json.loads((tmp_path / "en/organizations/seagull.csv-metadata.json").read_text("utf-8"))
    (note,) = described["notes"]
    assert note["schema:name"] == "filters"
    assert [(one["schema:name"], one["schema:value"]) for one in note["schema:additionalProperty"]] == [
        ("organization", "seagull")
    ]
    assert described["url"] == "seagull.csv"
    assert described["schema:numberOfItems"] == 2
    assert described["dcat:byteSize"] == len(content)
    assert described["schema:sha256"] == hashlib.sha256(content).hexdigest()
    assert described["schema:mainEntityOfPage"] == {"@id": "seagull.html"}


def test_a_second_page_does_not_change_the_first(job: Job, tmp_path: Path) -> None:
    members = job.portal.catalog.members
    write_beside = make_beside_writer(job)
    paths = write_beside(tmp_path, "year", "2023", members["year", "2023"])
    first = [(tmp_path / path).read_bytes() for path in paths]
    write_beside(tmp_path, "place", "monta", members["place", "monta"])
    write_beside(tmp_path, "year", "2023", members["year", "2023"])
    assert [(tmp_path / path).read_bytes() for path in paths] == first
