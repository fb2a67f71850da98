"""Spreadsheets to be filled in: every one opens, its examples pass the desk, and LibreOffice keeps what is in them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from portal.desk.convert import convert
from portal.desk.grid import column_letter
from portal.desk.judge import Judged, judge
from portal.desk.layout import find_layouts
from portal.desk.lookups import Lookup
from portal.desk.match import Wishes, match_rows
from portal.desk.model import DeskRow, Layout
from portal.desk.read_file import read_workbook
from portal.desk.rules import Rules, TableRules, read_rules
from portal.exports import Job, to_templates
from portal.exports.templates.asked import Asked, asked_columns, kind_of
from portal.exports.templates.choices import MOST_CHOICES, Choices, all_choices, keys_by_name
from portal.exports.templates.examples import examples_of
from portal.exports.templates.red import Place, doubtful, no_truth, wrong
from portal.validate import Tables
from tests.exports_of_tiny import tiny_job, with_more
from tests.test_exports_spreadsheet import real_job

pytestmark = pytest.mark.long

EXPLANATION, EXAMPLES = 1, 2  # numbers of the sheets; the table comes first, the lists last


@pytest.fixture(scope="module")
def jobs(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Job]:
    return {"tiny": tiny_job(tables, tmp_path_factory.mktemp("words")), "real": real_job()}


@pytest.fixture(scope="module")
def rules(jobs: Mapping[str, Job]) -> dict[str, Rules]:
    return {name: rules_of(job) for name, job in jobs.items()}


@pytest.fixture(scope="module")
def folder(jobs: Mapping[str, Job], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The templates of both portals, each portal in a folder of its name."""
    folder = tmp_path_factory.mktemp("templates")
    for name, job in jobs.items():
        (folder / name / "data").mkdir(parents=True)
        list(to_templates.write(job, folder / name, ()))
    return folder


def rules_of(job: Job) -> Rules:
    settings = job.settings
    names = settings.currency_names
    tables, words = job.portal.tables, job.translations
    return read_rules(job.package, tables, settings.languages, settings.currency, names, translations=words)


def every_template(folder: Path) -> Iterator[tuple[str, str, str, Path]]:
    """(portal, table, language, path)."""
    for path in sorted(folder.glob("*/data/templates/*.xlsx")):
        table, language = path.stem.rsplit(".", 1)
        yield path.relative_to(folder).parts[0], table, language, path


@pytest.fixture(scope="module")
def opened(folder: Path) -> Mapping[Path, openpyxl.Workbook]:
    """Each of them as openpyxl reads it. Not to be changed."""
    return {path: openpyxl.load_workbook(path) for *_, path in every_template(folder)}


def first_sheet(path: Path) -> tuple[openpyxl.Workbook, Worksheet]:
    workbook = openpyxl.load_workbook(path)
    return workbook, workbook.worksheets[0]


def layouts_of(path: Path, rules: Rules) -> tuple[Layout, ...]:
    layouts, problems, _ = find_layouts(read_workbook(path), rules)
    assert problems == ()
    return layouts


def rows_of(path: Path, rules: Rules, language: str) -> list[DeskRow]:
    """The rows of the one table in a file, as the desk reads them."""
    (layout,) = layouts_of(path, rules)
    assert not layout.unused
    assert not layout.skipped
    return list(convert(layout, rules, language))


def judged(rows: Sequence[DeskRow], rules: Rules, language: str) -> Sequence[Judged]:
    table, day = rows[0].table, date(2026, 11, 25)
    matches = match_rows(rows, rules.by_table[table], rules.tables[table], day, Wishes())
    judgement = judge(matches, rules, language, day)
    assert judgement.blocking == ()
    return judgement.rows


def test_there_is_one_for_every_table_and_language(folder: Path, jobs: Mapping[str, Job]) -> None:
    found = {(portal, table, language) for portal, table, language, _ in every_template(folder)}
    assert found == {
        (portal, resource.name, language)
        for portal, job in jobs.items()
        for resource in job.resources
        if not resource.is_codelist
        for language in job.settings.languages
    }
    assert len(found) > 90


def test_the_download_says_what_it_is(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    grants = next(one for one in to_templates.write(job, tmp_path, ()) if one.path == "data/templates/grants.eo.xlsx")
    assert (grants.resource, grants.language, grants.format, grants.rows) == ("grants", "eo", "Template", None)
    assert grants.media_type.endswith("spreadsheetml.sheet")


def test_every_template_asks_for_each_field_that_a_clerk_fills(
    folder: Path, opened: Mapping[Path, openpyxl.Workbook], rules: Mapping[str, Rules]
) -> None:
    for portal, table, language, path in every_template(folder):
        one = rules[portal].by_table[table]
        expected = {field.name for field in one.resource.fields if not one.automatic(field.name)}
        (layout,) = layouts_of(path, rules[portal])
        assert (layout.table, layout.header, layout.rows) == (table, 1, ()), path
        assert {column.field for column in layout.columns} == expected, path
        sheet = opened[path].worksheets[0]
        assert sheet.freeze_panes == "A2"
        titles = [str(cell.value) for cell in sheet[1]]
        by_field = {column.field: titles[column.index] for column in layout.columns}
        for name, title in by_field.items():
            field = one.resource.by_name[name]
            required = field.required and not (name == one.resource.primary_key and one.identity)
            assert title == (field.title.words(language) or name) + (" *" if required else "")


def test_every_column_has_help_and_a_check(opened: Mapping[Path, openpyxl.Workbook]) -> None:
    assert opened
    for path, workbook in opened.items():
        sheet = workbook.worksheets[0]
        checked = {str(one.sqref) for one in sheet.data_validations.dataValidation}
        assert checked == {f"{letter}2:{letter}1001" for letter in map(column_letter, range(len(sheet[1])))}, path
        assert all(one.prompt and len(one.prompt) <= 255 for one in sheet.data_validations.dataValidation), path
        assert all(cell.comment and cell.comment.text for cell in sheet[1]), path
        assert [one.sheet_state for one in workbook.worksheets][:3] == ["visible"] * 3
        assert all(one.sheet_state == "hidden" for one in workbook.worksheets[3:])


def test_the_explanation_tells_of_every_column(folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "real/data/templates/coverage.en.xlsx").worksheets[EXPLANATION]
    rows = {row[0]: row[1:7] for row in sheet.iter_rows(min_row=9, values_only=True)}
    assert list(rows)[:3] == ["A · Body *", "B · Year *", "C · Published? *"]
    required, _, form, allowed, example, field = rows["C · Published? *"]
    assert (required, form, field) == ("yes", "Choose a value from the list.", "coverage.status")
    assert str(example) in str(allowed).split("; ")
    assert rows["B · Year *"][2] == "Write a whole number from 1990 to 2100."
    assert next(row[2] for row in rows.values() if row[5] == "coverage.funds") == "Write yes or no."
    assert [row[5] for row in rows.values() if row[4] is None] == ["coverage.id"]  # that has no example


def test_a_name_that_two_records_have_is_offered_with_its_identifier(job: Job) -> None:
    twice = with_more(job, "organizations", {"id": "TWIN"}, {"id": "OWN", "name_eo": "Sola", "name_en": "Alone; far"})
    first = job.portal.tables["organizations"].records[0]
    labels = all_choices(twice, keys_by_name(twice))["en"]["organizations"].labels
    assert labels[first["id"]] == f"{first['name_en']} ({first['id']})"
    assert labels["TWIN"] == f"{first['name_en']} (TWIN)"
    assert labels["OWN"] == "Alone; far"
    choices = Choices("organizations", False, labels)
    assert choices.items(("TWIN", "OWN")) == f"{first['name_en']} (TWIN); OWN"


def test_what_is_offered_is_understood(jobs: Mapping[str, Job], rules: Mapping[str, Rules]) -> None:
    """Every label of every drop-down, by way of the desk's own look-up."""
    looked_up = 0
    for portal, job in jobs.items():
        names = keys_by_name(job)
        for language in job.settings.languages:
            for table, choices in all_choices(job, names)[language].items():
                lookup = Lookup(job.package.by_name[table], rules[portal], language)
                assert {key: lookup.key_of(label) for key, label in choices.labels.items()} == {
                    key: key for key in choices.labels
                }, table
                looked_up += len(choices.labels)
    assert looked_up > 900


def fill_in_examples(path: Path, target: Path) -> int:
    """Copy the examples into the first sheet, as a clerk would; how many there are."""
    workbook, sheet = first_sheet(path)
    columns = list(workbook.worksheets[EXAMPLES].iter_cols(min_row=2, min_col=2, values_only=True))
    for row, values in enumerate(columns, start=2):
        for number, value in enumerate(values, start=1):
            if value is not None:
                sheet.cell(row, number, value)
    workbook.save(target)
    return len(columns)


def test_the_examples_pass_the_desk(folder: Path, rules: Mapping[str, Rules], tmp_path: Path) -> None:
    filled = 0
    for portal, _, language, path in every_template(folder):
        count = fill_in_examples(path, tmp_path / path.name)
        rows = rows_of(tmp_path / path.name, rules[portal], language)
        assert len(rows) == count == 3, path
        for one in judged(rows, rules[portal], language):
            errors = [str(problem.what) for problem in one.problems if problem.level == "error"]
            assert not errors, (path.name, errors)
        filled += len(rows)
    assert filled > 270


def test_an_example_is_a_real_record_without_its_identifier(
    folder: Path, rules: Mapping[str, Rules], tmp_path: Path
) -> None:
    fill_in_examples(folder / "real/data/templates/grants.ky.xlsx", tmp_path / "grants.ky.xlsx")
    rows = rows_of(tmp_path / "grants.ky.xlsx", rules["real"], "ky")
    found = judged(rows, rules["real"], "ky")
    assert [one.fate for one in found] == ["unchanged"] * 3
    assert all("id" not in row.cells for row in rows)


def test_no_two_examples_read_like_titles_beside_each_other(jobs: Mapping[str, Job]) -> None:
    job = jobs["real"]
    rules = TableRules(job.package.by_name["coverage"], job.settings.languages)
    columns = asked_columns(rules, job.package, all_choices(job, keys_by_name(job))["en"], "en")
    years = {record["year"] for record in job.portal.tables["coverage"].records}
    titles = {str(year): frozenset([("some table", f"field {year}")]) for year in years}
    free = [example["year"] for example in examples_of(job, rules, columns, "en", {})]
    kept = [example["year"] for example in examples_of(job, rules, columns, "en", titles)]
    assert (len(set(free)), len(set(kept) & years), len(kept)) == (3, 1, 3)  # one is made up, of another year


# What a clerk types into some templates: field -> what stands in the cell, and what the desk makes of it.
TYPED: Mapping[str, Mapping[str, tuple[Any, str]]] = {
    "grants.ru": {
        "funder": ("Мэрия города Бишкек", ""),
        "title_ru": ("Приют «Надежда»", "Приют «Надежда»"),
        "amount_awarded": (Decimal("1950000.5"), "1950000.5"),
        "currency": ("KGS", "KGS"),
        "year": (2019, "2019"),
        "decided_on": ("2019-11", "2019-11"),
        "agreement_number": ("007", "007"),
        "status": ("Реализован", "implemented"),
    },
    "coverage.ky": {"year": (2018, "2018"), "participates": ("ооба", "true"), "funds": ("жок", "false")},
    "places.en": {"code": ("04170100000000", "04170100000000"), "valid_from": (date(2021, 3, 5), "2021-03-05")},
}


@pytest.fixture(scope="module")
def typed(folder: Path, rules: Mapping[str, Rules], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Templates in which a clerk has typed something."""
    target = tmp_path_factory.mktemp("typed")
    found = {}
    for name, values in TYPED.items():
        path = folder / f"real/data/templates/{name}.xlsx"
        (layout,) = layouts_of(path, rules["real"])
        workbook, sheet = first_sheet(path)
        at = {column.field: column.index + 1 for column in layout.columns}
        for field, (value, _) in values.items():
            sheet.cell(2, at[field], value)
        found[name] = target / f"{name}.xlsx"
        workbook.save(found[name])
    return found


def as_typed(path: Path, name: str, rules: Rules) -> None:
    (row,) = rows_of(path, rules, name.rpartition(".")[2])
    expected = {field: text for field, (_, text) in TYPED[name].items() if text}
    assert {field: row.cells.get(field) for field in expected} == expected


@pytest.mark.parametrize("name", TYPED)
def test_what_is_typed_arrives(name: str, typed: Mapping[str, Path], rules: Mapping[str, Rules]) -> None:
    as_typed(typed[name], name, rules["real"])


def convert_in_office(paths: Sequence[Path], form: str, folder: Path) -> Path:
    """Let LibreOffice open files and save them in another form into the folder."""
    program = shutil.which("soffice")
    assert program
    command = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", form]
    subprocess.run([*command, "--outdir", str(folder), *map(str, paths)], check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def saved(typed: Mapping[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which LibreOffice saved them in both forms; to start it takes more than a second."""
    folder = tmp_path_factory.mktemp("saved")
    for form in ("xlsx:Calc MS Excel 2007 XML", "ods"):
        convert_in_office(list(typed.values()), form, folder)
    return folder


@pytest.mark.spreadsheet
@pytest.mark.parametrize("ending", ["xlsx", "ods"])
def test_what_is_typed_survives_another_program(ending: str, saved: Path, rules: Mapping[str, Rules]) -> None:
    for name in TYPED:
        as_typed(saved / f"{name}.{ending}", name, rules["real"])


@pytest.mark.spreadsheet
def test_another_program_keeps_the_checks(typed: Mapping[str, Path], saved: Path) -> None:
    for name, path in typed.items():
        kept, sent = (checks_of(one) for one in (saved / f"{name}.xlsx", path))
        assert kept == sent, name


def checks_of(path: Path) -> tuple[dict[str, tuple[str | None, str | None]], int]:
    """First cell of each check -> its type and the words beside it; how many cells have a colour rule."""
    sheet = first_sheet(path)[1]
    checks = {
        str(area).split(":")[0]: (one.type if one.type != "none" else None, one.prompt)
        for one in sheet.data_validations.dataValidation
        for area in one.sqref.ranges
    }
    return checks, sum(len(area.rules) for area in sheet.conditional_formatting)


# kind of column, table and field of it, cell -> whether it turns red; A1 of the formulas stands for the cell
COLOURED: list[tuple[str, str, Any, bool]] = [
    ("grants", "funder", "", True),
    ("grants", "funder", "Anybody", False),
    ("grants", "amount_awarded", 5, False),
    ("grants", "amount_awarded", 0, True),
    ("grants", "amount_awarded", -3, True),
    ("grants", "amount_awarded", "12O", True),
    ("grants", "amount_awarded", "", False),
    ("grants", "year", 2019, False),
    ("grants", "year", 1919, True),
    ("grants", "year", 2019.5, True),
    ("grants", "year", "", True),
    ("grants", "people_planned", -1, True),
    ("grants", "people_planned", 0, False),
    ("places", "latitude", 95, True),
    ("places", "latitude", 42.87, False),
    ("grants", "decided_on", "2019-11-05", False),
    ("grants", "decided_on", "2019-11", False),
    ("grants", "decided_on", "2019", False),
    ("grants", "decided_on", "05.11.2019", False),
    ("grants", "decided_on", 2019, False),
    ("grants", "decided_on", date(2019, 11, 5), False),
    ("grants", "decided_on", 12, True),
    ("grants", "decided_on", "2019-13", True),
    ("grants", "decided_on", "2019-02-31", True),
    ("grants", "decided_on", "November", True),
    ("grants", "decided_on", "19-11-05", True),
    ("places", "valid_from", date(2021, 1, 1), False),
    ("places", "valid_from", "2021-01-01", False),
    ("places", "valid_from", "2021", True),
    ("sources", "url", "https://example.org", False),
    ("sources", "url", "example.org", True),
    ("grants", "currency", "KGS", False),
    ("grants", "currency", "kgs", True),
    ("grants", "currency", "som.", True),
    ("grants", "status", "completed", False),
    ("grants", "status", "Completed", False),
    ("grants", "status", "Finished", True),
    ("programs", "spheres", "Finished; Completed", False),
    ("coverage", "funds", "yes", False),
    ("coverage", "funds", "TRUE", True),
    ("coverage", "funds", True, False),
    ("coverage", "funds", "perhaps", True),
]


@pytest.mark.spreadsheet
def test_a_wrong_cell_turns_red(jobs: Mapping[str, Job], tmp_path: Path) -> None:
    """The formulas of the colours, computed by LibreOffice in cells of their own."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    lists = workbook.create_sheet("Lists")
    lists["A1"], lists["B1"] = "Completed", "completed"
    for row, (table, field, value, _) in enumerate(COLOURED, start=2):
        sheet.cell(row, 1, None if value == "" else value)
        sheet.cell(row, 2, "filled")
        formulas = red_formulas(jobs["real"], table, field, f"A{row}", f"A{row}:B{row}")
        sheet.cell(row, 3, f"=OR({','.join(formulas)})" if formulas else "=FALSE()")
    workbook.save(tmp_path / "red.xlsx")
    convert_in_office([tmp_path / "red.xlsx"], "csv", tmp_path)
    lines = (tmp_path / "red.csv").read_text("utf-8").splitlines()
    found = [(*case[:3], line.endswith("TRUE")) for case, line in zip(COLOURED, lines[-len(COLOURED) :], strict=True)]
    assert found == COLOURED


def red_formulas(job: Job, table: str, field: str, cell: str, row: str) -> list[str]:
    column = asked(job, table, field)
    place = Place(cell, "$A$1:$A$1", row, (), ("Lists!$A$1:$A$1", "Lists!$B$1:$B$1"))
    if column.kind == "boolean":
        return [no_truth(cell, "yes", "no")]
    return [formula for formula in wrong(column, table, place) if "<>(" not in formula]


def asked(job: Job, table: str, field: str) -> Asked:
    rules = TableRules(job.package.by_name[table], job.settings.languages)
    choices = all_choices(job, keys_by_name(job))["en"]
    return next(one for one in asked_columns(rules, job.package, choices, "en") if one.field.name == field)


def test_a_currency_and_its_amounts_come_together(jobs: Mapping[str, Job]) -> None:
    column = asked(jobs["real"], "grants", "currency")
    place = Place("D2", "$D$2:$D$9", "$A2:$D2", ("$B2", "$C2"), None)
    assert list(wrong(column, "grants", place))[-1] == "(LEN($B2)+LEN($C2)>0)<>(LEN(D2)>0)"


def test_a_name_that_is_not_known_is_only_doubtful(jobs: Mapping[str, Job]) -> None:
    column = asked(jobs["real"], "grants", "funder")
    place = Place("C2", "$C$2:$C$9", "$A2:$D2", (), ("list_organizations", "keys_organizations"))
    assert list(wrong(column, "grants", place)) == ["AND(LEN(TRIM(C2))=0,COUNTA($A2:$D2)>0)"]
    assert doubtful(column, place) == (
        "AND(LEN(C2)>0,IFERROR(COUNTIF(list_organizations,C2)+COUNTIF(keys_organizations,C2),1)=0)"
    )


def test_too_many_names_make_no_drop_down(jobs: Mapping[str, Job]) -> None:
    column = asked(jobs["real"], "grants", "funder")
    assert column.choices and column.offered
    many = {str(number): str(number) for number in range(MOST_CHOICES + 1)}
    assert replace(column, choices=Choices("organizations", False, many)).offered is None
    assert replace(column, choices=Choices("organizations", False, {})).offered is None


@pytest.mark.parametrize(
    ("table", "field", "kind"),
    [
        ("grants", "id", "identifier"),
        ("grants", "funder", "record"),
        ("grants", "status", "code"),
        ("grants", "amount_awarded", "amount"),
        ("grants", "currency", "currency"),
        ("grants", "year", "integer"),
        ("grants", "decided_on", "partial day"),
        ("grants", "title_ru", "text"),
        ("places", "latitude", "number"),
        ("places", "valid_from", "day"),
        ("coverage", "funds", "boolean"),
        ("sources", "url", "address"),
        ("totals", "value", "number"),
    ],
)
def test_the_kind_of_a_column(table: str, field: str, kind: str, jobs: Mapping[str, Job]) -> None:
    package = jobs["real"].package
    assert kind_of(package.by_name[table].by_name[field], package.by_name[table], package) == kind
