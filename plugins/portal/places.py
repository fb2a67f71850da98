"""Where a site is made, and how it takes the place of the old one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from .errors import BuildError
from .proof import CHECKSUMS, noted

BUILDING, OLD = ".building", ".old"  # endings of the folders beside the output folder


def require_place(output: Path, is_part: bool = False) -> None:
    """Raise BuildError when a site could not take its place in a folder, or when a part of one would replace a whole.

    To be asked before a build, which may be long. No link may lead to the folder: a link cannot be put aside.
    """
    if os.path.ismount(output):
        raise BuildError(f"{output} is a disk of its own, which cannot be renamed. Name a folder below it.")
    beside = [output.with_name(output.name + ending) for ending in (BUILDING, OLD)]
    above = next(folder for folder in output.parents if os.path.lexists(folder))
    for folder in (above, output, *beside):
        if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir()):
            raise BuildError(f"{folder} is no folder. Move it away, or name another folder for the site.")
    for place in chain([str(above)], *(_folders_in(one) for one in (output, *beside))):
        if not os.access(place, os.R_OK | os.W_OK | os.X_OK):
            raise BuildError(
                f"Nothing may be written to or removed from {place}. "
                f"Allow it with `chmod u+rwx`, or name another folder for the site than {output}."
            )
    if is_part and (output / CHECKSUMS).exists():
        raise BuildError(
            f"{output} holds a whole site, of which ONLY or SHARD would leave a part. "
            "Name another folder, such as OUTPUT=part."
        )


def _folders_in(folder: Path) -> Iterator[str]:
    """The folder, if it is there, and all below it."""
    if folder.exists():
        yield str(folder)
    for above, names, _ in os.walk(folder):
        yield from (path for name in names if not Path(path := f"{above}/{name}").is_symlink())


def clear_unfinished(new: Path) -> None:
    """Remove a site that is not finished, with the notes about it, as far as that is possible."""
    for folder in (new, noted(new)):
        shutil.rmtree(folder, ignore_errors=True)


def clear_aside(old: Path) -> None:
    """Remove what a build that was killed left beside the site. Raises OSError."""
    if os.path.lexists(old):
        shutil.rmtree(old)


def replace_folder(output: Path, new: Path) -> None:
    """Put a new folder in the place of another one. Raises OSError."""
    old = output.with_name(output.name + OLD)
    clear_aside(old)
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
