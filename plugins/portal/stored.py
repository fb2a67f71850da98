"""Rows and records of a table that stays in its store, as sequences like those of tables in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar, overload, runtime_checkable

from .cells import record_cells
from .package import Resource
from .quote import quoted_name
from .store import FILE, ROW, SHIFT, Store
from .tables import Record, Row

Reader = Callable[[str], Any] | None  # text of a cell -> its value; None where the text is the value
Item_co = TypeVar("Item_co", covariant=True)
BEFORE = 3  # values of a selection before those of its columns: ROW, FILE and the line


@dataclass(frozen=True, slots=True)
class Selection:
    """Some rows of a stored table in some order."""

    store: Store
    resource: Resource
    condition: str = "true"  # SQL over the columns as written; an empty cell is NULL
    parameters: tuple[Any, ...] = ()
    order: str = ""  # SQL; empty for the order of writing
    joined: str = ""  # a further table that the condition and the order speak of

    @property
    def table(self) -> str:
        """The table in SQL."""
        return f"{quoted_name(self.resource.name)} {self.joined}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Those that are read; cells of others are empty."""
        return self.store.filled(self.resource)

    @property
    def places(self) -> list[int | None]:
        """Where the cell of each column of the schema stands in what read() gives; None where it is empty."""
        found = {name: place for place, name in enumerate(self.columns, start=BEFORE)}
        return [found.get(name) for name in self.resource.field_names]

    @property
    def ordering(self) -> str:
        """The order in SQL."""
        return self.order or f"{quoted_name(self.resource.name)}.{ROW}"

    def where(self, condition: str, *parameters: Any) -> Selection:
        """Those that also fulfil a condition."""
        both = condition if self.condition == "true" else f"({self.condition}) and ({condition})"
        return replace(self, condition=both, parameters=(*self.parameters, *parameters))

    def count(self) -> int:
        """How many there are."""
        sql = f"select count(*) from {self.table} where {self.condition}"
        return int(next(self.store.query(sql, self.parameters))[0])

    def select(self, columns: str, limits: str = "") -> Iterator[tuple[Any, ...]]:
        """Columns, written in SQL, of each."""
        sql = f"select {columns} from {self.table} where {self.condition} order by {self.ordering} {limits}"
        return self.store.query(sql, self.parameters)

    def read(self, limits: str = "") -> Iterator[tuple[Any, ...]]:
        """ROW, FILE, the line and the columns, of each."""
        own = quoted_name(self.resource.name)
        cells = [f"{own}.{quoted_name(name)}" for name in self.columns]
        columns = [f"{own}.{ROW}", f"{own}.{FILE}", f"{own}.{ROW} + {own}.{SHIFT}", *cells]
        return self.select(", ".join(columns), limits)


class Stored(Sequence[Item_co]):
    """A sequence over a selection: it is read again each time that it is walked through."""

    def __init__(self, selection: Selection, length: int | None = None) -> None:
        self.selection = selection
        self._length = length

    def made(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Item_co]:
        """The items of some rows of Selection.read()."""
        raise NotImplementedError

    def __len__(self) -> int:
        """How many rows there are."""
        if self._length is None:
            self._length = self.selection.count()
        return self._length

    def __iter__(self) -> Iterator[Item_co]:
        """Each, in order, in batches."""
        return self.made(self.selection.read())

    @overload
    def __getitem__(self, at: int) -> Item_co: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Item_co]: ...
    def __getitem__(self, at: int | slice) -> Item_co | Sequence[Item_co]:
        """One, or a tuple of several."""
        if isinstance(at, slice):
            start, stop, step = at.indices(len(self))
            if step < 0:
                raise ValueError("rows of a store are read forwards")
            found = tuple(self.made(self.selection.read(f"limit {max(stop - start, 0)} offset {start}")))
            return found if step == 1 else found[::step]
        place = at + len(self) if at < 0 else at
        for item in self.made(self.selection.read(f"limit 1 offset {place}")) if place >= 0 else ():
            return item
        raise IndexError(at)


@runtime_checkable
class Shared(Protocol):
    """A sequence that can be divided without being walked through."""

    def share(self, number: int, of: int) -> Any:
        """Every item whose place leaves the rest `number` when it is divided by `of`."""
        ...


class StoredRows(Stored[Row]):
    """The rows as they were written."""

    def made(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
        """Cells that are empty are empty texts, as in a CSV file."""
        paths, places = self.selection.resource.paths, self.selection.places
        for row in rows:
            yield Row(tuple([(row[place] or "") if place else "" for place in places]), paths[row[1]], row[2])

    def where(self, condition: str) -> StoredRows:
        """Those that fulfil a condition, in SQL over the columns as written; an empty cell is NULL."""
        return StoredRows(self.selection.where(condition))

    def has(self, sql: str) -> bool:
        """Whether a query on the store finds anything."""
        return any(True for _ in self.selection.store.query(sql))

    def mend(self, records: Sequence[Record], readers: tuple[Reader, ...]) -> bool:
        """Write cells in their plain form, which the readers and the database certainly read as the record has them.

        `records` are those of these rows. False when there is a value that has no such form.
        """
        resource, places = self.selection.resource, self.selection.places
        mended = []
        for row, record in zip(self.selection.read(), records, strict=True):
            plain = record_cells(record, resource)
            for name, place, reader, better in zip(resource.field_names, places, readers, plain, strict=True):
                cell, value = row[place] if place else None, record[name]
                if (cell or "") == better:
                    continue
                if _read(better or None, reader) == value:
                    mended.append((row[0], name, better or None))
                elif _read(cell, reader) != value:
                    return False
        self.selection.store.write(resource, mended)
        return True


def _read(cell: str | None, reader: Reader) -> Any:
    try:
        return reader(cell) if reader and cell is not None else cell
    except (ValueError, ArithmeticError):
        return NotImplemented  # equal to no value


class StoredRecords(Stored[Record]):
    """The records: accepted rows, read as Frictionless reads them."""

    def __init__(self, selection: Selection, readers: tuple[Reader, ...], length: int | None = None) -> None:
        super().__init__(selection, length)
        self.readers = readers  # in the order of the columns

    def made(self, rows: Iterable[tuple[Any, ...]]) -> Iterator[Record]:
        """Records of rows."""
        resource, columns = self.selection.resource, self.selection.columns
        paths, empty = resource.paths, dict.fromkeys(resource.field_names)
        named = zip(resource.field_names, self.readers, strict=True)
        readers = [(name, reader) for name, reader in named if reader and name in columns]
        for row in rows:
            values: dict[str, Any] = empty.copy()
            values.update(zip(columns, row[BEFORE:], strict=True))
            for name, reader in readers:
                cell = values[name]
                if cell is not None:
                    values[name] = reader(cell)
            yield Record(values, paths[row[1]], row[2])

    def where(self, condition: str, *parameters: Any) -> StoredRecords:
        """Those that fulfil a condition, in SQL over the columns as written; an empty cell is NULL."""
        return StoredRecords(self.selection.where(condition, *parameters), self.readers)

    def different(self, columns: Sequence[str], figures: str = "") -> Iterator[tuple[Any, ...]]:
        """The different values of some columns together, in no order; after them what `figures`, in SQL, sum up."""
        selection, names = self.selection, self.selection.resource.field_names
        readers = [self.readers[names.index(name)] for name in columns]
        listed = ", ".join([*map(quoted_name, columns), figures] if figures else map(quoted_name, columns))
        sql = f"select {listed} from {selection.table} where {selection.condition} group by all"
        for row in selection.store.query(sql, selection.parameters):
            values = [_read(cell, reader) for cell, reader in zip(row, readers, strict=False)]
            yield (*values, *row[len(columns) :])

    def column(self, name: str) -> Iterator[Any]:
        """The values of a column, in order."""
        reader = self.readers[self.selection.resource.field_names.index(name)]
        return (_read(cell, reader) for (cell,) in self.selection.select(quoted_name(name)))

    def alike(self, columns: Sequence[str], is_wanted: Callable[..., bool]) -> StoredRecords:
        """Those whose values in some columns fulfil a condition, which is asked once for alike ones."""
        selection, names = self.selection, self.selection.resource.field_names
        readers = [self.readers[names.index(name)] for name in columns]
        listed = ", ".join(map(quoted_name, columns))
        sql = f"select distinct {listed} from {selection.table} where {selection.condition}"
        wanted = [
            [cell or "" for cell in row]
            for row in selection.store.query(sql, selection.parameters)
            if is_wanted(*map(_read, row, readers))
        ]
        if not wanted:
            return StoredRecords(selection.where("false"), self.readers, 0)
        cells = ", ".join(f"coalesce({quoted_name(name)}, '')" for name in columns)
        return self.where(f"[{cells}] in (select unnest(cast(? as varchar[][])))", wanted)

    def is_text(self, column: str) -> bool:
        """Whether the value of a cell is its text."""
        return self.readers[self.selection.resource.field_names.index(column)] is None

    def ordered(self, order: str) -> StoredRecords:
        """The same in another order, in SQL over the columns as written."""
        return StoredRecords(replace(self.selection, order=order), self.readers, self._length)
