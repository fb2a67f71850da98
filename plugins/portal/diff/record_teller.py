"""Records as a reader knows them: titles, names and values in a language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ..desk.rules import NAMES
from ..i18n import Formats
from ..package import Field, Package, Resource
from ..releases.compare import NO_ROWS
from ..releases.history import record_name
from .sides import Side
from .sums import NUMBER

LONGEST = 160  # characters of a value that are shown
KEPT = 40  # of those, before the place where two long values part
LONGEST_RECORD = 300  # characters of a record that is new or gone


@dataclass(frozen=True, slots=True)
class RecordTeller:
    """Puts records into words. What is in no package, as it went, keeps its own name."""

    packages: tuple[Package, ...]  # as it is now, as it was
    languages: tuple[str, ...]  # of the portal
    language: str
    formats: Formats

    def table_title(self, table: str) -> str:
        """Its title, else its name."""
        resource = self._resource(table)
        return (resource.title.words(self.language) if resource else "") or table

    def field_title(self, table: str, name: str) -> str:
        """The title of a column, else its name."""
        field = self._field(table, name)
        return (field.title.words(self.language) if field else "") or name

    def automatic(self, table: str) -> frozenset[str | None]:
        """Columns that only say that something else of the record changed."""
        resource = self._resource(table)
        fields = resource.schema["fields"] if resource else ()
        return frozenset(item["name"] for item in fields if item.get("automatic"))

    def name(self, table: str, identifier: str, side: Side) -> str:
        """What the record is called; what tells it from others when it has no name."""
        rows = side.state.get(table, NO_ROWS)
        if identifier not in rows.by_id:
            return ""
        record = rows.record(identifier)
        name = record_name(record, self.languages).words(self.language)
        if not name:
            resource = self._resource(table)
            identity = (resource.schema.get("identity") if resource else None) or ()
            name = ", ".join(self._bare(record[field], table, field, side) for field in identity if field in record)
        return _from(name, 0, LONGEST)

    def contents(self, table: str, identifier: str, side: Side) -> str:
        """What the record says, but for its name."""
        rows = side.state.get(table, NO_ROWS)
        record = rows.record(identifier) if identifier in rows.by_id else {}
        return _from("; ".join(self._told(record, table, side)), 0, LONGEST_RECORD)

    def _told(self, record: dict[str, str], table: str, side: Side) -> Iterator[str]:
        resource = self._resource(table)
        names = {*NAMES, *(f"{name}_{language}" for name in NAMES for language in self.languages)}
        left_out = {resource.primary_key if resource else "", *self.automatic(table), *names}
        for field, cell in record.items():
            if field not in left_out:
                yield f"{self.field_title(table, field)}: {self._bare(cell, table, field, side)}"

    def value(self, cell: str, table: str, name: str, side: Side) -> str:
        """A cell as a reader knows it: grouped digits, the name before a code or an identifier."""
        told = self._bare(cell, table, name, side)
        field = self._field(table, name)
        return f"{told} ({cell})" if told != cell and field and field.refers_to else told

    def _bare(self, cell: str, table: str, name: str, side: Side) -> str:
        """The same without the code or identifier."""
        field = self._field(table, name)
        if field is None or not cell:
            return cell
        if field.type == "number":
            return self.formats.number(Decimal(cell)) if NUMBER.fullmatch(cell) else cell
        target = side.state.get(field.refers_to or "", NO_ROWS)
        called = record_name(target.record(cell), self.languages) if cell in target.by_id else None
        return called.words(self.language) if called else cell

    def _resource(self, table: str) -> Resource | None:
        return next((package.by_name[table] for package in self.packages if table in package.by_name), None)

    def _field(self, table: str, name: str) -> Field | None:
        for package in self.packages:
            resource = package.by_name.get(table)
            if resource and name in resource.by_name:
                return resource.by_name[name]
        return None


def shortened(before: str, after: str) -> tuple[str, str]:
    """Two values, each short enough to be shown, with the place where they part."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    parted = (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    start = max(0, next(parted, min(len(before), len(after))) - KEPT)
    return _from(before, start, LONGEST), _from(after, start, LONGEST)


def _from(text: str, start: int, length: int) -> str:
    if not text[start:]:
        return text[-KEPT:] if start else ""
    end = start + length
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
