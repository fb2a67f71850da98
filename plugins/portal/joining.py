"""Shards of a site -> the site, byte for byte as a single build makes it. `python -m portal join shards/*`."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from .bad_days import BAD_DAYS, told
from .errors import BuildError
from .manifest import forget_manifest
from .places import BUILDING, OLD, replace_folder, require_place
from .proof import write_proof
from .releases import read_releases
from .releases.read import file_digest, files_below
from .settings import Settings
from .turns import Turn
from .workers import Share

NOTE = "shard.json"  # in the folder of a shard; it does not go into the site


@dataclass(frozen=True, slots=True)
class Note:
    """What a shard says of itself."""

    number: int  # counted from 1
    of: int
    made_from: str  # digest of the records, the code, the theme and the settings
    version: str  # release that the records are; empty when they differ from every release
    files: int  # how many it has beside the note
    checksum: str  # over the paths and checksums of these


def add_join_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("folders", nargs="+", type=Path, help="the folders of all shards, in any order")
    parser.add_argument("--output", type=Path, default=Path("output"), help="folder of the site; default: output")


def run_join(command: argparse.Namespace, settings: Settings) -> int:
    """Join the shards and say so; return the exit status."""
    try:
        files = join(command.folders, command.output, settings)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(command.folders)} shards joined: {files:,} files in {command.output}.")
    return 0


def write_note(folder: Path, shard: Share, made_from: str, version: str) -> None:
    """Say in the folder of a shard what it is. Raises OSError."""
    sums = {path: file_digest(folder / path) for path in _files_of(folder)}
    note = Note(shard.number + 1, shard.of, made_from, version, len(sums), _checksum(sums))
    (folder / NOTE).write_text(json.dumps(asdict(note)) + "\n", encoding="utf-8")


def join(folders: Sequence[Path], output: Path, settings: Settings) -> int:
    """Put the site together in the place of the old one; return the number of files.

    Raises BuildError when a shard is missing, is there twice, was made from something else or was changed, or a file
    cannot be written. The shards stay as they are.
    """
    notes = [_note(folder) for folder in folders]
    _require_all(folders, notes)
    output = output.resolve()
    new = output.with_name(output.name + BUILDING)
    _require_apart(folders, (output, new, output.with_name(output.name + OLD)))
    require_place(output)
    turn = Turn(output)
    shutil.rmtree(new, ignore_errors=True)
    with _in_one_sentence(new):
        for folder in folders:
            shutil.copytree(folder, new, ignore=_no_note, dirs_exist_ok=True)
        sums = write_proof(notes[0].version, read_releases(settings.data), new)
        for folder, note in zip(folders, notes, strict=True):
            _require_whole(folder, note, sums)
        forget_manifest(output)
        replace_folder(output, new)
    turn.release()
    return len(files_below(output))


def _note(folder: Path) -> Note:
    try:
        note = Note(**json.loads((folder / NOTE).read_text(encoding="utf-8")))
        is_one = 1 <= note.number <= note.of
    except (OSError, ValueError, TypeError):
        is_one = False
    if not is_one:
        raise BuildError(f"{folder} is no shard: it has no {NOTE}. Make shards with `make site SHARD=1/4`.")
    return note


def _require_all(folders: Sequence[Path], notes: Sequence[Note]) -> None:
    of = notes[0].of
    for folder, note in zip(folders, notes, strict=True):
        if (note.of, note.made_from) != (of, notes[0].made_from):
            raise BuildError(f"{folder} and {folders[0]} were not made from the same records, code and settings.")
    numbers = sorted(note.number for note in notes)
    missing = [str(number) for number in range(1, of + 1) if number not in numbers]
    if missing:
        raise BuildError(f"Of {of} shards these are missing: {', '.join(missing)}.")
    if len(numbers) > of:
        raise BuildError(f"There are {len(numbers)} folders for {of} shards: a shard is there twice.")


def _require_apart(folders: Sequence[Path], places: Sequence[Path]) -> None:
    """Refuse a place for the site whose making would remove a shard, or write into it."""
    for folder in folders:
        shard = folder.resolve()
        for place in places:
            if shard.is_relative_to(place) or place.is_relative_to(shard):
                raise BuildError(f"The site would be made in {place}, where {folder} is. Name another folder for it.")


def _require_whole(folder: Path, note: Note, sums: Mapping[str, str]) -> None:
    """Refuse a shard whose files, of which the site has `sums`, are not those that its build wrote."""
    paths = _files_of(folder)
    if len(paths) != note.files or _checksum({path: sums[path] for path in paths}) != note.checksum:
        raise BuildError(f"{folder} has lost files, or they were changed after its build. Make this shard again.")


def _files_of(folder: Path) -> list[str]:
    return [path for path in files_below(folder) if path != NOTE]


def _checksum(sums: Mapping[str, str]) -> str:
    """Of all files together, in any order."""
    return hashlib.sha256("".join(f"{sums[path]}  {path}\n" for path in sorted(sums)).encode()).hexdigest()


def _no_note(_folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name == NOTE]


@contextmanager
def _in_one_sentence(unfinished: Path) -> Iterator[None]:
    try:
        yield
    except BAD_DAYS as error:
        raise BuildError(told(error)) from None
    finally:  # also after Ctrl-C; when all went well it is not there any more
        shutil.rmtree(unfinished, ignore_errors=True)
