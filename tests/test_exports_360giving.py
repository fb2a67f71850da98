"""The 360Giving package of the tiny portal and of the shipped records, by the official schemas."""

from __future__ import annotations

import json
import runpy
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # has no types of its own
import pytest
import referencing
from referencing.jsonschema import DRAFT202012

from portal.errors import BuildError, SettingsError
from portal.exports import Job
from portal.exports.giving360.choice import REASONS, reason_against
from portal.exports.standards import SCHEMAS
from portal.exports.to_360giving import PATH, STANDARD, left_out, write
from portal.i18n import Translations
from portal.model import Grant, Money, Ref
from portal.pipeline import read_portal
from portal.settings import read_settings
from portal.text import Day, Text
from tests.golden_files import compare_golden

ROOT = Path(__file__).resolve().parent.parent
SITE = "https://fantazia.example/grants"
TOLD = "G-2023-1"  # a grant of which everything is known
FILES = ("360-giving-package-schema.json", "360-giving-schema.json")


@pytest.fixture(scope="module")
def shipped() -> Job:
    settings = read_settings(runpy.run_path(str(ROOT / "pelicanconf.py"))["PORTAL"])
    day = date(2026, 11, 25)
    return Job(read_portal(settings, day), settings, Translations(settings.translations), day)


def written(job: Job, folder: Path) -> dict[str, Any]:
    """The package as its readers get it."""
    (folder / "data").mkdir(exist_ok=True)
    list(write(job, folder, ()))
    package: dict[str, Any] = json.loads((folder / PATH).read_text("utf-8"))
    return package


def with_settings(job: Job, **changes: Any) -> Job:
    return Job(job.portal, replace(job.settings, **changes), job.translations, job.data_date)


def with_grants(job: Job, *grants: Grant) -> Job:
    catalog = replace(job.portal.catalog, grants=grants)
    return Job(replace(job.portal, catalog=catalog), job.settings, job.translations, job.data_date)


def grant(job: Job, **changes: Any) -> Grant:
    """The grant of which everything is known, with changes."""
    return replace(next(grant for grant in job.portal.catalog.grants if grant.id == TOLD), **changes)


def told(job: Job, folder: Path, **changes: Any) -> dict[str, Any]:
    """What the standard is told of the grant of which everything is known, with changes."""
    document: dict[str, Any] = written(with_grants(job, grant(job, **changes)), folder)["grants"][0]
    return document


def with_place(job: Job, identifier: str, **changes: Any) -> Job:
    catalog = job.portal.catalog
    places = tuple(replace(place, **changes) if place.id == identifier else place for place in catalog.places)
    portal = replace(job.portal, catalog=replace(catalog, places=places))
    return Job(portal, job.settings, job.translations, job.data_date)


def validator(folder: Path) -> Any:
    """Another validator than the build's, for whole packages."""
    package, schema = (json.loads((folder / name).read_text("utf-8")) for name in FILES)
    resource = DRAFT202012.create_resource(schema)
    registry: referencing.Registry[Any] = referencing.Registry()
    registry = registry.with_resource(package["properties"]["grants"]["items"]["$ref"], resource)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return jsonschema.Draft202012Validator(package, registry=registry, format_checker=checker)


def test_the_file_is_as_it_was(job: Job, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    written(job, tmp_path)
    compare_golden(pytestconfig, "exports/360giving.json", (tmp_path / PATH).read_text("utf-8"))


def test_the_same_records_give_the_same_bytes(job: Job, tmp_path: Path) -> None:
    written(job, tmp_path)
    first = (tmp_path / PATH).read_bytes()
    turned = with_grants(job, *reversed(job.portal.catalog.grants))
    written(turned, tmp_path)
    assert (tmp_path / PATH).read_bytes() == first


def test_the_download_counts_its_grants(job: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (download,) = write(job, tmp_path, ())
    assert (download.path, download.format, download.media_type) == (PATH, "360Giving", "application/json")
    assert download.rows == 2
    assert download.format in STANDARD.formats


@pytest.mark.parametrize("site", ["", SITE])
def test_the_package_is_valid_by_the_schemas_of_the_project(site: str, job: Job, tmp_path: Path) -> None:
    package = written(with_settings(job, site_url=site), tmp_path)
    assert list(validator(SCHEMAS / "360giving").iter_errors(package)) == []


@pytest.mark.shared
def test_the_schemas_of_the_project_are_the_official_ones(shared: Path) -> None:
    official = shared / "schemas/360giving"
    for name in FILES:
        assert (SCHEMAS / "360giving" / name).read_bytes() == (official / name).read_bytes()
    name = "geoCodeType.csv"
    assert (SCHEMAS / "360giving" / name).read_bytes() == (official / "codelists" / name).read_bytes()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ('"awardDate": "2023-03-01"', '"awardDate": "2023-03"'),
        ('"currency": "XTS"', '"currency": "XYZ"'),
        ('"version": "1.4"', '"version": "1.4.3"'),
        ('"dataSource": "https://kites', '"dataSource": "the kites'),
    ],
)
def test_an_invalid_package_would_be_noticed(right: str, wrong: str, job: Job, tmp_path: Path) -> None:
    written(job, tmp_path)
    text = (tmp_path / PATH).read_text("utf-8")
    assert right in text
    assert list(validator(SCHEMAS / "360giving").iter_errors(json.loads(text.replace(right, wrong))))


def test_every_grant_is_told_or_counted_as_left_out(job: Job, tmp_path: Path) -> None:
    package = written(job, tmp_path)
    grants = job.portal.catalog.grants
    missing = [item for item in left_out(job) if str(item.reason).startswith("Grants")]
    assert len(package["grants"]) + sum(item.count for item in missing) == len(grants) == 8
    assert [(str(item.reason), item.count) for item in left_out(job)] == [
        ("Grants that were only announced", 1),
        ("Grants of which no source names the recipient", 1),
        ("Grants whose sum is reported only together with that of others", 2),
        ("Grants of which the day of the decision is not known", 2),
        ("Payments of which no source says that they were made", 1),
    ]


def test_the_sum_of_the_file_is_that_of_its_grants(job: Job, tmp_path: Path) -> None:
    package = written(job, tmp_path)
    assert {item["id"]: item["amountAwarded"] for item in package["grants"]} == {
        "360G-fantazia-G-2023-1": 40000.5,
        "360G-fantazia-G-2024-2": 25000,
    }


def test_the_file_says_itself_what_it_leaves_out(job: Job, tmp_path: Path) -> None:
    package = written(job, tmp_path)
    assert package["leftOut"] == [{"reason": str(item.reason), "count": item.count} for item in left_out(job)]
    assert "\nGrants of which no source names the recipient: 1\n" in package["description"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"is_counted": False}, "Grants that were only announced"),
        ({"recipient": None}, "Grants of which no source names the recipient"),
        ({"awarded": None}, "Grants of which no source says the amount"),
        ({"awarded": Money(Decimal(5), "XYZ")}, "Grants in a currency that the standard does not list"),
        ({"decided_on": None}, "Grants of which the day of the decision is not known"),
        ({"decided_on": Day("2023")}, "Grants of which the day of the decision is not known"),
        ({"decided_on": Day("2023-03")}, "Grants of which the day of the decision is not known"),
        ({"title": Text()}, "Grants without a title"),
    ],
)
def test_a_grant_that_lacks_what_the_standard_wants_is_left_out(
    changes: dict[str, Any], reason: str, job: Job, tmp_path: Path
) -> None:
    """No file at all, as the standard allows no package without grants."""
    (tmp_path / "data").mkdir()
    poorer = with_grants(job, grant(job, **changes))
    assert list(write(poorer, tmp_path, ())) == []
    assert not (tmp_path / PATH).exists()
    assert [(str(item.reason), item.count) for item in left_out(poorer)] == [(reason, 1)]


def test_a_joint_sum_is_never_divided(job: Job) -> None:
    joint = [grant for grant in job.portal.catalog.grants if grant.joint]
    assert len(joint) == 2
    assert {str(reason_against(grant)) for grant in joint} == {
        "Grants whose sum is reported only together with that of others"
    }
    assert reason_against(replace(joint[0], awarded=Money(Decimal(5), "XTS"))) is None


def test_of_the_shipped_records_no_grant_can_be_told_and_all_are_counted(shipped: Job, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    assert list(write(shipped, tmp_path, ())) == []
    assert list(tmp_path.glob("data/*")) == []
    assert sum(item.count for item in left_out(shipped)) == len(shipped.portal.catalog.grants)


def test_a_shipped_record_with_what_lacked_would_be_told(shipped: Job, tmp_path: Path) -> None:
    grants = shipped.portal.catalog.grants
    first = next(grant for grant in grants if grant.recipient and grant.is_counted and grant.place)
    whole = replace(first, awarded=Money(Decimal(5), shipped.settings.currency), decided_on=Day("2019-07-18"))
    package = written(with_grants(shipped, whole), tmp_path)
    assert list(validator(SCHEMAS / "360giving").iter_errors(package)) == []
    assert package["grants"][0]["beneficiaryLocation"][0]["countryCode"]


def test_without_the_address_of_the_site_there_are_no_addresses_of_pages(job: Job, tmp_path: Path) -> None:
    package = written(job, tmp_path)
    assert not {"downloadURL", "accessURL"} & package.keys()
    assert all("url" not in item and "url" not in item["grantProgramme"][0] for item in package["grants"])


def test_with_the_address_of_the_site_grants_and_programs_have_pages(job: Job, tmp_path: Path) -> None:
    package = written(with_settings(job, site_url=SITE), tmp_path)
    assert package["downloadURL"] == f"{SITE}/data/360giving.json"
    assert package["accessURL"] == f"{SITE}/en/data.html"
    assert package["publisher"] == {"name": "Fantasia", "website": SITE}
    assert package["grants"][0]["url"] == f"{SITE}/en/grants/G-2023-1.html"
    assert package["grants"][0]["grantProgramme"][0]["url"] == f"{SITE}/en/programs/kites.html"


def test_a_registered_prefix_stands_before_every_identifier(job: Job, tmp_path: Path) -> None:
    registered = with_settings(job, prefixes={"360giving": "360G-kites"})
    package = written(registered, tmp_path)
    assert package["grants"][0]["id"] == "360G-kites-G-2023-1"
    assert "not registered" not in package["description"]
    assert "The prefix “360G-fantazia” of the identifiers is not registered" in written(job, tmp_path)["description"]


@pytest.mark.parametrize("prefix", ["fantazia", "360G-", "360G-two words"])
def test_a_prefix_that_is_none_is_refused(prefix: str, job: Job, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=f"“{prefix}”. Write the prefix that 360Giving gave you"):
        written(with_settings(job, prefixes={"360giving": prefix}), tmp_path)


def test_an_identifier_of_another_publisher_stays(job: Job, tmp_path: Path) -> None:
    assert told(job, tmp_path, id="360G-harbour-7")["id"] == "360G-harbour-7"


def test_an_organization_of_another_publisher_keeps_its_identifier(job: Job, tmp_path: Path) -> None:
    catalog = job.portal.catalog
    seagull = next(item for item in catalog.organizations if item.id == "seagull")
    known = replace(seagull, id="360G-harbour-ORG-1", registration_id=None)
    catalog = replace(catalog, organizations=(*catalog.organizations, known))
    more = Job(replace(job.portal, catalog=catalog), job.settings, job.translations, job.data_date)
    found = told(more, tmp_path, recipient=Ref(known.id, known.name))
    assert found["recipientOrganization"][0]["id"] == "360G-harbour-ORG-1"


def test_an_identifier_that_would_stand_twice_fails_the_build(job: Job, tmp_path: Path) -> None:
    twice = with_grants(job, grant(job), grant(job, id=f"360G-fantazia-{TOLD}"))
    with pytest.raises(BuildError, match=f"“360G-fantazia-{TOLD}” twice, for the grants “360G-fantazia-{TOLD}” and"):
        written(twice, tmp_path)
    assert not (tmp_path / PATH).exists()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"decided_on": Day("2023-02-99")}, "at awardDate: "),
        ({"actual_end": Day("2023-13")}, "at actualDates/0/endDate: "),
    ],
)
def test_what_the_schema_refuses_fails_the_build(changes: dict[str, Any], says: str, job: Job, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=f"{PATH}, grant {TOLD} would not be valid by its standard, {says}"):
        told(job, tmp_path, **changes)
    assert not (tmp_path / PATH).exists()


def test_organizations_have_a_registered_number_or_one_behind_the_prefix(job: Job, tmp_path: Path) -> None:
    found = told(job, tmp_path, recipient=Ref("lighthouse", Text()))
    assert found["recipientOrganization"] == [
        {
            "id": "360G-fantazia-ORG-lighthouse",
            "name": "Association “Lighthouse, Always”",
            "alternateName": "Asocio “Lumturo, ĉiam”",
            "organisationType": "non-profit organization",
            "location": [{"id": "monta", "name": "Monta Vilaĝo", "geoCode": "020100"}],
        }
    ]
    assert found["fundingOrganization"][0]["id"] == "XF-REG-0001"
    assert found["fundingOrganization"][0]["alternateName"] == (
        "Ministerio pri Kajtoj; Ministerio pri Vento kaj Kajtoj; Ministry of Wind and Kites"
    )


@pytest.mark.parametrize(
    ("kind", "code", "geography"),
    [
        ("rgn-gor", "E12000001", "RGN/GOR"),
        ("lsoa", "E01000001", "LSOA"),
        ("lsoa", "010100", None),
        ("town", "E01", None),
    ],
)
def test_the_type_of_a_code_is_one_that_the_standard_lists(
    kind: str, code: str, geography: str | None, job: Job, tmp_path: Path
) -> None:
    place = next(place for place in job.portal.catalog.places if place.id == "havena")
    typed = with_place(job, "havena", kind=replace(place.kind, code=kind), code=code)
    assert told(typed, tmp_path)["beneficiaryLocation"][0].get("geoCodeType") == geography


@pytest.mark.parametrize(
    ("place", "country", "scope"),
    [("fantazia", "FI", "GLS030"), ("norda", "FI", "GLS040"), ("havena", "FI", None), ("malnova", "FI", None)],
)
def test_a_place_is_in_its_country(place: str, country: str, scope: str | None, job: Job, tmp_path: Path) -> None:
    """With a code that the standard lists; that of the island of the tests is in no list."""
    listed = with_place(with_place(job, "fantazia", iso_code="FI"), "norda", iso_code="FI-01")
    found = told(listed, tmp_path, place=Ref(place, Text()), place_note=Text((("en", "Near the pier."),)))
    assert found["beneficiaryLocation"][0]["countryCode"] == country
    assert found["beneficiaryLocation"][0]["description"] == "Near the pier."
    assert found.get("locationScope") == scope


@pytest.mark.parametrize(
    ("code", "iso_code", "published"),
    [("010100", "XF-N", "010100"), (None, "XF-N", "XF-N"), (None, "XF", None), (None, None, None)],
)
def test_a_place_has_one_geographic_code(
    code: str | None, iso_code: str | None, published: str | None, job: Job, tmp_path: Path
) -> None:
    found = told(with_place(job, "havena", code=code, iso_code=iso_code), tmp_path)
    assert found["beneficiaryLocation"][0].get("geoCode") == published


def test_a_country_that_the_standard_does_not_list_is_left_out(job: Job, tmp_path: Path) -> None:
    found = told(job, tmp_path, place=Ref("fantazia", Text()))
    assert found["beneficiaryLocation"] == [
        {"id": "fantazia", "name": "Fantasia Island", "latitude": -45.5, "longitude": -120, "geoCode": "000000"}
    ]
    assert "locationScope" not in found


def test_only_payments_that_were_made_are_transactions(job: Job, tmp_path: Path) -> None:
    paid, planned = grant(job).payments
    late = replace(paid, id="P-3", day=Day("2023-10"), money=Money(Decimal("0.5"), "EUR"))
    odd = replace(paid, id="P-4", money=Money(Decimal(5), "XYZ"))
    found = told(job, tmp_path, payments=(paid, planned, late, odd))
    assert found["disbursementTransaction"] == [
        {"id": "P-1", "transactionDate": "2023-04-03", "currency": "XTS", "value": 20000.5},
        {"id": "P-3", "currency": "EUR", "value": 0.5},
    ]
    missing = left_out(with_grants(job, grant(job, payments=(paid, planned, late, odd))))
    assert [(str(item.reason), item.count) for item in missing] == [
        ("Payments of which no source says that they were made", 1),
        ("Payments without an amount, or in a currency that the standard does not list", 1),
    ]


def test_limits_of_what_is_known_stand_in_the_description(job: Job, tmp_path: Path) -> None:
    note = Text((("en", "About that much."),))
    assert (
        told(job, tmp_path, amount_note=note)["description"] == "Courses for two hundred children.\n\nAbout that much."
    )
    assert told(job, tmp_path, description=Text(), amount_note=note)["description"] == (
        "School of the wind\n\nAbout that much."
    )


def test_what_the_portal_classified_says_so(job: Job, tmp_path: Path) -> None:
    sphere, group = told(job, tmp_path, sphere_is_ours=True)["classifications"]
    assert sphere == {
        "vocabulary": "fantazia/spheres",
        "code": "education",
        "title": "education",
        "description": "classified by this portal",
    }
    assert group == {"vocabulary": "fantazia/beneficiary_groups", "code": "children", "title": "children"}


def test_beneficiaries_of_no_list_stand_in_the_words_of_the_source(job: Job, tmp_path: Path) -> None:
    changes = {"sphere": None, "beneficiary_group": None, "beneficiary_note": Text((("en", "sailors"),))}
    found = told(job, tmp_path, **changes)
    assert found["classifications"] == [{"vocabulary": "fantazia/beneficiary_groups", "title": "sailors"}]


def test_a_grant_without_a_call_is_not_said_to_come_from_none(job: Job, tmp_path: Path) -> None:
    assert told(job, tmp_path)["fromOpenCall"] == "Yes"
    assert "fromOpenCall" not in told(job, tmp_path, call=None)


def test_an_address_in_other_letters_is_written_as_the_standard_wants_it(job: Job, tmp_path: Path) -> None:
    source = replace(grant(job).sources[0], url="https://kites.example/ĉiam?a=%20b#ŝ")
    assert told(job, tmp_path, sources=(source,))["dataSource"] == "https://kites.example/%C4%89iam?a=%20b#%C5%9D"


def test_a_site_without_english_speaks_its_first_language(job: Job, tmp_path: Path) -> None:
    package = written(with_settings(job, languages=("eo",)), tmp_path)
    assert package["title"] == "Subvencioj de Insulo Fantazia"
    assert package["grants"][0]["title"] == "Lernejo de la vento"


def test_every_field_of_the_file_is_in_the_mapping(job: Job, tmp_path: Path) -> None:
    known = {mapped.theirs for _, rows in STANDARD.mapping for mapped in rows}
    known |= {theirs.rpartition("/")[0] for theirs in known}  # the lists themselves
    same = {"fundingOrganization[]": "recipientOrganization[]", "location[]": "beneficiaryLocation[]"}
    package = written(with_settings(job, site_url=SITE), tmp_path)
    paths = {path for item in package["grants"] for path in _paths(item, "")}
    for path in paths:
        *_, above, last = ["", *path.split("/")]
        assert path in known or f"{same.get(above, above)}/{last}" in known, path
    assert len(paths) > 40


def test_each_reason_is_said_once() -> None:
    assert len({str(reason) for reason, _ in REASONS}) == len(REASONS)


def _paths(value: Any, above: str) -> Iterator[str]:
    """Paths of the fields, with [] behind lists: “location[]/name”."""
    for name, inner in value.items():
        if isinstance(inner, list):
            yield f"{above}{name}[]"
            for item in inner:
                yield from _paths(item, f"{above}{name}[]/")
        else:
            yield f"{above}{name}"
