"""`python -m portal check` as a person runs it: bad records end in sentences, never in a traceback."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from errno import EACCES
from pathlib import Path

import pytest

from portal import __main__ as portal_command
from tests.plugin_left_out import ROOT

pytestmark = pytest.mark.long

TINY = ROOT / "tests/data/tiny"
TRANSLATIONS = ROOT / "theme/translations"
SETTINGS = """from pathlib import Path
PORTAL = {{
    "name": {{"eo": "Subvencioj", "en": "Grants"}},
    "languages": ("eo", "en"),
    "data": Path({data!r}),
    "translations": Path({translations!r}),
    "currency": "XTS",
}}
"""
LONG = "x" * 10_000_000
HEADER = "id,grant,tranche,planned_on,paid_on,amount,currency,note_eo,note_en,source\n"

Change = Callable[[Path], object]  # of the data folder


def payments(rows: str, encoding: str = "utf-8") -> Change:
    """Replace the rows of the payments."""
    return lambda data: (data / "payments.csv").write_bytes((HEADER + rows).encode(encoding))


BAD: dict[
    str, tuple[Change, str, int | None, str]
] = {  # what is wrong -> (how it comes about, where it is, line, what is said of it)
    "a missing file": (
        lambda data: (data / "payments.csv").unlink(),
        "payments.csv",
        None,
        "The file is missing.",
    ),
    "an empty file": (
        lambda data: (data / "payments.csv").write_bytes(b""),
        "payments.csv",
        None,
        "The file is empty.",
    ),
    "another delimiter": (
        lambda data: (data / "payments.csv").write_text(HEADER.replace(",", ";"), "utf-8"),
        "payments.csv",
        1,
        "The columns are divided by semicolons, not by commas.",
    ),
    "Windows-1251": (
        payments("P-1,G-2023-1,1,,2023-04-03,20000,XTS,,Первый транш,S-1\n", "cp1251"),
        "payments.csv",
        2,
        "The letters are not stored as UTF-8, so they would come out garbled.",
    ),
    "an identifier that is there twice": (
        payments("P-1,G-2023-1,1,,2023,20000,XTS,,,S-1\nP-1,G-2023-1,2,,2023,20000,XTS,,,S-1\n"),
        "payments.csv",
        3,
        "The identifier “P-1” is already used in payments.csv, line 2.",
    ),
    "a reference to nothing": (
        payments("P-1,G-2032-1,1,,2023,20000,XTS,,,S-1\n"),
        "payments.csv",
        2,
        "“G-2032-1” points at a record that does not exist in grants",
    ),
    "a day that no calendar has": (
        payments("P-1,G-2023-1,1,,31.02.2019,20000,XTS,,,S-1\n"),
        "payments.csv",
        2,
        "“31.02.2019” is not a day",
    ),
    "spaces in an amount": (
        payments("P-1,G-2023-1,1,,2023,1 950 000,XTS,,,S-1\n"),
        "payments.csv",
        2,
        "“1 950 000” is not a number. Write 1950000: digits only",
    ),
    "a cell of 10 MB": (
        payments(f"P-1,G-2023-1,1,,2023,20000,XTS,,{LONG},S-1\n"),
        "payments.csv",
        2,
        "The cell holds 10000000 characters; 100000 are allowed.",
    ),
    "a program that is not YAML": (
        lambda data: (data / "programs/kites.yaml").write_text('- id: kites\n  title_en: "Kites\n', "utf-8"),
        "programs/kites.yaml",
        3,
        "The file cannot be read as YAML.",
    ),
    "a schema that is gone": (
        lambda data: (data / "schemas/payments.yaml").unlink(),
        "schemas/payments.yaml",
        None,
        "The file is missing.",
    ),
}


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A folder with the tiny records and a settings file for them."""
    shutil.copytree(TINY, tmp_path / "data")
    settings = SETTINGS.format(data=str(tmp_path / "data"), translations=str(TRANSLATIONS))
    (tmp_path / "pelicanconf.py").write_text(settings, encoding="utf-8")
    return tmp_path


def check(portal: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in the folder and see that whatever it says, it is words."""
    done = subprocess.run(
        [sys.executable, "-m", "portal", "check", *arguments],
        check=False,
        capture_output=True,
        encoding="utf-8",
        cwd=portal,
        env={**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", **environment},
        timeout=120,
    )
    assert "Traceback" not in done.stdout + done.stderr, done.stderr
    return done


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_told_in_a_sentence(fault: str, portal: Path) -> None:
    change, file, line, sentence = BAD[fault]
    change(portal / "data")
    done = check(portal, "--lang", "en")
    where = f"{file}, line {line}" if line else file
    told = [one for one in done.stdout.splitlines() if one.startswith(where) and sentence in one]
    assert len(told) == 1, done.stdout[:2000]
    assert len(told[0]) < 600
    assert done.stdout.splitlines()[-1].endswith("The records cannot be published.")
    assert done.returncode == 1


@pytest.mark.parametrize("fault", BAD)
def test_a_fault_is_told_in_russian(fault: str, portal: Path) -> None:
    change, file, line, sentence = BAD[fault]
    change(portal / "data")
    done = check(portal, "--lang", "ru")
    where = f"{file}, строка {line}" if line else file
    told = [one for one in done.stdout.splitlines() if one.startswith(where)]
    assert told, done.stdout[:2000]
    assert sentence not in done.stdout
    assert done.stdout.splitlines()[-1].startswith("1 ошибка, ")
    assert done.stdout.splitlines()[-1].endswith(". Записи нельзя публиковать.")
    assert done.returncode == 1


@pytest.mark.parametrize("language", ["en", "ru", "ky"])
def test_good_records_end_in_a_count_without_errors(language: str, portal: Path) -> None:
    done = check(portal, "--lang", language)
    assert done.stdout.splitlines()[-1].startswith("0 ")
    assert done.returncode == 0


def test_markup_in_a_title_is_no_fault_as_it_is_published_as_text(portal: Path) -> None:
    table = portal / "data/payments.csv"
    table.write_text(HEADER + "P-1,G-2023-1,1,,2023,20000,XTS,,<script>alert(1)</script><b>,S-1\n", "utf-8")
    assert check(portal, "--lang", "en").returncode == 0


def test_several_faults_are_told_at_once(portal: Path) -> None:
    payments("P-1,G-2023-1,one,,2023,1 950 000,XTS,,,S-99\n")(portal / "data")
    done = check(portal, "--lang", "en")
    assert done.stdout.splitlines()[-1].startswith("3 errors, ")


def test_github_shows_a_fault_beside_its_line(portal: Path) -> None:
    payments("P-1,G-2023-1,1,,2023,100%,XTS,,,S-1\n")(portal / "data")
    done = check(portal, "--lang", "en", "--format", "github", GITHUB_WORKSPACE=str(portal))
    note = next(one for one in done.stdout.splitlines() if one.startswith("::error"))
    assert note.startswith(
        "::error file=data/payments.csv,line=2::payments.csv, line 2, column amount: “100%25” is not"
    )
    assert done.returncode == 1


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--settings", "nowhere.py"], "There is no settings file nowhere.py."),
        (["--lang", "xx"], "There are no messages in “xx”."),
        (["--settings", "typo.py"], "typo.py, line 1: this is not Python"),
        (["--settings", "misspelt.py"], "Did you mean “languages”?"),
        (["--settings", "empty.py"], "PORTAL is not set."),
    ],
)
def test_wrong_settings_end_in_a_sentence(arguments: list[str], says: str, portal: Path) -> None:
    (portal / "typo.py").write_text("PORTAL = {", encoding="utf-8")
    (portal / "misspelt.py").write_text('PORTAL = {"langauges": ("en",)}', encoding="utf-8")
    (portal / "empty.py").write_text("", encoding="utf-8")
    done = check(portal, *arguments)
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.returncode == 2


@pytest.mark.parametrize(("system", "word"), [("ru_RU.UTF-8", "строка"), ("C.UTF-8", "line"), ("de_DE.UTF-8", "line")])
def test_messages_come_in_the_language_of_the_system(system: str, word: str, portal: Path) -> None:
    (portal / "data/payments.csv").write_text("id;grant\n", encoding="utf-8")
    done = check(portal, LC_ALL=system)
    assert f"payments.csv, {word} 1" in done.stdout


def test_a_reader_who_has_seen_enough_is_no_fault(portal: Path) -> None:
    (portal / "data/totals.csv").write_bytes(b"wrong\n")
    command = [sys.executable, "-m", "portal", "check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(command, cwd=portal, env=environment, stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, b"")


def test_a_file_that_cannot_be_read_is_one_sentence(
    portal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_given: object) -> None:
        raise PermissionError(EACCES, "Permission denied", "totals.csv")

    monkeypatch.chdir(portal)
    monkeypatch.setattr(portal_command, "read_tables", refuse)
    assert portal_command.main(["check"]) == 1
    assert capsys.readouterr().err == "A file cannot be read or written: Permission denied (totals.csv).\n"


def test_the_records_of_this_portal_can_be_published() -> None:
    done = check(ROOT, "--lang", "en")
    assert done.returncode == 0, done.stdout[-3000:]
