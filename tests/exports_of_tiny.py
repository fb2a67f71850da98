"""The tiny portal as a job for the exports, and ways to read back what they wrote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from portal.catalog import read_catalog
from portal.database import open_database
from portal.exports import Job
from portal.i18n import Translations
from portal.package import Resource, read_package
from portal.pipeline import Portal
from portal.settings import Settings
from portal.text import Text
from portal.validate import Record, Table, Tables

DATA = Path(__file__).parent / "data/tiny"
DAY = date(2025, 2, 1)
WORDS = {  # Esperanto in the tests of the exports; whatever lacks here stays English
    "{column}: name": "{column}: nomo",
    "About": "Pri la dosiero",
    "Licence": "Permesilo",
}


def tiny_job(tables: Tables, folder: Path) -> Job:
    """The typed tables of the tiny portal as a job, with a few Esperanto words in `folder`."""
    lines = ['msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n']
    lines += [f'msgid "{words}"\nmsgstr "{translation}"\n' for words, translation in WORDS.items()]
    (folder / "eo.po").write_text("\n".join(lines), encoding="utf-8")
    settings = Settings(
        name=Text.of({"eo": "Fantazio", "en": "Fantasia"}),
        languages=("eo", "en"),
        data=DATA,
        translations=folder,
        currency="XTS",
        currency_names={},
        language_names={},
        repository="",
        headline=(),
        gap_year=None,
        map="",
        grant_pages=30_000,
    )
    package = read_package(DATA, settings.languages)
    database = open_database(tables)
    portal = Portal(package, tables, database, read_catalog(tables, database, settings.languages), ())
    return Job(portal, settings, Translations(folder), DAY)


def with_more(job: Job, resource: str, *changes: Mapping[str, Any]) -> Job:
    """The same job with more records: copies of the first one of the table, each with its changes."""
    table = job.portal.tables[resource]
    first = table.records[0]
    more = tuple(Record({**first.values, **change}, first.file, first.line) for change in changes)
    return with_table(job, Table(table.resource, (*table.records, *more)))


def with_table(job: Job, table: Table) -> Job:
    """The same job with another table in the place of the one of that name."""
    tables = {**job.portal.tables, table.resource.name: table}
    resources = tuple(tables[resource.name].resource for resource in job.package.resources)
    package = replace(job.package, resources=resources)
    return Job(replace(job.portal, package=package, tables=tables), job.settings, job.translations, DAY)


def with_schema(resource: Resource, field: str, **changes: Any) -> Resource:
    """The resource with another description of one field, in the schema as written and in what was read of it."""
    schema = {
        **resource.schema,
        "fields": [{**item, **changes} if item["name"] == field else item for item in resource.schema["fields"]],
    }
    return replace(resource, schema=schema)


def read_csv(path: Path, encoding: str = "utf-8") -> list[dict[str, str]]:
    """The rows of a CSV file by its header."""
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode(encoding), newline="")))


def workbook_text(path: Path, sheets: tuple[int, ...]) -> str:
    """Sheets of a workbook by their number, as text: name, frozen pane, filter, notes, and cells with their types."""
    workbook = openpyxl.load_workbook(path)
    lines = [f"sheets: {', '.join(workbook.sheetnames)}", f"created: {workbook.properties.created}"]
    for number in sheets:
        lines += ["", *_sheet_lines(workbook[workbook.sheetnames[number]])]
    return "\n".join(lines) + "\n"


def _sheet_lines(sheet: Worksheet) -> Iterator[str]:
    yield f"== {sheet.title}; frozen at {sheet.freeze_panes}; filter {sheet.auto_filter.ref}"
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                note = f" [{cell.comment.text}]" if cell.comment else ""
                kind = type(cell.value).__name__
                yield f"{cell.coordinate} {kind} {cell.number_format}: {cell.value!r}{note}"
