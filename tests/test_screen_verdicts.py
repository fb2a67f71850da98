"""screen/: Frictionless accepts whatever the screen does not doubt, and reads it the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.database import TEXT, TYPES
from portal.errors import DataError
from portal.load import RawTable, Row
from portal.package import Field, Resource
from portal.screen import Screen, compile_screen, python_reader, repeats, typed
from portal.text import Text
from portal.validate import judge_rows, read_schema
from tests.screen_cells import FORMS, GOOD, HOSTILE, PATTERNS, POOLS

EXAMPLES = 500  # for each of the eleven types
SECOND_VERSION = "https://datapackage.org/profiles/2.0/tableschema.json"  # the one with exclusive bounds
NAMES = ("id", 'two "words"', "select", "жыл")
VALUES: Mapping[str, Sequence[Any]] = {  # what a schema may hold as bound or allowed value
    "any": ("a", "5", 5, True, ""),
    "boolean": (True, False, "true", "0", "yes", 1),
    "date": (date(2019, 2, 3), date(1, 1, 1), "2019-02-03", "2020-02-29", "03.02.2019", "9999-12-31"),
    "datetime": ("2019-02-03T10:00:00", "0001-01-01T00:00:00", "2019-02-03T10:00:00Z"),
    "integer": (0, -5, 5, 12, 1990, 5.0, "5", "1_000", 10**20),
    "number": (0, -5, 5, 0.5, 1.5, "5", "12", 1e-30, 1e30, 12.5),
    "string": ("a", "b", "ab", "é", "a'b", "a\n", "1", 1, ""),
    "time": ("10:00:00", "00:00:00", "24:00:00", "10:00:00Z"),
    "year": (0, 1990, 2019, 9999, "2019", 1e3),
    "yearmonth": ("2019-02", "2019-2", "0001-01"),
}
BOUNDED = ("date", "datetime", "integer", "number", "time", "year", "yearmonth")
REPETITION = ("is already used", "unique")
DATABASE = duckdb.connect(":memory:", config={"threads": 1})


def chance(*values: Any) -> st.SearchStrategy[Any]:
    """One of the values, or five times as often None."""
    return st.sampled_from([None] * (5 * len(values)) + list(values))


@st.composite
def constraints(draw: st.DrawFn, kind: str) -> dict[str, Any]:
    """What may be asked of a type, each seldom enough that some cells pass."""
    asked: dict[str, Any] = {"required": draw(chance(True, False)), "unique": draw(chance(True, False))}
    if kind in VALUES and draw(chance(True)):
        asked["enum"] = draw(st.lists(st.sampled_from(VALUES[kind]), min_size=1, max_size=5))
    if kind in BOUNDED:
        bounds = draw(st.sampled_from([(), (), (), (), ("minimum",), ("maximum",), ("minimum", "maximum"), EXCLUSIVE]))
        asked.update({name: draw(st.sampled_from(VALUES[kind])) for name in bounds})
    if kind in ("string", "list"):
        asked.update(minLength=draw(chance(0, 1, 2, 3)), maxLength=draw(chance(0, 1, 2, 3)))
    if kind == "string" and draw(chance(True)):
        asked["pattern"] = draw(st.sampled_from(PATTERNS))
    return {name: value for name, value in asked.items() if value is not None}


BOUNDS = ("minimum", "maximum")
EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")
MISSING: Sequence[list[str]] = ([], [""], ["", "-", "n/a"], ["-"], ["", "0", "a"], ["None"], ["a'b", ""])
TYPE_OPTIONS: Mapping[str, Mapping[str, Sequence[Any]]] = {
    "boolean": {"trueValues": (["yes", "ja"], ["1"], [], ["0", "true"]), "falseValues": (["no"], ["0", "1"], [])},
    "date": {"format": FORMS},
    "datetime": {"format": ("any", "%d.%m.%Y", "%Y-%m-%dT%H:%M:%S")},
    "integer": {"bareNumber": (False, True), "groupChar": (",",)},
    "list": {"delimiter": (";", ";;", ",", "|", ""), "itemType": ("string", "integer")},
    "number": {
        "bareNumber": (False, True),
        "decimalChar": (",", ".", "", "5", ",,", "٫"),
        "groupChar": (",", ".", " ", "\u00a0", "'", "", "-", "0", "^", "]", "\\"),
        "floatNumber": (True, False, False),
    },
    "string": {"format": ("uri", "email", "uuid", "binary", "wkt", "default")},
    "time": {"format": ("any", "%H:%M")},
}


@st.composite
def fields(draw: st.DrawFn, name: str, kind: str) -> dict[str, Any]:
    """A field as a publisher may write it."""
    field = {
        "name": name,
        "type": kind,
        "missingValues": draw(chance(*MISSING)),
        "constraints": draw(constraints(kind)),
    }
    field |= {option: draw(chance(*values)) for option, values in TYPE_OPTIONS.get(kind, {}).items()}
    return {option: value for option, value in field.items() if value is not None}


@st.composite
def tables(draw: st.DrawFn, kind: str) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
    """A schema whose first column is of the type, and rows."""
    kinds = [kind, *draw(st.sampled_from([[], [], [], ["string"], ["integer", "list"], ["date", "any"], ["number"]]))]
    columns = [draw(fields(name, kind)) for name, kind in zip(NAMES, kinds, strict=False)]
    schema: dict[str, Any] = {"fields": columns}
    if any(name in field["constraints"] for field in columns for name in EXCLUSIVE):
        schema["$schema"] = SECOND_VERSION
    names = [field["name"] for field in columns]
    key = draw(st.sampled_from([None] * 7 + [names[:1], names[0], names]))
    missing = draw(chance(*MISSING))
    schema |= {"primaryKey": key} if key else {}
    schema |= {"missingValues": missing} if missing is not None else {}
    near = [st.sampled_from(cells(kind)) for kind in kinds]
    return schema, draw(st.lists(st.tuples(*near), min_size=1, max_size=12))


def cells(kind: str) -> list[str]:
    """Three good cells for two nearly good ones and one that is meant for any type, or for none."""
    parts = ((3, ("", *GOOD[kind])), (2, POOLS[kind]), (1, HOSTILE))
    return [cell for weight, pool in parts for cell in pool * (weight * len(HOSTILE) // len(pool))]


def judged(schema: Mapping[str, Any], rows: Sequence[tuple[str, ...]]) -> tuple[list[dict[str, Any]], dict[int, str]]:
    """What Frictionless reads, and position of a row -> its first problem. Lets through what it breaks off with."""
    none = Text.of({})
    columns = tuple(Field(f["name"], f["type"], none, none, False, f.get("constraints", {})) for f in schema["fields"])
    resource = Resource("t", none, none, ("t.csv",), "csv", columns, columns[0].name, schema, "t.yaml")
    written = RawTable(resource, tuple(Row(cells, "t.csv", line) for line, cells in enumerate(rows)))
    table, problems = judge_rows(written, read_schema(resource))
    faults = {problem.line: str(problem.what) for problem in reversed(problems) if problem.line is not None}
    return [dict(record.values) for record in table.records], faults


def screened(
    screen: Screen, schema: Mapping[str, Any], rows: Sequence[tuple[str, ...]]
) -> tuple[list[bool], list[tuple[Any, ...]], bool]:
    """Whether each row is in doubt, its values as DuckDB types them, and whether a key repeats."""
    names = ['"' + field["name"].replace('"', '""') + '"' for field in schema["fields"]]
    cells = ", ".join(f"unnest(?::VARCHAR[]) as {name}" for name in names)
    columns = [[cell or None for cell in column] for column in zip(*rows, strict=True)]
    DATABASE.execute(f"create or replace table t as select {cells}", columns)
    values = ", ".join(typed(field, schema) for field in schema["fields"])
    found = DATABASE.execute(f"select {screen.doubt}, {values} from t order by rowid").fetchall()
    again = DATABASE.execute(repeats(screen, "t")).fetchall()
    return [row[0] for row in found], [row[1:] for row in found], bool(again)


def stored(value: Any, kind: str) -> Any:
    """A value of Frictionless as DuckDB gives it back."""
    if value is None or kind in ("integer", "boolean", "date"):
        return value
    if kind == "number":
        return value.quantize(Decimal("0.000001"), ROUND_HALF_UP)
    if kind == "yearmonth":
        return f"{value.year:04}-{value.month:02}"
    return list(value) if kind == "list" else str(value)


@pytest.mark.parametrize("kind", sorted(POOLS))
def test_what_is_not_in_doubt_is_accepted_and_read_alike(kind: str) -> None:
    accepted = 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(table=tables(kind))
    def compare(table: tuple[dict[str, Any], list[tuple[str, ...]]]) -> None:
        nonlocal accepted
        accepted += compared(*table)

    compare()
    assert accepted > EXAMPLES / 2  # or the test says little


@pytest.mark.parametrize("kind", sorted(POOLS))
def test_each_option_with_each_cell(kind: str) -> None:
    """What chance brings together too seldom. A column of text keeps the rows from being blank."""
    rows = [(cell, "a") for cell in dict.fromkeys(HOSTILE) if cell != "sNaN"]  # at which Frictionless may break off
    for asked in each_option(kind):
        field = {"name": "id", "type": kind, **asked}
        version = {"$schema": SECOND_VERSION} if "exclusive" in str(asked) else {}
        compared({"fields": [field, {"name": "note", "type": "string"}], **version}, rows)


def each_option(kind: str) -> Iterator[dict[str, Any]]:
    """One thing that a schema may ask of a type at a time."""
    yield {}
    yield from ({option: value} for option, values in TYPE_OPTIONS.get(kind, {}).items() for value in values)
    yield from ({"missingValues": missing} for missing in MISSING)
    rules: list[tuple[str, Any]] = [("pattern", pattern) for pattern in PATTERNS] if kind == "string" else []
    rules += [(name, count) for name in ("minLength", "maxLength") for count in (1, 2, 3) if kind in ("string", "list")]
    rules += [(name, value) for name in (*BOUNDS, *EXCLUSIVE) for value in VALUES.get(kind, ()) if kind in BOUNDED]
    rules += [("enum", [value]) for value in VALUES.get(kind, ())]
    yield from ({"constraints": {name: value}} for name, value in rules)


def compared(schema: Mapping[str, Any], rows: Sequence[tuple[str, ...]]) -> int:
    """The number of rows that are not in doubt, each of them compared with what Frictionless makes of it."""
    screen = compile_screen(schema)
    if screen is None:
        return 0
    doubts, values, is_repeated = screened(screen, schema, rows)
    assert None not in doubts
    try:
        records, faults = judged(schema, rows)
    except (TypeError, ValueError, ArithmeticError):  # it breaks off: at sNaN, a bound that is none, no delimiter
        assert True in doubts or is_repeated
        return 0
    except DataError:  # the schema is refused
        return 0
    sure = [position for position, doubt in enumerate(doubts) if not doubt]
    for position in sure:
        fault = faults.get(position)
        is_repetition = is_repeated and fault and any(word in fault for word in REPETITION)
        assert fault is None or is_repetition, (schema, rows[position], fault)
        agree(schema, rows[position], records[position], values[position])
    return len(sure)


def agree(schema: Mapping[str, Any], row: tuple[str, ...], record: Mapping[str, Any], values: tuple[Any, ...]) -> None:
    """The readers and DuckDB give what Frictionless gives, type and digits."""
    for field, cell, value in zip(schema["fields"], row, values, strict=True):
        expected, read = record[field["name"]], python_reader(field, schema)
        ours = (read(cell) if read else cell) if cell else None
        assert (repr(ours), type(ours)) == (repr(expected), type(expected)), (field, cell)
        assert value == stored(expected, field["type"]), (field, cell)


@pytest.mark.parametrize("kind", sorted(POOLS))
def test_typed_is_of_the_type_of_the_database(kind: str) -> None:
    asked = f"select typeof({typed({'name': 'a', 'type': kind})}) from (select null::VARCHAR as a)"
    assert DATABASE.execute(asked).fetchall() == [(TYPES.get(kind, TEXT).replace(", ", ","),)]
