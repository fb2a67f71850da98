"""screen/: Frictionless accepts whatever the screen does not doubt, and reads it the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from portal.database import TEXT, TYPES
from portal.errors import DataError
from portal.load import RawTable, Row
from portal.package import Field, Resource
from portal.screen import Screen, compile_screen, python_reader, repeats, typed
from portal.text import Text
from portal.validate import judge_rows, read_schema

EXAMPLES = 500  # for each of the eleven types
SECOND_VERSION = "https://datapackage.org/profiles/2.0/tableschema.json"  # the one with exclusive bounds
NAMES = ("id", 'two "words"', "select", "жыл")
BLANKS = ("", "", "", " ", "\t", "\n", "\u00a0", "\u200b", "\u3000", "\x1c", "\x01", "\ufeff")
WORDS = ("a", "A", "ab", "b", "abc", "a-b", "ABC", "é", "e\u0301", "ß", "ss", "К", "к", "a\n", "\na", "a\nb", "a.b", "😀",
         "a b", "-", "n/a", "NA", "null", "None", "nan", "'", '"', "a'b", "\\", "%", "_", "1", "x" * 300)  # fmt: skip
NUMBERS = ("0", "1", "5", "-5", "12", "+5", " 5", "5 ", "\u00a05", "5\u2003", "5\n", "\x1f5", "007", "05", "-0", "00",
           "1_000", "1,000", "1 000", "1\u00a0000", "5.", "5.0", "5.00", "0.5", ".5", "-.5", "12.50", "1e3", "1E-3",
           "1e999", "1e-999999999", "NaN", "sNaN", "-Infinity", "inf", "٥", "５", "१.५", "5.٥", "999999999999999",
           "1000000000000000", "-999999999999999.99999999999999999999", "0.12345678901234567890", "4.9999999",
           "0.123456789012345678901", "4.99999999999999999999", "1.2345675", "-1.2345675", "1.23456749", "12,5",
           "1.234,5", "1,234.5", "1'000", ",5", "1,", "0x1F", "--5", "5-", "-", "9" * 40, "1.000.000", "$5", "5 %",
           "€ 5.5", "5abc", "1990", "2100", "2101", "9223372036854775808", "1,2,3", "5.0.0")  # fmt: skip
DAYS = ("2019-02-03", "2019-02-28", "2019-02-29", "2020-02-29", "2019-02-30", "2019-2-3", "2019-04-31", "2019-13-01",
        "2019-00-10", "2019-01-00", "0000-01-01", "0001-01-01", "0019-02-03", "9999-12-31", "10000-01-01", "19-02-03",
        "-001-01-01", "2019-02-03 ", " 2019-02-03", "2019-02-03\n", "2019/02/03", "20190203", "2019-W05-1", "2019-034",
        "2019-02-03T00:00:00", "2019-02-03 10:00", "epoch", "infinity", "-infinity", "today", "2019-02", "2019",
        "٢٠١٩-٠٢-٠٣", "２０１９-02-03", "2019‐02‐03", "03.02.2019", "3.2.2019", "30.02.2019", "29.02.2020",
        "01.01.0000", "01.01.0001", "01.01.0019", "31/12/2019", "12/31/2019", "03 02 2019", "03\t02 2019",
        "2019-02-03 (BC)", "1900-02-29", "1500-02-29", "1582-10-10", "Feb 3 2019", "03.02.19", "1-2-3")  # fmt: skip
TIMES = ("10:00:00", "23:59:59", "23:59:60", "24:00:00", "24:00:01", "10:60:00", "1:2:3", "10:00", "10:00:00Z", "100000",
         "10:00:00.5", "10:00:00+06:00", "٠١:00:00", "2019-02-03T10:00:00", "2019-02-03T24:00:00",
         "2019-02-30T10:00:00", "2019-02-03T10:00:00Z", "2019-02-03T10:00:00+06:00", "2019-02-03T10:00:00.5",
         "2019-02-03 10:00:00", "0000-01-01T00:00:00", "0001-01-01T00:00:00", "9999-12-31T23:59:59",
         "2019-02-03T23:59:60", "2019-02-03t10:00:00", "20190203T100000  ")  # fmt: skip
MONTHS = ("2019", "0019", "0000", "19", "20190", " 201", "201 ", "+201", "-201", "2_19", "1e10", "２０１９", "2019-02",
          "2019-2", "2019-00", "2019-13", "2019-02 ", "0019-02", "-2019-02", "2019-0２")  # fmt: skip
LISTS = ("a;b", "a,b", ";", "a;", ";;", ";;;", "a;;b", "a;;;b", "a, b", ",", "1;2", "1,x", ";".join("x" * 300),
         "a;\u0301b", "a|b", "a||b", "a;a", "a\n;b")  # fmt: skip
TRUTHS = (
    "true",
    "True",
    "TRUE",
    "tRUE",
    "false",
    "False",
    "0",
    "1",
    "yes",
    "no",
    "ja",
    "true ",
    " false",
    "t",
    "истина",
)
ADDRESSES = ("https://a.example", "http://a", "https://", "HTTPS://A.EXAMPLE/Б?q=%20#x", "mailto:a@b.example", "a:b", "a:",
             "1a:b", "://a", "//a", "a b:c", "https://[::1", "https://a b", "https://a\n", "a@b.example", "a@b", "@b.example",
             "a.b+c@d-e.example.org", "a@b..example", "a@-b.example", "a@b.e1", "a@xn--.example", "a@b@c.example",
             "a" * 70 + "@b.example", "é@b.example", "123e4567-e89b-12d3-a456-426614174000", "123E4567E89B12D3A456426614174000",
             "{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-42661417400g", "TQ==", "POINT (1 2)")  # fmt: skip
HOSTILE = (*BLANKS, *WORDS, *NUMBERS, *DAYS, *TIMES, *MONTHS, *LISTS, *TRUTHS, *ADDRESSES)
PATTERNS = ("[a-z]+", "[A-Za-z0-9][A-Za-z0-9._-]*", r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?", "https?://.+",
            "a|b", "^a|b$", "^[A-Z]{1,3}$", "^(a|b)$", ".", ".*", ".+b", "a.b", r"a\.b", r"\w+", r"\s*\d+\s*", r"\W+", r"\D*",
            "[^a]+", r"[^\d]+", r"[^\w.]", "[a\\-b]+", "[-a]+", "[a-]+", "[^-a]*", "(?:ab?)+", "(a?)+", "(|a)*", "(a*)*", "a{,2}",
            "a{2,}", "a{0,2}b?", "x{1,1000}", "(?:x{1,40}){1,40}", "(?i)abc", "(?=a).*", "a(?!b)", r"\ba", r"a\b", r"\Aa\Z",
            r"(a)\1?", "a*?", "a++", "[é]", "е\u0301|é", "[а-я]+", "[[a]", "[&&a]+", "", "a$b", "(?P<x>a)", "a #b", r"a\$", r"\\",
            "[]a]", "{", "a{x}", "[.$]", r"\n", r"[\n]a", "a\nb", "[\t\n ]+", "'", '"', r"\x61", "😀", "[^\n]+")  # fmt: skip
FORMS = (
    "default",
    "any",
    "%d.%m.%Y",
    "%m/%d/%Y",
    "%d %m %Y",
    "%d%m%Y",
    "%d.%m.%y",
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d-%b-%Y",
    "%d.%m",
)
POOLS: Mapping[str, tuple[str, ...]] = {
    "any": (*WORDS, *NUMBERS),
    "boolean": TRUTHS,
    "date": DAYS,
    "datetime": (*TIMES, *DAYS),
    "integer": NUMBERS,
    "list": (*LISTS, *WORDS),
    "number": NUMBERS,
    "string": (*WORDS, *ADDRESSES, *DAYS, *LISTS),
    "time": TIMES,
    "year": (*MONTHS, *NUMBERS),
    "yearmonth": MONTHS,
}
GOOD: Mapping[str, tuple[str, ...]] = {  # fits most schemas here, but for patterns and bounds
    "any": ("a", "b", "5", "é", " "),
    "boolean": ("true", "false", "1", "0"),
    "date": ("2019-02-03", "2020-02-29", "2019-12-31", "0001-01-01", "03.02.2019"),
    "datetime": ("2019-02-03T10:00:00", "2020-02-29T23:59:59", "0001-01-01T00:00:00"),
    "integer": ("0", "5", "12", "-5", "1990"),
    "list": ("a", "a;b", "a,b", "a;;b", ";"),
    "number": ("0", "5", "12.5", "-5.00", "1.2345675", "12,5", "1.234,5", "1 000"),
    "string": ("a", "ab", "A", "abc", "2019-02", "12", "https://a.example", "a@b.example"),
    "time": ("10:00:00", "00:00:00", "23:59:59"),
    "year": ("1990", "2019", "9999"),
    "yearmonth": ("2019-02", "1990-12"),
}
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
    if kind in VALUES:
        if draw(chance(True)):
            asked["enum"] = draw(st.lists(st.sampled_from(VALUES[kind]), min_size=1, max_size=5))
    if kind in BOUNDED:
        bounds = draw(st.sampled_from([(), (), (), (), ("minimum",), ("maximum",), ("minimum", "maximum"), EXCLUSIVE]))
        asked.update({name: draw(st.sampled_from(VALUES[kind])) for name in bounds})
    if kind in ("string", "list"):
        asked.update(minLength=draw(chance(0, 1, 2, 3)), maxLength=draw(chance(0, 1, 2, 3)))
    if kind == "string" and draw(chance(True)):
        asked["pattern"] = draw(st.sampled_from(PATTERNS))
    return {name: value for name, value in asked.items() if value is not None}


EXCLUSIVE = ("exclusiveMinimum", "exclusiveMaximum")
MISSING = ([], [""], ["", "-", "n/a"], ["-"], ["", "0", "a"], ["None"], ["a'b", ""])
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
    seen = {"rows": 0, "good": 0, "accepted": 0}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(table=tables(kind))
    def compare(table: tuple[dict[str, Any], list[tuple[str, ...]]]) -> None:
        schema, rows = table
        screen = compile_screen(schema)
        if screen is None:
            return
        doubts, values, is_repeated = screened(screen, schema, rows)
        assert None not in doubts
        try:
            records, faults = judged(schema, rows)
        except (TypeError, ValueError, ArithmeticError):  # it breaks off: at sNaN, a bound that is none, no delimiter
            assert True in doubts or is_repeated
            return
        except DataError:
            assume(False)
            return
        seen["rows"] += len(rows)
        seen["good"] += len(rows) - len(faults)
        for position, row in enumerate(rows):
            if doubts[position]:
                continue
            seen["accepted"] += 1
            fault = faults.get(position)
            assert fault is None or (is_repeated and any(word in fault for word in REPETITION)), (schema, row, fault)
            agree(schema, row, records[position], values[position])

    compare()
    assert seen["accepted"] > EXAMPLES / 2, seen


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
