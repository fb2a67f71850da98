"""What takes how long in a build: seconds by stage, then by function of the main process. `make site PROFILE=file`."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
from pathlib import Path

from .progress import Stages

WANTED = "PORTAL_PROFILE"  # in the environment: the file to write
LINES = 100


def require_profile() -> None:
    """Raise OSError when a profile is wanted and cannot be written, before a build that may be long."""
    if file := os.environ.get(WANTED):
        with Path(file).open("a"):
            return


class Profile:
    """Counts from its making on, when somebody wants it."""

    def __init__(self) -> None:
        self._file = os.environ.get(WANTED)
        self._counted = cProfile.Profile() if self._file else None
        if self._counted:
            self._counted.enable()

    def write(self, stages: Stages) -> None:
        """Write the breakdown, if it is wanted. Raises OSError."""
        if not self._counted or not self._file:
            return
        self._counted.disable()
        told = io.StringIO()
        told.write("Seconds by stage\n")
        for name, seconds in stages.seconds.items():
            told.write(f"{seconds:10.2f}  {name}\n")
        told.write("\nSeconds by function, of the main process alone: the others make equal shares of the same\n")
        pstats.Stats(self._counted, stream=told).sort_stats("cumulative").print_stats(LINES)
        Path(self._file).write_text(told.getvalue(), encoding="utf-8")
        print(f"What took how long stands in {self._file}.")
