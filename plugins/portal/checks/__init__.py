"""Rules that no schema can state: one function each, listed in CHECKS. They read typed tables and change nothing."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import chain

from ..errors import Problem
from ..stored import StoredRecords
from ..validate import Tables
from . import dates, identity, money, references, texts

Check = Callable[[Tables, date], Iterable[Problem]]  # the date is today's: what lies after it is the future

CHECKS: tuple[Check, ...] = (
    dates.impossible_days,
    dates.ends_before_starts,
    dates.decisions_in_the_future,
    dates.grants_outside_their_program,
    dates.places_that_did_not_exist,
    money.amounts_not_above_zero,
    money.amounts_without_currency,
    money.joint_sums_beside_amounts,
    money.awards_beyond_the_budget,
    money.amounts_of_uncounted_grants,
    identity.missing_names,
    identity.grants_to_oneself,
    identity.repeated_grants,
    identity.alike_organizations,
    identity.lost_zeros,
    references.items_of_lists,
    references.loops,
    references.sources_without_address,
    references.sources_without_date,
    texts.personal_data,
    texts.formulas,
    texts.unshowable_characters,
    texts.blanks_around,
    texts.descriptions_that_repeat_the_title,
)


def run_checks(tables: Tables, today: date) -> tuple[Problem, ...]:
    """Every problem that any check finds, errors first, each kind in the order of files and lines."""
    if any(isinstance(table.records, StoredRecords) for table in tables.values()):
        with ThreadPoolExecutor(os.cpu_count()) as threads:  # DuckDB does most of it, and lets Python go on meanwhile
            found = [*threads.map(lambda check: tuple(check(tables, today)), CHECKS)]
    else:
        found = [tuple(check(tables, today)) for check in CHECKS]
    return tuple(
        sorted(chain.from_iterable(found), key=lambda problem: (problem.level, problem.file or "", problem.line or 0))
    )
