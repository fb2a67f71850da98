"""From which rows pages are made, as digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Digests:
    """Of the rows that pages are made from."""

    grants: Mapping[str, str]  # identifier -> of the grant with what hangs on it
    subjects: Mapping[tuple[str, str], str]  # (kind of page, identifier) -> of its grants and of all warnings
    no_grants: str  # of a page without any


def short_digest(parts: Iterable[object]) -> str:
    """Of objects, by what repr() says of them."""
    made = hashlib.sha256()
    for part in parts:
        made.update(f"{part!r}\0".encode())
    return made.hexdigest()[:16]
