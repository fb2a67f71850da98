"""Everything together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .records import Call, Grant, Organization, Place, Program
from .totals import Contradiction, CoverageYear, Term, Total
from .values import Code, Figures, Source


@dataclass(frozen=True)
class Catalog:
    """Everything the site publishes, linked and in a fixed order."""

    programs: tuple[Program, ...]  # newest first
    calls: tuple[Call, ...]  # newest first
    grants: Sequence[Grant]  # newest first, then by id
    organizations: tuple[Organization, ...]
    places: tuple[Place, ...]  # largest first
    spheres: tuple[Code, ...]
    totals: tuple[Total, ...]  # by year, then by id
    contradictions: tuple[Contradiction, ...]
    coverage: tuple[CoverageYear, ...]  # newest first
    sources: tuple[Source, ...]
    terms: tuple[Term, ...]
    codes: Mapping[str, Mapping[str, Code]]  # name of the list -> code -> Code
    members: Mapping[tuple[str, str], Sequence[Grant]]  # (kind of page, id) -> its grants, newest first
    figures: Mapping[tuple[str, str], Figures]  # of the same keys; ("all", "") is everything
