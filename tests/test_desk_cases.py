"""The case table: what Python says of every case, and that Frictionless and the command line agree."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import frictionless
import pytest

from portal.__main__ import main
from portal.desk.intake import Verdict, read_desk_rules, take_in
from portal.desk.judge import Judged
from portal.desk.read_file import read_bytes
from portal.desk.rules import Rules
from portal.errors import InputError
from portal.i18n import Translations
from portal.load import RawTable, Row
from portal.validate import read_schema
from tests.desk_cases import CASES, is_a_file, make_file, read_cases, sent, told_lines, told_rows, with_said
from tests.desk_parity import in_python
from tests.desk_portal import TODAY, make_desk_portal, write_settings

pytestmark = pytest.mark.long

TABLE = read_cases()
# What a schema can state, as sentences.py says it. Keys to other tables are judged by the words before the record.
OF_SCHEMAS = frozenset(
    {
        "“{value}” is not a number.",
        "“{value}” can be read in two ways.",
        "The year of “{value}” has two digits only.",
        "“{value}” is not a whole number.",
        "“{value}” is not a day of the calendar.",
        "“{value}” is not a day, month or year.",
        "“{value}” is neither true nor false.",
        "“{value}” is not a web address.",
        "“{value}” cannot be an identifier.",
        "“{value}” does not have the form that the column asks for.",
        "The cell is empty, but the table needs a value here.",
        "The sheet has no column “{column}”, and the table needs a value there.",
        "{value} is less than {limit}.",
        "{value} is more than {limit}.",
    }
)
STRICTER = (  # values that Frictionless takes and the desk does not
    "no number at all",  # NaN
    "an amount that can be read in two ways in Kyrgyz",  # 1.950: 1.95 to a program, 1950 to many a clerk
    "a day that the calendar does not have in Kyrgyz",  # 2019-02-31, in a column that takes months too
)
AT_THE_COMMAND_LINE = (  # a few of the cases also go the whole way: starting takes a second
    "a good row in Russian",
    "a letter O in a number in Kyrgyz",
    "one good row among faulty ones",
    "more awarded than the budget holds",
    "Windows-1251",
    "a workbook with two sheets",
    "a password in Kyrgyz",
    "an image renamed to .csv",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of the portal on which the cases run."""
    return tmp_path_factory.mktemp("desk") / "data"


@pytest.fixture(scope="module")
def rules(folder: Path) -> Rules:
    """Its rules."""
    return read_desk_rules(make_desk_portal(folder))


@cache
def _words() -> Translations:
    return Translations(CASES.parent.parent.parent / "theme/translations")


def _verdict(case: Mapping[str, Any], rules: Rules) -> Verdict:
    name, content = make_file(case, rules.package)
    return take_in([read_bytes(name, content)], rules, case["language"], TODAY)


def _said(case: Mapping[str, Any], rules: Rules) -> list[str]:
    """What Python says of a case: a line a problem."""
    return told_lines(in_python(rules, _words(), sent(case, rules.package)))


def test_table_is_large_enough() -> None:
    assert len(TABLE) >= 150
    assert sum(is_a_file(case) for case in TABLE) >= 25
    assert len({case["about"] for case in TABLE}) == len(TABLE)


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["about"])
def test_sentences_of_a_case(case: dict[str, Any], rules: Rules, request: pytest.FixtureRequest) -> None:
    said = _said(case, rules)
    if request.config.getoption("--update-golden"):
        CASES.write_text(with_said(CASES.read_text("utf-8"), case["about"], said), encoding="utf-8")
        return
    assert said == case["says"]


@pytest.mark.parametrize("case", TABLE, ids=lambda case: case["about"])
def test_frictionless_agrees(case: dict[str, Any], rules: Rules) -> None:
    """A row that the schema refuses is refused for that by Frictionless too, and the other way round."""
    try:
        judged = _verdict(case, rules).judgement.rows
    except InputError:
        return
    for table in {row.match.row.table for row in judged}:
        resource = rules.package.by_name[table]
        rows = [row for row in judged if row.match.row.table == table and row.match.row.number]
        cells = [[_as_written(row, name) for name in resource.field_names] for row in rows]
        raw = RawTable(resource, tuple(Row(tuple(line), "sheet", 1) for line in cells))
        report = frictionless.Resource(
            name=table, data=[list(resource.field_names), *cells], schema=read_schema(raw.resource)
        ).validate()
        refused = {
            error.to_dict()["rowNumber"] - 2 for task in report.tasks for error in task.errors if error.type in KINDS
        }
        ours = {place for place, row in enumerate(rows) if any(one.what.template in OF_SCHEMAS for one in row.problems)}
        assert refused == (set() if case["about"] in STRICTER else ours)


KINDS = ("type-error", "constraint-error")


def _as_written(row: Judged, field: str) -> str:
    """The cell of the record; where it could not be read, as it stands in the sheet."""
    written = row.match.row
    if field == "id" and not row.match.id:
        return f"row-{written.number}"  # which record it is cannot be told, for a reason that is not the schema's
    unread = any(problem.field == field and problem.level == "error" for problem in written.problems)
    if not unread or field in written.cells or field not in written.columns:
        return row.match.cells[field]
    value = written.original.cells[written.columns[field]]
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize("about", AT_THE_COMMAND_LINE)
def test_command_line_says_the_same(  # noqa: PLR0917
    about: str,
    folder: Path,
    rules: Rules,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    day = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=UTC)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(day.timestamp())))
    case = next(case for case in TABLE if case["about"] == about)
    name, content = make_file(case, rules.package)
    file = tmp_path / name
    file.write_bytes(content)
    settings = write_settings(tmp_path, folder)
    words = ["import", "spreadsheet", str(file), "--lang", case["language"], "--format", "json"]
    status = main([*words, "--settings", str(settings)])
    printed = capsys.readouterr()
    if status == 2:
        assert printed.err.strip().splitlines() == case["says"]
        return
    told = json.load(io.StringIO(printed.out))
    found = [(one["sheet"], one["row"], one["column"], one["level"], one["sentence"]) for one in told["problems"]]
    assert told_rows(found, [one["sentence"] for one in told["blocking"]]) == case["says"]
