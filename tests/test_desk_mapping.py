"""A mapping file: what a publisher says about somebody else's spreadsheet."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from portal.desk.convert import convert
from portal.desk.grid import Cell, Workbook
from portal.desk.layout import find_layout, find_layouts
from portal.desk.mapping import read_mapping
from portal.desk.model import DeskRow
from portal.errors import InputError
from tests.desk_rules import lines, rules_of_proba, sheet

REGISTER = """\
table: grants
language: en
columns:
  title_en: Scheme
  description_en: {column: Description, empty: [Placeholder]}
  amount_awarded: {column: "Value (£,000s)", scale: 1000, decimal: "."}
  decided_on: {column: Start, days: dmy}
  recipient: {column: "Recipient Org:Name", create: {kind: ngo, source: S-1}}
  status: {column: State, values: {closed: completed, open: under_way}}
constants: {funder: MIN, title_basis: source, certainty: confirmed, source: S-1, currency: GBP}
skip: {Sector: [Banks, Insurance]}
"""
HEADER = ["Scheme", "Description", "Value (£,000s)", "Start", "Recipient Org:Name", "State", "Sector", "Contact"]


def written(folder: Path, text: str) -> Path:
    file = folder / "map.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def mapped(folder: Path, *rows: list[str | int | None]) -> tuple[DeskRow, ...]:
    mapping = read_mapping(written(folder, REGISTER), rules_of_proba())
    layout, problems = find_layout(sheet(["Register"], HEADER, *rows), rules_of_proba(), mapping=mapping)
    assert layout
    assert not problems
    return convert(layout, rules_of_proba(), "ru", mapping)


def test_columns_and_constants_become_a_record(tmp_path: Path) -> None:
    (row,) = mapped(tmp_path, ["Kites", "Placeholder", "1.5", "01/04/16", "Hope", "closed", "Health", "J. Smith"])
    assert row.number == 3
    assert row.cells == {
        "title_en": "Kites",
        "amount_awarded": "1500",
        "decided_on": "2016-04-01",
        "recipient": "HOPE",
        "status": "completed",
        "funder": "MIN",
        "title_basis": "source",
        "certainty": "confirmed",
        "source": "S-1",
        "currency": "GBP",
    }


@pytest.mark.parametrize(
    ("written_as", "day"), [("01/04/16", "2016-04-01"), ("31/12/69", "2069-12-31"), ("1/1/70", "1970-01-01")]
)
def test_order_of_the_mapping_allows_years_of_two_digits(written_as: str, day: str, tmp_path: Path) -> None:
    (row,) = mapped(tmp_path, ["Kites", None, 5, written_as, None, None, None])
    assert row.cells["decided_on"] == day


@pytest.mark.parametrize(("written_as", "amount"), [("1.500", "1500"), ("1,500", "1500000"), (2, "2000")])
def test_decimal_sign_of_the_mapping_decides(written_as: str | int, amount: str, tmp_path: Path) -> None:
    (row,) = mapped(tmp_path, ["Kites", None, written_as, None, None, None, None])
    assert row.cells["amount_awarded"] == amount


@pytest.mark.parametrize(
    ("written_as", "year", "says"),
    [
        (date(2016, 4, 1), "2016", []),
        ("01/04/16", "2016", []),
        ("April 2016", "2016", []),
        (2016, "2016", []),
        (42461, "2016", []),
        (None, None, []),
        ("soon", None, ["“soon” is not a day, month or year. Write year, month and day, such as 2019-11-05."]),
    ],
)
def test_year_is_taken_of_a_day(written_as: Cell, year: str | None, says: list[str], tmp_path: Path) -> None:
    text = "table: grants\ncolumns: {title_en: Scheme, decided_on: Day, year: {column: Day, take: year, days: dmy}}\n"
    mapping = read_mapping(written(tmp_path, text), rules_of_proba())
    layout, _ = find_layout(sheet(["Scheme", "Day"], ["Kites", written_as]), rules_of_proba(), mapping=mapping)
    assert layout
    assert [(column.index, column.field) for column in layout.columns] == [
        (0, "title_en"),
        (1, "decided_on"),
        (1, "year"),
    ]
    (row,) = convert(layout, rules_of_proba(), "ru", mapping)
    assert row.cells.get("year") == year
    assert [f"cell B2: {one}" for one in says] == lines(tuple(one for one in row.problems if one.field == "year"))


def test_columns_that_the_mapping_leaves_out_are_told(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, REGISTER), rules_of_proba())
    layout, _ = find_layout(
        sheet(HEADER, ["a", "b", 1, None, "c", "closed", "Health", "J."]), rules_of_proba(), None, mapping
    )
    assert layout
    assert layout.unused == ((6, "Sector"), (7, "Contact"))


def test_rows_that_are_not_wanted_are_rejected(tmp_path: Path) -> None:
    (row,) = mapped(tmp_path, ["Kites", None, 5, None, "New Bank", "closed", "Banks"])
    assert (row.cells["amount_awarded"], row.cells.get("recipient")) == ("5000", None)  # for the sums
    assert lines(row.problems) == [
        "cell G3: The mapping file leaves out the rows whose “Sector” is “Banks”. "
        "Nothing is to be done, unless the row is wanted."
    ]


def test_unknown_names_become_records_once(tmp_path: Path) -> None:
    rows = mapped(
        tmp_path,
        ["A", None, 5, None, "Kite  Club", "closed", None],
        ["B", None, 5, None, "KITE CLUB", "closed", None],
        ["C", None, 5, None, "Клуб", "closed", None],
        ["D", None, 5, None, "care", "closed", None],
        ["E", None, 5, None, "CARE", "closed", None],
    )
    assert [row.cells.get("recipient") for row in rows[:5]] == [
        "kite-club",
        "kite-club",
        "13946cdf",
        "care-f9ed2b54",
        "CARE",
    ]
    assert [(row.table, row.number, dict(row.cells)) for row in rows[5:]] == [
        ("organizations", 3, {"id": "kite-club", "name_en": "Kite Club", "kind": "ngo", "source": "S-1"}),
        ("organizations", 5, {"id": "13946cdf", "name_en": "Клуб", "kind": "ngo", "source": "S-1"}),
        ("organizations", 6, {"id": "care-f9ed2b54", "name_en": "care", "kind": "ngo", "source": "S-1"}),
    ]


def test_column_that_the_sheet_lacks_is_told(tmp_path: Path) -> None:
    mapping = read_mapping(written(tmp_path, REGISTER), rules_of_proba())
    _, problems = find_layout(
        sheet(["Scheme", "Descriptions", "Sector"], ["a", "b", "c"]), rules_of_proba(), None, mapping
    )
    assert lines(problems[:2]) == [
        "row 1: The sheet has no column “Description”, which the mapping file names. Did you mean “Descriptions”?",
        "row 1: The sheet has no column “Value (£,000s)”, which the mapping file names. "
        "Correct the title in the mapping file, or take it out.",
    ]


def test_mapping_can_name_the_sheet_and_the_row_of_titles(tmp_path: Path) -> None:
    text = "table: grants\nsheet: Data\nheader: 3\ncolumns: {title_en: Scheme, year: Year}\n"
    mapping = read_mapping(written(tmp_path, text), rules_of_proba())
    page = sheet(["Scheme", "Year"], [], ["Scheme", "Year"], ["A", 2019], name="Data")
    other = sheet(["Scheme", "Year"], ["B", 2019], name="Old")
    layouts, _, others = find_layouts(Workbook("a.xlsx", "xlsx", (page, other)), rules_of_proba(), mapping=mapping)
    assert [(layout.sheet, layout.header, len(layout.rows)) for layout in layouts] == [("Data", 3, 1)]
    assert [(name, str(why)) for name, why in others] == [("Old", "The mapping file is about another sheet.")]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("table: grants", "tabel: grants", "names “tabel” in “map.yaml”, which is not known. Did you mean “table”?"),
        ("table: grants", "table: grant", "names “grant” in “table”, which is not known. Did you mean “grants”?"),
        ("table: grants", "sheet: A", "lacks “table” in “map.yaml”. Add it."),
        ("title_en:", "titel_en:", "names “titel_en” in “columns”, which is not known. Did you mean “title_en”?"),
        ("funder:", "fundr:", "names “fundr” in “constants”, which is not known. Did you mean “funder”?"),
        ("funder: MIN", "status: completed", "gives “status” a column and a constant. Keep one."),
        ("scale: 1000", "scale: thousand", "says “thousand” for “scale”. Write a number, such as 1000."),
        ("scale: 1000", "sale: 1000", "names “sale” in “amount_awarded”, which is not known. Did you mean “scale”?"),
        ('decimal: "."', "decimal: x", "says “x” for “decimal”. Write a comma or a full stop in quotation marks."),
        ("days: dmy", "take: month", "says “month” for “take”. Write one of year."),
        ("days: dmy", "days: d", "says “d” for “days”. Write one of dmy, mdy, ymd."),
        ("{kind: ngo", "{kin: ngo", "names “kin” in “create”, which is not known. Did you mean “kind”?"),
        ("{kind: ngo", "{id: x", "says “id” for “create”. Identifiers and names are made from the cell"),
        ("language: en", "language: fr", "names “fr” in “language”, which is not known. Allowed values: ky, ru, en."),
        ("language: en", "header: first", "says “first” for “header”. Write the number of the row."),
        ("[Placeholder]", "{a: b}", "for “empty”. Write the values as a list."),
        ("{closed: completed", "{closed: [a]", "for “values”. Write one value."),
        ("  title_en: Scheme", "  title_en: [Scheme]", "for “title_en”. Write the title of the column."),
        ("language: en", "language: [en", "map.yaml cannot be read as YAML; look at line"),
        ("{column: Start, days: dmy}", "{days: dmy}", "lacks “column” in “decided_on”. Add it."),
        ("{column: Start, days: dmy}", "{column: Start, create: {}}", "for “decided_on”: it refers to no table."),
    ],
)
def test_fault_of_the_mapping_file_is_a_sentence(before: str, after: str, sentence: str, tmp_path: Path) -> None:
    assert before in REGISTER
    with pytest.raises(InputError) as caught:
        read_mapping(written(tmp_path, REGISTER.replace(before, after, 1)), rules_of_proba())
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("- a\n", "The mapping file map.yaml is not a list of names and values."),
        ("table: grants\n", "The mapping file names no columns."),
        ("table: grants\ncolumns: [a]\n", "Write names and values, one a line."),
    ],
)
def test_file_that_is_no_mapping(text: str, sentence: str, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_mapping(written(tmp_path, text), rules_of_proba())
    assert sentence in str(caught.value)


def test_mapping_file_that_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"map.yaml cannot be read: No such file or directory\. Correct its name"):
        read_mapping(tmp_path / "map.yaml", rules_of_proba())
