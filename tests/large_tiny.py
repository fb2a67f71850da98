"""The tiny portal as if it were large: its grants stay in the store. Built by Pelican in the process of the test."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from pelican import Pelican
from pelican.settings import read_settings

import portal.building
import portal.load
from portal.exports import EXPORTS, write_exports
from tests.plugin_site import files_of
from tests.releases_of_tiny import HERE

DAY = "1738368000"  # 1 February 2025, the day of all builds: SOURCE_DATE_EPOCH
LARGE = 800  # octets: grants, organizations and calls are stored, all other tables stay in memory
MADE_QUICKLY = ("Data Package", "CSV for people", "JSON", "README", "ZIP", "SQLite", "JSON API", "SHA256SUMS")
SELDOM_MADE = tuple(export.name for export in EXPORTS if export.name not in MADE_QUICKLY)


@contextmanager
def grants_stored() -> Iterator[None]:
    """Builds in here keep the large tables in their store, and are of one day."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal.load, "LARGE", LARGE)
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        yield


@contextmanager
def built_quickly() -> Iterator[None]:
    """Builds in here are the work of one process and make few downloads, for tests that are about something else.

    Every build makes all its downloads anew from the records: that they are those of a clean build is seen in any site.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        patch.setattr(portal.building, "write_exports", partial(write_exports, left_out=SELDOM_MADE))
        yield


@contextmanager
def room_for_all() -> Iterator[None]:
    """Builds in here ask nobody whether their site fits, for which many pages are made twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal.building, "require_fit", lambda *_given: None)
        yield


@contextmanager
def rubbish_kept() -> Iterator[None]:
    """Nothing is looked for in here that may be freed: it is a seventh of a build."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@dataclass(frozen=True, slots=True)
class Workshop:
    """A folder with copies of the records and the Markdown pages, and settings for them."""

    folder: Path

    @property
    def data(self) -> Path:
        """The records."""
        return self.folder / "data"

    @property
    def content(self) -> Path:
        """The Markdown pages."""
        return self.folder / "content"

    @property
    def output(self) -> Path:
        """The site."""
        return self.folder / "output"

    def settings(self, name: str = "conf.py", more: str = "") -> Path:
        """A settings file; `more` are lines of Python at its end, which may change PORTAL."""
        lines = [
            f"import sys\nsys.path[:0] = [{str(HERE / 'data')!r}, {str(HERE.parent / 'plugins')!r}]",
            "from tinyconf import *\nfrom pathlib import Path",
            f"PORTAL = {{**PORTAL, 'data': Path({str(self.data)!r})}}",
            f"PATH = {str(self.content)!r}",
        ]
        file = self.folder / name
        file.write_text("\n".join([*lines, more, ""]), encoding="utf-8")
        return file

    def build(self, name: str = "output", more: str = "") -> Path:
        """Build the site here; return its folder. Raises SystemExit when it cannot be built."""
        output = self.folder / name
        made = read_settings(str(self.settings(f"{name}.conf.py", more)), override={"OUTPUT_PATH": str(output)})
        before = signal.getsignal(signal.SIGTERM)
        try:
            with rubbish_kept():
                Pelican(made).run()
        finally:
            signal.signal(signal.SIGTERM, before)
        return output


def open_workshop(folder: Path) -> Workshop:
    """Copy the records and the Markdown pages into a folder."""
    shutil.copytree(HERE / "data/tiny", folder / "data")
    shutil.copytree(HERE / "data/content", folder / "content")
    return Workshop(folder)


def differing(one: Path, other: Path) -> list[str]:
    """Paths that only one of the folders has, or whose octets differ."""
    return unlike(files_of(one), files_of(other))


def unlike(first: Mapping[str, bytes], second: Mapping[str, bytes]) -> list[str]:
    """The same of files that were read: path -> content."""
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def places_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Path -> what changes when a file is written again."""
    found = {path.relative_to(folder).as_posix(): path.stat() for path in folder.rglob("*") if path.is_file()}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in found.items()}
