"""The scripts with the checksums of all published files, as the page that verifies a file reads them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest

from portal.known_files import DIGITS, KnownFile, formerly_published_files, published_files, write_known_files
from portal.releases import Release

A1, A2, B1 = "a1" + "0" * 62, "a2" + "0" * 62, "b1" + "0" * 62


def read_shard(output: Path, digit: str) -> dict[str, list[list[str]]]:
    """What the script hands over."""
    script = (output / f"data/hashes/{digit}.js").read_text("ascii")
    found = re.fullmatch(rf'asharHashes\("{digit}", (.*)\);\n', script, re.DOTALL)
    assert found
    known: dict[str, list[list[str]]] = json.loads(found[1])
    return known


def test_a_file_stands_in_the_script_of_its_first_digit_the_newest_release_first(tmp_path: Path) -> None:
    files = [
        KnownFile("2026-01-05.2", "data/releases/2026-01-05.2/grants.csv", A1),
        KnownFile("2026-01-05.10", "data/releases/2026-01-05.10/grants.csv", A1),
        KnownFile("", "data/grants.csv", A1),
        KnownFile("2026-01-05.10", "data/grants.csv", A1),
        KnownFile("", "data/“ки”.csv", A2),
        KnownFile("", "data/calls.csv", B1),
        KnownFile("", "data/calls.csv", B1),
    ]
    write_known_files(files, tmp_path)
    assert read_shard(tmp_path, "a") == {
        A1: [
            ["", "data/grants.csv"],
            ["2026-01-05.10", "data/grants.csv"],
            ["2026-01-05.10", "data/releases/2026-01-05.10/grants.csv"],
            ["2026-01-05.2", "data/releases/2026-01-05.2/grants.csv"],
        ],
        A2: [["", "data/“ки”.csv"]],
    }
    assert read_shard(tmp_path, "b") == {B1: [["", "data/calls.csv"]]}
    assert read_shard(tmp_path, "c") == {}


def test_the_scripts_are_the_same_in_whatever_order_the_files_come(tmp_path: Path) -> None:
    files = [KnownFile("", f"data/{number}.csv", digest) for number in range(3) for digest in (A1, A2, B1)]
    write_known_files(files, tmp_path / "one")
    write_known_files(reversed(files), tmp_path / "two")
    for digit in DIGITS:
        path = f"data/hashes/{digit}.js"
        assert (tmp_path / "one" / path).read_bytes() == (tmp_path / "two" / path).read_bytes()
    assert len(list((tmp_path / "one/data/hashes").iterdir())) == 16


@pytest.mark.parametrize(
    ("path", "version"),
    [
        ("data/grants.csv", "2026-02-01.1"),
        ("en/places/monta.csv", "2026-02-01.1"),
        ("data/releases/index.json", "2026-02-01.1"),
        ("data/releases/2026-01-05.1/grants.csv", "2026-01-05.1"),
    ],
)
def test_a_file_of_a_release_goes_by_that_release_and_others_by_the_present_one(path: str, version: str) -> None:
    checksums = dict.fromkeys((path, "en/index.html", "data/hashes/a.js", "static/css/base.css"), A1)
    assert list(published_files(checksums, "2026-02-01.1")) == [KnownFile(version, path, A1)]


def test_files_that_a_release_had_outside_its_folder_are_remembered() -> None:
    manifest = {"published": [{"path": "data/en/grants.csv", "bytes": 5, "sha256": A1}]}
    release = Release("2026-01-05.1", date(2026, 1, 5), Path("releases/2026-01-05.1"), manifest, ())
    assert list(formerly_published_files([release])) == [KnownFile("2026-01-05.1", "data/en/grants.csv", A1)]
