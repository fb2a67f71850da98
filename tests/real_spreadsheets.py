"""Real spreadsheets of others, each with the mapping file for it, imported by the command that a publisher gives.

They lie in the folder of sample records beside the project (see plugin_left_out.py). The portal they are imported into
is that of desk_portal.py; the settings are those of this portal.
"""

from __future__ import annotations

import csv
import json
import lzma
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl

from tests.desk_portal import ROOT, make_desk_portal

MAPPINGS = ROOT / "tests/data/mappings"
UK, SPAIN = "data/uk-government-grants-register", "data/es-eu-funds-beneficiaries"


@dataclass(frozen=True, slots=True)
class RealFile:
    """A file of the sample records."""

    path: str  # below the folder of sample records
    mapping: str  # name of its mapping file, without the ending


FILES = (
    RealFile(f"{UK}/raw/government-grant-awards-2016-17.xlsx", "uk-awards-2016-17"),
    RealFile(f"{UK}/awards-2016-17.csv", "uk-awards-2016-17"),
    RealFile(f"{UK}/raw/government-grant-schemes-2013-14.csv", "uk-schemes-2013-14"),
    RealFile(f"{UK}/raw/government-grant-schemes-2014-15.csv", "uk-schemes-2014-15"),
    RealFile(f"{UK}/raw/government-grant-schemes-2015-16.csv", "uk-schemes-2015-16"),
    RealFile(f"{UK}/raw/government-grant-schemes-2016-17.csv", "uk-schemes-2016-17"),
    RealFile(f"{SPAIN}/es-erdf-2007-2013.csv.xz", "es-erdf"),
    RealFile(f"{SPAIN}/es-esf-2007-2013.csv.xz", "es-esf"),
)


# What wait4() tells of memory counts the process that started this one, which for pytest is more than an import takes.
MEASURED = """
import atexit, pathlib, runpy, sys
told, own = pathlib.Path(sys.argv.pop(1)), pathlib.Path("/proc/self/status")
atexit.register(lambda: own.exists() and told.write_text(own.read_text()))
runpy.run_module("portal", run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True, slots=True)
class Imported:
    """What a run of the command came to."""

    status: int
    told: Any  # the JSON that it printed
    complaints: str
    seconds: float
    processor_seconds: float
    peak: float  # most megabytes that the process held


def copy_of(file: RealFile, shared: Path, folder: Path) -> Path:
    """The file as a publisher has it, unpacked, in a folder that can be written."""
    content = (shared / file.path).read_bytes()
    target = folder / Path(file.path).name.removesuffix(".xz")
    target.write_bytes(lzma.decompress(content) if file.path.endswith(".xz") else content)
    return target


def new_portal(folder: Path) -> Path:
    """An empty place for records; return its data folder."""
    data = folder / "records"
    make_desk_portal(data)
    return data


def import_file(path: Path, data: Path, mapping: str) -> Imported:
    """Import the file with the mapping file of this name, and write."""
    status_file = path.with_name(f"{path.name}.status")
    words = ["-c", MEASURED, str(status_file), "import", "spreadsheet", str(path), "--into", str(data), "--yes"]
    words += ["--mapping", str(MAPPINGS / f"{mapping}.yaml"), "--format", "json", "--lang", "en"]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795910400"}  # 2026-11-29
    out, err = (path.with_name(f"{path.name}.{ending}") for ending in ("out", "err"))
    begun = time.perf_counter()
    with out.open("wb") as stdout, err.open("wb") as stderr:
        process = subprocess.Popen([sys.executable, *words], cwd=ROOT, env=environment, stdout=stdout, stderr=stderr)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    told = json.loads(out.read_text("utf-8")) if out.stat().st_size else {}
    return Imported(
        process.returncode,
        told,
        err.read_text("utf-8"),
        time.perf_counter() - begun,
        used.ru_utime + used.ru_stime,
        _peak(status_file),
    )


def _peak(status: Path) -> float:
    """Megabytes; zero on a system that does not tell."""
    lines = status.read_text("utf-8").splitlines() if status.exists() else []
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1000


def cells_of(path: Path) -> list[list[Any]]:
    """The filled rows of a file, read without the desk. A row of CSV is one of text."""
    if path.suffix == ".xlsx":
        page = openpyxl.load_workbook(path, read_only=True).worksheets[0]
        rows: list[list[Any]] = [list(row) for row in page.iter_rows(values_only=True)]
    else:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = [list(row) for row in csv.reader(stream)]
    return [row for row in rows if any(cell not in (None, "") for cell in row)]
