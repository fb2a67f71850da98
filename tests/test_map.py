"""Boundaries on a drawing of whole numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from portal.errors import DataError
from portal.map import draw_map


def write(folder: Path, *features: dict[str, Any]) -> Path:
    path = folder / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def feature(place: str, kind: str, coordinates: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": place, "geometry": {"type": kind, "coordinates": coordinates}}


WEST = feature("west", "Polygon", [[[0, 0], [5, 0], [5, 10], [0, 10], [0, 0]]])
EAST = feature("east", "Polygon", [[[5, 0], [10, 0], [10, 10], [5, 10], [5, 0]]])
TINY = feature("tiny", "Polygon", [[[7, 7], [7.1, 7], [7.1, 7.1], [7, 7]]])
TOWN = feature("town", "Point", [2, 5])


def test_regions_are_drawn_first_and_circles_on_top(tmp_path: Path) -> None:
    drawing = draw_map(write(tmp_path, TOWN, TINY, WEST, EAST), {"west": 3, "east": 1, "country": 99})
    assert [(r.place_id, bool(r.outline)) for r in drawing.regions] == [
        ("east", True),
        ("west", True),
        ("tiny", False),
        ("town", False),
    ]
    shades = {region.place_id: region.shade for region in drawing.regions}
    assert shades == {"east": 2, "west": 4, "tiny": 0, "town": 0}  # of the regions' own highest, not the country's


def test_a_label_lies_inside_and_neighbours_share_their_border(tmp_path: Path) -> None:
    drawing = draw_map(write(tmp_path, WEST, EAST), {})
    east, west = drawing.regions
    middle = drawing.width // 2
    assert west.centre[0] < middle < east.centre[0]
    assert west.outline.split("l")[0].startswith("M30 ")
    assert 0 < west.centre[1] < drawing.height


def test_a_label_keeps_out_of_a_hole(tmp_path: Path) -> None:
    ring = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
    hole = [[1, 1], [9, 1], [9, 9], [1, 9], [1, 1]]
    (region,) = draw_map(write(tmp_path, feature("ring", "Polygon", [ring, hole])), {}).regions
    x, y = region.centre
    assert not (120 < x < 840 and 120 < y < 840)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"features": [{"geometry": null}]}', "no json"])
def test_a_broken_map_is_a_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "boundaries.geojson"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match="The map cannot be read as GeoJSON"):
        draw_map(path, {})
