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
from collections.abc import Iterator
from pathlib import Path

from portal.places import states_below

PART = 2_000_000_000  # octets that are copied at once


def main(site: Path, copy: Path) -> None:
    """Copy, and print both figures."""
    seconds = 0.0
    parts = list(_parts(site))
    for part in parts:
        target = copy / part.relative_to(site)
        target.parent.mkdir(parents=True, exist_ok=True)
        begun = time.perf_counter()
        subprocess.run(["cp", "-r", str(part), str(target)], check=True)
        seconds += time.perf_counter() - begun
        if len(parts) > 1:
            shutil.rmtree(copy)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"{seconds:.6f} {used.ru_utime + used.ru_stime:.6f}")


def _parts(folder: Path) -> Iterator[Path]:
    entries = list(os.scandir(folder))
    if sum(state.st_size for _, state in states_below(folder)) <= PART or not any(entry.is_dir() for entry in entries):
        yield folder
        return
    for entry in sorted(entries, key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _parts(Path(entry.path))
        else:
            yield Path(entry.path)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
