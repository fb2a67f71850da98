"""Compiled templates that an earlier build kept: they are used as they are, and what is no such file is made anew."""

from __future__ import annotations

import marshal
import os
import pickle
import random
from collections.abc import Callable
from errno import ENOSPC
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader
from jinja2.bccache import bc_magic

from portal.rendering import environment as rendering_environment
from portal.rendering import make_environment
from tests.test_rendering_templates import Esperanto

NOISE = random.Random(7).randbytes(500)


def _page(folder: Path) -> str:
    """The page, as the next build makes it."""
    return _environment(folder).get_template("page.html").render(word="a < b")


def _environment(folder: Path) -> Environment:
    return make_environment(FileSystemLoader(folder), folder / "kept", Esperanto())


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
        pytest.param(lambda whole: whole[:-40] + bytes(40), id="other code at the end"),
    ],
)
def test_what_is_no_compiled_template_is_made_anew(spoil: Callable[[bytes], bytes], kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(spoil(whole))
    assert _page(tmp_path) == "a &lt; b!"
    assert kept.read_bytes() == whole


def test_a_changed_octet_is_noticed(kept: Path, tmp_path: Path) -> None:
    whole, chance = kept.read_bytes(), random.Random(11)
    for _ in range(300):
        at, bit = chance.randrange(len(whole)), 1 << chance.randrange(8)
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ bit]) + whole[at + 1 :])
        assert _page(tmp_path) == "a &lt; b!", (at, bit)
        assert kept.read_bytes() == whole, (at, bit)


def test_what_jinja_itself_kept_is_made_anew(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    foreign = compile("blocks, name, debug_info, root = {}, '', '', lambda context: 'foreign'", "page.html", "exec")
    head = whole[: whole.index(b"q\x00.") + 3]
    kept.write_bytes(head + marshal.dumps(foreign))
    assert _page(tmp_path) == "a &lt; b!"
    assert kept.read_bytes() == whole


def _nothing(_: Path) -> None:
    """No folder at all."""


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(_nothing, id="no folder"),
        pytest.param(lambda kept: kept.write_bytes(b"notes"), id="a file in its place"),
        pytest.param(lambda kept: kept.mkdir(mode=0o500), id="a folder that cannot be written"),
        pytest.param(lambda kept: kept.symlink_to("nowhere"), id="a link to nowhere"),
    ],
)
def test_templates_that_cannot_be_kept_give_the_same_page(
    spoil: Callable[[Path], object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "page.html").write_text("{{ word }}!", encoding="utf-8")
    spoil(tmp_path / "kept")
    if not os.geteuid():  # who may write everywhere
        monkeypatch.setattr(rendering_environment, "NamedTemporaryFile", _refused)
    assert _page(tmp_path) == "a &lt; b!"


def _refused(**_given: object) -> None:
    raise PermissionError


def test_a_full_disk_leaves_no_piece_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_given: object) -> None:
        raise OSError(ENOSPC, "full")

    (tmp_path / "kept").mkdir()
    (tmp_path / "page.html").write_text("{{ word }}!", encoding="utf-8")
    monkeypatch.setattr(Path, "replace", full)
    assert _page(tmp_path) == "a &lt; b!"
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'en' | named }} {{ 1234 | number }}",
        "{% set name = 'en' | named %}{{ name ~ ' ' ~ (1234 | number) }}",
        "{{ ['en' | named, 1234 | number] | join(' ') }}",
        "{% if 'en' | named == 'angla' %}angla 1.234{% else %}English 1,234{% endif %}",
        "{{ 'angla 1.234' if 1234 | number == '1.234' else 'English 1,234' }}",
        "{% macro both(one='en' | named) %}{{ one }} {{ 1234 | number }}{% endmacro %}{{ both() }}",
    ],
)
def test_a_filter_of_a_literal_is_of_the_language_of_the_page(text: str, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    for name, number, page in [("angla", "1.234", "angla 1.234"), ("English", "1,234", "English 1,234")] * 2:
        environment = _environment(tmp_path)
        environment.filters.update(named={"en": name}.get, number={1234: number}.get)
        assert environment.get_template("page.html").render() == page
