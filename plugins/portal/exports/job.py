"""What every export receives, and what it answers with. Knows no format."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..addresses import Addresses, addresses_of
from ..i18n import Formats, Translations, formats_of
from ..package import Package, Resource
from ..past import Past
from ..pipeline import Portal
from ..screen import typed
from ..settings import Settings
from ..stored import StoredRecords
from ..tables import Record, Table
from ..text import Day, Text
from .names import StoredNames, StoredTexts, asked_for

if TYPE_CHECKING:
    from .standards import LeftOut

FOLDER = "data"  # of the downloads, below the output folder
DICTIONARY = f"{FOLDER}/datapackage.json"
LANGUAGE_COLUMNS = ("name", "title", "label", "title_note")  # what a record is called; the first that has words
PLAIN_COLUMNS = ("name", "title", "label")  # the same, where a table keeps the words as printed


@dataclass(frozen=True, slots=True)
class Download:
    """A file that was written, as the page of downloads shows it."""

    path: str  # below the output folder, with forward slashes: “data/grants.csv”
    resource: str | None  # None for a file about several tables
    language: str | None  # None for a file that is the same for every reader
    format: str  # CSV, JSON, XLSX, ZIP, GeoJSON, Data Package, README or SHA256SUMS
    media_type: str
    rows: int | None  # None for a file about several tables
    size: int  # octets
    sha256: str


@dataclass(frozen=True, eq=False)
class Job:
    """One portal to be exported."""

    portal: Portal
    settings: Settings
    translations: Translations
    data_date: date  # of the records; no clock is read
    left_out: dict[str, tuple[LeftOut, ...]] = field(default_factory=dict, init=False)  # by standard, once counted

    @property
    def package(self) -> Package:
        """The descriptor of the records."""
        return self.portal.package

    @property
    def name(self) -> str:
        """Of the package; files that hold several tables are called by it."""
        return self.package.name

    @property
    def version(self) -> str:
        """Of the records: that of the last release, or for records that differ from it, the day and a word for it."""
        released = self.portal.released
        return released.version if released else f"{self.data_date.isoformat()}-unreleased"

    @cached_property
    def past(self) -> Past:
        """What releases tell about the records."""
        return Past(self.portal, self.settings.languages)

    @cached_property
    def addresses(self) -> Addresses:
        """Where readers find the records."""
        return addresses_of(self.settings, self.past)

    @cached_property
    def every_resource(self) -> tuple[Resource, ...]:
        """The tables in the order of the package, the code lists last."""
        return tuple(sorted(self.package.resources, key=lambda resource: resource.is_codelist))

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Those that are published in every format."""
        return tuple(resource for resource in self.every_resource if not self.is_packed(resource))

    def is_packed(self, resource: Resource) -> bool:
        """Whether a table is so large that it is published as Parquet and as packed CSV only."""
        return len(self.portal.tables[resource.name].records) > self.settings.all_formats

    @cached_property
    def rows(self) -> Mapping[str, Sequence[Record]]:
        """Resource name -> its records by primary key: the split into files leaves no trace.

        Those of a large table are read from their store each time that they are walked through.
        """
        return {name: _by_key(table) for name, table in self.portal.tables.items()}

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, Mapping[Any, str]]]:
        """Language -> resource -> key -> what the record is called; a record without any name goes by its key.

        Tables whose records have no names are left out.
        """
        texts = {name: self._texts(name) for name in self.package.by_name if self.has_names(name)}
        return {
            language: {
                name: StoredNames(found, language)
                if isinstance(found, StoredTexts)
                else {key: text.words(language) or str(key) for key, text in found.items()}
                for name, found in texts.items()
            }
            for language in self.settings.languages
        }

    def by_key(self, resource: str) -> Mapping[Any, Record]:
        """Primary key -> record, of a table in memory."""
        key = self.package.by_name[resource].primary_key
        return {record[key]: record for record in self.rows[resource]}

    @property
    def licenses(self) -> list[dict[str, Any]]:
        """As the descriptor has them."""
        return list(self.package.descriptor.get("licenses") or [])

    @property
    def license_words(self) -> str:
        """The licences as a line: “CC0 1.0, https://…”."""
        parts = [item.get(part) for item in self.licenses for part in ("title", "path")]
        return ", ".join(part for part in parts if part)

    def address(self, path: str, beside: str) -> str:
        """Where a file of the site is: in full when the site's address is known, else relative to the file `beside`."""
        if self.settings.site_url:
            return f"{self.settings.site_url}/{path}"
        target, folder = path.split("/"), beside.split("/")[:-1]
        while folder and target[0] == folder[0]:
            target, folder = target[1:], folder[1:]
        return "/".join([".."] * len(folder) + target)

    @cached_property
    def formats(self) -> Mapping[str, Formats]:
        """Language -> how it writes numbers and days."""
        return formats_of(self.settings)

    def citation(self, language: str, title: str, path: str) -> str:
        """How to cite the file at `path`: the sentence of the pages, with values written as the theme writes them."""
        site_url = self.settings.site_url
        values = {
            "name": self.settings.name.words(language),
            "title": title,
            "version": self.version,
            "day": self.formats[language].day(Day(self.data_date.isoformat())),
            "address": f"{site_url}/{path}" if site_url else path,
        }
        if not self.licenses:
            sentence = "%(name)s: “%(title)s”. Version %(version)s, %(day)s. %(address)s."
            return self.translations.gettext(language, sentence) % values
        values["licence"] = self.licenses[0].get("title") or self.licenses[0].get("name") or ""
        sentence = "%(name)s: “%(title)s”. Version %(version)s, %(day)s. %(address)s. %(licence)s."
        return self.translations.gettext(language, sentence) % values

    def words(self, language: str, words: str, **values: object) -> str:
        """An English sentence in the language, with its values filled in."""
        return self.translations.gettext(language, words).format_map(values)

    def has_names(self, resource: str) -> bool:
        """Whether the records of a table are called something."""
        return bool(self.name_columns(resource))

    def name_columns(self, resource: str) -> list[str]:
        """Columns in which a record of the table says what it is called."""
        by_language = {f"{column}_{code}" for column in LANGUAGE_COLUMNS for code in self.settings.languages}
        return [name for name in self.package.by_name[resource].field_names if name in {*PLAIN_COLUMNS, *by_language}]

    def name_of(self, values: Mapping[str, Any]) -> Text:
        """What a record is called, by the values of its columns."""
        languages = self.settings.languages
        for column in LANGUAGE_COLUMNS:
            plain = values.get(column) if column in PLAIN_COLUMNS else None
            found = Text.of({code: values.get(f"{column}_{code}") or plain for code in languages})
            if found:
                return found
        return Text()

    def _texts(self, resource: str) -> Mapping[Any, Text]:
        records, key = self.rows[resource], self.package.by_name[resource].primary_key
        if isinstance(records, StoredRecords):
            return StoredTexts(records, key, self.name_of, asked_for(resource, self.portal.tables))
        return {record[key]: self.name_of(record.values) for record in records}


def reading_notes(job: Job, language: str) -> Iterator[str]:
    """What to know before counting, as sentences; they go with every file that has room for words."""
    yield job.words(language, "An empty cell means that the source does not say; it never means zero.")
    yield job.words(language, "Grants that were only announced are listed and marked, but never counted.")
    if "sources" in job.package.by_name:
        title = job.package.by_name["sources"].title.words(language)
        yield job.words(
            language,
            "Every record names its source; the table “{table}” lists the sources with their addresses.",
            table=title,
        )
    yield job.words(
        language,
        "In the CSV files for people an apostrophe stands before text that a spreadsheet would take for a number, "
        "a day or a formula, such as {example}. It is no part of the text; the CSV files for programs do not have it.",
        example="'00123",
    )


def describe(
    output: Path,
    path: str,
    form: str,
    media_type: str,
    *,
    resource: str | None = None,
    language: str | None = None,
    rows: int | None = None,
) -> Download:
    """The Download of a file that stands complete at `path` below the output folder."""
    with (output / path).open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = stream.tell()
    return Download(path, resource, language, form, media_type, rows, size, digest)


def _by_key(table: Table) -> Sequence[Record]:
    """Texts in the order of their letters' numbers, which DuckDB and Python share; numbers and days by their value."""
    resource, records = table.resource, table.records
    key = resource.schema.get("primaryKey") or resource.primary_key
    columns = [key] if isinstance(key, str) else key
    if isinstance(records, StoredRecords):
        written = {field["name"]: field for field in resource.schema["fields"]}
        return records.ordered(", ".join(typed(written[column], resource.schema) for column in columns))
    return tuple(sorted(records, key=lambda record: tuple(record[column] for column in columns)))
