"""A site that is built again: only what differs is written, and every octet is that of a clean build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from random import Random

import pytest

import portal.load
from tests.conftest import LANGUAGES
from tests.large_tiny import (
    Workshop,
    built_quickly,
    differing,
    grants_stored,
    open_workshop,
    places_of,
    room_for_all,
)
from tests.plugin_site import files_of
from tests.random_edits import series
from tests.releases_of_tiny import add, drop, edit

pytestmark = pytest.mark.long

FIRST, SECOND = "grants/2023.csv", "grants/2024.csv"
Edit = Callable[[Workshop], None]


@pytest.fixture(scope="module", autouse=True)
def grants_are_stored() -> Iterator[None]:
    with grants_stored(), room_for_all():
        yield


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The site before all edits, with its manifest. Not to be changed."""
    workshop = open_workshop(tmp_path_factory.mktemp("first"))
    workshop.build()
    return workshop


@pytest.fixture(scope="module")
def first_quickly(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """The same as it is built quickly, with a total that counts grants of all years."""
    workshop = open_workshop(tmp_path_factory.mktemp("quickly"))
    add(workshop.data / "totals.csv", "T-1", id="T-9", scope="all", organization="", program="kites")
    with built_quickly():
        workshop.build()
    return workshop


@pytest.fixture
def workshop(first_quickly: Workshop, tmp_path: Path) -> Iterator[Workshop]:
    """A copy of that, to be changed and built quickly."""
    with built_quickly():
        yield copied(first_quickly, tmp_path)


def copied(workshop: Workshop, folder: Path) -> Workshop:
    shutil.copytree(workshop.folder, folder, dirs_exist_ok=True)
    return Workshop(folder)


def test_the_site_of_stored_tables_is_that_of_tables_in_memory(
    first: Workshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = copied(first, tmp_path)
    assert (first.folder / "output.made").is_file()
    monkeypatch.setattr(portal.load, "LARGE", 10**9)
    assert differing(workshop.build("in-memory"), first.output) == []
    assert not (workshop.folder / "in-memory.made").exists()


def title(workshop: Workshop) -> None:
    edit(workshop.data / SECOND, "G-2024-2", title_en="School of the storm", title_eo="Lernejo de la ŝtormo")


def several(workshop: Workshop) -> None:
    edit(workshop.data / FIRST, "G-2023-1", amount_awarded="41000", recipient="tortoise", people_planned="")
    edit(workshop.data / "payments.csv", "P-1", amount="19999.99", note_en="Corrected")
    add(workshop.data / "payments.csv", "P-1", id="P-9", tranche="3")
    drop(workshop.data / SECOND, "G-2024-1")
    add(workshop.data / FIRST, "G-2023-4", id="G-2023-9", title_en="One more", title_eo="")


def everything_common(workshop: Workshop) -> None:
    edit(workshop.data / "organizations.csv", "seagull", name_en="The seagull and friends")
    codes = workshop.data / "codelists/spheres.csv"
    codes.write_text(codes.read_text("utf-8").replace("Education", "Schooling"), "utf-8")
    page = next(workshop.content.rglob("*.md"))
    page.write_text(page.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")


def by_hand(workshop: Workshop) -> None:
    """A file of the site is gone, and another one is there."""
    (workshop.output / "en/grants/G-2024-2.html").rename(workshop.output / "en/grants/G-1999-1.html")


def emptied(workshop: Workshop) -> None:
    """A page was spoilt."""
    (workshop.output / "en/grants/G-2024-2.html").write_bytes(b"")


def on_programs_and_calls(workshop: Workshop) -> None:
    edit(workshop.data / "reports.csv", "R-2", program="", call="C-2024", finding_en="They flew.")
    edit(workshop.data / "documents.csv", "DOC-1", title_en="Another decision")


def other_order(workshop: Workshop) -> None:
    """The lines of two grants with one sum change places."""
    lines = (workshop.data / FIRST).read_text("utf-8").splitlines(keepends=True)
    places = [at for at, line in enumerate(lines) if line.startswith(("G-2023-2,", "G-2023-3,"))]
    lines[places[0]], lines[places[1]] = lines[places[1]], lines[places[0]]
    (workshop.data / FIRST).write_text("".join(lines), "utf-8")


# What is done, and of which grants the pages are written again: None for all of them. Those of WHOLE are done to the
# whole site, with every download, and built by as many processes as there are processors.
EDITS: tuple[tuple[Edit, set[str] | None], ...] = (
    (title, {"G-2024-2"}),
    (several, {"G-2023-1", "G-2023-9"}),
    (everything_common, None),
    (by_hand, None),
    (emptied, None),
    (on_programs_and_calls, None),
    (other_order, set()),
)
WHOLE = (several, everything_common, other_order)


@pytest.mark.parametrize(("change", "again"), EDITS)
def test_after_an_edit_the_site_is_that_of_a_clean_build(
    change: Edit, again: set[str] | None, first: Workshop, first_quickly: Workshop, tmp_path: Path
) -> None:
    origin = first if change in WHOLE else first_quickly
    workshop = copied(origin, tmp_path)
    with nullcontext() if change in WHOLE else built_quickly():
        check_an_edit(change, again, origin, workshop)


def check_an_edit(change: Edit, again: set[str] | None, first: Workshop, workshop: Workshop) -> None:
    change(workshop)
    before, contents = places_of(workshop.output), files_of(workshop.output)
    workshop.build()
    after = places_of(workshop.output)
    if again is not None:
        same = {path for path, content in files_of(workshop.output).items() if contents.get(path) == content}
        assert {path for path in same if before[path] != after[path]} == set()
        assert any(path.startswith("data/api/") for path in same)
    left = {path.name for path in workshop.folder.iterdir() if path.name.startswith("output")}
    assert left == {"output", "output.conf.py", "output.made"}
    clean = first.output if change in (by_hand, emptied) else workshop.build("clean")
    assert differing(workshop.output, clean) == []
    pages = {path for path in after if path.endswith(".html") and "/grants/G-" in path}
    expected = pages if again is None else {f"{language}/grants/{one}.html" for one in again for language in LANGUAGES}
    assert {path for path in pages if before.get(path) != after[path]} == expected
    assert "SHA256SUMS" in after


@pytest.mark.parametrize("limit", ["grant_pages", "prepared_files", "all_formats"])
def test_a_site_that_grows_beyond_a_limit_is_that_of_a_clean_build(
    limit: str, first: Workshop, first_quickly: Workshop, tmp_path: Path
) -> None:
    is_whole = limit == "all_formats"  # as XLSX is among what it leaves out; the others leave out no download
    workshop = copied(first if is_whole else first_quickly, tmp_path)
    more = f"PORTAL[{limit!r}] = {len(list((workshop.output / 'en/grants').glob('G-*.html')))}"
    with nullcontext() if is_whole else built_quickly():
        workshop.build(more=more)
        add(workshop.data / FIRST, "G-2023-4", id="G-2023-9", title_en="One more", title_eo="")
        assert differing(workshop.build(more=more), workshop.build("clean", more)) == []


def test_a_total_may_count_grants_of_other_years(workshop: Workshop) -> None:
    add(workshop.data / SECOND, "G-2024-2", id="G-2024-9", program="kites", title_en="One more", title_eo="")
    assert differing(workshop.build(), workshop.build("clean")) == []


@pytest.mark.parametrize("seed", [17])
def test_after_random_edits_the_site_is_that_of_a_clean_build(seed: int, workshop: Workshop) -> None:
    dice = Random(seed)
    done: list[str] = []
    for number, edits in enumerate(series(dice)):
        done += [change(workshop.data, dice, f"{number}{place}") for place, change in enumerate(edits)]
        workshop.build()
        if number >= 5:
            different = differing(workshop.output, workshop.build(f"clean-{number}"))
            assert different == [], f"seed {seed}, after these edits: {done}"
