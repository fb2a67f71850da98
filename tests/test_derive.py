"""`python -m portal derive`: the derived tables as Parquet."""

from __future__ import annotations

import sys
from errno import ENOSPC
from pathlib import Path

import duckdb
import pytest

from portal.__main__ import main
from portal.derive import command
from tests.conftest import TINY
from tests.derived_tables import rows_apart

TINY_SETTINGS = TINY.parent / "tinyconf.py"
VIEWS = (
    "place_paths, grant_subjects, counted_grants, figures, awarded_sums, whole_joint_sums, coverage_lines, "
    "coverage_years, coverage_entries"
)


def derive(output: Path, *more: str, settings: Path = TINY_SETTINGS) -> int:
    return main(["derive", "--output", str(output), "--settings", str(settings), *more])


def test_each_view_becomes_a_folder_of_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "derived"
    assert derive(output) == 0
    assert capsys.readouterr().out == f"9 tables in {output}, made by duckdb: {VIEWS}.\n"
    assert sorted(path.name for path in output.iterdir()) == sorted(VIEWS.split(", "))
    figures = f"select grants, announced from '{output}/figures/*.parquet' where kind = 'all'"
    assert duckdb.execute(figures).fetchall() == [(7, 1)]


def test_tables_made_before_are_replaced(tmp_path: Path) -> None:
    output = tmp_path / "derived"
    (output / "figures").mkdir(parents=True)
    (output / "figures/part-7.parquet").write_text("old")
    assert derive(output) == 0
    assert [path.name for path in (output / "figures").iterdir()] == ["part-0.parquet"]
    assert [path.name for path in tmp_path.iterdir()] == ["derived"]


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert derive(tmp_path) == 2
    expected = f"{tmp_path} holds other files, which would be lost. Name a folder that is new or empty.\n"
    assert capsys.readouterr().err == expected
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def refusal(output: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a folder that cannot be used, before anything is made."""
    before = sorted(path.name for path in output.parent.iterdir()) if output.parent.is_dir() else []
    assert derive(output) == 2
    assert before == (sorted(path.name for path in output.parent.iterdir()) if output.parent.is_dir() else [])
    return capsys.readouterr().err


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "far/derived").mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to("far/derived")
    for _ in range(2):
        assert derive(link) == 0
        assert link.is_symlink()
        assert (tmp_path / "far/derived/figures/part-0.parquet").is_file()
    assert sorted(path.name for path in tmp_path.rglob("*") if path.suffix in (".old", ".building")) == []


def test_a_link_that_was_left_beside_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "derived.old").symlink_to("letters")
    assert refusal(tmp_path / "derived", capsys).startswith(f"{tmp_path}/derived.old is no folder. Move it away")


@pytest.mark.parametrize("below", ["letter.txt", "letter.txt/derived", "letter.txt/more/derived"])
def test_a_file_is_no_folder(below: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    assert refusal(tmp_path / below, capsys).startswith(f"{tmp_path}/letter.txt is no folder. Move it away")
    assert (tmp_path / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("output", [".", "..", ""])
def test_the_folder_that_one_is_in_is_not_replaced(
    output: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    here = tmp_path / "derived/figures" if output == ".." else tmp_path / "derived"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)
    assert derive(Path(output)) == 2
    said = "is replaced, and you are in it. Name a folder below it, or go to another one."
    assert capsys.readouterr().err == f"{tmp_path / 'derived'} {said}\n"
    assert here.is_dir()


def test_what_the_machine_refuses_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(*_given: object) -> None:
        raise OSError(ENOSPC, "No space left on device", "figures")

    monkeypatch.setattr(command, "replace_folder", full)
    assert derive(tmp_path / "derived") == 1
    said = "A file cannot be written: No space left on device (figures). Make room for the site, or in "
    assert capsys.readouterr().err.startswith(said)
    assert not list(tmp_path.iterdir())


def test_without_its_extra_an_engine_says_how_to_get_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "portal.derive.on_spark", raising=False)
    monkeypatch.delattr("portal.derive.on_spark", raising=False)
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    assert derive(tmp_path / "derived", "--engine", "spark") == 2
    expected = (
        'The engine “spark” needs its extra, which is not installed. Install it with: pip install -e ".[spark]"\n'
    )
    assert capsys.readouterr().err == expected
    assert not list(tmp_path.iterdir())


def test_records_that_cannot_be_published_are_not_derived(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LANG", "en")
    (tiny / "payments.csv").unlink()
    settings = tmp_path / "settings.py"
    said = {
        "name": {"en": "Grants"},
        "languages": ("en",),
        "data": str(tiny),
        "translations": str(tmp_path),
        "currency": "XTS",
    }
    settings.write_text(f"PORTAL = {said}\n")
    assert derive(tmp_path / "derived", settings=settings) == 1
    assert capsys.readouterr().out == (
        "payments.csv: The file is missing. Put the file there, or correct the path in datapackage.yaml.\n"
        "The records cannot be published.\n"
    )
    assert not (tmp_path / "derived").exists()


@pytest.mark.parametrize(
    ("rows", "apart"),
    [
        ("('a', 1.10, ['x']), ('a', 1.10, ['x']), ('b', null, null)", 0),
        ("('b', null, null), ('a', 1.1, ['x']), ('a', 1.10, ['x'])", 0),
        ("('a', 1.10, ['x']), ('b', null, null)", 1),
        ("('a', 1.10, ['x']), ('a', 1.11, ['x']), ('b', null, null)", 2),
        ("('a', 1.10, ['x']), ('a', 1.10, ['y']), ('b', null, null)", 2),
        ("('a', 1.10, ['x']), ('a', 1.10, ['x']), ('b', 0, null)", 2),
    ],
)
def test_rows_that_differ_are_counted(rows: str, apart: int, tmp_path: Path) -> None:
    for folder, values in (("one", "('a', 1.10, ['x']), ('a', 1.10, ['x']), ('b', null, null)"), ("other", rows)):
        (tmp_path / folder).mkdir()
        duckdb.execute(f"copy (from (values {values})) to '{tmp_path / folder}/a.parquet' (format parquet)")
    assert rows_apart(tmp_path / "one", tmp_path / "other") == apart
