"""What the site publishes, as frozen dataclasses. Pages, exports and templates receive these and nothing else.

An absent value is None, an absent text an empty Text, an absent list an empty tuple: the source does not say.
"""

from .catalog import Catalog
from .records import Budget, Call, Grant, Organization, OtherName, Place, Program, Vouchers
from .totals import Claim, Contradiction, CoverageEntry, CoverageLine, CoverageYear, Term, Total
from .values import Code, Dated, Figures, JointSum, Money, Ref, Source

__all__ = [
    "Budget",
    "Call",
    "Catalog",
    "Claim",
    "Code",
    "Contradiction",
    "CoverageEntry",
    "CoverageLine",
    "CoverageYear",
    "Dated",
    "Figures",
    "Grant",
    "JointSum",
    "Money",
    "Organization",
    "OtherName",
    "Place",
    "Program",
    "Ref",
    "Source",
    "Term",
    "Total",
    "Vouchers",
]
