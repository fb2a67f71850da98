"""csv_rows.py and store.py: what is taken is kept as Python's csv reads it; everything else is left to load.py."""

from __future__ import annotations

import gc
import multiprocessing
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import portal.load
from portal.csv_rows import take_csv
from portal.errors import DataError
from portal.load import load_tables
from portal.package import Field, Package, Resource
from portal.screen import python_reader
from portal.store import Store
from portal.stored import Selection, StoredRows
from portal.tables import Record, Row
from portal.text import Text

EXAMPLES = 150
NUMBERS = count()  # of the tables: a store has each name once
NO_TEXT = Text.of({})
SIGNS = (
    b"a", b"bc", b"12", b"\xd0\xb6", b"\xf0\x9f\x98\x80", b'"', b'""', b'"""', b",", b",,", b" ", b"\t", b"\n", b"\n\n",
    b"\r", b"\r\n", b"\0", b"\xef\xbb\xbf", b"\xff", b"\xc3", b"\x1a", b"\xe2\x80\xa8", b"\xc2\x85", b"\x0b", b"\\",
    b'\\"', b"'", b";", b"#", b"NULL",
)  # fmt: skip
WHOLE = (
    b"", b"", b"a", b"12", b"\xd0\xb6", b" a ", b'""', b'"a"', b'"a,b"', b'"a ""b"" c"', b'"a\nb"', b'"\n\n"', b'"\n"',
    b'" "', b"NULL", b'"NULL"', b"#", b"'", b"\xef\xbb\xbf", b"\xc2\xa0",
)  # fmt: skip
ODD = (
    b' "a"',
    b'"a" ',
    b'a"b',
    b'a""b',
    b'"a"b"',
    b'"a\rb"',
    b'"a\r\nb"',
    b'"a',
    b'a"',
    b'""a',
    b'"""',
    b"\0",
    b"\xff",
)


def resource(columns: int, files: int = 1) -> Resource:
    """A table of texts with a name that no other has."""
    names = ("id", "title", "note, or not")[:columns]
    fields = tuple(Field(name, "string", NO_TEXT, NO_TEXT, required=False, constraints={}) for name in names)
    schema = {"fields": [{"name": name} for name in names]}
    paths = tuple(f"{number}.csv" for number in range(files))
    return Resource(f"table-{next(NUMBERS)}", NO_TEXT, NO_TEXT, paths, "csv", fields, "id", schema, "schema.yaml")


@pytest.fixture(scope="module")
def store() -> Store:
    return Store()


@st.composite
def rows_as_written(draw: st.DrawFn, columns: int) -> bytes:
    """Rows that are mostly right: seldom a cell too few or too many, another line end or a strange cell."""
    end = draw(st.sampled_from([b"\n", b"\n", b"\n", b"\r\n"]))
    made = b""
    for _ in range(draw(st.integers(0, 5))):
        width = draw(st.sampled_from([columns] * 20 + [columns - 1, columns + 1, 0]))
        cells = [draw(st.sampled_from(WHOLE * 8 + ODD)) for _ in range(width)]
        made += b",".join(cells) + draw(st.sampled_from([end] * 20 + [b"\n", b"\r", b"\r\n", b"", b"\n\n"]))
    return made


@st.composite
def files(draw: st.DrawFn) -> tuple[int, list[bytes]]:
    """Number of columns, and the octets of one or two files."""
    columns = draw(st.integers(2, 3))
    header = {1: b"id", 2: b"id,title", 3: b'id,title,"note, or not"'}[columns]
    made = []
    for _ in range(draw(st.sampled_from([1, 1, 1, 2]))):
        noise = st.lists(st.sampled_from(SIGNS), max_size=8).map(b"".join)
        body = draw(st.one_of(rows_as_written(columns), rows_as_written(columns), noise))
        first = draw(st.sampled_from([header] * 20 + [header + b",x", b"id", header + b" ", b"\n" + header, b""]))
        made.append(draw(st.sampled_from([b""] * 9 + [b"\xef\xbb\xbf"])) + first + b"\n" + body)
    return columns, made


def rows_of(table: Resource, folder: Path) -> list[Row] | None:
    """As load.py reads them with Python's csv, one by one; None when it finds a fault in a file."""
    found: list[Row] = []
    try:
        for path in table.paths:
            found.extend(portal.load._read_csv(folder / path, path, table))
    except DataError:
        return None
    return found


def require_the_same(store: Store, columns: int, contents: Sequence[bytes]) -> bool:
    """Whether the store takes the files; if so, it must have the same rows."""
    table = resource(columns, len(contents))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for path, content in zip(table.paths, contents, strict=True):
            (folder / path).write_bytes(content)
        expected = rows_of(table, folder)
        taken = take_csv(store, table, folder)
    if taken:
        assert list(StoredRows(Selection(store, table))) == expected
    return taken


@settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
@given(made=files())
@example(made=(2, [b'id,title\n"a"b,c\n', b"id,title\n"]))
@example(made=(2, [b"id,title\na\n,b\n"]))
@example(made=(2, [b'id,title\na,b\n"c', b'id,title\nd",e\n']))
@example(made=(2, [b"id,title\r\na,b\nc,d\r\n"]))
def test_the_store_has_the_rows_of_pythons_csv_or_says_no(made: tuple[int, list[bytes]], store: Store) -> None:
    require_the_same(store, *made)


EVERYDAY = (
    pytest.param(b"id,title\n", id="no rows"),
    pytest.param(b"id,title\na,b\nc,\n,d\n", id="empty cells"),
    pytest.param(b"\xef\xbb\xbfid,title\na,b\n", id="byte order mark"),
    pytest.param(b"id,title\r\na,b\r\nc,d\r\n", id="line ends of Windows"),
    pytest.param(b'id,title\na,"b, ""c"""\nd,e\n', id="quotation marks"),
    pytest.param(b'id,title\na,"b\n\nc"\nd,"e\nf"\ng,h\n', id="cells of several lines"),
    pytest.param("id,title\nж,\U0001f600 ’\n".encode(), id="letters of several octets"),
    pytest.param(b"id,title\n NULL ,'#\\\n", id="signs that mean something elsewhere"),
)


@pytest.mark.parametrize("content", EVERYDAY)
def test_a_table_as_programs_save_it_is_taken(content: bytes, store: Store) -> None:
    assert require_the_same(store, 2, [content])
    assert require_the_same(store, 2, [content, content])


DOUBTFUL = (
    pytest.param(b"", id="empty file"),
    pytest.param(b"id,title", id="no end of the line of names"),
    pytest.param(b"id,title\na,b", id="no end of the last line"),
    pytest.param(b"title,id\na,b\n", id="other order of the columns"),
    pytest.param(b"id;title\na;b\n", id="semicolons"),
    pytest.param(b"id,title\na\n", id="a cell too few"),
    pytest.param(b"id,title\na,b,\n", id="an empty cell too many"),
    pytest.param(b"id,title\na,b\n\nc,d\n", id="an empty line"),
    pytest.param(b"id,title\na,b\n\n", id="an empty line at the end"),
    pytest.param(b'id,title\na,"b\n', id="a quotation mark that is not closed"),
    pytest.param(b'id,title\na,"b" \n', id="a blank behind a quotation mark"),
    pytest.param(b"id,title\na,b\rc,d\n", id="a carriage return in a line"),
    pytest.param(b"id,title\r\na,b\nc,d\r\n", id="two sorts of line ends"),
    pytest.param(b'id,title\r\na,"b\r\nc"\r\n', id="a line end of Windows in a cell"),
    pytest.param(b"id,title\na,\xff\n", id="not UTF-8"),
    pytest.param(b"id,title\na,b\0\n", id="zero"),
    pytest.param(b"id,title\na," + b"x" * 100_001 + b"\n", id="a cell that is too long"),
)


@pytest.mark.parametrize("content", DOUBTFUL)
def test_a_table_with_anything_odd_is_read_with_more_care(content: bytes, store: Store) -> None:
    assert not require_the_same(store, 2, [content])
    assert not require_the_same(store, 2, [b"id,title\na,b\n", content])


def test_a_cell_of_the_longest_kind_is_taken(store: Store) -> None:
    assert require_the_same(store, 2, [b"id,title\n" + b"x" * 100_000 + b",b\n"])


def test_a_table_of_one_column_is_read_with_more_care(store: Store) -> None:
    """Python's csv has a row without any cell for an empty line."""
    assert not require_the_same(store, 1, [b"id\na\n\nb\n"])


@pytest.mark.parametrize(("large", "stored"), [(22, True), (23, False)])
def test_a_table_goes_into_the_store_when_its_files_are_large_together(
    large: int, stored: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal.load, "LARGE", large)
    table = resource(2, files=2)
    (tmp_path / "0.csv").write_text("id,title\na,b\n", "utf-8")  # 13 octets
    (tmp_path / "1.csv").write_text("id,title\n", "utf-8")  # 9 octets
    rows = load_tables(Package(tmp_path, NO_TEXT, NO_TEXT, (table,), {"resources": []}))[table.name].rows
    assert isinstance(rows, StoredRows) is stored
    assert list(rows) == [Row(("a", "b"), "0.csv", 2)]


# Cells of a column, their readers, the values that Frictionless saw, and the cells in the store after that.
MENDED = (
    pytest.param(["1"], [Decimal(1)], ["1"], id="plain already"),
    pytest.param(["1.50", None], [Decimal("1.5"), None], ["1.5", None], id="read the same, and written plainly"),
    pytest.param([" 7 "], [Decimal(7)], ["7"], id="only Frictionless can read it"),
    pytest.param(["1e2"], [Decimal(100)], ["100"], id="an exponent"),
    pytest.param(["-"], [None], [None], id="a sign for a missing value"),
)


@pytest.mark.parametrize(("cells", "values", "expected"), MENDED)
def test_cells_that_were_in_doubt_are_written_plainly(
    cells: list[str | None], values: list[Any], expected: list[str | None], store: Store, tmp_path: Path
) -> None:
    rows = numbers(store, tmp_path, cells)
    assert mend(rows, values)
    found = [cell for (cell,) in rows.selection.select('"title"')]
    assert [cell and Decimal(cell) for cell in found] == [cell and Decimal(cell) for cell in expected]
    assert all(cell is None or cell == cell.strip() for cell in found)


def test_an_empty_column_is_not_read_until_it_has_a_cell(store: Store, tmp_path: Path) -> None:
    rows = numbers(store, tmp_path, [None, None])
    table = rows.selection.resource
    assert store.filled(table) == ("id",)
    assert [row.cells for row in rows] == [("0", ""), ("1", "")]
    store.write(table, [(1, "title", "7")])
    store.end_writing()
    assert [row.cells for row in rows] == [("0", ""), ("1", "7")]


def test_a_value_that_has_no_plain_form_is_not_mended(store: Store, tmp_path: Path) -> None:
    rows = numbers(store, tmp_path, ["x"])
    assert not mend(rows, ["a text where the reader makes a number"])


def numbers(store: Store, folder: Path, cells: Iterable[str | None]) -> StoredRows:
    """A stored table whose second column is of numbers."""
    table = resource(2)
    table = replace(table, fields=(table.fields[0], replace(table.fields[1], type="number")))
    lines = [f"{number},{cell or ''}\n" for number, cell in enumerate(cells)]
    (folder / "0.csv").write_text("".join(["id,title\n", *lines]), "utf-8")
    assert take_csv(store, table, folder)
    return StoredRows(Selection(store, table))


def mend(rows: StoredRows, values: Iterable[Any]) -> bool:
    """Write what Frictionless read into the cells."""
    records = [Record({"id": str(number), "title": value}, "0.csv", number + 2) for number, value in enumerate(values)]
    return rows.mend(records, (None, python_reader({"name": "title", "type": "number"})))


def test_the_folder_is_gone_when_nobody_holds_the_store(tmp_path: Path) -> None:
    store = Store()
    rows = numbers(store, tmp_path, ["1"])
    folder = store.folder
    assert len(rows) == 1
    del store
    gc.collect()
    assert folder.exists()
    del rows
    gc.collect()
    assert not folder.exists()


def test_a_folder_can_be_removed_while_somebody_holds_the_store(tmp_path: Path) -> None:
    store = Store()
    rows = numbers(store, tmp_path, ["1"])
    assert len(rows) == 1
    store.remove()
    assert not store.folder.exists()


def test_the_end_of_a_process_removes_what_it_made_and_nothing_else(store: Store, tmp_path: Path) -> None:
    """Also of a process like that in which Pelican builds while it serves: it ends without atexit."""
    kept: list[Store] = []

    def work() -> None:
        kept.append(Store())
        numbers(kept[0], tmp_path, ["1"])
        results.put(kept[0].folder)

    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=work)
    child.start()
    folder = results.get(timeout=60)
    child.join()
    assert child.exitcode == 0
    assert not folder.exists()
    assert store.folder.exists()


def test_what_does_not_fit_into_the_memory_is_kept_beside_the_rows(store: Store, tmp_path: Path) -> None:
    numbers(store, tmp_path, ["1"])
    for _ in ("the connection that wrote", "another one"):
        assert next(store.query("select current_setting('temp_directory')")) == (str(store.folder / "spilled"),)
        store.close()


def test_a_process_reads_what_this_one_has_just_written(store: Store, tmp_path: Path) -> None:
    rows = numbers(store, tmp_path, map(str, range(5_000)))
    assert len(rows) == 5_000
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    child = context.Process(target=lambda: results.put(len(list(rows))))
    child.start()
    assert results.get(timeout=60) == 5_000
    child.join()
    assert len(list(rows)) == 5_000


def test_rows_of_large_files_keep_their_order_and_lines(store: Store, tmp_path: Path) -> None:
    """Two processors read them, in pieces of 8 MB, and write groups of rows."""
    table = resource(2, files=2)
    count, long = 60_000, "word " * 60
    for number, path in enumerate(table.paths):
        with (tmp_path / path).open("w", encoding="utf-8") as stream:
            stream.write("id,title\n")
            for row in range(count):
                broken = "\n" if row % 1_000 == 500 else " "
                stream.write(f'{number}-{row},"{long}{broken}{row}"\n')
    assert take_csv(store, table, tmp_path)
    rows = StoredRows(Selection(store, table))
    seen = [(row.file, row.cells[0], row.line) for row in rows]
    assert seen == [
        (path, f"{number}-{row}", row + 2 + (row + 499) // 1_000)
        for number, path in enumerate(table.paths)
        for row in range(count)
    ]


def test_processes_read_at_once(store: Store, tmp_path: Path) -> None:
    rows = numbers(store, tmp_path, map(str, range(5_000)))
    store.end_writing()
    first = iter(rows)
    assert next(first).cells == ("0", "0")  # this process is in the middle of reading
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    children = [context.Process(target=lambda: results.put(sum(int(row.cells[1]) for row in rows))) for _ in range(2)]
    for child in children:
        child.start()
    assert [results.get(timeout=60) for _ in children] == [sum(range(5_000))] * 2
    for child in children:
        child.join()
        assert child.exitcode == 0
    assert sum(int(row.cells[1]) for row in first) == sum(range(5_000))
