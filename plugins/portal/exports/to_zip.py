"""The ZIP with everything: the files written before it, in one folder called after the package."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from .job import FOLDER, Download, Job, describe
from .to_checksums import checksums

MEDIA_TYPE = "application/zip"
OLDEST = (1980, 1, 1, 0, 0, 0)  # a ZIP knows no earlier day; a real one would change the bytes with every build


def write(job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/<package>.zip, with a SHA256SUMS of its own."""
    path = f"{FOLDER}/{job.name}.zip"
    files = [(download.path.removeprefix(f"{FOLDER}/"), output / download.path) for download in made]
    write_zip(output / path, job.name, files, {"SHA256SUMS": checksums(made)})
    yield describe(output, path, "ZIP", MEDIA_TYPE)


def write_zip(
    target: Path, folder: str, files: Iterable[tuple[str, Path]], texts: Mapping[str, str] | None = None
) -> None:
    """An archive of files, by their name in it, then of texts, all in one folder."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sorted(files):
            with path.open("rb") as source, archive.open(_entry(f"{folder}/{name}", path.stat().st_size), "w") as entry:
                shutil.copyfileobj(source, entry)
        for name, text in (texts or {}).items():
            archive.writestr(_entry(f"{folder}/{name}"), text)


def _entry(name: str, size: int = 0) -> zipfile.ZipInfo:
    """A file of the archive that says nothing of the day, the machine or the user. `size` is what will be written."""
    entry = zipfile.ZipInfo(name, OLDEST)
    # Level 6, the default: of our files level 1 takes 40 % of the time and makes them half as large again, level 5
    # saves a twentieth of the time.
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on whatever system the build runs
    entry.external_attr = 0o644 << 16
    entry.file_size = size
    return entry
