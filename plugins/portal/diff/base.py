"""The data folder as it was at another place of the history, out of Git."""

from __future__ import annotations

import io
import os
import subprocess
import tarfile
from pathlib import Path

from ..errors import Message, say
from ..releases.read import FOLDER as RELEASES


class NoBaseError(Exception):
    """There is nothing to compare with. The message says why."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def write_base(data: Path, base: str, target: Path) -> Path:
    """Write the data folder, without its releases, as it was where this work left `base`; return where it stands.

    When the history of `base` went on since, what others added to it would else look as if it were removed here.
    Raises NoBaseError. The folder is empty when there were no records yet.
    """
    top = _git(data, "rev-parse", "--show-toplevel")
    if top is None:
        raise NoBaseError(say("{folder} is in no Git repository, so there is nothing to compare with.", folder=data))
    commit = _git(data, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if commit is None:
        raise NoBaseError(
            say("The repository has no branch, tag or commit “{base}”. Fetch it, or name another one.", base=base)
        )
    start = _git(data, "merge-base", commit.decode().strip(), "HEAD") or commit
    root = Path(os.fsdecode(top.rstrip(b"\r\n")))
    below = data.resolve().relative_to(root.resolve()).as_posix()
    folder = target / below
    folder.mkdir(parents=True, exist_ok=True)
    paths = (f":(top){below}", f":(top,exclude){below}/{RELEASES}") if below != "." else (":(top)",)
    # Where the folder did not exist, Git finds nothing that fits and gives no archive.
    archive = _git(root, "archive", "--format=tar", start.decode().strip(), "--", *paths)
    if archive:
        with tarfile.open(fileobj=io.BytesIO(archive)) as files:
            files.extractall(target, filter="data")
    return folder


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What Git says; None when it fails or is not installed."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None
