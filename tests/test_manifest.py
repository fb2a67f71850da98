"""manifest.py: what is believed of the last site, and how new files take the place of old ones."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import portal.manifest
from portal.manifest import Manifest, put_into, read_manifest, write_manifest
from portal.proof import CHECKSUMS
from portal.releases.read import file_digest
from tests.plugin_site import files_of

COMMON = "0123456789abcdef"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A site of three files with its manifest: one page was made from something, one is made at every build."""
    output = tmp_path / "output"
    write(output, {"index.html": "home", "en/a.html": "a", "data/grants.csv": "id\n"})
    manifest = Manifest(COMMON)
    manifest.keeps("index.html", "")
    manifest.keeps("en/a.html", "made from a")
    sums = [f"{file_digest(output / path)}  {path}\n" for path in sorted(files_of(output))]
    (output / CHECKSUMS).write_text("".join(sums), encoding="utf-8")
    write_manifest(manifest, output)
    return output


def write(folder: Path, files: dict[str, str]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")


def made(output: Path) -> Path:
    return output.with_name("output.made")


def test_a_page_that_was_made_from_the_same_is_kept(output: Path) -> None:
    manifest = read_manifest(output, COMMON)
    assert manifest.keeps("en/a.html", "made from a")
    assert not manifest.keeps("index.html", "")
    assert manifest.kept() == {"en/a.html": file_digest(output / "en/a.html")}
    manifest.leave(("data/",))
    assert set(manifest.kept()) == {"en/a.html", "data/grants.csv"}


def test_a_page_that_is_made_from_something_else_is_not_kept(output: Path) -> None:
    manifest = read_manifest(output, COMMON)
    assert not manifest.keeps("en/a.html", "made from b")
    assert not manifest.keeps("en/b.html", "made from a")
    assert manifest.kept() == {}


def put_folder(place: Path) -> None:
    place.unlink()
    place.mkdir()


HARM: dict[str, Callable[[Path], object]] = {
    "no manifest": lambda output: made(output).unlink(),
    "a folder in its place": lambda output: put_folder(made(output)),
    "empty": lambda output: made(output).write_bytes(b""),
    "the last line is cut": lambda output: made(output).write_bytes(made(output).read_bytes()[:-5]),
    "a line is lost": lambda output: made(output).write_bytes(made(output).read_bytes().rsplit(b"\n", 2)[0] + b"\n"),
    "noise": lambda output: made(output).write_bytes(b"\xff\0\n" * 9),
    "another format": lambda output: made(output).write_bytes(made(output).read_bytes().replace(b"site 2", b"site 0")),
    "other checksums": lambda output: write(output, {CHECKSUMS: ""}),
    "no checksums": lambda output: (output / CHECKSUMS).unlink(),
    "a file of the site is gone": lambda output: (output / "en/a.html").unlink(),
    "a page is empty": lambda output: write(output, {"en/a.html": ""}),
    "a page was written later": lambda output: os.utime(output / "en/a.html", (1, 1)),
    "a file more in the site": lambda output: write(output, {"en/b.html": "b"}),
    "no site": lambda output: output.rename(output.with_name("elsewhere")),
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM)
def test_a_manifest_that_does_not_speak_of_this_site_is_not_believed(
    harm: Callable[[Path], object], output: Path
) -> None:
    harm(output)
    assert read_manifest(output, COMMON) == Manifest(COMMON)


def test_a_manifest_of_other_code_or_settings_is_not_believed(output: Path) -> None:
    assert read_manifest(output, "fedcba9876543210") == Manifest("fedcba9876543210")


def test_new_files_come_in_and_old_ones_go(output: Path, tmp_path: Path) -> None:
    new = tmp_path / "new"
    write(new, {"index.html": "new home", "en/deep/b.html": "b", "en/a.html": "the same as that which is kept"})
    known = [*files_of(output), "en/gone.html"]
    assert put_into(output, new, tmp_path / "aside", ["en/a.html"], known) == ["en/deep/b.html", "index.html"]
    assert {path: content.decode() for path, content in files_of(output).items()} == {
        "index.html": "new home",
        "en/a.html": "a",
        "en/deep/b.html": "b",
    }
    assert not (output / "data").exists()  # nothing is left in it
    assert sorted(path.name for path in tmp_path.iterdir()) == ["output", "output.made"]


def test_a_disk_without_hard_links_is_good_enough(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_given: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    test_when_a_file_cannot_be_put_there_everything_is_as_before(output, tmp_path)
    shutil.rmtree(tmp_path / "new")
    test_new_files_come_in_and_old_ones_go(output, tmp_path)


def test_when_a_file_cannot_be_put_there_everything_is_as_before(output: Path, tmp_path: Path) -> None:
    before = files_of(output)
    new = tmp_path / "new"
    write(new, {"index.html": "new home", "en/a.html/b.html": "a folder where a page stays"})
    with pytest.raises(OSError):
        put_into(output, new, tmp_path / "aside", ["en/a.html"], before)
    assert files_of(output) == before
    assert not (tmp_path / "aside").exists()


def test_when_it_is_stopped_everything_is_as_before(
    output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(source: Path, target: Path) -> None:
        moved(source, target)
        if target == output / "en/new.html":
            raise KeyboardInterrupt

    moved = portal.manifest._move
    monkeypatch.setattr(portal.manifest, "_move", move)
    before = files_of(output)
    write(tmp_path / "new", {"en/a.html": "another", "en/new.html": "new"})
    with pytest.raises(KeyboardInterrupt):
        put_into(output, tmp_path / "new", tmp_path / "aside", [], before)
    assert files_of(output) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "output", "output.made"]


def test_what_cannot_be_put_aside_is_told_and_the_site_stays(output: Path, tmp_path: Path) -> None:
    before = files_of(output)
    write(tmp_path, {"new/index.html": "new home", "aside": "notes of somebody"})
    with pytest.raises(OSError) as refused:
        put_into(output, tmp_path / "new", tmp_path / "aside", [], before)
    assert str(refused.value.filename) == str(tmp_path / "aside")
    assert files_of(output) == before
    assert (tmp_path / "aside").read_text("utf-8") == "notes of somebody"
