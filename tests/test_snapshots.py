"""Four dated files of real grants: imported, released one after the other, put into every standard."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import frictionless
import pyshacl
import pytest
from lxml import etree
from openapi_spec_validator import validate as validate_openapi
from rdflib import Graph

from portal.__main__ import load_settings
from portal.exports import Job, write_exports
from portal.exports.standards import SCHEMAS
from portal.i18n import Translations
from portal.importing.giving360 import Wanted, import_file
from portal.pipeline import read_portal
from portal.releases import Release
from portal.releases.compare import needs_reason
from portal.releases.make import make_release
from portal.settings import Settings
from tests.plugin_left_out import ROOT
from tests.test_exports_360giving import validator
from tests.test_exports_csvw import read_back
from tests.test_exports_dcat import SHAPES, SITE, read_shapes
from tests.test_exports_iati import broken_rules
from tests.test_exports_ocds import PACKAGES, checked, standard_zip

__all__ = ["standard_zip"]  # a fixture

pytestmark = [pytest.mark.long, pytest.mark.shared]

SNAPSHOTS = {  # file -> (its day, how many grants it holds)
    "grants-2020-03-early.json.gz": (date(2020, 3, 31), 20),
    "grants-2020-04-17.json.gz": (date(2020, 4, 17), 391),
    "grants-2020-05-01.json.gz": (date(2020, 5, 1), 913),
    "grants-2020-05-07.json.gz": (date(2020, 5, 7), 1978),
}
DAYS = [day for day, _ in SNAPSHOTS.values()]


def settings_of(data: Path) -> Settings:
    return replace(load_settings(ROOT / "pelicanconf.py"), data=data, headline=(), gap_year=None, map="")


def take_over(shared: Path, name: str, data: Path) -> None:
    """Import a snapshot into the folder, as `python -m portal import` does."""
    wanted = Wanted(shared / "data/uk-covid19-360giving" / name, data, "en", title="Grants of 2020")
    import_file(wanted, load_settings(ROOT / "pelicanconf.py"), SNAPSHOTS[name][0])


def grants_in(shared: Path, name: str) -> dict[str, dict[str, Any]]:
    """The grants of a snapshot as they were published, by identifier."""
    found = json.loads(gzip.decompress((shared / "data/uk-covid19-360giving" / name).read_bytes()))
    return {grant["id"]: grant for grant in (found if isinstance(found, list) else found["grants"])}


@pytest.fixture(scope="module")
def releases(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Release]:
    """A release a snapshot, each with the reason that a publisher would give."""
    data = tmp_path_factory.mktemp("snapshots") / "data"
    settings = settings_of(data)
    made: list[Release] = []
    for name, (day, _) in SNAPSHOTS.items():
        take_over(shared, name, data)
        changed = {change.resource for change in read_portal(settings, day).pending if needs_reason(change)}
        if made:
            (data / "changes").mkdir(exist_ok=True)
            reasons = [f"- {{resource: {table}, reason_en: So the file of {day} says.}}\n" for table in sorted(changed)]
            (data / f"changes/{day}.1.yaml").write_text("".join(reasons), encoding="utf-8")
        made.append(make_release(settings, day))
    return made


def test_each_snapshot_is_a_release_with_all_its_grants(releases: list[Release]) -> None:
    assert [release.version for release in releases] == [f"{day}.1" for day in DAYS]
    assert [release.manifest["rows"]["grants"] for release in releases] == [count for _, count in SNAPSHOTS.values()]


def test_grants_that_came_and_went_are_those_of_the_files(releases: list[Release], shared: Path) -> None:
    names = list(SNAPSHOTS)
    told = [release.manifest["changes"]["grants"] for release in releases]
    for number, (before, after) in enumerate(pairwise(names), start=1):
        was, now = grants_in(shared, before), grants_in(shared, after)
        assert told[number].get("added", 0) == len(now.keys() - was.keys())
        assert told[number].get("removed", 0) == len(was.keys() - now.keys())
        assert told[number].get("changed", 0) <= sum(was[key] != now[key] for key in was.keys() & now.keys())
    assert told[1:] == [
        {"added": 371, "changed": 2},
        {"added": 526, "changed": 239, "removed": 4},
        {"added": 1065, "changed": 169},
    ]


def test_a_change_that_was_checked_by_hand_is_told(releases: list[Release], shared: Path) -> None:
    """In both files, looked up with another program: 3740 pounds on 17 April, 5000 on 1 May."""
    key = "360G-CountyDurhamCF-A547405"
    amounts = [grants_in(shared, name)[key]["amountAwarded"] for name in list(SNAPSHOTS)[1:3]]
    assert amounts == [3740, 5000]
    (change,) = [one for one in releases[2].changes if one.id == key and one.field == "amount_awarded"]
    assert (change.before, change.after, change.reason.words("en")) == (
        "3740",
        "5000",
        "So the file of 2020-05-01 says.",
    )


def test_what_a_release_says_was_awarded_is_the_sum_of_the_file(releases: list[Release], shared: Path) -> None:
    for release, name in zip(releases, SNAPSHOTS, strict=True):
        sums: dict[str, float] = {}
        for grant in grants_in(shared, name).values():
            sums[grant["currency"]] = round(sums.get(grant["currency"], 0) + grant["amountAwarded"], 2)
        told = release.manifest["totals"]["awarded"]
        assert {currency: float(amount) for currency, amount in told.items()} == sums


@pytest.fixture(scope="module")
def output(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second snapshot in every format, for a site with an address."""
    folder = tmp_path_factory.mktemp("imported")
    take_over(shared, "grants-2020-04-17.json.gz", folder / "data")
    settings = replace(settings_of(folder / "data"), site_url=SITE)
    day = DAYS[1]
    job = Job(read_portal(settings, day), settings, Translations(settings.translations), day)
    write_exports(job, folder / "output")
    return folder / "output"


def test_it_is_valid_360giving(output: Path, shared: Path) -> None:
    package = json.loads((output / "data/360giving.json").read_text("utf-8"))
    assert list(validator(shared / "schemas/360giving").iter_errors(package)) == []
    assert len(package["grants"]) == 391


@pytest.mark.parametrize("path", PACKAGES)
def test_it_is_valid_ocds(path: str, output: Path, standard_zip: Path, tmp_path: Path) -> None:
    package = json.loads((output / path).read_text("utf-8"))
    del package["extensions"]  # the validator would fetch it from the address of the site
    (tmp_path / "package.json").write_text(json.dumps(package), encoding="utf-8")
    assert checked(tmp_path / "package.json", standard_zip)["validation_errors"] == []


def test_it_is_valid_iati(output: Path) -> None:
    tree = etree.parse(str(output / "data/iati-activities.xml"))
    etree.XMLSchema(etree.parse(str(SCHEMAS / "iati/iati-activities-schema.xsd"))).assertValid(tree)
    assert list(broken_rules(tree)) == []


@pytest.mark.parametrize("names", SHAPES)
def test_its_catalog_keeps_to_the_shapes_of_dcat_ap(names: tuple[str, ...], output: Path, shared: Path) -> None:
    catalog = Graph().parse(output / "data/catalog.ttl")
    conforms, _, text = pyshacl.validate(catalog, shacl_graph=read_shapes(names, shared))
    assert conforms, text


def test_its_csv_files_are_read_by_their_descriptions(output: Path) -> None:
    answers = read_back(output / "data")
    assert len(answers) >= 100
    assert {path: answer["warnings"] for path, answer in answers.items() if answer["warnings"]} == {}
    assert all(answer["valid"] for answer in answers.values())
    assert len(answers["grants.csv-metadata.json"]["tables"]["grants.csv"]) == 391


def test_frictionless_finds_no_fault_in_it(output: Path) -> None:
    report = frictionless.validate(str(output / "data/datapackage.json"))
    assert report.valid, report.flatten(["title", "message"])[:5]


def test_its_api_is_described_truly(output: Path) -> None:
    validate_openapi(json.loads((output / "data/api/openapi.json").read_text("utf-8")))
    assert len(list((output / "data/api/grants").glob("*.json"))) == 391 + 1  # and the list of them


def test_a_database_adds_up_the_same_from_parquet(output: Path) -> None:
    query = "select currency, sum(amount_awarded) from read_parquet(?) group by currency order by currency"
    rows = duckdb.execute(query, [str(output / "data/grants.parquet")]).fetchall()
    assert [(currency, float(amount)) for currency, amount in rows] == [("GBP", 6524729.96), ("USD", 32500.0)]
