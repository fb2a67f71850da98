"""serving.py: while Pelican serves, an edit of grants changes single pages, and their site is that of a clean build."""

from __future__ import annotations

import errno
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from pelican import Pelican
from pelican.settings import read_settings

import portal.building
import portal.generator
import portal.pages
from portal.building import UNTOUCHED
from portal.pipeline import read_portal
from portal.serving import Served, Sources
from portal.store import Store
from tests.conftest import LANGUAGES
from tests.large_tiny import (
    Workshop,
    built_quickly,
    differing,
    grants_stored,
    open_workshop,
    places_of,
    room_for_all,
    rubbish_kept,
    unlike,
)
from tests.plugin_site import files_of
from tests.releases_of_tiny import add, drop, edit

pytestmark = pytest.mark.long

FIRST, SECOND = "grants/2023.csv", "grants/2024.csv"
SIZES = re.compile(r"[a-z]+/(index|data|explore|standards/[a-z0-9]+)\.html")  # pages that name the sizes of downloads


@pytest.fixture(scope="module", autouse=True)
def grants_are_stored() -> Iterator[None]:
    with grants_stored(), room_for_all():
        yield


@contextmanager
def serving(workshop: Workshop) -> Iterator[Pelican]:
    """What builds the site again at each run(), as `make serve` does."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.MonkeyPatch.context() as patch, rubbish_kept():
        patch.setattr(portal.generator, "SERVED", [])
        patch.setattr(sys, "argv", ["pelican", "--autoreload", "--listen"])
        override = {"OUTPUT_PATH": str(workshop.output)}
        yield Pelican(read_settings(str(workshop.settings()), override=override))
    signal.signal(signal.SIGTERM, before)


@contextmanager
def not_serving() -> Iterator[None]:
    """Builds in here are those of `make site`."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal.generator, "SERVED", [])
        patch.setattr(sys, "argv", ["pelican"])
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Workshop, Served]:
    """A site after the first build, and what the process knows of it. Not to be changed."""
    workshop = open_workshop(tmp_path_factory.mktemp("first"))
    with built_quickly(), serving(workshop) as pelican:
        pelican.run()
        (known,) = portal.generator.SERVED
    return workshop, known


@pytest.fixture
def workshop(first: tuple[Workshop, Served], tmp_path: Path) -> Workshop:
    """A copy of it, to be changed."""
    shutil.copytree(first[0].folder, tmp_path, dirs_exist_ok=True)
    return Workshop(tmp_path)


@pytest.fixture
def served(first: tuple[Workshop, Served], workshop: Workshop) -> Iterator[Pelican]:
    """What builds the copy again, and knows of it what it would know if it had built it."""
    known = first[1]
    with built_quickly(), serving(workshop) as pelican:
        portal.generator.SERVED[:] = [Served(workshop.output, known.ready, known.common, dict(known.files))]
        yield pelican


@cache
def clean(records: frozenset[tuple[str, bytes]]) -> dict[str, bytes]:
    """The files of a clean build, made once for all tests that end with the same records."""
    with TemporaryDirectory() as folder, built_quickly(), not_serving():
        workshop = open_workshop(Path(folder))
        shutil.rmtree(workshop.data)
        for path, content in records:
            (workshop.data / path).parent.mkdir(parents=True, exist_ok=True)
            (workshop.data / path).write_bytes(content)
        return files_of(workshop.build("clean"))


def stale(workshop: Workshop) -> list[str]:
    """Paths of files that are not those of a clean build. An end of line at the end of a file makes no difference."""
    records = frozenset((path, content.rstrip(b"\n") + b"\n") for path, content in files_of(workshop.data).items())
    return unlike(files_of(workshop.output), clean(records))


def stale_pages(paths: list[str]) -> list[str]:
    """The same without what stays as it was."""
    return [path for path in paths if not path.startswith(UNTOUCHED) and not SIZES.fullmatch(path)]


def test_an_edit_leaves_all_downloads_as_they_were(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole site, made by as many processes as there are processors."""
    workshop = open_workshop(tmp_path)
    with serving(workshop) as pelican:
        pelican.run()
        before = places_of(workshop.output)
        edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
        pelican.run()
        after = places_of(workshop.output)
    assert (workshop.output / "data/en/fantazia.xlsx").is_file()
    assert all(after[path] == before[path] for path in before if path.startswith(UNTOUCHED))
    assert "`make site` makes them anew" in capsys.readouterr().out
    with not_serving():
        assert stale_pages(differing(workshop.output, workshop.build("clean"))) == []


def test_edits_one_after_the_other(workshop: Workshop, served: Pelican, capsys: pytest.CaptureFixture[str]) -> None:
    before = places_of(workshop.output)
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    served.run()
    after = places_of(workshop.output)
    grants = {path for path in after if "/grants/G-" in path and path.endswith(".html")}
    assert {path for path in grants if after[path] != before[path]} == {
        f"{language}/grants/G-2024-2.html" for language in LANGUAGES
    }
    assert all(after[path] == before[path] for path in before if path.startswith(UNTOUCHED))
    assert "`make site` makes them anew" in capsys.readouterr().out
    assert stale_pages(stale(workshop)) == []
    add(workshop.data / FIRST, "G-2023-4", id="G-2023-9", title_en="One more")
    drop(workshop.data / SECOND, "G-2024-1")
    served.run()
    assert stale_pages(stale(workshop)) == []
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of kites")
    served.run()
    assert stale_pages(stale(workshop)) == []
    assert not (workshop.folder / "output.made").exists()  # so that `make site` makes all of it


@pytest.mark.parametrize("is_whole", [True, False])
def test_an_edit_during_a_build_is_built_after_it(
    is_whole: bool, workshop: Workshop, served: Pelican, monkeypatch: pytest.MonkeyPatch
) -> None:
    days = []

    def then_edit(*given: Any) -> Any:
        found = read_portal(*given)
        days.append(given[1])
        if len(days) == 1:
            edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
        return found

    if is_whole:
        edit(workshop.data / "organizations.csv", "seagull", name_en="The seagull and friends")
    else:
        edit(workshop.data / SECOND, "G-2024-2", title_en="School of kites")
    monkeypatch.setattr("portal.generator.read_portal", then_edit)
    served.run()
    assert len(days) == 2
    assert "School of the storm" in (workshop.output / "en/grants/G-2024-2.html").read_text("utf-8")
    assert stale_pages(stale(workshop)) == []


def test_records_mended_during_a_build_that_fails_are_built(
    workshop: Workshop, served: Pelican, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop = portal.generator._stop

    def then_mend(sentences: str) -> None:
        stop(sentences)
        edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm", year="2024")

    edit(workshop.data / SECOND, "G-2024-2", title_en="School of kites", year="twenty")
    monkeypatch.setattr(portal.generator, "_stop", then_mend)
    served.run()
    assert stale_pages(stale(workshop)) == []


def test_the_rows_of_a_build_are_removed_and_no_others(tmp_path: Path) -> None:
    others = Store()
    sources = Sources([tmp_path])
    made = Store()
    sources.remove_rows()
    assert (others.folder.exists(), made.folder.exists()) == (True, False)


def test_another_table_makes_everything_anew(workshop: Workshop, served: Pelican) -> None:
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    served.run()
    edit(workshop.data / "organizations.csv", "seagull", name_en="The seagull and friends")
    served.run()
    assert stale(workshop) == []


def test_the_page_of_an_edited_grant_is_shown_first(
    workshop: Workshop, served: Pelican, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pages, seen = portal.pages.pages, []

    def pages(*given: Any) -> Any:
        seen.append((workshop.output / "en/grants/G-2024-2.html").read_text("utf-8"))
        seen.append((workshop.output / "en/grants/index.html").read_text("utf-8"))
        return make_pages(*given)

    monkeypatch.setattr(portal.building, "pages", pages)
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    served.run()
    assert "School of the storm" in seen[0]
    assert "School of the storm" not in seen[1]


def test_a_page_shown_by_a_build_that_failed_is_made_again(
    workshop: Workshop, served: Pelican, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full_disk(*_given: Any) -> Any:
        raise OSError(errno.ENOSPC, "No space left on device", "en/index.html")

    before = workshop.data.joinpath(SECOND).read_bytes()
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    with monkeypatch.context() as patch:
        patch.setattr(portal.building, "pages", full_disk)
        served.run()
    assert "The site was not built whole; pages of the edited grants are new, all others are untouched." in (
        capsys.readouterr().err
    )
    assert "School of the storm" in (workshop.output / "en/grants/G-2024-2.html").read_text("utf-8")
    workshop.data.joinpath(SECOND).write_bytes(before)
    served.run()
    assert stale(workshop) == []


def test_a_table_that_is_held_in_memory_for_once_makes_everything_anew(workshop: Workshop, served: Pelican) -> None:
    """As when an editor leaves the end of the last line out."""
    before = workshop.data.joinpath(SECOND).read_bytes()
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    workshop.data.joinpath(SECOND).write_bytes(workshop.data.joinpath(SECOND).read_bytes().rstrip(b"\n"))
    served.run()
    assert stale(workshop) == []
    workshop.data.joinpath(SECOND).write_bytes(before)
    served.run()
    assert stale(workshop) == []


def test_a_site_that_was_removed_is_made_anew(workshop: Workshop, served: Pelican) -> None:
    shutil.rmtree(workshop.output)
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    served.run()
    assert stale(workshop) == []


def test_a_build_that_fails_later_does_not_speak_of_pages_shown_before(
    workshop: Workshop, served: Pelican, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm")
    served.run()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portal.generator, "read_portal", lambda *_given: (_ for _ in ()).throw(OSError(5, "No records")))
        served.run()
    assert "The site was not built; the old one is untouched." in capsys.readouterr().err


def test_records_that_are_wrong_leave_the_site(
    workshop: Workshop, served: Pelican, capsys: pytest.CaptureFixture[str]
) -> None:
    before = places_of(workshop.output)
    edit(workshop.data / SECOND, "G-2024-2", amount_awarded="plenty")
    served.run()
    assert "The site was not built; the old one is untouched." in capsys.readouterr().err
    assert places_of(workshop.output) == before
