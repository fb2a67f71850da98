"""What the desk writes: only what changes, all of it or nothing."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from portal.desk.csv_text import CsvText
from portal.desk.judge import Judged
from portal.desk.match import Wishes, match_rows
from portal.desk.model import DeskRow
from portal.desk.rules import TableRules
from portal.desk.write import write_rows
from portal.desk.yaml_text import changed_record, with_files
from portal.errors import BuildError
from portal.load import load_tables
from portal.package import Package, read_package
from portal.validate import Tables, validate_tables
from tests.desk_portal import LANGUAGES, ROOT, TODAY

GRANT = {"funder": "GOV-003", "title_ru": "Новый центр", "title_basis": "source", "year": "2019", "status": "awarded"}
GRANT |= {"certainty": "confirmed", "source": "DPI60"}
PROGRAM = {"id": "KGP-900", "title_ru": "Новая: «программа»", "title_basis": "ours", "level": "municipal"}
PROGRAM |= {"status": "planned", "spheres": "education;leisure", "published_on": "2026-01-02", "source": "DPI60"}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of the shipped records."""
    return Path(shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("releases")))


def read(data: Path) -> tuple[Package, Tables]:
    package = read_package(data, LANGUAGES)
    return package, validate_tables(load_tables(package))


def written(data: Path, table: str, *rows: Mapping[str, str], again: Callable[[], Tables] | None = None) -> list[str]:
    """Write the rows as the desk would that judged them good; return the files."""
    package, tables = read(data)
    desk_rows = [DeskRow(table, "Sheet 1", number, row, {}) for number, row in enumerate(rows, 2)]
    matches = match_rows(desk_rows, TableRules(package.by_name[table], LANGUAGES), tables[table], TODAY, Wishes())
    judged = [Judged(match, "changed" if match.record else "new", ()) for match in matches]
    return list(write_rows(judged, package, again or (lambda: read(data)[1])))


def difference(data: Path) -> list[str]:
    """The lines that differ from the shipped records, without those that stay."""
    found = []
    for path in sorted(path for path in data.rglob("*") if path.is_file()):
        old = ROOT / "data" / path.relative_to(data)
        before = old.read_text("utf-8").splitlines() if old.exists() else []
        lines = difflib.unified_diff(before, path.read_text("utf-8").splitlines(), n=0, lineterm="")
        found += [line[:60] for line in lines if not line.startswith(("---", "+++", "@@"))]
    return found


def test_nothing_to_write_writes_nothing(data: Path) -> None:
    assert written(data, "grants") == []
    assert difference(data) == []


@pytest.mark.parametrize("path", sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.csv")))
def test_csv_is_the_same_when_nothing_changes(path: str) -> None:
    content = (ROOT / path).read_bytes()
    assert CsvText.of(content).content() == content


@pytest.mark.parametrize(
    ("content", "after"),
    [
        (b"id,a\n1,x\n2,y", b"id,a\n1,z\n2,y\n3,w\n"),
        (b"\xef\xbb\xbfid,a\r\n1,x\r\n2,y\r\n", b"\xef\xbb\xbfid,a\r\n1,z\r\n2,y\r\n3,w\r\n"),
        (b'id,a\n"1","x\ny"\n"2","""y"""\n', b'id,a\n1,z\n"2","""y"""\n3,w\n'),
    ],
)
def test_csv_keeps_its_form(content: bytes, after: bytes) -> None:
    text = CsvText.of(content)
    text.replace(2, ["1", "z"])
    text.append(["3", "w"])
    assert text.content() == after


def test_new_grant_goes_to_the_file_of_its_year(data: Path) -> None:
    assert written(data, "grants", GRANT) == ["grants/2019.csv"]
    assert difference(data) == ["+GOV-003-2019-911d08c1,,,GOV-003,,,,,Новый центр,,source,,,,"]


def test_file_of_a_new_year_is_made_and_listed(data: Path) -> None:
    assert written(data, "grants", {**GRANT, "year": "2016"}) == ["grants/2016.csv", "datapackage.yaml"]
    assert difference(data)[:1] == ["+  - grants/2016.csv"]
    assert read(data)[0].by_name["grants"].paths[1:4] == ("grants/2015.csv", "grants/2016.csv", "grants/2018.csv")


def test_grant_whose_year_is_corrected_moves(data: Path) -> None:
    assert written(data, "grants", {"id": "KGA-018", "year": "2025"}) == ["grants/2023.csv", "grants/2025.csv"]
    assert [line[:8] for line in difference(data)] == ["-KGA-018", "+KGA-018"]


def test_changed_record_changes_one_line(data: Path) -> None:
    assert written(data, "organizations", {"id": "ORG-002", "registration_id": "KG-OKPO-1"}) == ["organizations.csv"]
    assert [line[:40] for line in difference(data)] == [
        "-ORG-002,ngo,public_association,executor",
        "+ORG-002,ngo,public_association,executor",
    ]


def test_program_becomes_a_file_of_its_own(data: Path) -> None:
    assert written(data, "programs", PROGRAM) == ["programs/KGP-900.yaml", "datapackage.yaml"]
    assert (data / "programs/KGP-900.yaml").read_text("utf-8") == (
        "- id: KGP-900\n"
        "  title_ru: 'Новая: «программа»'\n"
        "  title_basis: ours\n"
        "  level: municipal\n"
        "  status: planned\n"
        "  published_on: 2026-01-02\n"
        "  spheres: [education, leisure]\n"
        "  source: DPI60\n"
    )


def test_changed_program_keeps_its_other_lines(data: Path) -> None:
    row = {"id": "KGP-021", "spheres": "education;leisure", "approved_on": "2020-01-02"}
    assert written(data, "programs", row) == ["programs/KGP-021.yaml"]
    assert difference(data) == [
        "-  spheres: [education]",
        "+  approved_on: 2020-01-02",
        "+  spheres: [education, leisure]",
    ]


def test_program_with_all_values_of_the_shipped_ones_changes_nothing(data: Path) -> None:
    package, tables = read(data)
    for record in tables["programs"].records:
        text = (data / record.file).read_text("utf-8")
        cells = dict.fromkeys(package.by_name["programs"].field_names, "") | {"id": record["id"]}
        assert changed_record(text, "id", cells, set(), package.by_name["programs"].fields) == text


@pytest.mark.parametrize(
    ("paths", "after"),
    [
        ("a.yaml", "[a.yaml, b.yaml, d.yaml]"),
        ("[]", "[b.yaml, d.yaml]"),
        ("[c.yaml, e.yaml]", "[b.yaml, c.yaml, d.yaml, e.yaml]"),
        ("\n  - a.yaml\n  - c.yaml", "\n  - a.yaml\n  - b.yaml\n  - c.yaml\n  - d.yaml"),
        ("\n  - e.yaml\n  - f.yaml", "\n  - b.yaml\n  - d.yaml\n  - e.yaml\n  - f.yaml"),
    ],
)
@pytest.mark.parametrize("end", ["", "\n", "\n- {name: last, path: z.csv}\n"])
def test_new_files_are_listed_in_their_places(paths: str, after: str, end: str) -> None:
    start = "# Kept\nresources:\n- {name: first, path: a.csv}\n- name: programs\n  path: "
    assert with_files(start + paths + end, "programs", ["d.yaml", "b.yaml"]) == start + after + (end or "\n")


def test_failure_on_the_way_leaves_the_old_files(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(source: Path, target: Path) -> None:
        if target.name == "datapackage.yaml":
            raise OSError(28, "No space left on device", str(target))
        shutil.move(source, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        written(data, "grants", {**GRANT, "year": "2016"})
    assert difference(data) == []
    assert not (data / "grants/2016.csv").exists()


def test_records_that_do_not_read_back_are_taken_away_again(data: Path) -> None:
    old = read(data)[1]
    with pytest.raises(BuildError, match="was not read back as it was written"):
        written(data, "grants", GRANT, again=lambda: old)
    with pytest.raises(BuildError, match=r"grants/2019.csv, line \d+, column status"):
        written(data, "grants", {**GRANT, "status": "nonsense"})
    assert difference(data) == []


def test_file_that_changed_meanwhile_is_left_alone(data: Path) -> None:
    package, tables = read(data)
    rules = TableRules(package.by_name["organizations"], LANGUAGES)
    row = DeskRow("organizations", "Sheet 1", 2, {"id": "ORG-002", "registration_id": "KG-OKPO-1"}, {})
    match = match_rows([row], rules, tables["organizations"], TODAY, Wishes())[0]
    assert match.record
    moved = replace(match, record=replace(match.record, line=match.record.line + 1))
    with pytest.raises(BuildError, match=r"organizations\.csv changed while it was read"):
        write_rows([Judged(moved, "changed", ())], package, lambda: tables)
    assert difference(data) == []
