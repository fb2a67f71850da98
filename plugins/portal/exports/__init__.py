"""The downloads. One format a file, listed in EXPORTS; make_beside_writer() writes what stands beside a page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from . import to_360giving, to_dcat, to_iati, to_ocds
from .aside import Step, made_aside
from .beside_pages import make_beside_writer
from .job import FOLDER, Download, Job
from .standards import LeftOut, Standard

__all__ = [
    "ADDRESS_FREE",
    "EXPORTS",
    "STANDARDS",
    "Download",
    "Export",
    "Job",
    "make_beside_writer",
    "published_standards",
    "wanted_exports",
    "write_exports",
]


@dataclass(frozen=True, slots=True)
class Export:
    """A format and the module that writes it."""

    name: str
    module: str

    def write(self, job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
        """From the job, the output folder and the files made so far, the new files.

        The module is read only now, in the process that makes the format: all would take this one a tenth of a second.
        """
        written: Iterator[Download] = import_module(f".{self.module}", __name__).write(job, output, made)
        return written


EXPORTS = (
    Export("Data Package", "to_package"),
    Export("CSV for people", "to_people_csv"),
    Export("CSVW", "to_csvw"),  # of all CSV files above
    Export("JSON", "to_json"),
    Export("XLSX", "to_xlsx"),
    Export("README", "to_readme"),
    Export("ZIP", "to_zip"),  # of all files above
    Export("Templates", "to_templates"),  # no data: they stand in no archive
    Export("JSON Lines", "to_jsonl"),
    Export("Parquet", "to_parquet"),
    Export("SQLite", "to_sqlite"),
    Export("JSON API", "to_api"),
    Export("OpenAPI", "to_openapi"),
    Export("360Giving", "to_360giving"),
    Export("OCDS", "to_ocds"),
    Export("IATI", "to_iati"),
    Export("Quality", "to_quality"),
    Export("Desk", "to_desk"),
    Export("Releases", "to_releases"),
    Export("DCAT-AP", "to_dcat"),  # of all files above
    Export("data.json", "to_data_json"),
    Export("SHA256SUMS", "to_checksums"),  # of all files above
)
STANDARDS: tuple[tuple[Standard, Callable[[Job], tuple[LeftOut, ...]]], ...] = (
    (to_360giving.STANDARD, to_360giving.left_out),
    (to_ocds.STANDARD, to_ocds.left_out),
    (to_iati.STANDARD, to_iati.left_out),
    (to_dcat.STANDARD, to_dcat.left_out),
)
# Exports that are made in a process of their own, a row each: they need no file but those of their row.
ASIDE = (
    ("Data Package", "CSV for people", "CSVW", "JSON", "XLSX", "README", "ZIP", "JSON Lines", "Parquet"),
    ("Templates", "360Giving", "OCDS", "IATI", "Desk"),
)
MEANWHILE = ("SQLite", "OpenAPI", "Quality", "Releases")  # that need no file; all others wait for those of the rows
# Exports that hold all tables, of which none is made when a table is too large for every format.
WITH_ALL = ("XLSX", "ZIP", "SQLite", "JSON API", "OpenAPI", "360Giving", "OCDS", "IATI")
ADDRESS_FREE = ("CSV", "JSON Lines", "Parquet")  # formats whose bytes do not depend on where the site stands


def wanted_exports(job: Job, left_out: Collection[str] = ()) -> list[Export]:
    """Those that are made of the records, but for some."""
    return [export for export in EXPORTS if export.name not in (*left_out, *_too_large(job))]


def write_exports(
    job: Job,
    output: Path,
    left_out: Collection[str] = (),
    meanwhile: Callable[[], object] | None = None,
    step: Step = lambda _process, _steps: None,
) -> tuple[Download, ...]:
    """Write every download into data/ below the output folder, and return them in the order of EXPORTS.

    `left_out` names exports that are not wanted. `meanwhile` is other work that is done while some are made aside; it
    is a step, and so is each export: see aside.py. Raises OSError when a file cannot be written.
    """
    (output / FOLDER).mkdir(parents=True, exist_ok=True)
    wanted = wanted_exports(job, left_out)
    rows = [{export.name: export.write for export in wanted if export.name in names} for names in ASIDE]
    made: list[Download] = []

    def write(export: Export, before: Sequence[Download]) -> tuple[Download, ...]:
        files = tuple(export.write(job, output, before))
        step(0, 1)
        return files

    with made_aside(job, output, [row for row in rows if row], step) as wait:
        if meanwhile:
            meanwhile()
            step(0, 1)
        done = {one.name: write(one, ()) for one in wanted if one.name in MEANWHILE}
        done |= wait()
        for export in wanted:
            made.extend(done[export.name] if export.name in done else write(export, tuple(made)))
    return tuple(made)


def published_standards(job: Job) -> list[tuple[Standard, Callable[[Job], tuple[LeftOut, ...]]]]:
    """The standards, with what counts what is left out; none that a portal is too large for."""
    too_large = _too_large(job)  # “OCDS” makes “OCDS releases” and others
    return [one for one in STANDARDS if not any(form.split()[0] in too_large for form in one[0].formats)]


def _too_large(job: Job) -> frozenset[str]:
    """Names of the exports that are not made as a table is too large for every format."""
    return frozenset(WITH_ALL if len(job.resources) < len(job.every_resource) else ())
