"""The folder releases/ of the data -> Release. A release that is not as it was written is refused."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DataError, Message, Problem, say
from ..text import Text
from .compare import Rows, State
from .model import Change, Release

FOLDER = "releases"  # of the data folder, and of the downloads
MANIFEST = "manifest.json"
CHECKSUMS = "SHA256SUMS"
CHANGES = "changes.json"
DICTIONARY = "datapackage.json"
BLOCK = 1 << 18  # octets of a file that are read at once
VERSION = re.compile(r"(\d{4}-\d{2}-\d{2})\.([1-9]\d*)")


class TableFile(NamedTuple):
    """A table of a release."""

    path: Path
    key: str  # column with the identifiers


def read_releases(data: Path) -> tuple[Release, ...]:
    """Every release, oldest first. Raises DataError with every file of them that was touched."""
    folders = sorted(
        (path for path in (data / FOLDER).glob("*") if path.is_dir() and VERSION.fullmatch(path.name)),
        key=lambda path: version_order(path.name),
    )
    problems = [problem for folder in folders for problem in _touched(folder)]
    if problems:
        raise DataError(problems)
    releases = tuple(_release(folder) for folder in folders)
    problems = list(_broken_chain(releases))
    if problems:
        raise DataError(problems)
    return releases


def read_state(release: Release, only: Collection[str] | None = None) -> State:
    """The tables of a release as text; of `only` these names, those that it has."""
    return {name: _rows(file) for name, file in files_of(release).items() if only is None or name in only}


def files_of(release: Release) -> dict[str, TableFile]:
    """Name of each table of a release -> its file."""
    descriptor = json.loads((release.folder / DICTIONARY).read_text(encoding="utf-8"))
    found = {}
    for item in descriptor["resources"]:
        if "schema" in item:
            key = item["schema"].get("primaryKey") or ["id"]
            found[item["name"]] = TableFile(release.folder / item["path"], key if isinstance(key, str) else key[0])
    return found


def version_order(version: str) -> tuple[str, int]:
    """By day, then by serial number: .10 comes after .9."""
    day, _, serial = version.rpartition(".")
    return day, int(serial)


def file_digest(path: Path | str) -> str:
    """SHA-256 of a file, in hexadecimal digits."""
    found = hashlib.sha256()
    # Of 100,000 small files a Path and a buffer for each would take three times as long; threads take even longer.
    with open(path, "rb", buffering=0) as stream:  # noqa: PTH123  (see above)
        while block := stream.read(BLOCK):
            found.update(block)
    return found.hexdigest()


def files_below(folder: Path, *, hidden: bool = True) -> list[str]:
    """Every file in a folder and its folders, by its path below it with forward slashes; sorted by that text.

    Those of which the file or a folder below `folder` begins with a full stop are left out when `hidden` is False.
    It takes a twentieth of the time of Path.rglob().
    """
    found: list[str] = []
    for place, folders, names in os.walk(folder):
        if not hidden:
            folders[:] = [name for name in folders if not name.startswith(".")]  # of which the walk goes on
            names[:] = [name for name in names if not name.startswith(".")]
        below = Path(place).relative_to(folder).as_posix()
        found.extend(names if below == "." else [f"{below}/{name}" for name in names])
    return sorted(found)


def change_from_json(item: Mapping[str, Any]) -> Change:
    """A change as changes.json has it."""
    return Change(
        resource=item["resource"],
        id=item["id"],
        kind=item["change"],
        field=item["field"],
        before=item["before"],
        after=item["after"],
        reason=Text.of(item["reason"]),
    )


def _release(folder: Path) -> Release:
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    changes = json.loads((folder / CHANGES).read_text(encoding="utf-8"))["changes"]
    return Release(
        version=folder.name,
        day=date.fromisoformat(manifest["date"]),
        folder=folder,
        manifest=manifest,
        changes=tuple(map(change_from_json, changes)),
    )


def _rows(file: TableFile) -> Rows:
    text = file.path.read_text(encoding="utf-8")
    csv.field_size_limit(max(len(text), csv.field_size_limit()))  # only ever raised: it holds for the whole process
    reader = csv.reader(io.StringIO(text, newline=""))
    fields = tuple(next(reader))
    place = fields.index(file.key)
    return Rows(fields, {cells[place]: tuple(cells) for cells in reader})


def _touched(folder: Path) -> Iterator[Problem]:
    """Files of a release that are missing, added or changed since it was made."""
    sums = folder / CHECKSUMS
    if not sums.is_file():
        yield _problem(folder, CHECKSUMS, say("The file is missing from a release, which is never changed."))
        return
    written = {}
    for line in sums.read_text(encoding="utf-8").splitlines():
        digest, _, name = line.partition("  ")
        written[name] = digest
    found = {*files_below(folder)} - {CHECKSUMS}
    for name in sorted(written.keys() | found):
        if name not in found:
            yield _problem(folder, name, say("The file is missing from a release, which is never changed."))
        elif name not in written:
            yield _problem(folder, name, say("The file was added to a release, which is never changed."))
        elif file_digest(folder / name) != written[name]:
            yield _problem(folder, name, say("The file is not as it was released: its checksum no longer fits."))


def _broken_chain(releases: tuple[Release, ...]) -> Iterator[Problem]:
    """Each manifest holds the checksum of the one before, so that no old release can be changed in silence."""
    before: dict[str, str] | None = None
    for release in releases:
        if release.manifest["previous"] != before:
            what = say("The release before “{version}” is not the one it was made after.", version=release.version)
            yield _problem(release.folder, MANIFEST, what)
        before = {"version": release.version, "sha256": file_digest(release.folder / MANIFEST)}


def _problem(folder: Path, name: str, what: Message) -> Problem:
    file = f"{FOLDER}/{folder.name}/{name}"
    command = f"git checkout -- {os.path.relpath(folder / name)}"
    fix = say("Bring it back with: {command}. A correction goes into a new release.", command=command)
    return Problem(what, fix, file=file)
