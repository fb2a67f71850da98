"""`make serve` as a person has it: Pelican builds in a process beside the one that serves, again after each edit."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.large_tiny import DAY, LARGE, Workshop, open_workshop
from tests.releases_of_tiny import edit

ROOT = Path(__file__).resolve().parent.parent
LONGEST = 120.0  # seconds that a build, or the end of all processes, may take on a slow machine
GRANTS = "grants/2024.csv"


@contextmanager
def serving(workshop: Workshop, more: str = "") -> Iterator[tuple[subprocess.Popen[str], str, queue.Queue[str]]]:
    """The process, the address of the site, and what it says, a line each."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    temporary_folder(workshop).mkdir()
    command = [sys.executable, "-m", "pelican", "-s", str(workshop.settings(more=more)), "-o", str(workshop.output)]
    served = subprocess.Popen(
        [*command, "--autoreload", "--listen", "--port", str(port), "--log-handler", "plain"],
        cwd=ROOT,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": DAY,
            "PYTHONUNBUFFERED": "1",
            "TMPDIR": str(temporary_folder(workshop)),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    said: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in served.stdout or ():
            said.put(line)

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield served, f"http://127.0.0.1:{port}", said
    finally:
        if any_runs(served.pid):
            os.killpg(served.pid, signal.SIGKILL)
        served.wait()


def temporary_folder(workshop: Workshop) -> Path:
    """Where its builds keep the rows of tables."""
    return workshop.folder / "temporary"


def any_runs(group: int) -> bool:
    """Whether a process of the group is there."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def wait_for(words: str, said: queue.Queue[str]) -> None:
    """Until the process says so."""
    lines: list[str] = []
    end = time.monotonic() + LONGEST
    try:
        while not lines or words not in lines[-1]:
            lines.append(said.get(timeout=max(end - time.monotonic(), 0)))
            assert "Traceback" not in lines[-1]
    except queue.Empty:
        raise AssertionError(f"It never said “{words}”, but: {''.join(lines)}") from None


def test_each_edit_is_shown(tmp_path: Path) -> None:
    """The tables are held in memory, so that each build makes everything, also what libraries with threads make."""
    workshop = open_workshop(tmp_path)
    with serving(workshop) as (_, address, said):
        wait_for("Done: Processed", said)
        for title in ("School of the storm", "School of kites"):
            time.sleep(2)  # until Pelican looks for changes
            edit(workshop.data / GRANTS, "G-2024-2", title_en=title)
            wait_for("Done: Processed", said)
            with urlopen(f"{address}/en/grants/G-2024-2.html") as page:
                assert title in page.read().decode()


@pytest.mark.parametrize("end", ["Ctrl-C", "SIGTERM"])
def test_nothing_is_left_when_it_is_ended(end: str, tmp_path: Path) -> None:
    workshop = open_workshop(tmp_path)
    with serving(workshop, f"import portal.load\nportal.load.LARGE = {LARGE}\n") as (served, _, said):
        wait_for("Done: Processed", said)
        assert list(temporary_folder(workshop).iterdir()) == []  # the rows of the build that has ended
        if end == "Ctrl-C":
            os.killpg(served.pid, signal.SIGINT)  # as a terminal does
        else:
            served.terminate()
        wait_for("Exiting", said)
        served.wait(LONGEST)
        latest = time.monotonic() + LONGEST
        while any_runs(served.pid) and time.monotonic() < latest:
            time.sleep(0.1)
        assert not any_runs(served.pid)
        rest = [said.get() for _ in range(said.qsize())]
    assert "Traceback" not in "".join(rest)
    assert not (workshop.folder / "output.building").exists()
    assert list(temporary_folder(workshop).iterdir()) == []
