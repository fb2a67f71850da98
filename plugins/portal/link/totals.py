"""Reported totals, contradictions and terms."""

from __future__ import annotations

from collections import defaultdict

from ..model import Claim, Contradiction, Ref, Term, Total
from ..records import Records, as_day, as_money, plain_number


def link_totals(records: Records) -> list[Total]:
    """Every reported total, by year, then by identifier."""
    metrics = {row["code"]: row for row in records["metrics"]}
    scopes = {row["code"]: row for row in records["scopes"]}
    units = {row["code"]: row for row in records["units"]}
    disputed: defaultdict[str, list[Ref]] = defaultdict(list)
    for claim in records["claims"]:
        if claim["total"]:
            disputed[claim["total"]].append(records.refs["contradictions"][claim["contradiction"]])
    totals = [
        Total(
            id=row["id"],
            year=row["year"],
            metric=records.known_code("metrics", row["metric"]),
            is_money_by_year=metrics[row["metric"]]["money_by_year"],
            counts_grants=metrics[row["metric"]]["counts_grants"],
            value=plain_number(row["value"]),
            unit=records.known_code("units", row["unit"]),
            money=as_money(row["value"], row["unit"].upper()) if units[row["unit"]]["is_money"] else None,
            exactness=records.known_code("exactness", row["exactness"]),
            scope=records.known_code("scopes", row["scope"]),
            covers_all=not (scopes[row["scope"]]["organization_kind"] or row["place"] or row["program"]),
            place=records.ref("places", row["place"]),
            organization=records.ref("organizations", row["organization"]),
            program=records.ref("programs", row["program"]),
            body_note=records.text(row, "body_note"),
            note=records.text(row, "note"),
            sources=records.sources_of(row),
            contradictions=tuple(dict.fromkeys(disputed[row["id"]])),
        )
        for row in records["totals"]
    ]
    return sorted(totals, key=lambda total: (total.year, total.id))


def link_contradictions(records: Records) -> list[Contradiction]:
    """Every contradiction with its claims, in the order of the table."""
    claims = records.by("claims", "contradiction")
    return [
        Contradiction(
            id=row["id"],
            title=records.text(row, "title"),
            explanation=records.text(row, "explanation"),
            year=row["year"],
            organization=records.ref("organizations", row["organization"]),
            program=records.ref("programs", row["program"]),
            claims=tuple(
                Claim(
                    text=records.text(claim, "claim"),
                    total_id=claim["total"],
                    said_on=as_day(claim["said_on"]),
                    source=records.sources[claim["source"]],
                )
                for claim in claims[row["id"]]
            ),
        )
        for row in records["contradictions"]
    ]


def link_terms(records: Records) -> list[Term]:
    """The words of the field, in the order of the table."""
    return [Term(row["id"], records.text(row, "label"), records.text(row, "note")) for row in records["terms"]]
