"""Two builds of one site: the second one waits, whatever happens to the first."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from portal.turns import ENDING, Turn
from tests.plugin_site import ROOT, files_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nobody waits there")

HOLD = """
import sys
from pathlib import Path
from portal.turns import Turn
turn = Turn(Path(sys.argv[1]))
print("its turn", flush=True)
sys.stdin.readline()
"""


def holding(output: Path) -> subprocess.Popen[str]:
    """A process that takes its turn, and ends when it is sent a line."""
    return subprocess.Popen(
        [sys.executable, "-c", HOLD, str(output)],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("end", ["well", "killed"])
def test_the_second_waits_for_the_end_of_the_first(end: str, tmp_path: Path) -> None:
    output = tmp_path / "deep/output"
    first = holding(output)
    assert first.stdout
    assert first.stdout.readline() == "its turn\n"
    second = holding(output)
    assert second.stderr
    assert second.stderr.readline() == f"Another build of {output} is running; this one begins when it has ended.\n"
    if end == "killed":
        first.send_signal(signal.SIGKILL)
    first.communicate("\n", timeout=60)
    assert second.communicate("\n", timeout=60) == ("its turn\n", "")
    assert not output.with_name(output.name + ENDING).exists()


def test_a_turn_that_ended_can_be_taken_again(tmp_path: Path) -> None:
    for _ in range(2):
        turn = Turn(tmp_path / "output")
        assert [path.name for path in tmp_path.iterdir()] == ["output.turn"]
        turn.release()
        turn.release()
        assert list(tmp_path.iterdir()) == []


def test_two_builds_at_once_make_the_site_twice(tiny_site: Path, tmp_path: Path) -> None:
    data, output = ROOT / "tests/data", tmp_path / "output"
    command = [sys.executable, "-m", "pelican", str(data / "content"), "-s", str(data / "tinyconf.py")]
    command += ["-o", str(output), "--cache-path", str(tmp_path / "cache"), "--fatal", "warnings"]
    builds = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)]
    assert [build.wait(300) for build in builds] == [0, 0]
    assert files_of(output).keys() == files_of(tiny_site).keys()
    assert {path.name for path in tmp_path.iterdir()} == {"output", "cache"}
