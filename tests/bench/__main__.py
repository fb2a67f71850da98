"""Time the build, the check and every export, on the shipped records and on synthetic ones.

`make bench ARGS="--grants 0 1000"`; with `--exports` only the exports: `make bench ARGS="--exports --grants 100000"`;
with `--imports` only the import of real spreadsheets: `make bench ARGS=--imports`.
"""

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

from tests.bench.exports import time_exports
from tests.bench.imports import time_imports
from tests.bench.synthetic import write_synthetic

ROOT = Path(__file__).resolve().parent.parent.parent


def main() -> None:
    """Print a line a command: seconds (median, least, most) and the most memory a process held; then the exports."""
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--grants", type=int, nargs="+", default=[0, 1000], help="0 stands for the shipped records")
    parser.add_argument("--runs", type=int, default=5, help="of the build and the check; each export runs once")
    parser.add_argument("--exports", action="store_true", help="time only the exports")
    parser.add_argument("--imports", action="store_true", help="time only the import of real spreadsheets")
    wanted = parser.parse_args()
    if wanted.imports:
        time_imports()
        return
    for grants in wanted.grants:
        with tempfile.TemporaryDirectory() as folder:
            data = ROOT / "data"
            if grants:
                data = Path(folder) / "data"
                write_synthetic(ROOT / "data", data, grants)
            name = f"{grants:,} synthetic grants" if grants else "shipped records"
            print(f"\n{name}")
            if not wanted.exports:
                _time_commands(data, Path(folder) / "site", wanted.runs)
            os.environ["PORTAL_DATA"] = str(data)  # pelicanconf.py reads it
            time_exports(ROOT / "pelicanconf.py", Path(folder) / "exports")


def _time_commands(data: Path, output: Path, runs: int) -> None:
    print(f"{'command':<28}{'median s':>10}{'least':>10}{'most':>10}{'peak MB':>10}")
    site = ["-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(output), "--fatal", "warnings"]
    _time("check", ["-m", "portal", "check"], data, runs)
    _time("site", site, data, runs)
    files = [path for path in output.rglob("*") if path.is_file()]
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
    print(f"{name:<28}{statistics.median(seconds):>10.2f}{min(seconds):>10.2f}{max(seconds):>10.2f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
