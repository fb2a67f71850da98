"""Boundaries (GeoJSON) -> outlines on a drawing of whole numbers. Equirectangular; common borders stay common."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import DataError, Problem, say

WIDTH = 960
MARGIN = 30
SMALL = 60  # an outline narrower than this is drawn as a circle, or nobody could hit it
RADIUS = 24
GRID = 24  # step of the search for the place of a label
STEPS = 4  # shades of “some”; none at all is hatched

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Region:
    """A region on the drawing."""

    place_id: str
    outline: str  # SVG path data; empty for a circle
    centre: Point  # of its label, well inside the outline
    count: int
    shade: int  # 0 for none, else 1 to STEPS


@dataclass(frozen=True, slots=True)
class Map:
    """The drawing: outlines first, circles on top."""

    regions: tuple[Region, ...]
    width: int
    height: int
    radius: int = RADIUS


def draw_map(boundaries: Path, counts: Mapping[str, int]) -> Map:
    """Draw the features of a GeoJSON file whose ids are those of places. `counts` are shown and shaded.

    Raises DataError when the file is no GeoJSON of polygons and points with ids.
    """
    try:
        features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
        shapes = {str(feature["id"]): _rings(feature["geometry"]) for feature in features}
        every = [point for rings in shapes.values() for ring in rings for point in ring]
        west, east = min(x for x, _ in every), max(x for x, _ in every)
        south, north = min(y for _, y in every), max(y for _, y in every)
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = say("The map cannot be read as GeoJSON with an identifier for each region: {error}", error=error)
        fix = say("Use a FeatureCollection of polygons and points whose ids are identifiers of places.")
        raise DataError([Problem(what, fix, file=boundaries.name)]) from None
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / ((east - west) * squeeze)
    highest = max(counts.get(place_id, 0) for place_id in shapes)

    def project(point: Any) -> Point:
        return round(MARGIN + (point[0] - west) * squeeze * scale), round(MARGIN + (north - point[1]) * scale)

    regions = []
    for place_id, rings in shapes.items():
        drawn = [[project(point) for point in ring] for ring in rings]
        outer = max(drawn, key=len)
        wide = max(x for x, _ in outer) - min(x for x, _ in outer)
        count = counts.get(place_id, 0)
        regions.append(
            Region(
                place_id=place_id,
                outline="".join(_path(ring) for ring in drawn) if wide >= SMALL else "",
                centre=_inside(drawn),
                count=count,
                shade=math.ceil(STEPS * count / highest) if count else 0,
            )
        )
    height = round(2 * MARGIN + (north - south) * scale)
    return Map(tuple(sorted(regions, key=lambda region: (not region.outline, region.place_id))), WIDTH, height)


def _rings(geometry: Mapping[str, Any]) -> list[list[Any]]:
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        return [[coordinates]]
    if geometry["type"] == "Polygon":
        return list(coordinates)
    return [ring for polygon in coordinates for ring in polygon]


def _path(ring: list[Point]) -> str:
    """Relative steps, points that fall together left out."""
    steps = []
    x, y = ring[0]
    for next_x, next_y in ring[1:]:
        if (next_x, next_y) != (x, y):
            steps.append(f"{next_x - x} {next_y - y}")
            x, y = next_x, next_y
    return f"M{ring[0][0]} {ring[0][1]}l{' '.join(steps)}z"


def _inside(rings: list[list[Point]]) -> Point:
    """The point of a coarse grid that lies inside and farthest from any border; a lone point is its own centre."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    best, farthest = (sum(xs) // len(xs), sum(ys) // len(ys)), -1
    rows = [(y, _crossings(rings, y)) for y in range(min(ys), max(ys), GRID)]
    for x in range(min(xs), max(xs), GRID):
        for y, crossings in rows:
            if sum([x < crossing for crossing in crossings]) % 2:  # even and odd: a point in a hole is outside
                distance = min([(x - a) ** 2 + (y - b) ** 2 for a, b in points])  # squared
                if distance > farthest:
                    best, farthest = (x, y), distance
    return best


def _crossings(rings: list[list[Point]], y: int) -> list[float]:
    """Where the borders cross a row of the grid."""
    return [
        (x2 - x1) * (y - y1) / (y2 - y1) + x1
        for ring in rings
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
        if (y1 > y) != (y2 > y)
    ]
