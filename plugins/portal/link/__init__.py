"""Records -> linked dataclasses of model/, one function a kind. No counting here: that is SQL."""

from .bodies import link_organizations, link_places
from .grants import GrantLinker, joint_sums, link_grants, make_grant_linker
from .programs import link_calls, link_programs
from .totals import link_contradictions, link_terms, link_totals

__all__ = [
    "GrantLinker",
    "joint_sums",
    "link_calls",
    "link_contradictions",
    "link_grants",
    "link_organizations",
    "link_places",
    "link_programs",
    "link_terms",
    "link_totals",
    "make_grant_linker",
]
