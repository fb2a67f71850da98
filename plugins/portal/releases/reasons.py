"""data/changes/<version>.yaml: why published values changed and records went.

The file is a list. An entry names a table (`resource`) and, to say less than everything, records (`id`) and columns
(`field`), one or a list of each; and the reason in the languages that it exists in (`reason_en`). Of several entries
that speak of a change, the one that says most exactly which counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..errors import DataError, Message, Problem, say
from ..package import NOT_YAML, YamlLoader, yaml_problem
from ..text import Text
from .compare import needs_reason
from .model import Change, Release
from .read import VERSION, version_order

FOLDER = "changes"  # of the data folder
KNOWN = ("resource", "id", "field")


@dataclass(frozen=True, slots=True)
class Reason:
    """An entry of the file."""

    resource: str
    ids: frozenset[str]  # empty: every record
    fields: frozenset[str]  # empty: every field, and the removal of a record
    text: Text

    def speaks_of(self, change: Change) -> bool:
        """Whether the entry gives the reason of the change."""
        return (
            change.resource == self.resource
            and (not self.ids or change.id in self.ids)
            and (not self.fields or change.field in self.fields)
        )

    @property
    def exactness(self) -> tuple[bool, bool]:
        """Greater for an entry that says more exactly what it speaks of."""
        return bool(self.ids), bool(self.fields)


def read_reasons(data: Path, version: str, languages: tuple[str, ...]) -> tuple[Reason, ...]:
    """The entries of the file of a version, the most exact first; none when there is no file. Raises DataError."""
    name = f"{FOLDER}/{version}.yaml"
    try:
        entries = yaml.load((data / name).read_text(encoding="utf-8"), YamlLoader)
    except FileNotFoundError:
        return ()
    except NOT_YAML as error:
        raise DataError([yaml_problem(error, name)]) from None
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise DataError([_problem(name, say("The file is not a list of reasons."))])
    reasons = [_reason(entry, number, name, languages) for number, entry in enumerate(entries, start=1)]
    return tuple(sorted(reasons, key=lambda reason: reason.exactness, reverse=True))


def next_version(data: Path, releases: tuple[Release, ...], day: date) -> str:
    """The one that reasons were written for in advance, else the next of the day. Raises DataError."""
    made = {release.version for release in releases}
    newest = version_order(releases[-1].version) if releases else ("", 0)
    planned = [
        path.stem
        for path in sorted((data / FOLDER).glob("*.yaml"))
        if VERSION.fullmatch(path.stem) and path.stem not in made and version_order(path.stem) > newest
    ]
    if len(planned) > 1:
        what = say(
            "Reasons are written for several releases that do not exist: {versions}.", versions=", ".join(planned)
        )
        raise DataError([Problem(what, say("Put them into one file, or name the version."), file=FOLDER)])
    if planned:
        return planned[0]
    today = [int(version.rpartition(".")[2]) for version in made if version.startswith(f"{day.isoformat()}.")]
    return f"{day.isoformat()}.{max(today, default=0) + 1}"


def give_reasons(changes: Iterable[Change], reasons: tuple[Reason, ...]) -> Iterator[Change]:
    """The changes, each with the reason that speaks of it."""
    for change in changes:
        found = next((reason for reason in reasons if reason.speaks_of(change)), None)
        yield replace(change, reason=found.text) if found and needs_reason(change) else change


def idle_reasons(changes: tuple[Change, ...], reasons: tuple[Reason, ...]) -> Iterator[Reason]:
    """Entries that speak of nothing that changed: a slip of the pen, and the reason would be lost."""
    for reason in reasons:
        if not any(reason.speaks_of(change) for change in changes):
            yield reason


def _reason(entry: Any, number: int, name: str, languages: tuple[str, ...]) -> Reason:
    if not isinstance(entry, dict) or not isinstance(entry.get("resource"), str):
        raise DataError([_problem(name, say("Entry {number} does not say which table it is about.", number=number))])
    allowed = {*KNOWN, *(f"reason_{language}" for language in languages)}
    for member in entry:
        if member not in allowed:
            what = say("Entry {number} has a member “{member}” that means nothing.", number=number, member=member)
            raise DataError([_problem(name, what)])
    text = Text.of({code: entry.get(f"reason_{code}") for code in languages})
    if not text:
        raise DataError([_problem(name, say("Entry {number} gives no reason.", number=number))])
    return Reason(entry["resource"], _several(entry.get("id")), _several(entry.get("field")), text)


def _several(value: Any) -> frozenset[str]:
    if value is None:
        return frozenset()
    return frozenset(map(str, value)) if isinstance(value, list) else frozenset([str(value)])


def _problem(name: str, what: Message) -> Problem:
    fix = say("Write a list of entries with resource, id, field and reason, as the README shows.")
    return Problem(what, fix, file=name)
