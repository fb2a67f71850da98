"""Other words by which records are found: the publisher's, what organizations are, names without hyphens."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal.errors import SettingsError
from portal.explorer.other_words import other_words, read_search_words, without_hyphens
from portal.exports import Job


def written(folder: Path, text: str) -> Path:
    path = folder / "search.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_words_are_read_by_table_and_key(tmp_path: Path) -> None:
    path = written(tmp_path, "passed_over:\n  en: grant the\nspheres:\n  1: art\n  culture: art music\n")
    assert read_search_words(path) == ({"en": ["grant", "the"]}, {"spheres": {"1": "art", "culture": "art music"}})


def test_a_portal_may_have_none(tmp_path: Path) -> None:
    assert read_search_words(None) == ({}, {})
    assert read_search_words(written(tmp_path, "# nothing yet\n")) == ({}, {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a list", "must give words by table and key"),
        ("spheres: art", "must give words by table and key"),
        ("spheres: {", "cannot be read"),
    ],
)
def test_a_file_of_another_form_is_refused(text: str, says: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=says):
        read_search_words(written(tmp_path, text))
    with pytest.raises(SettingsError, match="cannot be read"):
        read_search_words(tmp_path / "missing.yaml")


def test_organizations_are_found_by_what_they_are(job: Job, tmp_path: Path) -> None:
    path = written(tmp_path, "organizations:\n  seagull: birds\n")
    words = other_words(replace(job, settings=replace(job.settings, search_words=path)))["organizations"]
    assert words["seagull"].startswith("birds ")
    kinds = job.names["en"]["organization_kinds"]
    assert kinds[job.by_key("organizations")["tortoise"]["kind"]] in words["tortoise"]


def test_names_with_hyphens_are_found_without() -> None:
    assert without_hyphens(["Stoke-on-Trent City", "well-kept and hard-won-day", "plain"]) == [
        "StokeonTrent",
        "wellkept",
        "hardwonday",
    ]
