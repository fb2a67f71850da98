"""The check of a clean package: Ashar's whole check, only its comparison with the schemas, and Frictionless."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence

from tests.bench import ROOT
from tests.bench.campaign import Outcome, Terms, make_place
from tests.bench.contestants import Contestant, Place
from tests.bench.measure import Command, measure


def _check(place: Place) -> Command:
    environment = {"PORTAL_DATA": str(place.data), "SOURCE_DATE_EPOCH": place.epoch}
    return Command((sys.executable, "-m", "portal", "check"), ROOT, environment)


def _schemas(place: Place) -> Command:
    return Command((sys.executable, "-m", "tests.bench.against_schemas", str(place.data)), ROOT, {})


def _frictionless(place: Place) -> Command:
    return Command((sys.executable, "-m", "frictionless", "validate", "datapackage.yaml"), place.data, {})


CONTESTANTS = (
    Contestant("schemas", "Ashar, against the schemas", _schemas),
    Contestant("check", "Ashar, the whole check", _check),
    Contestant("frictionless", "`frictionless validate`", _frictionless),
)


def run_validation(sizes: Sequence[int], terms: Terms) -> list[Outcome]:
    """Check as many synthetic grants as each size says."""
    outcomes = []
    for grants in sizes:
        place = make_place(grants, terms.folder)
        found = [Outcome(contestant, grants) for contestant in CONTESTANTS]
        for run in range(1, terms.runs + 1):
            for outcome in found:
                if not outcome.failure and run <= terms.runs_of(outcome.contestant, grants):
                    cost = measure(outcome.contestant.command(place), terms.limit)
                    outcome.costs.append(cost)
                    words = cost.failure or f"{cost.seconds:.2f} s, {cost.peak / 1e6:,.0f} MB"
                    terms.tell(f"{grants:,} grants, run {run}: {outcome.contestant.name}: {words}")
        shutil.rmtree(place.folder)
        outcomes.extend(found)
    return outcomes
