"""SHA256SUMS: the checksums of all downloads, as sha256sum writes and checks them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..releases.read import file_digest, files_below
from .job import FOLDER, Download, Job, describe

PATH = f"{FOLDER}/SHA256SUMS"


def write(_job: Job, output: Path, made: Sequence[Download]) -> Iterator[Download]:
    """data/SHA256SUMS, to be checked from inside data/: of every file there, also those that are no Download."""
    known = {download.path: download.sha256 for download in made}
    folder = output / FOLDER
    with (output / PATH).open("w", encoding="utf-8", newline="\n") as stream:
        for name in files_below(folder):
            path = f"{FOLDER}/{name}"
            if path != PATH:
                stream.write(f"{known.get(path) or file_digest(f'{folder}/{name}')}  {name}\n")
    yield describe(output, PATH, "SHA256SUMS", "text/plain")


def checksums(downloads: Sequence[Download]) -> str:
    """A line a file, by path below data/."""
    found = sorted((download.path.removeprefix(f"{FOLDER}/"), download.sha256) for download in downloads)
    return "".join(f"{digest}  {name}\n" for name, digest in found)
