"""What the past asks of tables that stay in their store, for many records at once: a query for each takes 1 ms."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from .database import MEMBERS, SUBJECTS
from .quote import quoted_name
from .releases.history import NAMES, record_name
from .store import ROW
from .stored import StoredRecords
from .tables import Table
from .text import Text


class StoredNames(Mapping[str, Text]):
    """Identifier -> what the record is called. Holds those that are expected to be asked, and those that were."""

    def __init__(
        self, table: Table, records: StoredRecords, languages: tuple[str, ...], expected: Iterable[str]
    ) -> None:
        self._key = table.resource.primary_key
        named = [name for name in table.resource.field_names if name.startswith(NAMES)]
        self._columns = (self._key, *named)
        self._records = records
        self._languages = languages
        self._expected = tuple(expected)

    def __getitem__(self, identifier: str) -> Text:
        if identifier not in self._known:
            self._known.update(self._read([identifier]))
        return self._known[identifier]

    def __iter__(self) -> Iterator[str]:
        return self._records.column(self._key)

    def __len__(self) -> int:
        return len(self._records)

    @cached_property
    def _known(self) -> dict[str, Text]:
        return dict(self._read(self._expected))

    def _read(self, identifiers: Sequence[str]) -> Iterator[tuple[str, Text]]:
        asked = f"{quoted_name(self._key)} in (select unnest(cast(? as varchar[])))"
        for values in self._records.where(asked, list(identifiers)).different(self._columns):
            yield values[0], record_name(dict(zip(self._columns, values, strict=True)), self._languages)


def subjects_of_stored(
    grants: StoredRecords, identifiers: Sequence[str], kinds: Collection[str]
) -> Iterator[tuple[str, str, str]]:
    """Identifier of a grant, and the kind and identifier of a page that it stands on. Asks the table MEMBERS."""
    joined = (
        f"join {MEMBERS} as members on members.row = grants.{ROW}"
        f" join {SUBJECTS} as subjects on subjects.number = members.subject"
    )
    chosen = replace(grants.selection, joined=joined).where(
        "grants.id in (select unnest(cast(? as varchar[]))) and subjects.kind in (select unnest(cast(? as varchar[])))",
        list(identifiers),
        list(kinds),
    )
    for row in chosen.select("grants.id, subjects.kind, subjects.subject"):
        yield row[0], row[1], row[2]
