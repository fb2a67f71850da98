"""Some columns of a table: of a large one a fraction of what reading whole records takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..quote import quoted_name
from ..stored import StoredRecords
from ..tables import Record


def values_of(records: Sequence[Record], columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of the columns, record by record."""
    if not isinstance(records, StoredRecords):
        yield from (tuple([record.values[name] for name in columns]) for record in records)
        return
    names = records.selection.resource.field_names
    readers = [records.readers[names.index(name)] for name in columns]
    for row in records.selection.select(", ".join(map(quoted_name, columns))):
        yield tuple(
            [reader(cell) if reader and cell is not None else cell for cell, reader in zip(row, readers, strict=True)]
        )


def different_values(records: Sequence[Record], column: str) -> set[Any]:
    """The different values of a column; None where a cell is empty."""
    if isinstance(records, StoredRecords):
        return {value for (value,) in records.different([column])}
    return {record.values[column] for record in records}
