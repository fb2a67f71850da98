"""Releases -> what happened to each record, and the records that are gone. Pure; knows no page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
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


def histories(releases: tuple[Release, ...], pending: tuple[Change, ...]) -> dict[Key, tuple[History, ...]]:
    """What happened to each record, the latest first. What is not released yet has no version."""
    found: defaultdict[Key, list[History]] = defaultdict(list)
    if releases:  # before the first release everything is new, and there is nothing to tell
        for key, changes in _by_record(pending):
            found[key].append(History(None, None, changes))
    for release in reversed(releases):
        for key, changes in _by_record(release.changes):
            found[key].append(History(release.version, release.day, changes))
    return {key: tuple(told) for key, told in found.items()}


def removed_records(
    releases: tuple[Release, ...], told: Mapping[Key, tuple[History, ...]], languages: tuple[str, ...]
) -> tuple[Removed, ...]:
    """Records whose latest change is their removal, by table and identifier, with their last published cells."""
    gone = sorted(key for key, histories in told.items() if histories[0].changes[0].kind == "removed")
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


def _by_record(changes: tuple[Change, ...]) -> list[tuple[Key, tuple[Change, ...]]]:
    """The changes of a record stand together."""
    return [(key, tuple(found)) for key, found in groupby(changes, key=lambda change: (change.resource, change.id))]


def _release_before(version: str | None, releases: tuple[Release, ...]) -> Release:
    """The release in which a record was still there that `version`, or what is not released yet, lacks."""
    if version is None:
        return releases[-1]
    versions = [release.version for release in releases]
    return releases[versions.index(version) - 1]
