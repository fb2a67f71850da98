"""CSV for people opened in a spreadsheet program as by a double click: every cell is what the records say."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from portal.__main__ import load_settings
from portal.exports import Job, to_people_csv
from portal.exports.cells import MARK, disarm
from portal.exports.columns import Column, people_columns
from portal.i18n import Translations
from portal.pipeline import read_portal
from portal.validate import Tables
from tests.exports_of_tiny import tiny_job, with_more
from tests.plugin_left_out import ROOT

AUTOMATIC = (
    "false,true,false,false,false,-1,true"  # types as the program sees them, numbers in words, formulas computed
)
ENGLISH, RUSSIAN = 1033, 1049  # as Windows counts languages
LANGUAGES = ("eo", "en", "ru")  # of the tiny portal here: its texts are looked at in a Russian program
AWKWARD = (
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
        "TRUE",
        "false",
        "ложь",
    ),
    *("=1+1", "+7 things", "-- none", "@home", "\tstop", "'00123", "''=1+1", "'quoted'", "SEPT2", "MAR-001", "May 5"),
    *(
        "5 мая 2019",
        "янв.19",
        "10:30",
        "5 pm",
        "1,5",
        "1 000",
        "(5)",
        "10 %",
        "$5",
        "#N/A",
        "#REF!",
        " 12 ",
        "1.2.2019",
    ),
    *("Grant 12", "E5", "KT-001", "one\ntwo", "№ 7", 'a "word"; and, more'),
)


def real_job() -> Job:
    """The records that the project ships with."""
    settings = load_settings(ROOT / "pelicanconf.py")
    day = date(2026, 11, 25)
    return Job(read_portal(settings, day), settings, Translations(settings.translations), day)


@pytest.fixture(scope="module")
def jobs(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Job]:
    """The tiny portal with grants whose texts are hard to tell from numbers, and the real one."""
    tiny = tiny_job(tables, tmp_path_factory.mktemp("words"))
    tiny = replace(tiny, settings=replace(tiny.settings, languages=LANGUAGES))
    changes = (
        {"id": f"A-{number:02}", "title_en": text, "agreement_number": text} for number, text in enumerate(AWKWARD)
    )
    return {"tiny": with_more(tiny, "grants", *changes, {"id": "00123"}), "real": real_job()}


@pytest.fixture(scope="module")
def files(jobs: Mapping[str, Job], tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Job, str, str]]:
    """Name without ending -> the CSV file, what it was written from, its language and table."""
    folder = tmp_path_factory.mktemp("csv")
    found = {}
    for name, job in jobs.items():
        output = folder / name
        (output / "data").mkdir(parents=True)
        for download in to_people_csv.write(job, output, ()):
            assert download.language and download.resource
            key = f"{name}-{download.language}-{download.resource}"
            path = (output / download.path).rename(folder / f"{key}.csv")
            found[key] = (path, job, download.language, download.resource)
    return found


@pytest.fixture(scope="module")
def opened(files: Mapping[str, tuple[Path, Job, str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with all of them as an English spreadsheet program understood them."""
    return open_in_spreadsheet([path for path, *_ in files.values()], ENGLISH, tmp_path_factory.mktemp("opened"))


def open_in_spreadsheet(paths: list[Path], language: int, folder: Path) -> Path:
    """Let LibreOffice open CSV files and save them as workbooks into the folder."""
    program = shutil.which("soffice")
    assert program
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML"),
        f"--infilter=CSV:44,34,76,1,,{language},{AUTOMATIC}",
        *("--outdir", str(folder), *map(str, paths)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


def only_sheet(path: Path) -> Worksheet:
    """The sheet of a workbook that was made from a CSV file."""
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return sheet


@pytest.mark.spreadsheet
def test_a_spreadsheet_shows_every_cell_as_the_records_have_it(
    files: Mapping[str, tuple[Path, Job, str, str]], opened: Path
) -> None:
    compared = 0
    for name, (_, job, language, table) in files.items():
        columns = people_columns(job, job.package.by_name[table], language)
        header, *rows = only_sheet(opened / f"{name}.xlsx").iter_rows()
        assert [without_mark(cell.value, job.settings.languages) for cell in header] == [
            column.title for column in columns
        ], name
        assert len(rows) == len(job.rows[table]), name
        for record, row in zip(job.rows[table], rows, strict=True):
            for column, cell in zip(columns, row, strict=False):
                assert cell.data_type not in ("f", "e"), f"{name} {cell.coordinate}: {cell.value}"
                expected = as_shown(column, record.values[column.field.name])
                found = without_mark(cell.value, job.settings.languages) if isinstance(expected, str) else cell.value
                assert same(expected, found), f"{name} {cell.coordinate}: {found!r} in place of {expected!r}"
                compared += 1
    assert compared > 20_000


@pytest.mark.spreadsheet
def test_a_spreadsheet_in_another_language_leaves_texts_alone(
    files: Mapping[str, tuple[Path, Job, str, str]], tmp_path: Path
) -> None:
    """There 1,5 is a number and 1.5 a day or a text, and other words are true."""
    path, *_ = files["tiny-en-grants"]
    folder = open_in_spreadsheet([path], RUSSIAN, tmp_path)
    header, *rows = only_sheet(folder / f"{path.stem}.xlsx").iter_rows(values_only=True)
    title, agreement = header.index("Title (in English)"), header.index("Agreement number")
    found = {row[0]: (row[title], row[agreement]) for row in rows}
    for number, text in enumerate(AWKWARD):
        assert found[f"A-{number:02}"] == (disarm(text, LANGUAGES),) * 2
    assert "'00123" in found


def as_shown(column: Column, value: Any) -> Any:
    """What a person should see: a number, a day as date, a text without carriage returns; None for an empty cell."""
    shown = column.shown(value)
    if isinstance(shown, str) and column.field.partial_date and column.names is None:
        if len(shown) == len("2019"):
            return int(shown)
        return date.fromisoformat(shown) if len(shown) == len("2019-07-18") else shown
    if isinstance(shown, str):
        return shown or None
    return float(shown) if isinstance(shown, Decimal) else shown


def same(expected: Any, found: Any) -> bool:
    if isinstance(expected, date):
        return isinstance(found, datetime) and found.date() == expected
    if isinstance(expected, str):
        return isinstance(found, str) and found.splitlines() == expected.splitlines()
    if isinstance(expected, float):
        return isinstance(found, int | float) and found == expected
    return type(found) is type(expected) and found == expected


def without_mark(value: object, languages: tuple[str, ...]) -> object:
    """The text of a cell, as a person gets it who takes the mark away where one stands."""
    if isinstance(value, str) and value.startswith(MARK) and disarm(value[1:], languages) == value:
        return value[1:]
    return value
