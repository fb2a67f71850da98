"""Schemas, code lists and records -> what the desk needs to know of them, for Python and for the browser.

Beside what Table Schema knows, the schemas of the portal say of a field (every word of it optional):
  synonyms    other titles under which clerks write the column, in any language
  automatic   `added` or `changed`: the day on which the record was taken in or changed; never asked of a clerk
  assumed     value of new records when a sheet has no such column: what a publisher's own list means without saying it
  why         what readers lose without the value, as a sentence; why_ru, why_ky in the other languages
and of a table:
  identity    fields that tell its records apart where a sheet has no identifiers; see identifiers.py
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from ..checks.words import LANGUAGE, fold
from ..i18n import Translations
from ..package import Field, Package, Resource
from ..text import Text
from ..validate import Tables
from .words import Words, read_words

NAMES = ("name", "title", "label")  # columns, with or without the ending of a language, that hold a record's names
OTHER_NAMES = {"organization_names": "organization"}  # table of more names -> its column with the record


@dataclass(frozen=True)
class TableRules:
    """What the desk knows of a table."""

    resource: Resource
    languages: tuple[str, ...]

    @cached_property
    def written(self) -> Mapping[str, Mapping[str, Any]]:
        """Field -> its description as the schema has it."""
        return {item["name"]: item for item in self.resource.schema["fields"]}

    @cached_property
    def identity(self) -> tuple[str, ...]:
        """Fields that tell the records apart; none where only an identifier does."""
        return tuple(self.resource.schema.get("identity") or ())

    def automatic(self, field: str) -> Literal["added", "changed"] | None:
        """Whether the desk fills the field in by itself."""
        return self.written[field].get("automatic")

    @cached_property
    def assumed(self) -> Mapping[str, str]:
        """Field -> what a new record has there when the sheet has no such column."""
        return {name: item["assumed"] for name, item in self.written.items() if "assumed" in item}

    def synonyms(self, field: Field) -> tuple[str, ...]:
        """Everything that may stand above the column: its name, its title in every language, the synonyms."""
        titles = (field.title.words(language) for language in self.languages)
        return tuple(dict.fromkeys([field.name, *titles, *self.written[field.name].get("synonyms", ())]))

    @cached_property
    def titles(self) -> dict[str, str]:
        """Folded synonym -> field; the first field that is called so."""
        found: dict[str, str] = {}
        for field in self.resource.fields:
            for synonym in self.synonyms(field):
                found.setdefault(fold(synonym), field.name)
        return found

    def why(self, field: str) -> Text:
        """What readers lose without the value; empty when the schema does not say."""
        item = self.written[field]
        return Text.of({language: item.get(f"why_{language}") or item.get("why") for language in self.languages})


@dataclass(frozen=True)
class Rules:
    """Everything that the desk judges by."""

    package: Package
    tables: Tables
    languages: tuple[str, ...]
    words: Words
    currency: str  # of the portal

    @cached_property
    def by_table(self) -> dict[str, TableRules]:
        """Name of the table -> its rules. Code lists are no work for a clerk and are left out."""
        return {one.name: TableRules(one, self.languages) for one in self.package.resources if not one.is_codelist}

    def label(self, table: str, key: str) -> Text:
        """The label of a code; the code itself where the list has no such code."""
        for record in self.tables[table].records:
            if record[self.tables[table].resource.primary_key] == key:
                words = {language: record[f"label_{language}"] for language in self.languages}
                return Text.of(words) or Text.of(dict.fromkeys(self.languages, key))
        return Text.of(dict.fromkeys(self.languages, key))

    @cached_property
    def names(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Table -> folded name or label in any language -> keys of the records that are called so."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for resource in self.package.resources:
            names: defaultdict[str, list[str]] = defaultdict(list)
            for key, name in names_in(resource, self.tables):
                if key not in names[fold(name)]:
                    names[fold(name)].append(key)
            found[resource.name] = {name: tuple(keys) for name, keys in names.items() if name}
        return found


def is_name(column: str) -> bool:
    """Whether the column holds what a record is called: title, title_ru; but not title_basis."""
    stem, _, ending = column.rpartition("_")
    return column in NAMES or (stem in NAMES and bool(LANGUAGE.fullmatch(ending)))


def names_in(resource: Resource, tables: Tables) -> Iterator[tuple[str, str]]:
    """Key and name of every record of a table, in every language, then its other names."""
    columns = [name for name in resource.field_names if is_name(name)]
    for record in tables[resource.name].records:
        for column in columns:
            if isinstance(record[column], str) and record[column]:
                yield record[resource.primary_key], record[column]
    for table, owner in OTHER_NAMES.items():
        if table in tables and resource.name in (tables[table].resource.by_name[owner].refers_to,):
            other = tables[table].resource
            for record in tables[table].records:
                for column in other.field_names:
                    if is_name(column) and record[column]:
                        yield record[owner], record[column]


def read_rules(
    package: Package,
    tables: Tables,
    languages: tuple[str, ...],
    currency: str,
    names: Mapping[str, Text],
    *,
    translations: Translations,
) -> Rules:
    """The rules of a portal. `names` are the publisher's words for currencies, as in Settings.currency_names."""
    words = read_words(languages, {currency: Text(), **names}, translations)
    return Rules(package, tables, languages, words, currency)
