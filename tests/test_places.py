"""places.py: a folder that cannot hold a site is refused before the build, and what is there stays."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from portal.errors import BuildError
from portal.places import replace_folder, require_place

NOBODY = 65534


@pytest.fixture
def output() -> Iterator[Path]:
    """A site of one page, in a folder that everybody may enter, and nothing beside it."""
    with TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "output/en").mkdir(parents=True)
        (folder / "output/en/index.html").write_text("home", encoding="utf-8")
        yield folder / "output"
        for path in (folder, *folder.rglob("*")):
            if path.is_dir() and not path.is_symlink():
                path.chmod(0o755)


def refusal(output: Path, is_part: bool = False) -> str:
    """What is said; nothing when the folder can be used."""
    try:
        require_place(output, is_part)
    except BuildError as error:
        return str(error)
    return ""


def refusal_of_nobody(output: Path) -> str:
    """The same for a person who owns the folder and is not root, who may do everything."""
    if os.geteuid():
        return refusal(output)
    for path in (output.parent, *output.parent.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    said = output.parent.parent / f"{output.parent.name}.said"
    said.touch()
    os.chown(said, NOBODY, NOBODY)
    child = os.fork()
    if not child:
        try:
            os.setuid(NOBODY)
            said.write_text(refusal(output), encoding="utf-8")
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    told = said.read_text("utf-8")
    said.unlink()
    return told


def test_a_folder_that_is_there_or_not_can_be_used(output: Path) -> None:
    assert refusal_of_nobody(output) == ""
    assert refusal_of_nobody(output.with_name("new")) == ""
    assert refusal(output.parent / "not/yet/there") == ""
    closed = output.with_name("closed")
    closed.mkdir(mode=0o555)
    (output / "link").symlink_to(closed)  # it is removed, not what it leads to
    assert refusal_of_nobody(output) == ""


@pytest.mark.parametrize("locked", [".", "output", "output/en", "output.old", "output.old/en", "output.building"])
def test_a_folder_that_cannot_be_emptied_is_named(locked: str, output: Path) -> None:
    for ending in (".old", ".building"):
        shutil.copytree(output, output.with_name(output.name + ending))
    folder = output.parent / locked
    folder.chmod(0o555)
    assert refusal_of_nobody(output) == (
        f"Nothing may be written to or removed from {folder}. "
        f"Allow it with `chmod u+rwx`, or name another folder for the site than {output}."
    )


@pytest.mark.parametrize("name", ["output", "output.old", "output.building"])
@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_named(kind: str, name: str, output: Path) -> None:
    output.rename(output.with_name("kept"))
    place = output.with_name(name)
    place.symlink_to("kept") if kind == "link" else place.write_text("notes", encoding="utf-8")
    said = f"{place} is no folder. Move it away, or name another folder for the site."
    assert refusal(output) == said
    if name == "output":
        assert refusal(output / "below" if kind == "file" else output) == said


def test_a_disk_of_its_own_is_refused() -> None:
    assert refusal(Path("/")) == "/ is a disk of its own, which cannot be renamed. Name a folder below it."


def test_a_part_does_not_take_the_place_of_a_whole_site(output: Path) -> None:
    assert refusal(output, is_part=True) == ""  # another part
    (output / "SHA256SUMS").touch()
    assert refusal(output) == ""
    assert refusal(output, is_part=True) == (
        f"{output} holds a whole site, of which ONLY or SHARD would leave a part. "
        "Name another folder, such as OUTPUT=part."
    )


def test_a_folder_takes_the_place_of_another(output: Path) -> None:
    new = shutil.copytree(output, output.with_name("new"))
    (new / "more.html").touch()
    shutil.copytree(output, output.with_name("output.old"))  # of a build that was killed
    replace_folder(output, new)
    assert (output / "more.html").exists()
    assert [path.name for path in output.parent.iterdir()] == ["output"]


def test_the_old_site_stays_when_there_is_no_room_beside_it(output: Path) -> None:
    new = shutil.copytree(output, output.with_name("new"))
    output.with_name("output.old").write_text("notes", encoding="utf-8")
    with pytest.raises(OSError) as refused:
        replace_folder(output, new)
    assert str(refused.value.filename) == f"{output}.old"  # it is what the reader is told
    assert (output / "en/index.html").exists()
    assert output.with_name("output.old").read_text("utf-8") == "notes"
