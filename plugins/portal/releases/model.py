"""What a release is, and what a change is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from ..text import Text

Kind = Literal["added", "changed", "removed"]


@dataclass(frozen=True, slots=True)
class Change:
    """A record that came or went, or one of its values that became another."""

    resource: str
    id: str  # primary key of the record
    kind: Kind
    field: str | None  # None for a record that was added or removed
    before: str | None  # as the cell of the CSV file; None for an empty cell
    after: str | None
    reason: Text  # empty for an added record, and where an empty cell was filled


@dataclass(frozen=True)
class Release:
    """A state of the records as it was published. Its files lie in the folder releases/<version> of the data."""

    version: str  # day and serial number, such as “2026-11-25.1”
    day: date
    folder: Path
    manifest: Mapping[str, Any] = field(repr=False)  # as written
    changes: tuple[Change, ...] = field(repr=False)  # since the release before; for the first one, all that was added


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one record in one release."""

    version: str | None  # None for what is not released yet
    day: date | None
    changes: tuple[Change, ...]
