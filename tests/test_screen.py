"""screen/: which cells are in doubt, which keys repeat, and that the shipped records are not in doubt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pytest

from portal.load import load_tables
from portal.package import read_package
from portal.screen import compile_screen, python_reader, repeats, typed
from portal.screen.patterns import re2

DATA = Path(__file__).parent.parent / "data"
TEXT = {"name": "note", "type": "string"}


@pytest.fixture
def database() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        yield connection


def doubtful(
    database: duckdb.DuckDBPyConnection, schema: Mapping[str, Any], rows: Sequence[Sequence[str]]
) -> list[Sequence[str]]:
    """The rows that are in doubt. Leaves the rows in the table `t`."""
    screen = compile_screen(schema)
    assert screen
    fill(database, [field["name"] for field in schema["fields"]], rows)
    found = database.execute(f"select {screen.doubt} from t order by rowid").fetchall()
    return [row for row, (doubt,) in zip(rows, found, strict=True) if doubt]


def fill(database: duckdb.DuckDBPyConnection, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    columns = ", ".join(f'unnest(?::VARCHAR[]) as "{name}"' for name in names)
    cells = [[row[position] or None for row in rows] for position in range(len(names))]
    database.execute(f"create or replace table t as select {columns}", cells)


@pytest.mark.parametrize(
    ("field", "sure", "doubted"),
    [
        ({"type": "integer"}, ["5", "-5", "007", ""], ["+5", " 5", "1_000", "5.0", "٥", "1000000000000000", "1e3"]),
        ({"type": "number"}, ["5", "-5.50", "0." + "1" * 20], ["1e3", "NaN", ".5", "5.", "0." + "1" * 21, "1" * 16]),
        ({"type": "number", "decimalChar": ","}, ["12,5", "5"], ["12.5"]),
        ({"type": "number", "groupChar": " "}, ["1 000.50", "1000"], [" 1000", "1\u00a0000"]),
        ({"type": "number", "bareNumber": False}, ["5"], ["$5", "5 %"]),
        ({"type": "boolean"}, ["true", "0"], ["yes", "tRUE", "true "]),
        ({"type": "boolean", "trueValues": ["ja"]}, ["ja", "false"], ["true"]),
        ({"type": "date"}, ["2020-02-29", "0001-01-01"], ["2019-02-29", "2019-2-3", "epoch", "infinity", "0000-01-01"]),
        ({"type": "date", "format": "%d.%m.%Y"}, ["29.02.2020"], ["29.02.2019", "3.2.2020", "2020-02-29"]),
        ({"type": "year"}, ["2019"], ["0019", " 201", "20190"]),
        ({"type": "yearmonth"}, ["2019-02"], ["2019-13", "2019-2"]),
        ({"type": "time"}, ["23:59:59"], ["24:00:00", "10:00", "10:00:00Z"]),
        ({"type": "datetime"}, ["2019-02-03T10:00:00"], ["2019-02-03", "2019-02-30T10:00:00", "2019-02-03T10:00:00Z"]),
        ({"type": "list", "delimiter": ";"}, ["a;b", ";"], ["x" * 100_001]),
        ({"type": "list", "itemType": "integer"}, [""], ["1,2"]),
        ({"type": "any"}, ["a", " "], ["x" * 100_001]),
        ({}, ["a", " ", "a\nb", "x" * 100_000], ["x" * 100_001]),
        ({"format": "uri"}, ["https://a.example/б"], ["a.example", "a b:c"]),
        ({"format": "email"}, ["a.b@c.example"], ["a@b", "a@b..example"]),
        ({"format": "uuid"}, ["123e4567-e89b-12d3-a456-426614174000"], ["123e4567"]),
        ({"format": "binary"}, [""], ["TQ=="]),
        ({"constraints": {"required": True}}, ["a"], [""]),
        ({"constraints": {"enum": ["a", "b'"]}}, ["a", "b'", ""], ["A", "c"]),
        ({"constraints": {"minLength": 2, "maxLength": 2}}, ["ab", "e\u0301", ""], ["a", "abc"]),
        ({"constraints": {"pattern": "^[A-Z]{3}$"}}, ["USD", ""], ["usd", "USDT", "USD\n"]),
        ({"constraints": {"pattern": "(?=a)a"}}, [""], ["a"]),
        ({"type": "list", "constraints": {"minLength": 2}}, ["a,b", ""], ["a"]),
        ({"type": "number", "constraints": {"minimum": 5}}, ["5", "5.00"], ["4.99999999999999999999", "-5"]),
        ({"type": "number", "constraints": {"enum": [0.5]}}, ["0.5", "0.50"], ["5"]),
        ({"type": "integer", "constraints": {"minimum": 1, "maximum": "9"}}, ["1", "9"], ["0", "10"]),
        ({"type": "integer", "constraints": {"exclusiveMinimum": 1}}, ["2"], ["1"]),
        ({"type": "date", "constraints": {"maximum": "2020-02-29"}}, ["2020-02-29"], ["2020-03-01"]),
        ({"type": "date", "constraints": {"maximum": "29.02.2020"}}, [""], ["2020-01-01"]),
        ({"type": "boolean", "constraints": {"enum": ["true"]}}, ["1"], ["0"]),
        ({"type": "integer", "missingValues": ["", "-"]}, ["-", "5", ""], ["n/a"]),
        ({"missingValues": ["-"], "constraints": {"required": True}}, ["a"], ["-", ""]),
    ],
)
def test_cells(field: dict[str, Any], sure: list[str], doubted: list[str], database: duckdb.DuckDBPyConnection) -> None:
    schema = {"fields": [{"name": "cell", "type": "string", **field}, TEXT]}
    rows = [(cell, "something") for cell in (*sure, *doubted)]
    assert doubtful(database, schema, rows) == [(cell, "something") for cell in doubted]


def test_a_blank_row_and_an_empty_key_are_in_doubt(database: duckdb.DuckDBPyConnection) -> None:
    fields = [{"name": name, "type": "string"} for name in ("id", "part", "note")]
    rows = [("", "", ""), ("", "", "a"), ("", "b", ""), ("c", "", "")]
    assert doubtful(database, {"fields": fields}, rows) == rows[:1]
    assert doubtful(database, {"fields": fields, "primaryKey": ["id", "part"]}, rows) == rows[:2]


@pytest.mark.parametrize(
    ("schema", "rows", "found"),
    [
        ({"primaryKey": ["id"]}, [("1", ""), ("2", "")], False),
        ({"primaryKey": "id"}, [("1", ""), ("1", "")], True),
        ({"primaryKey": ["id"]}, [("1", ""), ("01", "")], True),  # the same number
        ({"primaryKey": ["id"]}, [("1", ""), (" 1", "")], True),  # in doubt, and perhaps the same
        ({"primaryKey": ["id", "note"]}, [("1", "a"), ("1", "b"), ("2", "a")], False),
        ({"primaryKey": ["id", "note"]}, [("1", ""), ("1", "")], True),
        ({"primaryKey": ["id", "note"]}, [("", ""), ("", "")], False),  # both are refused as such
        ({"primaryKey": ["note"]}, [("1", "a"), ("2", "A")], False),
        ({}, [("1", "a"), ("1", "a")], False),
    ],
)
def test_repeats(
    schema: dict[str, Any], rows: list[tuple[str, str]], found: bool, database: duckdb.DuckDBPyConnection
) -> None:
    screen = compile_screen({"fields": [{"name": "id", "type": "integer"}, TEXT], **schema})
    assert screen
    fill(database, ("id", "note"), rows)
    assert bool(database.execute(repeats(screen, "t")).fetchall()) is found


def test_a_unique_column_may_be_empty_more_than_once(database: duckdb.DuckDBPyConnection) -> None:
    screen = compile_screen({"fields": [{**TEXT, "constraints": {"unique": True}}]})
    assert screen
    fill(database, ("note",), [("",), ("",), ("a",)])
    assert not database.execute(repeats(screen, "t")).fetchall()
    fill(database, ("note",), [("a",), ("",), ("a",)])
    assert database.execute(repeats(screen, "t")).fetchall()


@pytest.mark.parametrize(
    "schema",
    [
        {"fields": [{"name": "a", "type": "geopoint"}]},
        {"fields": [{"name": "a", "type": "object"}]},
        {"fields": [{"name": "a", "type": "string", "format": "wkt"}]},
        {"fields": [{"name": "a", "constraints": {"pattern": "["}}]},
        {"fields": [{"name": "a", "constraints": {"jsonSchema": {}}}]},
        {"fields": [{"name": "a"}, {"name": "A"}]},
        {"fields": [{"name": "a", "type": "list", "constraints": {"unique": True}}]},
        {"fields": [{"name": "a"}], "primaryKey": ["b"]},
        {"fields": [{"name": "a"}], "fieldsMatch": "subset"},
        {"fields": [{"name": "a"}], "missingValues": [{"value": "-"}]},
        {"fields": []},
    ],
)
def test_a_schema_that_is_not_known_has_no_screen(schema: dict[str, Any]) -> None:
    assert compile_screen(schema) is None


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\d{4}(-\d\d)?", r"[0-9]{4}(?:\-[0-9][0-9])?"),
        ("^[A-Z]{,3}$", "[A-Z]{0,3}"),
        (r"[\w.-]+\$", r"[A-Za-z0-9_\.\-]+\$"),
        ("a.b|б", r"a[^\n]b|б"),
        ("[^a-c]", "[^a-c]"),
        (r"[^\d]", None),  # Python's \d holds more digits
        (r"\W", None),
        ("(a*)*", None),
        ("a*?", None),
        ("a++", None),
        (r"\ba", None),
        ("(?i)a", None),
        (r"(a)\1", None),
        ("^a|^b", None),
        ("(?:a{100}){100}", None),
    ],
)
def test_patterns(pattern: str, expected: str | None) -> None:
    assert re2(pattern) == expected


def test_the_readers_know_the_missing_values_of_the_schema(database: duckdb.DuckDBPyConnection) -> None:
    field, schema = {"name": "n", "type": "integer"}, {"missingValues": ["", "-"]}
    read = python_reader(field, schema)
    assert read
    assert [read("-"), read("5")] == [None, 5]
    assert python_reader(TEXT) is None
    fill(database, ("n",), [("-",), ("5",)])
    assert database.execute(f"select {typed(field, schema)} from t").fetchall() == [(None,), (5,)]


def test_no_row_of_the_shipped_records_is_in_doubt(database: duckdb.DuckDBPyConnection) -> None:
    found = {}
    for name, table in load_tables(read_package(DATA, ("en",))).items():
        schema = table.resource.schema
        if table.resource.format == "csv":  # values from YAML are not all text
            rows = [row.cells for row in table.rows]
            found[name] = doubtful(database, schema, rows)
            screen = compile_screen(schema)
            assert screen
            assert not database.execute(repeats(screen, "t")).fetchall()
    assert {name: rows for name, rows in found.items() if rows} == {}
    assert "grants" in found
