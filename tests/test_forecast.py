"""forecast.py: a site that the host would not take is refused before its pages are made, with what to change."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

import portal.building
import portal.load
from tests.large_tiny import Workshop, grants_stored, open_workshop
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
    assert abs(int(found[1]) * 1_000_000 - size) < size / 5
