"""Where the table stands in a sheet."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from portal.checks.words import fold
from portal.desk.grid import Merged, Sheet, Workbook
from portal.desk.layout import find_layout, find_layouts
from portal.desk.model import Layout
from portal.desk.rules import Rules, TableRules, read_rules
from portal.errors import InputError
from portal.package import Package
from portal.text import Text
from portal.validate import Tables
from tests.desk_rules import lines, rules_of_proba, sheet, word_lists

RUSSIAN = ["Кем выдан", "Получатель", "Название (на русском)", "Год"]


def fields(layout: Layout | None) -> dict[int, str]:
    assert layout
    return {column.index: column.field for column in layout.columns}


def laid_out(*rows: Sequence[object], merged: tuple[Merged, ...] = (), name: str = "Лист1") -> Layout:
    layout, problems = find_layout(sheet(*rows, merged=merged, name=name), rules_of_proba())
    assert not problems
    assert layout
    return layout


@pytest.mark.parametrize(
    "header",
    [
        RUSSIAN,
        ["Ким берген", "Алуучу", "Аталышы (орусча)", "Жыл"],
        ["Given by", "Received by", "Title (in Russian)", "Year"],
        ["funder", "recipient", "title_ru", "year"],
        ["КЕМ ВЫДАН *", "ПОЛУЧАТЕЛЬ", "НАЗВАНИЕ\n(НА РУССКОМ)*", " Год "],
        ["Заказчик", "НКО", "Наименование проекта", "Год гранта"],
        ["Буюртмачы", "Аткаруучу", "Название", "Жылы"],
    ],
)
def test_header_in_any_language_and_with_known_synonyms(header: list[str]) -> None:
    layout = laid_out(header, ["MIN", "CARE", "Дом", 2019])
    assert (layout.table, layout.header) == ("grants", 1)
    assert fields(layout) == {0: "funder", 1: "recipient", 2: "title_ru", 3: "year"}


def test_header_below_title_rows_and_beside_unknown_columns() -> None:
    layout = laid_out(
        ["Сведения о грантах за 2019 год"],
        [],
        [None, "Министерство проб"],
        ["№ п/п", *RUSSIAN, None, "Подпись"],
        [1, "MIN", "CARE", "Дом", 2019, "лишнее", None],
    )
    assert layout.header == 4
    assert fields(layout) == {1: "funder", 2: "recipient", 3: "title_ru", 4: "year"}
    assert layout.unused == ((0, "№ п/п"), (5, ""))
    assert [(number, str(why)) for number, why in layout.skipped] == [
        (1, "The row stands above the titles of the columns."),
        (3, "The row stands above the titles of the columns."),
    ]


@pytest.mark.parametrize(
    ("title", "field", "scale", "currency"),
    [
        ("Сумма", "amount_awarded", 1, ""),
        ("Сумма, тыс. сом", "amount_awarded", 1_000, "KGS"),
        ("Сумма (тыс. сом)", "amount_awarded", 1_000, "KGS"),
        ("Сумма гранта в тыс. сомов", "amount_awarded", 1_000, "KGS"),
        ("Сумма гранта (в сомах)", "amount_awarded", 1, "KGS"),
        ("СУММА, МЛН СОМ", "amount_awarded", 1_000_000, "KGS"),
        ("Бөлүнгөн сумма, миң сом", "amount_awarded", 1_000, "KGS"),
        ("Amount awarded (KGS)", "amount_awarded", 1, "KGS"),
        ("Amount requested, million som", "amount_requested", 1_000_000, "KGS"),
        ("Сумма, тыс. долларов", None, 1, ""),
        ("Сумма (план)", None, 1, ""),
        ("Дата решения (дд.мм.гггг)", "decided_on", 1, ""),
        ("Название (на языке оригинала)", None, 1, ""),
        ("Начало II", None, 1, ""),
        ("Сумма M", None, 1, ""),
    ],
)
def test_unit_in_a_title(title: str, field: str | None, scale: int, currency: str) -> None:
    layout = laid_out([*RUSSIAN, title], ["MIN", "CARE", "Дом", 2019, "x"])
    found = {column.index: (column.field, column.scale, column.currency) for column in layout.columns}
    assert found.get(4, (None, Decimal(1), "")) == (field, Decimal(scale), currency)


def test_title_over_two_rows_with_merged_cells() -> None:
    layout = laid_out(
        ["Кем выдан", "Название", "Сумма", None, "Год"],
        [None, None, "запрошено", "выдано, тыс. сом", None],
        ["MIN", "Дом", 10, 5, 2019],
        merged=(Merged(1, 2, 0, 0), Merged(1, 2, 1, 1), Merged(1, 1, 2, 3), Merged(1, 2, 4, 4)),
    )
    assert layout.header == 2
    assert fields(layout) == {0: "funder", 1: "title_ru", 2: "amount_requested", 3: "amount_awarded", 4: "year"}
    assert [column.scale for column in layout.columns] == [1, 1, 1, 1000, 1]
    assert len(layout.rows) == 1


def test_group_of_a_csv_file_reaches_over_the_empty_cells() -> None:
    layout = laid_out(
        [None, None, "Сумма", None],
        ["Кем выдан", "Название", "запрошенная", "выделенная"],
        ["MIN", "Дом", "10", "5"],
    )
    assert fields(layout) == {0: "funder", 1: "title_ru", 2: "amount_requested", 3: "amount_awarded"}


def test_second_row_of_titles_belongs_to_them_when_it_adds_no_field() -> None:
    layout = laid_out(
        ["Кем выдан", "Название", "Год", "Прочее"],
        [None, None, None, "(что угодно)"],
        ["MIN", "Дом", 2019, "x"],
        merged=tuple(Merged(1, 2, column, column) for column in range(3)),
    )
    assert (layout.header, len(layout.rows)) == (2, 1)


def test_total_in_the_only_column_of_texts() -> None:
    layout = laid_out(["Название", "Сумма", "Год"], ["Дом", 5, 2019], ["Итого", 5, None], name="Гранты")
    assert [number for number, _ in layout.skipped] == [3]


def test_merged_cells_of_records_are_filled_in() -> None:
    layout = laid_out(
        ["Кем выдан", "Получатель", "Название", "Год"],
        ["MIN", "CARE", "Дом", 2019],
        [None, "HOPE", "Сад", None],
        merged=(Merged(2, 3, 0, 0), Merged(2, 3, 3, 3)),
    )
    assert layout.rows[1].cells == ("MIN", "HOPE", "Сад", Decimal(2019))


def test_merged_cells_of_the_header_are_not_filled_down() -> None:
    layout = laid_out(
        ["Кем выдан", "Название", "Год", "Сумма"], ["MIN", "Дом", 2019, None], merged=(Merged(1, 2, 3, 3),)
    )
    assert layout.rows[0].cells == ("MIN", "Дом", Decimal(2019), None)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (["Итого", None, None, 500], "The row holds totals."),
        ([None, "ВСЕГО по программе:", None, 500], "The row holds totals."),
        (["Жыйынтыгы", None, None, 500], "The row holds totals."),
        (["Кем выдан", "Получатель", "Название", "Сумма"], "The row repeats the titles of the columns."),
        (["1", "2", "3", "4"], None),
        (["г. Озёрный", None, None, None], "The row is a heading or a remark."),
        (["MIN", "CARE", "Итого хорошо", 5], None),
        ([None, None, None, None, "x"], "The row fills none of the columns that are read."),
        (["MIN", None, None, 5], None),
    ],
)
def test_row_that_is_no_record(row: Sequence[object], why: str | None) -> None:
    layout = laid_out(["Кем выдан", "Получатель", "Название", "Сумма"], ["MIN", "CARE", "Дом", 5], row)
    assert [(number, str(reason)) for number, reason in layout.skipped] == ([(3, why)] if why else [])
    assert len(layout.rows) == (1 if why else 2)


def test_numbers_of_columns_stand_right_below_the_titles() -> None:
    layout = laid_out(["Кем выдан", "Получатель", "Название"], ["1", 2, "3"], ["MIN", "CARE", "Дом"])
    assert [(number, str(why)) for number, why in layout.skipped] == [(2, "The row counts the columns.")]


def test_signature_below_the_totals_is_a_remark() -> None:
    layout = laid_out(
        ["Кем выдан", "Получатель", "Название", "Сумма"],
        ["MIN", "CARE", "Дом", 5],
        ["Итого", None, None, 5],
        [],
        ["Директор", None, "А. А. Асанов"],
    )
    assert [(number, str(why)) for number, why in layout.skipped] == [
        (3, "The row holds totals."),
        (5, "The row is a remark below the totals."),
    ]


def test_title_over_most_columns_is_a_heading() -> None:
    layout = laid_out(
        ["Кем выдан", "Название", "Сумма"], ["Озёрный", None, None], ["MIN", "Дом", 5], merged=(Merged(2, 2, 0, 2),)
    )
    assert [number for number, _ in layout.skipped] == [2]


def test_field_is_taken_once() -> None:
    layout, problems = find_layout(
        sheet([*RUSSIAN, "Наименование проекта"], ["MIN", "CARE", "Дом", 2019, "Другой"]), rules_of_proba()
    )
    assert fields(layout) == {0: "funder", 1: "recipient", 2: "title_ru", 3: "year"}
    assert layout
    assert layout.unused == ((4, "Наименование проекта"),)
    assert lines(problems) == [
        "cell E1: The columns C and E both hold “Название (на русском)”. "
        "Give one of the two another title, or delete it."
    ]


def test_empty_second_column_is_no_fault() -> None:
    assert laid_out([*RUSSIAN, "Наименование проекта"], ["MIN", "CARE", "Дом", 2019]).unused == ()


def test_table_that_could_be_several_is_asked_for() -> None:
    rows = (["Программа", "Год", "Валюта"], ["P-1", 2019, "KGS"])
    layout, problems = find_layout(sheet(*rows), rules_of_proba())
    assert layout is None
    assert lines(problems) == [
        "Sheet Лист1: The titles of the columns fit several tables: budgets, calls, grants, vouchers. "
        "Give the sheet the name of its table."
    ]
    assert laid_out(*rows, name="Бюджеты программ").table == "budgets"
    assert laid_out(*rows, name="vouchers.csv").table == "vouchers"
    named, _ = find_layout(sheet(*rows), rules_of_proba(), "calls")
    assert named
    assert named.table == "calls"


def test_sheets_without_a_table_are_told_and_tables_stand_in_the_order_of_the_package() -> None:
    sheets = (
        sheet(RUSSIAN, ["MIN", "CARE", "Дом", 2019], name="Гранты"),
        sheet(["Как заполнять"], ["Пишите год"], name="Пояснение"),
        Sheet("Лист3", ()),
        sheet(["Вид", "Название", "Правовая форма"], ["ngo", "Фонд", None], name="Организации"),
    )
    layouts, problems, others = find_layouts(Workbook("a.xlsx", "xlsx", sheets), rules_of_proba())
    assert [layout.table for layout in layouts] == ["organizations", "grants"]
    assert not problems
    assert [(name, str(why)) for name, why in others] == [
        ("Пояснение", "No row of the sheet names the columns of a table."),
        ("Лист3", "The sheet is empty."),
    ]


def test_file_without_a_table_says_where_titles_are() -> None:
    book = Workbook("a.csv", "csv", (sheet(["Фамилия", "Имя"], ["А", "Б"]),))
    with pytest.raises(InputError, match="has a row with titles of columns that the portal knows"):
        find_layouts(book, rules_of_proba())
    with pytest.raises(InputError, match="titles of the table “payments”"):
        find_layouts(book, rules_of_proba(), "payments")


def test_sheet_of_one_column_needs_one_title() -> None:
    assert fields(laid_out(["Название организации"], ["Фонд"], name="Организации")) == {0: "name_ru"}


@pytest.fixture
def tiny_rules(package: Package, tables: Tables, tmp_path: Path) -> Rules:
    names = {"XTS": Text.of({"eo": "ŝeloj", "en": "shells"})}
    return read_rules(package, tables, ("eo", "en"), "XTS", names, translations=word_lists(tmp_path))


def test_other_portal_other_languages(tiny_rules: Rules) -> None:
    found, _ = find_layout(
        sheet(["Donita de", "Ricevanto", "Titolo", "Sumo (mil ŝeloj)"], ["x", "y", "z", 5], ["Sume", None, None, 5]),
        tiny_rules,
    )
    assert fields(found) == {0: "funder", 1: "recipient", 2: "title_eo", 3: "amount_awarded"}
    assert found
    assert (found.columns[3].scale, found.columns[3].currency) == (Decimal(1000), "XTS")
    assert len(found.rows) == 1


def ambiguous(rules: TableRules) -> list[str]:
    """Synonyms that two fields of a table share, or that no title can match."""
    owner: dict[str, str] = {}
    faults = []
    for field in rules.resource.fields:
        for synonym in rules.synonyms(field):
            if owner.setdefault(fold(synonym), field.name) != field.name or not fold(synonym):
                faults.append(f"{rules.resource.name}: {synonym}")
    return faults


def test_synonym_belongs_to_one_field_of_a_table(tiny_rules: Rules) -> None:
    tables = [*rules_of_proba().by_table.values(), *tiny_rules.by_table.values()]
    assert [fault for rules in tables for fault in ambiguous(rules)] == []
