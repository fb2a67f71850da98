"""What each file of the last site was made from, kept beside the site, so that the next build makes only what differs.

The file may be deleted at any time. It is believed only when it speaks of the site as it stands: of the same files,
none of which was touched since, made with the same code, theme, settings and records other than grants.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from .places import clear_aside, states_below
from .proof import CHECKSUMS, read_checksums
from .releases.read import files_below

ENDING = ".made"  # of the file beside the output folder
FORMAT = "portal site 2"


@dataclass
class Manifest:
    """Path of a file -> from what it was made, as a digest; empty for what is made again at every build."""

    common: str = ""  # digest of what every page is made from
    before: Mapping[str, str] = field(default_factory=dict)  # of the last site; empty when it cannot be used
    checksums: Mapping[str, str] = field(default_factory=dict)  # path -> SHA-256 of the files of the last site
    now: dict[str, str] = field(default_factory=dict)  # of the site that is being made
    left: set[str] = field(default_factory=set)  # paths that stay, whatever they were made from

    def keeps(self, path: str, made_from: str) -> bool:
        """Note from what a file is made; True when the last site has the same file, so that it need not be made."""
        self.now[path] = made_from
        return bool(made_from) and self.before.get(path) == made_from

    def leave(self, beginnings: tuple[str, ...]) -> None:
        """Keep the files whose paths begin so as they are, although nobody knows from what they were made."""
        self.left.update(path for path in self.checksums if path.startswith(beginnings))

    def kept(self) -> dict[str, str]:
        """Path -> SHA-256 of the files of the last site that stay."""
        stays = (path for path, made_from in self.now.items() if made_from and self.before.get(path) == made_from)
        return {path: self.checksums[path] for path in (*self.left, *stays)}


def read_manifest(output: Path, common: str) -> Manifest:
    """The manifest of the site in a folder; one without a past when there is none that can be believed."""
    nothing = Manifest(common)
    try:
        lines = _place(output).read_text(encoding="utf-8").split("\n")
        head, seen, size = lines[0].split("\t"), lines[1], int(lines[2])
        if head != [FORMAT, common] or seen != _seen(output) or size != len(lines) - 4:
            return nothing
        before = dict(line.split("\t", 1)[::-1] for line in lines[3:-1])
        checksums = read_checksums(output / CHECKSUMS)
        if not before.keys() <= checksums.keys():
            return nothing
    except (OSError, ValueError, IndexError):
        return nothing
    return Manifest(common, before, checksums)


def write_manifest(manifest: Manifest, output: Path) -> None:
    """Keep it beside the site. Raises OSError."""
    lines = [f"{made_from}\t{path}" for path, made_from in manifest.now.items() if made_from]
    head = [f"{FORMAT}\t{manifest.common}", _seen(output), str(len(lines))]
    place = _place(output)
    unfinished = place.with_name(place.name + ".new")
    unfinished.write_text("\n".join([*head, *lines, ""]), encoding="utf-8", newline="\n")
    unfinished.replace(place)


def _seen(output: Path) -> str:
    """Digest of the files of a site: their paths, sizes and seconds of writing. Reading all would take a minute."""
    found = hashlib.sha256()
    for path, state in sorted(states_below(output)):
        found.update(f"{path}\0{state.st_size}\0{int(state.st_mtime)}\0".encode())
    return found.hexdigest()


def forget_manifest(output: Path) -> None:
    """Of a site that will not be what the manifest says."""
    _place(output).unlink(missing_ok=True)


def put_into(output: Path, new: Path, aside: Path, kept: Iterable[str], known: Iterable[str]) -> list[str]:
    """Put the new files into the site and take out those that are neither new nor kept; return those put there.

    `known` are the files of the site; `kept` stay as they are, also where a new one is the same; `aside` is for old
    ones. When it fails in the middle, everything is put back. Raises OSError.
    """
    clear_aside(aside)
    stays = {*kept}
    made = [path for path in files_below(new) if path not in stays]
    gone = [path for path in {*known}.difference(stays, made) if (output / path).exists()]
    with _or_put_back(output, aside) as placed:
        for path in gone:
            _move(output / path, aside / path)
        for path in made:
            if (output / path).is_file():
                _remember(output / path, aside / path)
            placed.append(path)
            _move(new / path, output / path)
    emptied = {folder for path in gone for folder in Path(path).parents} - {Path()}
    for folder in sorted(emptied, key=lambda one: len(one.parts), reverse=True):
        with _unless_filled():
            (output / folder).rmdir()
    shutil.rmtree(new, ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)
    return made


@contextmanager
def _or_put_back(output: Path, aside: Path) -> Iterator[list[str]]:
    placed: list[str] = []
    try:
        yield placed
    except BaseException:
        for path in placed:
            with suppress(FileNotFoundError, NotADirectoryError):  # the last one may not be there yet
                (output / path).unlink()
        for path in files_below(aside) if aside.exists() else ():
            _move(aside / path, output / path)
        shutil.rmtree(aside, ignore_errors=True)  # only now, as it held what belongs to the site
        raise


@contextmanager
def _unless_filled() -> Iterator[None]:
    try:
        yield
    except OSError:  # other files are in the folder
        return


def _remember(source: Path, target: Path) -> None:
    """Keep a file that is replaced in one step, so that a reader of a served site always finds one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # as on a memory stick; then it is missing for a moment
        source.replace(target)


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)


def _place(output: Path) -> Path:
    return output.with_name(output.name + ENDING)
