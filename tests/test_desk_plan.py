"""What a plan counts and says; and that what comes in goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from portal.desk.grid import Cell, Sheet, SheetRow, Workbook
from portal.desk.intake import read_desk_rules, take_in
from portal.desk.judge import Judgement
from portal.desk.plan import AmountSums, Plan, make_plan
from portal.desk.plan_words import PlanWords
from portal.desk.rules import Rules
from portal.errors import BuildError, Message
from portal.i18n import Formats
from portal.settings import Settings
from tests.desk_portal import TODAY, make_desk_portal

TITLES: tuple[str, ...] = (
    "Идентификатор",
    "Кем выдан",
    "Получатель",
    "Название (на русском)",
    "Откуда название",
    "Присуждённая сумма",
)
TITLES += ("Валюта", "Год", "Состояние", "Достоверность", "Источник")
GOOD = ("", "MIN", "CARE", "Кризисный центр", "source", "300 000,50", "KGS", "2019", "Присуждён", "confirmed", "S-1")
KNOWN = (
    "G-1",
    "MIN",
    "CARE",
    "Дневной центр",
    "source",
    "2 000 000",
    "KGS",
    "2019",
    "В реализации",
    "confirmed",
    "S-1",
)
SAME = ("G-2", "MIN", "HOPE", "Дом для пожилых", "source", "500000.50", "KGS", "2019", "awarded", "confirmed", "")
BAD = ("", "MIN", "CARE", "Плохая строка", "source", "7", "KGS", "1919", "awarded", "confirmed", "S-1")
UNREADABLE = ("", "MIN", "CARE", "Другая строка", "source", "12O", "KGS", "2019", "awarded", "confirmed", "S-1")


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The small portal of the desk."""
    folder: Path = tmp_path_factory.mktemp("desk") / "data"
    return make_desk_portal(folder)


@pytest.fixture(scope="module")
def rules(settings: Settings) -> Rules:
    return read_desk_rules(settings)


def plan_of(rules: Rules, *rows: Sequence[Cell]) -> Plan:
    grid = tuple(SheetRow(number, tuple(row)) for number, row in enumerate((TITLES, *rows), 1))
    workbook = Workbook("отчёт.csv", "csv", (Sheet("отчёт.csv", grid),))
    return make_plan(take_in([workbook], rules, "ru", TODAY), rules)


def plain(sentence: Message) -> str:
    return str(sentence).replace("\u00a0", " ")


def test_rows_and_sums_are_counted(rules: Rules) -> None:
    table = plan_of(rules, GOOD, KNOWN, SAME, BAD, UNREADABLE).tables[0]
    assert table.counts == {"new": 1, "changed": 1, "unchanged": 1, "rejected": 2}
    figures = map(Decimal, ("2800008", "2800001", "7", "2450000.5", "2800001"))  # given, taken, rejected, before, after
    assert table.sums == (AmountSums("amount_awarded", "KGS", *figures),)
    assert table.unreadable == 1


def test_plan_is_said(rules: Rules, settings: Settings) -> None:
    plan = plan_of(rules, GOOD, KNOWN, SAME, BAD, UNREADABLE)
    words = PlanWords(plan, rules, Formats("ru", settings.currency_names), "ru")
    sections = {str(section.title): [plain(one) for one in section.sentences] for section in words.sections()}
    assert sections["What is in the file"] == [
        "Гранты, rows: 5. New: 1, changed: 1, unchanged: 1, rejected: 2.",
        "Присуждённая сумма: the file has 2 800 008 сом; 2 800 001 сом are taken and 7 сом rejected. "
        "The records had 2 450 000,5 сом and will have 2 800 001 сом.",
        "Amounts that cannot be read and are in no sum: 1.",
    ]
    assert sections["What changes"] == [
        "Row 3, Дневной центр (G-1): “Присуждённая сумма” becomes “2 000 000”; it was “1 950 000”.",
        "Row 3, Дневной центр (G-1): “Состояние” becomes “В реализации”; it was “Присуждён”.",
    ]
    assert sections["What is new"] == ["Row 2: Кризисный центр (MIN-2019-38b96b67)."]
    assert sections["What the file and the records have differently"] == [
        "“Источник”: 1 empty cells; what is recorded stays."
    ]
    assert [one.partition(":")[0] for one in sections["What must be corrected first"]] == [
        "Sheet “отчёт.csv”, cell H5",
        "Sheet “отчёт.csv”, cell F6",
    ]


def test_factor_of_a_column_is_said(rules: Rules, settings: Settings) -> None:
    titles = (*TITLES[:5], "Сумма, тыс. сом", *TITLES[6:])
    rows = (SheetRow(1, titles), SheetRow(2, (*GOOD[:5], "300", *GOOD[6:])))
    workbook = Workbook("отчёт.csv", "csv", (Sheet("отчёт.csv", rows),))
    plan = make_plan(take_in([workbook], rules, "ru", TODAY), rules)
    words = PlanWords(plan, rules, Formats("ru", settings.currency_names), "ru")
    assert [str(one) for one in words.left_aside()] == [
        "Sheet “отчёт.csv”, column F, “Сумма, тыс. сом”: every amount is multiplied by 1000."
    ]


def test_what_is_wrong_in_many_rows_is_said_once(rules: Rules, settings: Settings) -> None:
    rows = [(*BAD[:3], f"Строка {number}", *BAD[4:]) for number in range(5)]
    plan = plan_of(rules, *rows[:3], GOOD, *rows[3:])
    words = PlanWords(plan, rules, Formats("ru", settings.currency_names), "ru")
    assert [str(one) for one in words.problems("error")] == [
        "Sheet “отчёт.csv”, column H, rows 2–4, 6–7: 1919 is less than 1990. Correct the value."
    ]


def test_long_sections_are_cut(rules: Rules, settings: Settings) -> None:
    rows = [(*GOOD[:3], f"Центр {number}", *GOOD[4:]) for number in range(14)]
    words = PlanWords(plan_of(rules, *rows), rules, Formats("ru", settings.currency_names), "ru")
    new = next(section for section in words.sections() if str(section.title) == "What is new")
    assert (len(new.sentences), new.left) == (10, 4)


def test_rows_that_get_lost_are_noticed(rules: Rules) -> None:
    plan = plan_of(rules, GOOD, KNOWN)
    judgement = plan.verdict.judgement
    lost = replace(plan.verdict, judgement=Judgement(judgement.rows[1:], (), judgement.tables))
    with pytest.raises(BuildError, match="would have 1 more records, not 0"):
        make_plan(lost, rules)
    unlisted = replace(plan.verdict, layouts=())
    with pytest.raises(BuildError, match="Of 0 rows only 2 are accounted for"):
        make_plan(unlisted, rules)


def test_sums_that_do_not_agree_are_noticed(rules: Rules) -> None:
    plan = plan_of(rules, GOOD)
    judgement = plan.verdict.judgement
    grants = judgement.tables["grants"]
    last = grants.records[-1]
    wrong = replace(last, values={**last.values, "amount_awarded": last["amount_awarded"] + 1})
    tables = {**judgement.tables, "grants": replace(grants, records=(*grants.records[:-1], wrong))}
    with pytest.raises(BuildError, match="The sums of amount_awarded do not agree"):
        make_plan(replace(plan.verdict, judgement=Judgement(judgement.rows, (), tables)), rules)
