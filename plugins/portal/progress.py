"""How far a build is, and what it took: a bar on a terminal, lines elsewhere, a summary at the end."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from .places import states_below

QUIET = 2.0  # seconds after which a build is long enough to tell how far it is
PAUSE = 0.1  # seconds between two drawings of the bar
PROCESSES = 256  # more than any machine that builds a portal has


class Stages:
    """The stages of a build, one after the other. Processes count what they have done, this one draws."""

    def __init__(self, console: Console | None = None) -> None:
        self._console = console or Console(file=sys.stderr)
        self._begun = time.perf_counter()
        self._done = multiprocessing.RawArray("Q", PROCESSES)  # by number of the process's share
        self._bar: Progress | None = None
        self._drawn = 0.0
        self._total = 0
        self._name = ""
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str, total: int = 0) -> Iterator[None]:
        """Do something that has a name, in `total` steps, or in one of which nobody knows how far it is."""
        begun = time.perf_counter()
        self._name, self._total, self._drawn = name, total, 0.0
        self._done[:] = [0] * PROCESSES
        try:
            self.step(0, 0)
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
            if self._bar:
                self._bar.stop()
                self._bar = None
        if not self._console.is_terminal and self._is_long:
            print(f"{name}: {time.perf_counter() - begun:.1f} s", file=self._console.file, flush=True)

    def step(self, process: int = 0, steps: int = 1) -> None:
        """Some steps of the stage are done, by the process with this number; number 0 draws."""
        self._done[process] += steps
        if process == 0 and self._console.is_terminal and self._is_long:
            self._draw()

    @property
    def _is_long(self) -> bool:
        return time.perf_counter() - self._begun > QUIET

    def _draw(self) -> None:
        now = time.perf_counter()
        if now - self._drawn < PAUSE:
            return
        self._drawn = now
        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            # Drawn by hand: a thread that draws would not survive the forks of the next stage.
            self._bar = Progress(*columns, console=self._console, auto_refresh=False, transient=True)
            self._bar.add_task(self._name, total=self._total or None)
            self._bar.start()
        done = sum(self._done)
        self._bar.update(self._bar.task_ids[0], completed=min(done, self._total or done))
        self._bar.refresh()


def summary(stages: Stages, output: Path, host_octets: int) -> Iterator[str]:
    """What was made, in lines: pages, files, size, seconds, memory, and how much of the host's limit is used."""
    files = pages = octets = 0
    for path, state in states_below(output):
        files, pages, octets = files + 1, pages + path.endswith(".html"), octets + state.st_size
    yield f"{pages:,} pages among {files:,} files, {octets / 1e6:,.1f} MB."
    yield spent(stages)
    yield f"Memory: at most {peak_memory() / 1e6:,.0f} MB in one process."
    if host_octets:
        yield f"That is {octets / host_octets:.1%} of the {host_octets / 1e6:,.0f} MB that the host takes."


def spent(stages: Stages) -> str:
    """How long each stage took."""
    used = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in stages.seconds.items())
    return f"Seconds: {used}; together {sum(stages.seconds.values()):.1f} s."


def peak_memory() -> int:
    """The most octets that this process, or the largest of those that it started, held at once."""
    own, theirs = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return max(own, theirs) * 1024
