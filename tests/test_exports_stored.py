"""The downloads of tables that stay in their store are those of the same tables in memory, byte for byte."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from portal.errors import SettingsError
from portal.explorer.publish import write_explorer
from portal.exports import EXPORTS, Job, make_beside_writer, write_exports
from portal.exports.beside_pages import FOLDERS
from portal.exports.to_360giving import left_out
from portal.load import load_tables
from portal.package import read_package
from portal.pipeline import read_portal
from portal.settings import Settings
from portal.stored import StoredRecords
from portal.validate import Tables, validate_tables
from tests.exports_of_tiny import DATA, DAY, tiny_job, workbook_text
from tests.releases_of_tiny import edit

pytestmark = pytest.mark.long

ROOT = Path(__file__).parent.parent
SHIPPED, SCRIPTS = ROOT / "data", ROOT / "theme/static/js/explorer"


@pytest.fixture(scope="module")
def stored_tables() -> Tables:
    """The tables of the tiny portal, every CSV table in a store."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.load.LARGE", 0)
        return validate_tables(load_tables(read_package(DATA, ("eo", "en"))))


@pytest.fixture(scope="module")
def stored_job(stored_tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> Job:
    return tiny_job(stored_tables, tmp_path_factory.mktemp("words"))


def test_the_tables_are_stored(stored_job: Job) -> None:
    stored = {name for name, rows in stored_job.rows.items() if isinstance(rows, StoredRecords)}
    assert {"grants", "organizations", "payments", "sources"} <= stored


def test_downloads_are_those_of_tables_in_memory(job: Job, stored_job: Job, tmp_path: Path) -> None:
    assert write_exports(stored_job, tmp_path / "stored") == write_exports(job, tmp_path / "kept")
    assert_same_files(tmp_path / "stored", tmp_path / "kept")


def test_files_beside_pages_are_those_of_tables_in_memory(job: Job, stored_job: Job, tmp_path: Path) -> None:
    assert write_all_beside(stored_job, tmp_path / "stored") == write_all_beside(job, tmp_path / "kept")
    assert_same_files(tmp_path / "stored", tmp_path / "kept")


def test_files_beside_pages_leave_nothing_in_the_temporary_folder(
    stored_job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    write = make_beside_writer(stored_job)  # kept here, as in a process of the pool until it ends
    members = stored_job.portal.catalog.members["year", "2023"]
    assert write(tmp_path / "site", "year", "2023", members)
    assert list(temporary.iterdir()) == []


def test_what_a_standard_leaves_out_is_counted_alike(job: Job, stored_job: Job) -> None:
    assert left_out(replace(stored_job)) == left_out(replace(job)) != ()


@pytest.mark.parametrize("change", ["a word for nothing", "no day of decision"])
def test_what_is_left_out_is_counted_alike_whatever_the_schema(
    change: str, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema = yaml.safe_load((tiny / "schemas/grants.yaml").read_text("utf-8"))
    if change == "a word for nothing":
        schema["missingValues"] = ["", "-"]
        edit(tiny / "grants/2023.csv", "G-2023-1", recipient="-")
        edit(tiny / "grants/2024.csv", "G-2024-2", decided_on="-")
    else:
        schema["fields"] = [field for field in schema["fields"] if field["name"] != "decided_on"]
        for file in (tiny / "grants").glob("*.csv"):
            rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"))))
            with file.open("w", encoding="utf-8", newline="") as stream:
                writer = csv.DictWriter(stream, [name for name in rows[0] if name != "decided_on"], lineterminator="\n")
                writer.writeheader()
                writer.writerows({name: row[name] for name in writer.fieldnames} for row in rows)
    (tiny / "schemas/grants.yaml").write_text(yaml.safe_dump(schema, sort_keys=False, allow_unicode=True), "utf-8")
    counted = []
    for number, large in enumerate((10**9, 0)):
        monkeypatch.setattr("portal.load.LARGE", large)
        tables = validate_tables(load_tables(read_package(tiny, ("eo", "en"))))
        (tmp_path / str(number)).mkdir()
        counted.append(left_out(tiny_job(tables, tmp_path / str(number))))
    assert counted[0] == counted[1] != ()


def test_shipped_records_are_written_alike(job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = replace(job.settings, data=SHIPPED, languages=("ky", "ru", "en"), currency="KGS")
    kept = shipped_job(job, settings)
    monkeypatch.setattr("portal.load.LARGE", 0)
    stored = shipped_job(job, settings)
    assert isinstance(stored.rows["grants"], StoredRecords)
    assert left_out(replace(stored)) == left_out(replace(kept)) != ()
    assert write_explorer(stored, tmp_path / "stored", SCRIPTS) == write_explorer(kept, tmp_path / "kept", SCRIPTS)
    assert write_exports(stored, tmp_path / "stored") == write_exports(kept, tmp_path / "kept")
    write_all_beside(stored, tmp_path / "stored")
    write_all_beside(kept, tmp_path / "kept")
    assert_same_files(tmp_path / "stored", tmp_path / "kept")


def shipped_job(job: Job, settings: Settings) -> Job:
    return Job(read_portal(settings, DAY), settings, job.translations, DAY)


def write_all_beside(job: Job, output: Path) -> list[str]:
    """The files beside every page that grants stand on, and beside one without grants."""
    write = make_beside_writer(job)
    members = job.portal.catalog.members
    subjects = [*sorted(subject for subject in members if subject[0] in FOLDERS), ("year", "1999")]
    return [path for subject in subjects for path in write(output, *subject, members.get(subject, ()))]


def assert_same_files(one: Path, other: Path) -> None:
    """Same names and bytes below both folders."""
    names = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(other) for path in other.rglob("*") if path.is_file())
    assert [name for name in names if (one / name).read_bytes() != (other / name).read_bytes()] == []


def test_a_long_list_of_texts_is_continued_in_the_cells(
    job: Job, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.exports.filled_sheet.MOST_SHARED", 0)
    monkeypatch.setattr("portal.exports.to_xlsx.KEPT_ROWS", 0)
    others = ("Templates", "Releases")
    (inline,) = (
        one for one in write_exports(job, tmp_path / "inline", others) if one.path.endswith("en/fantazia.xlsx")
    )
    monkeypatch.undo()
    write_exports(job, tmp_path / "shared", others)
    sheets = tuple(range(len(job.resources) + 1))
    assert workbook_text(tmp_path / "inline" / inline.path, sheets) == workbook_text(
        tmp_path / "shared" / inline.path, sheets
    )


def test_what_fails_in_the_process_beside_is_told_here(stored_job: Job, tmp_path: Path) -> None:
    settings = replace(stored_job.settings, prefixes={"ocds": "odd"})
    left_out = tuple(export.name for export in EXPORTS if export.name != "OCDS")
    with pytest.raises(SettingsError, match="is “odd”"):
        write_exports(replace(stored_job, settings=settings), tmp_path, left_out)
