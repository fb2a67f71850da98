"""Cells as people write them -> cells of our tables, or a sentence."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.cells import number_text
from portal.desk.convert import convert
from portal.desk.days import read_day
from portal.desk.grid import Cell, Formula, Sheet
from portal.desk.layout import find_layout
from portal.desk.model import DeskRow
from portal.desk.numbers import read_number
from tests.desk_rules import lines, rules_of_proba, sheet

FAULT = (
    "cell B2: The spreadsheet shows “{}” in place of a value. "
    "Correct the formula or widen the column, then paste the value."
)
ONE = Decimal(1)
NO_SIGNS: frozenset[str] = frozenset()
MONTHS = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]
KYRGYZ_MONTHS = [
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
]


def converted(*rows: Sequence[Any], language: str = "ru", table: str | None = None) -> tuple[DeskRow, ...]:
    layout, problems = find_layout(sheet(*rows), rules_of_proba(), table)
    assert layout, problems
    return convert(layout, rules_of_proba(), language)


def column(title: str, *cells: Any, table: str = "grants", language: str = "ru") -> list[str]:
    """The texts of a column, or what is said of a cell; the empty text for an absent cell."""
    rows = converted(
        ["ID", title], *([f"X-{place}", cell] for place, cell in enumerate(cells)), table=table, language=language
    )
    told = []
    for row in rows:
        values = [text for field, text in row.cells.items() if field not in ("id", "currency")]
        told.append(lines(row.problems)[0] if row.problems else "".join(values))
    return told


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Дом ", "Дом"),
        ("Дом\u00a0детства", "Дом детства"),
        ("Дом\r\nдетства", "Дом\nдетства"),
        ('Фонд «Забота» и "Мир"', 'Фонд «Забота» и "Мир"'),
        (12, "12"),
        (Decimal("12.50"), "12.5"),
        (Decimal("1E+3"), "1000"),
        (date(2019, 11, 5), "2019-11-05"),
        (True, "true"),
        ("\ufeffДом", "Дом"),
        ("   ", ""),
        ("—", ""),
        ("#1", "#1"),
        (
            "#REF!",
            FAULT.format("#REF!"),
        ),
        (
            "#Н/Д",
            FAULT.format("#Н/Д"),
        ),
        (
            "#######",
            FAULT.format("#######"),
        ),
        (Formula("=A1"), "cell B2: The cell holds a formula, =A1. Copy it and paste it as a value."),
    ],
)
def test_text(cell: Cell, text: str) -> None:
    assert column("Название", cell) == [text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("1950000.50", "1950000.5"),
        ("1 950 000,50", "1950000.5"),
        ("1\u00a0950\u00a0000,50", "1950000.5"),
        ("1\u202f950\u202f000", "1950000"),
        ("1'950'000.5", "1950000.5"),
        ("1.950.000,5", "1950000.5"),
        ("1,950,000.5", "1950000.5"),
        ("1,950,000", "1950000"),
        ("0,125", "0.125"),
        ("1950,125", "1950.125"),
        ("1 950,125", "1950.125"),
        ("12,5", "12.5"),
        (",5", "0.5"),
        ("-5", "-5"),
        ("−5", "-5"),
        ("300 000 сом", "300000"),
        ("300 000 сомов", "300000"),
        ("KGS 300000", "300000"),
        ("1,5 млн сом", "1500000"),
        ("1,5 млн. сомов", "1500000"),
        ("300 миң сом", "300000"),
        ("2,5 миллиона", "2500000"),
        ("1.5M", "1500000"),
        ("1950000.", "1950000"),
        (Decimal("476300.50"), "476300.5"),
        ("–", ""),
        ("12O", "“12O” is not a number."),
        ("1 95 000", "“1 95 000” is not a number."),
        ("1,23,456", "“1,23,456” is not a number."),
        ("1.234.567.8", "“1.234.567.8” is not a number."),
        ("5%", "“5%” is not a number."),
        ("5 сомневаюсь", "“5 сомневаюсь” is not a number."),
        ("5 тыс. млн сом", "“5 тыс. млн сом” is not a number."),
        ("5 t", "“5 t” is not a number."),
        ("100 USD", "“100 USD” is not a number."),
        ("1E+06", "“1E+06” is not a number."),
        ("100-200", "“100-200” is not a number."),
        ("не известно", "“не известно” is not a number."),
        ("300,500", "“300,500” can be read in two ways. Write 300500 or 300.5."),
        ("1.950", "“1.950” can be read in two ways. Write 1950 or 1.95."),
        ("9" * 50, f"“{'9' * 50}” is not a number."),
    ],
)
def test_number(cell: Cell, text: str) -> None:
    fix = " Write digits and a full stop, such as 1950000.50, or leave the cell empty." if "is not" in text else ""
    assert column("Сумма", cell) == [f"cell B2: {text}{fix}" if "“" in text else text]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (["1,950", "2,5"], ["1.95", "2.5"]),
        (["1.950", "2,5"], ["1950", "2.5"]),
        (["1,950", "1,234,567"], ["1950", "1234567"]),
        (["1.950", "0,125"], ["1950", "0.125"]),
        (["1,950", "5"], None),
        (["1,950", "2.5", "2,5"], None),
    ],
)
def test_other_cells_of_the_column_decide_about_a_doubtful_sign(cells: list[str], texts: list[str] | None) -> None:
    found = column("Сумма", *cells)
    assert found == texts if texts else "“1,950” can be read in two ways." in found[0]


@pytest.mark.parametrize(
    ("title", "cell", "text"),
    [
        ("Сумма, тыс. сом", "1,5", "1500"),
        ("Сумма, тыс. сом", Decimal("0.25"), "250"),
        ("Сумма, млн сом", 3, "3000000"),
        ("Сумма, тыс. сом", "1,950", "cell B2: “1,950” can be read in two ways. Write 1950000 or 1950."),
        (
            "Сумма, тыс. сом",
            "1,5 млн",
            "cell B2: “1,5 млн” names a unit, and so does the title "
            "of the column. Write the unit in one of the two places.",
        ),
    ],
)
def test_unit_of_the_title_counts(title: str, cell: Cell, text: str) -> None:
    assert column(title, cell) == [text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (2019, "2019"),
        ("2019", "2019"),
        ("2019 г.", "2019"),
        ("2019 год", "2019"),
        ("2019-ж.", "2019"),
        ("2019-жыл", "2019"),
        (
            "2019/20",
            "cell B2: “2019/20” is not a whole number. Write digits only, such as 120, or leave the cell empty.",
        ),
    ],
)
def test_year(cell: Cell, text: str) -> None:
    assert column("Год", cell) == [text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2019, 11, 5), "2019-11-05"),
        (43774, "2019-11-05"),
        ("43774", "2019-11-05"),
        (2019, "2019"),
        ("2019", "2019"),
        ("2019-11", "2019-11"),
        ("2019-11-05", "2019-11-05"),
        ("2019-11-05T00:00:00Z", "2019-11-05"),
        ("05.11.2019 0:00:00", "2019-11-05"),
        ("2019.11.5", "2019-11-05"),
        ("05.11.2019", "2019-11-05"),
        ("5.3.2019 г.", "2019-03-05"),
        ("25/11/2019", "2019-11-25"),
        ("11/25/2019", "2019-11-25"),
        ("5-5-2019", "2019-05-05"),
        ("11.2019", "2019-11"),
        ("11.2019 г.", "2019-11"),
        ("5 ноября 2019 г.", "2019-11-05"),
        ("«5» ноября 2019 года", "2019-11-05"),
        ("5-ноябрь 2019", "2019-11-05"),
        ("2019-ж., 5-ноябрь", "2019-11-05"),
        ("2019-жылдын 5-ноябры", "2019-11-05"),
        ("Ноябрь 2019", "2019-11"),
        ("November 5, 2019", "2019-11-05"),
        ("5th November 2019", "2019-11-05"),
        ("2019 г.", "2019"),
        ("-", ""),
        ("05/11/2019", "“05/11/2019” can be read in two ways. Write 2019-11-05 or 2019-05-11."),
        ("05.11.19", "The year of “05.11.19” has two digits only. Write the year with four digits."),
        ("31.02.2019", "“31.02.2019” is not a day, month or year."),
        ("2019-13", "“2019-13” is not a day, month or year."),
        ("скоро", "“скоро” is not a day, month or year."),
        ("2019–2020", "“2019–2020” is not a day, month or year."),
        ("II квартал 2019", "“II квартал 2019” is not a day, month or year."),
        (Decimal("11.2019"), "“11.2019” is not a day, month or year."),
        (5, "“5” is not a day, month or year."),
        ("5, 2019 г.", "“5, 2019 г.” is not a day, month or year."),
    ],
)
def test_partial_day(cell: Cell, text: str) -> None:
    fix = " Write year, month and day, such as 2019-11-05." if "is not" in text else ""
    assert column("Дата решения", cell) == [f"cell B2: {text}{fix}" if "“" in text else text]


@pytest.mark.parametrize(
    ("cells", "texts"),
    [
        (["05/11/2019", "25/11/2019"], ["2019-11-05", "2019-11-25"]),
        (["05/11/2019", "11/25/2019"], ["2019-05-11", "2019-11-25"]),
        (["05.11.2019", "11/25/2019"], ["2019-11-05", "2019-11-25"]),
        (["05-11-2019", "25/11/2019"], ["2019-11-05", "2019-11-25"]),
    ],
)
def test_other_cells_of_the_column_decide_about_the_order(cells: list[str], texts: list[str]) -> None:
    assert column("Дата решения", *cells) == texts


def test_orders_that_contradict_each_other_decide_nothing() -> None:
    found = column("Дата решения", "05/11/2019", "25/11/2019", "11/25/2019")
    assert "can be read in two ways" in found[0]
    assert found[1:] == ["2019-11-25", "2019-11-25"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("01.07.1998", "1998-07-01"),
        (43774, "2019-11-05"),
        ("2020-01", "cell B2: “2020-01” is not a day of the calendar. Write year, month and day, such as 2019-11-05."),
        (2019, "cell B2: “2019” is not a day of the calendar. Write year, month and day, such as 2019-11-05."),
    ],
)
def test_whole_day(cell: Cell, text: str) -> None:
    assert column("valid_from", cell, table="places") == [text]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Да", "true"),
        ("НЕТ", "false"),
        ("ооба", "true"),
        ("жок", "false"),
        ("true", "true"),
        (False, "false"),
        ("возможно", "cell B2: “возможно” is neither true nor false. Write true or false, or leave the cell empty."),
    ],
)
def test_yes_and_no(cell: Cell, text: str) -> None:
    assert column("Участвует", cell, table="coverage") == [text]


@pytest.mark.parametrize(
    ("title", "cell", "text"),
    [
        ("Состояние", "awarded", "awarded"),
        ("Состояние", "ПРИСУЖДЕН", "awarded"),
        ("Состояние", "Ыйгарылган", "awarded"),
        ("Состояние", "Присуждён (awarded)", "awarded"),
        ("Сфера", "Social protection", "social_protection"),
        (
            "Сфера",
            "Социальная зашита",
            "cell B2: “Социальная зашита” is not in the list of allowed values, Сферы. "
            "Did you mean “Социальная защита”?",
        ),
        (
            "Состояние",
            "?",
            "cell B2: “?” is not in the list of allowed values, Состояния грантов. "
            "Allowed values: Объявлен, Присуждён, В реализации, Реализован, Прекращён.",
        ),
        ("Получатель", "CARE", "CARE"),
        ("Получатель", 'Общественный фонд "Забота"', "CARE"),
        ("Получатель", "общественный  фонд забота", "CARE"),
        ("Получатель", "«Камкордук» коомдук фонду", "CARE"),
        ("Получатель", "Фонд «Добрая забота»", "CARE"),
        ("Получатель", "ОО «Надежда» (HOPE)", "HOPE"),
        ("Получатель", "Как угодно (HOPE)", "HOPE"),
        (
            "Получатель",
            "ОО «Надежда» (CARE)",
            "cell B2: “Организации” has no record called “ОО «Надежда» (CARE)”. "
            "Likely ones are: ОО «Надежда» (HOPE); ОО «Надежда Севера» (HOPE-2). Write one of them if it is meant.",
        ),
        (
            "Получатель",
            "Care Fundation",
            "cell B2: “Организации” has no record called “Care Fundation”. "
            "Did you mean “Общественный фонд «Забота» (CARE)”?",
        ),
        (
            "Где",
            "Берёзовка",
            "cell B2: Several records of “Места” are called “Берёзовка”. Write one of twin-1, twin-2.",
        ),
        (
            "Где",
            "Марс",
            "cell B2: “Места” has no record called “Марс”. Add the record there, or correct the value here.",
        ),
        ("Партнёры", "ОО «Надежда»; CARE;", "HOPE;CARE"),
        ("Партнёры", "ОО «Надежда»\nCARE", "HOPE;CARE"),
        (
            "Партнёры",
            "HOPE; Кто-то",
            "cell B2: “Организации” has no record called “Кто-то”. Add the record there, or correct the value here.",
        ),
    ],
)
def test_label_or_name(title: str, cell: Cell, text: str) -> None:
    assert column(title, cell) == [text]


def test_labels_are_listed_in_the_language_of_the_reader() -> None:
    assert "Allowed values: Алдын ала жарыяланган, Ыйгарылган, " in column("Состояние", "?", language="ky")[0]


def test_sheet_that_refers_to_itself_knows_its_own_records() -> None:
    rows = converted(["ID", "Название", "Чем заменено"], ["A", "Старый фонд", "Новый фонд"], ["B", "Новый фонд", None])
    assert [dict(row.cells) for row in rows] == [
        {"id": "A", "name_ru": "Старый фонд", "replaced_by": "B"},
        {"id": "B", "name_ru": "Новый фонд"},
    ]


def test_records_of_other_sheets_are_known() -> None:
    layout, _ = find_layout(
        sheet(["ID", "Получатель"], ["X", "Фонд «Звезда»"], ["Y", "STAR"]), rules_of_proba(), "grants"
    )
    assert layout
    arriving = {"organizations": [{"id": "STAR", "name_ru": "Фонд «Звезда»"}]}
    rows = convert(layout, rules_of_proba(), "ru", arriving=arriving)
    assert [row.cells["recipient"] for row in rows] == ["STAR", "STAR"]
    assert convert(layout, rules_of_proba(), "ru")[0].problems


@pytest.mark.parametrize(
    ("cell", "code"), [("сом", "KGS"), ("kgs", "KGS"), ("KGS", "KGS"), ("usd", "USD"), ("доллары", "доллары")]
)
def test_currency(cell: str, code: str) -> None:
    assert converted(["ID", "Сумма", "Валюта"], ["X", 5, cell], table="grants")[0].cells["currency"] == code


@pytest.mark.parametrize(
    ("title", "cell", "currency"),
    [
        ("Сумма", "5 сом", "KGS"),
        ("Сумма, тыс. сом", 5, "KGS"),
        ("Сумма", 5, None),
        ("Сумма, тыс. сом", None, None),
        ("Сумма, тыс. сом", "пять", None),
    ],
)
def test_currency_beside_the_amount_is_taken(title: str, cell: Cell, currency: str | None) -> None:
    assert converted(["ID", title], ["X", cell], table="grants")[0].cells.get("currency") == currency


def test_currency_that_contradicts_the_amount_is_told() -> None:
    (row,) = converted(["ID", "Сумма", "Валюта"], ["X", "5 сом", "USD"], table="grants")
    assert lines(row.problems) == ["cell B2: The amount is in KGS, but the row is in USD. Correct one of the two."]


def test_row_keeps_its_place_and_what_was_written() -> None:
    (row,) = converted(["Сведения"], ["ID", "Название", "Сумма", "Год"], [], ["X", "Дом", "пять", None], table="grants")
    assert (row.table, row.sheet, row.number) == ("grants", "Лист1", 4)
    assert row.cells == {"id": "X", "title_ru": "Дом"}
    assert row.columns == {"id": 0, "title_ru": 1, "amount_awarded": 2, "year": 3}
    assert row.original.cells == ("X", "Дом", "пять", None)
    assert [(problem.row, problem.column, problem.field) for problem in row.problems] == [(4, 2, "amount_awarded")]


def grouped(digits: str, sign: str) -> str:
    parts: list[str] = []
    while digits:
        digits, part = digits[:-3], digits[-3:]
        parts.insert(0, part)
    return sign.join(parts)


@given(
    number=st.decimals(min_value=0, max_value=10**12, places=2),
    form=st.sampled_from(
        [(" ", ","), ("\u00a0", ","), ("\u202f", "."), (".", ","), (",", "."), ("'", "."), ("", ","), ("", ".")]
    ),
    minus=st.booleans(),
    unit=st.sampled_from(["", " сом", " тыс. сом", " млн", " KGS"]),
)
def test_number_written_in_any_way_is_read_back(number: Decimal, form: tuple[str, str], minus: bool, unit: str) -> None:
    whole, rest = f"{number:.2f}".split(".")
    text = f"{'-' if minus else ''}{grouped(whole, form[0])}{form[1]}{rest}{unit}"
    size = {" тыс. сом": 1_000, " млн": 1_000_000}.get(unit, 1)
    reading = read_number(text, False, ONE, NO_SIGNS, rules_of_proba().words)
    assert reading.text == number_text(number * size * (-1 if minus else 1))


@given(day=st.dates(min_value=date(1955, 1, 1), max_value=date(2100, 12, 31)), form=st.integers(0, 8))
def test_day_written_in_any_way_is_read_back(day: date, form: int) -> None:
    written: list[Cell] = [
        day.isoformat(),
        f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day.day} {MONTHS[day.month - 1]} {day.year} г.",
        f"{day.day}-{KYRGYZ_MONTHS[day.month - 1]}, {day.year}-ж.",
        f"{day:%B} {day.day}, {day.year}",
        Decimal((day - date(1899, 12, 30)).days),
        day,
        f"{day:%d/%m/%Y}",
    ]
    reading = read_day(written[form], False, "dmy", False, rules_of_proba().words)
    assert reading.text == day.isoformat()


CELLS = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.text(alphabet="0123456789.,'/- \u00a0", max_size=14),
    st.sampled_from(
        ["сом", "тыс", "ноября 2019", "(CARE)", "Итого", "MIN", "5,000 тыс", "#REF!", "31.02.2019", "2019 г."]
    ),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    st.dates(),
    st.booleans(),
    st.builds(Formula, st.text(max_size=5)),
)
HEADER = ["ID", "Сумма, тыс. сом", "Год", "Дата решения", "Состояние", "Получатель", "Партнёры", "Название", "Валюта"]


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=10), max_size=6))
def test_no_cell_stops_the_desk_or_is_lost(rows: list[list[Cell]]) -> None:
    page = sheet(HEADER, *rows)
    layout, _ = find_layout(page, rules_of_proba(), "grants")
    assert layout
    assert sorted([layout.header, *(row.number for row in layout.rows), *(number for number, _ in layout.skipped)]) == [
        row.number for row in page.rows
    ]
    assert [row.number for row in convert(layout, rules_of_proba(), "ky")] == [row.number for row in layout.rows]


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_no_sheet_stops_the_search_for_a_table(rows: list[list[Cell]]) -> None:
    find_layout(sheet(*rows), rules_of_proba())


def big_sheet(rows: int) -> Sheet:
    header = ["Кем выдан", "Получатель", "Название", "Сумма", "Валюта", "Год", "Дата решения", "Состояние"]
    header += ["Где", "Сфера", "Номер договора", "Начало", "Окончание", "Охват", "Источник"]
    names = ["Общественный фонд «Забота»", "HOPE", "ОО «Надежды»"]

    def rest(n: int) -> list[Any]:
        return ["Озёрный", "Социальная защита", f"{n}/2019", "01/15/2019", "2019-12", n, "S-1"]

    cells = (
        [
            "MIN",
            names[n % 3],
            f"Проект {n}",
            f"{n} 950,5",
            "KGS",
            2019,
            f"{n % 28 + 1:02}.11.2019",
            "Присужден",
            *rest(n),
        ]
        for n in range(1, rows + 1)
    )
    return sheet(header, *cells)


def test_5000_rows_are_read_at_once() -> None:
    page = big_sheet(5_000)
    rules_of_proba().names  # noqa: B018  (computed once a portal)
    before = time.process_time()
    layout, _ = find_layout(page, rules_of_proba())
    assert layout
    rows = convert(layout, rules_of_proba(), "ru")
    assert time.process_time() - before < 1.5
    assert (len(rows), sum(bool(row.problems) for row in rows)) == (5_000, 1_667)
