"""The checksum of every published file, for the page that verifies a file in the browser.

They are scripts, as a page opened from a folder may load nothing else; 16 of them, as a reader needs just one a file.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .releases import Release
from .releases.read import version_order

FOLDER = "data/hashes"  # below the output folder
DIGITS = "0123456789abcdef"
NOT_DATA = (f"{FOLDER}/", "data/desk/", "static/")
RELEASES = ("data", "releases")  # each release stands in a folder below


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file as it was published."""

    version: str  # of the release; empty for one made of records that are not released yet
    path: str  # below the output folder, with forward slashes
    sha256: str  # in small hexadecimal digits


def write_known_files(files: Iterable[KnownFile], output: Path) -> list[str]:
    """data/hashes/<first digit of the checksum>.js, each a call of asharHashes(); all 16, also those without a file.

    The newest release stands first. Their paths below the output folder are returned. Raises OSError when a file cannot
    be written.
    """
    shards: dict[str, defaultdict[str, set[tuple[str, str]]]] = {digit: defaultdict(set) for digit in DIGITS}
    for file in files:
        shards[file.sha256[0]][file.sha256].add((file.version, file.path))
    (output / FOLDER).mkdir(parents=True, exist_ok=True)
    written = []
    for digit, known in shards.items():
        lines = ",\n".join(f"{json.dumps(sha256)}: {json.dumps(_sorted(known[sha256]))}" for sha256 in sorted(known))
        script = f'asharHashes("{digit}", {{\n{lines}\n}});\n'
        path = f"{FOLDER}/{digit}.js"
        (output / path).write_text(script, encoding="ascii", newline="\n")
        written.append(path)
    return written


def published_files(checksums: Mapping[str, str], version: str) -> Iterator[KnownFile]:
    """Every file of a site but its pages, its theme and these scripts.

    `checksums` are of the whole site: path -> SHA-256. `version` is the release that the records are, empty when they
    differ from every release.
    """
    for path, sha256 in checksums.items():
        if path.endswith(".html") or path.startswith(NOT_DATA):
            continue
        parts = path.split("/")
        is_released = tuple(parts[:2]) == RELEASES and len(parts) > 3
        yield KnownFile(parts[2] if is_released else version, path, sha256)


def formerly_published_files(releases: Iterable[Release]) -> Iterator[KnownFile]:
    """Files that stood at the addresses of the site while a release was the newest one, as its manifest remembers."""
    for release in releases:
        for file in release.manifest["published"]:
            yield KnownFile(release.version, file["path"], file["sha256"])


def _sorted(found: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Files of no release first, then the newest release first; in a release by path."""
    released = sorted(found, key=lambda file: file[1])
    released.sort(key=lambda file: version_order(file[0]) if file[0] else ("~", 0), reverse=True)
    return released
