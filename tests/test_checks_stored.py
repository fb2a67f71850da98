"""checks/ of tables that stay in their store: they find what they find in memory, to the letter."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

import portal.load
from portal.__main__ import find_problems
from portal.checks import CHECKS, Check, identity, money, run_checks, texts
from portal.checks.texts import BLANKS, CONTROL, UNSHOWABLE
from portal.checks.words import LETTER, MARKS, fold, may_say_the_same
from portal.store import Store
from portal.tables import Tables
from tests.releases_of_tiny import edit as edit_cells
from tests.releases_of_tiny import tiny_settings
from tests.stored_tables import stored
from tests.test_checks import BROKEN, GOOD, TODAY, Edit, edited, grant, name_of

pytestmark = pytest.mark.long

CASES = (
    *(case[:2] for case in BROKEN),
    *GOOD,
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "٠٥٥٥\u00a0١٢\u2009٣٤\u300056"}}),
    (texts.blanks_around, {("grants", "G-2023-1"): {"note_en": "A text\u3000"}}),
    (texts.blanks_around, {("grants", "G-2023-1"): {"note_en": "\u2028A text"}}),
    (texts.blanks_around, {("grants", "G-2023-1"): {"note_en": "A text\n"}}),
    (texts.formulas, {("grants", "G-2023-1"): {"note_en": "=\u0338 is not"}}),
    (texts.descriptions_that_repeat_the_title, {("grants", "G-2023-1"): {"description_en": "“SCHOOL of the ½”"}}),
    (texts.descriptions_that_repeat_the_title, {("grants", "G-2023-1"): {"description_en": "“SCHOOL of the wínd”"}}),
    (money.amounts_not_above_zero, {("totals", "T-4"): {"value": Decimal("-0.0000001")}}),
    (money.amounts_not_above_zero, {("grants", "G-2023-1"): {"amount_awarded": Decimal("1e-8")}}),
    (
        money.awards_beyond_the_budget,
        {("grants", "G-9"): grant(program="kites", year=2023, amount_awarded=Decimal("99999999.50"), currency="XTS")},
    ),
    (
        identity.repeated_grants,
        {("grants", f"G-{title}"): grant(title_en=title, place="monta") for title in ("№ 5", "No 5")},
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def untouched(tables: Tables) -> Tables:
    """The tiny portal, stored."""
    return stored(tables, Store())


@pytest.mark.parametrize(("check", "edit"), CASES, ids=name_of)
def test_a_stored_table_has_the_same_problems(check: Check, edit: Edit, tables: Tables, untouched: Tables) -> None:
    in_memory = edited(tables, edit)
    touched = stored({name: in_memory[name] for name in {name for name, _ in edit}}, Store())
    in_store = {name: touched.get(name, untouched[name]) for name in tables}
    assert list(check(in_store, TODAY)) == list(check(in_memory, TODAY))


def test_all_checks_together_give_the_same_problems_in_the_same_order(tables: Tables) -> None:
    every: dict[tuple[str, str], dict[str, object]] = {}
    for _, edit, _ in BROKEN:
        for key, cells in edit.items():
            if cells is not None:
                every.setdefault(key, {}).update(cells)
    in_memory = edited(tables, every)
    in_store = stored(in_memory, Store())
    found = run_checks(in_store, TODAY)
    assert len(found) > len(CHECKS)
    # The file of the new records is one more of their table.
    named = {name: replace(table, resource=in_store[name].resource) for name, table in in_memory.items()}
    assert run_checks(named, TODAY) == found


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_stored_table_without_others_is_checked_too(check: Check, untouched: Tables) -> None:
    assert list(check({"grants": untouched["grants"]}, TODAY)) == []


@pytest.fixture(scope="module")
def signs() -> Iterator[duckdb.DuckDBPyConnection]:
    """A table of every character but surrogates: its number, and itself as text."""
    with duckdb.connect(":memory:") as database:
        database.execute(
            f"create table signs as select number, chr(number::integer) as sign from range(1, {sys.maxunicode + 1}) "
            "as every(number) where number not between 55296 and 57343"
        )
        yield database


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(r"\d", r"\p{Nd}"), (r"\s", f"[{BLANKS}]"), (UNSHOWABLE.pattern, CONTROL)],
    ids=["digits", "blanks", "control characters"],
)
def test_duckdb_suspects_every_character_that_python_suspects(
    ours: str, theirs: str, signs: duckdb.DuckDBPyConnection
) -> None:
    found = signs.execute(f"select sign from signs where not regexp_full_match(sign, '{theirs}')").fetchall()
    assert re.findall(ours, "".join(sign for (sign,) in found)) == []


def test_every_blank_at_an_end_is_suspected(signs: duckdb.DuckDBPyConnection) -> None:
    found = signs.execute(f"select sign from signs where not regexp_full_match(sign, '[{BLANKS}]')").fetchall()
    assert [sign for (sign,) in found if sign != sign.strip()] == []


def test_duckdb_folds_letters_as_python_does(signs: duckdb.DuckDBPyConnection) -> None:
    letters = signs.execute(f"select sign, lower(sign) from signs where regexp_full_match(sign, '{LETTER}')").fetchall()
    assert len(letters) > 100
    assert [sign for sign, lower in letters if fold(sign) != lower] == []
    marks = signs.execute(f"select sign from signs where regexp_full_match(sign, '{MARKS}')").fetchall()
    assert len(marks) == 40
    assert [sign for (sign,) in marks if fold(sign)] == []


@pytest.mark.parametrize(
    ("one", "other", "may"),
    [
        ("School of the wind", "“SCHOOL, of the wind!”", True),
        ("School of the wind", "School of the winds", False),
        ("Дневной центр", "дневной  центр.", True),
        ("Йога", "ёла", True),  # not plain letters, so Python looks
        ("½ price", "1⁄2 price", True),
        ("5.", "5", True),
        ("School", None, None),
        ("…", "School", True),
    ],
)
def test_texts_that_begin_and_end_alike_are_suspected(one: str, other: str, may: bool | None) -> None:
    with duckdb.connect(":memory:") as database:
        asked = database.execute(f"select {may_say_the_same('$one', '$other')}", {"one": one, "other": other})
        assert asked.fetchall() == [(may,)]


def test_a_word_for_nothing_says_nothing(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema may name other texts than the empty one that stand for no value."""
    schema = tiny / "schemas/grants.yaml"
    schema.write_text('missingValues: ["", "-"]\n' + schema.read_text("utf-8"), "utf-8")
    nothing = dict.fromkeys(("amount_requested", "amount_awarded", "amount_cofunding", "description_en"), "-")
    edit_cells(tiny / "grants/2023.csv", "G-2023-1", currency="XTS", **nothing)
    found = []
    for large in (10**9, 1):
        monkeypatch.setattr(portal.load, "LARGE", large)
        found.append(find_problems(tiny_settings(tiny)))
    assert found[0] == found[1]
    assert any("but no amount" in problem.what.template for problem in found[0])
