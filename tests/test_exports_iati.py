"""The IATI activities of the tiny portal and of the shipped records, by the schema and the rules of the standard."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from portal.errors import BuildError, SettingsError
from portal.exports import Job
from portal.exports.standards import SCHEMAS
from portal.exports.to_iati import PATH, STANDARD, left_out, write
from portal.i18n import Translations
from portal.model import Grant, Money
from portal.pipeline import read_portal
from portal.settings import read_settings
from portal.text import Day, Text
from portal.validate import Record, Table
from tests.exports_of_tiny import with_table
from tests.golden_files import compare_golden

ROOT = Path(__file__).resolve().parent.parent
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SITE = "https://fantazia.example/grants"
CODES = {  # element and attribute -> what may stand there, of the code lists of IATI 2.03
    "activity-status/@code": {"1", "2", "3", "4", "5", "6"},
    "activity-date/@type": {"1", "2", "3", "4"},
    "default-finance-type/@code": {"110"},
    "description/@type": {"1", "2", "3", "4"},
    "document-link/category/@code": {"A05", "A06", "A11", "A12", "B18"},
    "location/location-reach/@code": {"1", "2"},
    "other-identifier/@type": {"A1", "A2", "A3", "A9", "B1", "B9"},
    "participating-org/@role": {"1", "2", "3", "4"},
    "related-activity/@type": {"1", "2", "3", "4", "5"},
    "reporting-org/@type": {"10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "80", "90"},
    "sector/@vocabulary": {"1", "99"},
    "tag/@vocabulary": {"1", "2", "3", "99"},
    "transaction/transaction-type/@code": {"2", "3"},
}


@pytest.fixture(scope="module")
def activities(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Any:
    return written(job, tmp_path_factory.mktemp("output"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Any:
    settings = read_settings(runpy.run_path(str(ROOT / "pelicanconf.py"))["PORTAL"], SITE)
    day = date(2026, 11, 25)
    job = Job(read_portal(settings, day), settings, Translations(settings.translations), day)
    return written(job, tmp_path_factory.mktemp("shipped"))


def written(job: Job, output: Path) -> Any:
    """The file that the job makes, as a tree."""
    (output / "data").mkdir(exist_ok=True)
    (download,) = write(job, output, ())
    tree = etree.parse(str(output / PATH))
    assert (download.path, download.rows) == (PATH, len(tree.getroot()))
    return tree


def with_grant(job: Job, identifier: str, **changes: Any) -> Job:
    """The job with one grant changed."""
    catalog = job.portal.catalog
    grants = tuple(replace(grant, **changes) if grant.id == identifier else grant for grant in catalog.grants)
    return replace(job, portal=replace(job.portal, catalog=replace(catalog, grants=grants)))


def with_program(job: Job, identifier: str, **changes: Any) -> Job:
    """The job with one program changed."""
    catalog = job.portal.catalog
    programs = tuple(replace(one, **changes) if one.id == identifier else one for one in catalog.programs)
    return replace(job, portal=replace(job.portal, catalog=replace(catalog, programs=programs)))


def with_codes(job: Job, table: str, codes: dict[str, str]) -> Job:
    """The job with a column “iati” in a code list."""
    before = job.portal.tables[table]
    records = tuple(
        Record({**record.values, "iati": codes.get(record["code"])}, record.file, record.line)
        for record in before.records
    )
    changed = with_table(job, Table(before.resource, records))
    return replace(changed, settings=job.settings)


def activity(tree: Any, kind: str, identifier: str) -> Any:
    """The activity of a program or grant."""
    found = [one for one in tree.getroot() if (one.findtext("iati-identifier") or "").endswith(f"-{kind}-{identifier}")]
    assert len(found) == 1
    return found[0]


def test_the_file_is_as_it_was(job: Job, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    written(job, tmp_path)
    compare_golden(request.config, "iati-activities.xml", (tmp_path / PATH).read_text("utf-8"))


@pytest.mark.parametrize("name", ["activities", "shipped"])
def test_the_official_schema_accepts_the_file(name: str, request: pytest.FixtureRequest) -> None:
    grammar = etree.XMLSchema(etree.parse(str(SCHEMAS / "iati/iati-activities-schema.xsd")))
    grammar.assertValid(request.getfixturevalue(name))


@pytest.mark.parametrize("name", ["activities", "shipped"])
def test_the_file_keeps_the_rules_that_no_schema_states(name: str, request: pytest.FixtureRequest) -> None:
    """The rules of IATI's standard ruleset on the elements that we write."""
    tree = request.getfixturevalue(name)
    assert list(broken_rules(tree)) == []
    identifiers = [element.text for element in tree.iter("iati-identifier")]
    assert len(identifiers) == len(set(identifiers))


def broken_rules(tree: Any) -> Iterator[str]:
    for one in tree.getroot():
        days = {date_.get("type"): date_.get("iso-date") for date_ in one.findall("activity-date")}
        if not {"1", "2"} & days.keys():
            yield "no start"
        if ("1" in days and days.get("3", "9") < days["1"]) or ("2" in days and days.get("4", "9") < days["2"]):
            yield "ends before it starts"
        if len(one.findall("sector")) != 1:
            yield "several sectors would need shares"
        if len(one.findall("recipient-country")) > 1:
            yield "several countries would need shares"
        for body in one.findall("participating-org"):
            if body.get("ref") is None and body.find("narrative") is None:
                yield "an organization without name and identifier"
        for identifier in one.xpath("iati-identifier/text() | .//@ref[not(ancestor::location)]"):
            if one.xpath("boolean(other-identifier[@ref=$ref])", ref=identifier):
                continue
            if not re.fullmatch(r"[^/&|?]+", identifier):
                yield f"characters of {identifier}"


@pytest.mark.parametrize("name", ["activities", "shipped"])
def test_every_code_is_in_its_list(name: str, request: pytest.FixtureRequest) -> None:
    tree = request.getfixturevalue(name)
    for path, codes in CODES.items():
        assert set(tree.xpath(f"/iati-activities/iati-activity/{path}")) <= codes, path


def test_programs_stand_above_their_grants(activities: Any) -> None:
    kites, school = activity(activities, "program", "kites"), activity(activities, "grant", "G-2023-1")
    assert (kites.get("hierarchy"), school.get("hierarchy")) == ("1", "2")
    children = kites.xpath("related-activity[@type='2']/@ref")
    assert [child.partition("-grant-")[2] for child in children] == ["G-2023-1", "G-2024-1", "G-2024-2"]
    assert school.xpath("related-activity[@type='1']/@ref") == [kites.findtext("iati-identifier")]


def test_texts_stand_in_every_language_that_has_them(activities: Any) -> None:
    titles = activity(activities, "grant", "G-2023-1").findall("title/narrative")
    assert [(title.get(LANG), title.text) for title in titles] == [
        ("eo", "Lernejo de la vento"),
        ("en", "School of the wind"),
    ]


def test_money_promised_and_money_paid_are_two_kinds_of_transactions(activities: Any) -> None:
    transactions = activity(activities, "grant", "G-2023-1").findall("transaction")
    assert [
        (
            one.find("transaction-type").get("code"),
            one.find("transaction-date").get("iso-date"),
            one.findtext("value"),
            one.find("value").get("currency"),
            one.find("provider-org").get("ref"),
            one.find("receiver-org").get("ref"),
        )
        for one in transactions
    ] == [
        ("2", "2023-03-15", "40000.5", "XTS", "XF-REG-0001", "XF-REG-0042"),
        ("3", "2023-04-03", "20000.5", "XTS", "XF-REG-0001", "XF-REG-0042"),
    ]


def test_the_decision_dates_an_amount_without_agreement(job: Job, tmp_path: Path) -> None:
    tree = written(with_grant(job, "G-2024-2", agreement_on=Day("2024-03")), tmp_path)
    days = activity(tree, "grant", "G-2024-2").xpath("transaction/transaction-date/@iso-date")
    assert days == ["2024-03-05"]


def test_an_amount_without_an_exact_day_is_left_out(activities: Any) -> None:
    assert activity(activities, "grant", "G-2024-1").findall("transaction") == []  # decided in 2024-03


def test_a_day_known_to_the_month_is_left_out(activities: Any) -> None:
    days = activity(activities, "grant", "G-2023-1").findall("activity-date")
    assert [(day.get("type"), day.get("iso-date")) for day in days] == [("1", "2023-04-01"), ("3", "2023-11-30")]


def test_a_payment_planned_for_a_day_is_a_planned_disbursement(job: Job, tmp_path: Path) -> None:
    grant = one_grant(job, "G-2023-1")
    paid, planned = grant.payments
    tree = written(with_grant(job, grant.id, payments=(paid, replace(planned, day=Day("2023-09-01")))), tmp_path)
    found = activity(tree, "grant", grant.id)
    assert found.xpath("planned-disbursement/period-start/@iso-date") == ["2023-09-01"]
    assert found.xpath("planned-disbursement/value/text()") == ["20000"]
    assert len(found.findall("transaction")) == 2


def test_an_announced_grant_is_in_the_pipeline_without_money(job: Job, tmp_path: Path) -> None:
    announced = with_grant(job, "G-2023-1", is_counted=False)
    found = activity(written(announced, tmp_path), "grant", "G-2023-1")
    assert found.find("activity-status").get("code") == "1"
    assert found.findall("transaction") + found.findall("planned-disbursement") == []


@pytest.mark.parametrize(
    ("ended", "status"), [(None, "2"), (Day("2025-03"), "2"), (Day("2025-02-01"), "4"), (Day("2024"), "4")]
)
def test_without_a_code_the_days_say_the_status(ended: Day | None, status: str, job: Job, tmp_path: Path) -> None:
    tree = written(with_grant(job, "G-2024-2", actual_end=ended), tmp_path)
    assert activity(tree, "grant", "G-2024-2").find("activity-status").get("code") == status


def test_the_list_of_statuses_overrules_the_days(job: Job, tmp_path: Path) -> None:
    coded = with_codes(with_codes(job, "grant_statuses", {"completed": "3"}), "program_statuses", {"approved": "6"})
    tree = written(coded, tmp_path)
    assert activity(tree, "grant", "G-2023-1").find("activity-status").get("code") == "3"
    assert activity(tree, "grant", "G-2024-2").find("activity-status").get("code") == "2"
    assert activity(tree, "program", "kites").find("activity-status").get("code") == "6"


def test_the_country_is_that_of_the_largest_place_around(activities: Any) -> None:
    found = activity(activities, "grant", "G-2023-1")
    assert found.xpath("recipient-country/@code") == ["XF"]
    assert found.xpath("location/@ref") == ["havena"]
    assert found.xpath("location/point/pos/text()") == ["-45.12 -120.15"]


def test_a_sphere_is_a_sector_and_several_are_tags(job: Job, tmp_path: Path) -> None:
    tree = written(with_grant(job, "G-2024-1", sphere=None), tmp_path)

    def sectors(kind: str, identifier: str) -> list[tuple[str, str]]:
        found = activity(tree, kind, identifier)
        return [(one.get("vocabulary"), one.get("code")) for one in (*found.findall("sector"), *found.findall("tag"))]

    assert sectors("grant", "G-2023-1") == [("99", "education")]
    assert sectors("grant", "G-2024-1") == [("1", "99810")]
    assert sectors("program", "kites") == [("1", "43010"), ("99", "leisure"), ("99", "education")]


def test_budgets_are_of_calendar_years(activities: Any) -> None:
    budgets = activity(activities, "program", "kites").findall("budget")
    assert [
        (one.find("period-start").get("iso-date"), one.find("period-end").get("iso-date"), one.findtext("value"))
        for one in budgets
    ] == [
        ("2023-01-01", "2023-12-31", "100000"),
        ("2023-01-01", "2023-12-31", "20000"),
        ("2024-01-01", "2024-12-31", "150000"),
    ]


def test_pages_and_lists_are_linked_when_the_address_is_known(job: Job, activities: Any, tmp_path: Path) -> None:
    assert activities.findall(".//document-link") == []
    public = replace(job, settings=replace(job.settings, site_url=SITE))
    found = activity(written(public, tmp_path), "grant", "G-2023-1")
    assert found.xpath("document-link/@url") == [f"{SITE}/eo/grants/G-2023-1.html"]
    assert found.xpath("sector/@vocabulary-uri") == [f"{SITE}/data/spheres.csv"]


def test_a_document_needs_a_category(job: Job, tmp_path: Path) -> None:
    coded = with_codes(job, "document_kinds", {"decision": "A06"})
    (link,) = activity(written(coded, tmp_path), "program", "kites").findall("document-link")
    assert (link.get("url"), link.get("format"), link.find("category").get("code")) == (
        "https://fantazia.example/decision-12-k.pdf",
        "application/pdf",
        "A06",
    )


def test_identifiers_begin_with_what_is_registered(job: Job, tmp_path: Path) -> None:
    settings = replace(job.settings, prefixes={"iati": "XM-DAC-12345"})
    tree = written(replace(job, settings=settings), tmp_path)
    assert tree.xpath("//iati-activity[1]/reporting-org/@ref") == ["XM-DAC-12345"]
    assert tree.findtext(".//iati-identifier") == "XM-DAC-12345-program-kites"


def test_a_prefix_that_iati_does_not_take_is_refused(job: Job, tmp_path: Path) -> None:
    settings = replace(job.settings, prefixes={"iati": "XM/DAC"})
    with pytest.raises(SettingsError, match=r"PORTAL\[“prefixes”\]\[“iati”\] is “XM/DAC”"):
        written(replace(job, settings=settings), tmp_path)


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ('<b>"bold"</b> & more', '<b>"bold"</b> & more'),
        ("one\r\ntwo\tthree", "one\r\ntwo\tthree"),
        ("]]> 🪁 ы", "]]> 🪁 ы"),
        ("bell\x07 and \ufffe", "bell� and �"),
    ],
)
def test_text_comes_back_as_it_was(words: str, read: str, job: Job, tmp_path: Path) -> None:
    changed = with_grant(job, "G-2023-1", title=Text.of({"en": words}), agreement_number=words)
    found = activity(written(changed, tmp_path), "grant", "G-2023-1")
    assert found.findtext("title/narrative") == read
    assert found.xpath("other-identifier[@type='A9']/@ref") == [read]


def test_large_amounts_keep_their_digits(job: Job, tmp_path: Path) -> None:
    changed = with_grant(job, "G-2023-1", awarded=Money(Decimal("1E+20"), "XTS"))
    found = activity(written(changed, tmp_path), "grant", "G-2023-1")
    assert found.findtext("transaction/value") == "100000000000000000000"


def test_a_file_that_the_schema_refuses_stops_the_build_and_is_gone(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    fault = (
        r"data/iati-activities\.xml, unregistered-fantazia-grant-G-2023-1, would not be valid by its standard: "
        "Element 'activity-date', attribute 'iso-date': '2023-02-31' is not a valid value"
    )
    with pytest.raises(BuildError, match=fault):
        list(write(with_grant(job, "G-2023-1", planned_start=Day("2023-02-31")), tmp_path, ()))
    assert list((tmp_path / "data").iterdir()) == []


def test_what_is_left_out_is_counted(job: Job, activities: Any) -> None:
    assert {str(item.reason): item.count for item in left_out(job)} == {
        "Grants without an exact day of start, which IATI demands": 5,
        "Amounts of grants without an exact day of agreement or decision; the grants are in the file": 1,
        "Payments without an exact day; their grants are in the file": 1,
        "Sums reported for several grants together": 1,
        "Documents without an address, or of a format or kind that IATI has no code for": 2,
        "Calls for applications": 3,
    }
    assert len(activities.getroot()) == 2 + 8 - 5


def test_a_program_of_nobody_or_of_no_year_is_left_out(job: Job, tmp_path: Path) -> None:
    fewer = with_program(job, "kites", customer=None, donors=(), implementers=())
    fewer = with_program(fewer, "quiet-harbour", year_from=None)
    tree = written(fewer, tmp_path)
    assert tree.xpath("//iati-activity/@hierarchy") == ["2", "2", "2"]
    assert tree.findall(".//related-activity") == []


def test_without_any_activity_there_is_no_file(job: Job, tmp_path: Path) -> None:
    empty = replace(job, portal=replace(job.portal, catalog=replace(job.portal.catalog, programs=(), grants=())))
    (tmp_path / "data").mkdir()
    assert list(write(empty, tmp_path, ())) == []
    assert list((tmp_path / "data").iterdir()) == []


def test_the_table_tells_every_element_and_attribute_of_the_file(job: Job, tmp_path: Path) -> None:
    public = replace(job, settings=replace(job.settings, site_url=SITE))
    tree = written(with_codes(public, "document_kinds", {"decision": "A06"}), tmp_path)
    told = {row.theirs for _, rows in STANDARD.mapping for row in rows}
    told |= {re.sub(r"\[@([\w-]+)=[\w-]+\].*", r"/@\1", path) for path in told}
    told = {re.sub(r"\[.*?\]", "", path) for path in told}
    told |= {f"transaction/{path}" for path in told if path.startswith(("provider-org", "receiver-org"))}
    found = set()
    for one in tree.getroot():
        for element in one.iter(tag=etree.Element):
            path = tree.getelementpath(element).partition("/")[2]
            path = re.sub(r"\[\d+\]", "", path)
            found |= {f"{path}/@{name}".lstrip("/").replace(LANG, "xml:lang") for name in element.attrib}
            if element.text and element.text.strip():
                found.add(path)
    assert {path for path in found if not path.endswith("narrative/@xml:lang")} - told == set()


def one_grant(job: Job, identifier: str) -> Grant:
    """The grant of that identifier."""
    return next(grant for grant in job.portal.catalog.grants if grant.id == identifier)
