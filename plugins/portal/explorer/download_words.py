"""What the explorer must know to write the files that a reader downloads: explore/download.<language>.js.

Its words are those of the prepared files: the columns of people_columns(), the descriptions of describe_table(), the
head of the JSON, the notes for readers, and what a spreadsheet would take for something else. What stands {in braces}
the browser fills in: theme/static/js/explorer/download.js. All that need not be in the scripts of the page is here, as
this file is loaded only for a download.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..exports.cells import disarm
from ..exports.columns import BETWEEN_NAMES, people_columns
from ..exports.csvw_columns import TYPES, Described, describe_table
from ..exports.job import Job, reading_notes
from ..exports.linked import tag
from ..exports.to_csvw import csvw_metadata
from ..exports.to_json import json_head, write_json
from ..exports.to_people_csv import LINE_END
from ..package import Field
from ..text import Day
from .taken import taken
from .workbook_parts import workbook_parts

RESOURCE = "grants"
FILTER = '{"@type": "schema:PropertyValue", "schema:name": {key}, "schema:value": {value}}'  # in a CSVW


def download_words(job: Job, language: str) -> dict[str, Any]:
    """What stands in the file of a language. `people` and `plain` are the two forms: titles, or names of fields."""
    resource = job.package.by_name[RESOURCE]
    page = f"{language}/explore.html"
    groups = {"@value": job.words(language, "Groups of grants"), "@language": tag(language)}
    forms = {"people": describe_table(job, resource, language), "plain": describe_table(job, resource, None)}
    return {
        "name": RESOURCE,
        "date": job.data_date.isoformat(),
        "page": job.address(page, beside=""),
        "columns": {
            "people": list(_people_columns(job, language, forms["people"])),
            "plain": list(_plain_columns(language, forms["plain"])),
        },
        "between": BETWEEN_NAMES,
        "groups": {form: [json.dumps(one) for one in _group_columns(job, language, form)] for form in forms},
        "csv": {"people": ["\ufeff", LINE_END], "plain": ["", "\n"]},
        "metadata": {
            "rows": {form: _metadata(job, described, page) for form, described in forms.items()},
            "groups": {form: _metadata(job, described, page, groups) for form, described in forms.items()},
        },
        "filter": FILTER,
        "json": _json_head(job, page),
        "workbook": workbook_parts(resource.title.words(language), RESOURCE),
        "readme": "\n".join(_readme(job, language)),
        "asked": {
            "q": job.words(language, "Words"),
            "from": job.words(language, "Amount from"),
            "to": job.words(language, "Amount up to"),
            "none": job.words(language, "none: all grants"),
        },
        "orders": {
            "newest": job.words(language, "newest first"),
            "relevance": job.words(language, "best match first"),
            "amount": job.words(language, "largest amount first"),
            "-amount": job.words(language, "smallest amount first"),
        },
        "sums": {
            "counted": job.words(language, "Counted grants: {number}", number="{number}"),
            "awarded": job.words(
                language, "Awarded: {sum}; grants with an amount: {number}", sum="{sum}", number="{number}"
            ),
            "joint": job.words(
                language,
                "Joint sum {id}, in no other sum: {sum}; grants: {number}",
                id="{id}",
                sum="{sum}",
                number="{number}",
            ),
            "announced": job.words(
                language, "Grants that were only announced and are not counted: {number}", number="{number}"
            ),
            "announcedAmounts": job.words(
                language, "Announced, in no other sum: {sum}; grants: {number}", sum="{sum}", number="{number}"
            ),
        },
        "taken": taken(job.settings.languages),
    }


def _people_columns(job: Job, language: str, described: Described) -> Iterator[dict[str, Any]]:
    """Those of the CSV for people. `text` says that a cell may need an apostrophe, `header` has it already."""
    columns = people_columns(job, described.resource, language)
    for column, told in zip(columns, described.columns, strict=True):
        field, title = column.field, column.title
        yield {
            **_column(field, title, column.description, _in_language(told, language)),
            **({"header": header} if (header := disarm(title, column.languages)) != title else {}),
            **({"text": True} if column.is_text else {}),
            **({"partial": True} if field.partial_date else {}),
            **({"table": field.refers_to, "type": "string"} if column.names is not None else {}),
        }


def _plain_columns(language: str, described: Described) -> Iterator[dict[str, Any]]:
    """Those of the CSV for programs."""
    for field, told in zip(described.resource.fields, described.columns, strict=True):
        yield _column(field, field.name, field.description.words(language), _in_language(told, language))


def _column(field: Field, title: str, about: str, csvw: Mapping[str, Any]) -> dict[str, Any]:
    """`line` is that of the text beside the file, `csvw` the column as the description of the file has it."""
    line = f"- {title}: {about}" if about else f"- {title}"
    column = {"field": field.name, "title": title, "line": line, "type": field.type, "csvw": csvw}
    return {**column, **({"delimiter": field.delimiter or ","} if field.type == "list" else {})}


def _in_language(column: Mapping[str, Any], language: str) -> dict[str, Any]:
    """A column of a CSVW with the words of one language: with all it would be twice as much to load."""
    own = tag(language)
    titles = {code: title for code, title in column["titles"].items() if code in (own, "und")}
    described = column.get("dc:description", [])
    words = [one for one in described if isinstance(one, str) or one["@language"] == own]
    kept = {name: value for name, value in column.items() if name != "dc:description"}
    return {**kept, "titles": titles, **({"dc:description": words} if words else {})}


def _group_columns(job: Job, language: str, form: str) -> Iterator[dict[str, Any]]:
    """Of a file of groups. `key` is the member of a group, or of its sum in a currency: there is a column for each.

    The browser says what {kind} the groups are, as years are numbers, and whether they are {text}.
    """
    name = job.words(language, "{column}: name", column="{label}")
    columns = (
        ("id", "{by}", "{label}", "{kind}"),
        ("name", "name", name, "string"),
        ("grants", "grants", job.words(language, "Grants"), "integer"),
        ("counted", "counted", job.words(language, "Counted grants"), "integer"),
        ("grants", "with_amount", job.words(language, "Grants with an amount"), "integer"),
        ("amount", "sum", job.words(language, "Sum"), "number"),
        ("median", "median", job.words(language, "Median"), "number"),
        ("largest", "largest", job.words(language, "Largest"), "number"),
    )
    for place, (key, field, words, kind) in enumerate(columns):
        is_sum = place > 3
        unique = f"{field}_{{currency}}" if is_sum else field
        title = (f"{words}, {{currency}}" if is_sum else words) if form == "people" else unique
        yield {
            "key": key,
            "title": title,
            "line": f"- {title}",
            "type": kind,
            "currency": "{currency}" if is_sum else "",
            "csvw": {"name": unique, "titles": {"und": title}, "datatype": TYPES.get(kind, kind)},
            **({"text": "{text}" if key == "id" else True} if place < 2 and form == "people" else {}),
        }


def _metadata(job: Job, described: Described, page: str, title: Mapping[str, str] | None = None) -> str:
    """A CSVW as JSON, but for what the browser knows: the file, its address, the choice of its rows and its columns.

    `title` is that of a file of something else than grants.
    """
    told = csvw_metadata(job, described, page, sha256="{hash}", size=0, rows=0)
    if title:
        told["dc:title"] = [title]
        told.pop("dc:description", None)
    told |= {
        "url": "{file}",
        "schema:mainEntityOfPage": {"@id": "{address}"},
        "notes": [{"schema:name": "filters", "schema:additionalProperty": "{filters}"}],
        "schema:numberOfItems": "{rows}",
        "dcat:byteSize": "{size}",
        "tableSchema": {"null": "", "columns": "{columns}"},
    }
    told.pop("dcat:downloadURL", None)
    text = json.dumps(told, ensure_ascii=False, indent=1).replace(job.address(page, beside=""), "{address}")
    for name in ("rows", "size", "filters", "columns"):  # no texts
        text = text.replace(f'"{{{name}}}"', f"{{{name}}}")
    return f"{text}\n"


def _json_head(job: Job, page: str) -> str:
    """What stands above the rows of a JSON file, up to where the address of the page follows."""
    stream = io.StringIO()
    write_json(stream, json_head(job, RESOURCE, page), ())
    return stream.getvalue().partition('"rows": [')[0]


def _readme(job: Job, language: str) -> Iterator[str]:
    """The text beside the file."""
    title = f"{job.settings.name.words(language)}: {job.package.by_name[RESOURCE].title.words(language)}"
    yield from (title, "=" * len(title), "")
    for label, value in (
        (job.words(language, "File"), "{file}"),
        ("SHA-256", "{hash}"),
        (job.words(language, "Rows"), "{rows}"),
        (job.words(language, "Order"), "{order}"),
        (job.words(language, "Address"), "{address}"),
        (job.words(language, "Version of the data"), job.version),
        (job.words(language, "Date of the data"), job.formats[language].day(Day(job.data_date.isoformat()))),
        (job.words(language, "Licence"), job.license_words),
    ):
        if value:
            yield f"{label}: {value}"
    yield from ("", job.words(language, "Filters"), "{filters}")
    yield from ("", job.words(language, "Sums"), "{sums}")
    yield from ("", job.words(language, "Before you count"), *(f"- {note}" for note in reading_notes(job, language)))
    yield from ("", job.words(language, "Columns"), "{columns}", "")
