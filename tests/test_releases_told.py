"""What is said of a release that was made: how many records came, changed and went, with the right form of the word."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal.i18n import Translations
from portal.releases import Change, Release, command
from portal.releases.told import told_changes
from portal.text import Text
from tests.releases_of_tiny import FIRST, tiny_settings

WORDS = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=3; plural=(n==1 ? 0 : n==2 ? 1 : 2);\\n"

msgid "{count} new record"
msgid_plural "{count} new records"
msgstr[0] "{count} sola"
msgstr[1] "{count} du"
msgstr[2] "{count} multaj"

msgid "Release {version}: {changes}."
msgstr "Eldono {version} – {changes}."
"""


def translations(folder: Path) -> Translations:
    """Those of a language with a form for one, one for two, and one for more."""
    (folder / "eo.po").write_text(WORDS, encoding="utf-8")
    return Translations(folder)


@pytest.mark.parametrize(
    ("kinds", "told"),
    [
        ([], "0 new records, 0 changed records, 0 removed records"),
        (["added"], "1 new record, 0 changed records, 0 removed records"),
        (["removed", "changed", "removed"], "0 new records, 1 changed record, 2 removed records"),
        (["changed", "removed", "changed"], "0 new records, 2 changed records, 1 removed record"),
    ],
)
def test_each_number_has_its_form_of_the_word(kinds: list[str], told: str, tmp_path: Path) -> None:
    assert told_changes(translations(tmp_path), "en", kinds) == told


@pytest.mark.parametrize(("count", "told"), [(0, "0 multaj"), (1, "1 sola"), (2, "2 du"), (5, "5 multaj")])
def test_the_form_is_that_of_the_language(count: int, told: str, tmp_path: Path) -> None:
    assert told_changes(translations(tmp_path), "eo", ["added"] * count).partition(",")[0] == told


def test_a_release_says_what_it_holds(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    translations(tmp_path)
    changes = (
        Change("grants", "G-1", "added", None, None, None, Text()),
        Change("grants", "G-2", "changed", "year", "2023", "2024", Text()),
        Change("grants", "G-2", "changed", "sphere", "art", "music", Text()),
    )
    made = Release("2025-03-01.1", FIRST, tiny / "releases/2025-03-01.1", {}, changes)
    monkeypatch.setattr(command, "make_release", lambda *_given: made)
    settings = replace(tiny_settings(tiny), translations=tmp_path)
    for language, said in (("en", "Release 2025-03-01.1: 1 new record"), ("eo", "Eldono 2025-03-01.1 – 1 sola")):
        assert command.run_release(settings, FIRST, "", language) == 0
        assert capsys.readouterr().out.startswith(f"{said}, 1 changed record, 0 removed records.\n")
