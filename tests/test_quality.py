"""How full the records are: counted by hand for the tiny portal, release by release, and with warnings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from portal.errors import Problem, say
from portal.exports import Job
from portal.exports.to_quality import write
from portal.model import CoverageEntry
from portal.pipeline import Portal, read_portal
from portal.quality import Quality, measure, percent, trend
from portal.quality.model import shade
from portal.quality.owners import Owners
from portal.validate import Tables
from tests.conftest import LANGUAGES
from tests.releases_of_tiny import FIRST, SECOND, add, edit, release, tiny_settings

GRANTS = "grants/2024.csv"
DAY = date(2025, 2, 1)


def portal_of(data: Path) -> Portal:
    return read_portal(tiny_settings(data), DAY)


@pytest.fixture(scope="module")
def quality(job: Job) -> Quality:
    return measure(job.portal, LANGUAGES)


def filled(quality: Quality, body: str, table: str) -> dict[str, int]:
    """Field -> records with a value."""
    found = next(one for one in quality.by_organization[body].tables if one.resource.name == table)
    return {one.field.name: one.filled for one in found.fields}


def body_of(tables: Tables, table: str, identifier: str) -> str | None:
    owners = Owners(tables)
    record = next(one for one in tables[table].records if one["id"] == identifier)
    return owners.of(table, [record[column] for column in owners.columns(table)])


def test_useful_fields_are_counted_body_by_body(quality: Quality) -> None:
    assert filled(quality, "ministry-of-kites", "grants") == {
        "recipient": 5,
        "title_eo": 5,
        "title_en": 6,
        "sphere": 6,
        "beneficiary_group": 3,
        "place": 6,
        "amount_awarded": 3,
        "decided_on": 5,
        "people_planned": 3,  # one of them is zero, which is an answer
    }
    assert filled(quality, "harbour-council", "grants")["sphere"] == 0


def test_a_grant_that_was_only_announced_is_not_counted(quality: Quality) -> None:
    ministry = quality.by_organization["ministry-of-kites"].grants
    assert ministry
    assert (ministry.records, ministry.filled, ministry.cells, ministry.percent) == (6, 42, 54, 77)
    assert quality.grants
    assert (quality.grants.records, quality.grants.filled, quality.grants.cells) == (7, 48, 63)


def test_what_belongs_to_a_grant_belongs_to_the_body_that_gave_it(quality: Quality, tables: Tables) -> None:
    assert filled(quality, "ministry-of-kites", "payments") == {"paid_on": 1}
    assert filled(quality, "ministry-of-kites", "reports") == {"people_reached": 1}
    assert body_of(tables, "reports", "R-1") == "ministry-of-kites"  # of the grant, not of who reports
    assert body_of(tables, "reports", "R-2") == "ministry-of-kites"  # of the program
    assert body_of(tables, "calls", "C-harbour") == "harbour-council"
    assert body_of(tables, "organizations", "seagull") is None


def test_without_a_useful_field_grants_are_still_counted(tiny: Path) -> None:
    schema = tiny / "schemas/grants.yaml"
    schema.write_text("".join(line for line in schema.open(encoding="utf-8") if not line.startswith("  why")), "utf-8")
    grants = measure(portal_of(tiny), LANGUAGES).grants
    assert grants
    assert (grants.records, grants.fields, grants.cells, grants.percent) == (7, (), 0, 0)


def test_advice_begins_with_what_most_records_lack(quality: Quality) -> None:
    grants = quality.by_organization["ministry-of-kites"].grants
    assert grants
    assert [(one.field.name, one.missing) for one in grants.lacking] == [
        ("beneficiary_group", 3),
        ("amount_awarded", 3),
        ("people_planned", 3),
        ("recipient", 1),
        ("title_eo", 1),
        ("decided_on", 1),
    ]
    assert grants.lacking[0].why.words("en") == "Unless it says for whom, people do not see that the help is for them."


@pytest.mark.parametrize(
    ("part", "whole", "hundredths", "level"),
    [(0, 0, 0, 0), (0, 7, 0, 0), (1, 1000, 1, 1), (1, 2, 50, 2), (2, 3, 66, 2), (999, 1000, 99, 3), (7, 7, 100, 4)],
)
def test_only_everything_is_full_and_only_nothing_is_empty(part: int, whole: int, hundredths: int, level: int) -> None:
    assert percent(part, whole) == hundredths
    assert shade(part, whole) == level


def warn(file: str, line: int, column: str | None) -> Problem:
    return Problem(say("It is odd."), say("Look at it."), file=file, line=line, column=column, level="warning")


def test_a_warning_is_told_to_the_body_whose_record_it_is_about(job: Job) -> None:
    lines = {record["id"]: record.line for record in job.portal.tables["sources"].records}
    warnings = (
        warn("grants/2024.csv", 2, "place"),  # G-2024-1
        warn("grants/2024.csv", 3, "place"),  # G-2024-2
        warn("sources.csv", lines["S-2"], None),  # named by the harbour council
        warn("organizations.csv", 2, "name_en"),
    )
    found = measure(replace(job.portal, warnings=warnings), LANGUAGES)
    ministry, other = found.by_organization["ministry-of-kites"].warnings  # one of its grants names S-2 as well
    assert (str(ministry.what), ministry.column.words("en")) == ("It is odd.", "Where")
    assert ministry.records == (("grants", "G-2024-1"), ("grants", "G-2024-2"))
    assert other.records == (("sources", "S-2"),)
    assert [warned.records for warned in found.by_organization["harbour-council"].warnings] == [(("sources", "S-2"),)]
    assert [warned.records for warned in found.warnings] == [(("organizations", "ministry-of-kites"),)]


def test_a_trend_has_a_point_a_release_and_one_for_what_is_not_released(tiny: Path) -> None:
    release(tiny, FIRST)
    edit(tiny / GRANTS, "G-2024-4", sphere="leisure", beneficiary_group="elders")
    add(tiny / GRANTS, "G-2024-2", id="G-2024-9", amount_awarded="50000", title_en="A third year", title_eo="")
    release(tiny, SECOND)
    found = trend(portal_of(tiny), LANGUAGES)
    assert [(point.version, point.grants, point.filled, point.cells) for point in found[None]] == [
        ("2025-03-01.1", 7, 48, 63),
        ("2025-04-01.1", 8, 58, 72),
    ]
    assert [point.percent for point in found["harbour-council"]] == [66, 88]
    edit(tiny / GRANTS, "G-2024-9", title_eo="Tria jaro")
    latest = trend(portal_of(tiny), LANGUAGES)[None][-1]
    assert (latest.version, latest.filled) == (None, 59)


def test_a_portal_without_releases_has_one_point(job: Job) -> None:
    (point,) = trend(job.portal, LANGUAGES)[None]
    assert (point.version, point.grants, point.filled) == (None, 7, 48)


def test_the_figures_are_a_file(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    files = {file.path: file for file in write(job, tmp_path, ())}
    lines = (tmp_path / "data/quality.csv").read_text("utf-8").splitlines()
    assert lines[0] == "publisher,table,field,records,filled"
    assert ",grants,place,7,7" in lines
    assert "ministry-of-kites,grants,amount_awarded,6,3" in lines
    assert files["data/quality.csv"].rows == len(lines) - 1 == 45
    assert list(files) == ["data/quality.csv", "data/quality.csv-metadata.json", "data/quality.json"]


def entries(portal: Portal) -> dict[str, CoverageEntry]:
    return {
        f"{entry.organization.id} {entry.year}": entry for year in portal.catalog.coverage for entry in year.entries
    }


def test_the_schema_says_which_status_means_what(job: Job) -> None:
    found = entries(job.portal)
    assert [key for key, entry in found.items() if entry.is_nothing] == ["harbour-council 2023"]
    assert [key for key, entry in found.items() if entry.is_late] == ["ministry-of-kites 2024"]


@pytest.mark.parametrize(
    ("due", "published", "days", "verdict"),
    [
        ("2024-02-01", "2024-02-15", 14, "late"),
        ("2024-02-28", "2024-03-01", 2, "late"),  # a leap year
        ("2024-02-15", "2024-02-15", None, "in time"),
        ("2024-02", "2024-03-01", None, "late"),  # late for certain, by how much nobody knows
        ("2024-02", "2024-02-29", None, "in time"),
        ("2024-02-15", "2024-02", None, ""),  # may be either
        ("2024", "2025", None, "late"),
        ("", "2024-02-15", None, ""),
        ("2024-02-15", "", None, ""),
    ],
)
def test_lateness_follows_from_the_two_days(
    due: str, published: str, days: int | None, verdict: str, tiny: Path
) -> None:
    edit(tiny / "coverage.csv", "K-1", due_on=due, published_on=published)
    entry = entries(portal_of(tiny))["ministry-of-kites 2023"]
    assert entry.days_late == days
    assert (entry.came_late, entry.came_in_time) == (verdict == "late", verdict == "in time")


@pytest.mark.parametrize(
    ("cells", "day", "overdue"),
    [
        ({"due_on": "2025-01-15"}, date(2025, 1, 16), True),
        ({"due_on": "2025-01-15"}, date(2025, 1, 15), False),
        ({"due_on": "2025-01"}, date(2025, 1, 31), False),
        ({"due_on": "2025-01-15", "published_on": "2025-03-01"}, date(2025, 4, 1), False),
        ({"due_on": "2025-01-15", "status": "unknown"}, date(2025, 4, 1), False),  # nobody said that it is late
        ({"due_on": ""}, date(2025, 4, 1), False),
    ],
)
def test_a_body_is_overdue_on_a_day_of_the_records_not_of_the_clock(
    cells: dict[str, str], day: date, overdue: bool, tiny: Path
) -> None:
    edit(tiny / "coverage.csv", "K-2", **cells)
    assert entries(portal_of(tiny))["ministry-of-kites 2024"].is_overdue(day) is overdue
