"""Records linked and counted: on the tiny portal by hand, on the shipped records against what their sources say."""

from __future__ import annotations

import runpy
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.catalog import read_catalog
from portal.charts import money_by_year
from portal.database import open_database
from portal.model import Catalog, Money
from portal.pipeline import Portal, read_portal
from portal.scratch import in_order
from portal.settings import read_settings
from portal.validate import Tables

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def shipped() -> Portal:
    return read_portal(read_settings(runpy.run_path(str(ROOT / "pelicanconf.py"))["PORTAL"]), TODAY)


@pytest.fixture(scope="module")
def tiny_catalog(tables: Tables) -> Catalog:
    return read_catalog(tables, open_database(tables), ("eo", "en"))


def som(amount: int) -> Money:
    return Money(Decimal(amount), "KGS")


def test_announced_grants_are_never_counted_or_summed(tiny_catalog: Catalog) -> None:
    announced = [grant for grant in tiny_catalog.grants if not grant.is_counted]
    assert announced
    everything = tiny_catalog.figures["all", ""]
    assert everything.grants == len(tiny_catalog.grants) - len(announced)
    assert everything.announced == len(announced)
    counted = [grant.awarded for grant in tiny_catalog.grants if grant.is_counted and grant.awarded]
    assert {money.currency for money in counted} == {"XTS", "EUR"}  # never added to each other
    for money in everything.awarded:
        assert money.amount == sum(one.amount for one in counted if one.currency == money.currency)


def test_grants_stand_newest_first_by_year_and_day_an_unknown_day_last(tiny_catalog: Catalog) -> None:
    decided = [(grant.id, grant.decided_on.text if grant.decided_on else None) for grant in tiny_catalog.grants]
    assert decided == [
        ("G-2024-2", "2024-03-05"),
        ("G-2024-1", "2024-03"),
        ("G-2024-4", "2024"),
        ("G-2024-3", None),
        ("G-2023-1", "2023-03-01"),
        ("G-2023-2", "2023-03-01"),
        ("G-2023-3", "2023-03-01"),
        ("G-2023-4", None),
    ]


def test_a_joint_sum_stays_whole_and_belongs_only_to_pages_with_all_its_grants(tiny_catalog: Catalog) -> None:
    joint = next(grant.joint for grant in tiny_catalog.grants if grant.joint)
    assert len(joint.grants) == 2
    assert tiny_catalog.figures["all", ""].joint == (joint,)
    holders = {grant.recipient.id for grant in tiny_catalog.grants if grant.joint and grant.recipient}
    if len(holders) > 1:
        assert all(tiny_catalog.figures["recipient", holder].joint == () for holder in holders)


def test_a_place_counts_the_grants_of_the_places_within(tiny_catalog: Catalog) -> None:
    country = tiny_catalog.members["place", "fantazia"]
    for place in ("norda", "havena"):
        assert set(tiny_catalog.members.get(("place", place), ())) <= set(country)
    assert [ref.id for ref in next(p for p in tiny_catalog.places if p.id == "havena").path] == ["norda", "fantazia"]


def test_the_alphabet_is_that_of_the_language() -> None:
    words = ["өрүк", "ота", "ңа", "нан", "ён", "ель"]
    order = in_order(words, "ky")
    assert [words[i] for i in order] == ["ель", "ён", "нан", "ңа", "ота", "өрүк"]


def test_all_material_is_there(shipped: Portal) -> None:
    catalog = shipped.catalog
    counts = (len(catalog.grants), len(catalog.totals), len(catalog.calls), len(catalog.organizations))
    assert counts == (19, 42, 9, 35)
    assert len(catalog.programs) == 11  # ten of the material, and the voucher plan of the release
    everything = catalog.figures["all", ""]
    assert (everything.grants, everything.announced, everything.with_amount) == (13, 6, 1)
    assert everything.awarded == (som(476_300),)
    assert [(joint.id, joint.money, len(joint.grants)) for joint in everything.joint] == [
        ("KARAKOL-2019", som(400_000), 2)
    ]


def test_the_release_of_5_november_2019_is_in_the_data(shipped: Portal) -> None:
    totals = {total.id: total for total in shipped.catalog.totals if total.sources[0].id.startswith("DPI66")}
    figures = {(total.year, total.metric.code, total.value) for total in totals.values()}
    assert (2013, "budget_total", Decimal(13_900_000)) in figures
    assert (2019, "budget_total", Decimal(43_800_000)) in figures
    assert (2019, "projects_funded", Decimal(10)) in figures
    assert (2019, "amount_awarded", Decimal(1_950_000)) in figures
    year = next(year for year in shipped.catalog.coverage if year.year == 2019)
    municipal = [entry for entry in year.entries if entry.organization.id.startswith("MUN") and entry.participates]
    assert len(municipal) == 7
    assert all(entry.funds is None for entry in municipal)  # taking part and paying are two things
    assert len([entry for entry in year.entries if entry.organization.id.startswith("GOV")]) == 3
    assert any(program.customer and program.customer.id == "GOV-008" and program.status.code == "planned"
               for program in shipped.catalog.programs)  # fmt: skip


def test_at_least_66_grants_of_2019_are_reported_and_two_are_held(shipped: Portal) -> None:
    year = next(year for year in shipped.catalog.coverage if year.year == 2019)
    assert (year.reported, year.held) == (Decimal(66), 2)


def test_contradictions_stand_side_by_side_with_their_sources(shipped: Portal) -> None:
    contradictions = shipped.catalog.contradictions
    assert len(contradictions) == 7
    claimed = {contradiction.id: len(contradiction.claims) for contradiction in contradictions}
    assert [name for name, count in claimed.items() if count < 2] == ["pilot-budget"]  # one source, two readings
    assert all(claim.source.url for contradiction in contradictions for claim in contradiction.claims)
    claims = " ".join(claim.text.words("en") for contradiction in contradictions for claim in contradiction.claims)
    assert all(value in claims for value in ("9.5", "8.1", "9.3", "11.5"))


def test_every_shipped_record_names_its_source(shipped: Portal) -> None:
    catalog = shipped.catalog
    assert all(grant.sources and grant.sources[0].url for grant in catalog.grants)
    assert all(total.sources and total.sources[0].url for total in catalog.totals)


def test_a_year_has_one_bar_and_a_total_of_everything_goes_first(shipped: Portal) -> None:
    chart = money_by_year(shipped.catalog.totals, "KGS")
    bars = {bar.total.year: bar for bar in chart.bars}
    assert chart.unit == 1_000_000
    assert [bar.label for bar in (bars[2013], bars[2019], bars[2018])] == [
        Decimal("13.9"),
        Decimal("43.8"),
        Decimal("0.05"),
    ]
    assert (bars[2019].style, bars[2022].style, bars[2025].style) == ("whole", "part", "doubtful")
    assert all(bar.x >= 0 and bar.x + bar.width <= chart.width and bar.y > 0 for bar in chart.bars)
    assert len(chart.gaps) == 4  # 2011–2012, 2014–2017, 2020–2021, 2024


def test_without_totals_there_is_no_bar() -> None:
    assert money_by_year((), "KGS").bars == ()
