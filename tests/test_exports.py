"""The downloads read back with other programs, and compared with the golden files."""

from __future__ import annotations

import hashlib
import json
import zipfile
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

import pytest

from portal.exports import EXPORTS, Download, Job, write_exports
from portal.validate import Table
from tests.exports_of_tiny import with_table, workbook_text
from tests.golden_files import compare_golden

NO_DOWNLOADS = ("data/api/", "data/desk/")  # a file a record; scripts of the page that checks a file


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
def test_files_are_as_they_were(path: str, output: Path, pytestconfig: pytest.Config) -> None:
    compare_golden(pytestconfig, f"exports/{path}", (output / path).read_bytes().decode())


def test_the_checksums_list_every_file_as_before(output: Path, pytestconfig: pytest.Config) -> None:
    lines = (output / "data/SHA256SUMS").read_text("utf-8").splitlines()
    compare_golden(pytestconfig, "exports/SHA256SUMS.names.txt", "".join(f"{line.split('  ')[1]}\n" for line in lines))


@pytest.mark.parametrize("language", ["en", "eo"])
def test_the_workbook_reads_as_it_did(language: str, job: Job, output: Path, pytestconfig: pytest.Config) -> None:
    names = [resource.name for resource in job.resources]
    sheets = (0, *(names.index(name) + 1 for name in ("grants", "metrics")))
    compare_golden(
        pytestconfig,
        f"exports/fantazia.{language}.xlsx.txt",
        workbook_text(output / f"data/{language}/fantazia.xlsx", sheets),
    )


def test_every_download_is_described_truly(downloads: dict[str, Download], output: Path) -> None:
    files = {path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()}
    assert all(path.startswith(NO_DOWNLOADS) for path in files - set(downloads))
    assert set(downloads) <= files
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


def test_the_zip_holds_the_files_made_before_it_in_one_folder_and_no_day(
    output: Path, downloads: dict[str, Download]
) -> None:
    with zipfile.ZipFile(output / "data/fantazia.zip") as archive:
        names = archive.namelist()
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        for name in names[:-1]:
            assert archive.read(name) == (output / "data" / name.removeprefix("fantazia/")).read_bytes()
        listed = archive.read("fantazia/SHA256SUMS").decode().splitlines()
    before = [path.removeprefix("data/") for path in takewhile(lambda path: not path.endswith(".zip"), downloads)]
    assert {name.removeprefix("fantazia/") for name in names} == {*before, "SHA256SUMS"}
    assert {"grants.csv", "eo/grants.csv", "grants.csv-metadata.json", "datapackage.json", "README.txt"} <= set(before)
    assert [f"fantazia/{line.split('  ')[1]}" for line in listed] == names[:-1]


def test_a_known_address_stands_in_the_files(job: Job, tmp_path: Path) -> None:
    settings = replace(job.settings, site_url="https://kites.example/grants")
    write_exports(replace(job, settings=settings), tmp_path)
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
    assert [export.name for export in EXPORTS][-4:] == ["Releases", "DCAT-AP", "data.json", "SHA256SUMS"]


@pytest.mark.parametrize(
    "path", ["data/grants.csv", "data/eo/grants.csv", "data/en/fantazia.xlsx", "data/fantazia.zip"]
)
def test_a_file_that_cannot_be_written_is_named(path: str, job: Job, tmp_path: Path) -> None:
    (tmp_path / path).mkdir(parents=True)
    with pytest.raises(OSError, match=path):
        write_exports(job, tmp_path)
