"""Time the build and the check, on the shipped records and on synthetic ones. `make bench ARGS="--grants 0 1000"`."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.synthetic import write_synthetic

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Print a line a command: seconds (median, least, most) and the peak memory of the largest process."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--grants", type=int, nargs="+", default=[0, 1000], help="0 stands for the shipped records")
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    print(f"{'what':<28}{'median s':>10}{'least':>8}{'most':>8}{'peak MB':>9}")
    with tempfile.TemporaryDirectory() as folder:
        for grants in wanted.grants:
            data = ROOT / "data"
            if grants:
                data = Path(folder) / f"data-{grants}"
                write_synthetic(ROOT / "data", data, grants)
            name = f"{grants:,} synthetic grants" if grants else "shipped records"
            site = ["-m", "pelican", "content", "-s", "pelicanconf.py", "-o", f"{folder}/site", "--fatal", "warnings"]
            _time(f"check, {name}", ["-m", "portal", "check"], data, wanted.runs)
            _time(f"site, {name}", site, data, wanted.runs)
            files = [path for path in Path(folder, "site").rglob("*") if path.is_file()]
            size = sum(path.stat().st_size for path in files)
            print(f"  {len(files):,} files, {size / 1_000_000:.1f} MB")


def _time(name: str, arguments: list[str], data: Path, runs: int) -> None:
    seconds = []
    for _ in range(runs):
        begun = time.perf_counter()
        environment = {**os.environ, "PORTAL_DATA": str(data)}
        subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=True, capture_output=True)
        seconds.append(time.perf_counter() - begun)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    print(f"{name:<28}{statistics.median(seconds):>10.2f}{min(seconds):>8.2f}{max(seconds):>8.2f}{peak:>9.0f}")


if __name__ == "__main__":
    main()
