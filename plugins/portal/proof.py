"""What lets a reader prove a file: the checksums of everything published. Written last, when all other files stand."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from .known_files import formerly_published_files, published_files, write_known_files
from .releases import Release
from .releases.read import file_digest, files_below

CHECKSUMS = "SHA256SUMS"
OF_DATA = "data/SHA256SUMS"
NOTED = ".sums"  # ending of the folder of notes


class Notes:
    """Checksums of files as they are written, which takes half the time of reading them again; see write_proof()."""

    def __init__(self, output: Path) -> None:
        self._folder = noted(output)
        self._lines: list[str] = []

    def add(self, path: str, content: bytes) -> None:
        """Note a file, by its path below the output folder."""
        self._lines.append(f"{hashlib.sha256(content).hexdigest()}  {path}\n")

    def keep(self) -> None:
        """Write the notes down for the process that writes the proof. Raises OSError."""
        if self._lines:
            self._folder.mkdir(exist_ok=True)
            name = hashlib.sha256(self._lines[0].encode()).hexdigest()
            (self._folder / name).write_text("".join(self._lines), encoding="utf-8")


def noted(output: Path) -> Path:
    """The folder of notes about the files of a site that is being made; beside it, as it is no part of it."""
    return output.with_name(output.name + NOTED)


def write_proof(
    version: str, releases: Iterable[Release], output: Path, kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The scripts of the page that verifies a file, and SHA256SUMS over the whole site, which it returns.

    Raises OSError.

    `version` is the release that the records are, empty when they differ from every release. `kept` are files that
    belong to the site and are not in the folder: path -> SHA-256.
    """
    known = read_checksums(output / OF_DATA, "data/") if (output / OF_DATA).exists() else {}
    for notes in sorted(noted(output).iterdir()) if noted(output).exists() else ():
        known |= read_checksums(notes)
    shutil.rmtree(noted(output), ignore_errors=True)
    sums = {
        **(kept or {}),
        **{path: known.get(path) or file_digest(f"{output}/{path}") for path in files_below(output)},
    }
    files = chain(published_files(sums, version), formerly_published_files(releases))
    for script in write_known_files(files, output):
        sums[script] = file_digest(output / script)
    with (output / CHECKSUMS).open("w", encoding="utf-8", newline="\n") as stream:
        for path in sorted(sums.keys() - {CHECKSUMS}, key=lambda path: path.split("/")):  # folder by folder
            stream.write(f"{sums[path]}  {path}\n")
    return sums


def read_checksums(file: Path, below: str = "") -> dict[str, str]:
    """Path, beginning with `below`, -> checksum of the files that a SHA256SUMS lists."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return {f"{below}{name}": digest for digest, _, name in (line.partition("  ") for line in lines)}
