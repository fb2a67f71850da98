"""Typed tables -> the values that records are made of: texts, references, codes, days, money. Used by catalog.py."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from .model import Code, Dated, Money, Ref, Source
from .quote import quoted_name
from .stored import StoredRecords
from .tables import Record, Tables
from .text import Day, Text

OURS = "ours"  # code of the lists of bases: the words, or the classification, are the portal's own
GRANTS = "grants"
KEPT = 16_384  # days that records share: those of forty-five years
NO_TEXT = Text()
ONE = Decimal(1)
Paths = Mapping[str, tuple[Ref, ...]]  # place -> the larger places around it, nearest first


class Records:
    """The tables of a package, ready to be looked up by identifier."""

    def __init__(self, tables: Tables, languages: tuple[str, ...]) -> None:
        self._tables = tables
        self._columns = _Columns(languages)
        self.codes = {
            name: {record["code"]: self._code(record) for record in table.records}
            for name, table in tables.items()
            if table.resource.is_codelist
        }
        self.refs: dict[str, Mapping[str, Ref]] = {
            name: _Refs(self, table.records)
            if isinstance(table.records, StoredRecords) and name == GRANTS
            else {record["id"]: Ref(record["id"], self.name(record)) for record in table.records}
            for name, table in tables.items()
            if not table.resource.is_codelist
        }
        self.sources = {record["id"]: self._source(record) for record in tables["sources"].records}
        self._single = {identifier: (source,) for identifier, source in self.sources.items()}

    def __getitem__(self, resource: str) -> Sequence[Record]:
        """Records of a table; none for a table that this portal does not have."""
        return self._tables[resource].records if resource in self._tables else ()

    def written(self, resource: str, column: str) -> Mapping[str, Any]:
        """A field as the schema has it, also with what only we say of it; nothing for one that is not there."""
        fields = self._tables[resource].resource.schema["fields"] if resource in self._tables else ()
        return next((field for field in fields if field["name"] == column), {})

    def is_stored(self, resource: str) -> bool:
        """Whether the records of a table stay in their store."""
        return isinstance(self[resource], StoredRecords)

    def by(self, resource: str, column: str, values: Sequence[str] | None = None) -> defaultdict[str, list[Record]]:
        """Records of a table by the value of a column, or by those of some `values`; empty cells are left out."""
        found: defaultdict[str, list[Record]] = defaultdict(list)
        records = self[resource]
        if isinstance(records, StoredRecords):
            asked = [] if values is None else [list(values)]
            chosen = f"{quoted_name(column)} in (select unnest(?))" if asked else f"{quoted_name(column)} is not null"
            records = records.where(chosen, *asked)
        for record in records:
            if record[column] is not None:
                found[record[column]].append(record)
        return found

    def text(self, record: Record, name: str) -> Text:
        """The columns <name>_<language> as one Text."""
        values, found = record.values, []
        for language, column in self._columns[name]:
            words = values.get(column)
            if words:
                found.append((language, words))
        return Text(tuple(found)) if found else NO_TEXT

    def name(self, record: Record) -> Text:
        """What the record is called: its name or its title."""
        return self.text(record, "name") or self.text(record, "title")

    def ref(self, resource: str, identifier: str | None) -> Ref | None:
        """A link to the record, or None for an empty cell."""
        return self.refs[resource][identifier] if identifier else None

    def links(self, resource: str, identifiers: Iterable[str] | None) -> tuple[Ref, ...]:
        """Links to several records, in the order written."""
        return tuple([self.refs[resource][identifier] for identifier in identifiers]) if identifiers else ()

    def code(self, codelist: str, code: str | None) -> Code | None:
        """A value of a code list, or None for an empty cell."""
        return self.codes[codelist][code] if code else None

    def known_code(self, codelist: str, code: str) -> Code:
        """A value of a code list in a column that is never empty."""
        return self.codes[codelist][code]

    def code_list(self, codelist: str, codes: Iterable[str] | None) -> tuple[Code, ...]:
        """Several values of a code list, in the order written."""
        return tuple(self.codes[codelist][code] for code in codes or ())

    def sources_of(self, record: Record) -> tuple[Source, ...]:
        """The main source, then the further ones."""
        cell: Callable[[str], Any] = record.values.get
        main, others = cell("source"), cell("also_sources") or ()
        if main and not others:
            return self._single[main]
        return tuple([self.sources[identifier] for identifier in [*([main] if main else ()), *others]])

    def dated(self, record: Record, kinds: str | None, day: str | None, text: str, *, paid: bool = False) -> Dated:
        """A payment, report, amendment or document. `day` and `text` are the columns that hold them."""
        values = record.values
        years = sorted({str(year) for year in (values.get("year_from"), values.get("year_to")) if year})
        return Dated(
            id=record["id"],
            kind=self.code(kinds, record["kind"]) if kinds else None,
            title=self.text(record, "title"),
            day=as_day(values.get(day)) if day else None,
            money=as_money(values.get("amount"), values.get("currency")),
            people=values.get("people_reached"),
            by=self.ref("organizations", values.get("organization")),
            years="–".join(years),
            text=self.text(record, text),
            note=self.text(record, "note"),
            url=values.get("url"),
            paid=paid,
            source=self.sources[record["source"]],
        )

    def _code(self, record: Record) -> Code:
        return Code(record["code"], self.text(record, "label"), self.text(record, "description"))

    def _source(self, record: Record) -> Source:
        return Source(
            id=record["id"],
            title=record["title"],
            title_language=record["title_language"],
            title_note=self.text(record, "title_note"),
            publisher=record["publisher"],
            published_on=as_day(record["published_on"]),
            url=record["url"],
            archive_url=record["archive_url"],
            seen_on=as_day(record["seen_on"]),
            note=self.text(record, "note"),
        )


class _Columns(dict[str, list[tuple[str, str]]]):
    """Name of a text -> (language, column) of each; put together once, not for each record."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        self._languages = languages

    def __missing__(self, name: str) -> list[tuple[str, str]]:
        self[name] = found = [(language, f"{name}_{language}") for language in self._languages]
        return found


class _Refs(Mapping[str, Ref]):
    """Links to records that stay in their store: each is read when it is asked for."""

    def __init__(self, records: Records, stored: StoredRecords) -> None:
        self._records = records
        self._stored = stored

    def __getitem__(self, identifier: str) -> Ref:
        for record in self._stored.where("id = ?", identifier):
            return Ref(identifier, self._records.name(record))
        raise KeyError(identifier)

    def __iter__(self) -> Iterator[str]:
        return (identifier for (identifier,) in self._stored.selection.select("id"))

    def __len__(self) -> int:
        return len(self._stored)


def as_day(text: str | None) -> Day | None:
    """A cell with a day, month or year; None for an empty cell."""
    return _day(text) if text else None


@lru_cache(maxsize=KEPT)
def _day(text: str) -> Day:
    return Day(text)


def as_money(amount: Any, currency: str | None) -> Money | None:
    """An amount with its currency, None when either is missing. 476300.000000 becomes 476300."""
    return Money(plain_number(amount), currency) if amount is not None and currency else None


def plain_number(value: Decimal) -> Decimal:
    """The same number without zeros at its end, and without an exponent."""
    return value.quantize(ONE) if value == value.to_integral_value() else value.normalize()
