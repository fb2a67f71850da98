"""Outcomes -> Markdown: a table a number of grants, the ratios that were promised, what is unlike, what is missing."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

from tests.bench.campaign import Outcome
from tests.bench.machine import machine, versions
from tests.bench.measure import Cost

SHOWN = 12  # lines of differences
SECONDS, PEAK = "seconds", "peak memory"
FIGURES: dict[str, Callable[[Cost], float]] = {SECONDS: lambda cost: cost.seconds, PEAK: lambda cost: cost.peak}
RATIOS = (  # (figure, of whom, by whom)
    (SECONDS, "hugo", "grants"),
    (PEAK, "hugo", "grants"),
    (SECONDS, "eleventy", "grants"),
    (PEAK, "eleventy", "grants"),
    (SECONDS, "pelican", "grants"),
    (SECONDS, "grants", "grants_copy"),
    (SECONDS, "everything", "copy"),
    (SECONDS, "again", "everything"),
    (SECONDS, "frictionless", "schemas"),
    (SECONDS, "frictionless", "check"),
)
FAIR = """\
- All make their pages of the same rows, into a file system in memory, one command a run, from nothing: no cache is left
  of the run before, but for “again”. The runs are interleaved: one of each, then the next of each.
- The rivals get one JSON file in which every name is looked up and every number and day is written out; Ashar reads its
  own CSV and YAML, compares them with the schemas, and does that work within its time. Files of the rivals (rows,
  articles) are made before the clock starts.
- Pages are compared in a sample: text, links, classes, descriptions, and data for machines are the same but for blanks.
- Hugo: a content adapter over the rows; no home page, lists, taxonomies, feeds or site map; cached partials for what
  is the same on all pages; no minification; its own limit of memory.
- Eleventy: pagination with one row a page; a JavaScript template, the fastest of its template languages; quiet; no
  collections; Node.js may use 16 GB, for its own limit ends it where there are many rows.
- plain Pelican: an article a row in Markdown, no lists, no feeds, no site map.
- `cp -r` copies a site above 2 GB part by part, each removed before the next without being timed, as two of them do not
  fit into the memory.
- The rivals copy no style sheets and scripts; Ashar does.
- Peak memory is the largest sum over all processes at once (proportional set size, looked at every 50 ms).
"""


def report(written_by: str, load: float, builds: Sequence[Outcome], checks: Sequence[Outcome]) -> str:
    """The whole file. `written_by` says by which command and when; `load` is that of the machine before all runs."""
    lines = ["# How fast Ashar is", "", f"Written by {written_by}; do not edit."]
    about = {**machine(), "load before the runs": f"{load:.1f}"}
    lines += ["", "; ".join(f"{name}: {value}" for name, value in about.items()) + "."]
    lines += ["", "Versions: " + ", ".join(f"{name} {value}" for name, value in versions().items()) + ".", ""]
    if builds:
        lines += ["## Building", "", FAIR]
        lines += _sections(sorted(builds, key=lambda outcome: outcome.grants))
        lines += _growth(builds)
        lines += ["### Whether the pages of the rivals say the same as ours", "", *_sameness(builds), ""]
    if checks:
        lines += ["## Checking a clean package", ""]
        lines += _sections(checks)
    return "\n".join(lines).rstrip() + "\n"


def _sections(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for grants, found in groupby(outcomes, lambda outcome: outcome.grants):
        group = list(found)
        yield f"### {grants:,} grants" if grants else "### The shipped records"
        yield ""
        yield from _table(group)
        yield ""
        ratios = list(_ratios(group))
        yield from ratios
        if ratios:
            yield ""


def _table(outcomes: Iterable[Outcome]) -> Iterator[str]:
    yield "| | runs | median s | least | most | CPU s | peak MB | files | MB |"
    yield "|---|--:|--:|--:|--:|--:|--:|--:|--:|"
    for outcome in outcomes:
        if outcome.failure:
            words = " ".join(outcome.failure.split()).replace("|", "\\|")
            yield f"| {outcome.contestant.name} | – | {words} |||||||"
            continue
        seconds = [cost.seconds for cost in outcome.costs]
        cells = [
            outcome.contestant.name,
            str(len(seconds)),
            f"{statistics.median(seconds):.2f}",
            f"{min(seconds):.2f}",
            f"{max(seconds):.2f}",
            f"{statistics.median(cost.processor_seconds for cost in outcome.costs):.2f}",
            f"{median(outcome, PEAK) / 1e6:,.0f}",
            f"{outcome.files:,}" if outcome.files else "",
            f"{outcome.octets / 1e6:,.1f}" if outcome.files else "",
        ]
        yield f"| {' | '.join(cells)} |"


def median(outcome: Outcome, figure: str) -> float:
    """Of all runs."""
    return statistics.median(map(FIGURES[figure], outcome.costs))


def _ratios(outcomes: Iterable[Outcome]) -> Iterator[str]:
    known = {outcome.contestant.key: outcome for outcome in outcomes if outcome.costs and not outcome.failure}
    for figure, of, by in RATIOS:
        if of in known and by in known and median(known[by], figure):
            ratio = median(known[of], figure) / median(known[by], figure)
            names = f"{known[of].contestant.name} : {known[by].contestant.name}"
            yield f"- {figure}, {names}: **{ratio:.3g}**"


def _growth(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """How much longer a grant takes where there are more of them; 1 is a build that grows with its records."""
    found = [outcome for outcome in outcomes if outcome.contestant.key == "cards" and not outcome.failure]
    if len(found) > 1:
        first, last = found[0], found[-1]
        growth = median(last, SECONDS) / last.grants / (median(first, SECONDS) / first.grants)
        yield f"- seconds a grant, {last.grants:,} : {first.grants:,}, {last.contestant.name}: **{growth:.3g}**"
        yield ""


def _sameness(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for outcome in outcomes:
        if not outcome.contestant.is_rival or outcome.failure:
            continue
        name = f"{outcome.contestant.name}, {outcome.grants:,} grants"
        if not outcome.ours:
            yield f"- {name}: not compared; Ashar's pages were not made in this run."
            continue
        share = sum(map(_octets, outcome.pages.values())) / sum(map(_octets, outcome.ours.values()))
        size = f"{len(outcome.ours)} pages compared, in all {share:.1%} of the size of ours"
        if not outcome.unlike:
            yield f"- {name}: the same; {size}."
            continue
        yield f"- {name}: {len(outcome.unlike)} differences; {size}."
        yield from (f"  - `{line}`" for line in outcome.unlike[:SHOWN])


def _octets(page: str) -> int:
    return len(page.encode())
