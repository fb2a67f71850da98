"""The index holds what the records hold: read again, file by file, at sizes that need several windows and files."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.cells import record_cells
from portal.database import add_tables, open_database
from portal.explorer import About, build, build_index, dimensions, words
from portal.explorer.coding import SIGNS, gaps, signs_of, without_repeats
from portal.explorer.fold import words_of
from portal.exports import Job
from portal.validate import Tables
from tests.explorer_reader import IndexReader, fixed
from tests.explorer_reader import gaps as read_gaps

TABLES = ("amount_groups", "payments", "reports", "amendments", "documents", "sources", "programs", "calls")
CODES = ("spheres", "beneficiary_groups", "grant_statuses", "organization_kinds", "title_bases", "classification_bases")
FIELD_OF = {one.name: one.field for one in dimensions.DIMENSIONS if one.field and "." in one.sql}


@pytest.fixture(scope="module")
def database(tables: Tables) -> Iterator[duckdb.DuckDBPyConnection]:
    opened = open_database(tables)
    add_tables(opened, tables, (*TABLES, *CODES))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def about(job: Job) -> About:
    return About(job.settings.languages, "v", job.settings.currency, job.package.by_name["grants"].fields)


@pytest.fixture(scope="module", params=["one window", "windows", "filed"])
def index(
    request: pytest.FixtureRequest,
    database: duckdb.DuckDBPyConnection,
    about: About,
    tmp_path_factory: pytest.TempPathFactory,
) -> IndexReader:
    """The index of the tiny portal: as a large portal has it, in windows of two grants, and with nothing listed.

    Shared, as each takes a third of a second: do not change it.
    """
    folder = tmp_path_factory.mktemp("index")
    small = replace(about, window=2, first=1, rows=2) if request.param != "one window" else about
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(build, "INLINE_GRANTS", 0)
        patch.setattr(words, "LIST", 2)
        patch.setattr(words, "INSIDE", 2)
        patch.setattr(words, "SHARD", 300)
        if request.param == "filed":
            patch.setattr("portal.explorer.numbering.LISTED", 0)
            patch.setattr("portal.explorer.names.LISTED", 0)
        made = build_index(database, small, folder)
    assert made.inline is None
    written = [path for path in folder.rglob("*.js") if path.name != "files.js"]
    assert (made.files, made.octets) == (len(written) + 1, sum(path.stat().st_size for path in written))
    listed = IndexReader(folder).get("files")["paths"]
    assert sorted(listed) == sorted(path.relative_to(folder).with_suffix("").as_posix() for path in written)
    return IndexReader(folder)


@pytest.fixture
def records(tables: Tables) -> dict[str, dict[str, str]]:
    """Grant -> its cells."""
    resource = tables["grants"].resource
    return {
        record["id"]: dict(zip(resource.field_names, record_cells(record, resource), strict=True))
        for record in tables["grants"].records
    }


def test_rows_hold_every_cell(index: IndexReader, records: dict[str, dict[str, str]]) -> None:
    found = list(index.rows())
    assert len(found) == len(records)
    for number, row in enumerate(found):
        expected = {field: cell for field, cell in records[row["id"]].items() if cell}
        assert row == expected
        assert index.number_of(row["id"]) == number


def test_newest_come_first(index: IndexReader) -> None:
    years = [row["year"] for row in index.rows()]
    assert years == sorted(years, reverse=True)
    if index.windows == 1:
        days = [(row["year"], row.get("decided_on", "")) for row in index.rows()]
        assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("name", sorted(FIELD_OF))
def test_columns_hold_the_values(index: IndexReader, name: str) -> None:
    expected = [row.get(FIELD_OF[name] or "", "") for row in index.rows()]
    assert index.ids_of(name) == expected
    one = index.dimensions[name]
    if "counts" in one:
        counts = {
            one["values"][value]: sum(by_window) for value, by_window in enumerate(one["counts"]) if any(by_window)
        }
        assert counts == Counter(expected)


def test_years_and_amounts(index: IndexReader) -> None:
    rows = list(index.rows())
    assert index.ids_of("year") == [row["year"] for row in rows]
    scale = Decimal(10) ** index.meta["scale"]
    amounts = [row.get("amount_awarded", "") for row in rows]
    assert [str(Decimal(int(text)) / scale) if text else "" for text in index.amounts()] == [
        str(Decimal(amount)) if amount else "" for amount in amounts
    ]
    bounds = [Decimal(bound) for bound in index.meta["bands"]]
    bands = [str(1 + sum(Decimal(amount) >= bound for bound in bounds)) if amount else "" for amount in amounts]
    assert index.ids_of("amount") == bands


def test_paid_and_with_results(index: IndexReader, tables: Tables) -> None:
    paid = {record["grant"] for record in tables["payments"].records if record["paid_on"]}
    told = {record["grant"] for record in tables["reports"].records}
    rows = [row["id"] for row in index.rows()]
    assert index.ids_of("paid") == ["yes" if grant in paid else "no" for grant in rows]
    assert index.ids_of("results") == ["yes" if grant in told else "no" for grant in rows]


def test_keys_are_the_beginnings_of_words(index: IndexReader, about: About) -> None:
    texts = {f"{text}_{language}" for text in words.SEARCHED for language in about.languages}
    expected: dict[str, dict[int, int]] = {}
    for number, row in enumerate(index.rows()):
        for field, cell in row.items():
            if field in texts or field == "id":
                for word in words_of(cell):
                    marks = expected.setdefault(word[:6], {})
                    marks[number] = max(marks.get(number, 0), int(field.startswith("title_")))
    found = {key: dict(codes) for key, _, codes in index.entries() if ":" not in key and "=" not in key}
    listed = all("values" in index.dimensions[name] for name in ("recipient", "call"))
    for key, marks in expected.items():
        assert marks.items() <= found[key].items(), key
    if listed:  # else the names of what is filed are among the keys as well
        partners = {key for key in found if key not in expected}
        assert len(partners) < len(expected)
    order = [key for key, _, _ in index.entries()]
    assert order == sorted(order)


def test_filed_values_have_keys_of_their_own(index: IndexReader) -> None:
    keys = {key: [number for number, _ in codes] for key, _, codes in index.entries()}
    for name, one in index.dimensions.items():
        if one["kind"] == "filed":
            ids = index.ids_of(name)
            for identifier in filter(None, set(ids)):
                assert keys[f"{name}={identifier}"] == [at for at, found in enumerate(ids) if found == identifier]


def test_totals_and_ranges(index: IndexReader, tables: Tables) -> None:
    counted = {record["code"] for record in tables["certainties"].records if record["counted"]}
    rows = list(index.rows())
    sums: Counter[str] = Counter()
    for row in rows:
        if row["certainty"] in counted and "amount_awarded" in row:
            sums[row["currency"]] += Decimal(row["amount_awarded"])  # type: ignore[assignment]
    awarded = {one["currency"]: Decimal(one["amount"]) for one in index.meta["all"]["awarded"]}
    assert awarded == sums
    assert index.meta["all"]["total"] == len(rows)
    runs = index.meta["runs"]
    assert (runs is None) == (index.windows == 1)
    if runs:
        cells = [list(map(int, cell.split(",")[:5])) for cell in runs["cells"].split("|")]
        years = index.values_of("year")
        assert [cell[0] for cell in cells for _ in range(cell[3])] == years
        if runs["program"]:
            assert [cell[2] for cell in cells for _ in range(cell[3])] == index.values_of("program")
        assert sum(cell[4] for cell in cells) == index.meta["all"]["counted"]


def test_places_know_what_lies_around_them(index: IndexReader, tables: Tables) -> None:
    one = index.dimensions["place"]
    parents = {record["id"]: record["parent"] or "" for record in tables["places"].records}
    for place, parent in zip(one["values"][1:], one["parents"][1:], strict=True):
        assert one["values"][parent] == parents[place]


def test_a_small_index_stands_in_the_page(database: duckdb.DuckDBPyConnection, about: About, tmp_path: Path) -> None:
    first, second = (build_index(database, about, tmp_path) for _ in range(2))
    assert first == second
    assert not list(tmp_path.iterdir())
    assert first.inline
    assert json.loads(first.inline["meta"])["n"] == len(json.loads(first.inline["i/0"]))


def test_the_same_records_give_the_same_bytes(
    database: duckdb.DuckDBPyConnection, about: About, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "INLINE_GRANTS", 0)
    trees = []
    for name in ("first", "second"):
        build_index(database, replace(about, window=2, first=1, rows=2), tmp_path / name)
        files = (tmp_path / name).rglob("*.js")
        trees.append({path.relative_to(tmp_path / name): path.read_bytes() for path in files})
    assert trees[0] == trees[1]


@given(st.lists(st.tuples(st.integers(0, 2_000_000), st.integers(0, 1))))
def test_gaps_are_read_again(written: list[tuple[int, int]]) -> None:
    codes = sorted(number * 2 + mark for number, mark in written)
    expected: dict[int, int] = {}
    for code in codes:
        expected[code >> 1] = code & 1
    text = gaps(without_repeats(codes))
    assert list(read_gaps(text)) == list(expected.items())
    assert set(text) <= set(SIGNS)


@pytest.mark.parametrize("size", [1, 93, 94, 8_649, 8_650])
def test_signs_are_read_again(size: int) -> None:
    signs = signs_of(size)
    assert len({len(text) for text in signs}) == 1
    assert [fixed(text) for text in signs] == list(range(size))
