"""What the commands of the README leave: Git passes over it, or there could be no release; `make clean` knows it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from portal.manifest import ENDING as MADE
from portal.places import BUILDING, OLD
from portal.proof import NOTED
from portal.turns import ENDING as TURN
from tests.plugin_left_out import ROOT

ENDINGS = (BUILDING, f"{BUILDING}{NOTED}", OLD, MADE, f"{MADE}.new", TURN)  # of what a build puts beside its folder
COMMANDS = "".join((ROOT / name).read_text("utf-8") for name in ("README.md", "Makefile"))
FOLDERS = {"output", *re.findall(r"OUTPUT=([\w./]+)", COMMANDS)}
FILES = set(re.findall(r"(?:PROFILE|ANNOTATE)=([\w./]+)", COMMANDS))
HANDED_ON = {"out.xlsx"}  # goes back to whoever sent the spreadsheet, so it is not cleared away


def leave(folder: Path) -> None:
    """Make what the commands make, and what stays of a build that was killed."""
    for path in (f"{name}{ending}/file" for name in FOLDERS for ending in ("", *ENDINGS)):
        (folder / path).parent.mkdir(parents=True)
        (folder / path).touch()
    for path in FILES:
        (folder / path).touch()


def test_the_commands_are_found() -> None:
    assert {"part", "shards/3"} <= FOLDERS
    assert {"profile.txt"} <= FILES


def test_git_passes_over_what_they_leave(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    shutil.copy(ROOT / ".gitignore", tmp_path)
    leave(tmp_path)
    status = ["git", "-C", str(tmp_path), "status", "--porcelain", "--untracked-files=all"]
    found = subprocess.run(status, check=True, capture_output=True, text=True).stdout.splitlines()
    assert found == ["?? .gitignore"]


@pytest.mark.skipif(not shutil.which("make"), reason="make is not installed")
def test_make_clean_removes_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    (tmp_path / "letter.txt").touch()
    leave(tmp_path)
    subprocess.run(["make", "-s", "-C", str(tmp_path), "clean"], check=True)
    assert {path.name for path in tmp_path.iterdir()} == {"Makefile", "letter.txt", *HANDED_ON}
