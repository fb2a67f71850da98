"""exports/aside.py: what happens to the processes beside this one."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from portal.errors import BuildError
from portal.exports.aside import made_aside
from portal.exports.job import Download

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all exports are made in this process")
JOB: Any = SimpleNamespace(rows={}, names={}, left_out={})


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def files(_job: object, _output: Path, before: Sequence[Download]) -> Iterator[Download]:
    yield Download(f"data/{len(before)}.csv", None, None, "CSV", "text/csv", 1, 1, "")


def killed(_job: object, _output: Path, _before: Sequence[Download]) -> Iterator[Download]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield from ()


def failed(_job: object, _output: Path, _before: Sequence[Download]) -> Iterator[Download]:
    raise OSError("no room")
    yield


def endless(_job: object, _output: Path, _before: Sequence[Download]) -> Iterator[Download]:
    time.sleep(600)
    yield from ()


def nobody(_process: int, _steps: int) -> None:
    """Is not told how far it is."""


def test_each_row_is_told_of_its_own_files(tmp_path: Path) -> None:
    with made_aside(JOB, tmp_path, [{"a": files, "b": files}, {"c": files}], nobody) as wait:
        made = {name: [file.path for file in found] for name, found in wait().items()}
    assert made == {"a": ["data/0.csv"], "b": ["data/1.csv"], "c": ["data/0.csv"]}


def test_each_export_is_a_step_of_its_process_and_who_waits_draws(tmp_path: Path) -> None:
    done, drawn = multiprocessing.RawArray("Q", 3), []

    def slow(*given: Any) -> Iterator[Download]:
        time.sleep(0.5)
        yield from files(*given)

    def step(process: int, steps: int) -> None:
        done[process] += steps
        drawn.append(process)

    with made_aside(JOB, tmp_path, [{"a": files, "b": slow}, {"c": files}], step) as wait:
        wait()
    assert list(done) == [0, 2, 1]
    assert drawn.count(0) >= 1


def test_a_row_that_failed_is_left_out(tmp_path: Path) -> None:
    with made_aside(JOB, tmp_path, [{"a": failed}, {"c": files}], nobody) as wait:
        assert list(wait()) == ["c"]


def test_a_process_that_was_killed_is_told(tmp_path: Path) -> None:
    with (
        pytest.raises(BuildError, match="was stopped by SIGKILL"),
        made_aside(JOB, tmp_path, [{"a": killed}], nobody) as wait,
    ):
        wait()


def test_nobody_waits_when_this_process_fails(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), made_aside(JOB, tmp_path, [{"a": endless}], nobody):
        raise KeyboardInterrupt
    assert multiprocessing.active_children() == []
