"""Releases -> how full the grants were in each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..pipeline import Portal
from ..releases import read_state
from ..releases.compare import NO_ROWS, State
from ..validate import Tables
from .measure import CERTAINTIES, CERTAINTY, counted_codes, tallies, useful_fields
from .model import GRANTS, Point

FUNDER = "funder"
READ = (GRANTS, CERTAINTIES)  # tables of a release that the figures need
TRUE = "true"  # in the cells of a release


def trend(portal: Portal, languages: tuple[str, ...]) -> dict[str | None, tuple[Point, ...]]:
    """Body, None for all together -> the grants in every release, oldest first, then what is not released yet.

    The fields are those that are useful today, so that the points can be compared. Reads the files of the releases.
    """
    fields = tuple(useful_fields(portal.tables, languages).get(GRANTS, ()))
    found: defaultdict[str | None, list[Point]] = defaultdict(list)
    for release in portal.releases:
        for body, figures in _figures(read_state(release, only=READ), fields).items():
            found[body].append(Point(release.version, release.day, *figures))
    if portal.pending or not portal.releases:
        for body, figures in _figures_at_hand(portal.tables, fields).items():
            found[body].append(Point(None, None, *figures))
    return {body: tuple(points) for body, points in found.items()}


def _figures(state: State, fields: Sequence[str]) -> dict[str | None, tuple[int, int, int]]:
    """Body, None for all -> grants that count, their useful cells with a value, their useful cells."""
    certainties, grants = state.get(CERTAINTIES, NO_ROWS), state.get(GRANTS, NO_ROWS)
    if not grants.by_id:
        return {}
    counted = {code for code in certainties.by_id if certainties.record(code).get("counted") == TRUE}
    useful = [grants.fields.index(field) for field in fields if field in grants.fields]
    certainty, funder = grants.fields.index(CERTAINTY), grants.fields.index(FUNDER)
    found: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    for cells in grants.by_id.values():
        if cells[certainty] in counted:
            filled = sum(cells[place] != "" for place in useful)
            for body in (None, cells[funder]):
                found[body][0] += 1
                found[body][1] += filled
    return {body: (count, filled, count * len(fields)) for body, (count, filled) in found.items()}


def _figures_at_hand(tables: Tables, fields: Sequence[str]) -> dict[str | None, tuple[int, int, int]]:
    """The same of what is not released."""
    counted = counted_codes(tables)
    found: defaultdict[str | None, list[int]] = defaultdict(lambda: [0, 0])
    for (funder, certainty), (records, *filled) in tallies(tables[GRANTS], (FUNDER, CERTAINTY), fields):
        if certainty in counted:
            for body in (None, funder or ""):
                found[body][0] += records
                found[body][1] += sum(filled)
    return {body: (count, filled, count * len(fields)) for body, (count, filled) in found.items()}
