"""checks/: for every check a record that breaks the rule, with what is said of it, and a neighbour that keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

import pytest

from portal.checks import CHECKS, Check, dates, identity, money, references, run_checks, texts
from portal.errors import Problem
from portal.validate import Record, Table, Tables

TODAY = date(2025, 6, 1)

# Table and identifier -> the cells that are changed. An identifier that the table does not have makes a new record
# of these cells alone, in the file “new” from line 2 on; None takes the record out.
Edit = Mapping[tuple[str, str], Mapping[str, Any] | None]


def edited(tables: Tables, edit: Edit) -> Tables:
    """The tables with the changes."""
    lines = count(2)
    made = dict(tables)
    for (name, identifier), cells in edit.items():
        table = made[name]
        key = table.resource.primary_key
        there = {record[key]: record for record in table.records}
        if cells is None:
            del there[identifier]
        elif identifier in there:
            there[identifier] = replace(there[identifier], values={**there[identifier].values, **cells})
        else:
            empty = dict.fromkeys(table.resource.field_names)
            there[identifier] = Record({**empty, key: identifier, **cells}, "new", next(lines))
        made[name] = Table(table.resource, tuple(there.values()))
    return made


def grant(**cells: Any) -> dict[str, Any]:
    """The cells that a new grant cannot be without."""
    return {"funder": "ministry-of-kites", "year": 2024, "certainty": "confirmed", "title_en": "A new one"} | cells


def source(**cells: Any) -> dict[str, Any]:
    """A good new source."""
    return {"title": "New", "url": "https://new.example/", "published_on": "2025"} | cells


NEVER_COUNTED = {"certainty": "announced"}
FIRST = "grants/2023.csv, line 2, column"
DELETE = "Delete one of the two, or write into the title what tells them apart."
REMOVE = "Remove it: the portal publishes nothing that leads to a person."
BEGIN = "Begin it with a letter, a digit or a quotation mark."
PHONE = f"{FIRST} note_en: The text contains what looks like a phone number. {REMOVE}"
EMPTY = "Correct it; leave the cell empty if no source says it."
TOLD = "Say what is done, for whom and where, or leave it empty."
KEEP_ONE = "If the two are one, keep one record and let everything point at it."

BROKEN: tuple[tuple[Check, Edit, str], ...] = (
    (
        dates.impossible_days,
        {("grants", "G-2023-1"): {"planned_end": "2019-02-31"}},
        f"{FIRST} planned_end: “2019-02-31” is not a day of the calendar. "
        "Correct the day, or write only the month or the year.",
    ),
    (
        dates.impossible_days,
        {("sources", "S-1"): {"seen_on": "0000"}},
        "sources.csv, line 2, column seen_on: “0000” is not a day of the calendar. "
        "Correct the day, or write only the month or the year.",
    ),
    (
        dates.ends_before_starts,
        {("grants", "G-2023-1"): {"planned_start": "2023-04-01", "planned_end": "2023-03"}},
        f"{FIRST} planned_end: 2023-03 lies before 2023-04-01, “planned_start”. Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("grants", "G-2023-1"): {"actual_start": "2024", "actual_end": "2023-12-31"}},
        f"{FIRST} actual_end: 2023-12-31 lies before 2024, “actual_start”. Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("programs", "kites"): {"year_to": 2022}},
        "programs/kites.yaml, line 1, column year_to: 2022 lies before 2023, “year_from”. "
        "Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("places", "fantazia"): {"valid_to": date(1989, 12, 31)}},
        "places.csv, line 2, column valid_to: 1989-12-31 lies before 1990-01-01, “valid_from”. "
        "Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("organization_names", "ON-1"): {"seen_to": 2018}},
        "organization_names.csv, line 2, column seen_to: 2018 lies before 2019, “seen_from”. "
        "Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("calls", "C-2024"): {"deadline": "2023-12-31", "decided_on": None}},
        "calls.csv, line 3, column deadline: 2023-12-31 lies before 2024-01, “announced_on”. "
        "Correct the one that is wrong.",
    ),
    (
        dates.ends_before_starts,
        {("calls", "C-2024"): {"deadline": "2024-04-01"}},
        "calls.csv, line 3, column decided_on: 2024-03 lies before 2024-04-01, “deadline”. "
        "Correct the one that is wrong.",
    ),
    (
        dates.decisions_in_the_future,
        {("grants", "G-2023-1"): {"decided_on": "2025-06-02"}},
        f"{FIRST} decided_on: 2025-06-02 has not come yet. "
        "Correct it, or leave the record out until the decision is made.",
    ),
    (
        dates.decisions_in_the_future,
        {("grants", "G-2023-1"): {"year": 2026}},
        f"{FIRST} year: 2026 has not come yet. Correct it, or leave the record out until the decision is made.",
    ),
    (
        dates.decisions_in_the_future,
        {("calls", "C-2024"): {"decided_on": "2025-07"}},
        "calls.csv, line 3, column decided_on: 2025-07 has not come yet. "
        "Correct it, or leave the record out until the decision is made.",
    ),
    (
        dates.grants_outside_their_program,
        {("grants", "G-2023-1"): {"year": 2022}},
        f"{FIRST} year: The grant is of 2022, but the program “kites” runs from 2023 to 2024. "
        "Correct the year, the program, or the years of the program.",
    ),
    (
        dates.grants_outside_their_program,
        {("programs", "kites"): {"year_from": None}, ("grants", "G-2024-1"): {"year": 2025}},
        "grants/2024.csv, line 2, column year: "
        "The grant is of 2025, but the program “kites” runs from … to 2024. "
        "Correct the year, the program, or the years of the program.",
    ),
    (
        dates.places_that_did_not_exist,
        {("grants", "G-2023-1"): {"place": "malnova"}},
        f"{FIRST} place: The place “malnova” existed until 2022-12-31 only. "
        "Write “monta”, of which it is part now.",
    ),
    (
        dates.places_that_did_not_exist,
        {("grants", "G-2023-1"): {"place": "malnova"}, ("places", "malnova"): {"replaced_by": None}},
        f"{FIRST} place: The place “malnova” existed until 2022-12-31 only. "
        "Write the place to which it belonged in 2023.",
    ),
    (
        dates.places_that_did_not_exist,
        {("places", "havena"): {"valid_from": date(2024, 1, 1)}},
        f"{FIRST} place: The place “havena” exists since 2024-01-01 only. "
        "Write the place to which it belonged in 2023.",
    ),
    (
        money.amounts_not_above_zero,
        {("grants", "G-2023-1"): {"amount_awarded": Decimal(0)}},
        f"{FIRST} amount_awarded: An amount is more than zero, not 0. {EMPTY}",
    ),
    (
        money.amounts_not_above_zero,
        {("grants", "G-2023-1"): {"amount_cofunding": Decimal("-0.5")}},
        f"{FIRST} amount_cofunding: An amount is more than zero, not -0.5. {EMPTY}",
    ),
    (
        money.amounts_not_above_zero,
        {("calls", "C-2023"): {"budget": Decimal(0)}},
        f"calls.csv, line 2, column budget: An amount is more than zero, not 0. {EMPTY}",
    ),
    (
        money.amounts_not_above_zero,
        {("payments", "P-2"): {"amount": Decimal(-1)}},
        f"payments.csv, line 3, column amount: An amount is more than zero, not -1. {EMPTY}",
    ),
    (
        money.amounts_not_above_zero,
        {("totals", "T-4"): {"value": Decimal(-1)}},
        "totals.csv, line 5, column value: A total is not less than zero, but this one is -1. Correct the value.",
    ),
    (
        money.amounts_without_currency,
        {("grants", "G-2023-1"): {"currency": None}},
        f"{FIRST} currency: “amount_requested” holds an amount, but its currency is missing. "
        "Write the three letters of the currency, as in ISO 4217.",
    ),
    (
        money.amounts_without_currency,
        {("calls", "C-harbour"): {"currency": "XTS"}},
        "calls.csv, line 4, column currency: There is a currency, “XTS”, but no amount. "
        "Write the amount, or leave the currency empty.",
    ),
    (
        money.joint_sums_beside_amounts,
        {("grants", "G-2023-1"): {"amount_group": "J-1"}},
        f"{FIRST} amount_group: The grant has an amount of its own and is part of the joint sum “J-1”. "
        "Keep the one that the source reports, and empty the other.",
    ),
    (
        money.awards_beyond_the_budget,
        {("grants", "G-2023-1"): {"amount_awarded": Decimal("120000.01")}},
        "budgets.csv, line 2, column amount: "
        "120000.01 XTS was awarded in the program “kites” in 2023, out of a budget of 120000.00. "
        "Correct the budget, or the grant that is too large.",
    ),
    (
        money.amounts_of_uncounted_grants,
        {("grants", "G-2024-3"): {"amount_awarded": Decimal(5)}},
        "grants/2024.csv, line 4, column amount_awarded: "
        "Grants with the certainty “announced” are not counted, but an amount is awarded. "
        "Correct the certainty, or write the amount into the note.",
    ),
    (
        identity.missing_names,
        {("organizations", "tortoise"): {"name_en": None}},
        "organizations.csv, line 7, column name_eo: The record has no name or title in any language. "
        "Write it in at least one language.",
    ),
    (
        identity.missing_names,
        {("programs", "quiet-harbour"): {"title_eo": None}},
        "programs/quiet-harbour.yaml, line 1, column title_eo: The record has no name or title in any language. "
        "Write it in at least one language.",
    ),
    (
        identity.missing_names,
        {("grants", "G-2023-3"): {"title_en": None}},
        "grants/2023.csv, line 4, column title_eo: The record has no name or title in any language. "
        "Write it in at least one language.",
    ),
    (
        identity.grants_to_oneself,
        {("grants", "G-2023-1"): {"recipient": "ministry-of-kites"}},
        f"{FIRST} recipient: “ministry-of-kites” gives the grant and receives it. "
        "Correct one of the two; leave an unknown recipient empty.",
    ),
    (
        identity.repeated_grants,
        {
            ("grants", "G-9"): grant(
                recipient="seagull", title_eo="LERNEJO de la “vento”!", year=2023, amount_awarded=Decimal("40000.50")
            )
        },
        "new, line 2, column id: "
        f"The grant is the same as “G-2023-1” in grants/2023.csv, line 2: recipient, title, year and amount. {DELETE}",
    ),
    (
        identity.repeated_grants,
        {("grants", "G-9"): grant(title_en="Great  day of kites.", place="fantazia")},
        "new, line 2, column id: "
        "The grant may be the same as “G-2024-3” in grants/2024.csv, line 4: funder, title, year and place. "
        "Delete one of the two if it is.",
    ),
    (
        identity.alike_organizations,
        {("organizations", "gull"): {"name_en": "the «SEAGULL»".removeprefix("the ")}},
        f"new, line 2, column name_eo: The name looks like that of “seagull” in organizations.csv, line 5. {KEEP_ONE}",
    ),
    (
        identity.alike_organizations,
        {("organizations", "gull"): {"name_eo": "Asocio Mévo"}},
        f"new, line 2, column name_eo: The name looks like that of “seagull” in organizations.csv, line 5. {KEEP_ONE}",
    ),
    (
        identity.lost_zeros,
        {("places", "norda"): {"code": "10000"}},
        "places.csv, line 3, column code: “10000” seems to have lost the zeros at its beginning. "
        "Write 010000, and keep the column as text.",
    ),
    (
        references.items_of_lists,
        {("grants", "G-2023-1"): {"partners": ("lighthouse", "hill-scool")}},
        f"{FIRST} partners: “hill-scool” points at a record that does not exist in organizations.csv. "
        "Did you mean “hill-school”?",
    ),
    (
        references.items_of_lists,
        {("programs", "kites"): {"spheres": ("leisure", "sport")}},
        "programs/kites.yaml, line 1, column spheres: "
        "“sport” is not in the list of allowed values, codelists/spheres.csv. "
        "Allowed values: leisure, education, environment.",
    ),
    (
        references.items_of_lists,
        {("calls", "C-2023"): {"also_sources": ("S-3", "S-3")}},
        "calls.csv, line 2, column also_sources: “S-3” stands in the list more than once. Keep it once.",
    ),
    (
        references.loops,
        {("places", "norda"): {"parent": "havena"}},
        "places.csv, line 3, column parent: The record leads back to itself: norda → havena → norda. "
        "Correct the one of them that points the wrong way.",
    ),
    (
        references.loops,
        {("organizations", "moon-fund"): {"replaced_by": "moon-fund"}},
        "organizations.csv, line 8, column replaced_by: The record leads back to itself: moon-fund → moon-fund. "
        "Correct the one of them that points the wrong way.",
    ),
    (
        references.sources_without_address,
        {("sources", "S-3"): {"url": None}},
        "sources.csv, line 4, column url: The source has no web address, so nobody can look it up. "
        "Write the address, or that of a copy in a web archive.",
    ),
    (
        references.sources_without_date,
        {("sources", "S-3"): {"published_on": None}},
        "sources.csv, line 4, column published_on: The source has no date. "
        "Write the day, month or year in which it was published.",
    ),
    (
        texts.personal_data,
        {("grants", "G-2023-1"): {"note_en": "Write to kite.flyer@fantazia.example."}},
        f"{FIRST} note_en: The text contains an e-mail address. {REMOVE}",
    ),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "Call +000 123 456 789"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "+00 (123) 456-78-90, mornings"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "tel. 0123 45 67 89"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "(0123) 45-67-89"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "0123456789"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "(555) 123-4567"}}, PHONE),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "555-123-4567"}}, PHONE),
    (
        texts.personal_data,
        {("grants", "G-2023-1"): {"agreement_number": "of 12345678901234"}},
        f"{FIRST} agreement_number: The text contains a number of 14 digits, as persons have. {REMOVE}",
    ),
    (
        texts.formulas,
        {("grants", "G-2023-1"): {"title_en": '=HYPERLINK("https://a.example")'}},
        f"{FIRST} title_en: The text begins with “=”, so a spreadsheet would run it as a formula. {BEGIN}",
    ),
    (
        texts.formulas,
        {("reports", "R-1"): {"rating": "+4"}},
        "reports.csv, line 2, column rating: "
        f"The text begins with “+”, so a spreadsheet would run it as a formula. {BEGIN}",
    ),
    (
        texts.unshowable_characters,
        {("grants", "G-2023-1"): {"title_en": "School\x0bof the wind"}},
        f"{FIRST} title_en: The text contains a character that cannot be shown, U+000B. "
        "Delete it, or type the text again.",
    ),
    (
        texts.blanks_around,
        {("grants", "G-2023-1"): {"title_en": "School of the wind\u00a0"}},
        f"{FIRST} title_en: The text begins or ends with a blank. Delete the blank.",
    ),
    (
        texts.descriptions_that_repeat_the_title,
        {("grants", "G-2023-1"): {"description_en": "school of the wind."}},
        f"{FIRST} description_en: The description only repeats the title. {TOLD}",
    ),
)  # fmt: skip

GOOD: tuple[tuple[Check, Edit], ...] = (
    (dates.impossible_days, {("grants", "G-2023-1"): {"planned_end": "2024-02-29"}}),
    (dates.ends_before_starts, {("grants", "G-2023-1"): {"planned_start": "2023-04-15", "planned_end": "2023-04"}}),
    (dates.ends_before_starts, {("grants", "G-2023-1"): {"planned_start": "2023-02-31", "planned_end": "2022"}}),
    (dates.ends_before_starts, {("programs", "kites"): {"year_from": 2023, "year_to": 2023}}),
    (dates.ends_before_starts, {("calls", "C-2024"): {"deadline": None}}),
    (dates.decisions_in_the_future, {("grants", "G-2023-1"): {"decided_on": "2025-06-01", "agreement_on": "2025"}}),
    (dates.decisions_in_the_future, {("calls", "C-harbour"): {"deadline": "2030-01-01"}}),
    (dates.grants_outside_their_program, {("programs", "kites"): {"year_from": None, "year_to": None}}),
    (dates.grants_outside_their_program, {("grants", "G-2024-4"): {"year": 2010}}),
    (dates.places_that_did_not_exist, {("grants", "G-9"): grant(year=2022, place="malnova")}),
    (dates.places_that_did_not_exist, {("places", "havena"): {"valid_from": date(2023, 12, 31)}}),
    (money.amounts_not_above_zero, {("grants", "G-2023-1"): {"amount_awarded": Decimal("0.01")}}),
    (money.amounts_not_above_zero, {("totals", "T-4"): {"value": Decimal(0)}}),
    (money.amounts_without_currency, {("grants", "G-2024-4"): {"amount_awarded": None, "currency": None}}),
    (money.joint_sums_beside_amounts, {("grants", "G-2023-2"): {"amount_requested": Decimal(5)}}),
    (money.awards_beyond_the_budget, {("grants", "G-2023-1"): {"amount_awarded": Decimal(120000)}}),
    (
        money.awards_beyond_the_budget,
        {("grants", "G-2023-1"): {"amount_awarded": Decimal(900000), "currency": "EUR"}},
    ),
    (
        money.awards_beyond_the_budget,
        {("grants", "G-9"): grant(program="kites", amount_awarded=Decimal(9**9), currency="XTS") | NEVER_COUNTED},
    ),
    (money.amounts_of_uncounted_grants, {("grants", "G-2024-3"): {"amount_requested": Decimal(5)}}),
    (identity.missing_names, {("organizations", "seagull"): {"name_en": None}}),
    (identity.grants_to_oneself, {("grants", "G-2023-1"): {"recipient": None}}),
    (identity.repeated_grants, {("grants", "G-9"): grant(recipient="seagull", title_en="School of the wind")}),
    (
        identity.repeated_grants,
        {("grants", name): grant(recipient="seagull", title_en=None) for name in ("G-8", "G-9")},
    ),
    (identity.repeated_grants, {("grants", "G-9"): grant(title_en="Great day of kites", place="norda")}),
    (identity.alike_organizations, {("organizations", "gull"): {"name_en": "Seagulls Foundation"}}),
    (identity.alike_organizations, {("organizations", "form"): {"name_en": "Foundation"}}),
    (
        identity.alike_organizations,
        {("organizations", "gull"): {"name_en": "Seagull", "replaced_by": "seagull"}},
    ),
    (identity.lost_zeros, {("places", "norda"): {"code": None}, ("places", "suda"): {"code": "N-1"}}),
    (references.items_of_lists, {("grants", "G-2023-1"): {"partners": None, "also_sources": ("S-2", "S-3")}}),
    (references.loops, {("places", "suda"): {"parent": "norda"}}),
    (references.sources_without_address, {("sources", "S-9"): source()}),
    (references.sources_without_date, {("sources", "S-9"): source()}),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "From 05.11.2019 to 2020-01-01, 05-11-2019, 2013-15."}}),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "1 000 000 000 or 1,950,000.50 XTS, 1950000000"}}),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "Order 0123-45/678 of 2019, points 1-2-3, 10:00-12"}}),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "See https://a.example/@kites/0123456789?to=b@c.de"}}),
    (texts.personal_data, {("grants", "G-2023-1"): {"note_en": "Kites @ the harbour, 5@"}}),
    (
        texts.personal_data,
        {
            ("places", "norda"): {"code": "41702410000010"},
            ("grants", "G-2023-1"): {"note_en": "Code 41702410000010 of the register of places"},
        },
    ),
    (texts.personal_data, {("documents", "DOC-1"): {"sha256": "0123456789" * 6 + "0123", "issued_on": "2022-11-20"}}),
    (texts.formulas, {("grants", "G-2023-1"): {"title_en": "– 1 = 2 @", "amount_awarded": Decimal(-5)}}),
    (texts.unshowable_characters, {("grants", "G-2023-1"): {"title_en": "Two\r\nlines\tand 🪁"}}),
    (texts.blanks_around, {("programs", "kites"): {"description_en": "A text of YAML\n\n- with a list\n"}}),
    (texts.descriptions_that_repeat_the_title, {("grants", "G-2023-1"): {"description_en": "School of the wind 2"}}),
)  # fmt: skip

WARNINGS = (
    dates.grants_outside_their_program,
    money.amounts_of_uncounted_grants,
    identity.alike_organizations,
    identity.lost_zeros,
    references.sources_without_address,
    references.sources_without_date,
    texts.blanks_around,
    texts.descriptions_that_repeat_the_title,
)
BY_CASE = (identity.missing_names, identity.repeated_grants)  # an error or a warning, as the record may be


def run(check: Check, tables: Tables, edit: Edit) -> list[Problem]:
    return list(check(edited(tables, edit), TODAY))


def name_of(case: object) -> str | None:
    return getattr(case, "__name__", None)


@pytest.mark.parametrize(("check", "edit", "expected"), BROKEN, ids=name_of)
def test_a_broken_record_is_named(check: Check, edit: Edit, expected: str, tables: Tables) -> None:
    found = run(check, tables, edit)
    assert [str(problem) for problem in found][:1] == [expected]


@pytest.mark.parametrize(("check", "edit"), [case[:2] for case in BROKEN if case[0] not in BY_CASE], ids=name_of)
def test_a_check_finds_errors_or_warnings(check: Check, edit: Edit, tables: Tables) -> None:
    levels = {problem.level for problem in run(check, tables, edit)}
    assert levels == ({"warning"} if check in WARNINGS else {"error"})


@pytest.mark.parametrize(("check", "edit"), GOOD, ids=name_of)
def test_a_good_neighbour_is_left_alone(check: Check, edit: Edit, tables: Tables) -> None:
    assert [str(problem) for problem in run(check, tables, edit)] == []


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_every_check_has_a_broken_and_a_good_case(check: Check) -> None:
    assert check in [case[0] for case in BROKEN]
    assert check in [case[0] for case in GOOD]


def test_a_grant_without_title_and_a_likely_repetition_are_only_warnings(tables: Tables) -> None:
    edit: Edit = {
        ("grants", "G-2023-3"): {"title_en": None},
        ("grants", "G-9"): grant(title_en="Great day of kites", place="fantazia"),
    }
    assert [problem.level for check in BY_CASE for problem in run(check, tables, edit)] == ["warning", "warning"]


def test_a_place_without_name_and_a_certain_repetition_are_errors(tables: Tables) -> None:
    edit: Edit = {
        ("places", "monta"): {"name_eo": None},
        ("grants", "G-9"): grant(
            recipient="lighthouse", title_en="A new lamp for the tower", amount_awarded=Decimal(1200)
        ),
    }
    assert [problem.level for check in BY_CASE for problem in run(check, tables, edit)] == ["error", "error"]


def test_personal_data_are_not_repeated_in_the_message(tables: Tables) -> None:
    edit: Edit = {("grants", "G-2023-1"): {"note_en": "kite.flyer@fantazia.example, +000 123 456 789, 12345678901234"}}
    sentences = [str(problem) for problem in run(texts.personal_data, tables, edit)]
    assert len(sentences) == 3
    assert not any(secret in sentence for sentence in sentences for secret in ("flyer", "456", "1234"))


def test_the_tiny_portal_is_without_fault(tables: Tables) -> None:
    assert run_checks(tables, TODAY) == ()


def test_errors_come_first_then_files_and_lines(tables: Tables) -> None:
    edit: Edit = {
        ("sources", "S-1"): {"url": None},
        ("grants", "G-2024-1"): {"amount_awarded": Decimal(0)},
        ("grants", "G-2023-3"): {"recipient": "ministry-of-kites"},
    }
    found = run_checks(edited(tables, edit), TODAY)
    assert [(problem.level, problem.file, problem.line) for problem in found] == [
        ("error", "grants/2023.csv", 4),
        ("error", "grants/2024.csv", 2),
        ("warning", "sources.csv", 2),
    ]


@pytest.mark.parametrize("check", CHECKS, ids=name_of)
def test_a_portal_with_few_tables_is_checked_too(check: Check, tables: Tables) -> None:
    assert list(check({}, TODAY)) == []
    assert list(check({"grants": tables["grants"]}, TODAY)) == []
