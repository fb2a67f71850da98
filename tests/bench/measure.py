"""What a command takes: seconds, seconds of all processors, and the most memory that all its processes held at once."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.05  # seconds between two looks at the memory
PROC = Path("/proc")
SHOWN = 300  # characters of what a failed command said


@dataclass(frozen=True, slots=True)
class Command:
    """What is run, and where."""

    arguments: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]  # added to that of this process
    tells: bool = False  # prints its seconds and those of the processor itself


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. A run that failed says why."""

    seconds: float
    processor_seconds: float
    peak: int  # octets
    failure: str = ""


def measure(command: Command, limit: float) -> Cost:
    """Run a command to its end, or for `limit` seconds."""
    with tempfile.TemporaryFile() as said:
        begun = time.perf_counter()
        process = subprocess.Popen(
            command.arguments,
            cwd=command.folder,
            env={**os.environ, **command.environment},
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        watch = _Watch(process.pid, begun + limit)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.ended.set()
        watch.join()
        failure = ""
        if process.returncode:
            said.seek(0)
            words = said.read().decode(errors="replace").strip()[-SHOWN:]
            failure = f"stopped after {limit:.0f} s" if watch.too_long else words or f"exit code {process.returncode}"
        elif command.tells:
            said.seek(0)
            seconds, own = map(float, said.read().split())
            return Cost(seconds, own, watch.peak)
    return Cost(seconds, used.ru_utime + used.ru_stime, watch.peak, failure)


class _Watch(threading.Thread):
    """Looks at the memory of a process and of all that it started, and ends them when they take too long."""

    def __init__(self, process: int, latest: float) -> None:
        super().__init__(daemon=True)
        self.process, self.latest = process, latest
        self.ended = threading.Event()
        self.peak = 0
        self.too_long = False

    def run(self) -> None:
        """Look until the process has ended."""
        while not self.ended.wait(EVERY):
            self.peak = max(self.peak, sum(map(_memory, family(self.process))))
            if time.perf_counter() > self.latest and not self.too_long:
                self.too_long = True
                os.killpg(self.process, signal.SIGKILL)


def family(process: int) -> Iterator[int]:
    """A process and all that it started, and that they started."""
    yield process
    for children in PROC.glob(f"{process}/task/*/children"):
        try:
            found = children.read_text().split()
        except OSError:  # it ended in the meantime
            continue
        for child in found:
            yield from family(int(child))


def _memory(process: int) -> int:
    """Octets of a process; what it shares with others counts in parts, so that a sum counts it once."""
    for name, field in (("smaps_rollup", "Pss:"), ("status", "VmRSS:")):  # the second where the first may not be read
        try:
            lines = (PROC / str(process) / name).read_text().splitlines()
        except OSError:
            continue
        for line in lines:
            if line.startswith(field):
                return int(line.split()[1]) * 1024
    return 0
