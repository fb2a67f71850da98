"""generator.py: what is said before Pelican begins. The builds themselves are in the other tests."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pelican import Pelican
from pelican.settings import read_settings

from portal.profiling import WANTED
from tests.large_tiny import Workshop, open_workshop

NOT_BUILT = "The site was not built; the old one is untouched."


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """Records without a site."""
    before = signal.getsignal(signal.SIGTERM)
    yield open_workshop(tmp_path)
    signal.signal(signal.SIGTERM, before)


@pytest.fixture(params=["make site", "make serve"])
def command(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["pelican", *(["--autoreload"] if request.param == "make serve" else [])])


def begun(workshop: Workshop, output: Path, more: str = "") -> Pelican:
    """Pelican before its run."""
    return Pelican(read_settings(str(workshop.settings(more=more)), override={"OUTPUT_PATH": str(output)}))


def refusal(workshop: Workshop, more: str = "") -> str:
    with pytest.raises(SystemExit) as ended:
        begun(workshop, workshop.output, more)
    return str(ended.value)


def test_a_link_to_a_folder_stays_a_link(workshop: Workshop) -> None:
    workshop.output.symlink_to("site")
    pelican = begun(workshop, workshop.output)
    assert pelican.settings["OUTPUT_PATH"] == str(workshop.folder / "site")
    assert pelican.output_path == str(workshop.folder / "site.building")
    assert workshop.output.is_symlink()


@pytest.mark.usefixtures("command")
def test_a_file_in_the_place_of_the_site_is_refused_at_once(workshop: Workshop) -> None:
    workshop.output.write_text("notes", encoding="utf-8")
    said = f"{workshop.output} is no folder. Move it away, or name another folder for the site.\n{NOT_BUILT}"
    assert refusal(workshop) == said
    assert workshop.output.read_text("utf-8") == "notes"


@pytest.mark.usefixtures("command")
@pytest.mark.parametrize("part", ["'only': 'places'", "'shard': '1/2'"])
def test_a_part_of_a_site_is_not_built_over_a_whole_one(part: str, workshop: Workshop) -> None:
    workshop.output.mkdir()
    (workshop.output / "SHA256SUMS").touch()
    assert f"{workshop.output} holds a whole site, " in refusal(workshop, f"PORTAL = {{**PORTAL, {part}}}")


@pytest.mark.usefixtures("command")
def test_a_profile_that_cannot_be_written_is_refused_at_once(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(WANTED, str(workshop.folder / "nowhere/profile.txt"))
    said = f"A file cannot be read or written: No such file or directory ({workshop.folder}/nowhere/profile.txt)."
    assert refusal(workshop) == f"{said}\n{NOT_BUILT}"


def test_a_wrong_setting_is_said_while_pelican_serves_and_waits_for_the_correction(
    workshop: Workshop, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["pelican", "--autoreload"])
    begun(workshop, workshop.output, "PORTAL = {**PORTAL, 'onlyy': ''}").run()  # an exception would be a run at once
    assert f"PORTAL has no setting “onlyy”. Did you mean “only”?\n{NOT_BUILT}" in capsys.readouterr().err
    assert not workshop.output.exists()
