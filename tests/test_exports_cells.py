"""What a spreadsheet would change gets a mark, nothing else does, and taking the mark away gives the text back."""

from __future__ import annotations

import contextlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.exports import Job, to_people_csv, to_xlsx
from portal.exports.cells import MARK, disarm
from tests.exports_of_tiny import read_csv, with_more

LANGUAGES = ("eo", "ru")
PIECES = st.lists(
    st.sampled_from(
        [*"0123456789.,:/-+()%$€eE'’ =@#\t\n", "May", "mar", "majo", "мая", "TRUE", "ложь", "N/A", "pm", "x"]
    ),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "00123",
            "41702000000000",
            "1E5",
            "1e-5",
            "12/3",
            "3-5",
            "2019-07",
            "2019-07-18",
            "2019",
            "0",
        ),
        *(
            "1,5",
            "1 000",
            "1\u00a0000",
            "(5)",
            "10 %",
            "$5",
            "5 €",
            "10:30",
            "5 pm",
            "5 a",
            "1.2.2019",
            " 12 ",
            "1'000",
        ),
        *("TRUE", "false", " True ", "ложь", "ИСТИНА", "#N/A", "#REF!", "#NAME?"),
        *("=1+1", " =1", "+7 things", "-- none", "@home", "\tstop", "\rstop", "＝1"),
        *("SEPT2", "MAR-001", "May 5", "5 May 2019", "Dec/19", "5 majo 2019", "5 мая 2019 г.", "янв.19"),
        *("'00123", "''00123", "'=1"),
    ],
)
def test_what_a_spreadsheet_would_change_gets_the_mark(text: str) -> None:
    assert disarm(text, LANGUAGES) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "x",
            "Grant 12",
            "12 kites",
            "KT-001",
            "G-2023-1",
            "E5",
            "May",
            "Mark 1",
            "Mars 5 and more",
            "true story",
        ),
        *(
            "№ 7",
            "# 7",
            "#1",
            "2019–2020",
            "5 мая 2019 года",
            "'quoted'",
            "https://kites.example/2019",
            "a=1",
            "1;2",
            "IV",
        ),
    ],
)
def test_other_text_stays_as_it_is(text: str) -> None:
    assert disarm(text, LANGUAGES) == text


@given(PIECES | st.text())
def test_taking_the_mark_away_gives_the_text_back(text: str) -> None:
    cell = disarm(text, LANGUAGES)
    marked = cell.startswith(MARK) and disarm(cell[1:], LANGUAGES) == cell
    assert (cell[1:] if marked else cell) == text


@given(PIECES)
def test_no_text_that_is_a_number_or_a_day_goes_without_a_mark(text: str) -> None:
    """Whatever Python reads as one; a spreadsheet reads more."""
    for read in (float, date.fromisoformat):
        with contextlib.suppress(ValueError):
            read(text.strip())
            assert disarm(text) == f"'{text}"


@pytest.mark.parametrize("text", ["1" * 40_000 + " x", " " * 40_000 + "x", "1 " * 20_000 + "x", "#" * 40_000 + " "])
def test_a_long_text_takes_no_time(text: str) -> None:
    assert disarm(text) == text


@pytest.mark.parametrize(
    ("change", "title", "cell"),
    [
        ({"id": "00123"}, "Identifier", "'00123"),
        ({"agreement_number": "12/3"}, "Agreement number", "'12/3"),
        ({"title_en": "TRUE"}, "Title (in English)", "'TRUE"),
        ({"decided_on": "2023-03-01"}, "Decided on", "2023-03-01"),
        ({"decided_on": "2023-03"}, "Decided on", "'2023-03"),
        ({"decided_on": "2023"}, "Decided on", "2023"),
        ({"amount_awarded": Decimal("-40000.50")}, "Amount awarded", "-40000.5"),
        ({"year": 2023}, "Year", "2023"),
    ],
)
def test_only_texts_get_the_mark_and_days_stay_days(
    change: dict[str, object], title: str, cell: str, job: Job, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    list(to_people_csv.write(with_more(job, "grants", {"id": "Z-1", **change}), tmp_path, ()))
    rows = read_csv(tmp_path / "data/en/grants.csv", "utf-8-sig")
    assert next(row for row in rows if row["Identifier"] in ("Z-1", "'00123"))[title] == cell


def test_the_workbook_has_texts_without_a_mark(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    values = {"id": "00123", "title_en": "TRUE", "agreement_number": "=1+1", "note_en": "  spaces <&> \x01 _x0041_ "}
    list(to_xlsx.write(with_more(job, "grants", values), tmp_path, ()))
    titles, *rows = openpyxl.load_workbook(tmp_path / "data/en/fantazia.xlsx")["Grants"].iter_rows()
    cells = {str(title.value): cell for title, cell in zip(titles, rows[0], strict=False)}
    assert cells["Identifier"].value == "00123"
    assert (cells["Title (in English)"].value, cells["Title (in English)"].data_type) == ("TRUE", "s")
    assert (cells["Agreement number"].value, cells["Agreement number"].data_type) == ("=1+1", "s")
    note = next(cell.value for cell in rows[0] if isinstance(cell.value, str) and "<&>" in cell.value)
    assert note.startswith("  spaces <&> ")
