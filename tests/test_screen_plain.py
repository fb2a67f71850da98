"""screen/plain.py: Frictionless accepts the schemas and the tables that are plain, and reads them the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.errors import DataError
from portal.load import load_tables
from portal.package import read_package
from portal.screen import compile_plain
from portal.screen.plain import CONSTRAINTS, FIELD_WORDS
from tests.screen_cells import POOLS
from tests.test_screen_verdicts import EXAMPLES, REPETITION, cells, each_option, judged, tables

DATA = Path(__file__).parent.parent / "data"
TEXT = {"name": "note", "type": "string"}
# What YAML makes of a cell, and what no file holds.
VALUES: tuple[Any, ...] = (
    0,
    -5,
    10**15,
    10**14,
    1.5,
    5.0,
    True,
    False,
    None,
    "",
    [],
    ["a", "b"],
    ["a", 1],
    [""],
    ("a",),
    {"a": 1},
)
DAYS = (date(2019, 2, 3), date(1, 1, 1), datetime(2019, 2, 3, 0, 0), datetime(2019, 2, 3, 10, 0))
ODD: tuple[Any, ...] = (
    None,
    "",
    "a",
    5,
    -1,
    1.5,
    True,
    [],
    ["a"],
    [1],
    {},
    {"required": 1},
    "date",
    "uri",
    "email",
    "fmt:uri",
    "list",
    "(",
)
ODD_NAMES = (
    *(
        "name",
        "type",
        "title",
        "description",
        "format",
        "constraints",
        "delimiter",
        "missingValues",
        "example",
        "required",
    ),
    *("rdfType", "bareNumber", "trueValues", "itemType", "title_ru", "synonyms", "$schema", "fieldsMatch", "schema"),
    *("primaryKey", "fields", "unique", "pattern", "enum", "minimum", "maxLength", "custom"),
)


def compared(schema: Mapping[str, Any], rows: Sequence[Sequence[Any]]) -> int:
    """The number of rows that are plain, each of them compared with what Frictionless makes of it."""
    plain = compile_plain(deepcopy(schema))
    if plain is None:
        return 0
    read = [(row, values) for row in rows for values in [plain.values([row])] if values is not None]
    sure = [tuple(row) for row, _ in read]
    whole = plain.values(sure)
    records, faults = judged(schema, sure)  # raises where the schema is refused
    for fault in faults.values():
        assert whole is None, (schema, sure, fault)
        assert any(word in fault for word in REPETITION), (schema, sure, fault)
    agree([values for _, (values,) in read], records)
    assert whole is None or bool(sure) is bool(whole)
    agree(whole or [], records if whole else [])
    return len(sure)


def agree(ours: Sequence[Mapping[str, Any]], theirs: Sequence[Mapping[str, Any]]) -> None:
    assert [list(values.items()) for values in ours] == [list(values.items()) for values in theirs]
    typed = [[repr(value) for values in rows for value in values.values()] for rows in (ours, theirs)]
    assert typed[0] == typed[1]


@pytest.mark.parametrize("kind", ["string", "integer", "number", "boolean", "date", "list"])
def test_what_is_plain_is_accepted_and_read_alike(kind: str) -> None:
    accepted = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(table=tables(kind))
    def compare(table: tuple[dict[str, Any], list[tuple[str, ...]]]) -> None:
        nonlocal accepted
        schema, rows = table
        accepted += compared(schema, rows) + compared(simpler(schema), rows)

    compare()
    assert accepted > EXAMPLES / 2  # or the test says little


def simpler(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same without the options and rules that no plain schema has."""
    fields = []
    for field in schema["fields"]:
        kept = {name: value for name, value in field.items() if name in FIELD_WORDS - {"format", "delimiter"}}
        rules = {
            name: rule for name, rule in field["constraints"].items() if name in CONSTRAINTS.get(field["type"], ())
        }
        bounds = {name for name in ("minimum", "maximum") if not isinstance(rules.get(name), int)}
        fields.append({**kept, "constraints": {name: rule for name, rule in rules.items() if name not in bounds}})
    return {name: value for name, value in schema.items() if name == "primaryKey"} | {"fields": fields}


@pytest.mark.parametrize("kind", sorted(POOLS))
def test_each_option_with_each_cell(kind: str) -> None:
    rows = [(cell, "a") for cell in [*dict.fromkeys(cells(kind)), *VALUES, *DAYS]]
    for asked in each_option(kind):
        compared({"fields": [{"name": "id", "type": kind, **asked}, TEXT]}, rows)


@settings(max_examples=2 * EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(["string", "integer", "number", "boolean", "date", "list"]),
    changes=st.lists(
        st.tuples(st.sampled_from(["schema", "field", "rule"]), st.sampled_from(ODD_NAMES), st.sampled_from(ODD)),
        min_size=1,
        max_size=3,
    ),
)
def test_a_schema_that_is_refused_is_not_plain(kind: str, changes: list[tuple[str, str, Any]]) -> None:
    field: dict[str, Any] = {"name": "id", "type": kind, "constraints": {}}
    schema: dict[str, Any] = {"fields": [field, TEXT], "primaryKey": "note"}
    rules = field["constraints"]
    for where, name, value in changes:
        {"schema": schema, "field": field, "rule": rules}[where][name] = value
    if compile_plain(deepcopy(schema)):
        judged(schema, [("", "a")])  # would raise DataError


@pytest.mark.parametrize(
    ("schema", "rows"),
    [
        ({"primaryKey": "id"}, [("1", "a"), ("01", "b")]),
        ({"primaryKey": ["id", "note"]}, [("1", ""), ("1", "")]),
        ({"primaryKey": ["id"]}, [("", "a")]),
        ({}, [("", "")]),
        ({}, [("1",)]),
        ({}, [("1", "a", "b")]),
    ],
)
def test_rows_in_doubt(schema: dict[str, Any], rows: list[tuple[str, ...]]) -> None:
    plain = compile_plain({"fields": [{"name": "id", "type": "integer"}, TEXT], **schema})
    assert plain
    assert plain.values(rows) is None
    assert plain.values([("1", "a"), ("2", "b")]) == [{"id": 1, "note": "a"}, {"id": 2, "note": "b"}]


def test_a_unique_column_may_be_empty_more_than_once() -> None:
    plain = compile_plain({"fields": [{"name": "id", "type": "integer", "constraints": {"unique": True}}, TEXT]})
    assert plain
    assert plain.values([("", "a"), ("", "b"), ("1", "")])
    assert plain.values([("1", "a"), ("1", "b")]) is None


def test_the_shipped_records_are_plain() -> None:
    """So no command starts Frictionless for them."""
    for name, table in load_tables(read_package(DATA, ("ky", "ru", "en"))).items():
        plain = compile_plain(table.resource.schema)
        assert plain, name
        assert plain.values([row.cells for row in table.rows]) is not None, name


def test_a_refused_schema_is_told() -> None:
    with pytest.raises(DataError):
        judged({"fields": [{"name": "id", "type": "integer", "constraints": {"pattern": "a"}}, TEXT]}, [("1", "a")])
