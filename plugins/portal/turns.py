"""One build at a time for each output folder: two that wrote into one place would publish a site with files missing."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from multiprocessing.util import Finalize
from pathlib import Path
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows: there nobody waits
    fcntl = None  # type: ignore[assignment]

ENDING = ".turn"  # of a file beside the output folder, while a build has its turn


class Turn:
    """The right to build a site. It ends with release(), at the latest with this process, however that ends."""

    def __init__(self, output: Path) -> None:
        """Wait until no other process builds the site in `output`, and say so. Raises OSError."""
        self._path = output.with_name(output.name + ENDING)
        self._file: IO[Any] | None = None
        if fcntl is None:
            return
        output.parent.mkdir(parents=True, exist_ok=True)
        while self._file is None:
            found = self._path.open("w")
            self._wait_for(found, output)
            if self._is_there(found):
                self._file = found
                self._ending = Finalize(self, _end, (self._path, found), exitpriority=0)
            else:  # the build that had its turn removed it after it was opened here
                found.close()

    def release(self) -> None:
        """Let the next one build."""
        if self._file:
            self._ending()
            self._file = None

    def _wait_for(self, file: IO[Any], output: Path) -> None:
        with suppress(OSError):  # a file system without locks
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print(f"Another build of {output} is running; this one begins when it has ended.", file=sys.stderr)
                fcntl.flock(file, fcntl.LOCK_EX)

    def _is_there(self, file: IO[Any]) -> bool:
        with suppress(FileNotFoundError):
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        return False


def _end(path: Path, file: IO[Any]) -> None:
    path.unlink(missing_ok=True)  # before the lock ends, or another one's file would be removed
    file.close()
