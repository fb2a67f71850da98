"""The published package: its descriptor describes its files, and Frictionless agrees."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import frictionless
import pytest

from portal.exports import Job, write_exports
from portal.validate import Table
from tests.exports_of_tiny import with_schema, with_table
from tests.golden_files import compare_golden

IN_FULL = ("amount_groups", "spheres")  # tables whose schema stands in the golden descriptor


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    write_exports(job, folder)
    return folder


def test_the_descriptor_is_as_it_was(output: Path, pytestconfig: pytest.Config) -> None:
    descriptor = json.loads((output / "data/datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["hash"] = resource["hash"][:7]
        if resource["name"] not in IN_FULL:
            resource["schema"] = f"{len(resource['schema']['fields'])} fields"
    compare_golden(
        pytestconfig, "exports/datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n"
    )


def test_frictionless_finds_no_fault_in_the_published_package(output: Path) -> None:
    report = frictionless.Package(str(output / "data/datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid


def test_titles_and_descriptions_stand_in_every_language_as_the_recipe_says(output: Path) -> None:
    package = json.loads((output / "data/datapackage.json").read_text("utf-8"))
    assert package["languages"] == ["eo", "en"]
    assert (package["title"], package["title@en"]) == ("Subvencioj de Insulo Fantazia", "Grants of Fantasia Island")
    grants = next(resource for resource in package["resources"] if resource["name"] == "grants")
    assert (grants["title"], grants["title@en"]) == ("Subvencioj", "Grants")
    amount = next(field for field in grants["schema"]["fields"] if field["name"] == "amount_awarded")
    assert (amount["title"], amount["title@en"]) == ("Aljuĝita sumo", "Amount awarded")
    assert not [member for member in (*package, *grants, *amount) if member.endswith(("_eo", "_en"))]


def test_a_text_in_one_language_is_written_once(output: Path) -> None:
    package = json.loads((output / "data/datapackage.json").read_text("utf-8"))
    grants = next(resource for resource in package["resources"] if resource["name"] == "grants")
    assert grants["description"].startswith("Awarded grants, one a row")
    assert "description@en" not in grants


def test_the_version_is_that_of_the_records(job: Job, output: Path) -> None:
    package = json.loads((output / "data/datapackage.json").read_text("utf-8"))
    assert package["version"] == job.version == "2025-02-01-unreleased"
    assert package["created"] == "2025-02-01T00:00:00Z"


@pytest.mark.parametrize(
    ("resource", "name", "spoil"),
    [("grants", "grants.csv", b"G-2099-1,too few cells\n"), ("shore", "shore.geojson", b" ")],
)
def test_frictionless_finds_a_file_that_was_changed(
    resource: str, name: str, spoil: bytes, job: Job, tmp_path: Path
) -> None:
    write_exports(_with_map(job, tmp_path), tmp_path)
    published = frictionless.Package(str(tmp_path / "data/datapackage.json")).get_resource(resource)
    assert published.validate().valid
    with (tmp_path / "data" / name).open("ab") as stream:
        stream.write(spoil)
    faults = {fault for (fault,) in published.validate().flatten(["type"])}
    assert faults >= {"hash-count", "byte-count"}


def test_a_file_that_is_no_table_is_copied_under_the_name_of_its_resource(job: Job, tmp_path: Path) -> None:
    made = {download.path: download for download in write_exports(_with_map(job, tmp_path), tmp_path)}
    download = made["data/shore.geojson"]
    assert (download.format, download.media_type, download.rows) == ("GeoJSON", "application/geo+json", None)
    assert (tmp_path / download.path).read_bytes() == (tmp_path / "records/maps/map.geojson").read_bytes()


def _with_map(job: Job, folder: Path) -> Job:
    (folder / "records/maps").mkdir(parents=True)
    (folder / "records/maps/map.geojson").write_text('{"type": "FeatureCollection", "features": []}', "utf-8")
    item = {"name": "shore", "path": "maps/map.geojson", "format": "geojson", "mediatype": "application/geo+json"}
    resources = [*(dict(one) for one in job.package.descriptor["resources"]), item]
    package = replace(
        job.package, folder=folder / "records", descriptor={**job.package.descriptor, "resources": resources}
    )
    return replace(job, portal=replace(job.portal, package=package))


def test_a_schema_is_published_without_the_forms_of_the_publishers_own_files(job: Job, tmp_path: Path) -> None:
    table = job.portal.tables["grants"]
    changed = with_schema(table.resource, "amount_awarded", decimalChar=",", groupChar=" ")
    changed = with_schema(changed, "added_on", format="%d.%m.%Y")
    write_exports(with_table(job, Table(changed, table.records)), tmp_path)
    assert frictionless.Package(str(tmp_path / "data/datapackage.json")).get_resource("grants").validate().valid
