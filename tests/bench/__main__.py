"""Time the build of a site against other makers of sites, and the check against Frictionless.

`make bench ARGS="--sizes 1000 10000 --runs 3 --tools grants hugo"`; with `--exports` only the exports:
`make bench ARGS="--exports --sizes 100000"`; with `--imports` only the import of real spreadsheets.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import ROOT
from tests.bench.campaign import MILLION, Outcome, Terms, run_size, with_needed
from tests.bench.contestants import ALONE, BY_KEY
from tests.bench.exports import time_exports
from tests.bench.imports import time_imports
from tests.bench.results import report
from tests.bench.serving import time_serving
from tests.bench.synthetic import write_synthetic
from tests.bench.validation import run_validation

IN_MEMORY = Path("/dev/shm")  # a file system in memory, where Linux has one
SIZES = (0, 1_000, 10_000, 100_000)
CHECKED = (1_000, 100_000)
WITH_CARDS = (100_000, MILLION)  # with a card a grant; the first shows whether the time grows with the records
SERVED = 10_000
SHIPPED = ("everything", "copy")  # contestants that run with the shipped records


def main() -> None:
    """Run what is wanted; print a line a run and then the results."""
    wanted = _arguments()
    if wanted.imports:
        time_imports()
        return
    load = os.getloadavg()[0]
    parent = wanted.folder or (IN_MEMORY if IN_MEMORY.is_dir() else None)
    with tempfile.TemporaryDirectory(prefix="ashar-bench-", dir=parent) as name:
        if wanted.exports:
            _exports(wanted.sizes, Path(name))
            return
        builds, checks = _campaign(wanted, Path(name))
        serving = time_serving(SERVED, Path(name) / "served", wanted.runs) if wanted.serve else ""
    text = report(f"`make bench` on {datetime.now(UTC).date()}", load, builds, checks) + serving
    print(f"\n{text}")
    if wanted.results:
        wanted.results.write_text(text, encoding="utf-8")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="grants; 0 stands for the shipped records")
    parser.add_argument("--runs", type=int, default=5, help="of each contestant")
    parser.add_argument("--long-runs", type=int, default=1, help="of what takes minutes: everything from 100,000 on")
    parser.add_argument("--tools", nargs="+", choices=list(BY_KEY), default=list(BY_KEY), help="contestants")
    parser.add_argument("--million", action="store_true", help="a million grants too: Ashar alone")
    parser.add_argument("--validation", action="store_true", help="the check too, at 1,000 and 100,000 grants")
    parser.add_argument("--limit", type=float, default=30, help="minutes after which a run is stopped")
    parser.add_argument("--folder", type=Path, help="for all files; best in memory; default: below /dev/shm")
    parser.add_argument("--results", type=Path, help="Markdown file to write, such as tests/bench/RESULTS.md")
    parser.add_argument("--serve", action="store_true", help="an edit while Pelican serves too, of 10,000 grants")
    parser.add_argument("--exports", action="store_true", help="time only the exports, each once")
    parser.add_argument("--imports", action="store_true", help="time only the import of real spreadsheets")
    return parser.parse_args()


def _campaign(wanted: argparse.Namespace, folder: Path) -> tuple[list[Outcome], list[Outcome]]:
    terms = Terms(folder, wanted.runs, wanted.long_runs, 60 * wanted.limit, _tell)
    builds: list[Outcome] = []
    for grants in wanted.sizes:
        keys = [key for key in wanted.tools if grants or key in SHIPPED]
        builds += run_size(grants, with_needed(keys), terms)
    for grants in WITH_CARDS if wanted.million else ():
        builds += run_size(grants, ALONE, terms)
    sizes = (*CHECKED, *([MILLION] if wanted.million else ()))
    checks = run_validation(sizes, terms) if wanted.validation else []
    return builds, checks


def _exports(sizes: list[int], folder: Path) -> None:
    for grants in sizes:
        data = ROOT / "data"
        if grants:
            data = folder / str(grants) / "data"
            write_synthetic(ROOT / "data", data, grants)
        print(f"\n{grants:,} synthetic grants" if grants else "\nshipped records")
        os.environ["PORTAL_DATA"] = str(data)  # pelicanconf.py reads it
        time_exports(ROOT / "pelicanconf.py", folder / f"exports-{grants}")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
