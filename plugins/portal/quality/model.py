"""What is known of the quality of records: how many have a value, and what the checks warn of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ..errors import Message
from ..model import Ref
from ..package import Field, Resource
from ..text import Text

GRANTS = "grants"
LEVELS = 4  # shades of a cell; 0 is no record, LEVELS is every record
Key = tuple[str, str]  # table and identifier


@dataclass(frozen=True, slots=True)
class Filling:
    """How many records have a value in a field."""

    field: Field
    why: Text  # what readers lose without it
    filled: int
    records: int

    @property
    def missing(self) -> int:
        """Records without a value."""
        return self.records - self.filled

    @property
    def percent(self) -> int:
        """Of the records, how many have a value."""
        return percent(self.filled, self.records)

    @property
    def level(self) -> int:
        """0 for no record, LEVELS for every record, between them a step."""
        return shade(self.filled, self.records)


@dataclass(frozen=True, slots=True)
class TableQuality:
    """The useful fields of the records of a table."""

    resource: Resource
    records: int  # of grants those that count
    fields: tuple[Filling, ...]  # in the order of the schema

    @property
    def filled(self) -> int:
        """Useful cells with a value."""
        return sum(field.filled for field in self.fields)

    @property
    def cells(self) -> int:
        """All useful cells."""
        return self.records * len(self.fields)

    @property
    def percent(self) -> int:
        """Of the useful cells, how many are filled in."""
        return percent(self.filled, self.cells)

    @property
    def lacking(self) -> tuple[Filling, ...]:
        """The fields that some record lacks; those that most lack come first."""
        return tuple(sorted((field for field in self.fields if field.missing), key=lambda field: -field.missing))


@dataclass(frozen=True, slots=True)
class Warned:
    """One warning, and the records that it is about."""

    what: Message
    fix: Message
    column: Text  # title of the field, empty for a warning about the whole record
    records: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class PublisherQuality:
    """What one body published."""

    organization: Ref
    tables: tuple[TableQuality, ...]  # of which it has records, the grants first
    warnings: tuple[Warned, ...]  # about its records and about the sources that they name

    @property
    def grants(self) -> TableQuality | None:
        """Its grants; None for a body of which no grant counts."""
        return next((table for table in self.tables if table.resource.name == GRANTS), None)

    @property
    def warning_count(self) -> int:
        """Records that a warning is about, once for each warning."""
        return sum(len(warned.records) for warned in self.warnings)


@dataclass(frozen=True, slots=True)
class Point:
    """The grants of a release, or those at hand."""

    version: str | None  # None for what is not released yet
    day: date | None
    grants: int
    filled: int
    cells: int

    @property
    def percent(self) -> int:
        """Of the useful cells, how many are filled in."""
        return percent(self.filled, self.cells)


@dataclass(frozen=True)
class Quality:
    """The figures of a portal."""

    tables: tuple[TableQuality, ...]  # all bodies together, the grants first; those with useful fields and a record
    publishers: tuple[PublisherQuality, ...]  # by identifier
    warnings: tuple[Warned, ...]  # about records that belong to no body

    @cached_property
    def by_organization(self) -> Mapping[str, PublisherQuality]:
        """Identifier -> body."""
        return {publisher.organization.id: publisher for publisher in self.publishers}

    @property
    def grants(self) -> TableQuality | None:
        """The grants of all bodies; None where none counts."""
        return next((table for table in self.tables if table.resource.name == GRANTS), None)


def percent(filled: int, cells: int) -> int:
    """A share in hundredths, rounded down so that only everything is 100; the least part is 1."""
    return max(filled * 100 // cells, 1) if filled else 0


def shade(filled: int, records: int) -> int:
    """0 for nothing, LEVELS for everything, between them a step."""
    return LEVELS if records and filled == records else -(-filled * (LEVELS - 1) // records) if filled else 0
