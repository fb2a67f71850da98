"""The lines of grants for the files beside pages, in every form: kept when they were made, or read from the downloads.

A grant stands on about eight pages. Of a large table a line is found in data/<language>/grants.csv or
data/grants.json again, which takes 1 µs; making it takes 20 µs, and all of them in memory would be gigabytes.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Protocol

from ..grants import StoredGrants
from ..model import Grant
from ..tables import Record
from .to_jsonl import FIRST, LAST

LINES_KEPT = 65_536  # a form
Form = str | None  # a language for CSV, None for JSON
Keys = Sequence[Any]  # of the class at hand


class Lines(Protocol):
    """The lines of grants. What stands between two lines is no part of them; the end of a line of CSV is."""

    def keys(self, grants: Sequence[Grant], output: Path) -> Keys:
        """What rows() finds the grants by; `output` is the folder of the site."""

    def rows(self, form: Form, keys: Keys) -> Iterator[bytes]:
        """A line each."""


class KeptLines:
    """Lines of records in memory."""

    def __init__(self, records: Mapping[str, Record], makers: Mapping[Form, Callable[[Record], str]]) -> None:
        self._lines = {
            form: lru_cache(LINES_KEPT)(lambda key, make=make: make(records[key]).encode())
            for form, make in makers.items()
        }

    def keys(self, grants: Sequence[Grant], _output: Path) -> Sequence[str]:
        """Identifiers."""
        return [grant.id for grant in grants]

    def rows(self, form: Form, keys: Keys) -> Iterator[bytes]:
        """A line each."""
        return map(self._lines[form], keys)


class StoredLines:
    """Lines of grants in a store, found in the downloads; where there are none, they are written for this."""

    def __init__(self, grants: StoredGrants, paths: Mapping[Form, str], write: Callable[[Path], None]) -> None:
        """`grants` are all; `paths` are those of the downloads; `write` writes these below a folder."""
        self._grants = grants
        self._paths = paths
        self._write = write
        self._files: dict[Form, _File] = {}

    def keys(self, grants: Sequence[Grant], output: Path) -> Sequence[int]:
        """Numbers of the rows in the downloads."""
        if not grants:
            return ()
        if not self._files:
            self._files = self._find(output)
        if not isinstance(grants, StoredGrants):
            chosen = self._grants.selection.where("grants.id in (select unnest(?))", [grant.id for grant in grants])
            grants = StoredGrants(chosen, self._grants.readers, self._grants.link)
        return [self._numbers[place] for (place,) in grants.selection.select("members.place")]

    def rows(self, form: Form, keys: Keys) -> Iterator[bytes]:
        """A line each."""
        return map(self._files[form].line, keys) if keys else iter(())

    @cached_property
    def _numbers(self) -> array[int]:
        """Place among all grants -> number of the row in the downloads, which are by identifier."""
        by_id = replace(self._grants.selection, order="grants.id")
        places = array("Q", [place for (place,) in by_id.select("members.place")])
        numbers = array("Q", bytes(8 * (max(places, default=0) + 1)))
        for number, place in enumerate(places):
            numbers[place] = number
        return numbers

    def _find(self, output: Path) -> dict[Form, _File]:
        if all((output / path).exists() for path in self._paths.values()):
            return self._open(output)
        # The files stay open when their folder is gone; it goes at once, as a process of the pool ends without tidying.
        with TemporaryDirectory(prefix="portal-") as folder:
            self._write(Path(folder))
            return self._open(Path(folder))

    def _open(self, output: Path) -> dict[Form, _File]:
        return {
            form: _File(output / path, _lines_of_csv if form else _lines_of_json) for form, path in self._paths.items()
        }


class _File:
    """A file, and where its lines are."""

    def __init__(self, path: Path, measure: Callable[[BinaryIO], Iterator[tuple[int, int]]]) -> None:
        """`measure` gives (first octet, number of octets) of every line."""
        self._stream = path.open("rb")
        self._starts, self._sizes = array("Q"), array("L")
        for start, size in measure(self._stream):
            self._starts.append(start)
            self._sizes.append(size)

    def line(self, number: int) -> bytes:
        """Read one; other processes may read the same file."""
        return os.pread(self._stream.fileno(), self._sizes[number], self._starts[number])


def _lines_of_csv(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """A line goes on while a quotation mark is open. The first has the titles."""
    begin = end = 0
    is_header, is_open = True, False
    for line in stream:
        end += len(line)
        is_open ^= line.count(b'"') % 2 == 1
        if not is_open:
            if not is_header:
                yield begin, end - begin
            begin, is_header = end, False


def _lines_of_json(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """As write_json() wrote them, without the comma between two."""
    end, are_rows = 0, False
    for line in stream:
        begin, end = end, end + len(line)
        if line == LAST:
            return
        if are_rows:
            yield begin, len(line.rstrip(b",\n"))
        are_rows = are_rows or line == FIRST
