"""load.py and package.py: files become rows, or sentences that say which file, which line, and what to do."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.errors import DataError
from portal.load import RawTable, load_tables
from portal.package import Package, read_package

Load = Callable[[], dict[str, RawTable]]
Faults = Callable[[], list[str]]

HEADER = "id,grant,changed_on,description_eo,description_en,reason_eo,reason_en,source"
ROW = "A-1,G-2024-2,2024-06-01,,Moved,,Storms,S-1"
NOT_UTF8 = (
    "The letters are not stored as UTF-8, so they would come out garbled. "
    "In Excel, save as “CSV UTF-8”; in LibreOffice choose the character set “Unicode (UTF-8)”."
)
LOST = (
    "The file is empty. "
    "Restore it from the last version that worked; even a table without rows needs its line of column names."
)
QUOTATION = (
    "A quotation mark is opened and not closed, or stands in the middle of a cell. "
    'Put the cell in straight quotation marks and double those inside it, as in "the ""Mevo"" project".'
)
ONE_RECORD = (
    "The file must hold one record: names and values, the first after a dash. "
    "Begin the file with “- id:” and indent the other lines by two spaces."
)
NOT_YAML = (
    "The file cannot be read as YAML. "
    "Look at this line and the one before it: a colon, a quotation mark or the indentation is wrong."
)
LACKING = "The file is missing. Put the file there, or correct the path in datapackage.yaml."


@pytest.fixture
def load(tiny: Path, package: Package) -> Load:
    """Reads the copy of the records."""
    return lambda: load_tables(replace(package, folder=tiny))


@pytest.fixture
def faults(load: Load) -> Faults:
    """Reads the copy and says what is wrong with it, one sentence a fault; nothing when it can be read."""

    def sentences() -> list[str]:
        try:
            load()
        except DataError as error:
            return [str(problem) for problem in error.problems]
        return []

    return sentences


def test_rows_know_their_file_and_line(load: Load) -> None:
    grants = load()["grants"].rows
    assert [(row.cells[0], row.file, row.line) for row in grants][3:5] == [
        ("G-2023-4", "grants/2023.csv", 5),
        ("G-2024-1", "grants/2024.csv", 2),
    ]


def test_a_row_after_a_cell_of_several_lines_keeps_its_line(tiny: Path, load: Load) -> None:
    (tiny / "amendments.csv").write_text(f'{HEADER}\nA-1,G-2024-2,,,"one\ntwo\nthree",,,S-1\n{ROW}\n', "utf-8")
    assert [row.line for row in load()["amendments"].rows] == [2, 5]


def test_a_program_file_is_a_row(load: Load) -> None:
    (first, _) = load()["programs"].rows
    assert (first.cells[0], first.file, first.line) == ("kites", "programs/kites.yaml", 1)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"{HEADER}\n", id="no rows"),
        pytest.param(HEADER, id="no rows and no line end"),
        pytest.param(f"\ufeff{HEADER}\n{ROW}\n", id="byte order mark"),
        pytest.param(f"{HEADER}\r\n{ROW}\r\n", id="line ends of Windows"),
        pytest.param(f"{HEADER}\n{ROW}", id="last line without end"),
    ],
)
def test_a_table_as_programs_save_it_is_read(content: str, tiny: Path, faults: Faults) -> None:
    (tiny / "amendments.csv").write_bytes(content.encode())
    assert faults() == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", [f"amendments.csv: {LOST}"], id="empty"),
        pytest.param(b"\xef\xbb\xbf\r\n  ", [f"amendments.csv: {LOST}"], id="only a byte order mark"),
        pytest.param(
            HEADER.replace(",", ";").encode(),
            [
                "amendments.csv, line 1: The columns are divided by semicolons, not by commas. "
                "Save the table again as CSV with a comma between the columns."
            ],
            id="semicolons",
        ),
        pytest.param(
            HEADER.replace(",", "\t").encode(),
            [
                "amendments.csv, line 1: The columns are divided by tabs, not by commas. "
                "Save the table again as CSV with a comma between the columns."
            ],
            id="tabs",
        ),
        pytest.param(
            f"{HEADER}\nA-1,G-2024-2,,,Шторм,,,S-1\n".encode("windows-1251"),
            [f"amendments.csv, line 2: {NOT_UTF8}"],
            id="Windows-1251",
        ),
        pytest.param(f"{HEADER}\n{ROW}\n".encode("utf-16"), [f"amendments.csv, line 1: {NOT_UTF8}"], id="UTF-16"),
        pytest.param(
            f"{HEADER}\n{ROW}\n".encode("utf-16-le"),
            [f"amendments.csv, line 1: {NOT_UTF8}"],
            id="UTF-16 without a mark",
        ),
        pytest.param(
            f"{HEADER}\n{ROW}\nA-2,G-2024-2,,,a\0b,,,S-1\n".encode(),
            [f"amendments.csv, line 3: {NOT_UTF8}"],
            id="zero byte",
        ),
        pytest.param(
            f"{HEADER},source\n{ROW},S-1\n".encode(),
            [
                f"amendments.csv, line 1: The column “source” is there 2 times. The first line must read: {HEADER}",
            ],
            id="a column twice",
        ),
        pytest.param(
            HEADER.replace("changed_on,", "").encode(),
            [
                f"amendments.csv, line 1: The column “changed_on” is missing. The first line must read: {HEADER}",
            ],
            id="a column missing",
        ),
        pytest.param(
            HEADER.replace("changed_on", "chnged_on").encode(),
            [
                "amendments.csv, line 1: The table has no column “chnged_on”. Did you mean “changed_on”?",
                f"amendments.csv, line 1: The column “changed_on” is missing. The first line must read: {HEADER}",
            ],
            id="a column misspelt",
        ),
        pytest.param(
            f"{HEADER},weather".encode(),
            ["amendments.csv, line 1: The table has no column “weather”. Remove it, or add it to the schema."],
            id="a column too much",
        ),
        pytest.param(
            b"grant,id,changed_on,description_eo,description_en,reason_eo,reason_en,source\n",
            [
                "amendments.csv, line 1: The columns stand in another order than in the schema. "
                f"The first line must read: {HEADER}",
            ],
            id="another order",
        ),
        pytest.param(
            f'{HEADER}\n{ROW}\nA-2,G-2024-2,,,"never closed,,,S-1\n'.encode(),
            [f"amendments.csv, line 3: {QUOTATION}"],
            id="quotation mark not closed",
        ),
        pytest.param(
            f'{HEADER}\n{ROW}\nA-2,G-2024-2,,,"the "Mevo" project",,,S-1\n'.encode(),
            [f"amendments.csv, line 3: {QUOTATION}"],
            id="quotation mark in the middle",
        ),
        pytest.param(
            f"{HEADER}\nA-1,G-2024-2,,,{'a' * 10_000_000},,,S-1\n".encode(),
            [
                "amendments.csv, line 2, column description_en: "
                "The cell holds 10000000 characters; 100000 are allowed. "
                "Shorten the text, or publish it as a document and give its address."
            ],
            id="a cell of ten megabytes",
        ),
    ],
)
def test_a_table_that_cannot_be_read_is_named(content: bytes, expected: list[str], tiny: Path, faults: Faults) -> None:
    (tiny / "amendments.csv").write_bytes(content)
    assert faults() == expected


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(b"", LOST, id="empty"),
        pytest.param(b"# nothing here\n", f", line 1: {ONE_RECORD}", id="only a comment"),
        pytest.param(b"id: kites\n", f", line 1: {ONE_RECORD}", id="no list"),
        pytest.param(b"- kites\n", f", line 1: {ONE_RECORD}", id="a list of words"),
        pytest.param(b"- id: kites\n  title_en: Kites: for all\n", f", line 2: {NOT_YAML}", id="a colon in a text"),
        pytest.param(b"- id: kites\n\tlevel: x\n", f", line 2: {NOT_YAML}", id="a tab"),
        pytest.param(b"- id: kites\n- id: [\n", f", line 3: {NOT_YAML}", id="not closed"),
        pytest.param(b"- id: kites\n  approved_on: 2019-02-31\n", f": {NOT_YAML}", id="a day that does not exist"),
        pytest.param(b"- id: !!int ''\n", f": {NOT_YAML}", id="a tag that does not fit"),
        pytest.param(b"- id: " + b"[" * 500, f": {NOT_YAML}", id="brackets without end"),
        pytest.param(
            b"- id: kites\n  titel_en: Kites\n",
            ", line 2: The table has no column “titel_en”. Did you mean “title_en”?",
            id="a name misspelt",
        ),
        pytest.param(
            b"- id: kites\n  [a, b]: Kites\n",
            ", line 2: The table has no column “…”. Remove it, or add it to the schema.",
            id="a name that is a list",
        ),
        pytest.param(
            b"- id: kites\n  level: a\n  level: b\n",
            ", line 3: “level” is written twice. Keep one of the two.",
            id="a name twice",
        ),
        pytest.param("- id: kajtoj ĉiuj\n".encode("utf-16"), f", line 1: {NOT_UTF8}", id="UTF-16"),
    ],
)
def test_a_program_that_cannot_be_read_is_named(content: bytes, expected: str, tiny: Path, faults: Faults) -> None:
    (tiny / "programs" / "kites.yaml").write_bytes(content)
    (found,) = faults()
    assert found == "programs/kites.yaml" + (expected if expected[0] in ",:" else f": {expected}")


@pytest.mark.parametrize("name", ["amendments.csv", "grants/2024.csv", "codelists/units.csv", "programs/kites.yaml"])
def test_a_missing_file_is_named(name: str, tiny: Path, faults: Faults) -> None:
    (tiny / name).unlink()
    assert faults() == [f"{name}: {LACKING}"]


@pytest.mark.parametrize("name", ["grants/2025.csv", "programs/new.yaml", "codelists/colours.csv", "notes.csv"])
def test_a_file_that_no_table_lists_is_named(name: str, tiny: Path, faults: Faults) -> None:
    (tiny / name).write_text("anything\n")
    assert faults() == [
        f"{name}: The file is in the data folder, but no table lists it, so its records would be lost. "
        "Add it to a path in datapackage.yaml, or take it out."
    ]


def test_every_file_is_named_at_once(tiny: Path, faults: Faults) -> None:
    (tiny / "places.csv").unlink()
    (tiny / "terms.csv").write_bytes(b"")
    assert faults() == [f"places.csv: {LACKING}", f"terms.csv: {LOST}"]


def test_a_file_that_would_be_glued_to_the_next_is_named(tiny: Path, faults: Faults) -> None:
    file = tiny / "grants" / "2023.csv"
    file.write_bytes(file.read_bytes().rstrip(b"\n"))
    assert faults() == [
        "grants/2023.csv: The last line has no end, so programs would join it to the first line of the next file. "
        "Press Enter at the end of the last line."
    ]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "", "The file is empty or is not a list of names and values. Restore it from the last version that worked."
        ),
        pytest.param("name: a: b", NOT_YAML.join((", line 1: ", ""))),
        pytest.param("version: 2019-02-31", NOT_YAML),
        pytest.param(
            "resources: []", "The package lists no tables. List the files under “resources”, each with its schema."
        ),
        pytest.param(
            "resources: 5", "The package lists no tables. List the files under “resources”, each with its schema."
        ),
        pytest.param(
            "resources: [{name: grants}]", "Resource number 1 has no name or no path. Give it a name and a path."
        ),
        pytest.param(
            "resources: [{name: grants, path: grants.csv, schema: {fields: []}}]",
            "The table “grants” or its schema is not written as a Table Schema. Compare it with that of another table.",
        ),
        pytest.param(
            "resources: [{name: units, path: codelists/units.csv, schema: schemas/spheres.yaml}]",
            "The column “legal_basis” of “units” refers to the table “legal_bases”, which is not listed. "
            "List that table under “resources”, or correct the schema.",
        ),
    ],
)
def test_a_broken_descriptor_is_explained(content: str, expected: str, tiny: Path) -> None:
    (tiny / "datapackage.yaml").write_text(content)
    with pytest.raises(DataError) as caught:
        read_package(tiny, ("eo", "en"))
    assert str(caught.value) == "datapackage.yaml" + (expected if expected.startswith(",") else f": {expected}")


@pytest.mark.parametrize("name", ["datapackage.yaml", "schemas/grants.yaml"])
def test_a_missing_descriptor_is_named(name: str, tiny: Path) -> None:
    (tiny / name).unlink()
    with pytest.raises(DataError) as caught:
        read_package(tiny, ("eo", "en"))
    assert str(caught.value) == f"{name}: {LACKING}"


BYTES = st.one_of(
    st.binary(max_size=300),
    st.text(max_size=300).map(str.encode),
    st.text(alphabet="id:-[]{}&*!#|>%@`\"'?, \n\t0199-TZ", max_size=200).map(
        lambda text: b"- id: x\n  " + text.encode()
    ),
    st.text(alphabet='",\r\n;a\ufeff', max_size=200).map(lambda text: f"{HEADER}\n{text}".encode()),
)


@settings(max_examples=300, deadline=None)
@given(content=BYTES, name=st.sampled_from(["amendments", "programs"]))
def test_no_bytes_end_in_anything_but_sentences(content: bytes, name: str, package: Package) -> None:
    with tempfile.TemporaryDirectory() as folder:  # a fixture's folder would be shared by all examples
        (Path(folder) / "file").write_bytes(content)
        alone = replace(package.by_name[name], paths=("file",))
        try:
            load_tables(replace(package, folder=Path(folder), resources=(alone,)))
        except DataError as error:
            assert {problem.file for problem in error.problems} == {"file"}


@settings(max_examples=150, deadline=None)
@given(content=BYTES)
def test_no_descriptor_ends_in_anything_but_sentences(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "datapackage.yaml").write_bytes(content)
        with pytest.raises(DataError):
            read_package(Path(folder), ("eo", "en"))
