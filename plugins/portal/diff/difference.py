"""Two sides -> what is different. Pure; no words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import Message, Problem
from ..package import DESCRIPTOR
from ..releases import Change, Release, compare, read_state
from ..releases.compare import needs_reason
from ..releases.read import FOLDER as RELEASES
from ..releases.read import files_below
from ..releases.reasons import FOLDER as REASONS
from ..releases.reasons import Reason, give_reasons
from .sides import Key, Side
from .sums import Sum, compare_sums

BY_LINE = ("line", "number")  # values of messages that change when a row is added above


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change would do."""

    before: Side
    after: Side
    changes: tuple[Change, ...]
    sums: tuple[Sum, ...]  # those that are not what they were
    new_problems: tuple[Problem, ...]
    gone_problems: tuple[Problem, ...]
    lacking: tuple[Change, ...]  # since the last release, and without the reason that the next one needs
    files: tuple[str, ...]  # of the data folder, that hold no records and are not what they were

    @property
    def records(self) -> Mapping[Key, str]:
        """Table and identifier of every record that is different -> added, changed or removed."""
        return {(change.resource, change.id): change.kind for change in self.changes}


def find_difference(
    before: Side, after: Side, releases: tuple[Release, ...], reasons: tuple[Reason, ...]
) -> Difference:
    """Compare the sides; `reasons` are those that were written for the release after `releases`."""
    pending = compare(read_state(releases[-1]), after.state) if releases and after.is_exact else ()
    new, gone = _problems(before, after)
    return Difference(
        before=before,
        after=after,
        changes=tuple(compare(before.state, after.state)),
        sums=tuple(compare_sums(before.state, after.state)),
        new_problems=new,
        gone_problems=gone,
        lacking=tuple(
            change for change in give_reasons(pending, reasons) if needs_reason(change) and not change.reason
        ),
        files=tuple(_other_files(before, after)),
    )


def _problems(before: Side, after: Side) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """Problems that came and that went, each as often as it did.

    While faults keep the checks from running on a side, what they would say there is unknown: then only errors that
    came are told, and nothing is said to be gone.
    """
    new = tuple(_without(after, before))
    gone = tuple(_without(before, after)) if after.is_checked else ()
    if after.is_checked and not before.is_checked:
        new = tuple(problem for problem in new if problem.level == "error")
    return new, gone


def _without(side: Side, other: Side) -> Iterator[Problem]:
    known = Counter(_sentence(problem, other) for problem in other.problems)
    for problem in side.problems:
        sentence = _sentence(problem, side)
        if known[sentence]:
            known[sentence] -= 1
        else:
            yield problem


def _sentence(problem: Problem, side: Side) -> tuple[object, ...]:
    """What a problem says of which record, whatever the line that it stands on."""
    key = side.keys.get((problem.file or "", problem.line or 0))
    return problem.level, key or problem.file, problem.column, _bare(problem.what), _bare(problem.fix)


def _bare(message: Message) -> tuple[object, ...]:
    values = (
        (name, _bare(value) if isinstance(value, Message) else value)
        for name, value in message.values
        if name not in BY_LINE
    )
    return message.template, *values


def _other_files(before: Side, after: Side) -> Iterator[str]:
    """Schemas, the descriptor, outlines: files that came, went or are not what they were, by name.

    Not what Git and others keep in hidden files for themselves, unless the descriptor names it.
    """
    tables = {
        path
        for side in (before, after)
        if side.package
        for resource in side.package.resources
        for path in resource.paths
    }
    names = {
        name
        for side in (before, after)
        for name in (*files_below(side.folder, hidden=False), *(side.package.listed if side.package else ()))
    }
    for name in sorted(names - tables, key=lambda name: (name != DESCRIPTOR, name)):
        is_ours = name.partition("/")[0] not in (RELEASES, REASONS)
        if is_ours and _content(before.folder / name) != _content(after.folder / name):
            yield name


def _content(file: Path) -> bytes | None:
    try:
        return file.read_bytes()
    except OSError:
        return None
