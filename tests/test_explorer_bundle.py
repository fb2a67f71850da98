"""The one script of the explorer: small, whole, and with its sentences in the page."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from portal.errors import BuildError
from portal.explorer import bundle as bundling
from portal.explorer.bundle import SCRIPTS, bundle
from portal.explorer.page_words import extracted

FOLDER = Path(__file__).resolve().parent.parent / "theme/static/js/explorer"
MOST = 25_000  # octets after compression
SAYING = re.compile(r"\b(?:say|many)\(\s*[\"'`]")


def test_every_script_of_the_folder_is_in_it() -> None:
    assert sorted(SCRIPTS) == sorted(path.stem for path in FOLDER.glob("*.js"))


@pytest.mark.skipif(not bundling.SHRINKS, reason="there is no shrinker for this machine")
def test_it_is_small() -> None:
    assert len(gzip.compress(bundle(FOLDER).encode(), 9)) < MOST


def test_its_sentences_are_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundling, "SHRINKS", False)
    assert len(extracted(FOLDER)) > 30
    code = "\n".join(line for line in bundle(FOLDER).splitlines() if not line.strip().startswith("//"))
    assert not SAYING.findall(code)


def test_what_is_missing_or_broken_is_said(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"The theme lacks .*core\.js\. Put it back\."):
        bundle(tmp_path)
    for name in SCRIPTS:
        (tmp_path / f"{name}.js").write_text("{ let a = (; }\n", encoding="utf-8")
    if bundling.SHRINKS:
        with pytest.raises(BuildError, match="cannot be read: unexpected ;"):
            bundle(tmp_path)
