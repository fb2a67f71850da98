"""Releases: made, verified, compared; and what is refused, with what to do."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import DataError
from portal.releases import Change, compare, read_releases, read_state
from portal.releases.compare import Rows
from portal.text import Text
from tests.conftest import TINY
from tests.plugin_site import files_of
from tests.releases_of_tiny import FIRST, SECOND, drop, edit, release

pytestmark = pytest.mark.long

GRANTS = "grants/2024.csv"
GONE = "- {resource: grants, id: G-2024-4, reason_en: The council took it back.}\n"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder releases/ after the first release; making it again for each test would take a second each."""
    data = Path(shutil.copytree(TINY, tmp_path_factory.mktemp("released") / "data"))
    release(data, FIRST)
    return data / "releases"


@pytest.fixture
def _first(tiny: Path, released: Path) -> None:
    """The tiny portal has made its first release."""
    shutil.copytree(released, tiny / "releases")


def change(resource: str, identifier: str, kind: str, *values: str | None) -> Change:
    field, before, after = values or (None, None, None)
    return Change(resource, identifier, kind, field, before, after, Text())  # type: ignore[arg-type]  # kind: a row of the tables below


@pytest.mark.parametrize(
    ("before", "after", "changes"),
    [
        ({}, {"a": ("1", "x")}, [change("t", "a", "added")]),
        ({"a": ("1", "x")}, {}, [change("t", "a", "removed")]),
        ({"a": ("1", "x")}, {"a": ("1", "x")}, []),
        ({"a": ("1", "x")}, {"a": ("2", "")}, [
            change("t", "a", "changed", "sum", "1", "2"),
            change("t", "a", "changed", "note", "x", None),
        ]),
        ({"a": ("1", "")}, {"a": ("1", "y")}, [change("t", "a", "changed", "note", None, "y")]),
        ({"b": ("1", ""), "a": ("1", "")}, {"b": ("2", "")}, [
            change("t", "a", "removed"),
            change("t", "b", "changed", "sum", "1", "2"),
        ]),
    ],
)  # fmt: skip
def test_two_states_are_compared_record_by_record(
    before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]], changes: list[Change]
) -> None:
    fields = ("sum", "note")
    assert list(compare({"t": Rows(fields, before)}, {"t": Rows(fields, after)})) == changes


def test_a_column_that_came_or_went_is_a_change_of_the_records_with_a_value() -> None:
    old = {"t": Rows(("id", "gone"), {"a": ("a", "x"), "b": ("b", "")})}
    new = {"t": Rows(("id", "came"), {"a": ("a", "y"), "b": ("b", "")})}
    assert list(compare(old, new)) == [
        change("t", "a", "changed", "came", None, "y"),
        change("t", "a", "changed", "gone", "x", None),
    ]


def test_a_table_that_is_gone_is_a_removal_of_its_records() -> None:
    assert list(compare({"t": Rows(("id",), {"a": ("a",)})}, {})) == [change("t", "a", "removed")]


CELLS = st.dictionaries(
    st.sampled_from("abcde"), st.tuples(st.sampled_from(["", "1", "2"]), st.sampled_from(["", "x"]))
)


@given(CELLS, CELLS)
def test_the_changes_lead_from_one_state_to_the_other(
    before: dict[str, tuple[str, ...]], after: dict[str, tuple[str, ...]]
) -> None:
    fields = ("sum", "note")
    state = {key: dict(zip(fields, cells, strict=True)) for key, cells in before.items()}
    for one in compare({"t": Rows(fields, before)}, {"t": Rows(fields, after)}):
        if one.kind == "removed":
            del state[one.id]
        elif one.kind == "added":
            state[one.id] = dict(zip(fields, after[one.id], strict=True))
        elif one.field:
            assert state[one.id][one.field] == (one.before or "")
            state[one.id][one.field] = one.after or ""
    assert state == {key: dict(zip(fields, cells, strict=True)) for key, cells in after.items()}


def test_the_first_release_holds_the_records_and_says_what_they_are(tiny: Path) -> None:
    made = release(tiny, FIRST)
    assert made.version == "2025-03-01.1"
    manifest = json.loads((tiny / "releases/2025-03-01.1/manifest.json").read_text("utf-8"))
    assert manifest["rows"]["grants"] == 8
    assert manifest["totals"]["awarded"] == {"XTS": "95000.5", "EUR": "1200"}
    assert (manifest["totals"]["grants"], manifest["totals"]["announced"]) == (7, 1)
    assert manifest["previous"] is None
    assert manifest["changes"]["grants"] == {"added": 8}
    names = {file["path"] for file in manifest["files"]}
    assert {"grants.csv", "programs.csv", "spheres.csv", "datapackage.json"} <= names
    descriptor = json.loads((tiny / "releases/2025-03-01.1/datapackage.json").read_text("utf-8"))
    assert descriptor["version"] == "2025-03-01.1"
    assert {file["path"] for file in manifest["published"]} >= {"data/eo/grants.csv", "data/grants.csv"}


def test_a_release_is_read_back_as_it_was_made(tiny: Path) -> None:
    made = release(tiny, FIRST)
    (read,) = read_releases(tiny)
    assert (read.version, read.day, read.changes) == (made.version, FIRST, made.changes)
    assert read_state(read)["grants"].record("G-2023-1")["amount_awarded"] == "40000.5"


def test_a_later_release_says_what_changed_and_why_and_leaves_the_earlier_one_alone(tiny: Path, _first: None) -> None:
    earlier = files_of(tiny / "releases")
    edit(tiny / GRANTS, "G-2024-1", amount_awarded="31000", note_en="Checked again.")
    drop(tiny / GRANTS, "G-2024-4")
    reasons = f"{GONE}- {{resource: grants, field: amount_awarded, reason_en: A slip., reason_eo: Eraro.}}\n"
    made = release(tiny, SECOND, reasons)
    with (tiny / f"releases/{made.version}/changes.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["resource", "id", "change", "field", "before", "after", "reason_eo", "reason_en"],
            ["grants", "G-2024-1", "changed", "amount_awarded", "30000", "31000", "Eraro.", "A slip."],
            ["grants", "G-2024-1", "changed", "note_en", "", "Checked again.", "", ""],
            ["grants", "G-2024-4", "removed", "", "", "", "", "The council took it back."],
        ]
    now = files_of(tiny / "releases")
    assert {name: now[name] for name in earlier} == earlier
    assert [one.version for one in read_releases(tiny)] == ["2025-03-01.1", "2025-04-01.1"]


def test_a_second_release_of_a_day_has_the_next_number_and_ten_comes_after_nine(tiny: Path) -> None:
    release(tiny, FIRST, version="2025-03-01.9")
    edit(tiny / GRANTS, "G-2024-1", note_en="More.")
    assert release(tiny, FIRST).version == "2025-03-01.10"
    assert [one.version for one in read_releases(tiny)] == ["2025-03-01.9", "2025-03-01.10"]


def test_reasons_written_in_advance_name_the_version(tiny: Path, _first: None) -> None:
    drop(tiny / GRANTS, "G-2024-4")
    (tiny / "changes").mkdir()
    (tiny / "changes/2025-03-20.1.yaml").write_text(GONE, encoding="utf-8")
    assert release(tiny, SECOND).version == "2025-03-20.1"


def refused(data: Path, day: date, **more: str) -> str:
    with pytest.raises(DataError) as error:
        release(data, day, **more)
    return str(error.value)


@pytest.mark.parametrize(
    ("version", "says"),
    [
        ("2025-03-01.1", "The release “2025-03-01.1” exists, and a release is never written again."),
        ("2025-02-01.1", "“2025-02-01.1” is older than the last release, “2025-03-01.1”."),
        ("2025-02-31.1", "“2025-02-31.1” is not a version. Write a day and a serial number"),
        ("next", "“next” is not a version."),
        ("../../x", "“../../x” is not a version."),
    ],
)
def test_a_version_that_cannot_be_is_refused(version: str, says: str, tiny: Path, _first: None) -> None:
    edit(tiny / GRANTS, "G-2024-1", note_en="More.")
    before = files_of(tiny)
    assert says in refused(tiny, SECOND, version=version)
    assert files_of(tiny) == before


def test_nothing_new_is_no_release(tiny: Path, _first: None) -> None:
    assert "Nothing has changed since the release “2025-03-01.1”." in refused(tiny, SECOND)


def test_changes_without_a_reason_are_named_with_the_entry_to_write(tiny: Path, _first: None) -> None:
    edit(tiny / GRANTS, "G-2024-1", amount_awarded="31000", note_en="No reason is needed for what was empty.")
    drop(tiny / GRANTS, "G-2024-4")
    said = refused(tiny, SECOND).splitlines()
    assert said == [
        "changes/2025-04-01.1.yaml: “grants/G-2024-1/amount_awarded” was “30000” and is “31000” now, and no reason is "
        "given. Add an entry: {resource: grants, id: G-2024-1, field: amount_awarded, reason_eo: …}",
        "changes/2025-04-01.1.yaml: “grants/G-2024-4” is gone, and no reason is given. "
        "Add an entry: {resource: grants, id: G-2024-4, reason_eo: …}",
    ]
    assert not (tiny / "releases/2025-04-01.1").exists()


@pytest.mark.parametrize(
    ("reasons", "says"),
    [
        (f"- {{resource: grants, id: X, reason_en: x}}\n{GONE}", "A reason speaks of “grants/X”, where nothing"),
        ("resource: grants\n", "The file is not a list of reasons."),
        ("- {id: G-2024-4, reason_en: x}\n", "Entry 1 does not say which table it is about."),
        ("- {resource: grants, id: G-2024-4}\n", "Entry 1 gives no reason."),
        ("- {resource: grants, ids: G-2024-4, reason_en: x}\n", "Entry 1 has a member “ids” that means nothing."),
        ("- {resource: [", "The file cannot be read as YAML."),
    ],
)  # fmt: skip
def test_a_file_of_reasons_that_cannot_be_used_is_refused(reasons: str, says: str, tiny: Path, _first: None) -> None:
    drop(tiny / GRANTS, "G-2024-4")
    assert f"changes/2025-04-01.1.yaml: {says}" in refused(tiny, SECOND, reasons=reasons).replace(", line 2", "")


def test_the_reason_that_says_most_exactly_what_it_is_about_counts(tiny: Path, _first: None) -> None:
    for grant in ("G-2024-1", "G-2024-2"):
        edit(tiny / GRANTS, grant, amount_awarded="1", status="completed")
    reasons = (
        "- {resource: grants, reason_en: table}\n"
        "- {resource: grants, field: status, reason_en: column}\n"
        "- {resource: grants, id: [G-2024-2, G-2024-9], reason_en: record}\n"
        "- {resource: grants, id: G-2024-2, field: [status], reason_en: cell}\n"
    )
    made = release(tiny, SECOND, reasons)
    assert [(one.id, one.field, one.reason.words("en")) for one in made.changes] == [
        ("G-2024-1", "amount_awarded", "table"),
        ("G-2024-1", "status", "column"),
        ("G-2024-2", "amount_awarded", "record"),
        ("G-2024-2", "status", "cell"),
    ]


def _edit_file(folder: Path) -> None:
    path = folder / "grants.csv"
    path.write_text(path.read_text("utf-8").replace("30000", "90000"), encoding="utf-8")


TOUCHED: list[tuple[Callable[[Path], object], str]] = [
    (_edit_file, "grants.csv: The file is not as it was released: its checksum no longer fits."),
    (lambda folder: (folder / "grants.csv").unlink(), "grants.csv: The file is missing from a release"),
    (lambda folder: (folder / "more.csv").write_text("id\n"), "more.csv: The file was added to a release"),
    (lambda folder: (folder / "SHA256SUMS").unlink(), "SHA256SUMS: The file is missing from a release"),
]


@pytest.mark.parametrize(("touch", "says"), TOUCHED)
def test_a_release_that_was_touched_stops_everything(
    touch: Callable[[Path], object], says: str, tiny: Path, _first: None
) -> None:
    touch(tiny / "releases/2025-03-01.1")
    with pytest.raises(DataError) as error:
        read_releases(tiny)
    assert f"releases/2025-03-01.1/{says}" in str(error.value)
    assert "Bring it back with: git checkout -- " in str(error.value)
    assert f"releases/2025-03-01.1/{says.partition(':')[0]}. A correction goes into a new release." in str(error.value)
    assert says in refused(tiny, SECOND)


def test_an_old_release_cannot_be_exchanged_with_its_checksums(tiny: Path, _first: None) -> None:
    """Whoever writes new checksums for a touched release breaks the chain of the manifests."""
    edit(tiny / GRANTS, "G-2024-1", note_en="More.")
    release(tiny, SECOND)
    folder = tiny / "releases/2025-03-01.1"
    manifest = (folder / "manifest.json").read_text("utf-8")
    (folder / "manifest.json").write_text(manifest.replace('"grants": 7', '"grants": 9'), encoding="utf-8")
    sums = subprocess.run(["sha256sum", *sorted(p.name for p in folder.iterdir() if p.name != "SHA256SUMS")],
                          cwd=folder, capture_output=True, text=True, check=True).stdout  # fmt: skip
    (folder / "SHA256SUMS").write_text(sums, encoding="utf-8")
    with pytest.raises(DataError, match=r"The release before “2025-04-01\.1” is not the one it was made after"):
        read_releases(tiny)


def test_records_that_fail_the_checks_are_not_released(tiny: Path) -> None:
    edit(tiny / GRANTS, "G-2024-1", funder="nobody")
    assert "nobody" in refused(tiny, FIRST)
    assert not (tiny / "releases").exists()


def test_a_checkout_with_uncommitted_files_is_not_released(tiny: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@t", *words], cwd=tiny, check=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "Begin")
    edit(tiny / GRANTS, "G-2024-1", note_en="More.")
    said = refused(tiny, FIRST)
    assert "Some files are changed and not committed: grants/2024.csv. Commit them first" in said
    git("commit", "-q", "-a", "-m", "Say more")
    assert release(tiny, FIRST).version == "2025-03-01.1"
    edit(tiny / GRANTS, "G-2024-1", note_en="And more.")
    assert "releases/" in refused(tiny, SECOND)


def test_an_empty_portal_has_no_releases(tiny: Path) -> None:
    assert read_releases(tiny) == ()
