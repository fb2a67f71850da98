"""data/desk/: rules, records and sentences as scripts, for the page that checks a file in the browser.

They are scripts, as a page opened from a folder may load nothing else. They are no downloads: nobody reads them but
that page.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..desk.browser import rules_for_browser, sentences_for_browser, tables_for_browser
from ..desk.rules import read_rules
from ..errors import Message, say
from .job import FOLDER, Download, Job

DESK = f"{FOLDER}/desk"
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
    later = {name: message.template for name, message in ONLY_ON_IMPORT.items()}
    _write(output, "rules", "deskRules = ", {**rules_for_browser(rules), "onlyOnImport": later})
    _write(output, "tables", "deskTables = ", tables_for_browser(tables))
    for language in settings.languages:
        words = sentences_for_browser(job.translations, language)
        start = f"deskSentences = globalThis.deskSentences || {{}};\ndeskSentences[{json.dumps(language)}] = "
        _write(output, f"sentences.{language}", start, words)
    yield from ()


def _write(output: Path, name: str, start: str, content: Mapping[str, Any]) -> None:
    """A script of a line a member, which version control and people can compare."""
    members = ",\n".join(f"{_json(key)}: {_json(value)}" for key, value in content.items())
    script = f"globalThis.{start}{{\n{members}\n}};\n"
    (output / f"{DESK}/{name}.js").write_text(script, encoding="utf-8", newline="\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
