"""`python -m portal import spreadsheet` as a person runs it: told first, written with --yes, the same when repeated."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from portal.__main__ import main
from tests import desk_files
from tests.desk_portal import make_desk_portal
from tests.plugin_left_out import ROOT

SETTINGS = """from pathlib import Path
PORTAL = {{
    "name": {{"ky": "Desk", "ru": "Desk", "en": "Desk"}},
    "languages": ("ky", "ru", "en"),
    "data": Path({data!r}),
    "translations": Path({translations!r}),
    "currency": "KGS",
    "currency_names": {{"KGS": {{"ky": "сом", "ru": "сом", "en": "som"}}}},
}}
"""
TITLES = ["№", "Кем выдан", "Получатель", "Название (на русском)", "Откуда название", "Сумма, тыс. сом", "Год"]
TITLES += ["Дата решения", "Состояние", "Достоверность", "Источник"]
FIRST = ["1", "Министерство проб", 'ОФ "Забота"', "Лагерь", "source", "250,5", "2026", "12.05.2026", "Присуждён"]
FIRST = [*FIRST[:2], "CARE", *FIRST[3:], "Подтверждён", "S-1"]
SECOND = ["2", "MIN", "ОО Надежда", "Приют", "source", "1 200", "2026", "05.06.2026", "присужден", "confirmed", "S-1"]
FAULTY = ["3", "MIN", "Фонд «Звезда»", "Хоспис", "source", "12O", "2026", "скоро", "Присуждён", "confirmed", "S-1"]
TOTAL = ["", "Итого", "", "", "", "1450,5"]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of a small portal; its settings lie beside it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795910400")  # 2026-11-29
    folder = tmp_path / "data"
    make_desk_portal(folder)
    text = SETTINGS.format(data=str(folder), translations=str(ROOT / "theme/translations"))
    (tmp_path / "pelicanconf.py").write_text(text, "utf-8")
    return folder


@pytest.fixture
def run(data: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Import a file; return the exit status, what was printed, and the complaints."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        settings = ["--settings", str(data.parent / "pelicanconf.py"), "--lang", "en"]
        status = main(["import", "spreadsheet", *map(str, arguments), *settings])
        printed = capsys.readouterr()
        return status, printed.out.replace("\u00a0", " "), printed.err

    return run


def as_csv(path: Path, rows: Sequence[Sequence[str]], encoding: str = "windows-1251") -> Path:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def as_workbook(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    return as_sheets(path, {"Лист1": rows})


def as_sheets(path: Path, sheets: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    book.save(path)
    return path


def content_of(folder: Path) -> dict[str, bytes]:
    """Every file of the folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_written_without_yes(run: Run, data: Path, tmp_path: Path) -> None:
    before = content_of(data)
    status, told, _ = run(as_csv(tmp_path / "отчёт.csv", [["Реестр"], [], TITLES, FIRST, SECOND, TOTAL]))
    assert status == 0
    assert "Grants, rows: 2. New: 2, changed: 0, unchanged: 0, rejected: 0." in told
    assert (
        "Amount awarded: the file has 1,450,500 som. The records had 2,450,000.5 som and will have 3,900,500.5" in told
    )
    assert "Nothing is written yet." in told
    assert content_of(data) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "pelicanconf.py", "отчёт.csv"]


def test_second_run_changes_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST, SECOND])
    status, told, _ = run(file, "--yes")
    assert status == 0
    assert "Written: grants/2026.csv, datapackage.yaml." in told
    written = content_of(data)
    status, told, _ = run(file, "--yes")
    assert status == 0
    assert "New: 0, changed: 0, unchanged: 2, rejected: 0." in told
    assert "There is nothing to write: the records say all of this already." in told
    assert content_of(data) == written


def test_written_records_pass_the_check(run: Run, data: Path, tmp_path: Path) -> None:
    run(as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST, SECOND]), "--yes")
    assert main(["check", "--settings", str(tmp_path / "pelicanconf.py")]) == 0
    rows = list(csv.DictReader(io.StringIO((data / "grants/2026.csv").read_text("utf-8"))))
    assert [(row["recipient"], row["amount_awarded"], row["currency"], row["decided_on"]) for row in rows] == [
        ("CARE", "250500", "KGS", "2026-05-12"),
        ("HOPE", "1200000", "KGS", "2026-06-05"),
    ]
    assert {row["added_on"] for row in rows} == {"2026-11-29"}


def test_changed_cell_changes_one_value(run: Run, data: Path, tmp_path: Path) -> None:
    run(as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST, SECOND]), "--yes")
    before = (data / "grants/2026.csv").read_text("utf-8").splitlines()
    status, told, _ = run(as_csv(tmp_path / "новый.csv", [TITLES, [*FIRST[:5], "300", *FIRST[6:]], SECOND]), "--yes")
    assert status == 0
    assert "“Amount awarded” becomes “300,000”; it was “250,500”." in told
    after = (data / "grants/2026.csv").read_text("utf-8").splitlines()
    assert [one == other for one, other in zip(before, after, strict=True)] == [True, False, True]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rejected_rows_come_back_and_can_be_mended(run: Run, tmp_path: Path, form: str) -> None:
    rows = [TITLES, FIRST, FAULTY]
    file = (as_csv if form == "csv" else as_workbook)(tmp_path / f"отчёт.{form}", rows)
    status, told, _ = run(file, "--yes")
    assert status == 1
    assert "“12O” is not a number." in told
    rejected = tmp_path / f"отчёт.rejected.{form}"
    if form == "csv":
        assert rejected.read_bytes().startswith(b"\xef\xbb\xbf")
        back = list(csv.reader(io.StringIO(rejected.read_text("utf-8-sig"))))
    else:
        page = openpyxl.load_workbook(rejected).worksheets[0]
        back = [[str(cell or "") for cell in row] for row in page.iter_rows(values_only=True)]
    assert [row[: len(TITLES)] for row in back] == [TITLES, FAULTY]
    assert back[0][len(TITLES) :] == ["Identifier", "What to mend"]
    assert "is not a number" in back[1][-1]
    run(file, "--yes")
    assert not (tmp_path / f"отчёт.rejected-2.{form}").exists()
    mended = [back[0], [*FAULTY[:2], "HOPE", *FAULTY[3:5], "12", "2026", "2026", *back[1][8:]]]
    status, told, _ = run(as_workbook(rejected, mended), "--yes")
    assert (status, "New: 1, changed: 0, unchanged: 0, rejected: 0." in told) == (0, True)


def test_new_organization_and_its_grant_come_together(run: Run, tmp_path: Path) -> None:
    organization = ["ngo", "Фонд «Радуга»", "S-1"]
    sheets = {
        "Гранты": [TITLES, [*FIRST[:2], "Фонд «Радуга»", *FIRST[3:]]],
        "Организации": [["Вид", "Название (на русском)", "Источник"], organization],
    }
    as_sheets(tmp_path / "книга.xlsx", sheets)
    status, told, complaint = run(tmp_path / "книга.xlsx", "--yes")
    assert (status, complaint) == (0, "")
    assert "Written: grants/2026.csv, organizations.csv, datapackage.yaml." in told
    assert run(tmp_path / "книга.xlsx", "--yes")[1].count("New: 0, changed: 0, unchanged: 1, rejected: 0.") == 2


def test_json_says_the_same(run: Run, tmp_path: Path) -> None:
    status, told, _ = run(as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST, FAULTY]), "--format", "json")
    answer = json.loads(told)
    assert status == 1
    assert answer["rows"] == {"new": 1, "changed": 0, "unchanged": 0, "rejected": 1}
    assert answer["problems"][1] == {
        "sheet": "отчёт.csv",
        "row": 3,
        "column": "F",
        "field": "amount_awarded",
        "level": "error",
        "sentence": "“12O” is not a number. Write digits and a full stop, such as 1950000.50, or leave the cell empty.",
    }
    assert answer["tables"]["grants"]["sums"] == [
        {
            "field": "amount_awarded",
            "currency": "KGS",
            "given": "250500",
            "taken": "250500",
            "rejected": "0",
            "before": "2450000.5",
            "after": "2700500.5",
        }
    ]


def test_two_files_with_one_identifier_write_nothing_of_the_second(run: Run, tmp_path: Path) -> None:
    titles = ["id", "grant", "tranche", "amount", "currency", "source", "planned_on"]
    row = ["PAY-1", "G-1", "1", "5000", "KGS", "S-1", "2019-12"]
    files = [as_csv(tmp_path / name, [titles, row]) for name in ("one.csv", "two.csv")]
    status, told, _ = run(*files)
    assert status == 1
    assert "Sheet “two.csv”, cell A2: The identifier “PAY-1” is already used in sheet “one.csv”, row 2." in told


def test_empty_cells_keep_what_is_recorded_unless_cleared(run: Run, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "отчёт.csv", [["Идентификатор", "Дата решения", "Где"], ["G-1", "", "ozero"]])
    assert "“Decided on”: 1 empty cells; what is recorded stays." in run(file, "--table", "grants")[1]
    status, told, _ = run(file, "--table", "grants", "--clear", "--yes")
    assert "“Decided on” becomes empty; it was “November 5, 2019”." in told
    assert status == 0


def test_source_of_all_new_records_can_be_given(run: Run, tmp_path: Path) -> None:
    file = as_csv(tmp_path / "отчёт.csv", [TITLES[:-1], FIRST[:-1]])
    assert "The sheet has no column “Source”" in run(file)[1]
    assert run(file, "--source", "S-1")[0] == 0
    assert run(file, "--source", "S-7")[::2] == (
        2,
        "The records have no source “S-7”. Write the identifier of one they have.\n",
    )


def test_blocked_file_writes_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    before = content_of(data)
    row = [*FIRST[:5], "9000", "2019", "2019", *FIRST[8:]]
    file = as_csv(tmp_path / "отчёт.csv", [[*TITLES, "Программа"], [*row, "P-1"], [*SECOND, ""]])
    status, told, _ = run(file, "--yes")
    assert status == 1
    assert "budgets.csv, line 2: 11450000.50 KGS was awarded in the program “P-1” in 2019, out of a budget of" in told
    assert "Nothing was written, and nothing can be until the records above are corrected." in told
    assert content_of(data) == before


def test_marked_spreadsheet_is_written_beside(run: Run, tmp_path: Path) -> None:
    file = as_workbook(tmp_path / "отчёт.xlsx", [TITLES, FIRST, FAULTY])
    status, told, _ = run(file, "--annotate", tmp_path / "out.xlsx")
    assert (status, "Your file, with every problem marked in it: " in told) == (1, True)
    assert openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[1]["F3"].comment is not None


BAD: dict[str, tuple[str, bytes | None, str]] = {  # what is wrong -> (name, content, begin of the sentence)
    "no such file": ("нет.xlsx", None, "The file "),
    "an empty file": ("a.csv", b"", "a.csv is empty."),
    "a NUL": ("a.csv", b"id,grant\0\n1,2\n", ""),
    "an open quotation mark": ("a.csv", b'id,grant,amount\n1,"2,3\n4,5,6\n', ""),
    "an image": ("a.csv", desk_files.PNG, ""),
    "a password": ("a.xlsx", desk_files.locked_xlsx(), ""),
    "a broken workbook": ("a.xlsx", desk_files.xlsx_octets([["a"]])[:200], ""),
    "an old workbook": ("a.xls", desk_files.old_xls(), ""),
    "a zip bomb": ("a.xlsx", desk_files.zip_bomb(400), ""),
    "no table": ("a.csv", b"one,two\n3,4\n", "No sheet of a.csv has a row with titles of columns"),
}


@pytest.mark.parametrize("case", BAD)
def test_file_that_cannot_be_used_is_a_sentence(case: str, run: Run, data: Path, tmp_path: Path) -> None:
    name, content, start = BAD[case]
    before = content_of(data)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, told, complaint = run(tmp_path / name, "--yes")
    assert (status, told) == (2, "")
    assert complaint.startswith(start)
    assert complaint.endswith(".\n")
    assert complaint.count("\n") == 1
    assert content_of(data) == before


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--into", "/nowhere"], "/nowhere holds no records: it has no datapackage.yaml."),
        (["--table", "nothing"], "There is no table “nothing”. The tables are: organizations,"),
        (["--annotate", "{file}"], "is the file to be read. Choose another name to write to."),
        (["{file}", "--annotate", "out.xlsx"], "Problems can be marked in one file at a time."),
        (["--mapping", "nothing.yaml"], "The file nothing.yaml cannot be read: No such file or directory."),
    ],
)
def test_command_that_cannot_be_used_is_a_sentence(
    arguments: list[str], sentence: str, run: Run, tmp_path: Path
) -> None:
    file = as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST])
    status, told, complaint = run(file, *(one.format(file=file) for one in arguments))
    assert (status, told) == (2, "")
    assert sentence in complaint


def test_records_with_errors_of_their_own_take_nothing(run: Run, data: Path, tmp_path: Path) -> None:
    (data / "payments.csv").unlink()
    status, _, complaint = run(as_csv(tmp_path / "отчёт.csv", [TITLES, FIRST]), "--yes")
    assert status == 1
    assert complaint.startswith("payments.csv: The file is missing.")
    assert "The records themselves have faults." in complaint
