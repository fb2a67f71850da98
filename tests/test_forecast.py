"""forecast.py: a site that the host would not take is refused, if possible before its pages are made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pelican.settings import read_settings

import portal.building
import portal.load
import portal.settings
from portal.errors import BuildError
from portal.forecast import Forecast, require_room, sort_out
from tests.large_tiny import Workshop, built_quickly, grants_stored, open_workshop
from tests.plugin_site import files_of


@pytest.fixture(scope="module", autouse=True)
def grants_are_stored() -> Iterator[None]:
    with grants_stored():
        yield


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A site for a host without a limit."""
    workshop = open_workshop(tmp_path_factory.mktemp("forecast"))
    workshop.build(more="PORTAL = {**PORTAL, 'host_octets': 0}")
    return workshop


def test_a_host_without_a_limit_takes_everything(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    assert (workshop.output / "SHA256SUMS").is_file()
    assert "that the host takes" not in capsys.readouterr().out


def test_a_site_that_would_not_fit_is_refused_before_its_pages_are_made(
    workshop: Workshop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(portal.building.Building, "_write", lambda *arguments: made.append(arguments))
    before = files_of(workshop.output)
    with pytest.raises(SystemExit) as ended:
        workshop.build("output", "PORTAL = {**PORTAL, 'host_octets': 3_000_000}")
    assert ended.value.code == 1
    assert made == []
    assert files_of(workshop.output) == before
    assert not (workshop.folder / "output.building").exists()
    said = capsys.readouterr().err
    assert "and the host takes 3 MB: " in said
    assert "pages of grants, unless PORTAL[“grant_pages”] is below 8" in said
    assert "CSV and JSON files beside pages, unless PORTAL[“prepared_files”] is below 8" in said
    assert "A portal in fewer languages than 2 is smaller as well." in said
    assert "For a host that takes more, set PORTAL[“host_octets”], to 0 if it has no limit." in said


def test_the_forecast_is_near_to_what_the_site_has(workshop: Workshop, capsys: pytest.CaptureFixture[str]) -> None:
    size = sum(len(content) for content in files_of(workshop.output).values())
    with pytest.raises(SystemExit):
        workshop.build("another", "PORTAL = {**PORTAL, 'host_octets': 1}")
    found = re.search(r"about (\d+) MB", capsys.readouterr().err)
    assert found
    assert abs(int(found[1]) * 1_000_000 - size) < size / 10  # it is said in whole MB


def test_where_the_forecast_is_in_doubt_the_site_itself_is_asked(
    workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    size = sum(len(content) for content in files_of(workshop.output).values())
    with pytest.raises(SystemExit):
        workshop.build("narrow", f"PORTAL = {{**PORTAL, 'host_octets': {size // 20 * 19}}}")
    assert "The site would have " in (said := capsys.readouterr().err)
    assert "about" not in said


def test_a_site_that_became_larger_than_its_forecast_is_refused_in_the_end(
    workshop: Workshop, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portal.building, "require_fit", lambda *_arguments: None)
    before, manifest = files_of(workshop.output), workshop.folder / "output.made"
    with built_quickly(), pytest.raises(SystemExit) as ended:
        workshop.build("output", "PORTAL = {**PORTAL, 'host_octets': 2_000_000}")
    assert ended.value.code == 1
    assert files_of(workshop.output) == before
    assert manifest.exists()
    assert not (workshop.folder / "output.building").exists()
    said = capsys.readouterr()
    assert re.search(r"The site would have [2-9]\.\d MB, and the host takes 2\.0 MB: ", said.err)
    assert "pages of grants, unless PORTAL[“grant_pages”] is below 8" in said.err
    assert "The site was not built; the old one is untouched." in said.err
    assert "that the host takes" not in said.out


def test_files_that_stay_count_and_those_that_are_replaced_do_not(tmp_path: Path) -> None:
    settings = open_workshop(tmp_path).settings(more="PORTAL = {**PORTAL, 'host_octets': 30}")
    for path, octets in {
        "output/kept": 10,
        "output/same": 10,
        "output/gone": 10,
        "new/same": 10,
        "new/new": 10,
    }.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(b"x" * octets)
    read = read_settings(str(settings))
    given = portal.settings.read_settings(read["PORTAL"], "")
    require_room(given, 8, tmp_path / "new", tmp_path / "output", ["kept", "same"])
    with pytest.raises(BuildError, match="The site would have"):
        require_room(replace(given, host_octets=29), 8, tmp_path / "new", tmp_path / "output", ["kept", "same"])
    require_room(replace(given, host_octets=0), 8, tmp_path / "new", tmp_path / "output", ["kept", "same"])


def test_files_are_counted_by_what_they_are_for() -> None:
    files = (
        ("data/grants.csv", 1),
        ("explore/index.js", 2),
        ("index.html", 10),
        ("static/css/base.css", 20),
        ("en/places/a.html", 40),
        ("en/grants/G-1.html", 100),
        ("en/places/a.csv", 1000),
        ("en/places/a.json", 2000),
    )
    assert sort_out(files) == Forecast(written=3, pages=70, grants=100, prepared=3000)
