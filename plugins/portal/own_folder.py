"""A temporary folder for as long as a process lives. That of a killed one is removed by the next that makes a folder.

Rows of a million grants are hundreds of MB, and where temporary files are kept in memory, as many MB of that.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import IO, Any

try:
    import fcntl
except ImportError:  # Windows: there a killed process leaves its folder behind
    fcntl = None  # type: ignore[assignment]

PREFIX = "portal-"
LOCK = "in-use"  # a file in the folder; its lock ends with the last process that has it open, forks among them


def make_own_folder() -> tuple[Path, IO[Any]]:
    """A new folder, and a file to be kept open as long as the folder is needed."""
    _remove_abandoned(Path(gettempdir()))
    folder = Path(mkdtemp(prefix=PREFIX))
    lock = (folder / f"{LOCK}.new").open("w")
    if fcntl:
        with suppress(OSError):  # a file system without locks; then nobody takes the folder for abandoned
            fcntl.flock(lock, fcntl.LOCK_EX)
            (folder / f"{LOCK}.new").rename(folder / LOCK)  # only now, as it could be taken before it is locked
    return folder, lock


def _remove_abandoned(place: Path) -> None:
    for folder in place.glob(f"{PREFIX}*") if fcntl else ():
        with suppress(OSError):  # that of another user, or one that goes at this moment
            if folder.stat().st_uid != os.getuid():
                continue
            with (folder / LOCK).open("r+") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
