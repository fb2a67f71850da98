"""References to the cells of a sheet, as XLSX writes them."""

from __future__ import annotations

import re

from .grid import Merged

PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def column_of(place: str) -> int:
    """AB12 -> 27."""
    number = 0
    for sign in place.rstrip("0123456789"):
        number = number * 26 + ord(sign) - 64
    return number - 1


def merged(reference: str) -> Merged:
    """A1:C3, also of a single cell. Raises ValueError."""
    places = [PLACE.fullmatch(place) for place in reference.replace("$", "").split(":")]
    if None in places:
        raise ValueError(reference)
    columns = [column_of(place[1]) for place in places if place]
    rows = [int(place[2]) for place in places if place]
    return Merged(rows[0], rows[-1], columns[0], columns[-1])
