"""Import the real spreadsheets whole, twice each: rows, sums, seconds of a processor and peak memory of every run."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.plugin_left_out import SHARED
from tests.real_spreadsheets import FILES, copy_of, import_file, new_portal

TITLES = f"{'import':<42}{'rows':>8}{'new':>8}{'same':>8}{'rejected':>9}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}"
LINE = "{:<42}{:>8,}{:>8,}{:>8,}{:>9,}{:>9.1f}{:>8.1f}{:>9.0f}"
FATES = ("new", "unchanged", "rejected")


def time_imports() -> None:
    """Print a line a run, and under it the sums of what the file has, of what is taken and of what is rejected."""
    if not SHARED.is_dir():
        print("The folder “shared” with sample records is not here: no import is timed.")
        return
    print(TITLES)
    for file in FILES:
        with tempfile.TemporaryDirectory() as name:
            path, data = copy_of(file, SHARED, Path(name)), new_portal(Path(name))
            for _ in range(2):
                done = import_file(path, data, file.mapping)
                if not done.told:
                    raise SystemExit(done.complaints)
                rows = done.told["rows"]
                figures = (sum(rows.values()), *(rows[fate] for fate in FATES))
                print(LINE.format(path.name, *figures, done.seconds, done.processor_seconds, done.peak), flush=True)
            for table in done.told["tables"].values():
                for sums in table["sums"]:
                    print("  {given} {currency} given, {taken} taken, {rejected} rejected".format(**sums))
