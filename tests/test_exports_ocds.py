"""The OCDS packages of the tiny portal and of the shipped records, by the validator of the standard's own people."""

from __future__ import annotations

import functools
import json
import runpy
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from libcoveocds.api import ocds_json_output
from libcoveocds.config import LibCoveOCDSConfig

from portal.errors import BuildError, SettingsError
from portal.exports import Job
from portal.exports.to_ocds import EXTENSION, RECORDS, RELEASES, STANDARD, left_out, write
from portal.i18n import Translations
from portal.model import Grant, Money
from portal.pipeline import read_portal
from portal.settings import read_settings
from portal.text import Day
from tests.exports_of_tiny import with_more
from tests.golden_files import compare_golden

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = [RELEASES, RECORDS]
SITE = "https://fantazia.example/grants"


@pytest.fixture(scope="module")
def output(job: Job, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(job, tmp_path_factory.mktemp("output"))


@pytest.fixture(scope="module")
def releases(output: Path) -> dict[str, dict[str, Any]]:
    """The releases by what follows the prefix in their ocid."""
    return releases_of(output)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    settings = read_settings(runpy.run_path(str(ROOT / "pelicanconf.py"))["PORTAL"])
    day = date(2026, 11, 25)
    job = Job(read_portal(settings, day), settings, Translations(settings.translations), day)
    return written(job, tmp_path_factory.mktemp("shipped"))


def written(job: Job, output: Path) -> Path:
    (output / "data").mkdir(exist_ok=True)
    list(write(job, output, ()))
    return output


def releases_of(output: Path) -> dict[str, dict[str, Any]]:
    package = json.loads((output / RELEASES).read_text("utf-8"))
    return {release["ocid"].split("-", 2)[2]: release for release in package["releases"]}


def with_settings(job: Job, **changes: Any) -> Job:
    return Job(job.portal, replace(job.settings, **changes), job.translations, job.data_date)


def with_grant(job: Job, identifier: str, **changes: Any) -> Job:
    catalog = job.portal.catalog
    grants: tuple[Grant, ...] = tuple(
        replace(grant, **changes) if grant.id == identifier else grant for grant in catalog.grants
    )
    return Job(
        replace(job.portal, catalog=replace(catalog, grants=grants)), job.settings, job.translations, job.data_date
    )


@pytest.mark.parametrize("path", PACKAGES)
def test_packages_are_as_they_were(path: str, output: Path, pytestconfig: pytest.Config) -> None:
    compare_golden(pytestconfig, f"exports/{path}", (output / path).read_bytes().decode())


def test_a_process_is_a_call_or_a_grant_without_call_or_a_program_with_neither(job: Job, tmp_path: Path) -> None:
    lone = with_more(job, "programs", {"id": "lone"})
    program = replace(job.portal.catalog.programs[0], id="lone")
    catalog = replace(job.portal.catalog, programs=(*job.portal.catalog.programs, program))
    lone = Job(replace(lone.portal, catalog=catalog), job.settings, job.translations, job.data_date)
    assert {ocid: release["tag"] for ocid, release in releases_of(written(lone, tmp_path)).items()} == {
        "call-C-2023": ["planning", "tender", "award", "contract", "implementation"],
        "call-C-2024": ["planning", "tender", "award", "contract"],
        "call-C-harbour": ["planning", "tender"],
        "grant-G-2023-4": ["planning", "award"],
        "grant-G-2024-3": ["planning", "award"],
        "grant-G-2024-4": ["award"],
        "program-lone": ["planning"],
    }


def test_announced_grants_are_pending_and_have_no_contract(releases: dict[str, dict[str, Any]]) -> None:
    award = releases["grant-G-2024-3"]["awards"][0]
    assert award["status"] == "pending"
    assert "value" not in award
    assert "contracts" not in releases["grant-G-2024-3"]
    statuses = [award["status"] for release in releases.values() for award in release.get("awards", ())]
    assert statuses.count("active") == 7


def test_what_is_not_known_is_absent(releases: dict[str, dict[str, Any]]) -> None:
    assert "suppliers" not in releases["grant-G-2023-4"]["awards"][0]  # the recipient is not named
    awards = {award["id"]: award for award in releases["call-C-2023"]["awards"]}
    assert [identifier for identifier, award in awards.items() if "value" in award] == ["G-2023-1"]  # the others: J-1
    contracts = {contract["id"]: contract for contract in releases["call-C-2023"]["contracts"]}
    assert "period" not in contracts["G-2023-1"]  # 2023-04 to 2023-12: no day is known
    assert "G-2023-2" not in contracts  # no agreement, payment, amendment or report


def test_payments_that_nobody_says_were_made_are_no_transactions(releases: dict[str, dict[str, Any]]) -> None:
    (contract,) = releases["call-C-2023"]["contracts"]
    implementation = contract["implementation"]
    assert [(item["id"], item["date"], item["value"]) for item in implementation["transactions"]] == [
        ("P-1", "2023-04-03T00:00:00Z", {"amount": 20000.5, "currency": "XTS"})
    ]
    assert [(item["id"], item["type"], item["value"]["amount"]) for item in implementation["milestones"]] == [
        ("P-2", "payment", 20000)
    ]


def test_texts_are_in_the_first_language_and_with_a_suffix_in_others(releases: dict[str, dict[str, Any]]) -> None:
    award = releases["call-C-2023"]["awards"][0]
    assert (award["title"], award["title_en"]) == ("Lernejo de la vento", "School of the wind")
    untranslated = releases["call-C-2023"]["awards"][2]
    assert "title" not in untranslated
    assert untranslated["title_en"] == "A kite for every class"
    parties = {party["id"]: party for party in releases["call-C-2024"]["parties"]}
    assert parties["tortoise"]["name"] == parties["tortoise"]["name_en"] == "Tortoise & Daughters Company"


def test_registers_are_told_from_numbers(releases: dict[str, dict[str, Any]]) -> None:
    parties = {party["id"]: party for party in releases["call-C-2023"]["parties"]}
    assert parties["seagull"]["identifier"] == {"scheme": "XF-REG", "id": "0042"}
    assert "identifier" not in parties["lighthouse"]
    assert parties["seagull"]["address"]["countryName_en"] == "Fantasia Island"
    assert parties["ministry-of-kites"]["roles"] == ["buyer", "procuringEntity"]


@pytest.mark.parametrize("which", ["output", "shipped"])
def test_whoever_is_named_is_among_the_parties(which: str, request: pytest.FixtureRequest) -> None:
    for release in releases_of(request.getfixturevalue(which)).values():
        roles = {party["id"]: party["roles"] for party in release["parties"]}
        named = [("buyer", release.get("buyer")), ("procuringEntity", release.get("tender", {}).get("procuringEntity"))]
        for award in release.get("awards", ()):
            named += [("supplier", supplier) for supplier in award.get("suppliers", ())]
        for role, reference in named:
            assert reference is None or role in roles[reference["id"]]


def test_a_record_holds_its_release_or_a_link_to_it(job: Job, output: Path, tmp_path: Path) -> None:
    release = json.loads((output / RELEASES).read_text("utf-8"))["releases"][0]
    record = json.loads((output / RECORDS).read_text("utf-8"))["records"][0]
    assert record["releases"] == [release]
    assert record["compiledRelease"] == {
        **release,
        "id": f"{release['ocid']}-2025-02-01T00:00:00Z",
        "tag": ["compiled"],
    }
    written(with_settings(job, site_url=SITE), tmp_path)
    package = json.loads((tmp_path / RECORDS).read_text("utf-8"))
    assert package["packages"] == [f"{SITE}/{RELEASES}"]
    assert package["records"][0]["releases"] == [
        {"url": f"{SITE}/{RELEASES}#{release['id']}", "date": release["date"], "tag": release["tag"]}
    ]


def test_the_registered_prefix_is_used(job: Job, tmp_path: Path) -> None:
    written(with_settings(job, prefixes={"ocds": "ocds-abc123"}), tmp_path)
    package = json.loads((tmp_path / RELEASES).read_text("utf-8"))
    assert {release["ocid"][:12] for release in package["releases"]} == {"ocds-abc123-"}


def test_a_prefix_of_another_form_is_refused(job: Job, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"PORTAL\[“prefixes”\]\[“ocds”\] is “abc”. Write the prefix"):
        written(with_settings(job, prefixes={"ocds": "abc"}), tmp_path)


def test_a_call_is_active_between_announcement_and_deadline(job: Job, tmp_path: Path) -> None:
    call = next(call for call in job.portal.catalog.calls if call.id == "C-harbour")
    assert (call.announced_on, call.deadline) == (Day("2024-11-05"), Day("2025-12-31"))
    statuses = {}
    for day in (date(2024, 11, 4), date(2025, 2, 1), date(2026, 1, 1)):
        dated = Job(job.portal, job.settings, job.translations, day)
        statuses[day.isoformat()] = releases_of(written(dated, tmp_path))["call-C-harbour"]["tender"].get("status")
    assert statuses == {"2024-11-04": None, "2025-02-01": "active", "2026-01-01": None}


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"awarded": Money(Decimal(5), "QQQ")}, "call-C-2023 would not be valid .*, at awards/0/value/currency: "),
        ({"agreement_on": Day("2023-02-31")}, "call-C-2023 would not be valid .*, at contracts/0/dateSigned: "),
    ],
)
def test_what_the_schema_refuses_is_not_written(changes: dict[str, Any], says: str, job: Job, tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=says):
        written(with_grant(job, "G-2023-1", **changes), tmp_path)
    assert list((tmp_path / "data").iterdir()) == []


def test_a_portal_without_processes_has_no_packages(job: Job, tmp_path: Path) -> None:
    catalog = replace(job.portal.catalog, programs=(), calls=(), grants=())
    empty = Job(replace(job.portal, catalog=catalog), job.settings, job.translations, job.data_date)
    assert list((written(empty, tmp_path) / "data").iterdir()) == []


def test_what_is_left_out_is_counted(job: Job) -> None:
    assert {str(item.reason): item.count for item in left_out(job)} == {
        "Sums reported for several grants together": 1,
        "Numbers of social vouchers of programs": 2,
        "Totals that sources report": 4,
        "What bodies have published, year by year": 4,
        "Points on which sources disagree": 1,
    }


def test_every_field_of_the_files_is_in_the_mapping(releases: dict[str, dict[str, Any]]) -> None:
    """A field that the page about the standard does not show would be one that nobody explains."""
    known = [mapped.theirs.replace("[]", "") for _, rows in STANDARD.mapping for mapped in rows]

    def is_known(path: str) -> bool:
        return any(path == theirs or path.endswith(f"/{theirs}") for theirs in known)

    paths = {path.removesuffix("_en") for release in releases.values() for path in _paths(release)}
    # A Value, a reference to an organization and a point have members below the field that the mapping shows.
    unknown = {path for path in paths if not is_known(path) and not is_known(path.rpartition("/")[0])}
    assert unknown == set()


def test_the_same_records_give_the_same_bytes(job: Job, output: Path, tmp_path: Path) -> None:
    written(job, tmp_path)
    for path in PACKAGES:
        assert (tmp_path / path).read_bytes() == (output / path).read_bytes()


@pytest.fixture(scope="module")
def standard_zip(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The standard, less one thing: the schema of versioned releases, which the validator would download."""
    folder = tmp_path_factory.mktemp("standard")
    with (
        zipfile.ZipFile(shared / "schemas/ocds/standard-1__1__5.zip") as original,
        zipfile.ZipFile(folder / "standard.zip", "w") as copy,
    ):
        original.extractall(folder)
        for name in original.namelist():
            content = original.read(name)
            if name.endswith("record-package-schema.json"):
                schema = json.loads(content)
                schema["definitions"]["record"]["properties"]["versionedRelease"] = {"type": "object"}  # we have none
                content = json.dumps(schema).encode()
            copy.writestr(name, content)
    return folder / "standard.zip"


def checked(path: Path, standard: Path) -> dict[str, Any]:
    """What libcoveocds says of a package."""
    codelists = standard.parent / "standard-1__1__5/schema/codelists"
    config = LibCoveOCDSConfig(
        {"context": "api", "standard_zip": standard.as_uri(), "schema_codelists": {"1.1": f"{codelists.as_uri()}/"}}
    )
    kept = str(standard.parent)  # where it may put a schema of its own
    found: dict[str, Any] = ocds_json_output(output_dir=kept, file=str(path), lib_cove_ocds_config=config)
    return found


@pytest.mark.shared
@pytest.mark.parametrize("path", PACKAGES)
@pytest.mark.parametrize("which", ["output", "shipped"])
def test_packages_are_valid(which: str, path: str, standard_zip: Path, request: pytest.FixtureRequest) -> None:
    found = checked(request.getfixturevalue(which) / path, standard_zip)
    assert found["validation_errors"] == []
    assert found["additional_checks"] == {}  # empty fields
    assert found["deprecated_fields"] == []
    assert found["additional_closed_codelist_values"] == {}
    assert "conformance_errors" not in found  # prefixes of a wrong form
    assert found["version_used"] == "1.1"
    more = {field["field_name"] for field in found["all_additional_fields"] if field["root_additional_field"]}
    ours = {"statusDetails", "budgetBreakdown", "deliveryLocation", "value", "description"}  # see the extension
    assert {name.split("_")[0] for name in more} <= ours
    fields = {place.rpartition("/")[2] for place in found["additional_open_codelist_values"]}
    assert fields <= {"documentType", "scheme", "roles"}


@pytest.mark.shared
def test_an_invalid_package_would_be_noticed(output: Path, standard_zip: Path, tmp_path: Path) -> None:
    text = (output / RELEASES).read_text("utf-8")
    text = text.replace('"status": "active"', '"status": "given"').replace("2023-03-15T00:00:00Z", "2023-03-15")
    (tmp_path / "releases.json").write_text(text, encoding="utf-8")
    found = checked(tmp_path / "releases.json", standard_zip)
    assert found["additional_closed_codelist_values"]
    assert found["validation_errors"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address at which the temporary folder is served on this machine."""
    handler = functools.partial(_Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.shared
@pytest.mark.parametrize("path", PACKAGES)
def test_with_the_extension_no_field_is_unknown(
    path: str, job: Job, address: str, standard_zip: Path, tmp_path: Path
) -> None:
    written(with_settings(job, site_url=address), tmp_path)
    found = checked(tmp_path / path, standard_zip)
    assert [item["url"] for item in found["extensions"]["extensions"]] == [f"{address}/{EXTENSION}/extension.json"]
    assert found["extensions"]["invalid_extension"] == {}
    assert found["validation_errors"] == []
    assert [field["path"] + "/" + field["field_name"] for field in found["all_additional_fields"]] == []


def _paths(value: Any, path: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, member in value.items():
            yield from _paths(member, f"{path}/{name}".lstrip("/"))
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for item in value:
            yield from _paths(item, path)
    else:
        yield path
