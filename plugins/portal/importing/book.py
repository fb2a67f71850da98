"""The tables of the new data folder while they are filled, and what could not be taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..errors import Message
from ..i18n import Translations
from .code_choices import Codes, Row
from .values import Identifiers, tidy

FILE = "imported-file"  # identifier of the source that is the imported file


@dataclass(frozen=True, slots=True)
class Remark:
    """A value that did not enter the records as it stands in the file."""

    record: str  # identifier in the file
    field: str  # path in the standard: “plannedDates/endDate”
    value: Any  # as it stands in the file; None where it is not repeated
    reason: Message


@dataclass(frozen=True)
class Book:
    """Grows while the grants are read, one after the other, in the order of the file."""

    language: str  # of the texts in the file; their columns end in it
    languages: tuple[str, ...]  # of the portal
    translations: Translations
    codes: Codes
    tables: dict[str, dict[Any, Row]] = field(default_factory=dict)  # table -> what the row stands for -> row
    identifiers: dict[str, Identifiers] = field(default_factory=dict)
    names: dict[str, Counter[str]] = field(default_factory=dict)  # organization -> its names, as often as they stand
    remarks: list[Remark] = field(default_factory=list)
    changed: list[Remark] = field(default_factory=list)  # kept, but not letter by letter

    def rows(self, table: str) -> dict[Any, Row]:
        """The rows of a table, by what they stand for."""
        return self.tables.setdefault(table, {})

    def identifier(self, table: str, key: Any, wanted: str) -> str:
        """The identifier of a record: the wanted one unless another record has it."""
        return self.identifiers.setdefault(table, Identifiers()).of(key, wanted)

    def in_language(self, column: str, words: str) -> Row:
        """A text of the file as a cell: title -> title_en."""
        return {f"{column}_{self.language}": words} if words else {}

    def our_words(self, column: str, *messages: Message) -> Row:
        """Our own sentences as a cell in the language of the file."""
        return self.in_language(column, " ".join(self.translations.message(self.language, one) for one in messages))

    def text(self, record: str, path: str, value: Any) -> str:
        """A text of the file as the records can hold it. Notes what was done to it, without repeating what was cut."""
        tidied = tidy(value)
        for change in tidied.changes:
            self.changed.append(Remark(record, path, None, change))
        return tidied.words

    def set_aside(self, record: str, path: str, value: Any, reason: Message) -> None:
        """Note a value that no column can hold."""
        self.remarks.append(Remark(record, path, value, reason))


def members(item: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The objects of a list in a grant; a single object counts as a list of one."""
    value = item.get(name)
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, Mapping)]


def paths(value: Any, path: str = "") -> Iterator[str]:
    """The path of every field that holds something: “fundingOrganization/name”. Lists leave no trace in it."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from paths(inner, f"{path}/{name}" if path else str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from paths(inner, path)
    elif value is not None and value != "":
        yield path
