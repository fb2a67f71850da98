"""joining.py: the shards of a site joined are a single build; what does not belong together is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

import portal.load
from portal.__main__ import main
from portal.joining import NOTE
from tests.large_tiny import DAY, LARGE, Workshop, differing, open_workshop
from tests.plugin_site import files_of

SHARDS = 4


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """A single build, and four shards: the first of stored tables, as the others might be of a smaller machine."""
    workshop = open_workshop(tmp_path_factory.mktemp("joining"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", DAY)
        patch.setattr(portal.load, "LARGE", LARGE)
        workshop.build()
        for number in range(1, SHARDS + 1):
            workshop.build(f"shard-{number}", f"PORTAL = {{**PORTAL, 'shard': '{number}/{SHARDS}'}}")
    return workshop


@pytest.fixture
def shards(workshop: Workshop, tmp_path: Path) -> list[Path]:
    """Copies of the shards."""
    return [shutil.copytree(workshop.folder / f"shard-{one}", tmp_path / f"shard-{one}") for one in range(1, 5)]


def join(workshop: Workshop, folders: Sequence[Path], output: Path) -> int:
    """Run the command; return the exit status."""
    settings = workshop.settings("join.conf.py")
    return main(["join", *map(str, folders), "--output", str(output), "--settings", str(settings)])


def test_four_shards_are_a_single_build(
    workshop: Workshop, shards: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = [files_of(shard) for shard in shards]
    assert join(workshop, [shards[2], shards[0], shards[3], shards[1]], tmp_path / "output") == 0
    assert differing(tmp_path / "output", workshop.output) == []
    assert capsys.readouterr().out.startswith("4 shards joined: ")
    assert [files_of(shard) for shard in shards] == before
    assert not list(tmp_path.glob("*.building")) + list(tmp_path.glob("*.old"))


def test_each_shard_has_something_to_do(shards: list[Path]) -> None:
    """The first has everything but the pages of grants; the others have equal shares of those and nothing else."""
    pages = [{path for path in files_of(shard) if path != NOTE} for shard in shards]
    assert not [path for path in pages[0] if path.endswith(".html") and "/grants/G-" in path]
    for share in pages[1:]:
        assert share
        assert all("/grants/G-" in path for path in share)
        assert not share & pages[0]


HARM: dict[str, tuple[Callable[[list[Path]], list[Path]], str]] = {
    "one is missing": (lambda shards: shards[:1] + shards[2:], "Of 4 shards these are missing: 2."),
    "two are missing": (lambda shards: shards[1:3], "Of 4 shards these are missing: 1, 4."),
    "one is there twice": (
        lambda shards: [*shards, shards[1]],
        "There are 5 folders for 4 shards: a shard is there twice.",
    ),
    "one in the place of another": (lambda shards: [*shards[:3], shards[0]], "Of 4 shards these are missing: 4."),
    "other records": (
        lambda shards: [*shards[:3], changed(shards[3], made_from="other")],
        "shard-4 and {folder}/shard-1 were not made from the same records, code and settings.",
    ),
    "of another number of shards": (
        lambda shards: [*shards[:3], changed(shards[3], of=5)],
        "shard-4 and {folder}/shard-1 were not made from the same records, code and settings.",
    ),
    "a folder that is no shard": (
        lambda shards: [*shards[:3], shards[3] / "en"],
        "shard-4/en is no shard: it has no shard.json. Make shards with `make site SHARD=1/4`.",
    ),
    "a note that is no note": (
        lambda shards: [*shards[:3], changed(shards[3], colour="red")],
        "shard-4 is no shard: it has no shard.json. Make shards with `make site SHARD=1/4`.",
    ),
    "a note with other values": (
        lambda shards: [*shards[:3], changed(shards[3], number="four")],
        "shard-4 is no shard: it has no shard.json. Make shards with `make site SHARD=1/4`.",
    ),
    "a file was lost": (
        lambda shards: [*shards[:3], without_a_page(shards[3])],
        "{folder}/shard-4 has lost files, or they were changed after its build. Make this shard again.",
    ),
    "a file was emptied": (
        lambda shards: [*shards[:1], with_an_empty_page(shards[1]), *shards[2:]],
        "{folder}/shard-2 has lost files, or they were changed after its build. Make this shard again.",
    ),
    "a list in place of a note": (
        lambda shards: [*shards[:3], written(shards[3], "[]")],
        "shard-4 is no shard: it has no shard.json. Make shards with `make site SHARD=1/4`.",
    ),
}


def changed(shard: Path, **values: object) -> Path:
    """The shard with another note."""
    return written(shard, json.dumps({**json.loads((shard / NOTE).read_text("utf-8")), **values}))


def without_a_page(shard: Path) -> Path:
    next(shard.rglob("*.html")).unlink()
    return shard


def with_an_empty_page(shard: Path) -> Path:
    next(shard.rglob("*.html")).write_bytes(b"")
    return shard


def written(shard: Path, note: str) -> Path:
    (shard / NOTE).write_text(note, "utf-8")
    return shard


@pytest.mark.parametrize("name", HARM)
def test_what_does_not_belong_together_is_refused_in_a_sentence(
    name: str,
    workshop: Workshop,
    shards: list[Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    harm, says = HARM[name]
    output = tmp_path / "output"
    output.mkdir()
    (output / "index.html").write_text("the old site", encoding="utf-8")
    assert join(workshop, harm(shards), output) == 1
    said = capsys.readouterr().err
    assert said.removesuffix("\n").endswith(says.format(folder=tmp_path))
    assert said.count("\n") == 1
    assert files_of(output) == {"index.html": b"the old site"}
    assert not list(tmp_path.glob("*.building"))


def test_a_file_where_a_folder_should_come_is_told(
    workshop: Workshop, shards: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    assert join(workshop, shards, tmp_path / "file" / "output") == 1
    assert capsys.readouterr().err.startswith(f"{tmp_path}/file is no folder. ")


@pytest.mark.parametrize("place", ["shard-2", ".", "shard-2/en", "link"])
def test_a_site_is_not_made_where_a_shard_is(
    place: str, workshop: Workshop, shards: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "shard-2")
    before = [files_of(shard) for shard in shards]
    assert join(workshop, shards, tmp_path / place) == 1
    assert capsys.readouterr().err.startswith("The site would be made in ")
    assert [files_of(shard) for shard in shards] == before
