"""Which record a row means, and what it becomes of it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import date

import pytest

from portal.desk.match import Change, Match, Wishes, match_rows
from portal.desk.model import CellProblem, DeskRow
from portal.desk.rules import TableRules
from portal.errors import say
from portal.validate import Record, Table, Tables

TODAY = date(2026, 11, 25)
SCHOOL = {"funder": "ministry-of-kites", "year": "2023", "recipient": "seagull", "place": "havena"}
NEW = {"funder": "moon-fund", "year": "2025", "title_en": "Kites"}
MADE = "moon-fund-2025-057171d1"


def desk_row(number: int, cells: Mapping[str, str], *empty: str, problems: tuple[CellProblem, ...] = ()) -> DeskRow:
    """A row of grants whose columns are its cells and `empty`."""
    columns = {name: column for column, name in enumerate([*cells, *empty])}
    return DeskRow("grants", "Sheet 1", number, dict(cells), columns, problems)


def matched(tables: Tables, *rows: DeskRow, wishes: Wishes | None = None) -> tuple[Match, ...]:
    table = tables["grants"]
    return match_rows(rows, TableRules(table.resource, ("eo", "en")), table, TODAY, wishes or Wishes())


def with_records(tables: Tables, *matches: Match) -> Tables:
    """The tables after these matches were written."""
    table = tables["grants"]
    new = tuple(
        Record({name: text or None for name, text in match.cells.items()}, "grants/2025.csv", number)
        for number, match in enumerate(matches)
    )
    known = {record["id"] for record in new}
    old = tuple(record for record in table.records if record["id"] not in known)
    return {**tables, "grants": Table(table.resource, (*old, *new))}


@pytest.mark.parametrize(
    ("cells", "identifier"),
    [
        ({"id": "G-2023-2"}, "G-2023-2"),
        ({"id": "G-2030-1", **SCHOOL}, "G-2030-1"),
        ({**SCHOOL, "title_eo": "Lernejo de la vento", "title_en": "School of the wind"}, "G-2023-1"),
        ({**SCHOOL, "title_en": "«SCHOOL of the wind»"}, "G-2023-1"),
        ({"funder": "ministry-of-kites", "year": "2023", "title_en": "School of the wind"}, "G-2023-1"),
        (NEW, MADE),
    ],
)
def test_row_means(cells: dict[str, str], identifier: str, tables: Tables) -> None:
    assert [match.id for match in matched(tables, desk_row(2, cells))] == [identifier]


@pytest.mark.parametrize(
    "cells",
    [
        {**SCHOOL, "year": "2024", "title_en": "School of the wind"},
        {**SCHOOL, "title_en": "School of the wind", "title_eo": "Alia"},
        {"funder": "ministry-of-kites", "year": "2023"},
    ],
)
def test_row_that_contradicts_is_new(cells: dict[str, str], tables: Tables) -> None:
    assert matched(tables, desk_row(2, cells))[0].record is None


def test_column_left_empty_contradicts_a_record_that_has_the_value(tables: Tables) -> None:
    row = desk_row(2, {"funder": "ministry-of-kites", "year": "2023", "title_en": "School of the wind"}, "recipient")
    assert matched(tables, row)[0].record is None


def test_row_that_fits_two_records_asks_for_the_identifier(tables: Tables) -> None:
    north, south = ({**NEW, "place": place} for place in ("norda", "suda"))
    there = with_records(tables, *matched(tables, desk_row(2, north), desk_row(3, south)))
    match = matched(there, desk_row(2, NEW))[0]
    assert (match.id, match.record) == ("", None)
    ids = ", ".join(one.id for one in matched(tables, desk_row(2, north), desk_row(3, south)))
    assert [str(problem.what) for problem in match.problems] == [f"The row fits more than one record: {ids}."]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("G-1", "The identifier “G-1” is already used in sheet “Sheet 1”, row 2."),
        ("g-1", "The identifier “g-1” is already used in sheet “Sheet 1”, row 2."),
        ("g-2023-1", "The identifier “g-2023-1” differs from “G-2023-1” only in capital letters."),
    ],
)
def test_identifier_that_cannot_be_used(given: str, sentence: str, tables: Tables) -> None:
    match = matched(tables, desk_row(2, {"id": "G-1"}), desk_row(7, {"id": given}))[1]
    assert [(problem.row, problem.column, str(problem.what)) for problem in match.problems] == [(7, 0, sentence)]


def test_same_rows_are_numbered_and_found_again(tables: Tables) -> None:
    rows = [desk_row(number, {**NEW, "amount_awarded": amount}) for number, amount in enumerate(["5", "6", "5"], 2)]
    first = matched(tables, *rows)
    assert [match.id for match in first] == [MADE, f"{MADE}-2", f"{MADE}-3"]
    again = matched(with_records(tables, *first), *rows)
    assert [(match.id, match.changes) for match in again] == [(match.id, ()) for match in first]
    turned = matched(with_records(tables, *first), *reversed(rows))
    assert [(match.id, match.changes) for match in turned] == [(MADE, ()), (f"{MADE}-2", ()), (f"{MADE}-3", ())]


def test_thousands_of_the_same_rows_are_numbered_soon(tables: Tables) -> None:
    rows = [desk_row(number, NEW) for number in range(2, 5_002)]
    begun = time.process_time()
    assert [match.id for match in matched(tables, *rows)][-1] == f"{MADE}-5000"
    assert time.process_time() - begun < 5  # measured: 0.4 s


def test_record_completed_since_is_found_by_its_made_identifier(tables: Tables) -> None:
    made = matched(tables, desk_row(2, NEW, "place"))[0]
    completed = Match(made.row, made.id, None, {**made.cells, "place": "norda", "title_eo": "Kajtoj"})
    again = matched(with_records(tables, completed), desk_row(2, NEW, "place"))[0]
    assert (again.id, again.changes, again.kept) == (MADE, (), ("place",))


def test_made_identifier_of_another_record_gets_more_digits(tables: Tables) -> None:
    made = matched(tables, desk_row(2, NEW))[0]
    other = Match(made.row, MADE, None, {**made.cells, "title_en": "Boats", "year": "2024"})
    again = matched(with_records(tables, other), desk_row(2, NEW))[0]
    assert (again.id, again.record) == (f"{MADE}b2fe", None)


def test_row_whose_identity_cannot_be_read_means_nothing(tables: Tables) -> None:
    wrong = CellProblem("Sheet 1", 2, 1, "year", say("Wrong."), say("Mend it."))
    assert matched(tables, desk_row(2, {"funder": "moon-fund"}, "year", problems=(wrong,)))[0].id == ""


def test_given_cells_override_and_empty_ones_keep(tables: Tables) -> None:
    row = desk_row(2, {"id": "G-2023-1", "amount_awarded": "41000"}, "partners")
    match = matched(tables, row)[0]
    assert match.changes == (Change("amount_awarded", "40000.5", "41000"),)
    assert match.kept == ("partners",)
    assert (match.cells["partners"], match.cells["added_on"]) == ("lighthouse;hill-school", "2025-01-15")
    assert match.cells["changed_on"] == "2026-11-25"


def test_empty_cells_can_clear(tables: Tables) -> None:
    row = desk_row(2, {"id": "G-2023-1"}, "partners")
    match = matched(tables, row, wishes=Wishes(clear=True))[0]
    assert match.changes == (Change("partners", "lighthouse;hill-school", ""),)
    assert match.kept == ()


def test_unchanged_record_keeps_its_days(tables: Tables) -> None:
    match = matched(tables, desk_row(2, {"id": "G-2024-2", "amount_awarded": "25000", "changed_on": "2026-01-01"}))[0]
    assert (match.changes, match.cells["changed_on"]) == ((), "2025-02-01")


def test_new_record_gets_its_days_and_the_source_of_all(tables: Tables) -> None:
    match = matched(tables, desk_row(2, NEW), wishes=Wishes(source="S-2"))[0]
    days = (match.cells["added_on"], match.cells["changed_on"])
    assert (*days, match.cells["source"]) == ("2026-11-25", "2026-11-25", "S-2")
