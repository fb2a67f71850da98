"""Work shared out to processes: every item once, and a failure is the failure of the item."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from portal.errors import BuildError
from portal.workers import ALL, SHARE, Share, in_shares, share_out


@pytest.mark.parametrize("count", [0, 1, SHARE - 1, SHARE * 2, SHARE * 7 + 3])
def test_every_item_is_done_once(count: int, tmp_path: Path) -> None:
    def note(share: Sequence[int]) -> None:
        for item in share:
            with (tmp_path / str(item)).open("a") as stream:
                stream.write("x")

    share_out(note, range(count))
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(count))
    assert {path.read_text() for path in tmp_path.iterdir()} <= {"x"}


@pytest.mark.parametrize("bad", [0, 1, 2, 199])
def test_a_failure_in_any_share_is_raised_here(bad: int) -> None:
    def refuse(share: Sequence[int]) -> None:
        if bad in share:
            raise ValueError(f"item {bad} is wrong")

    with pytest.raises(ValueError, match=f"item {bad} is wrong"):
        share_out(refuse, range(SHARE * 4))


@pytest.mark.parametrize("of", [1, 2, 3, 7])
@pytest.mark.parametrize("parts", [1, 2, 5])
def test_shares_and_their_parts_have_every_item_once(of: int, parts: int) -> None:
    items = range(23)
    shares = [Share(number, of) for number in range(of)]
    picked = [share.part(Share(part, parts)).pick(items) for share in shares for part in range(parts)]
    assert sorted(item for share in picked for item in share) == list(items)
    assert ALL.pick(items) == items


@pytest.fixture
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the work is done in this process")
@pytest.mark.usefixtures("two_processors")
class TestOfTwo:
    """Two processes, of which one does not do what it should."""

    def test_a_process_that_was_killed_is_told(self) -> None:
        def work(share: Share) -> None:
            if share.number:
                os.kill(os.getpid(), signal.SIGKILL)

        with pytest.raises(BuildError, match="A process of the build was stopped by SIGKILL"):
            in_shares(work, SHARE * 2)

    def test_it_is_told_in_the_middle_of_the_share_that_is_done_here(self) -> None:
        handler = signal.getsignal(signal.SIGCHLD)
        done: list[int] = []

        def work(share: Share) -> None:
            if share.number:
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)
            done.append(share.number)

        begun = time.monotonic()
        with pytest.raises(BuildError, match="A process of the build was stopped by SIGKILL"):
            in_shares(work, SHARE * 2)
        assert not done
        assert time.monotonic() - begun < 30
        assert signal.getsignal(signal.SIGCHLD) is handler

    def test_nobody_waits_for_the_others_when_the_first_share_fails(self) -> None:
        def work(share: Share) -> None:
            if share.number:
                time.sleep(600)
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            in_shares(work, SHARE * 2)
        assert multiprocessing.active_children() == []

    def test_a_share_that_fails_only_there_is_done_here(self, tmp_path: Path) -> None:
        here = os.getpid()

        def work(share: Share) -> None:
            if share.number and os.getpid() != here:
                raise OSError("no room for this process")
            (tmp_path / str(share.number)).touch()

        in_shares(work, SHARE * 2)
        assert {path.name for path in tmp_path.iterdir()} == {"0", "1"}


KILLED = """
import os, signal, sys, time
from pathlib import Path
from portal.workers import in_shares
os.cpu_count = lambda: 2
def work(share):
    if share.number:
        Path(sys.argv[1]).write_text(str(os.getpid()))
        time.sleep(600)
    while not Path(sys.argv[1]).exists() or not Path(sys.argv[1]).read_text():
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGKILL)
in_shares(work, 100)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the work is done in this process")
def test_a_process_ends_with_the_one_that_forked_it(tmp_path: Path) -> None:
    path = os.pathsep.join(sys.path)
    done = subprocess.run([sys.executable, "-c", KILLED, tmp_path / "pid"], check=False, env={"PYTHONPATH": path})
    assert done.returncode == -signal.SIGKILL
    other = Path("/proc") / (tmp_path / "pid").read_text() / "status"
    for _ in range(500):
        if not other.exists() or "zombie" in other.read_text():
            return
        time.sleep(0.01)
    raise AssertionError("it is still there")
