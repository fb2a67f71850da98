"""Compiled templates that an earlier build kept: they are used as they are, and what is no such file is made anew."""

from __future__ import annotations

import marshal
import pickle
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import FileSystemLoader
from jinja2.bccache import bc_magic

from portal.rendering import make_environment
from tests.test_rendering_templates import Esperanto

NOISE = random.Random(7).randbytes(500)


def _page(folder: Path) -> str:
    """The page, as the next build makes it."""
    environment = make_environment(FileSystemLoader(folder), folder / "kept", Esperanto())
    return environment.get_template("page.html").render(word="a < b")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The file of a compiled template."""
    (tmp_path / "kept").mkdir()
    (tmp_path / "page.html").write_text("{{ word }}!", encoding="utf-8")
    assert _page(tmp_path) == "a &lt; b!"
    return next((tmp_path / "kept").iterdir())


def test_what_was_kept_is_used(kept: Path, tmp_path: Path) -> None:
    before = kept.stat()
    assert _page(tmp_path) == "a &lt; b!"
    after = kept.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda _: b"", id="empty"),
        pytest.param(lambda whole: whole[:5], id="cut in the magic number"),
        pytest.param(lambda _: bc_magic, id="magic number alone"),
        pytest.param(lambda whole: whole[: len(bc_magic) + 9], id="cut in the checksum"),
        pytest.param(lambda whole: whole[: len(whole) // 2], id="cut in the code"),
        pytest.param(lambda whole: whole[:-1], id="cut at the end"),
        pytest.param(lambda _: NOISE, id="noise"),
        pytest.param(lambda _: bc_magic + NOISE, id="noise behind the magic number"),
        pytest.param(lambda _: bc_magic + b"cno_such_module\nname\n.", id="a name of another program"),
        pytest.param(lambda whole: whole[: whole.index(b"q\x00.") + 3] + NOISE, id="noise behind the checksum"),
        pytest.param(lambda whole: whole[: whole.index(b"q\x00.") + 3] + marshal.dumps(7), id="a number for code"),
        pytest.param(lambda _: bc_magic + pickle.dumps("other", 2) + marshal.dumps(7), id="of another text"),
    ],
)
def test_what_is_no_compiled_template_is_made_anew(spoil: Callable[[bytes], bytes], kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(spoil(whole))
    assert _page(tmp_path) == "a &lt; b!"
    assert kept.read_bytes() == whole
