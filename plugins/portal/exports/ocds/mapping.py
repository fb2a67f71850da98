"""The tables together, in the order of the page about the standard."""

from __future__ import annotations

from ...errors import say
from .after_award import AMENDMENT, AWARD, CONTRACT, ITEM, PLANNED_PAYMENT, TRANSACTION
from .before_award import BUDGET, PARTY, PLANNING, RELEASE, TENDER
from .papers import DOCUMENT, REPORT, SOURCE

MAPPING = (
    (say("The process → release"), RELEASE),
    (say("Organizations → parties"), PARTY),
    (say("Programs → planning"), PLANNING),
    (say("Budgets of programs → budget breakdown"), BUDGET),
    (say("Calls → tender"), TENDER),
    (say("Grants → awards"), AWARD),
    (say("Sphere, beneficiaries and place of a call or grant → item of the tender or award"), ITEM),
    (say("Agreements and work → contracts"), CONTRACT),
    (say("Amendments → contract amendments"), AMENDMENT),
    (say("Payments made → transactions"), TRANSACTION),
    (say("Payments planned → milestones"), PLANNED_PAYMENT),
    (say("Documents → documents of the planning, tender or award"), DOCUMENT),
    (say("Reports → documents of the planning, tender or implementation"), REPORT),
    (say("Sources → documents of the planning, tender or award"), SOURCE),
)
