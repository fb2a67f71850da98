"""What lets a reader prove a file: the checksums of everything published. Written last, when all other files stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path

from .known_files import formerly_published_files, published_files, write_known_files
from .releases import Release
from .releases.read import file_digest, files_below

CHECKSUMS = "SHA256SUMS"
OF_DATA = "data/SHA256SUMS"


def write_proof(version: str, releases: Iterable[Release], output: Path, kept: Mapping[str, str] | None = None) -> None:
    """The scripts of the page that verifies a file, and SHA256SUMS over the whole site. Raises OSError.

    `version` is the release that the records are, empty when they differ from every release. `kept` are files that
    belong to the site and are not in the folder: path -> SHA-256.
    """
    known = read_checksums(output / "data", "data/") if (output / OF_DATA).exists() else {}
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


def read_checksums(folder: Path, below: str = "") -> dict[str, str]:
    """Path, beginning with `below`, -> checksum of the files that SHA256SUMS in a folder lists."""
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {f"{below}{name}": digest for digest, _, name in (line.partition("  ") for line in lines)}
