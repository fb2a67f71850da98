"""What a cell holds is the same in every format, and a header tells what it is."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import frictionless
import openpyxl
import pytest

from portal.exports import Job, write_exports
from portal.validate import Table
from tests.exports_of_tiny import read_csv, with_more, with_table

TEXTS = {  # identifier of a grant -> its title
    "T-1": 'Суроо: "жок", дейт\nэкинчи сап, \\ ; 🪁',
    "T-2": "one\r\ntwo",
    "T-3": "one\rtwo",
    "T-4": " spaces around ",
    "T-5": "'quoted'",
}
FORMULAS = {"F-1": "=1+1", "F-2": "+7 things", "F-3": "-- none", "F-4": "@home", "F-5": "\tstop", "F-6": "\rstop"}
AMOUNTS = {  # identifier of a grant -> its amount
    "N-1": "1950000.00",
    "N-2": "476300.500",
    "N-3": "1E+6",
    "N-4": "0.1",
    "N-5": "-0",
    "N-6": "-5",
    "N-7": "12345678901234567.89",
}
LONG = "я" * 40_000


@pytest.fixture(scope="module")
def awkward(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports of the tiny portal with grants that are hard to write down."""
    folder = tmp_path_factory.mktemp("awkward")
    titles = ({"id": grant, "title_en": title} for grant, title in {**TEXTS, **FORMULAS}.items())
    amounts = ({"id": grant, "amount_awarded": Decimal(amount)} for grant, amount in AMOUNTS.items())
    write_exports(with_more(job, "grants", *titles, *amounts, {"id": "L-1", "description_en": LONG}), folder)
    return folder


def test_frictionless_finds_no_fault_in_awkward_records(awkward: Path) -> None:
    assert frictionless.Package(str(awkward / "data/datapackage.json")).validate().flatten(["type", "note"]) == []


@pytest.mark.parametrize("grant", TEXTS)
def test_awkward_text_comes_back_as_it_was(grant: str, awkward: Path) -> None:
    assert _plain(awkward, grant)["title_en"] == TEXTS[grant]
    assert _for_people(awkward, grant)["Title (in English)"] == TEXTS[grant]
    assert _json(awkward, grant)["title_en"] == TEXTS[grant]
    assert str(_excel(awkward, grant)["Title (in English)"]).splitlines() == TEXTS[grant].splitlines()


@pytest.mark.parametrize("grant", FORMULAS)
def test_a_spreadsheet_computes_no_cell(grant: str, awkward: Path) -> None:
    assert _for_people(awkward, grant)["Title (in English)"] == f"'{FORMULAS[grant]}"
    assert _plain(awkward, grant)["title_en"] == FORMULAS[grant]
    workbook = openpyxl.load_workbook(awkward / "data/en/fantazia.xlsx")
    assert {cell.data_type for row in workbook["Grants"].iter_rows() for cell in row} <= {"s", "n", "d"}


@pytest.mark.parametrize(
    ("grant", "in_csv", "in_json_and_excel"),
    [
        ("N-1", "1950000", 1950000),
        ("N-2", "476300.5", 476300.5),
        ("N-3", "1000000", 1000000),
        ("N-4", "0.1", 0.1),
        ("N-5", "0", 0),
        ("N-6", "-5", -5),
        ("N-7", "12345678901234567.89", "12345678901234567.89"),
    ],
)
def test_a_number_keeps_its_digits(grant: str, in_csv: str, in_json_and_excel: object, awkward: Path) -> None:
    assert _plain(awkward, grant)["amount_awarded"] == in_csv
    assert _for_people(awkward, grant)["Amount awarded"] == in_csv
    assert _json(awkward, grant)["amount_awarded"] == in_json_and_excel
    assert _excel(awkward, grant)["Amount awarded"] == in_json_and_excel


def test_a_very_long_text_is_cut_in_the_workbook_only_and_shows_it(awkward: Path) -> None:
    assert _for_people(awkward, "L-1")["Description (in English)"] == LONG
    assert _excel(awkward, "L-1")["Description (in English)"] == LONG[:32_766] + "…"


def _plain(output: Path, grant: str) -> dict[str, str]:
    return next(row for row in read_csv(output / "data/grants.csv") if row["id"] == grant)


def _for_people(output: Path, grant: str) -> dict[str, str]:
    return next(row for row in read_csv(output / "data/en/grants.csv", "utf-8-sig") if row["Identifier"] == grant)


def _json(output: Path, grant: str) -> dict[str, object]:
    rows = json.loads((output / "data/grants.json").read_text("utf-8"))["rows"]
    return next(row for row in rows if row["id"] == grant)


def _excel(output: Path, grant: str) -> dict[str, object]:
    titles, *rows = openpyxl.load_workbook(output / "data/en/fantazia.xlsx")["Grants"].iter_rows(values_only=True)
    return next(dict(zip(map(str, titles), row, strict=True)) for row in rows if row[0] == grant)


def test_people_get_the_name_of_everything_a_cell_points_at(awkward: Path) -> None:
    first = _for_people(awkward, "G-2023-1")
    assert (first["Given by"], first["Given by: name"]) == ("ministry-of-kites", "Ministry of Kites")
    assert (first["Partners"], first["Partners: name"]) == (
        "lighthouse;hill-school",
        "Association “Lighthouse, Always”; Hill School",
    )
    assert (first["Sphere"], first["Sphere: name"]) == ("education", "education")
    second = _for_people(awkward, "G-2023-2")
    assert second["Where: name"] == "Monta Vilaĝo"  # it has no English name
    assert second["Joint sum"] == "J-1"
    assert "Joint sum: name" not in second  # a joint sum has no name


def test_a_header_never_has_the_same_title_twice(job: Job, tmp_path: Path) -> None:
    grants = job.portal.tables["grants"]
    same = tuple(
        replace(field, title=grants.resource.by_name["year"].title) if field.name in ("donor", "note_en") else field
        for field in grants.resource.fields
    )
    write_exports(with_table(job, Table(replace(grants.resource, fields=same), grants.records)), tmp_path)
    with (tmp_path / "data/en/grants.csv").open(encoding="utf-8-sig", newline="") as stream:
        header = next(csv.reader(stream))
    assert [title for title in header if title.startswith("Year")] == [
        "Year",
        "Year (donor)",
        "Year (donor): name",
        "Year (note_en)",
    ]
