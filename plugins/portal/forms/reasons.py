"""The reason of a correction, written where the next release looks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import yaml

from ..desk.judge import Judged
from ..pipeline import read_tables
from ..releases import Release, compare, read_releases, read_state, state_of
from ..releases.compare import needs_reason
from ..releases.reasons import FOLDER, Reason, give_reasons, next_version, read_reasons
from ..settings import Settings


@dataclass(frozen=True, slots=True)
class Pending:
    """The release to come."""

    last: Release
    version: str
    reasons: tuple[Reason, ...]  # that are written for it


def read_pending(settings: Settings, today: date) -> Pending | None:
    """None before the first release, when nothing needs a reason. Raises DataError when a file of it cannot be used."""
    releases = read_releases(settings.data)
    if not releases:
        return None
    version = next_version(settings.data, releases, today)
    return Pending(releases[-1], version, read_reasons(settings.data, version, settings.languages))


def write_reason(
    pending: Pending, rows: Sequence[Judged], reason: Mapping[str, str], settings: Settings, today: date
) -> str:
    """Add an entry for the published values that the rows changed, and return the file; empty when none needs one.

    The records were written before. `reason`: language -> words.
    """
    changes = compare(read_state(pending.last), state_of(read_tables(settings, today)[1]))
    ours = {(row.match.row.table, row.match.id) for row in rows if row.fate == "changed"}
    lacking = [
        change
        for change in give_reasons(changes, pending.reasons)
        if needs_reason(change) and not change.reason and (change.resource, change.id) in ours
    ]
    entries = [
        {
            "resource": table,
            "id": identifier,
            "field": [change.field for change in lacking if (change.resource, change.id) == (table, identifier)],
            **{f"reason_{language}": " ".join(words.split()) for language, words in reason.items()},
        }
        for table, identifier in dict.fromkeys((change.resource, change.id) for change in lacking)
    ]
    if not entries:
        return ""
    name = f"{FOLDER}/{pending.version}.yaml"
    file = settings.data / name
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8").rstrip("\n") + "\n" if pending.reasons else ""
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
    file.write_text(before + text, encoding="utf-8", newline="\n")
    return name
