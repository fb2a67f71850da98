"""What is read of the files of a release: which there are, and their checksums."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from portal.releases.read import BLOCK, file_digest, files_below


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK * 2 + 1])
def test_a_file_of_any_size_has_its_checksum(size: int, tmp_path: Path) -> None:
    content = bytes(number % 251 for number in range(size))
    (tmp_path / "file").write_bytes(content)
    assert file_digest(tmp_path / "file") == hashlib.sha256(content).hexdigest()


def test_files_of_all_folders_are_found_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("a/b/one.csv", "a/two.csv", "a.csv", "three.csv", ".hidden", "a/.git/b/one"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    assert files_below(tmp_path) == [".hidden", "a.csv", "a/.git/b/one", "a/b/one.csv", "a/two.csv", "three.csv"]
    assert files_below(tmp_path, hidden=False) == ["a.csv", "a/b/one.csv", "a/two.csv", "three.csv"]
    assert files_below(tmp_path / "empty") == files_below(tmp_path / "missing") == []
