"""Identifiers that the desk made come back in the spreadsheet, and the spreadsheet finds its records by them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portal.__main__ import main
from tests.desk_portal import make_desk_portal, write_settings

TITLES = ("Кем выдан", "Название (на русском)", "Год", "Состояние", "Источник")
FIRST = ("MIN", "Кризисный центр", 2019, "Присуждён", "S-1")
SECOND = ("MIN", "Дом для пожилых людей", 2019, "Присуждён", "S-1")
FAULTY = ("MIN", "Столовая", "2O19", "Присуждён", "S-1")


def workbook(path: Path, *rows: tuple[Any, ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(path)
    return path


def last_sheet(path: Path) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(path).worksheets[-1].iter_rows(values_only=True))


@pytest.fixture
def take(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs the import on a portal of its own: file, more words of the command -> what it says as JSON."""
    make_desk_portal(tmp_path / "data")
    settings = write_settings(tmp_path, tmp_path / "data")

    def run(file: Path, *words: str) -> Any:
        main(
            [
                "import",
                "spreadsheet",
                str(file),
                "--settings",
                str(settings),
                "--lang",
                "ru",
                "--format",
                "json",
                *words,
            ]
        )
        return json.load(io.StringIO(capsys.readouterr().out))

    return run


def test_a_sheet_without_identifiers_gets_a_column_of_them(take: Any, tmp_path: Path) -> None:
    sent, back = workbook(tmp_path / "a.xlsx", ("Гранты",), TITLES, FIRST, FAULTY), tmp_path / "back.xlsx"
    made = [one["id"] for one in take(sent, "--annotate", str(back))["records"] if one["fate"] == "new"]
    assert last_sheet(back) == [
        ("Гранты", None, None, None, None, None),
        (*TITLES, "Идентификатор"),
        (*FIRST, *made),
        (*FAULTY, None),
    ]


def test_an_empty_cell_of_the_column_is_filled_and_a_filled_one_stays(take: Any, tmp_path: Path) -> None:
    rows = [("Идентификатор", *TITLES), ("OWN-1", *FIRST), (None, *SECOND)]
    sent, back = workbook(tmp_path / "a.xlsx", *rows), tmp_path / "back.xlsx"
    made = [one["id"] for one in take(sent, "--annotate", str(back))["records"]]
    assert [row[0] for row in last_sheet(back)] == ["Идентификатор", "OWN-1", made[1]]


def test_a_row_finds_its_record_by_the_identifier_when_all_else_changes(take: Any, tmp_path: Path) -> None:
    sent, back = workbook(tmp_path / "a.xlsx", TITLES, FIRST, SECOND), tmp_path / "back.xlsx"
    take(sent, "--yes", "--annotate", str(back))
    assert take(back)["rows"] == {"new": 0, "changed": 0, "unchanged": 2, "rejected": 0}
    book = openpyxl.load_workbook(back)
    book.worksheets[-1]["B2"] = "Центр помощи"
    book.save(back)
    assert take(back)["rows"] == {"new": 0, "changed": 1, "unchanged": 1, "rejected": 0}
