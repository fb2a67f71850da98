"""A folder that a killed process left behind goes; one in use stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portal.own_folder import LOCK, make_own_folder

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a killed process leaves its folder behind there")

HOLD = """
import os, sys, time
from portal.own_folder import make_own_folder
folder, lock = make_own_folder()
(folder / "rows").write_text("many")
if sys.argv[1:] and os.fork():
    os._exit(0)  # the other one goes on
print(folder, os.getpid(), flush=True)
time.sleep(600)
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def begun(place: Path, *arguments: str) -> tuple[subprocess.Popen[str], Path, int]:
    """A process that has a folder, the folder, and the number of the process that holds it."""
    environment = {"PYTHONPATH": ":".join(sys.path), "TMPDIR": str(place)}
    command = [sys.executable, "-c", HOLD, *arguments]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    folder, number = process.stdout.readline().split()
    return process, Path(folder), int(number)


def test_a_killed_process_leaves_nothing_for_long(place: Path) -> None:
    process, folder, _ = begun(place)
    first, first_lock = make_own_folder()
    assert (folder / "rows").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    second, second_lock = make_own_folder()
    assert not folder.exists()
    assert (first / LOCK).exists()
    assert (second / LOCK).exists()
    first_lock.close()
    second_lock.close()


def test_a_fork_keeps_the_folder(place: Path) -> None:
    process, folder, number = begun(place, "fork")
    process.wait()
    try:
        _, lock = make_own_folder()
        lock.close()
        assert (folder / "rows").exists()
    finally:
        os.kill(number, signal.SIGKILL)


def test_a_folder_that_is_not_ours_stays(place: Path) -> None:
    (place / "portal-of-somebody").mkdir()
    (place / "portal-file").write_text("a file")
    _, lock = make_own_folder()
    lock.close()
    assert (place / "portal-of-somebody").is_dir()
    assert (place / "portal-file").is_file()
