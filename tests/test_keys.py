"""validate.py and keys.py for tables that stay in their store: the verdict of tables in memory, to the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import portal.load
from portal.cells import csv_line
from portal.csv_rows import take_csv
from portal.errors import DataError, Problem
from portal.load import RawTable, load_tables
from portal.package import Package
from portal.store import Store
from portal.stored import Selection, StoredRows
from portal.validate import Tables, dangling_keys, judge_rows, judge_stored, read_schema, validate_tables
from tests.test_validate import CASES, RAGGED, case_row

Case = tuple[str, Mapping[str, Any], str]
WRITTEN: list[Case] = [
    (name, cells, says)
    for name, cells, says in CASES
    if name != "programs" and all(isinstance(cell, str) for cell in cells.values())
]


@pytest.fixture(scope="module")
def raw(package: Package) -> dict[str, RawTable]:
    """The rows of the tiny portal, in memory."""
    return load_tables(package)


@pytest.fixture(scope="module")
def store() -> Store:
    return Store()


def in_store(table: RawTable, rows: Sequence[Sequence[str]], store: Store, folder: Path, name: str) -> RawTable:
    """A table of these rows, written to a file and taken into the store."""
    resource = replace(table.resource, name=name, paths=("broken.csv",))
    lines = [csv_line(cells, "\n") for cells in (resource.field_names, *rows)]
    (folder / "broken.csv").write_text("".join(lines), "utf-8")
    assert take_csv(store, resource, folder)
    return RawTable(resource, StoredRows(Selection(store, resource)))


def test_most_cases_can_be_written_in_a_file() -> None:
    assert len(WRITTEN) > 30
    assert len({name for name, _, _ in WRITTEN}) > 5


@pytest.mark.parametrize("number", range(len(WRITTEN)))
def test_a_broken_cell_of_a_stored_table_is_explained_alike(
    number: int, raw: dict[str, RawTable], store: Store, tmp_path: Path
) -> None:
    name, cells, _ = WRITTEN[number]
    rows = [[*row.cells] for row in raw[name].rows] + [[*case_row(raw[name], dict(cells), 1).cells]]
    written = in_store(raw[name], rows, store, tmp_path, f"{name}-{number}")
    schema = read_schema(written.resource)
    table, problems = judge_rows(replace(written, rows=tuple(written.rows)), schema)
    stored, told = judge_stored(written, read_schema)
    assert told == problems
    if not problems:
        assert list(stored.records) == list(table.records)


def test_wrong_rows_of_stored_files_are_told_in_the_same_order(
    tiny: Path, package: Package, raw: dict[str, RawTable], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = replace(package, folder=tiny)
    rows = [(name, case_row(raw[name], dict(cells), line).cells) for line, (name, cells, _) in enumerate(WRITTEN)]
    rows += [(name, cells) for name, cells, _ in RAGGED]  # their table is left to Python's csv
    for name, cells in rows:
        with (tiny / copy.by_name[name].paths[-1]).open("a", encoding="utf-8", newline="") as stream:
            stream.write(csv_line(cells, "\n"))
    expected = faults(load_tables(copy))
    assert len(expected) == len(rows)
    monkeypatch.setattr(portal.load, "LARGE", 200)  # octets; code lists are smaller
    stored = load_tables(copy)
    assert isinstance(stored["payments"].rows, StoredRows)
    assert not isinstance(stored["amount_groups"].rows, StoredRows)
    assert faults(stored) == expected


def faults(read: Mapping[str, RawTable]) -> list[str]:
    """What is wrong with the records."""
    with pytest.raises(DataError) as caught:
        validate_tables(read)
    return [str(problem) for problem in caught.value.problems]


# Edits of payments (P-1, P-2) and grants; each makes keys dangle, alone or beside other faults.
DANGLING: Mapping[str, tuple[tuple[str, str, dict[str, str]], ...]] = {
    "one": (("payments", "P-1", {"grant": "G-2023-9"}),),
    "two alike": (("payments", "P-1", {"grant": "no"}), ("payments", "P-2", {"grant": "no"})),
    "an empty one points nowhere": (("payments", "P-1", {"source": ""}),),
    "beside a wrong sum in the same row": (("payments", "P-1", {"grant": "no", "amount": "12O"}),),
    "beside a wrong sum in another row": (
        ("payments", "P-1", {"amount": "12O", "paid_on": "2023-99"}),
        ("payments", "P-2", {"grant": "no"}),
    ),
    "a key that is wrong in itself": (("payments", "P-1", {"grant": "no good/key"}),),
    "the key of the other table is wrong": (("grants", "G-2023-1", {"id": "G 2023/1"}),),
    "letters that look alike": (("payments", "P-1", {"grant": "G-2О23-1"}),),
    "another case": (("payments", "P-1", {"grant": "g-2023-1"}),),
    "blanks around": (("payments", "P-1", {"grant": " G-2023-1"}),),
    "in a list": (("grants", "G-2023-1", {"partners": "lighthouse;nobody"}),),
    "twice the same identifier": (("payments", "P-2", {"id": "P-1", "grant": "no"}),),
}


TOUCHED = ("grants", "payments")


def told(tables: Tables, written: Mapping[str, RawTable]) -> list[Problem]:
    """The problems of some tables and of their keys, beside the other tables of the tiny portal."""
    judged = {name: judge_stored(table, read_schema) for name, table in written.items()}
    all_tables = {**tables, **{name: table for name, (table, _) in judged.items()}}
    problems = [problem for _, found in judged.values() for problem in found]
    return problems + [problem for name in written for problem in dangling_keys(all_tables[name], all_tables)]


@pytest.mark.parametrize("edits", DANGLING.values(), ids=DANGLING)
def test_dangling_keys_of_stored_tables_are_told_alike(
    edits: Sequence[tuple[str, str, dict[str, str]]],
    raw: dict[str, RawTable],
    tables: Tables,
    tmp_path: Path,
) -> None:
    written, store = {}, Store()
    for table in TOUCHED:
        rows = [dict(zip(raw[table].resource.field_names, row.cells, strict=True)) for row in raw[table].rows]
        for name, identifier, cells in edits:
            if name == table:
                next(row for row in rows if row["id"] == identifier).update(cells)
        written[table] = in_store(raw[table], [[*row.values()] for row in rows], store, tmp_path, table)
    in_memory = {name: replace(table, rows=tuple(table.rows)) for name, table in written.items()}
    assert told(tables, written) == told(tables, in_memory)
