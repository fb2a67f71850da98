"""The tables together, in the order of the page about the standard."""

from __future__ import annotations

from ...errors import heading
from .after_award import AMENDMENT, AWARD, CONTRACT, ITEM, PLANNED_PAYMENT, TRANSACTION
from .before_award import BUDGET, PARTY, PLANNING, RELEASE, TENDER
from .papers import DOCUMENT, REPORT, SOURCE

MAPPING = (
    (heading("The process → release"), RELEASE),
    (heading("Organizations → parties"), PARTY),
    (heading("Programs → planning"), PLANNING),
    (heading("Budgets of programs → budget breakdown"), BUDGET),
    (heading("Calls → tender"), TENDER),
    (heading("Grants → awards"), AWARD),
    (heading("Sphere, beneficiaries and place of a call or grant → item of the tender or award"), ITEM),
    (heading("Agreements and work → contracts"), CONTRACT),
    (heading("Amendments → contract amendments"), AMENDMENT),
    (heading("Payments made → transactions"), TRANSACTION),
    (heading("Payments planned → milestones"), PLANNED_PAYMENT),
    (heading("Documents → documents of the planning, tender or award"), DOCUMENT),
    (heading("Reports → documents of the planning, tender or implementation"), REPORT),
    (heading("Sources → documents of the planning, tender or award"), SOURCE),
)
