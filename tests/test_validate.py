"""validate.py and sentences.py: cells become Python values, or sentences for a person with a spreadsheet."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
import yaml
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from portal.errors import DataError
from portal.load import RawTable, Row, load_tables
from portal.package import Package, read_package
from portal.validate import Tables, judge_rows, read_schema, validate_tables

NUMBER = "Write digits and a full stop, such as 1950000.50, or leave the cell empty."
WHOLE = "Write digits only, such as 120, or leave the cell empty."
DIGITS = "digits only, a full stop before decimals, no spaces or units."
DATE = "Write year, month and day, such as 2019-11-05."
OFFER = "Write 2019-11-05: year, month, day."
IDENTIFIER = "Use Latin letters, digits, hyphens and full stops only; it becomes part of an address."
TWICE = "Give one of the two records another identifier, or delete the one that is there twice."
FORM = "Compare it with another row, or with the description of the column."
NO_RECORD = "points at a record that does not exist in"
ADD = "Add the record there, or correct the value here."
NO_CODE = "is not in the list of allowed values,"
STATUSES = "Allowed values: announced, under_way, completed, ended_early, unknown."
COMPLETED = "Did you mean “completed”?"
BOOLEAN = "Write true or false, or leave the cell empty."
ADDRESS = "Write the whole address, beginning with https://."
NO_TEXT = "is read as a number or a day, but text is expected. Put the value in quotation marks."
LIST = "Write the items one after the other; in CSV put a semicolon between them."


def test_cells_become_values(tables: Tables) -> None:
    grant = tables["grants"].records[0]
    assert (grant.file, grant.line) == ("grants/2023.csv", 2)
    assert grant["amount_awarded"] == Decimal("40000.50")
    assert grant["year"] == 2023
    assert grant["added_on"] == date(2025, 1, 15)
    assert grant["partners"] == ("lighthouse", "hill-school")
    assert grant["actual_start"] == "2023-04"
    assert grant["amount_group"] is None
    assert grant["title_en"] == "School of the wind"


def test_values_of_yaml_are_the_same_as_those_of_csv(tables: Tables) -> None:
    program = tables["programs"].records[0]
    assert program["year_from"] == 2023
    assert program["approved_on"] == date(2022, 11, 20)
    assert program["places"] == ("norda", "suda")
    assert program["note_en"] is None


def test_booleans_are_true_false_or_unknown(tables: Tables) -> None:
    assert [row["funds"] for row in tables["coverage"].records] == [True, True, False, None]


# A table, the cells that are changed in its first row, and what is said of it.
CASES: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("payments", {"amount": "12O"}, f"amount: “12O” is not a number. {NUMBER}"),
    ("payments", {"amount": "1 950 000"}, f"amount: “1 950 000” is not a number. Write 1950000: {DIGITS}"),
    ("payments", {"amount": "1 950 000,50"}, f"amount: “1 950 000,50” is not a number. Write 1950000.50: {DIGITS}"),
    ("payments", {"amount": "1,950,000"}, f"amount: “1,950,000” is not a number. Write 1950000: {DIGITS}"),
    ("payments", {"amount": "120 XTS"}, f"amount: “120 XTS” is not a number. {NUMBER}"),
    ("payments", {"amount": "NaN"}, f"amount: “NaN” is not a number. {NUMBER}"),
    ("payments", {"amount": "1e-999999999"}, f"amount: “1E-999999999” is not a number. {NUMBER}"),
    ("payments", {"amount": "-inf"}, f"amount: “-Infinity” is not a number. {NUMBER}"),
    ("payments", {"amount": "1e30"}, "amount: “1E+30” is more than any budget. Correct the value."),
    ("payments", {"tranche": "9" * 20}, "tranche: “99999999999999999999” is more than any budget. Correct the value."),
    ("payments", {"tranche": "first"}, f"tranche: “first” is not a whole number. {WHOLE}"),
    ("payments", {"tranche": "-1"}, "tranche: -1 is less than 0. Correct the value."),
    ("payments", {"amount": ""}, "amount: The cell is empty, but the table needs a value here. Fill it in."),
    ("payments", {"currency": "xts"}, f"currency: “xts” does not have the form that the column asks for. {FORM}"),
    ("payments", {"id": "pay ment"}, f"id: “pay ment” cannot be an identifier. {IDENTIFIER}"),
    ("payments", {"id": ""}, "id: The cell is empty, but the table needs a value here. Fill it in."),
    ("payments", {"id": "P-1"}, f"id: The identifier “P-1” is already used in payments.csv, line 2. {TWICE}"),
    ("payments", {"grant": "G-20233-1"}, f"grant: “G-20233-1” {NO_RECORD} grants. Did you mean “G-2023-1”?"),
    ("payments", {"source": "nowhere"}, f"source: “nowhere” {NO_RECORD} sources.csv. {ADD}"),
    ("payments", {"paid_on": "05.11.2019"}, f"paid_on: “05.11.2019” is not a day, month or year. {OFFER}"),
    ("payments", {"paid_on": "31.02.2019"}, f"paid_on: “31.02.2019” is not a day, month or year. {DATE}"),
    ("payments", {"paid_on": "2019-13"}, f"paid_on: “2019-13” is not a day, month or year. {DATE}"),
    ("grants", {"added_on": "05.11.2019"}, f"added_on: “05.11.2019” is not a day of the calendar. {OFFER}"),
    ("grants", {"added_on": "2019-02-31"}, f"added_on: “2019-02-31” is not a day of the calendar. {DATE}"),
    ("grants", {"added_on": "31.02.2019"}, f"added_on: “31.02.2019” is not a day of the calendar. {DATE}"),
    ("grants", {"year": "1889"}, "year: 1889 is less than 1990. Correct the value."),
    ("grants", {"year": "2101"}, "year: 2101 is more than 2100. Correct the value."),
    ("grants", {"status": "done"}, f"status: “done” {NO_CODE} codelists/grant_statuses.csv. {STATUSES}"),
    ("grants", {"status": "complete"}, f"status: “complete” {NO_CODE} codelists/grant_statuses.csv. {COMPLETED}"),
    ("places", {"latitude": "91"}, "latitude: 91 is more than 90. Correct the value."),
    ("places", {"iso_code": "Isle"}, f"iso_code: “Isle” does not have the form that the column asks for. {FORM}"),
    (
        "coverage",
        {"funds": "yes"},
        f"funds: “yes” is neither true nor false. {BOOLEAN}",
    ),
    ("documents", {"url": "www.fantazia.example"}, f"url: “www.fantazia.example” is not a web address. {ADDRESS}"),
    ("documents", {"url": "ftp://a.example/b"}, f"url: “ftp://a.example/b” is not a web address. {ADDRESS}"),
    ("programs", {"title_en": 2024}, f"title_en: “2024” {NO_TEXT}"),
    ("programs", {"approved_number": date(2024, 5, 1)}, f"approved_number: “2024-05-01” {NO_TEXT}"),
    ("programs", {"places": 5}, f"places: “5” is not a list. {LIST}"),
    ("programs", {"places": ["norda", 5]}, f"places: “['norda', 5]” is not a list. {LIST}"),
    ("programs", {"year_from": "soon"}, f"year_from: “soon” is not a whole number. {WHOLE}"),
    ("terms", {"id": "y" * 70 + " "}, f"id: “{'y' * 59}…” cannot be an identifier. {IDENTIFIER}"),
)
# A row with cells too few or too many, and what is said of it.
RAGGED: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("amount_groups", (), "The line is empty. Delete it."),
    ("amount_groups", ("", "", "", "", "", ""), "The line is empty. Delete it."),
    (
        "amount_groups",
        ("J-9", "5", "XTS", "", ""),
        "The line has fewer cells than the table has columns: “source” is missing. "
        "Add the missing commas, or check that a quotation mark is not lost.",
    ),
    (
        "amount_groups",
        ("J-8", "5", "XTS", "", "a note", "S-1", "S-2"),
        "The line has more cells than the table has columns; “S-2” is too much. "
        "Put a text that contains a comma in quotation marks.",
    ),
)


def case_row(table: RawTable, cells: dict[str, Any], line: int) -> Row:
    """The first row of the table with other cells and an identifier of its own."""
    names = table.resource.field_names
    values = {**dict(zip(names, table.rows[0].cells, strict=True)), names[0]: f"case-{line}", **cells}
    return Row(tuple(values.values()), "broken", line)


@pytest.fixture(scope="module")
def said(package: Package) -> dict[int, list[str]]:
    """Every broken row beside the good ones, judged in one go because that takes a second: line -> sentences."""
    raw = load_tables(package)
    rows = [(name, case_row(raw[name], cells, line)) for line, (name, cells, _) in enumerate(CASES, start=1000)]
    rows += [(name, Row(cells, "broken", line)) for line, (name, cells, _) in enumerate(RAGGED, start=2000)]
    for name, row in rows:
        raw[name] = replace(raw[name], rows=(*raw[name].rows, row))
    with pytest.raises(DataError) as caught:
        validate_tables(raw)
    sentences = defaultdict(list)
    for problem in caught.value.problems:
        assert problem.file == "broken"
        sentences[problem.line or 0].append(str(replace(problem, file=None, line=None)))
    return sentences


@pytest.mark.parametrize(("line", "expected"), [(line, case[2]) for line, case in enumerate(CASES, start=1000)])
def test_a_broken_cell_is_explained_in_one_sentence(line: int, expected: str, said: dict[int, list[str]]) -> None:
    assert said[line] == [f"column {expected}"]


@pytest.mark.parametrize(("line", "expected"), [(line, case[2]) for line, case in enumerate(RAGGED, start=2000)])
def test_a_ragged_row_is_explained_in_one_sentence(line: int, expected: str, said: dict[int, list[str]]) -> None:
    assert said[line] == [expected]


def test_a_table_in_which_every_row_is_too_short_is_still_read_from_its_header(package: Package) -> None:
    groups = load_tables(package)["amount_groups"]
    rows = tuple(Row((f"J-{line}", "5", "XTS"), "broken", line) for line in range(2, 12))
    table, problems = judge_rows(replace(groups, rows=rows), read_schema(groups.resource))
    assert [record.line for record in table.records] == list(range(2, 12))
    assert {problem.line for problem in problems} == set(range(2, 12))


def test_a_schema_that_cannot_be_used_is_named(package: Package) -> None:
    units = load_tables(package)["units"]
    fields = [{"name": "code", "type": "colour"}]
    broken = replace(units, resource=replace(units.resource, schema={"fields": fields}))
    with pytest.raises(DataError) as caught:
        validate_tables({"units": broken})
    assert str(caught.value) == (
        "datapackage.yaml: The schema of “units” cannot be used: "
        'field type "colour" is not supported. Correct the schema.'
    )


# Frictionless must agree: what we accept it accepts, and what we refuse it refuses. A generated file is judged by
# both. Limits: four tables with the tables they need, no more than six rows, and cells of a CSV file as csv.writer
# writes them (what is not CSV is for test_load.py). We alone refuse NaN, infinity and numbers beyond any budget.
OURS_ALONE = re.compile("“-?(s?NaN|Infinity).*” is not a number|is more than any budget")
CELLS = {
    "string": [
        "",
        "x",
        " ",
        "Ŝafo, “ĉiu”",
        'a "quoted" word',
        "two\nlines",
        "two\r\nlines",
        "=1+1",
        "\u2028",
        "'",
        "\\",
    ],
    "integer": ["", "2023", " 2023", "2023.0", "1 000", "-5", "1989", "2101", "1_0", "٣", "9" * 25, "0x10", "1e3"],
    "number": ["", "5", "-5", "5.50", "5,50", "1 950 000", "NaN", "1e3", "1e30", "-inf", "1_0", " 7 ", "91", "°"],
    "boolean": ["", "true", "false", "True", "1", "0", "yes", " true", "TRUE", "t"],
    "date": ["", "2023-05-01", "2023-5-1", "2023-02-30", "01.05.2023", "2023", "0001-01-01", "2023-05-01 ", "20230501"],
    "list": ["", "S-1", "S-1;S-2", ";", "S-1; S-2", "S-9"],
}
DAYS = ["", "2023", "2023-05", "2023-05-01", "2023-00", "2023-5", "2023-05-32", "05.2023", "2023-05-01\n"]
JUDGED = {
    "totals": ("metrics", "sources"),
    "documents": ("document_kinds", "sources"),
    "coverage": ("coverage_statuses", "sources"),
    "places": ("place_kinds", "name_bases", "sources"),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, package: Package) -> dict[str, tuple[Path, Package]]:
    """For each judged table a package of it and the tables that it needs; other references are left out."""
    made = {}
    for table, others in JUDGED.items():
        folder = tmp_path_factory.mktemp(table)
        (folder / "schemas").mkdir()
        kept = []
        for name in (table, *others):
            resource = package.by_name[name]
            schema = dict(resource.schema)
            keys = schema.get("foreignKeys", ())
            schema["foreignKeys"] = [key for key in keys if key["reference"]["resource"] in ("", *others)]
            (folder / "schemas" / f"{name}.yaml").write_text(yaml.safe_dump(schema), "utf-8")
            (folder / f"{name}.csv").write_bytes((package.folder / resource.paths[0]).read_bytes())
            (item,) = (item for item in package.descriptor["resources"] if item["name"] == name)
            kept.append({**item, "path": f"{name}.csv", "schema": f"schemas/{name}.yaml"})
        (folder / "datapackage.yaml").write_text(yaml.safe_dump({"name": table, "resources": kept}), "utf-8")
        made[table] = (folder, read_package(folder, ("eo", "en")))
    return made


@st.composite
def broken_rows(draw: st.DrawFn, package: Package, table: str) -> list[list[str]]:
    """Good rows of the table in which up to three cells are replaced by a good, doubtful or broken one."""
    resource = package.by_name[table]
    good = [list(row.cells) for row in load_tables(package)[table].rows]
    rows = draw(st.lists(st.sampled_from(good), min_size=1, max_size=6)) if draw(st.booleans()) else good
    rows = [list(row) for row in rows]
    for _ in range(draw(st.integers(0, 3))):
        column = draw(st.integers(0, len(resource.fields) - 1))
        field = resource.fields[column]
        choices = DAYS if field.partial_date else CELLS[field.type]
        known = [row[column] for row in good]
        rows[draw(st.integers(0, len(rows) - 1))][column] = draw(
            st.sampled_from([*choices, *known]) | st.text(max_size=5)
        )
    return rows


@pytest.mark.parametrize("table", JUDGED)
def test_frictionless_agrees(table: str, small: dict[str, tuple[Path, Package]]) -> None:
    folder, package = small[table]

    @settings(max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(rows=broken_rows(package, table))
    def judge(rows: list[list[str]]) -> None:
        if any("\0" in cell for row in rows for cell in row):
            return
        good = (folder / f"{table}.csv").read_bytes()
        try:
            with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows([package.by_name[table].field_names, *rows])
            theirs = frictionless.Package(str(folder / "datapackage.yaml")).validate()
            try:
                validate_tables(load_tables(package))
                ours: tuple[str, ...] = ()
            except DataError as error:
                ours = tuple(str(problem.what) for problem in error.problems)
        finally:
            (folder / f"{table}.csv").write_bytes(good)
        shared = [what for what in ours if not OURS_ALONE.search(what)]
        assert theirs.valid == (not shared), (theirs.flatten(["note"]), ours)

    judge()
