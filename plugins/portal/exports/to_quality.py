"""How full the records are, for programs: the figures of the page of quality as CSV with its description, and as JSON.

No trend: these files are a function of the records alone, so that every release can hold them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..cells import csv_line
from ..errors import Message, say
from ..quality import TableQuality, measure
from ..text import Text
from .job import FOLDER, Download, Job, describe
from .linked import texts
from .to_csvw import CONTEXT, ENDING, FORM
from .to_csvw import MEDIA_TYPE as CSVW_MEDIA_TYPE

CSV_PATH, JSON_PATH = f"{FOLDER}/quality.csv", f"{FOLDER}/quality.json"
ABOUT = say("How many records of each body have a value in each column that readers need.")
COLUMNS = (  # name, datatype, what it means
    ("publisher", "string", say("Identifier of the body; empty for all bodies together.")),
    ("table", "string", say("Name of the table.")),
    ("field", "string", say("Name of the column.")),
    ("records", "integer", say("Records that the body has in the table; of grants those that count.")),
    ("filled", "integer", say("Of them, those with a value in the column.")),
)


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/quality.csv, its description and data/quality.json."""
    found = measure(job.portal, job.settings.languages)
    bodies = [("", found.tables, len(job.portal.warnings))]
    bodies += [(body.organization.id, body.tables, body.warning_count) for body in found.publishers]
    rows = [line for body, tables, _ in bodies for line in _lines(body, tables)]
    text = "".join(csv_line(line, "\n") for line in [[name for name, _, _ in COLUMNS], *rows])
    _write(output / CSV_PATH, text)
    yield describe(output, CSV_PATH, "CSV", "text/csv", rows=len(rows))
    _write(output / f"{CSV_PATH}{ENDING}", _json(_metadata(job)))
    yield describe(output, f"{CSV_PATH}{ENDING}", FORM, CSVW_MEDIA_TYPE)
    told = {
        "about": {code: job.translations.message(code, ABOUT) for code in job.settings.languages},
        "version": job.version,
        "bodies": [
            {"publisher": body or None, "warnings": warnings, "tables": [_as_json(table) for table in tables]}
            for body, tables, warnings in bodies
        ],
    }
    _write(output / JSON_PATH, _json(told))
    yield describe(output, JSON_PATH, "JSON", "application/json")


def _lines(body: str, tables: Sequence[TableQuality]) -> Iterator[list[str]]:
    for table in tables:
        for one in table.fields:
            yield [body, table.resource.name, one.field.name, str(one.records), str(one.filled)]


def _as_json(table: TableQuality) -> dict[str, Any]:
    return {
        "table": table.resource.name,
        "records": table.records,
        "filled": {one.field.name: one.filled for one in table.fields},
    }


def _metadata(job: Job) -> dict[str, Any]:
    return {
        "@context": CONTEXT,
        "url": CSV_PATH.removeprefix(f"{FOLDER}/"),
        "dc:description": _texts(job, ABOUT),
        "schema:version": job.version,
        "tableSchema": {
            "columns": [
                {"name": name, "titles": name, "datatype": kind, "dc:description": _texts(job, meaning)}
                for name, kind, meaning in COLUMNS
            ]
        },
    }


def _texts(job: Job, message: Message) -> list[dict[str, str] | str]:
    return texts(Text.of({code: job.translations.message(code, message) for code in job.settings.languages}))


def _json(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
