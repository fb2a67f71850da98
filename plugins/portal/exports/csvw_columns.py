"""The columns of a table as CSV on the Web describes them: in the file for programs, and in those for people."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import quote

from ..package import Field, Resource
from ..text import Text
from .columns import Column, people_columns
from .job import Job
from .linked import tag, texts
from .to_people_csv import header_line

TYPES = {  # of Table Schema -> of CSVW; cells of all others are read as text
    "number": "decimal",
    "integer": "integer",
    "boolean": "boolean",
    "date": "date",
}
_json = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True)
class Described:
    """A table as it stands in the CSV files of one kind: its columns are the same in all of them."""

    resource: Resource
    language: str | None  # of the file for people; None for the file for programs
    columns: tuple[Mapping[str, Any], ...]

    @cached_property
    def schema_text(self) -> str:
        """The tableSchema as JSON, a column a line."""
        columns = ",\n".join(f"  {_json(column)}" for column in self.columns)
        rest = "".join(f", {_json(name)}: {_json(value)}" for name, value in self._keys().items())
        return f'{{"columns": [\n{columns}\n ]{rest}}}'

    def schema(self) -> dict[str, Any]:
        """The tableSchema."""
        return {"columns": list(self.columns), **self._keys()}

    def _keys(self) -> dict[str, Any]:
        """Only in files for programs: the csvw package finds a key by the header, which for people is a title."""
        if self.language:
            return {"null": ""}
        key = self.resource.schema.get("primaryKey") or self.resource.primary_key
        return {"null": "", "primaryKey": [column_name(name) for name in listed(key)]}


def describe_table(job: Job, resource: Resource, language: str | None, *, briefly: bool = False) -> Described:
    """The columns of a table in its CSV for people in a language, or in that for programs when it is None.

    `briefly` says only what a program must know to read the file, its titles in its own language: such a file stands
    beside every page, and in full it was a quarter of a large site.
    """
    addresses = frozenset(item["name"] for item in resource.schema["fields"] if item.get("format") == "uri")
    if not language:
        columns = [_plain_column(field, addresses) for field in resource.fields]
    else:
        codes = dict.fromkeys((language, *job.settings.languages))
        every = {code: people_columns(job, resource, code) for code in codes}
        columns = list(_people_columns(every, language, addresses))
    if briefly:
        columns = [_brief(column, tag(language or "und")) for column in columns]
    return Described(resource, language, tuple(columns))


@lru_cache(maxsize=1024)  # the same names stand in the files of every language
def column_name(name: str) -> str:
    """The name of a column as the standard allows it, which is without spaces, hyphens and a line in front."""
    safe = quote(name, safe="").replace("-", "%2D").replace("~", "%7E")
    return f"%5F{safe[1:]}" if safe.startswith("_") else safe


def listed(names: str | list[str]) -> list[str]:
    """Table Schema lets a single name stand without a list."""
    return [names] if isinstance(names, str) else names


def _plain_column(field: Field, addresses: Collection[str]) -> dict[str, Any]:
    """The header is the name of the field, in no language."""
    titles = {"und": field.name}
    titles |= {tag(code): words for code, words in field.title.versions}
    described = texts(field.description)
    return {
        "name": column_name(field.name),
        "titles": titles,
        **({"dc:description": described} if described else {}),
        **_values(field, addresses),
    }


def _people_columns(
    every: Mapping[str, Sequence[Column]], language: str, addresses: Collection[str]
) -> Iterator[dict[str, Any]]:
    """The header is the title in the language of the file; that language comes first, as the standard matches it.

    Two columns may be of one field: the code or identifier, and what it stands for.
    """
    taken = {column_name(column.field.name) for column in every[language]}
    headers = next(csv.reader(io.StringIO(header_line(every[language]), newline="")))
    for header, *columns in zip(headers, *every.values(), strict=True):
        field, own = columns[0].field, columns[0]
        name = column_name(field.name)
        if own.names is not None:
            name = f"{name}_name"
            while name in taken:
                name += "_"
            taken.add(name)
        titles: dict[str, Any] = {tag(code): column.title for code, column in zip(every, columns, strict=True)}
        if header != own.title:
            titles[tag(language)] = [header, own.title]
        described = texts(Text.of({code: column.description for code, column in zip(every, columns, strict=True)}))
        yield {
            "name": name,
            "titles": titles,
            **({"dc:description": described} if described else {}),
            **(_values(field, addresses) if own.names is None else {"datatype": "string"}),
        }


def _brief(column: Mapping[str, Any], language: str) -> dict[str, Any]:
    """Without what the column means, its titles in other languages, and the type that is meant where none is named."""
    kept = {name: value for name, value in column.items() if name != "dc:description" and value != "string"}
    return {**kept, "titles": {language: column["titles"][language]}}


def _values(field: Field, addresses: Collection[str]) -> dict[str, Any]:
    """What stands in the cells. A day that may be known to the month is text, as no type of the standard fits all."""
    datatype = "anyURI" if field.name in addresses else TYPES.get(field.type, "string")
    return {
        "datatype": datatype,
        **({"required": True} if field.required else {}),
        **({"separator": field.delimiter or ","} if field.type == "list" else {}),
    }
