"""SHA256SUMS: the checksums of all downloads, as sha256sum writes and checks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..releases.read import file_digest
from .job import FOLDER, Download, Job, describe

PATH = f"{FOLDER}/SHA256SUMS"


def write(_job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/SHA256SUMS, to be checked from inside data/: of every file there, also those that are no Download."""
    known = {download.path: download.sha256 for download in made}
    files = sorted(path.relative_to(output).as_posix() for path in (output / FOLDER).rglob("*") if path.is_file())
    sums = {name: known.get(name) or file_digest(output / name) for name in files if name != PATH}
    lines = (f"{digest}  {name.removeprefix(f'{FOLDER}/')}\n" for name, digest in sums.items())
    (output / PATH).write_text("".join(lines), encoding="utf-8", newline="\n")
    yield describe(output, PATH, "SHA256SUMS", "text/plain")


def checksums(downloads: Sequence[Download]) -> str:
    """A line a file, by path below data/."""
    found = sorted((download.path.removeprefix(f"{FOLDER}/"), download.sha256) for download in downloads)
    return "".join(f"{digest}  {name}\n" for name, digest in found)
