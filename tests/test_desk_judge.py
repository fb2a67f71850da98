"""What becomes of rows: schemas and checks say why not, at the cell where the clerk sees it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from portal.desk.advice import advice, good
from portal.desk.intake import read_desk_rules
from portal.desk.judge import Judgement, judge
from portal.desk.match import Wishes, match_rows
from portal.desk.model import CellProblem, DeskRow
from portal.desk.rules import Rules
from portal.errors import say
from tests.desk_portal import TODAY, make_desk_portal

GRANT = {"funder": "MIN", "recipient": "CARE", "title_ru": "Кризисный центр", "title_basis": "source", "year": "2019"}
GRANT |= {"amount_awarded": "300000", "currency": "KGS", "status": "awarded", "certainty": "confirmed", "source": "S-1"}
RAINBOW = {"id": "RAINBOW", "kind": "ngo", "name_ru": "Радуга", "source": "S-1"}
Sent = tuple[str, Mapping[str, str]]  # table and cells


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Rules:
    """The rules of the small portal of the desk."""
    folder: Path = tmp_path_factory.mktemp("desk") / "data"
    return read_desk_rules(make_desk_portal(folder))


def judged(rules: Rules, *rows: Sent, problems: tuple[CellProblem, ...] = (), made: int | None = None) -> Judgement:
    """Judge rows of a sheet that begin in row 2; the sheet has the columns of each."""
    by_table: dict[str, list[DeskRow]] = {}
    for number, (table, cells) in enumerate(rows, 2):
        columns = {name: column for column, name in enumerate(cells)}
        found = tuple(one for one in problems if one.row == number)
        row = DeskRow(table, "Лист1", number, {name: cell for name, cell in cells.items() if cell}, columns, found)
        by_table.setdefault(table, []).append(
            row if number != made else DeskRow(table, "Лист1", number, row.cells, columns, is_made=True)
        )
    matches = [
        match
        for table, them in by_table.items()
        for match in match_rows(them, rules.by_table[table], rules.tables[table], TODAY, Wishes())
    ]
    return judge(matches, rules, "ru", TODAY)


def said(judgement: Judgement) -> list[tuple[int | None, int | None, str]]:
    """Row, column and sentence of every problem."""
    return [(one.row, one.column, str(one.what)) for row in judgement.rows for one in row.problems]


@pytest.mark.parametrize(
    ("changes", "fate", "problems"),
    [
        ({}, "new", []),
        ({"id": "G-1", "title_ru": "Дневной центр"}, "changed", []),
        ({"funder": ""}, "rejected", [(2, 0, "The cell is empty, but the table needs a value here.")]),
        ({"year": "1919"}, "rejected", [(2, 4, "1919 is less than 1990.")]),
        ({"source": "S-9"}, "rejected", [(2, 9, "“S-9” points at a record that does not exist in sources.csv.")]),
        ({"recipient": "MIN"}, "rejected", [(2, 1, "“MIN” gives the grant and receives it.")]),
        (
            {"currency": ""},
            "rejected",
            [(2, 6, "“Присуждённая сумма” holds an amount, but its currency is missing.")],
        ),
        (
            {"certainty": "announced"},
            "new",
            [(2, 5, "Grants with the certainty “announced” are not counted, but an amount is awarded.")],
        ),
        ({"year": "2019", "partners": "HOPE;NO"}, "rejected", [(2, 10, "“NO” points at a record that does not exist")]),
    ],
)
def test_row_is_judged_at_its_cells(
    rules: Rules, changes: dict[str, str], fate: str, problems: list[tuple[int, int, str]]
) -> None:
    judgement = judged(rules, ("grants", {**GRANT, **changes}))
    assert [row.fate for row in judgement.rows] == [fate]
    assert [(row, column) for row, column, _ in said(judgement)] == [(row, column) for row, column, _ in problems]
    assert all(sentence.startswith(start[2]) for (_, _, sentence), start in zip(said(judgement), problems, strict=True))
    assert judgement.blocking == ()


def test_missing_column_is_named(rules: Rules) -> None:
    cells = {name: cell for name, cell in GRANT.items() if name != "status"}
    judgement = judged(rules, ("grants", cells))
    assert said(judgement) == [(2, None, "The sheet has no column “Состояние”, and the table needs a value there.")]


def test_of_a_cell_in_error_nothing_more_is_said(rules: Rules) -> None:
    wrong = CellProblem("Лист1", 2, 4, "year", say("Wrong."), say("Mend it."))
    judgement = judged(rules, ("grants", {**GRANT, "year": ""}), problems=(wrong,))
    assert said(judgement) == [(2, 4, "Wrong.")]


def test_row_points_at_a_row_beside_it(rules: Rules) -> None:
    judgement = judged(rules, ("organizations", RAINBOW), ("grants", {**GRANT, "recipient": "RAINBOW"}))
    assert [row.fate for row in judgement.rows] == ["new", "new"]


def test_row_that_points_at_a_rejected_row_is_rejected_and_says_why(rules: Rules) -> None:
    faulty = {**RAINBOW, "source": "S-9"}
    grant = {**GRANT, "recipient": "RAINBOW", "partners": "RAINBOW"}
    judgement = judged(rules, ("organizations", faulty), ("grants", grant))
    assert [row.fate for row in judgement.rows] == ["rejected", "rejected"]
    sentence = "“RAINBOW” stands in sheet “Лист1”, row 2, which cannot be taken."
    assert said(judgement)[1:] == [(3, 1, sentence), (3, 10, sentence)]


def test_of_two_records_that_collide_the_row_is_told(rules: Rules) -> None:
    same = {**GRANT, "id": "G-9", "title_ru": "Дневной центр", "amount_awarded": "1950000"}
    judgement = judged(rules, ("grants", same))
    assert said(judgement) == [
        (2, 10, "The grant is the same as “G-1” in grants/2019.csv, line 2: recipient, title, year and amount.")
    ]
    assert judgement.blocking == ()


def test_error_that_arises_elsewhere_blocks(rules: Rules) -> None:
    grant = {**GRANT, "program": "P-1", "amount_awarded": "9000000"}
    judgement = judged(rules, ("grants", grant))
    assert [row.fate for row in judgement.rows] == ["new"]
    assert [(one.file, one.line, one.column) for one in judgement.blocking] == [("budgets.csv", 2, "amount")]


def test_records_made_for_rejected_rows_are_not_needed(rules: Rules) -> None:
    bad, fine = ({**GRANT, "recipient": "RAINBOW", "year": year} for year in ("1919", "2019"))
    assert [row.match.id for row in judged(rules, ("organizations", RAINBOW), ("grants", fine), made=2).rows][:1] == [
        "RAINBOW"
    ]
    lonely = judged(rules, ("organizations", RAINBOW), ("grants", bad), made=2)
    assert [(row.match.row.table, row.fate) for row in lonely.rows] == [("grants", "rejected")]
    assert len(lonely.tables["organizations"].records) == len(rules.tables["organizations"].records)


def test_row_is_told_what_is_wrong_with_the_record_made_of_its_name(rules: Rules) -> None:
    rows = ("grants", {**GRANT, "recipient": "RAINBOW"}), ("organizations", {**RAINBOW, "name_ru": "=Радуга"})
    assert said(judged(rules, *rows, made=3)) == [
        (2, 1, "The text begins with “=”, so a spreadsheet would run it as a formula."),
        (3, 2, "The text begins with “=”, so a spreadsheet would run it as a formula."),
    ]


def test_judging_changes_nothing(rules: Rules) -> None:
    before = {name: table.records for name, table in rules.tables.items()}
    judged(rules, ("grants", GRANT), ("organizations", RAINBOW))
    assert {name: table.records for name, table in rules.tables.items()} == before


def test_advice_tells_what_rows_lack_and_what_all_have(rules: Rules) -> None:
    table = rules.by_table["payments"]
    rows = [dict.fromkeys(table.resource.field_names, "") | {"paid_on": day} for day in ("2019-01-01", "")]
    assert [str(one) for one in advice(rows, table, "en")] == [
        "1 of 2 rows have no “Paid on”. Without the day of payment, nobody can tell whether the money came in time."
    ]
    assert good(rows, table, "en") == ()
    assert [str(one) for one in good(rows[:1], table, "ru")] == ["All rows have “Дата выплаты”."]
