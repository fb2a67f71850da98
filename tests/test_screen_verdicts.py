"""screen/: Frictionless accepts whatever the screen does not doubt, and reads it the same way.

5,100 tables are made by chance: 3,300 here, and 1,800 in test_screen_plain.py, where each is compared in two forms.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from random import Random
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

pytestmark = pytest.mark.long

EXAMPLES = 300  # for each of the eleven types here, and of the six in test_screen_plain.py
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
SELDOM, SELDOM_OR_NOT, SELDOM_LONG = chance(True), chance(True, False), chance(0, 1, 2, 3)
SELDOM_MISSING = chance(*MISSING)
BOUNDED_BY = st.sampled_from([(), (), (), (), ("minimum",), ("maximum",), BOUNDS, EXCLUSIVE])
OTHERS: tuple[tuple[str, ...], ...] = ((), (), (), ("string",), ("integer", "list"), ("date", "any"), ("number",))


# Strategies are made once, not for each table: to make them took more than half of the time of drawing a table.
@cache
def constraints(kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """What may be asked of a type, each seldom enough that some cells pass."""
    value, pattern = st.sampled_from(VALUES.get(kind, ("",))), st.sampled_from(PATTERNS)
    values = st.lists(value, min_size=1, max_size=5)

    @st.composite
    def drawn(draw: st.DrawFn) -> dict[str, Any]:
        asked: dict[str, Any] = {"required": draw(SELDOM_OR_NOT), "unique": draw(SELDOM_OR_NOT)}
        if kind in VALUES and draw(SELDOM):
            asked["enum"] = draw(values)
        if kind in BOUNDED:
            asked.update({name: draw(value) for name in draw(BOUNDED_BY)})
        if kind in ("string", "list"):
            asked.update(minLength=draw(SELDOM_LONG), maxLength=draw(SELDOM_LONG))
        if kind == "string" and draw(SELDOM):
            asked["pattern"] = draw(pattern)
        return asked

    return drawn().map(filled)


@cache
def fields(name: str, kind: str) -> st.SearchStrategy[dict[str, Any]]:
    """A field as a publisher may write it."""
    options = {option: chance(*values) for option, values in TYPE_OPTIONS.get(kind, {}).items()}
    whole = {"name": st.just(name), "type": st.just(kind), "missingValues": SELDOM_MISSING}
    return st.fixed_dictionaries({**whole, "constraints": constraints(kind), **options}).map(filled)


def filled(drawn: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in drawn.items() if value is not None}


@cache
def tables(kind: str) -> st.SearchStrategy[tuple[dict[str, Any], list[tuple[str, ...]]]]:
    """A schema whose first column is of the type, and rows."""
    return st.sampled_from(OTHERS).flatmap(lambda others: tables_of((kind, *others)))


@cache
def tables_of(kinds: tuple[str, ...]) -> st.SearchStrategy[tuple[dict[str, Any], list[tuple[str, ...]]]]:
    """The same of columns of these types. Rows are drawn with a seed: Hypothesis repeats itself, and came to a third of
    the rows and a quarter of the different cells in more time; a failure names its row without any shrinking.
    """
    names = NAMES[: len(kinds)]
    columns = st.tuples(*(fields(name, kind) for name, kind in zip(names, kinds, strict=True)))
    keys = st.sampled_from([None] * 7 + [list(names[:1]), names[0], list(names)])
    pools = [cells(kind) for kind in kinds]
    seeds = st.integers(0, 2**32)

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[dict[str, Any], list[tuple[str, ...]]]:
        schema: dict[str, Any] = {"fields": list(draw(columns))}
        if any(name in field["constraints"] for field in schema["fields"] for name in EXCLUSIVE):
            schema["$schema"] = SECOND_VERSION
        key, missing = draw(keys), draw(SELDOM_MISSING)
        schema |= {"primaryKey": key} if key else {}
        schema |= {"missingValues": missing} if missing is not None else {}
        by_chance = Random(f"{draw(seeds)} {schema}")  # a small seed comes often, but not with the same schema
        return schema, [tuple(map(by_chance.choice, pools)) for _ in range(by_chance.randint(1, 20))]

    return drawn()


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
    if all(doubts):  # nothing to compare: so it is for four of ten tables of numbers
        return 0
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
