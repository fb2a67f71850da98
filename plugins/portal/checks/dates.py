"""Days, months and years that cannot be true together. Only what is certain is a fault: “2019” is any of its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..errors import Problem, say
from ..validate import Tables
from .rows import alike, cell, column_of, error, span, warning

PERIODS = (  # in every table that has both columns
    ("year_from", "year_to"),
    ("planned_start", "planned_end"),
    ("actual_start", "actual_end"),
    ("valid_from", "valid_to"),
    ("seen_from", "seen_to"),
    ("announced_on", "deadline"),
    ("deadline", "decided_on"),
    ("announced_on", "decided_on"),
)
DECISIONS = {"grants": ("year", "decided_on", "agreement_on"), "calls": ("decided_on",)}


def impossible_days(tables: Tables, _today: date) -> Iterator[Problem]:
    """A day that the calendar does not have, such as 2019-02-31, in a column that also takes months and years."""
    for table in tables.values():
        for column in (field.name for field in table.resource.fields if field.partial_date):
            for record in alike(table, (column,), lambda text: text and span(text) is None):
                what = say("“{value}” is not a day of the calendar.", value=record[column])
                yield error(record, column, what, say("Correct the day, or write only the month or the year."))


def ends_before_starts(tables: Tables, _today: date) -> Iterator[Problem]:
    """A period whose last possible end lies before its first possible start."""
    for table in tables.values():
        for start, end in PERIODS:
            if not {start, end} <= table.resource.by_name.keys():
                continue
            for record in alike(table, (start, end), _ends_before_it_starts):
                what = say("{end} lies before {start}, “{column}”.", end=record[end], start=record[start], column=start)
                yield error(record, end, what, say("Correct the one that is wrong."))


def decisions_in_the_future(tables: Tables, today: date) -> Iterator[Problem]:
    """A decision, an agreement or a grant that the calendar has not reached."""

    def is_to_come(value: Any) -> bool:
        decided = span(value)
        return decided is not None and decided[0] > today

    for name, columns in DECISIONS.items():
        for column in columns if name in tables else ():
            for record in alike(tables[name], (column,), is_to_come):
                what = say("{value} has not come yet.", value=record[column])
                fix = say("Correct it, or leave the record out until the decision is made.")
                yield error(record, column, what, fix)


def grants_outside_their_program(tables: Tables, _today: date) -> Iterator[Problem]:
    """A grant in a year in which its program did not run."""
    first, last = column_of(tables, "programs", "year_from"), column_of(tables, "programs", "year_to")

    def is_outside(program: Any, year: Any) -> bool:
        begun, ended = first.get(program), last.get(program)
        return bool(year and ((begun and year < begun) or (ended and year > ended)))

    if "grants" not in tables:
        return
    for grant in alike(tables["grants"], ("program", "year"), is_outside):
        program = cell(grant, "program")
        what = say(
            "The grant is of {year}, but the program “{program}” runs from {first} to {last}.",
            year=grant["year"],
            program=program,
            first=first.get(program) or "…",
            last=last.get(program) or "…",
        )
        yield warning(grant, "year", what, say("Correct the year, the program, or the years of the program."))


def places_that_did_not_exist(tables: Tables, _today: date) -> Iterator[Problem]:
    """A grant at a place that was founded later or had ended before the year of the grant."""
    founded, ended = column_of(tables, "places", "valid_from"), column_of(tables, "places", "valid_to")
    replaced = column_of(tables, "places", "replaced_by")

    def is_out_of_time(place: Any, year: Any) -> bool:
        begun, over, meant = founded.get(place), ended.get(place), span(year)
        return bool(meant and ((over and over < meant[0]) or (begun and begun > meant[1])))

    if "grants" not in tables:
        return
    for grant in alike(tables["grants"], ("place", "year"), is_out_of_time):
        place, year = cell(grant, "place"), span(cell(grant, "year"))
        begun, over = founded.get(place), ended.get(place)
        if year and over and over < year[0]:
            what = say("The place “{place}” existed until {day} only.", place=place, day=over)
            fix = (
                say("Write “{successor}”, of which it is part now.", successor=replaced[place])
                if replaced.get(place)
                else say("Write the place to which it belonged in {year}.", year=grant["year"])
            )
            yield error(grant, "place", what, fix)
        else:
            what = say("The place “{place}” exists since {day} only.", place=place, day=begun)
            fix = say("Write the place to which it belonged in {year}.", year=grant["year"])
            yield error(grant, "place", what, fix)


def _ends_before_it_starts(start: Any, end: Any) -> bool:
    begun, ended = span(start), span(end)
    return bool(begun and ended and ended[1] < begun[0])
