"""What stands in the way of a release, said so that it can be mended: functions raise DataError or do nothing."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from ..errors import DataError, Message, Problem, say
from .compare import needs_reason
from .model import Change, Release
from .read import VERSION, version_order
from .reasons import FOLDER as REASONS
from .reasons import Reason, idle_reasons

MOST_LISTED = 40  # changes without a reason that one message names


def require_new(version: str, releases: tuple[Release, ...]) -> None:
    """A version that is well formed, not taken, and later than the last one."""
    problem: tuple[Message, Message] | None = None
    if not VERSION.fullmatch(version) or not _is_day(version.rpartition(".")[0]):
        problem = (
            say("“{version}” is not a version.", version=version),
            say("Write a day and a serial number, such as 2026-11-25.1."),
        )
    elif any(release.version == version for release in releases):
        problem = (
            say("The release “{version}” exists, and a release is never written again.", version=version),
            say("Leave the version out, and the next one is chosen."),
        )
    elif releases and version_order(version) < version_order(releases[-1].version):
        problem = (
            say("“{version}” is older than the last release, “{last}”.", version=version, last=releases[-1].version),
            say("Leave the version out, and the next one is chosen."),
        )
    if problem:
        raise DataError([Problem(*problem)])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def require_reasons(changes: tuple[Change, ...], reasons: tuple[Reason, ...], version: str, language: str) -> None:
    """Every change that needs a reason has one, and every reason a change."""
    lacking = [change for change in changes if needs_reason(change) and not change.reason]
    problems = []
    for change in lacking[:MOST_LISTED]:
        where = "/".join(part for part in (change.resource, change.id, change.field) if part)
        what = (
            say("“{record}” is gone, and no reason is given.", record=where)
            if change.kind == "removed"
            else say(
                "“{record}” was “{before}” and is “{after}” now, and no reason is given.",
                record=where,
                before=_short(change.before),
                after=_short(change.after),
            )
        )
        fix = say(
            "Add an entry: {entry}",
            entry=f"{{resource: {change.resource}, id: {change.id}"
            + (f", field: {change.field}" if change.field else "")
            + f", reason_{language}: …}}",
        )
        problems.append(Problem(what, fix, file=f"{REASONS}/{version}.yaml"))
    if len(lacking) > MOST_LISTED:
        what = say("{number} more changes have no reason.", number=len(lacking) - MOST_LISTED)
        fix = say("An entry without id speaks of every record of its table, one without field of every column.")
        problems.append(Problem(what, fix, file=f"{REASONS}/{version}.yaml"))
    for idle in idle_reasons(changes, reasons):
        about = "/".join([idle.resource, *sorted(idle.ids), *sorted(idle.fields)])
        what = say("A reason speaks of “{records}”, where nothing changed.", records=about)
        problems.append(Problem(what, say("Correct or remove it."), file=f"{REASONS}/{version}.yaml"))
    if problems:
        raise DataError(problems)


def _short(text: str | None) -> str:
    text = text or ""
    return text if len(text) <= 60 else f"{text[:59]}…"


def require_clean(folder: Path) -> None:
    """A release of files that are not committed could not be made again from the history. Without git there is none."""
    command = ["git", "-C", str(folder), "status", "--porcelain"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return
    changed = [line[3:] for line in done.stdout.splitlines()]
    if done.returncode == 0 and changed:
        named = ", ".join(changed[:5]) + (" …" if len(changed) > 5 else "")
        what = say("Some files are changed and not committed: {files}.", files=named)
        fix = say("Commit them first, so that the release can be found again in the history.")
        raise DataError([Problem(what, fix)])
