"""What a cell may name, a code list or the records of a table, in the words in which a clerk chooses it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ...checks.words import fold
from ...desk.rules import names_in
from ...scratch import in_order
from ...stored import StoredRecords
from ...text import Text
from ..job import Job

DIVIDES_ITEMS = re.compile(r"[;\r\n]")  # a name with one of these cannot be an item of a list
MOST_CHOICES = 10_000  # of a drop-down: more take a spreadsheet program seconds to open, and nobody looks through them
Names = Mapping[str, frozenset[str]]  # folded name or label, in any language -> keys of all that are called so


@dataclass(frozen=True, slots=True)
class Choices:
    """The values that a drop-down offers, in their order: by label as the code list has them, or by the alphabet."""

    table: str
    closed: bool  # a code list: nothing else may be written
    labels: Mapping[str, str]  # key -> what is chosen; unique; none where there are more than MOST_CHOICES

    def items(self, keys: tuple[str, ...]) -> str | None:
        """Several of them in a cell, as the desk reads them back."""
        words = (self.labels.get(key, key) for key in keys)
        return "; ".join(key if DIVIDES_ITEMS.search(word) else word for key, word in zip(keys, words, strict=True))


def keys_by_name(job: Job) -> dict[str, Names]:
    """Table -> its names, as desk.rules.Rules.names has them, for tables of which the records are offered."""
    found: dict[str, Names] = {}
    for resource in job.package.resources:
        if len(job.rows[resource.name]) > MOST_CHOICES:
            continue
        keys: defaultdict[str, set[str]] = defaultdict(set)
        for key, name in names_in(resource, job.portal.tables):
            keys[fold(name)].add(key)
        found[resource.name] = {name: frozenset(all_of) for name, all_of in keys.items() if name}
    return found


def all_choices(job: Job, names: Mapping[str, Names]) -> dict[str, dict[str, Choices]]:
    """Language -> table -> the choices among its records, of every table that a column refers to.

    Asks the database for the order.
    """
    referred = {field.refers_to for resource in job.package.resources for field in resource.fields if field.refers_to}
    wanted = sorted(referred)
    texts = {name: _texts(job, name) for name in wanted if name in names}
    return {
        language: {name: _choices(job, name, names.get(name), texts.get(name), language) for name in wanted}
        for language in job.settings.languages
    }


def _choices(job: Job, table: str, names: Names | None, texts: Mapping[str, Text] | None, language: str) -> Choices:
    """None of a table whose names are too many."""
    resource = job.package.by_name[table]
    if names is None:
        return Choices(table, resource.is_codelist, {})
    called = _called(job, table, texts, language)
    keys, taken = list(called), frozenset(called)
    labels = {key: _label(key, " ".join(name.split()), names, taken) for key, name in called.items()}
    if not resource.is_codelist:
        keys = [keys[place] for place in in_order(list(labels.values()), language)]
    return Choices(table, resource.is_codelist, {key: labels[key] for key in keys})


def _texts(job: Job, table: str) -> dict[str, Text] | None:
    """What the records of a stored table are called, read once for all languages; None for a table in memory."""
    records, key = job.portal.tables[table].records, job.package.by_name[table].primary_key
    if not isinstance(records, StoredRecords) or not job.has_names(table):
        return None
    return {record[key]: job.name_of(record.values) for record in records}


def _called(job: Job, table: str, texts: Mapping[str, Text] | None, language: str) -> dict[str, str]:
    """Key -> what the record is called, in the order in which the records were written."""
    if texts is not None:
        return {key: text.words(language) or key for key, text in texts.items()}
    records, key = job.portal.tables[table].records, job.package.by_name[table].primary_key
    known = job.names[language].get(table, {})
    return {record[key]: known.get(record[key], record[key]) for record in records}


def _label(key: str, name: str, names: Names, keys: frozenset[str]) -> str:
    """The name where it leaves no doubt, else the name with the key behind it."""
    if name == key or (name not in keys and names.get(fold(name)) == frozenset({key})):
        return name
    return f"{name} ({key})"
