"""How checks look at words: which columns hold prose, in which languages, and when two texts say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..package import Resource
from ..validate import Record, Tables

LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})*")  # as Babel writes it: eo, sr_Latn, pt_BR
ACCENTS = re.compile("[\u0300-\u036f]+")
NO_WORD = re.compile(r"[\W_]+")


def prose_columns(resource: Resource) -> tuple[str, ...]:
    """Columns in which people write freely: text without a form, a list of values or a record that it points at."""
    return tuple(
        field.name
        for field in resource.fields
        if field.type == "string" and not field.refers_to and "pattern" not in field.constraints
        if field.name != resource.primary_key
    )


def prose(tables: Tables) -> Iterator[tuple[Record, str, str]]:
    """Every filled cell of a prose column: record, column, text."""
    for table in tables.values():
        columns = prose_columns(table.resource)
        for record in table.records:
            values = record.values
            for column in columns:
                text = values[column]
                if text:
                    yield record, column, text


def versions(resource: Resource, name: str) -> tuple[str, ...]:
    """The columns of a text in the languages of the portal: title -> title_eo, title_en."""
    return tuple(
        column
        for column in prose_columns(resource)
        if column.startswith(f"{name}_") and LANGUAGE.fullmatch(column.removeprefix(f"{name}_"))
    )


def folded(record: Record, columns: tuple[str, ...]) -> set[str]:
    """The folded words of these columns, without the empty ones."""
    return {fold(record[column]) for column in columns if record[column]} - {""}


def fold(text: str) -> str:
    """The words alone: no case, accents, quotation marks, punctuation or repeated blanks."""
    if not text.isascii():
        text = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return NO_WORD.sub(" ", text.casefold()).strip()
