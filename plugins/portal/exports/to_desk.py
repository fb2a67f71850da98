"""data/desk/: rules, records and sentences as scripts, for the page that checks a file in the browser.

They are scripts, as a page opened from a folder may load nothing else. They are no downloads: nobody reads them but
that page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, TextIO

from ..desk.browser import rules_for_browser, tables_for_browser
from ..desk.browser_sentences import sentences_for_browser
from ..desk.rules import read_rules
from ..errors import Message, say
from ..stored import StoredRecords
from ..tables import Record, Table, Tables
from .job import FOLDER, Download, Job

DESK = f"{FOLDER}/desk"
TOGETHER = 2_000  # records of a large table that are written at once
ONLY_ON_IMPORT: Mapping[str, Message] = {}  # name of a check that a browser cannot make -> what is checked later, why
ONLY_IN_BROWSER = (
    say("This browser is too old to open a workbook. Save the table as CSV and choose that, or use another browser."),
)


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/desk/rules.js, tables.js and sentences.<language>.js."""
    settings, tables = job.settings, job.portal.tables
    names, translations = settings.currency_names, job.translations
    rules = read_rules(job.package, tables, settings.languages, settings.currency, names, translations=translations)
    (output / DESK).mkdir(parents=True, exist_ok=True)
    left_out = {one.name: Table(one, ()) for one in job.package.resources if job.is_packed(one)}
    told_later = {**ONLY_ON_IMPORT, **({"records_left_out": _left_out(left_out)} if left_out else {})}
    later = {name: message.template for name, message in told_later.items()}
    _write(output, "rules", "deskRules = ", {**rules_for_browser(rules), "onlyOnImport": later})
    with (output / f"{DESK}/tables.js").open("w", encoding="utf-8", newline="\n") as stream:
        _write_tables(stream, {**tables, **left_out}, left_out)  # with a very large table the page would not open
    for language in settings.languages:
        words = sentences_for_browser(job.translations, language)
        start = f"deskSentences = globalThis.deskSentences || {{}};\ndeskSentences[{json.dumps(language)}] = "
        _write(output, f"sentences.{language}", start, words)
    yield from ()


def _left_out(tables: Iterable[str]) -> Message:
    """The browser puts the titles of the tables in, in the language of the page."""
    return say(
        "Everything that needs the records of these tables, which are too large for this page: {tables}.",
        tables=", ".join(tables),
    )


def _write_tables(stream: TextIO, tables: Tables, left_out: Collection[str]) -> None:
    """tables_for_browser() as a script, a table after the other and a large one in pieces.

    Those that are left out say so: a browser that took them for empty would refuse whatever points at their records.
    """
    stream.write("globalThis.deskTables = {")
    between = "\n"
    for name, table in tables.items():
        pieces = _pieces(iter(table.records)) if isinstance(table.records, StoredRecords) else iter([table.records])
        told = tables_for_browser({name: Table(table.resource, next(pieces, ()))})[name]
        told = {"isLeftOut": True, **told} if name in left_out else told
        stream.write(f"{between}{_json(name)}: {_json(told)[:-2]}")  # the rows come last in it
        for piece in pieces:
            rows = _json(tables_for_browser({name: Table(table.resource, piece)})[name]["rows"])
            stream.write(f",{rows[1:-1]}")
        stream.write("]}")
        between = ",\n"
    stream.write("\n};\n")


def _pieces(records: Iterator[Record]) -> Iterator[Sequence[Record]]:
    while piece := tuple(islice(records, TOGETHER)):
        yield piece


def _write(output: Path, name: str, start: str, content: Mapping[str, Any]) -> None:
    """A script of a line a member, which version control and people can compare."""
    members = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in content.items())
    script = f"globalThis.{start}{{\n{members}\n}};\n"
    (output / f"{DESK}/{name}.js").write_text(script, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
