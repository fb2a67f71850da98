"""The runs: all contestants in turn on the same rows, as often as wanted, so that a slow minute meets all of them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path

from tests.bench import ROOT
from tests.bench.contestants import BY_KEY, Contestant, Place
from tests.bench.measure import Cost, measure
from tests.bench.rows import site_values, write_rows
from tests.bench.sameness import differences
from tests.bench.synthetic import write_synthetic

SAMPLE = (0, 1, 10, 37, 500, -1)  # numbers of the grants whose pages are compared
LARGE, MILLION = 100_000, 1_000_000  # grants of which everything takes minutes, and of which anything does
OURS = "grants"  # the contestant whose pages the rivals' are compared with


@dataclass
class Outcome:
    """What a contestant took in all its runs, and what it made."""

    contestant: Contestant
    grants: int
    costs: list[Cost] = field(default_factory=list)
    lacks: str = ""  # why it was not run
    files: int = 0
    octets: int = 0
    pages: dict[str, str] = field(default_factory=dict)  # of the sample: name of the file -> text
    ours: dict[str, str] = field(default_factory=dict)  # the same pages as Ashar makes them
    unlike: list[str] = field(default_factory=list)  # what its pages say otherwise than ours

    @property
    def failure(self) -> str:
        """Why it has no figures, or nothing."""
        return self.lacks or next((cost.failure for cost in self.costs if cost.failure), "")


@dataclass(frozen=True, slots=True)
class Terms:
    """How all contestants are run."""

    folder: Path  # for everything that is read and written
    runs: int
    long_runs: int  # of what takes minutes
    limit: float  # seconds after which a run is stopped
    tell: Callable[[str], None]  # receives a line a run

    def runs_of(self, contestant: Contestant, grants: int) -> int:
        """How often it is run."""
        is_long = grants >= MILLION or (grants >= LARGE and contestant.makes_everything)
        return min(self.runs, self.long_runs) if is_long else self.runs


def run_size(grants: int, contestants: Sequence[Contestant], terms: Terms) -> list[Outcome]:
    """Run all contestants on one number of grants. Leaves nothing in the folder."""
    place = make_place(grants, terms.folder)
    outcomes = [Outcome(contestant, grants) for contestant in contestants]
    if any(contestant.is_rival for contestant in contestants):
        write_rows(place.data, place.rows)
    for outcome in outcomes:
        contestant = outcome.contestant
        is_large = contestant.most is not None and grants > contestant.most
        outcome.lacks = f"not asked beyond {contestant.most:,} grants" if is_large else contestant.lacks()
        if not outcome.lacks:
            contestant.prepare(place)
    for run in range(1, terms.runs + 1):
        for outcome in outcomes:
            if not outcome.failure and run <= terms.runs_of(outcome.contestant, grants):
                terms.tell(_run(outcome, place, terms.limit, run))
    shutil.rmtree(place.folder)
    ours = next((outcome for outcome in outcomes if outcome.contestant.key == OURS), None)
    for outcome in outcomes:
        if ours and outcome.contestant.is_rival:
            outcome.ours, outcome.unlike = ours.pages, _unlike(ours.pages, outcome.pages)
    return outcomes


def make_place(grants: int, folder: Path) -> Place:
    """A folder with that many synthetic grants; with none, the shipped records."""
    today = datetime.now(UTC).date()
    place = Place(folder / str(grants), grants, site_values(ROOT / "data", today), epoch_of(today))
    place.folder.mkdir(parents=True)
    if grants:
        write_synthetic(ROOT / "data", place.data, grants)
    else:
        shutil.copytree(ROOT / "data", place.data)
    return place


def epoch_of(day: date) -> str:
    """Noon of a day, as SOURCE_DATE_EPOCH."""
    return str(int(datetime.combine(day, time(12), UTC).timestamp()))


def with_needed(keys: Sequence[str]) -> list[Contestant]:
    """Contestants by their keys, in the order of running, with those whose output they need."""
    wanted = {*keys, *(BY_KEY[key].needs for key in keys)}
    return [contestant for key, contestant in BY_KEY.items() if key in wanted]


def _run(outcome: Outcome, place: Place, limit: float, run: int) -> str:
    contestant = outcome.contestant
    for old in (place.folder / "output").glob("*"):
        if old.name != contestant.needs:
            shutil.rmtree(old)
    output = place.output(contestant.output)
    if contestant.needs and not place.output(contestant.needs).is_dir():
        outcome.lacks = f"{BY_KEY[contestant.needs].name} failed"
        return f"{contestant.name}: {outcome.lacks}"
    output.parent.mkdir(parents=True, exist_ok=True)
    contestant.before(place)
    cost = measure(contestant.command(place), limit)
    contestant.before(place)
    outcome.costs.append(cost)
    if run == 1 and not cost.failure:
        made = output if output.is_dir() else place.output(contestant.needs)  # see copying.py
        sizes = [path.stat().st_size for path in made.rglob("*") if path.is_file()]
        outcome.files, outcome.octets = len(sizes), sum(sizes)
        outcome.pages = _sample(output, place.grants)
    figures = f"{cost.seconds:.2f} s, {cost.processor_seconds:.2f} CPU s, {cost.peak / 1e6:,.0f} MB"
    return f"{place.grants:,} grants, run {run}: {contestant.name}: {cost.failure or figures}"


def _sample(output: Path, grants: int) -> dict[str, str]:
    files = (output / f"en/grants/SYN-{number % max(grants, 1):07}.html" for number in SAMPLE)
    return {file.name: file.read_text(encoding="utf-8") for file in files if file.is_file()}


def _unlike(ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    lines = []
    for name, page in ours.items():
        if name not in theirs:
            lines.append(f"{name} is missing")
        else:
            lines.extend(f"{name}: {line}" for line in differences(page, theirs[name]))
    return lines
