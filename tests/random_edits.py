"""Edits of the tiny portal that are drawn by lot, as a publisher would make them. The records stay valid."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.releases_of_tiny import add, drop, edit

YEARS = ("2023", "2024")
NAMING_GRANTS = ("payments", "reports", "documents", "amendments")  # tables whose records may be about a grant
Lot = Callable[[Path, Random, str], str]  # edits the records and says what it did; the word is new in every edit


def series(dice: Random) -> list[list[Lot]]:
    """Two rounds of three edits and five of two, of each kind one or two.

    After an edit of what all pages are made from, all are made, and what earlier rounds left behind is no longer to be
    seen: such edits are among the first.
    """
    first = dice.sample((*COMMON, *dice.sample(APART, 3)), 6)
    drawn = [*dice.sample(APART, len(APART)), dice.choice(APART)]
    return [first[:3], first[3:], *(drawn[at : at + 2] for at in range(0, len(drawn), 2))]


def texts_of_a_grant(data: Path, dice: Random, word: str) -> str:
    column = dice.choice(("title_en", "description_eo", "note_en", "beneficiary_note_en", "status_note_eo"))
    return _changed(data, dice, **{column: f"Changed {word}"})


def place_and_people_of_a_grant(data: Path, dice: Random, word: str) -> str:
    return _changed(
        data,
        dice,
        recipient=dice.choice(("", "seagull", "lighthouse", "tortoise", "hill-school")),
        place=dice.choice(("", "fantazia", "norda", "suda", "havena", "monta")),
        status=dice.choice(("under_way", "completed", "unknown")),
        people_planned=dice.choice(("", "0", "75")),
        agreement_number=word,
    )


def home_of_a_grant(data: Path, dice: Random, word: str) -> str:
    program, call = dice.choice((("kites", "C-2023"), ("kites", "C-2024"), ("kites", ""), ("", "")))
    certainty = dice.choice(("confirmed", "confirmed", "announced"))
    return _changed(data, dice, program=program, call=call, certainty=certainty, note_eo=f"Alia {word}")


def sum_of_a_grant(data: Path, dice: Random, _word: str) -> str:
    """Another one, one together with other grants, or none."""
    cells = dict.fromkeys(("amount_requested", "amount_awarded", "amount_cofunding", "currency", "amount_group"), "")
    kind = dice.choice(("own", "joint", "none"))
    if kind == "own":
        cells |= {"amount_awarded": f"{dice.randint(1, 9_000)}.{dice.randint(10, 99)}", "currency": "XTS"}
    elif kind == "joint":
        cells["amount_group"] = "J-1"
    return _changed(data, dice, **cells)


def joint_sum(data: Path, dice: Random, word: str) -> str:
    amount = str(dice.randint(50_000, 70_000))
    edit(data / "amount_groups.csv", "J-1", amount=amount, note_eo=f"Kune {word}")
    return f"J-1: {amount}"


def one_grant_more(data: Path, dice: Random, word: str) -> str:
    file, like = _drawn_grant(data, dice)
    add(file, like, id=f"G-{word}", title_en=f"Added {word}", title_eo="")
    return f"G-{word}: as {like}"


def one_grant_less(data: Path, dice: Random, _word: str) -> str:
    named = {row["grant"] for table in NAMING_GRANTS for row in _rows(data / f"{table}.csv")}
    file, identifier = dice.choice([grant for grant in _grants(data) if grant[1] not in named])
    drop(file, identifier)
    return f"{identifier}: dropped"


def payment(data: Path, dice: Random, word: str) -> str:
    _, grant = _drawn_grant(data, dice)
    return _one_of(
        data / "payments.csv", dice, f"P-{word}", grant=grant, tranche=word, amount=f"{dice.randint(1, 999)}.5"
    )


def report(data: Path, dice: Random, word: str) -> str:
    subject = _subject(data, dice)
    reached = dice.choice(("", "12"))
    return _one_of(data / "reports.csv", dice, f"R-{word}", **subject, title_en=f"Seen {word}", people_reached=reached)


def document(data: Path, dice: Random, word: str) -> str:
    return _one_of(
        data / "documents.csv", dice, f"DOC-{word}", **_subject(data, dice), title_en=f"Paper {word}", sha256=""
    )


def total(data: Path, dice: Random, word: str) -> str:
    identifier = dice.choice([row["id"] for row in _rows(data / "totals.csv")])
    value = str(dice.randint(0, 200_000))
    edit(data / "totals.csv", identifier, value=value, year=dice.choice(YEARS), note_en=f"Told {word}")
    return f"{identifier}: {value}"


def organization(data: Path, dice: Random, word: str) -> str:
    identifier = dice.choice([row["id"] for row in _rows(data / "organizations.csv")])
    place = dice.choice(("", "havena", "monta"))
    edit(data / "organizations.csv", identifier, name_en=f"Society {word}", place=place, note_en=f"Renamed {word}")
    return f"{identifier}: Society {word}, {place}"


COMMON: tuple[Lot, ...] = (joint_sum, total, organization)
APART: tuple[Lot, ...] = (
    texts_of_a_grant,
    place_and_people_of_a_grant,
    home_of_a_grant,
    sum_of_a_grant,
    one_grant_more,
    one_grant_less,
    payment,
    report,
    document,
)


def _one_of(file: Path, dice: Random, new: str, **cells: str) -> str:
    """A record of a table is changed, added or dropped; the first one stays, as new ones are made like it."""
    first, *others = [row["id"] for row in _rows(file)]
    if others and dice.random() < 1 / 3:
        identifier = dice.choice(others)
        drop(file, identifier)
        return f"{identifier}: dropped"
    if dice.random() < 1 / 2:
        add(file, first, id=new, **cells)
        return f"{new}: {cells}"
    identifier = dice.choice((first, *others))
    edit(file, identifier, **cells)
    return f"{identifier}: {cells}"


def _subject(data: Path, dice: Random) -> dict[str, str]:
    """What a report or a document is about."""
    subjects = {"program": dice.choice(("kites", "quiet-harbour")), "call": dice.choice(("C-2023", "C-harbour"))}
    subjects["grant"] = _drawn_grant(data, dice)[1]
    kind = dice.choice(list(subjects))
    return {one: subjects[one] if one == kind else "" for one in subjects}


def _changed(data: Path, dice: Random, **cells: str) -> str:
    file, identifier = _drawn_grant(data, dice)
    edit(file, identifier, **cells)
    return f"{identifier}: {cells}"


def _drawn_grant(data: Path, dice: Random) -> tuple[Path, str]:
    return dice.choice(_grants(data))


def _grants(data: Path) -> list[tuple[Path, str]]:
    """File and identifier of each grant."""
    return [(file, row["id"]) for file in sorted((data / "grants").glob("*.csv")) for row in _rows(file)]


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
