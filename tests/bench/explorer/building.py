"""Building an index in a process of its own: seconds, the most memory that it and its children held, files and octets.

The tables stand in that process' memory before the clock starts, as they do when the portal is built.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from tests.bench.explorer.tables import ROOT, load_into_memory, read_settings

LOOKS = 0.1  # seconds between two looks at the memory
UNIT = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, slots=True)
class Build:
    """What a build took."""

    seconds: float
    processor: float  # seconds of all processors together
    peak: float  # MB of the process and its children together
    before: float  # MB that the tables took before
    files: int
    octets: int
    parts: dict[str, tuple[int, int]]  # first folder of the path -> files, octets


def build(source: Path, folder: Path) -> Build:
    """Build the index of a DuckDB file of tables into an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    arguments = [sys.executable, "-m", __name__, str(source), str(folder)]
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'plugins'}"}
    peak = 0
    with subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
        while child.poll() is None:
            peak = max(peak, _memory(child.pid))
            time.sleep(LOOKS)
        told = json.loads(child.communicate()[0] or "null")
    if told is None:
        raise SystemExit("The index was not built; see above.")
    parts: defaultdict[str, list[int]] = defaultdict(list)
    for path in folder.rglob("*.js"):
        parts[path.relative_to(folder).parts[0]].append(path.stat().st_size)
    sizes = {name: (len(found), sum(found)) for name, found in sorted(parts.items())}
    files, octets = (sum(column) for column in zip(*sizes.values(), strict=True))
    return Build(
        told["seconds"], told["processor"], max(peak, told["before"]) / 1e6, told["before"] / 1e6, files, octets, sizes
    )


def _memory(process: int) -> int:
    """Octets of a process and all below it; pages that several share are counted once."""
    found = 0
    try:
        proportional = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
        found = next(int(line.split()[1]) * 1024 for line in proportional.splitlines() if line.startswith("Pss:"))
        children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii").split()
    except (OSError, StopIteration):  # it has just ended
        return found
    return found + sum(_memory(int(child)) for child in children)


def _used() -> float:
    return sum(
        one.ru_utime + one.ru_stime
        for one in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


def _main(source: Path, folder: Path) -> None:
    from portal.explorer import About, build_index  # noqa: PLC0415 - the parent, which only watches, needs none of it
    from portal.package import read_package  # noqa: PLC0415

    settings = read_settings()
    fields = read_package(settings.data, settings.languages).by_name["grants"].fields
    about = About(settings.languages, "synthetic", settings.currency, fields)
    with load_into_memory(source) as database:
        before = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * UNIT
        begun, used = time.perf_counter(), _used()
        index = build_index(database, about, folder)
        told = {"seconds": time.perf_counter() - begun, "processor": _used() - used, "before": before}
    if index.inline is not None:
        raise SystemExit("So few grants stand in the page: there is no index to measure.")
    print(json.dumps(told))


if __name__ == "__main__":
    _main(Path(sys.argv[1]), Path(sys.argv[2]))
