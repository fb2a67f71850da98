"""The past of the records as pages and exports need it: histories, records that are gone, events for the feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property

from .model import Call
from .package import Field
from .past_of_stored import StoredNames, subjects_of_stored
from .pipeline import Portal
from .releases import Change, History
from .releases.history import Histories, Key, Removed, record_name, removed_records
from .stored import StoredRecords
from .text import Text

WITH_PAGES = ("grants", "programs", "calls", "organizations", "places")  # tables whose records have pages
# Columns that name the pages on which a record stands -> kind of the page
SUBJECT_FIELDS = {
    **dict.fromkeys(("funder", "recipient", "donor", "partners", "customer"), "organization"),
    "program": "program",
    "place": "place",
}

LENGTH_OF_A_YEAR = 4  # digits of a whole number that may be one

Subject = tuple[str, str]  # kind of page and identifier


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a record with a page, in a release."""

    resource: str
    id: str
    name: Text
    history: History
    subjects: frozenset[Subject]  # pages in whose feeds it stands


@dataclass(frozen=True)
class Past:
    """What releases tell about the records at hand."""

    portal: Portal
    languages: tuple[str, ...]

    @cached_property
    def histories(self) -> Histories:
        """(table, identifier) -> what happened to the record, the latest first."""
        return Histories(self.portal.releases, self.portal.pending)

    @cached_property
    def removed(self) -> tuple[Removed, ...]:
        """Records that are gone."""
        return removed_records(self.portal.releases, self.histories, self.languages)

    @cached_property
    def _gone(self) -> Mapping[Key, Removed]:
        return {(removed.resource, removed.id): removed for removed in self.removed}

    @cached_property
    def by_version(self) -> Mapping[str | None, Mapping[Key, History]]:
        """Version, None for what is not released -> what happened to each record in it, in the order of changes.csv."""
        found: defaultdict[str | None, dict[Key, History]] = defaultdict(dict)
        for key, told in self.histories.walk():
            for history in told:
                found[history.version][key] = history
        return found

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, Text]]:
        """Table -> identifier -> what the record is called; without the records that are gone."""
        named: dict[str, Mapping[str, Text]] = {}
        for name, table in self.portal.tables.items():
            if isinstance(table.records, StoredRecords) and table.records.is_text(table.resource.primary_key):
                named[name] = StoredNames(table, table.records, self.languages, self._released(name))
            else:
                named[name] = {
                    str(record[table.resource.primary_key]): record_name(record.values, self.languages)
                    for record in table.records
                }
        return named

    def _released(self, resource: str) -> list[str]:
        """Identifiers of which releases tell. What is not released is in no feed, and may be all of a large table."""
        released = (told for version, told in self.by_version.items() if version)
        return list(dict.fromkeys(identifier for told in released for table, identifier in told if table == resource))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happened in releases to records with pages, the latest first; in a release the grants first."""
        found = []
        for release in reversed(self.portal.releases):
            told = self.by_version.get(release.version, {})
            for resource in WITH_PAGES:
                for (table, identifier), history in told.items():
                    if table == resource:
                        subjects = frozenset(self._subjects(resource, identifier, history))
                        found.append(Event(resource, identifier, self.name_of(resource, identifier), history, subjects))
        return tuple(found)

    def table_title(self, resource: str) -> Text:
        """Of a table; its name when it is no longer there."""
        table = self.portal.package.by_name.get(resource)
        return table.title if table else Text.of(dict.fromkeys(self.languages, resource))

    def _column(self, resource: str, field: str | None) -> Field | None:
        """None for a column that is no longer there."""
        table = self.portal.package.by_name.get(resource)
        return table.by_name.get(field or "") if table else None

    def title_of(self, resource: str, field: str) -> Text:
        """Of a column; its name when it is no longer there."""
        column = self._column(resource, field)
        return column.title if column else Text.of(dict.fromkeys(self.languages, field))

    def field_title(self, change: Change) -> Text:
        """Of the column that a change is about."""
        return self.title_of(change.resource, change.field or "")

    def name_of(self, resource: str, identifier: str) -> Text:
        """What a record is called, or was called before it went."""
        gone = self._gone.get((resource, identifier))
        return gone.name if gone else self.names.get(resource, {}).get(identifier, Text())

    @property
    def with_pages(self) -> tuple[str, ...]:
        """Tables whose records have pages."""
        return WITH_PAGES

    def value(self, resource: str, field: str | None, cell: str | None) -> list[tuple[str, Text]]:
        """A cell as the items that it holds: (as written, what it stands for). An empty cell holds none."""
        column = self._column(resource, field)
        if not cell:
            return []
        if not column or not column.refers_to:
            return [(cell, Text())]
        names = self.names.get(column.refers_to, {})
        parts = cell.split(column.delimiter) if column.delimiter else [cell]
        return [(part, names.get(part, Text())) for part in parts]

    def number(self, resource: str, field: str | None, cell: str | None) -> Decimal | None:
        """The number in a cell of a column of numbers; None in any other. A year is no amount."""
        column = self._column(resource, field)
        if not cell or not column or column.type not in ("number", "integer"):
            return None
        if column.type == "integer" and len(cell) <= LENGTH_OF_A_YEAR:
            return None
        try:
            return Decimal(cell)
        except InvalidOperation:  # the column held words in an older release
            return None

    def is_code(self, resource: str, field: str | None) -> bool:
        """Whether a column holds codes of a code list."""
        column = self._column(resource, field)
        target = self.portal.package.by_name.get(column.refers_to or "") if column else None
        return bool(target and target.is_codelist)

    @cached_property
    def _subjects_of(self) -> Mapping[str, set[Subject]]:
        """Grant at hand -> pages that it stands on; of stored grants those of which releases tell."""
        found: defaultdict[str, set[Subject]] = defaultdict(set)
        kinds = set(SUBJECT_FIELDS.values())
        records = self.portal.tables["grants"].records
        if isinstance(records, StoredRecords):
            for identifier, *subject in subjects_of_stored(records, self._released("grants"), kinds):
                found[identifier].add((subject[0], subject[1]))
            return found
        for (kind, identifier), grants in self.portal.catalog.members.items():
            if kind in kinds:
                for grant in grants:
                    found[grant.id].add((kind, identifier))
        return found

    @cached_property
    def _calls(self) -> Mapping[str, Call]:
        """Identifier -> call at hand."""
        return {call.id: call for call in self.portal.catalog.calls}

    @cached_property
    def _around(self) -> Mapping[str, tuple[str, ...]]:
        """Place -> the larger places around it."""
        return {place.id: tuple(around.id for around in place.path) for place in self.portal.catalog.places}

    def _subjects(self, resource: str, identifier: str, history: History) -> Iterator[Subject]:
        """Pages that the record stands on, and those it stood on before it changed."""
        gone = self._gone.get((resource, identifier))
        if resource in ("programs", "organizations", "places"):
            yield resource.removesuffix("s"), identifier
        if resource == "grants":
            yield from self._subjects_of.get(identifier, ())
        cells = list(gone.record.items()) if gone else []
        if resource == "calls" and not gone:
            call = self._calls[identifier]
            cells += [("customer", call.customer.id), ("program", call.program.id if call.program else "")]
        cells += [(change.field, change.before) for change in history.changes if change.field and change.before]
        for field, cell in cells:
            for part, _ in self.value(resource, field, cell) if field in SUBJECT_FIELDS else ():
                kind = SUBJECT_FIELDS[field]
                yield from (
                    (kind, subject) for subject in (part, *(self._around.get(part, ()) if kind == "place" else ()))
                )
