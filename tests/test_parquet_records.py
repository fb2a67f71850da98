"""Records kept as Parquet: the same portal, the same problems."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from portal.errors import DataError
from portal.load import load_tables
from portal.package import read_package
from portal.parquet_rows import take_parquet
from portal.pipeline import Portal, read_portal, read_tables
from portal.store import ROW, Store
from portal.stored import Stored
from tests.conftest import LANGUAGES
from tests.parquet_of_csv import list_as_parquet, to_parquet
from tests.releases_of_tiny import tiny_settings

TODAY = date(2025, 2, 1)
PART = "grants/year=2024/data_0.parquet"


def portal_of(folder: Path) -> Portal:
    return read_portal(tiny_settings(folder), TODAY)


def problems_of(folder: Path) -> list[str]:
    try:
        return [str(problem) for problem in read_tables(tiny_settings(folder), TODAY)[2]]
    except DataError as error:
        return [str(problem) for problem in error.problems]


def edit(folder: Path, file: str, before: str, after: str) -> None:
    text = (folder / file).read_text(encoding="utf-8")
    assert before in text
    (folder / file).write_text(text.replace(before, after, 1), encoding="utf-8")


def write(file: Path, rows: str, options: str = "format parquet") -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    duckdb.execute(f"copy ({rows}) to '{file}' ({options})")


@pytest.mark.parametrize("is_typed", [True, False])
def test_records_as_parquet_make_the_same_portal(tiny: Path, is_typed: bool) -> None:
    written = portal_of(tiny)
    for name, by in (
        ("grants", "year"),
        ("payments", None),
        ("certainties", None),
        ("sources", None),
        ("calls", "year"),
    ):
        to_parquet(tiny, name, by, is_typed)
    read = portal_of(tiny)
    for name, table in written.tables.items():
        assert [record.values for record in read.tables[name].records] == [record.values for record in table.records]
    for part in fields(written.catalog):
        assert plain(getattr(read.catalog, part.name)) == plain(getattr(written.catalog, part.name)), part.name


def plain(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {key: plain(value) for key, value in part.items()}
    return tuple(part) if isinstance(part, Stored) else part


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("30000", "3O OOO"),
        ("30000", "0"),
        ("30000", "9999999999999999"),
        ("G-2024-2", "G-2024-1"),
        ("G-2024-2", "G 2024 2"),
        ("harbour-council", "harbor-council"),
        ("2025-02-01", "2025-02-30"),
        ("2025-02-01", "01.02.2025"),
        ("S-3", ""),
        ("S-2", "S-2222"),
        ("2024-03-05", "2034-03-05"),
        ("A new lamp", " A new lamp"),
    ],
)
def test_a_fault_is_told_as_in_csv(before: str, after: str, tiny: Path) -> None:
    edit(tiny, "grants/2024.csv", before, after)
    told = problems_of(tiny)
    to_parquet(tiny, "grants", "year", is_typed=False)
    assert PART in "".join(problems_of(tiny))
    assert [as_of_csv(problem) for problem in problems_of(tiny)] == told


def as_of_csv(problem: str) -> str:
    """A CSV file counts its line of names too."""
    return re.sub(f"{PART}, line ([0-9]+)", lambda found: f"grants/2024.csv, line {int(found[1]) + 1}", problem)


def sources(tiny: Path, change: str) -> str:
    return f"select {change} from read_csv('{tiny / 'sources.csv'}', all_varchar = true)"


def listed(tiny: Path, path: str) -> list[str]:
    """What is wrong when the table of sources is listed as Parquet in a path."""
    list_as_parquet(tiny, read_package(tiny, LANGUAGES).by_name["sources"], path)
    with pytest.raises(DataError) as error:
        load_tables(read_package(tiny, LANGUAGES))
    return [str(problem) for problem in error.value.problems if problem.file != "sources.csv"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("*, 1 as titel", "The table has no column “titel”. Did you mean “title”?"),
        ("* exclude (url)", "The column “url” is missing. Write the file with that column; its cells may be empty."),
        (
            "* replace ({'a': 1} as url)",
            "The column “url” holds values of a kind that no cell can hold. "
            "Write it as text, numbers, days or lists of texts.",
        ),
    ],
)
def test_columns_that_do_not_fit_are_named(change: str, expected: str, tiny: Path) -> None:
    write(tiny / "sources/a.parquet", sources(tiny, change))
    assert listed(tiny, "sources/") == [f"sources/a.parquet: {expected}"]


@pytest.mark.parametrize("path", ["sources.parquet", "sources/"])
def test_what_is_not_there_is_named(path: str, tiny: Path) -> None:
    fix = "Put the file there, or correct the path in datapackage.yaml."
    assert listed(tiny, path) == [f"{path}: The file is missing. {fix}"]


@pytest.mark.parametrize("name", ["rowid", "URL"])
def test_a_column_that_duckdb_would_confuse_is_refused(name: str, tiny: Path) -> None:
    schema = tiny / "schemas/sources.yaml"
    fields = yaml.safe_load(schema.read_text("utf-8"))
    fields["fields"].append({"name": name, "type": "string"})
    schema.write_text(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True), "utf-8")
    write(tiny / "sources/a.parquet", sources(tiny, f"*, '' as {name}"))
    assert listed(tiny, "sources/") == [
        "schemas/sources.yaml: A column is called “rowid”, or two columns differ only by capital letters. "
        "Give the column another name, in the schema and in the files, or write the table as CSV."
    ]


def test_a_folder_without_parquet_is_named(tiny: Path) -> None:
    write(tiny / "sources/_temporary/a.parquet", "select 1")
    expected = "sources/: The folder holds no Parquet file. Put the files there; their names end in .parquet."
    assert listed(tiny, "sources/") == [expected]


@pytest.mark.parametrize("kept", [0, 3, 300, -9])
def test_a_torn_file_is_named(kept: int, tiny: Path) -> None:
    file = tiny / "sources/a.parquet"
    write(file, sources(tiny, "*"))
    file.write_bytes(file.read_bytes()[:kept])
    expected = "The file cannot be read as Parquet. Write it again, or restore it from the last version that worked."
    assert listed(tiny, "sources/") == [f"sources/a.parquet: {expected}"]


def test_a_file_beside_those_that_are_listed_is_named(tiny: Path) -> None:
    write(tiny / "sources/a.parquet", sources(tiny, "*"))
    write(tiny / "sources/b.parquet", sources(tiny, "*"))
    (problem,) = listed(tiny, "sources/a.parquet")
    assert problem.startswith("sources/b.parquet: The file is in the data folder, but no table lists it")


def read(folder: Path, path: str, **columns: Mapping[str, Any]) -> tuple[list[tuple[Any, ...]], list[str]]:
    """The cells that the store has of a table with some columns, and what is wrong with them."""
    fields = [{"name": name, **column} for name, column in columns.items()]
    (folder / "schema.yaml").write_text(yaml.safe_dump({"fields": fields}), encoding="utf-8")
    item = {"name": "t", "path": path, "format": "parquet", "schema": "schema.yaml"}
    (folder / "datapackage.yaml").write_text(yaml.safe_dump({"resources": [item]}), encoding="utf-8")
    (resource,) = read_package(folder, ("en",)).resources
    store = Store()
    problems = take_parquet(store, resource, folder)
    return list(store.query(f"select {', '.join(columns)} from t order by {ROW}")), list(map(str, problems))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (
            "repeat('a', 100001)",
            "The cell holds 100001 characters; 100000 are allowed. "
            "Shorten the text, or publish it as a document and give its address.",
        ),
        (
            "['a', 'b;c']",
            "The item “b;c” of the list contains the sign “;”, which stands between items. Write the item without it.",
        ),
    ],
)
def test_a_cell_that_no_csv_could_hold_is_named(value: str, expected: str, tmp_path: Path) -> None:
    write(tmp_path / "a.parquet", f"select null as a union all select {value}")
    _, problems = read(tmp_path, "a.parquet", a={"type": "list", "delimiter": ";"})
    assert problems == [f"a.parquet, line 2, column a: {expected}"]


@pytest.mark.parametrize(
    ("value", "field", "expected"),
    [
        ("'text, \"quoted\"'", {}, 'text, "quoted"'),
        ("''", {}, None),
        ("cast(null as VARCHAR)", {}, None),
        ("null", {"type": "integer"}, None),  # the type of a column in which nothing was ever written
        ("[]", {"type": "list"}, None),
        ("[null]", {"type": "list"}, None),
        ("'text'::BLOB", {}, "text"),
        ("7", {"type": "integer"}, "7"),
        ("7.0::DOUBLE", {"type": "integer"}, "7"),
        ("7.5::DOUBLE", {"type": "integer"}, "7.5"),  # to be refused in the words for CSV
        ("200::UTINYINT", {"type": "integer"}, "200"),
        ("1950000.50::DECIMAL(12, 2)", {"type": "number"}, "1950000.5"),
        ("1000::DECIMAL(12, 2)", {"type": "number"}, "1000"),
        ("1950000.50::DOUBLE", {"type": "number"}, "1950000.5"),
        ("0.1::FLOAT", {"type": "number"}, "0.1"),
        ("1e16::DOUBLE", {"type": "number"}, "10000000000000000"),
        ("1e-7::DOUBLE", {"type": "number"}, "0.0000001"),
        ("'nan'::DOUBLE", {"type": "number"}, "nan"),
        ("1.5::DECIMAL(12, 2)", {"type": "number", "decimalChar": ","}, "1,5"),
        ("true", {"type": "boolean"}, "true"),
        ("false", {"type": "boolean"}, "false"),
        ("cast(null as BOOLEAN)", {"type": "boolean"}, None),
        ("true", {"type": "boolean", "trueValues": ["jes"], "falseValues": ["ne"]}, "jes"),
        ("false", {"type": "boolean", "trueValues": ["jes"], "falseValues": ["ne"]}, "ne"),
        ("DATE '2019-11-05'", {"type": "date"}, "2019-11-05"),
        ("DATE '2019-11-05'", {"type": "string"}, "2019-11-05"),
        ("DATE '2019-11-05'", {"type": "date", "format": "%d.%m.%Y"}, "05.11.2019"),
        ("TIMESTAMP '2019-11-05 00:00:00'", {"type": "date"}, "2019-11-05"),
        ("TIMESTAMP_NS '2019-11-05 00:00:00'", {"type": "date"}, "2019-11-05"),
        ("TIMESTAMPTZ '2019-11-05 00:00:00+00'", {"type": "date"}, "2019-11-05"),
        ("TIMESTAMP '2019-11-05 10:30:00'", {"type": "date"}, "2019-11-05 10:30:00"),  # to be refused
        ("TIMESTAMP '2019-11-05 10:30:00'", {"type": "datetime"}, "2019-11-05T10:30:00"),
        ("['a', 'b']", {"type": "list", "delimiter": ";"}, "a;b"),
        ("['a', 'b']", {"type": "list"}, "a,b"),
        ("cast([] as VARCHAR[])", {"type": "list", "delimiter": ";"}, None),
        ("'a;b'", {"type": "list", "delimiter": ";"}, "a;b"),
    ],
)
def test_a_value_becomes_the_text_of_a_cell(
    value: str, field: dict[str, Any], expected: str | None, tmp_path: Path
) -> None:
    write(tmp_path / "a.parquet", f"select {value} as a")
    assert read(tmp_path, "a.parquet", a=field) == ([(expected,)], [])


@pytest.mark.parametrize(
    ("folder", "expected"),
    [("a=07", "07"), ("a=a%2Fb", "a/b"), ("a=__HIVE_DEFAULT_PARTITION__", None), ("a=", None)],
)
def test_the_name_of_a_folder_is_a_cell(folder: str, expected: str | None, tmp_path: Path) -> None:
    data = tmp_path / "c=1"  # what stands above the data folder is no cell
    write(data / f"t/{folder}/part-0.parquet", "select 1 as b")
    assert read(data, "t/", a={}, b={"type": "integer"}) == ([(expected, "1")], [])


def test_rows_stand_in_the_order_of_their_files(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write(tmp_path / f"t/{name}.parquet", f"select '{name}' || range as a from range(3)")
    write(tmp_path / "t/.c.parquet", "select 'c' as a")  # such files are not those of the publisher
    (tmp_path / "t/_SUCCESS").write_text("")
    rows, problems = read(tmp_path, "t", a={})
    assert [cell for (cell,) in rows] == ["a0", "a1", "a2", "b0", "b1", "b2"]
    assert not problems
