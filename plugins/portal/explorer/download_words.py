"""What the explorer must know to write the files that a reader downloads: explore/download.<language>.js.

Every word of it is that of the prepared files: the columns of people_columns(), the descriptions of describe_table(),
the head of the JSON, the notes for readers, and what a spreadsheet would take for something else.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..desk.regex import flags_of, javascript
from ..exports.cells import TAKEN, TRUTHS, months
from ..exports.columns import people_columns
from ..exports.csvw_columns import Described, describe_table
from ..exports.job import Job, reading_notes
from ..exports.linked import tag
from ..exports.to_csvw import csvw_metadata
from ..exports.to_json import json_head, write_json

RESOURCE = "grants"
POSSESSIVE = re.compile(
    r"\(\?P<(?P<name>\w+)>"  # a named group
    r"|(?P<one>\[(?:\\.|[^\]\\])*\]|\\.|[^()|\\])(?P<repeat>[*+?]|\{\d*,?\d*\})\+"  # one sign, as often as it stands
    r"|\)\+\+",  # a group, as often as it stands: its own signs are taken once and for all, so that + will do
)


def download_words(job: Job, language: str) -> dict[str, Any]:
    """What stands in the file of a language; theme/static/js/explorer/download.js says how it is used.

    `columns` are those of the CSV for people in their order; those without `table` are the columns for programs.
    """
    resource = job.package.by_name[RESOURCE]
    page = f"{language}/explore.html"
    forms = {"people": describe_table(job, resource, language), "plain": describe_table(job, resource, None)}
    metadata = {form: _metadata(job, described, page) for form, described in forms.items()}
    return {
        "name": RESOURCE,
        "title": resource.title.words(language),
        "language": tag(language),
        "version": job.version,
        "date": job.data_date.isoformat(),
        "page": job.address(page, "") if job.settings.site_url else page,
        "licence": job.license_words,
        "notes": list(reading_notes(job, language)),
        "columns": list(_columns(job, language, forms)),
        "metadata": metadata,
        "json": _json_head(job, page),
        "taken": taken(job.settings.languages),
    }


def taken(languages: tuple[str, ...]) -> dict[str, Any]:
    """How disarm() knows a text that a spreadsheet would change, for a browser.

    `pattern` holds for the beginning of such a text; group number `word`, where it is found, must be one of `months`
    in a text with a digit, else one of `truths`.
    """
    pattern, numbers = without_possessive(TAKEN.pattern)
    return {
        "pattern": [f"^(?:{javascript(pattern)})", flags_of(TAKEN)],
        "word": numbers["word"],
        "months": sorted(months(languages)),
        "truths": sorted(TRUTHS),
    }


def without_possessive(pattern: str) -> tuple[str, dict[str, int]]:
    r"""A pattern as JavaScript can have it, and the numbers of its named groups.

    x*+ becomes (?=(x*))\1, which is not gone back into either: else a long row of spaces would take minutes.
    """
    numbers: dict[str, int] = {}
    count = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal count
        if found["name"]:
            count += 1
            numbers[found["name"]] = count
            return "("
        if not found["one"]:
            return ")+"
        count += 1
        return f"(?=({found['one']}{found['repeat']}))\\{count}"

    return POSSESSIVE.sub(replaced, pattern), numbers


def _columns(job: Job, language: str, forms: Mapping[str, Described]) -> Iterator[dict[str, Any]]:
    """Without what a column does not have. `people` and `plain` are the column in the CSVW of the two forms."""
    plain = iter(forms["plain"].columns)
    people = forms["people"].columns
    for column, told in zip(people_columns(job, forms["people"].resource, language), people, strict=True):
        field = column.field
        of_names = column.names is not None
        yield {
            "field": field.name,
            "title": column.title,
            "about": column.description,
            "type": "string" if of_names else field.type,
            **({"text": True} if column.is_text else {}),
            **({"partial": True} if field.partial_date else {}),
            **({"delimiter": field.delimiter or ","} if field.type == "list" else {}),
            **({"table": field.refers_to} if of_names else {}),
            "people": _in_language(told, language),
            **({} if of_names else {"plain": _in_language(next(plain), language)}),
        }


def _in_language(column: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A column of a CSVW with the words of one language: with all it would be twice as much to load."""
    own = tag(language)
    titles = {code: title for code, title in column["titles"].items() if code in (own, "und")}
    described = column.get("dc:description", [])
    words = [one for one in described if isinstance(one, str) or one["@language"] == own]
    kept = {name: value for name, value in column.items() if name != "dc:description"}
    return {**kept, "titles": titles, **({"dc:description": words} if words else {})}


def _metadata(job: Job, described: Described, page: str) -> dict[str, Any]:
    """What a CSVW says but for the file, the choice of its rows and its columns; those the browser knows."""
    told = csvw_metadata(job, described, page, sha256="", size=0, rows=0)
    told.pop("dcat:downloadURL", None)
    return {**told, "tableSchema": {**described.schema(), "columns": []}}


def _json_head(job: Job, page: str) -> str:
    """What stands above the rows of a JSON file, up to where the address of the page follows."""
    stream = io.StringIO()
    write_json(stream, json_head(job, RESOURCE, page), ())
    return stream.getvalue().partition('"rows": [')[0]
