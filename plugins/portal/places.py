"""Where a site is made, and how it takes the place of the old one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

BUILDING, OLD = ".building", ".old"  # endings of the folders beside the output folder


def replace_folder(output: Path, new: Path) -> None:
    """Put a new folder in the place of another one."""
    old = output.with_name(output.name + OLD)
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    try:
        new.rename(output)
    except BaseException:  # also Ctrl-C
        if old.exists() and not output.exists():
            old.rename(output)
        raise
    shutil.rmtree(old, ignore_errors=True)


def states_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Path below a folder, with forward slashes, and state of each file in it and its folders; in no order."""
    folders = [""]
    while folders:
        below = folders.pop()
        with os.scandir(folder / below) as found:
            for entry in found:
                path = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                else:
                    yield path, entry.stat()
