"""The ZIP with everything: the files written before it, in one folder called after the package."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from .job import FOLDER, Download, Job, describe
from .to_checksums import checksums

OLDEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier day; a real one would change the bytes with every build


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/<package>.zip, with a SHA256SUMS of its own."""
    path = f"{FOLDER}/{job.name}.zip"
    with zipfile.ZipFile(output / path, "w") as archive:
        for download in sorted(made, key=lambda download: download.path):
            name = download.path.removeprefix(f"{FOLDER}/")
            with (
                (output / download.path).open("rb") as source,
                archive.open(_entry(f"{job.name}/{name}", download.size), "w") as target,
            ):
                shutil.copyfileobj(source, target)
        archive.writestr(_entry(f"{job.name}/SHA256SUMS"), checksums(made))
    yield describe(output, path, "ZIP", "application/zip")


def _entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    """A file of the archive that says nothing of the day, the machine or the user. `size` is what will be written."""
    entry = zipfile.ZipInfo(name, OLDEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on whatever system the build runs
    entry.external_attr = 0o644 << 16
    entry.file_size = size
    return entry
