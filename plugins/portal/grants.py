"""Grants that stay in their store, and on which pages they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import overload

import duckdb

from .database import MEMBERS, write_members
from .link import GrantLinker, make_grant_linker
from .model import Grant
from .records import GRANTS, Paths, Records
from .store import ROW
from .stored import Reader, Selection, Stored, StoredRecords

Subject = tuple[str, str]  # kind of page and identifier
Members = Mapping[Subject, Sequence[Grant]]
EVERYTHING: Subject = ("all", "")
PAGES_KEPT = 4  # pages whose grants are kept for the page in the next language


class StoredGrants(Stored[Grant]):
    """Grants of a store, linked when they are read."""

    def __init__(
        self,
        selection: Selection,
        readers: tuple[Reader, ...],
        link: GrantLinker,
        length: int | None = None,
        kept: dict[object, tuple[Grant, ...]] | None = None,
    ) -> None:
        super().__init__(selection, length)
        self.link = link
        self.readers = readers
        self.kept = {} if kept is None else kept

    @property
    def records(self) -> StoredRecords:
        """The records that they are made from, in the same order."""
        return StoredRecords(self.selection, self.readers, self._length)

    @property
    def ids(self) -> Iterator[str]:
        """Identifiers, in order."""
        return (identifier for (identifier,) in self.selection.select("id"))

    def made(self, rows: Iterable[tuple[object, ...]]) -> Iterator[Grant]:
        """Grants of rows."""
        return self.link(self.records.made(rows))

    def first(self, most: int) -> FirstGrants:
        """The first of them."""
        return FirstGrants(self, most, self.kept)

    def of(self, identifiers: list[str]) -> StoredGrants:
        """Those with some identifiers, in the same order."""
        chosen = self.selection.where("id in (select unnest(?))", identifiers)
        return StoredGrants(chosen, self.readers, self.link, len(identifiers))

    def share(self, number: int, of: int) -> StoredGrants:
        """Every grant whose place among all leaves the rest `number` when it is divided by `of`."""
        return StoredGrants(self.selection.where("members.place % ? = ?", of, number), self.readers, self.link)


class FirstGrants(Sequence[Grant]):
    """The first of many grants, read when a page is made: all pages together hold more than memory should."""

    def __init__(self, grants: StoredGrants, most: int, kept: dict[object, tuple[Grant, ...]]) -> None:
        self._grants = grants
        self._most = most
        self._kept = kept

    def _read(self) -> tuple[Grant, ...]:
        key = (self._grants.selection.condition, self._grants.selection.parameters, self._most)
        if key not in self._kept:
            if len(self._kept) >= PAGES_KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = tuple(self._grants.made(self._grants.selection.read(f"limit {self._most}")))
        return self._kept[key]

    def __len__(self) -> int:
        return min(len(self._grants), self._most)

    def __iter__(self) -> Iterator[Grant]:
        return iter(self._read())

    @overload
    def __getitem__(self, at: int) -> Grant: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Grant]: ...
    def __getitem__(self, at: int | slice) -> Grant | Sequence[Grant]:
        return self._read()[at]


class StoredMembers(Mapping[Subject, Sequence[Grant]]):
    """(kind of page, identifier) -> the grants that stand on it, newest first."""

    def __init__(self, grants: StoredGrants, subjects: Mapping[Subject, tuple[int, int]]) -> None:
        self._grants = grants
        self._subjects = subjects  # -> (number in the table MEMBERS, how many grants)

    def __getitem__(self, subject: Subject) -> StoredGrants:
        found, (number, count) = self._grants, self._subjects[subject]
        chosen = found.selection.where("members.subject = ?", number)
        return StoredGrants(chosen, found.readers, found.link, count, found.kept)

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._subjects)

    def __len__(self) -> int:
        return len(self._subjects)


def stored_members(records: Records, paths: Paths, database: duckdb.DuckDBPyConnection) -> Members:
    """The pages of grants that stay in their store. `database` has the derived views."""
    stored = records[GRANTS]
    assert isinstance(stored, StoredRecords)
    subjects = write_members(database, stored.selection.resource, stored.selection.store)
    joined = f"join {MEMBERS} as members on members.row = grants.{ROW}"
    selection = replace(stored.selection, order="members.place", joined=joined)
    return StoredMembers(StoredGrants(selection, stored.readers, make_grant_linker(records, paths)), subjects)


def grants_between(grants: Sequence[Grant], start: int, stop: int) -> Sequence[Grant]:
    """A slice of all grants of a portal."""
    if not isinstance(grants, StoredGrants):
        return grants[start:stop]
    chosen = grants.selection.where("members.place between ? and ?", start + 1, stop)
    stop = min(stop, len(grants))
    return StoredGrants(chosen, grants.readers, grants.link, stop - start, grants.kept).first(stop - start)


def first_grants(grants: Sequence[Grant], most: int) -> Sequence[Grant]:
    """The first of many."""
    return grants.first(most) if isinstance(grants, StoredGrants) else grants[:most]
