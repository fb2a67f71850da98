"""The reason of a correction, written where the next release looks for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import yaml

from ..desk.judge import Judged
from ..pipeline import read_tables
from ..releases import compare, read_releases, read_state, state_of
from ..releases.compare import needs_reason
from ..releases.reasons import FOLDER, give_reasons, next_version, read_reasons
from ..settings import Settings


def write_reason(rows: Sequence[Judged], reason: str, language: str, settings: Settings, today: date) -> str:
    """Add an entry for the published values that the rows changed, and return the file; empty when none needs one.

    The records were written before. Raises DataError when the file, or another one of that folder, cannot be used.
    """
    releases = read_releases(settings.data)
    if not releases or not reason:
        return ""
    version = next_version(settings.data, releases, today)
    reasons = read_reasons(settings.data, version, settings.languages)
    pending = compare(read_state(releases[-1]), state_of(read_tables(settings, today)[1]))
    ours = {(row.match.row.table, row.match.id) for row in rows if row.fate == "changed"}
    lacking = [
        change
        for change in give_reasons(pending, reasons)
        if needs_reason(change) and not change.reason and (change.resource, change.id) in ours
    ]
    entries = [
        {
            "resource": table,
            "id": identifier,
            "field": [change.field for change in lacking if (change.resource, change.id) == (table, identifier)],
            f"reason_{language}": " ".join(reason.split()),
        }
        for table, identifier in dict.fromkeys((change.resource, change.id) for change in lacking)
    ]
    if not entries:
        return ""
    name = f"{FOLDER}/{version}.yaml"
    file = settings.data / name
    file.parent.mkdir(exist_ok=True)
    before = file.read_text(encoding="utf-8").rstrip("\n") + "\n" if reasons else ""
    text = yaml.safe_dump(entries, allow_unicode=True, sort_keys=False, width=110)
    file.write_text(before + text, encoding="utf-8", newline="\n")
    return name
