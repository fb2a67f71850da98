"""Where a site is made, and how it takes the place of the old one."""

from __future__ import annotations

import shutil
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
