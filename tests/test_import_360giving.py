"""`python -m portal import 360giving`: what enters the records, what does not, and that nothing is lost in silence."""

from __future__ import annotations

import copy
import csv
import gzip
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import frictionless
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.__main__ import find_problems, load_settings, main
from portal.checks.texts import EMAIL, RUNS, UNSHOWABLE
from portal.i18n import Translations
from portal.importing.book import Book, paths
from portal.importing.code_choices import Codes, rows_of
from portal.importing.fields import not_mapped
from portal.importing.folder import code_list_rows, read_code_lists
from portal.importing.giving360 import Wanted, import_file
from portal.importing.grants import Limits, add_grant, tell_apart, why_not
from portal.importing.source_file import described_licence, web_address
from portal.importing.values import read_amount, read_day, safe_id, tidy
from portal.package import read_package
from tests.plugin_left_out import ROOT
from tests.plugin_site import files_of

TINY = ROOT / "tests/data/tiny"
SNAPSHOTS = "data/uk-covid19-360giving"
TODAY = date(2026, 11, 25)
SETTINGS = """from pathlib import Path
PORTAL = {{
    "name": {{"eo": "Subvencioj", "en": "Grants"}},
    "languages": ("eo", "en"),
    "data": Path({data!r}),
    "translations": Path({translations!r}),
    "currency": "XTS",
}}
"""
GRANT: dict[str, Any] = {
    "id": "360G-kites-1",
    "title": "A kite for every child ",
    "description": "Kites, and string.",
    "currency": "XTS",
    "amountAppliedFor": 1500,
    "amountAwarded": 1000.5,
    "awardDate": "2020-03-17T00:00:00.000Z",
    "fundingOrganization": [{"id": "XF-REG-77", "name": "Moon Fund"}],
    "recipientOrganization": [{"id": "360G-org:School 7", "name": "School 7", "addressCountry": "Israel"}],
    "grantProgramme": [{"title": "Main Grant", "code": "Round 2"}],
    "beneficiaryLocation": [{"name": "North Shore", "countryCode": "IL"}],
    "plannedDates": [{"startDate": "2020-04-01", "endDate": "2020-04", "duration": 1}],
    "dataSource": "https://moon.example/grants.json",
    "dateModified": "2020-03-26T10:18:11Z",
    "Impact Category": "Joy",
}


def changed(**fields: Any) -> dict[str, Any]:
    """The grant with other fields; None takes one out."""
    return {name: value for name, value in {**copy.deepcopy(GRANT), **fields}.items() if value is not None}


@pytest.fixture
def portal(tmp_path: Path) -> Path:
    """A folder with a settings file for the tiny records."""
    write_settings(tmp_path / "pelicanconf.py", TINY)
    return tmp_path


def write_settings(file: Path, data: Path) -> None:
    """A settings file of a portal in eo and en."""
    file.write_text(SETTINGS.format(data=str(data), translations=str(ROOT / "tests/data/translations")), "utf-8")


def run(portal: Path, content: Any, *options: str, name: str = "grants.json") -> int:
    """Write the content as JSON, import it into the folder “records”, and return the exit status."""
    file = portal / name
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content is not None:
        file.write_text(json.dumps(content), "utf-8")
    settings = ["--settings", str(portal / "pelicanconf.py")]
    return main(["import", "360giving", str(file), "--into", str(portal / "records"), *settings, *options])


def rows(portal: Path, path: str) -> list[dict[str, str]]:
    """The rows of a table of the new folder, without the empty cells."""
    with (portal / "records" / path).open(encoding="utf-8", newline="") as stream:
        return [{name: cell for name, cell in row.items() if cell} for row in csv.DictReader(stream)]


def report(portal: Path) -> Any:
    """The account of the import."""
    return json.loads((portal / "records/import/report.json").read_text("utf-8"))


def rejected(portal: Path) -> Any:
    """The grants that were not written."""
    return json.loads((portal / "records/import/rejected.json").read_text("utf-8"))


def test_a_grant_enters_the_records_with_all_that_it_points_at(portal: Path) -> None:
    assert run(portal, {"grants": [GRANT], "last_updated": "2020-05-07T15:05:12.036528"}) == 0
    assert rows(portal, "grants/2020.csv") == [
        {
            "id": "360G-kites-1",
            "original_id": "360G-kites-1",
            "program": "XF-REG-77-main-grant",
            "program_code": "Round 2",
            "funder": "XF-REG-77",
            "recipient": "360G-org-School-7-cfa40692",
            "title_en": "A kite for every child",
            "title_basis": "source",
            "description_en": "Kites, and string.",
            "place": "IL-north-shore",
            "amount_requested": "1500",
            "amount_awarded": "1000.5",
            "currency": "XTS",
            "year": "2020",
            "decided_on": "2020-03-17",
            "planned_start": "2020-04-01",
            "planned_end": "2020-04",
            "status": "unknown",
            "certainty": "confirmed",
            "status_note_en": "Planned duration in months, by the source: 1.",
            "added_on": "2020-05-07",
            "changed_on": "2020-05-07",
            "source": "moon.example-146a8894",
            "also_sources": "imported-file",
        }
    ]
    assert [(row["id"], row.get("registration_id"), row.get("place")) for row in rows(portal, "organizations.csv")] == [
        ("360G-org-School-7-cfa40692", None, "IL"),
        ("XF-REG-77", "XF-REG-77", None),
    ]
    assert rows(portal, "organizations.csv")[0]["original_id"] == "360G-org:School 7"
    assert [(row["id"], row.get("parent"), row["kind"]) for row in rows(portal, "places.csv")] == [
        ("IL", None, "country"),
        ("IL-north-shore", "IL", "not_stated"),
    ]
    assert rows(portal, "places.csv")[0]["name_eo"] == "Israelo"
    assert rows(portal, "programs.csv")[0]["customer"] == "XF-REG-77"
    assert rows(portal, "sources.csv")[0]["published_on"] == "2020-05-07"


def test_the_report_tells_which_fields_no_column_holds(portal: Path) -> None:
    assert run(portal, [GRANT, changed(id="2", title="Another")]) == 0
    assert report(portal)["fields_not_mapped"] == {"Impact Category": 2, "dateModified": 2}
    assert report(portal)["grants"] == {"read": 2, "written": 2, "rejected": 0}


def test_the_new_folder_passes_the_check_and_frictionless_agrees(portal: Path) -> None:
    assert run(portal, [GRANT]) == 0
    write_settings(portal / "own.py", portal / "records")
    assert [str(one) for one in find_problems(load_settings(portal / "own.py")) if one.level == "error"] == []
    judged = frictionless.validate(str(portal / "records/datapackage.yaml"))
    assert judged.valid, judged.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_every_table_of_the_portal_is_there_and_those_without_records_are_empty(portal: Path) -> None:
    assert run(portal, [GRANT]) == 0
    package = read_package(portal / "records", ("eo", "en"))
    assert set(package.by_name) == set(read_package(TINY, ("eo", "en")).by_name)
    empty = [one.name for one in package.resources if not one.is_codelist and not rows(portal, one.paths[0])]
    assert {"totals", "calls", "payments", "terms", "coverage"} <= set(empty)


def test_missing_codes_are_added_with_a_label_in_every_language(portal: Path) -> None:
    assert run(portal, [GRANT]) == 0
    added = {row["code"]: row for row in rows(portal, "codelists/organization_kinds.csv")}["not_stated"]
    assert (added["label_eo"], added["label_en"]) == ("Not stated", "Not stated")
    assert {"table": "program_levels", "code": "not_stated"} in report(portal)["codes_added"]


def test_code_lists_lose_what_points_at_sources_that_are_gone() -> None:
    package = read_package(ROOT / "data", ("ky", "ru", "en"))
    lists = {name: {row["code"]: row for row in rows_of(one)} for name, one in read_code_lists(package).items()}
    assert len(lists["legal_bases"]) == 4
    kept = code_list_rows(package, lists, {"imported-file"})
    assert kept["legal_bases"] == []
    assert len(kept["spheres"]) == len(lists["spheres"])
    assert not any("legal_basis" in row for row in kept["spheres"])
    assert kept["certainties"] == list(lists["certainties"].values())


UNUSABLE: dict[str, tuple[Any, str]] = {  # what is wrong -> (grant, reason)
    "no object": ("kite", "It is no object with fields."),
    "no identifier": (changed(id=None), "It has no identifier."),
    "an identifier twice": (changed(title="Again"), "Grant number 1 of the file has the same identifier."),
    "no funder": (changed(id="2", fundingOrganization=[]), "It names no funder."),
    "an amount in words": (changed(id="2", amountAwarded="1,000"), "The amount awarded cannot be read as a number."),
    "an amount of zero": (changed(id="2", amountAwarded=0), "The amount awarded is not above zero."),
    "an amount below zero": (changed(id="2", amountAwarded=-5), "The amount awarded is not above zero."),
    "not a number": (changed(id="2", amountAwarded=float("nan")), "The amount awarded cannot be read as a number."),
    "no currency": (
        changed(id="2", currency=None),
        "The currency of the amount is missing or is no code of three letters.",
    ),
    "no day": (changed(id="2", awardDate="spring"), "The day of the award is missing or cannot be read."),
    "a day to come": (changed(id="2", awardDate="2099-01-01"), "The day of the award has not come yet."),
    "a day long ago": (changed(id="2", awardDate="1066-10-14"), "The year of the award is before 1990."),
}


@pytest.mark.parametrize("fault", UNUSABLE)
def test_a_grant_that_cannot_be_written_honestly_is_rejected(fault: str) -> None:
    grant, reason = UNUSABLE[fault]
    item = json.loads(json.dumps(grant), parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    assert str(why_not(item, {"360G-kites-1": 1}, Limits(TODAY, 1990, 2100))) == reason


def test_rejected_grants_are_kept_whole_with_the_reason(portal: Path) -> None:
    assert run(portal, [GRANT, *(grant for grant, _ in UNUSABLE.values())]) == 0
    assert report(portal)["grants"] == {"read": 13, "written": 1, "rejected": 12}
    kept = [(one["number"], one["reason"]) for one in rejected(portal)]
    assert kept == [(number, reason) for number, (_, reason) in enumerate(UNUSABLE.values(), start=2)]
    for one, (grant, _) in zip(rejected(portal), UNUSABLE.values(), strict=True):
        assert str(one["grant"]) == str(grant).replace("nan", "'NaN'")


def test_sums_read_are_sums_written_and_rejected(portal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    grants = [
        GRANT,
        changed(id="2", title="B", amountAwarded=0.1),
        changed(id="3", title="C", amountAwarded=0.2, currency="usd"),
        changed(id="4", title="D", amountAwarded=-7),
        changed(id="5", title="E", amountAwarded=40, currency="pounds"),
        changed(id="6", title="F", amountAwarded=None, amountAppliedFor=None, currency=None),
        changed(id="2", title="G", amountAwarded="25"),
    ]
    assert run(portal, grants) == 0
    assert report(portal)["amount_awarded"] == {
        "": {"read": "40", "written": "0", "rejected": "40"},
        "USD": {"read": "0.2", "written": "0.2", "rejected": "0"},
        "XTS": {"read": "1018.6", "written": "1000.6", "rejected": "18"},
    }
    assert report(portal)["grants_without_readable_amount"] == 1
    told = capsys.readouterr().out
    assert "Grants read: 7. Written: 4. Rejected: 3." in told
    assert "Awarded in XTS: 1018.6 read, 1000.6 written, 18 rejected." in told


SET_ASIDE: dict[str, tuple[dict[str, Any], str, Any]] = {  # what is wrong -> (grant, field, value)
    "an end before the start": (
        changed(plannedDates=[{"startDate": "2020-05-01", "endDate": "2020-04-30"}]),
        "plannedDates/endDate",
        "2020-04-30",
    ),
    "a day that no calendar has": (
        changed(actualDates=[{"startDate": "2020-02-31"}]),
        "actualDates/startDate",
        "2020-02-31",
    ),
    "zero asked for": (changed(amountAppliedFor=0), "amountAppliedFor", 0),
    "no address": (changed(dataSource="ask us"), "dataSource", "ask us"),
    "no country": (
        changed(beneficiaryLocation=[{"name": "X", "countryCode": "Fantasia"}]),
        "beneficiaryLocation/countryCode",
        "Fantasia",
    ),
    "half a point": (
        changed(beneficiaryLocation=[{"name": "X", "latitude": 51.5}]),
        "beneficiaryLocation/latitude",
        Decimal("51.5"),
    ),
    "a second name of a place": (
        changed(beneficiaryLocation=[{"geoCode": "7", "name": "X"}, {"geoCode": "7", "name": "Y"}]),
        "beneficiaryLocation/name",
        "Y",
    ),
    "an organization in no country": (
        changed(recipientOrganization=[{"id": "1", "name": "X", "addressCountry": "Fantasia"}]),
        "recipientOrganization/addressCountry",
        "Fantasia",
    ),
    "a funder that is the recipient": (
        changed(recipientOrganization=GRANT["fundingOrganization"]),
        "recipientOrganization/id",
        "XF-REG-77",
    ),
    "a payment without a day": (
        changed(disbursementTransaction=[{"value": 5}]),
        "disbursementTransaction",
        {"value": 5},
    ),
}


@pytest.mark.parametrize("fault", SET_ASIDE)
def test_a_value_that_no_column_can_hold_is_set_aside_and_the_grant_stays(fault: str, book: Book) -> None:
    grant, field, value = SET_ASIDE[fault]
    add_grant(book, json.loads(json.dumps(grant), parse_float=Decimal, parse_int=Decimal))
    assert [(one.field, one.value) for one in book.remarks] == [(field, value)]


def test_the_report_names_the_values_that_were_set_aside(portal: Path) -> None:
    assert run(portal, [SET_ASIDE["an end before the start"][0]]) == 0
    assert report(portal)["values_set_aside"] == [
        {
            "grant_or_organization": "360G-kites-1",
            "field": "plannedDates/endDate",
            "value": "2020-04-30",
            "reason": "It lies before the start.",
        }
    ]
    assert "planned_end" not in rows(portal, "grants/2020.csv")[0]


def test_grants_that_would_look_the_same_are_told_apart(portal: Path) -> None:
    assert run(portal, [changed(id="b:2"), GRANT, changed(id="c", amountAwarded=7)]) == 0
    titles = {row["original_id"]: row["title_en"] for row in rows(portal, "grants/2020.csv")}
    assert titles == {
        "360G-kites-1": "A kite for every child",
        "b:2": f"A kite for every child ({safe_id('b:2')})",
        "c": "A kite for every child",
    }


def test_data_of_persons_never_enters_a_text_nor_the_report(portal: Path) -> None:
    assert run(portal, [changed(description="Ask ada.l@moon.example.org or +44 7700 900 123.")]) == 0
    assert rows(portal, "grants/2020.csv")[0]["description_en"] == "Ask […] or […]."
    assert [one["field"] for one in report(portal)["texts_changed"]] == ["description"]
    assert not any("7700" in path.read_text("utf-8") for path in (portal / "records").rglob("*") if path.is_file())


def test_payments_with_a_day_are_payments_and_the_sum_so_far_is_told_in_words(portal: Path) -> None:
    paid = [{"value": 400, "transactionDate": "2020-06-01"}]
    assert run(portal, [changed(disbursementTransaction=paid, amountDisbursed=600)]) == 0
    assert rows(portal, "payments.csv") == [
        {
            "id": "360G-kites-1-paid-1",
            "grant": "360G-kites-1",
            "tranche": "1",
            "paid_on": "2020-06-01",
            "amount": "400",
            "currency": "XTS",
            "source": "moon.example-146a8894",
        }
    ]
    note = rows(portal, "grants/2020.csv")[0]["amount_note_en"]
    assert note == "The source reports 600 XTS as paid so far, without a day."


def test_a_grant_without_a_recipient_stays_and_says_so(portal: Path) -> None:
    assert run(portal, [changed(recipientOrganization=None, recipientIndividual={"name": "Ada"})]) == 0
    row = rows(portal, "grants/2020.csv")[0]
    assert "recipient" not in row
    assert row["certainty"] == "unnamed"
    assert report(portal)["fields_not_mapped"]["recipientIndividual/name"] == 1


@pytest.mark.parametrize(
    ("locations", "place", "parent", "note"),
    [
        ([{"name": "UK"}], "GB", None, None),
        ([{"countryCode": "gb"}], "GB", None, None),
        ([{"name": "England/London"}], "GB-england-london", "GB", None),
        ([{"name": "North Tyneside"}], "north-tyneside", None, None),
        ([{"geoCode": "E09000007", "geoCodeType": "LONB", "name": "Camden"}], "E09000007", "GB", None),
        ([{"geoCode": "UA", "geoCodeType": "E06000033", "name": "Southend"}], "E06000033", "GB", None),
        ([{"name": "A", "countryCode": "UG"}, {"name": "B", "countryCode": "UG"}], "UG", None, "A; B"),
        ([{"name": "A", "countryCode": "UG"}, {"name": "B"}], None, None, "A; B"),
        ([{"name": "Нарын"}], "c4ff2d63", None, None),
        ([], None, None, None),
    ],
)
def test_a_location_becomes_a_place(
    locations: list[dict[str, str]], place: str | None, parent: str | None, note: str | None, book: Book
) -> None:
    row = add_grant(book, changed(beneficiaryLocation=locations))
    places = {one["id"]: one for one in book.rows("places").values()}
    assert row.get("place") == place
    assert places.get(row.get("place"), {}).get("parent") == parent
    assert row.get("place_note_en") == note


def test_the_name_that_stands_most_often_is_the_name_and_others_are_other_names(portal: Path) -> None:
    names = ["Moon Fund Ltd", "Moon Fund", "Moon fund", "Moon Fund"]
    funders = [[{"id": "XF-REG-77", "name": name}] for name in names]
    grants = [changed(id=f"g{n}", title=f"T{n}", fundingOrganization=one) for n, one in enumerate(funders)]
    assert run(portal, grants) == 0
    assert [row["name_en"] for row in rows(portal, "organizations.csv")] == ["School 7", "Moon Fund"]
    assert [row["name_en"] for row in rows(portal, "organization_names.csv")] == ["Moon Fund Ltd"]


def test_the_texts_go_into_the_columns_of_the_language_that_was_named(portal: Path) -> None:
    assert run(portal, [GRANT], "--lang", "eo") == 0
    row = rows(portal, "grants/2020.csv")[0]
    assert row["title_eo"] == "A kite for every child"
    assert "title_en" not in row


BAD: dict[str, tuple[Any, str, str]] = {  # what is wrong -> (content, name of the file, sentence)
    "no file": (None, "grants.json", "cannot be read: No such file or directory."),
    "a spreadsheet": (b"id,title\n1,Kite\n", "grants.json", "grants.json is not JSON: reading stopped in line 1"),
    "an empty file": (b"", "grants.json", "grants.json is not JSON"),
    "half a file": (gzip.compress(b"[]")[:-6], "grants.json.gz", "grants.json.gz cannot be unpacked."),
    "a name that is not true": (b"[]", "grants.json.gz", "grants.json.gz is not compressed"),
    "another encoding": ('["é"]'.encode("latin-1"), "grants.json", "are not stored as UTF-8."),
    "no list": ({"awards": []}, "grants.json", "grants.json holds no list of grants."),
    "a list that is an object": ({"grants": {"id": 1}}, "grants.json", "grants.json holds no list of grants."),
    "a number": (7, "grants.json", "grants.json holds no list of grants."),
    "no grants": ({"grants": []}, "grants.json", "The list of grants in grants.json is empty."),
    "no usable grant": ([{}], "grants.json", "No grant of grants.json can be written. The first one: It has no id"),
    "a well": (b"[" * 200_000, "grants.json", "grants.json is nested too deeply"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_bad_file_ends_in_a_sentence_and_writes_nothing(
    fault: str, portal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, name, sentence = BAD[fault]
    assert run(portal, content, name=name) == 2
    told = capsys.readouterr().err
    assert sentence in told
    assert len(told.splitlines()) == 1
    assert {path.name for path in portal.iterdir()} <= {"pelicanconf.py", name}


def test_a_language_that_the_portal_lacks_is_refused(portal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(portal, [GRANT], "--lang", "cy") == 2
    assert capsys.readouterr().err == "The portal has no language “cy”. Choose one of: eo, en.\n"


@pytest.mark.parametrize(
    "prepare",
    [
        lambda folder: shutil.copytree(TINY, folder),
        lambda folder: (folder.mkdir(), (folder / "notes.txt").write_text("mine")),
        lambda folder: folder.write_text("a file"),
    ],
)
def test_a_folder_that_no_import_wrote_is_left_alone(
    prepare: Callable[[Path], Any], portal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(portal / "records")
    before = files_of(portal)
    assert run(portal, [GRANT]) == 2
    assert "Choose" in capsys.readouterr().err
    assert files_of(portal) == {**before, "grants.json": json.dumps([GRANT]).encode()}


def test_a_second_import_replaces_the_records_and_keeps_releases_changes_and_first_days(portal: Path) -> None:
    second = changed(id="2", title="B")
    assert run(portal, {"grants": [GRANT, second], "last_updated": "2020-05-01"}) == 0
    for name in ("releases/2020-05-01.1/manifest.json", "changes/2020-05-02.1.yaml", "README.md"):
        (portal / "records" / name).parent.mkdir(parents=True, exist_ok=True)
        (portal / "records" / name).write_text("kept")
    again = [GRANT, changed(id="2", title="C"), changed(id="3", title="D")]
    assert run(portal, {"grants": again, "last_updated": "2020-05-07"}) == 0
    days = {row["id"]: (row["added_on"], row["changed_on"]) for row in rows(portal, "grants/2020.csv")}
    assert days == {
        "360G-kites-1": ("2020-05-01", "2020-05-01"),
        "2": ("2020-05-01", "2020-05-07"),
        "3": ("2020-05-07", "2020-05-07"),
    }
    kept = [path for path, content in files_of(portal / "records").items() if content == b"kept"]
    assert sorted(kept) == ["README.md", "changes/2020-05-02.1.yaml", "releases/2020-05-01.1/manifest.json"]
    assert {path.name for path in portal.iterdir()} == {"pelicanconf.py", "grants.json", "records"}


def test_an_import_can_follow_on_the_settings_of_its_own_folder(portal: Path) -> None:
    assert run(portal, [GRANT]) == 0
    before = files_of(portal / "records")
    write_settings(portal / "pelicanconf.py", portal / "records")
    assert run(portal, [GRANT]) == 0
    after = files_of(portal / "records")
    assert {name for name in before if before[name] != after[name]} <= {"datapackage.yaml", "import/report.json"}


def test_records_that_would_not_pass_the_check_leave_the_old_folder_as_it_was(
    portal: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(portal, [GRANT]) == 0
    before = files_of(portal / "records")
    shutil.copytree(TINY, portal / "strict")
    schema = portal / "strict/schemas/grants.yaml"
    strict = schema.read_text("utf-8").replace(
        "- name: people_planned\n", "- name: people_planned\n  constraints: {required: true}\n"
    )
    schema.write_text(re.sub(r"(required: true}\n(?:  .*\n)*?)  constraints: .*\n", r"\1", strict), "utf-8")
    write_settings(portal / "pelicanconf.py", portal / "strict")
    assert run(portal, [changed(title="Other")]) == 1
    assert "grants/2020.csv, line 2, column people_planned:" in capsys.readouterr().out
    assert files_of(portal / "records") == before
    assert {path.name for path in portal.iterdir()} == {"pelicanconf.py", "grants.json", "records", "strict"}


def test_the_same_file_makes_the_same_bytes_compressed_or_not(portal: Path) -> None:
    content = json.dumps({"grants": [GRANT, changed(id="2", title="B"), {}]}).encode()
    assert run(portal, content) == 0
    first = files_of(portal / "records")
    assert run(portal, content) == 0
    assert files_of(portal / "records") == first
    shutil.rmtree(portal / "records")
    assert run(portal, gzip.compress(content, mtime=0), name="grants.json.gz") == 0
    packed = files_of(portal / "records")
    assert {name for name in first if first[name] != packed[name]} == {
        "datapackage.yaml",
        "import/report.json",
        "sources.csv",  # the name of the file stands there
    }


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2020-03-17", "2020-03-17"),
        ("2020-03-17T00:00:00+00:00", "2020-03-17"),
        ("2020-03-17T00:00:00.000Z", "2020-03-17"),
        ("2020-05-07T15:05:12.036528", "2020-05-07"),
        (" 2020-03-17 10:00 ", "2020-03-17"),
        ("2020-03", "2020-03"),
        ("2020", "2020"),
        (Decimal(2020), "2020"),
        ("2020-02-30", None),
        ("2020-13", None),
        ("0000-01-01", None),
        ("17/03/2020", None),
        ("2020-03-17 or so", None),
        ("", None),
        (None, None),
        (True, None),
        (["2020-03-17"], None),
    ],
)
def test_a_day_is_read_as_it_is_written(value: Any, day: str | None) -> None:
    assert read_day(value) == day


@given(st.dates(min_value=date(1, 1, 1)), st.sampled_from(["", "T00:00:00Z", "T23:59:59.999+14:00", " 12:00"]))
def test_any_day_of_the_calendar_comes_out_with_any_time(day: date, time: str) -> None:
    assert read_day(f"{day.isoformat()}{time}") == day.isoformat()


@pytest.mark.parametrize(
    ("value", "amount"),
    [
        (Decimal("1000.50"), Decimal("1000.5")),
        (Decimal("1E+3"), Decimal(1000)),
        ("12000.50", Decimal("12000.5")),
        (" 12 ", Decimal(12)),
        ("1,000", None),
        ("£12", None),
        ("1e5", None),
        ("NaN", None),
        (Decimal("1E+15"), None),
        (Decimal("1E+999999"), None),
        (Decimal("0.0000001"), None),
        (True, None),
        (None, None),
        ("", None),
        ("١٢", None),
    ],
)
def test_an_amount_is_a_number_or_nothing(value: Any, amount: Decimal | None) -> None:
    assert read_amount(value) == amount


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_an_amount_reads_the_same_as_a_number_and_as_a_text(amount: Decimal) -> None:
    assert read_amount(amount) == read_amount(f"{amount:f}") == amount


@pytest.mark.parametrize(
    ("original", "safe"),
    [
        ("360G-kites-1", "360G-kites-1"),
        ("360G-woodward:WCT2962", "360G-woodward-WCT2962-"),
        ("GB-CHC-\u00a0295701", "GB-CHC--295701-"),
        ("../../etc", "etc-"),
        ("Үй", ""),
        ("x" * 300, "x" * 100 + "-"),
    ],
)
def test_an_identifier_is_made_safe_by_a_stable_rule(original: str, safe: str) -> None:
    made = safe_id(original)
    assert made.startswith(safe)
    assert made == original or re.fullmatch("[0-9a-f]{8}", made.removeprefix(safe))


@given(st.text(min_size=1))
def test_any_identifier_is_safe_in_an_address_and_different_ones_stay_different(original: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,108}", safe_id(original))
    assert safe_id(original) != safe_id(original + ":")


@given(st.text())
def test_any_text_comes_out_as_the_checks_want_it(words: str) -> None:
    tidied = tidy(words).words
    assert tidied == tidied.strip()
    assert not tidied.startswith(RUNS)
    assert not UNSHOWABLE.search(tidied)
    assert not EMAIL.search(tidied)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", "OGL-UK-3.0"),
        ("https://moon.example/licence", None),
    ],
)
def test_a_well_known_licence_has_its_name(address: str, name: str | None) -> None:
    assert described_licence(address).get("name") == name


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "moon.example", "https://moon example/", "ftp://a.b", "", 7]
)
def test_an_address_that_no_link_can_hold_is_none(address: Any) -> None:
    assert web_address(address) == ""


@pytest.fixture(scope="module")
def codes() -> Codes:
    """The code lists of the tiny portal."""
    return Codes(
        read_code_lists(read_package(TINY, ("eo", "en"))), lambda label: {"label_eo": label, "label_en": label}
    )


@pytest.fixture
def book(codes: Codes) -> Book:
    """An empty book for texts in English."""
    return Book("en", ("eo", "en"), Translations(ROOT / "tests/data/translations"), codes)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.decimals(allow_nan=False)
    | st.text(max_size=8)
    | st.sampled_from(["2020", "XTS", "GB"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["id", "name", "title", "geoCode", "startDate", "endDate", "value"]), inner)
    ),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([name for name in GRANT if name != "id"] + ["actualDates", "url"]), JUNK))
def test_whatever_a_field_holds_the_grant_is_written_or_rejected(codes: Codes, fields: dict[str, Any]) -> None:
    item = {**GRANT, **fields}
    item["amountAwarded"] = fields.get("amountAwarded", Decimal(7))
    reason = why_not(item, {}, Limits(TODAY, 1990, 2100))
    if not reason:
        made = Book("en", ("eo", "en"), Translations(ROOT / "tests/data/translations"), codes)
        assert add_grant(made, item)["id"] == "360G-kites-1"
        tell_apart(made)
        not_mapped(item, set(paths(item)))


@pytest.mark.shared
@pytest.mark.parametrize(
    ("snapshot", "count", "sums"),
    [
        ("grants-2020-03-early.json.gz", 20, {"GBP": "4632462"}),
        ("grants-2020-04-17.json.gz", 391, {"GBP": "6524729.96", "USD": "32500"}),
        ("grants-2020-05-01.json.gz", 913, {"GBP": "11024984.48", "USD": "32500"}),
        ("grants-2020-05-07.json.gz", 1978, {"GBP": "28307900.74", "USD": "32500"}),
    ],
)
def test_a_real_file_is_imported_to_the_last_penny(
    snapshot: str, count: int, sums: dict[str, str], shared: Path, tmp_path: Path
) -> None:
    settings = load_settings(ROOT / "pelicanconf.py")
    made = import_file(Wanted(shared / SNAPSHOTS / snapshot, tmp_path / "records", "en"), settings, TODAY)
    assert (made.read, made.written, len(made.rejected)) == (count, count, 0)
    content = json.loads(gzip.decompress((shared / SNAPSHOTS / snapshot).read_bytes()), parse_float=Decimal)
    source = content["grants"] if isinstance(content, dict) else content
    read, written = Counter[str](), Counter[str]()
    for grant in source:
        read[grant["currency"]] += Decimal(grant["amountAwarded"])  # type: ignore[assignment]  # Counter adds any number
    with (tmp_path / "records/grants/2020.csv").open(encoding="utf-8", newline="") as stream:
        table = list(csv.DictReader(stream))
    for row in table:
        written[row["currency"]] += Decimal(row["amount_awarded"])  # type: ignore[assignment]  # the same
    assert read == written == {currency: Decimal(total) for currency, total in sums.items()}
    assert sorted(row["original_id"] for row in table) == sorted(one["id"].strip() for one in source)


@pytest.mark.shared
def test_the_check_and_frictionless_accept_the_largest_real_file(shared: Path, tmp_path: Path) -> None:
    file = shared / SNAPSHOTS / "grants-2020-05-07.json.gz"
    import_file(Wanted(file, tmp_path / "records", "en"), load_settings(ROOT / "pelicanconf.py"), TODAY)
    settings = replace(load_settings(ROOT / "pelicanconf.py"), data=tmp_path / "records", map="")
    assert [str(one) for one in find_problems(settings) if one.level == "error"] == []
    judged = frictionless.validate(str(tmp_path / "records/datapackage.yaml"))
    assert judged.valid, judged.flatten(["name", "rowNumber", "fieldName", "message"])[:5]


def test_what_the_file_does_not_say_can_be_said_by_the_person_who_imports(portal: Path) -> None:
    options = {
        "--title": "Kite money",
        "--licence": "https://creativecommons.org/licenses/by/4.0/",
        "--publisher": "Kite Watch",
        "--url": "https://kites.example/grants.json",
    }
    assert run(portal, [GRANT], *[word for option in options.items() for word in option]) == 0
    descriptor = read_package(portal / "records", ("eo", "en")).descriptor
    assert (descriptor["name"], descriptor["title"]) == ("kite-money", "Kite money")
    assert [one["name"] for one in descriptor["licenses"]] == ["CC-BY-4.0"]
    source = next(row for row in rows(portal, "sources.csv") if row["id"] == "imported-file")
    assert (source["publisher"], source["url"]) == ("Kite Watch", "https://kites.example/grants.json")
