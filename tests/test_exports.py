"""The downloads read back with other programs, and compared with the golden files."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pytest

from portal.exports import EXPORTS, Download, Job, write_exports
from portal.validate import Table, Tables
from tests.exports_of_tiny import read_csv, tiny_job, with_more, with_schema, with_table, workbook_text

Golden = Callable[[str, str], None]
IN_FULL = ("amount_groups", "spheres")  # tables whose schema stands in the golden descriptor


@pytest.fixture(scope="module")
def job(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Job:
    return tiny_job(tables, tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("output")
    write_exports(job, folder)
    return folder


@pytest.fixture(scope="module")
def downloads(job: Job, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Download]:
    return {download.path: download for download in write_exports(job, tmp_path_factory.mktemp("again"))}


@pytest.mark.parametrize(
    "path",
    [
        "data/README.txt",
        "data/grants.csv",
        "data/grants.json",
        "data/programs.csv",
        "data/spheres.json",
        "data/en/grants.csv",
        "data/eo/grants.csv",
    ],
)
def test_files_are_as_they_were(path: str, output: Path, golden: Golden) -> None:
    golden(f"exports/{path}", (output / path).read_bytes().decode())


def test_the_checksums_list_every_file_as_before(output: Path, golden: Golden) -> None:
    lines = (output / "data/SHA256SUMS").read_text("utf-8").splitlines()
    golden("exports/SHA256SUMS.names.txt", "".join(f"{line.split('  ')[1]}\n" for line in lines))


def test_the_descriptor_is_as_it_was(output: Path, golden: Golden) -> None:
    descriptor = json.loads((output / "data/datapackage.json").read_text("utf-8"))
    for resource in descriptor["resources"]:
        resource["hash"] = resource["hash"][:7]
        if resource["name"] not in IN_FULL:
            resource["schema"] = f"{len(resource['schema']['fields'])} fields"
    golden("exports/datapackage.json", json.dumps(descriptor, ensure_ascii=False, indent=1) + "\n")


@pytest.mark.parametrize("language", ["en", "eo"])
def test_the_workbook_reads_as_it_did(language: str, job: Job, output: Path, golden: Golden) -> None:
    names = [resource.name for resource in job.resources]
    sheets = (0, *(names.index(name) + 1 for name in ("grants", "metrics")))
    golden(f"exports/fantazia.{language}.xlsx.txt", workbook_text(output / f"data/{language}/fantazia.xlsx", sheets))


def test_frictionless_finds_no_fault_in_the_published_package(output: Path) -> None:
    report = frictionless.Package(str(output / "data/datapackage.json")).validate()
    assert report.flatten(["type", "note"]) == []
    assert report.valid


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
    return replace(job, portal=replace(job.portal, package=package), lines={})


def test_every_download_is_described_truly(downloads: dict[str, Download], output: Path) -> None:
    assert sorted(downloads) == sorted(
        path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()
    )
    for path, download in downloads.items():
        content = (output / path).read_bytes()
        assert (download.size, download.sha256) == (len(content), hashlib.sha256(content).hexdigest())
    assert downloads["data/grants.csv"].rows == downloads["data/eo/grants.csv"].rows == 8
    assert downloads["data/eo/grants.csv"].language == "eo"
    assert list(downloads)[-1] == "data/SHA256SUMS"


def test_the_same_records_give_the_same_bytes(downloads: dict[str, Download], output: Path, job: Job) -> None:
    grants = job.portal.tables["grants"]
    turned = with_table(job, Table(grants.resource, grants.records[::-1]))
    again = write_exports(turned, output)
    assert {download.path: download.sha256 for download in again} == {
        path: download.sha256 for path, download in downloads.items()
    }


def test_the_checksums_agree_with_the_files(output: Path) -> None:
    lines = (output / "data/SHA256SUMS").read_text("utf-8").splitlines()
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((output / "data" / name).read_bytes()).hexdigest() == digest
    assert len(lines) == sum(path.is_file() for path in (output / "data").rglob("*")) - 1


def test_the_zip_holds_every_file_in_one_folder_and_no_day(output: Path) -> None:
    with zipfile.ZipFile(output / "data/fantazia.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names[:-1]:
            assert archive.read(name) == (output / "data" / name.removeprefix("fantazia/")).read_bytes()
        listed = archive.read("fantazia/SHA256SUMS").decode().splitlines()
    published = {
        path.relative_to(output / "data").as_posix() for path in (output / "data").rglob("*") if path.is_file()
    }
    assert {name.removeprefix("fantazia/") for name in names} == published - {"fantazia.zip"}
    assert [f"fantazia/{line.split('  ')[1]}" for line in listed] == names[:-1]


TEXTS = {  # identifier of a grant -> its title
    "T-1": 'Суроо: "жок", дейт\nэкинчи сап, \\ ; 🪁',
    "T-2": "one\r\ntwo",
    "T-3": "one\rtwo",
    "T-4": " spaces around ",
    "T-5": "'quoted'",
}
FORMULAS = {"F-1": "=1+1", "F-2": "+7 things", "F-3": "-- none", "F-4": "@home", "F-5": "\tstop", "F-6": "\rstop"}
AMOUNTS = {  # identifier of a grant -> its amount
    "N-1": "1950000.00",
    "N-2": "476300.500",
    "N-3": "1E+6",
    "N-4": "0.1",
    "N-5": "-0",
    "N-6": "-5",
    "N-7": "12345678901234567.89",
}
LONG = "я" * 40_000


@pytest.fixture(scope="module")
def awkward(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the tiny portal with grants that are hard to write down."""
    folder = tmp_path_factory.mktemp("awkward")
    titles = ({"id": grant, "title_en": title} for grant, title in {**TEXTS, **FORMULAS}.items())
    amounts = ({"id": grant, "amount_awarded": Decimal(amount)} for grant, amount in AMOUNTS.items())
    write_exports(with_more(job, "grants", *titles, *amounts, {"id": "L-1", "description_en": LONG}), folder)
    return folder


def test_frictionless_finds_no_fault_in_awkward_records(awkward: Path) -> None:
    assert frictionless.Package(str(awkward / "data/datapackage.json")).validate().flatten(["type", "note"]) == []


@pytest.mark.parametrize("grant", TEXTS)
def test_awkward_text_comes_back_as_it_was(grant: str, awkward: Path) -> None:
    assert _plain(awkward, grant)["title_en"] == TEXTS[grant]
    assert _for_people(awkward, grant)["Title (in English)"] == TEXTS[grant]
    assert _json(awkward, grant)["title_en"] == TEXTS[grant]
    assert str(_excel(awkward, grant)["Title (in English)"]).splitlines() == TEXTS[grant].splitlines()


@pytest.mark.parametrize("grant", FORMULAS)
def test_a_spreadsheet_computes_no_cell(grant: str, awkward: Path) -> None:
    assert _for_people(awkward, grant)["Title (in English)"] == f"'{FORMULAS[grant]}"
    assert _plain(awkward, grant)["title_en"] == FORMULAS[grant]
    workbook = openpyxl.load_workbook(awkward / "data/en/fantazia.xlsx")
    assert {cell.data_type for row in workbook["Grants"].iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize(
    ("grant", "in_csv", "in_json_and_excel"),
    [
        ("N-1", "1950000", 1950000),
        ("N-2", "476300.5", 476300.5),
        ("N-3", "1000000", 1000000),
        ("N-4", "0.1", 0.1),
        ("N-5", "0", 0),
        ("N-6", "-5", -5),
        ("N-7", "12345678901234567.89", "12345678901234567.89"),
    ],
)
def test_a_number_keeps_its_digits(grant: str, in_csv: str, in_json_and_excel: object, awkward: Path) -> None:
    assert _plain(awkward, grant)["amount_awarded"] == in_csv
    assert _for_people(awkward, grant)["Amount awarded"] == in_csv
    assert _json(awkward, grant)["amount_awarded"] == in_json_and_excel
    assert _excel(awkward, grant)["Amount awarded"] == in_json_and_excel


def test_a_very_long_text_is_cut_in_the_workbook_only_and_shows_it(awkward: Path) -> None:
    assert _for_people(awkward, "L-1")["Description (in English)"] == LONG
    assert _excel(awkward, "L-1")["Description (in English)"] == LONG[:32_766] + "…"


def _plain(output: Path, grant: str) -> dict[str, str]:
    return next(row for row in read_csv(output / "data/grants.csv") if row["id"] == grant)


def _for_people(output: Path, grant: str) -> dict[str, str]:
    return next(row for row in read_csv(output / "data/en/grants.csv", "utf-8-sig") if row["Identifier"] == grant)


def _json(output: Path, grant: str) -> dict[str, object]:
    rows = json.loads((output / "data/grants.json").read_text("utf-8"))["rows"]
    return next(row for row in rows if row["id"] == grant)


def _excel(output: Path, grant: str) -> dict[str, object]:
    titles, *rows = openpyxl.load_workbook(output / "data/en/fantazia.xlsx")["Grants"].iter_rows(values_only=True)
    return next(dict(zip(map(str, titles), row, strict=True)) for row in rows if row[0] == grant)


def test_people_get_the_name_of_everything_a_cell_points_at(output: Path) -> None:
    first = read_csv(output / "data/en/grants.csv", "utf-8-sig")[0]
    assert (first["Given by"], first["Given by: name"]) == ("ministry-of-kites", "Ministry of Kites")
    assert (first["Partners"], first["Partners: name"]) == (
        "lighthouse;hill-school",
        "Association “Lighthouse, Always”; Hill School",
    )
    assert (first["Sphere"], first["Sphere: name"]) == ("education", "education")
    second = read_csv(output / "data/en/grants.csv", "utf-8-sig")[1]
    assert second["Where: name"] == "Monta Vilaĝo"  # it has no English name
    assert second["Joint sum"] == "J-1"
    assert "Joint sum: name" not in second  # a joint sum has no name


def test_a_header_never_has_the_same_title_twice(job: Job, tmp_path: Path) -> None:
    grants = job.portal.tables["grants"]
    same = tuple(
        replace(field, title=grants.resource.by_name["year"].title) if field.name in ("donor", "note_en") else field
        for field in grants.resource.fields
    )
    write_exports(with_table(job, Table(replace(grants.resource, fields=same), grants.records)), tmp_path)
    with (tmp_path / "data/en/grants.csv").open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    assert [title for title in header if title.startswith("Year")] == [
        "Year",
        "Year (donor)",
        "Year (donor): name",
        "Year (note_en)",
    ]


def test_a_schema_is_published_without_the_forms_of_the_publishers_own_files(job: Job, tmp_path: Path) -> None:
    table = job.portal.tables["grants"]
    changed = with_schema(table.resource, "amount_awarded", decimalChar=",", groupChar=" ")
    changed = with_schema(changed, "added_on", format="%d.%m.%Y")
    write_exports(with_table(job, Table(changed, table.records)), tmp_path)
    assert frictionless.Package(str(tmp_path / "data/datapackage.json")).get_resource("grants").validate().valid


def test_a_known_address_stands_in_the_files(job: Job, tmp_path: Path) -> None:
    settings = replace(job.settings, site_url="https://kites.example/grants")
    write_exports(replace(job, settings=settings, lines={}), tmp_path)
    head = json.loads((tmp_path / "data/grants.json").read_text("utf-8"))
    assert head["source"] == "https://kites.example/grants"
    assert head["dictionary"] == "https://kites.example/grants/data/datapackage.json"
    assert "https://kites.example/grants\n" in (tmp_path / "data/README.txt").read_text("utf-8")


def test_a_table_that_no_sheet_can_hold_leaves_the_workbook_out(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.exports.to_xlsx.SHEET_ROWS", 7)
    assert [download.path for download in write_exports(job, tmp_path) if download.format == "XLSX"] == []


def test_the_list_of_exports_ends_with_those_that_need_the_others() -> None:
    assert [export.name for export in EXPORTS][-2:] == ["ZIP", "SHA256SUMS"]
