"""past.py and releases/pending.py for tables that stay in their store: the same as in memory."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

import portal.load
from portal.past import Past
from portal.pipeline import read_portal
from portal.releases import pending_changes
from portal.stored import StoredRecords
from portal.tables import Tables
from tests.conftest import LANGUAGES, TINY
from tests.releases_of_tiny import FIRST, SECOND, add, drop, edit, release, tiny_settings

GRANTS = "grants/2024.csv"
REASON = "- {resource: grants, reason_en: The source was corrected.}\n"


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with two releases, and edits after them. Not to be changed."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("edited") / "data"))
    add(data / GRANTS, "G-2024-1", id="G-2024-8", title_en="One that will go", title_eo="")
    release(data, FIRST)
    edit(data / GRANTS, "G-2024-1", place="monta")
    drop(data / GRANTS, "G-2024-8")
    release(data, SECOND, REASON, "2025-04-01.1")
    edit(data / GRANTS, "G-2024-1", title_en="Another title", people_planned="")
    add(data / GRANTS, "G-2024-1", id="G-2024-9", title_en="A new one", title_eo="")
    edit(data / "grants/2023.csv", "G-2023-1", amount_awarded="40000.5000", agreement_number="12.0")
    edit(data / "organizations.csv", "seagull", name_en="The seagull")
    drop(data / "reports.csv", "R-1")
    return data


@pytest.fixture
def past(edited: Path, tmp_path: Path) -> Past:
    """A copy of it, read into memory."""
    data = Path(shutil.copytree(edited, tmp_path / "data"))
    return Past(read_portal(tiny_settings(data), SECOND), LANGUAGES)


def large(past: Past, monkeypatch: pytest.MonkeyPatch) -> Past:
    """The same with every CSV file in the store."""
    monkeypatch.setattr(portal.load, "LARGE", 0)
    found = Past(read_portal(tiny_settings(past.portal.package.folder), SECOND), LANGUAGES)
    assert isinstance(found.portal.tables["grants"].records, StoredRecords)
    return found


def test_stored_tables_have_the_same_past(past: Past, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = large(past, monkeypatch)
    changed = [(change.id, change.field) for change in past.portal.pending]
    assert ("G-2023-1", "agreement_number") in changed
    assert ("G-2023-1", "amount_awarded") not in changed
    assert stored.portal.pending == past.portal.pending
    assert stored.removed == past.removed
    assert stored.events == past.events
    assert {name: dict(names) for name, names in stored.names.items()} == past.names


def test_a_column_that_came_or_went_is_a_change_of_stored_records_too(
    past: Past, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = past.portal.tables
    stored = large(past, monkeypatch).portal.tables
    newest = past.portal.releases[-1]
    file = newest.folder / "grants.csv"
    header, rest = file.read_text("utf-8").split("\n", 1)
    file.write_text(header.replace("title_en", "heading") + "\n" + rest, "utf-8")
    found = list(pending_changes([newest], tables))
    assert {change.field for change in found} > {"title_en", "heading"}
    assert list(pending_changes([newest], stored)) == found


def test_before_the_first_release_everything_was_added(
    tables: Tables, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = list(pending_changes((), tables))
    assert {change.kind for change in found} == {"added"}
    monkeypatch.setattr(portal.load, "LARGE", 0)
    opened = read_portal(tiny_settings(tiny), date(2025, 2, 1))
    assert opened.pending == ()
    assert list(pending_changes((), opened.tables)) == found


def test_what_is_looked_up_is_what_is_walked_through(past: Past) -> None:
    walked = dict(past.histories.walk())
    assert {key: past.histories[key] for key in walked} == walked
    assert list(past.histories) == list(walked)
    assert len(past.histories) == len(walked)
    versions = {tuple(history.version for history in told) for told in walked.values()}
    assert {(None, "2025-03-01.1"), (None,), ("2025-03-01.1",)} <= versions
    assert past.histories.get(("grants", "G-2024-10")) is None
    assert past.histories.get(("kites", "G-2024-9")) is None
