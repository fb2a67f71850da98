"""The site that Pelican serves and builds again at each edit, as this process knows it: it need not look at the files.

The page of an edited grant is shown before all other pages are made. Downloads, search and checksums take seconds of a
large portal; they stay as the last whole build made them. A page that somebody removes by hand meanwhile is not missed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakSet

from .building import Ready
from .manifest import Manifest, forget_manifest, put_into
from .places import OLD, states_below
from .store import Store


@dataclass(slots=True)
class Served:
    """A site of which edits of grants change single pages."""

    output: Path
    ready: Ready  # of the last whole build
    common: str  # digest of what every page is made from
    files: dict[str, str]  # path -> from what it was made, as in a Manifest; empty where that does not count
    shown: set[str] = field(default_factory=set)  # paths that the build at hand has put there before its end
    home: tuple[int, int] | None = field(init=False)  # state of the home page, which every build makes anew

    def __post_init__(self) -> None:
        """Note which site it is."""
        self.home = _state(self.output)

    def is_in(self, output: Path) -> bool:
        """Whether it stands in a folder, and nobody removed it or put another one in its place."""
        return output == self.output and self.home is not None and self.home == _state(output)

    def manifest(self) -> Manifest:
        """What a build finds."""
        before = {path: made_from for path, made_from in self.files.items() if made_from}
        return Manifest(self.common, before, dict.fromkeys(self.files, ""))

    def show(self, new: Path) -> None:
        """Put what is made so far into the site. Raises OSError."""
        self.shown.update(self._put(new, (), known=()))
        self.files |= dict.fromkeys(self.shown, "")  # made again by the next build, unless this one comes to its end

    def finish(self, new: Path, manifest: Manifest) -> None:
        """Put the other pages into the site, and take out what is no page of it any more. Raises OSError."""
        kept = self.shown.union(manifest.kept())
        made = self._put(new, kept, self.files)
        self.files = {path: manifest.now.get(path, "") for path in (*kept, *made)}
        self.home = _state(self.output)

    def _put(self, new: Path, kept: Iterable[str], known: Iterable[str]) -> list[str]:
        forget_manifest(self.output)
        return put_into(self.output, new, self.output.with_name(self.output.name + OLD), kept, known)


class Sources:
    """The files that a site is made from, but for the settings, as they are when a build begins."""

    def __init__(self, folders: Iterable[Path]) -> None:
        self._folders = tuple(folders)
        self._before = self._states()
        self._stores = WeakSet(Store.all)

    def remove_rows(self) -> None:
        """Remove the stores that were made since: the site stands, and the next build reads the files again."""
        for store in set(Store.all).difference(self._stores):
            store.remove()

    @property
    def were_edited(self) -> bool:
        """Whether a file was written, added or removed since."""
        return self._states() != self._before

    def _states(self) -> set[tuple[str, int, int]]:
        """Of no file, where one goes while it is looked at."""
        try:
            return {
                (f"{folder}/{path}", state.st_mtime_ns, state.st_size)
                for folder in self._folders
                for path, state in states_below(folder)
            }
        except OSError:
            return set()


def _state(output: Path) -> tuple[int, int] | None:
    try:
        found = (output / "index.html").stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns
