"""What the records of a large table are called. Names that other records point at are kept, any other is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from ..screen import typed
from ..stored import StoredRecords
from ..tables import Tables
from ..text import Text

READ_AGAIN = 4_096  # names of records that no other points at, kept when they were read


class StoredTexts(Mapping[Any, Text]):
    """Key of a stored record -> what it is called."""

    def __init__(
        self, records: StoredRecords, key: str, name_of: Callable[[Mapping[str, Any]], Text], asked: frozenset[Any]
    ) -> None:
        """`asked` are the keys of which the names are kept."""
        schema = records.selection.resource.schema
        self._key_in_sql = typed(next(field for field in schema["fields"] if field["name"] == key), schema)
        self._records = records
        self._key = key
        self._name_of = name_of
        pointed_at = self._where("in (select unnest(?))", list(asked)) if asked else ()
        self._kept = {record[key]: name_of(record.values) for record in pointed_at}
        self._read = lru_cache(READ_AGAIN)(self._look_up)

    def __getitem__(self, key: Any) -> Text:
        """Raises KeyError where there is no such record."""
        found = self._kept.get(key)
        return self._read(key) if found is None else found

    def __iter__(self) -> Iterator[Any]:
        """The keys in their order."""
        return (record[self._key] for record in self._records)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._records)

    def _look_up(self, key: Any) -> Text:
        for record in self._where("= ?", key):
            return self._name_of(record.values)
        raise KeyError(key)

    def _where(self, condition: str, value: Any) -> StoredRecords:
        return self._records.where(f"{self._key_in_sql} {condition}", value)


class StoredNames(Mapping[Any, str]):
    """The same in one language; a record without any name goes by its key."""

    def __init__(self, texts: StoredTexts, language: str) -> None:
        self._texts = texts
        self._language = language

    def __getitem__(self, key: Any) -> str:
        """Raises KeyError where there is no such record."""
        return self._texts[key].words(self._language) or str(key)

    def __iter__(self) -> Iterator[Any]:
        """The keys in their order."""
        return iter(self._texts)

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._texts)


def asked_for(resource: str, tables: Tables) -> frozenset[Any]:
    """Keys of the records of a table that any record points at."""
    found: set[Any] = set()
    for table in tables.values():
        for field in table.resource.fields:
            if field.refers_to == resource:
                records = table.records
                values = (
                    (value for (value,) in records.different([field.name]))
                    if isinstance(records, StoredRecords)
                    else (record[field.name] for record in records)
                )
                for value in values:
                    found.update(value if isinstance(value, tuple) else (value,))
    return frozenset(found - {None})
