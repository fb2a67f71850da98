"""Releases -> what happened to each record, and the records that are gone. Pure; knows no page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from ..text import Text
from .compare import NO_ROWS, State
from .model import Change, History, Kind, Release
from .read import read_state

Key = tuple[str, str]  # table and identifier
NAMES = (
    "title",
    "name",
    "label",
    "title_note",
)  # columns with what a record is called, each with the ending of a language


@dataclass(frozen=True, slots=True)
class Removed:
    """A record that was published and is gone."""

    resource: str
    id: str
    name: Text  # what it was called
    history: History  # of its removal
    record: Mapping[str, str]  # its last published cells by field, without the empty ones


class Histories(Mapping[Key, tuple[History, ...]]):
    """What happened to each record, the latest first. What is not released yet has no version.

    That is looked up in the changes, by table and identifier in their order: it may be all of a large table, and
    100,000 histories are 50 MB.
    """

    def __init__(self, releases: tuple[Release, ...], pending: tuple[Change, ...]) -> None:
        self._pending = pending if releases else ()  # before the first release everything is new: nothing to tell
        self._tables: dict[str, tuple[int, int]] = {}  # where the changes of a table begin and end
        for resource, changes in groupby(range(len(self._pending)), key=lambda at: self._pending[at].resource):
            places = list(changes)
            self._tables[resource] = (places[0], places[-1] + 1)
        self._ids = [change.id for change in self._pending]  # the very texts, and looked up in half of the time
        found: defaultdict[Key, list[History]] = defaultdict(list)
        for release in reversed(releases):
            for key, told in _by_record(release.changes):
                found[key].append(History(release.version, release.day, told))
        self._released = {key: tuple(told) for key, told in found.items()}

    def __getitem__(self, key: Key) -> tuple[History, ...]:
        found = (*self._not_released(*key), *self._released.get(key, ()))
        if not found:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[Key]:
        return (key for key, _ in self.walk())

    def __len__(self) -> int:
        return sum(1 for _ in self.walk())

    def walk(self) -> Iterator[tuple[Key, tuple[History, ...]]]:
        """All of them; what is not released yet comes first."""
        both = set()
        for key, changes in _by_record(self._pending):
            released = self._released.get(key, ())
            if released:
                both.add(key)
            yield key, (History(None, None, changes), *released)
        yield from ((key, told) for key, told in self._released.items() if key not in both)

    def _not_released(self, resource: str, identifier: str) -> Iterator[History]:
        start, stop = self._tables.get(resource, (0, 0))
        first = bisect_left(self._ids, identifier, start, stop)
        last = bisect_right(self._ids, identifier, first, stop)
        if first < last:
            yield History(None, None, self._pending[first:last])


def removed_records(releases: tuple[Release, ...], told: Histories, languages: tuple[str, ...]) -> tuple[Removed, ...]:
    """Records whose latest change is their removal, by table and identifier, with their last published cells."""
    gone = sorted(key for key, histories in told.walk() if histories[0].changes[0].kind == "removed")
    states: dict[str, State] = {}
    removed = []
    for resource, identifier in gone:
        history = told[resource, identifier][0]
        last = _release_before(history.version, releases)
        if last.version not in states:
            states[last.version] = read_state(last)
        rows = states[last.version].get(resource, NO_ROWS)
        record = rows.record(identifier)
        removed.append(Removed(resource, identifier, record_name(record, languages), history, record))
    return tuple(removed)


def record_name(record: Mapping[str, str], languages: tuple[str, ...]) -> Text:
    """What a record is called, from its cells."""
    texts = (Text.of({code: record.get(f"{name}_{code}") or record.get(name) for code in languages}) for name in NAMES)
    return next(filter(None, texts), Text())


def kind_of(history: History) -> Kind:
    """Whether the record came, changed or went."""
    return history.changes[0].kind


def _by_record(changes: tuple[Change, ...]) -> Iterator[tuple[Key, tuple[Change, ...]]]:
    """The changes of a record stand together."""
    return ((key, tuple(found)) for key, found in groupby(changes, key=lambda change: (change.resource, change.id)))


def _release_before(version: str | None, releases: tuple[Release, ...]) -> Release:
    """The release in which a record was still there that `version`, or what is not released yet, lacks."""
    if version is None:
        return releases[-1]
    versions = [release.version for release in releases]
    return releases[versions.index(version) - 1]
