"""Which grants 360Giving can be told, and why it cannot be told the others."""

from __future__ import annotations

import csv
import re
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from ...checks.rows import Columns
from ...errors import Message, heading
from ...grants import StoredGrants
from ...model import Dated, Grant
from ..standards import SCHEMAS, LeftOut, read_schema

GRANT_SCHEMA = "360giving/360-giving-schema.json"
NOT_IN_CODES = re.compile(r"[^a-z0-9]+")
GEOGRAPHIES = SCHEMAS / "360giving/geoCodeType.csv"
GEOGRAPHIC_CODE = re.compile(r"[A-Z]\d{8}")  # as the registers of that list write theirs; others may share the words
REASONS: tuple[tuple[Message, Callable[[Grant], bool]], ...] = (  # the first that holds is the one that counts
    (heading("Grants that were only announced"), lambda grant: not grant.is_counted),
    (heading("Grants of which no source names the recipient"), lambda grant: not grant.recipient),
    (
        heading("Grants whose sum is reported only together with that of others"),
        lambda grant: bool(grant.joint and not grant.awarded),
    ),
    (heading("Grants of which no source says the amount"), lambda grant: not grant.awarded),
    (
        heading("Grants in a currency that the standard does not list"),
        lambda grant: bool(grant.awarded and not knows_currency(grant.awarded.currency)),
    ),
    (
        heading("Grants of which the day of the decision is not known"),
        lambda grant: not (grant.decided_on and grant.decided_on.is_exact),
    ),
    (heading("Grants without a title"), lambda grant: not grant.title),
)
PLANNED = heading("Payments of which no source says that they were made")
FOREIGN = heading("Payments without an amount, or in a currency that the standard does not list")


def knows_currency(code: str) -> bool:
    """Whether the standard lists the currency; it refuses any other."""
    return code in listed("currency")


@cache
def listed(name: str) -> frozenset[str]:
    """The codes that the schema allows: “currency”, or “countryCode” of a location."""
    definitions = read_schema(GRANT_SCHEMA)["$defs"]
    found = definitions["currency"] if name == "currency" else definitions["Location"]["properties"][name]
    return frozenset(found["enum"])


def geography(kind: str, code: str | None) -> str | None:
    """The standard's word for the type of a code of a place; None when it has none for the kind of the place."""
    return _geographies().get(_plain(kind)) if code and GEOGRAPHIC_CODE.fullmatch(code) else None


def reason_against(grant: Grant) -> Message | None:
    """Why the grant cannot be told; None when it can."""
    for reason, holds in REASONS:
        if holds(grant):
            return reason
    return None


def told_payments(grant: Grant) -> list[Dated]:
    """The payments of a grant that were made, the oldest first."""
    return [payment for payment in grant.payments if not _reason_against_payment(payment)]


class Choice:
    """Lets the grants through that can be told, and counts what is left out."""

    def __init__(self) -> None:
        self._counts: Counter[Message] = Counter()

    def told(self, grants: Iterable[Grant]) -> Iterator[Grant]:
        """Those that can be told, in their order."""
        for grant in grants:
            reason = reason_against(grant)
            if reason:
                self._counts[reason] += 1
                continue
            self._counts.update(filter(None, map(_reason_against_payment, grant.payments)))
            yield grant

    def count(self, grants: StoredGrants, paid: Sequence[str]) -> None:
        """Count what is left out of grants in their store; `paid` are the identifiers of those that have payments.

        Of the others that are alike in what REASONS look at, one is read: a fifth of the time of reading all.
        """
        deque(self.told(grants.of(list(paid))), maxlen=0)
        others = grants.records.where("grants.id not in (select unnest(cast(? as varchar[])))", list(paid))
        columns = Columns(others)
        titles = (name for name in others.selection.resource.field_names if name.startswith("title"))
        empty = [f"{columns[name]} is null" for name in ("recipient", "amount_awarded", "amount_group", *titles)]
        figures = ", ".join([*empty, f"length({columns['decided_on']})", "min(grants.id)", "count(*)"])
        counts = {row[-2]: row[-1] for row in others.different(["certainty", "currency"], figures)}
        for grant in grants.of(list(counts)):
            reason = reason_against(grant)
            if reason:
                self._counts[reason] += counts[grant.id]

    def left_out(self) -> tuple[LeftOut, ...]:
        """Every reason that held, with its number of grants; then the payments of those that were told."""
        order = [*(reason for reason, _ in REASONS), PLANNED, FOREIGN]
        return tuple(LeftOut(item, self._counts[item]) for item in order if self._counts[item])


def _reason_against_payment(payment: Dated) -> Message | None:
    if not payment.paid:
        return PLANNED
    return None if payment.money and knows_currency(payment.money.currency) else FOREIGN


@cache
def _geographies() -> dict[str, str]:
    with GEOGRAPHIES.open(encoding="utf-8-sig", newline="") as stream:
        return {_plain(row["Code"]): row["Code"] for row in csv.DictReader(stream)}


def _plain(code: str) -> str:
    """As a code of our lists may be written: rgn-gor for RGN/GOR."""
    return "-".join(NOT_IN_CODES.split(code.lower()))
