"""What lets a reader prove a file: the checksums of everything published. Written last, when all other files stand."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

from .known_files import formerly_published_files, published_files, write_known_files
from .pipeline import Portal
from .releases.read import file_digest, files_below

CHECKSUMS = "SHA256SUMS"
OF_DATA = "data/SHA256SUMS"


def write_proof(portal: Portal, output: Path) -> None:
    """The scripts of the page that verifies a file, and SHA256SUMS over the whole site. Raises OSError."""
    known = _data_checksums(output)
    sums = {path: known.get(path) or file_digest(f"{output}/{path}") for path in files_below(output)}
    version = portal.released.version if portal.released else ""
    former = formerly_published_files(portal.releases)
    for script in write_known_files(chain(published_files(output, version, sums), former), output):
        sums[script] = file_digest(output / script)
    with (output / CHECKSUMS).open("w", encoding="utf-8", newline="\n") as stream:
        for path in sorted(sums.keys() - {CHECKSUMS}, key=lambda path: path.split("/")):  # folder by folder
            stream.write(f"{sums[path]}  {path}\n")


def _data_checksums(output: Path) -> Mapping[str, str]:
    """Path below the site -> checksum of the files that data/SHA256SUMS lists; they were computed in this build."""
    lines = (output / OF_DATA).read_text(encoding="utf-8").splitlines()
    return {f"data/{name}": digest for digest, _, name in (line.partition("  ") for line in lines)}
