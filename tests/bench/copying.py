"""`cp -r` of a site, as the least that any maker of it could take: `python -m tests.bench.copying SITE COPY`.

A large site is copied part by part, and each part is removed before the next: two such sites would not fit into memory.
Prints the seconds, and those of the processor, that `cp` took; looking through the site and removing are left out.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from portal.places import states_below

PART = 2_000_000_000  # octets that are copied at once
FILES = 1_000  # named in one command: a line may be too long


def main(site: Path, copy: Path) -> None:
    """Copy, and print both figures."""
    seconds = 0.0
    parts = list(_parts(site))
    for part in parts:
        is_folder = part[0].is_dir()
        target = copy / part[0].relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        subprocess.run(["cp", "-r", *map(str, part), str(target if is_folder else target.parent)], check=True)
        seconds += time.perf_counter() - begun
        if len(parts) > 1:
            shutil.rmtree(copy)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{seconds:.6f} {used.ru_utime + used.ru_stime:.6f}")


def _parts(folder: Path) -> Iterator[Sequence[Path]]:
    """What one command copies: a folder, or files of one folder."""
    entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    folders = [Path(entry.path) for entry in entries if entry.is_dir()]
    if sum(state.st_size for _, state in states_below(folder)) <= PART or not folders:
        yield [folder]
        return
    for one in folders:
        yield from _parts(one)
    yield from _batches(entry for entry in entries if not entry.is_dir())


def _batches(files: Iterable[os.DirEntry[str]]) -> Iterator[Sequence[Path]]:
    batch: list[Path] = []
    octets = 0
    for file in files:
        octets += file.stat().st_size
        if batch and (len(batch) == FILES or octets > PART):
            yield batch
            batch, octets = [], file.stat().st_size
        batch.append(Path(file.path))
    if batch:
        yield batch


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
