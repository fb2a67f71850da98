"""The same records give the same bytes; records that are wrong leave the old site as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.plugin_site import ROOT, build_site, files_of

TARGET = "places.csv"  # a table that every portal has


def test_two_builds_are_the_same_byte_for_byte(site: Path, tmp_path: Path) -> None:
    done = build_site(tmp_path / "again", PYTHONHASHSEED="1")
    assert done.returncode == 0, done.stderr
    first, second = files_of(site), files_of(tmp_path / "again")
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


def test_a_build_over_an_old_site_is_the_same_as_a_new_one(site: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    shutil.copytree(site, output)
    (output / "ky" / "left-over.html").write_text("from an older build", encoding="utf-8")
    assert build_site(output).returncode == 0
    assert files_of(output) == files_of(site)


@pytest.fixture
def broken_data(tmp_path: Path) -> Path:
    """The real records with two faults: an identifier that is there twice, and a cell too many."""
    data = shutil.copytree(ROOT / "data", tmp_path / "data")
    table = data / TARGET
    lines = table.read_text("utf-8").splitlines()
    table.write_text("\n".join([*lines, lines[1], lines[2] + ",too much"]) + "\n", encoding="utf-8")
    return data


def test_wrong_records_stop_the_build_in_plain_words_and_leave_the_old_site(
    site: Path, broken_data: Path, tmp_path: Path
) -> None:
    output = tmp_path / "output"
    shutil.copytree(site, output)
    before = files_of(output)
    done = build_site(output, PORTAL_DATA=str(broken_data))
    said = done.stdout + done.stderr
    assert done.returncode != 0
    assert "Traceback" not in said
    count = len((broken_data / TARGET).read_text("utf-8").splitlines())
    assert f"{TARGET}, line {count - 1}" in said
    assert "is already used in" in said
    assert "too much" in said
    assert files_of(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "output"]


def test_wrong_records_leave_no_half_built_site_where_there_was_none(broken_data: Path, tmp_path: Path) -> None:
    output = tmp_path / "output"
    assert build_site(output, PORTAL_DATA=str(broken_data)).returncode != 0
    assert not output.exists() or files_of(output) == {}
