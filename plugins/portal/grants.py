"""Grants that stay in their store, and on which pages they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import duckdb

from .database import query, write_members
from .link import GrantLinker, make_grant_linker
from .model import Grant
from .records import GRANTS, Paths, Records
from .store import ROW
from .stored import Reader, Selection, Stored, StoredRecords

Subject = tuple[str, str]  # kind of page and identifier
Members = Mapping[Subject, Sequence[Grant]]
EVERYTHING: Subject = ("all", "")


class StoredGrants(Stored[Grant]):
    """Grants of a store, linked when they are read."""

    def __init__(
        self, selection: Selection, readers: tuple[Reader, ...], link: GrantLinker, length: int | None = None
    ) -> None:
        super().__init__(selection, length)
        self.link = link
        self.readers = readers

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

    def of(self, identifiers: list[str]) -> StoredGrants:
        """Those with some identifiers, in the same order."""
        chosen = self.selection.where("id in (select unnest(?))", identifiers)
        return StoredGrants(chosen, self.readers, self.link, len(identifiers))

    def share(self, number: int, of: int) -> StoredGrants:
        """Every grant whose place among all leaves the rest `number` when it is divided by `of`."""
        return StoredGrants(self.selection.where("members.place % ? = ?", of, number), self.readers, self.link)


class StoredMembers(Mapping[Subject, Sequence[Grant]]):
    """(kind of page, identifier) -> the grants that stand on it, newest first."""

    def __init__(self, grants: StoredGrants, counts: Mapping[Subject, int]) -> None:
        self._grants = grants
        self._counts = counts

    def __getitem__(self, subject: Subject) -> StoredGrants:
        found = self._grants
        chosen = found.selection.where("members.kind = ? and members.subject = ?", *subject)
        return StoredGrants(chosen, found.readers, found.link, self._counts[subject])

    def __iter__(self) -> Iterator[Subject]:
        return iter(self._counts)

    def __len__(self) -> int:
        return len(self._counts)


def stored_members(records: Records, paths: Paths, database: duckdb.DuckDBPyConnection) -> Members:
    """The pages of grants that stay in their store. `database` has the derived views."""
    stored = records[GRANTS]
    assert isinstance(stored, StoredRecords)
    write_members(database, stored.selection.store)
    counted = query(database, "select kind, subject, grants + announced as count from figures order by kind, subject")
    counts = {(row["kind"], row["subject"]): row["count"] for row in counted}
    joined = f"join members on members.row = grants.{ROW}"
    selection = replace(stored.selection, order="members.place", joined=joined)
    return StoredMembers(StoredGrants(selection, stored.readers, make_grant_linker(records, paths)), counts)
