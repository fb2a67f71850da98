"""What a change to the records would do: told truly, from Git, and safe to show on a pull request."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from portal.__main__ import main
from portal.diff.base import NoBaseError, write_base
from portal.diff.command import MARKER
from portal.diff.difference import Difference, find_difference
from portal.diff.record_teller import shortened
from portal.diff.report import Report
from portal.diff.sides import Side, read_side
from portal.diff.to_comment import MOST, as_comment, words
from portal.diff.to_text import as_text
from portal.i18n import Translations
from portal.releases import read_releases
from portal.releases.reasons import read_reasons
from tests.conftest import LANGUAGES, TINY
from tests.releases_of_tiny import FIRST, SECOND, TRANSLATIONS, add, drop, edit, release, tiny_settings

TODAY = date(2025, 6, 1)
GRANTS = "grants/2024.csv"
EVIL = "@everyone <img src=x> [link](https://evil.example) https://evil.example #1 `|` \\| GH-1 www.evil.example"

Change = Callable[[Path], object]  # of the data folder


@pytest.fixture(scope="session")
def before() -> Side:
    return read_side(TINY, LANGUAGES, TODAY)


def difference_of(before: Side, data: Path) -> Difference:
    return find_difference(before, read_side(data, LANGUAGES, TODAY, like=before), (), ())


def report_of(difference: Difference, data: Path, language: str = "en") -> Report:
    return Report(difference, tiny_settings(data), Translations(TRANSLATIONS), language)


def comment_of(report: Report) -> str:
    return as_comment(report.parts(), report.more, MARKER)


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


CHANGES: dict[str, tuple[Change, list[str]]] = {  # what is done -> lines of the report
    "nothing": (
        lambda _: None,
        ["No record is new, changed or removed.", "0 new errors, 0 new warnings."],
    ),
    "a new grant": (
        lambda data: add(data / GRANTS, like="G-2024-2", id="G-2024-9", title_en="Kites at night", title_eo=""),
        [
            "1 new record, 0 changed records, 0 removed records.",
            "Grants | Amount awarded | 95,000.5 XTS | 120,000.5 XTS",
            "Records: 8 before, 9 now.",
            "New | G-2024-9 | Kites at night |  |  | Program: Kites for all; Call: Kite call 2024; "
            "Given by: Ministry of Kites; Received by: Seagull Foundation; Kind of recipient: non-profit organization; "
            "Basis of the title: as in the source; Sphere: education; Basis of the sphere: stated by the source; "
            "For whom: children; Where: Harbour Town; Amount …",
        ],
    ),
    "another amount and what it brings with it": (
        lambda data: edit(data / GRANTS, "G-2024-2", amount_awarded="26000", changed_on="2025-05-05"),
        [
            "0 new records, 1 changed record, 0 removed records.",
            "Grants | Amount awarded | 95,000.5 XTS | 96,000.5 XTS",
            "Changed | G-2024-2 | School of the wind, second year | Amount awarded | 25,000 | 26,000",
        ],
    ),
    "the same amount written otherwise": (
        lambda data: edit(data / GRANTS, "G-2024-2", amount_awarded="25000.00"),
        ["No record is new, changed or removed."],
    ),
    "another recipient": (
        lambda data: edit(data / GRANTS, "G-2024-2", recipient="lighthouse"),
        [
            "All sums stay as they are.",
            "Changed | G-2024-2 | School of the wind, second year | Received by | Seagull Foundation (seagull)"
            " | Association “Lighthouse, Always” (lighthouse)",
        ],
    ),
    "a value taken away": (
        lambda data: edit(data / GRANTS, "G-2024-2", people_planned=""),
        ["Changed | G-2024-2 | School of the wind, second year | People planned | 150 | —"],
    ),
    "a record taken away": (
        lambda data: drop(data / "coverage.csv", "K-2"),
        [
            "0 new records, 0 changed records, 1 removed record.",
            "Removed | K-2 | Ministry of Kites, 2024 |  | Body: Ministry of Kites; Year: 2024; Published?: late; "
            "Due on: 2025-01-15; Takes part: true; Funds: true; Source: Jarraporto pri kajtoj",
        ],
    ),
    "a grant that is announced only": (
        lambda data: add(
            data / GRANTS, like="G-2024-2", id="G-2024-9", title_en="Later", title_eo="", certainty="announced",
            status="under_way", recipient="",
        ),
        ["Grants | Amount awarded (only announced, never counted) | 0 XTS | 25,000 XTS"],
    ),
    "a new error": (
        lambda data: edit(data / GRANTS, "G-2024-2", year="2o24"),
        [
            "1 new error, 0 new warnings.",
            "The records now have faults; what can be read of them is compared as text.",
            "Errors keep the checks from running, so that warnings are not compared.",
            "Error | grants/2024.csv, line 3, column year: “2o24” is not a whole number."
            " Write digits only, such as 120, or leave the cell empty.",
            "Changed | G-2024-2 | School of the wind, second year | Year | 2024 | 2o24",
        ],
    ),
    "a number beyond all bounds": (
        lambda data: edit(data / GRANTS, "G-2024-2", amount_awarded="1e999999999"),
        [
            "Grants | Amount awarded | 95,000.5 XTS | 70,000.5 XTS",
            "Changed | G-2024-2 | School of the wind, second year | Amount awarded | 25,000 | 1e999999999",
        ],
    ),
    "a column that is not in the schema": (
        lambda data: (data / "coverage.csv").write_text("id,organization,colour\nK-1,ministry-of-kites,red\n", "utf-8"),
        ["Changed | K-1 | Ministry of Kites | colour | — | red"],
    ),
    "a schema in other words": (
        lambda data: (data / "schemas/units.yaml").write_text(
            (data / "schemas/units.yaml").read_text("utf-8") + "\n# A remark\n", "utf-8"
        ),
        ["Other files that are not what they were: schemas/units.yaml."],
    ),
    "a descriptor that is none": (
        lambda data: (data / "datapackage.yaml").write_text("[", "utf-8"),
        [
            "No record is new, changed or removed.",
            "1 new error, 0 new warnings.",
            "Other files that are not what they were: datapackage.yaml.",
            "The records now have faults; what can be read of them is compared as text.",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_told(name: str, before: Side, tiny: Path) -> None:
    change, expected = CHANGES[name]
    change(tiny)
    told = lines_of(as_text(report_of(difference_of(before, tiny), tiny).parts()))
    assert [line for line in expected if line not in told] == [], told


def test_what_git_keeps_in_the_folder_is_not_told(before: Side, tiny: Path) -> None:
    for name in (".git/objects/pack/pack-1.idx", ".git/HEAD", "grants/.2024.csv.swp"):
        (tiny / name).parent.mkdir(parents=True, exist_ok=True)
        (tiny / name).write_text("of a program", "utf-8")
    assert difference_of(before, tiny).files == ()


def test_a_hidden_file_that_the_descriptor_names_is_told(tiny: Path) -> None:
    (tiny / "schemas").rename(tiny / ".schemas")
    descriptor = (tiny / "datapackage.yaml").read_text("utf-8").replace("schemas/", ".schemas/")
    (tiny / "datapackage.yaml").write_text(descriptor, "utf-8")
    before = read_side(tiny, LANGUAGES, TODAY)
    copy = Path(shutil.copytree(tiny, tiny.parent / "after"))
    with (copy / ".schemas/units.yaml").open("a", encoding="utf-8") as stream:
        stream.write("# A remark\n")
    assert difference_of(before, copy).files == (".schemas/units.yaml",)


def test_it_is_told_in_the_language_of_the_portal(before: Side, tiny: Path) -> None:
    edit(tiny / GRANTS, "G-2024-2", recipient="lighthouse")
    told = as_text(report_of(difference_of(before, tiny), tiny, "eo").parts())
    assert "Fondaĵo “Mevo” (seagull)" in told


def test_a_problem_that_only_moved_is_not_new(tiny: Path) -> None:
    edit(tiny / "sources.csv", "S-2", published_on="")
    before = read_side(tiny, LANGUAGES, TODAY)
    copy = Path(shutil.copytree(tiny, tiny.parent / "after"))
    lines = (copy / "sources.csv").read_text("utf-8").splitlines()
    (copy / "sources.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n", "utf-8")
    difference = difference_of(before, copy)
    assert [problem.what.template for problem in before.problems if problem.column == "published_on"]
    assert (difference.new_problems, difference.gone_problems) == ((), ())


def test_a_problem_that_was_mended_is_gone(before: Side, tiny: Path) -> None:
    edit(tiny / "sources.csv", "S-2", published_on="")
    difference = find_difference(read_side(tiny, LANGUAGES, TODAY), before, (), ())
    assert [str(problem.what) for problem in difference.gone_problems] == ["The source has no date."]
    assert "Problems that are gone" in as_text(report_of(difference, tiny).parts())


def test_reasons_that_the_next_release_lacks_are_named(tiny: Path) -> None:
    release(tiny, FIRST)
    before = read_side(tiny, LANGUAGES, TODAY)
    edit(tiny / GRANTS, "G-2024-2", amount_awarded="26000", people_planned="160", place_note_en="By the sea")
    version = f"{SECOND.isoformat()}.1"
    (tiny / "changes").mkdir()
    entry = "- {resource: grants, id: G-2024-2, field: amount_awarded, reason_en: A slip of the pen.}\n"
    (tiny / f"changes/{version}.yaml").write_text(entry, "utf-8")
    reasons = read_reasons(tiny, version, LANGUAGES)
    after = read_side(tiny, LANGUAGES, TODAY)
    difference = find_difference(before, after, read_releases(tiny), reasons)
    assert [(change.id, change.field) for change in difference.lacking] == [("G-2024-2", "people_planned")]
    told = lines_of(as_text(report_of(difference, tiny).parts()))
    assert "1 published value or record changed and needs a reason before the next release." in told


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("a", "b", ("a", "b")),
        ("x" * 300, "", ("x" * 160 + "…", "")),
        ("x" * 300 + "a", "x" * 300 + "b", ("…" + "x" * 40 + "a", "…" + "x" * 40 + "b")),
        ("x" * 200, "x" * 201, ("…" + "x" * 40, "…" + "x" * 41)),
    ],
)
def test_long_values_are_shown_where_they_part(before: str, after: str, shown: tuple[str, str]) -> None:
    assert shortened(before, after) == shown


class Comment(HTMLParser):
    """What a comment marks up, and the texts that stand outside of <code>, where GitHub looks for names to call."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.open: list[str] = []
        self.bare: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not attrs
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "code" not in self.open:
            self.bare.append(data)


def test_nothing_of_a_record_is_markup_on_a_pull_request(before: Side, tiny: Path) -> None:
    edit(tiny / GRANTS, "G-2024-2", title_en=f"{EVIL}\n\n# {EVIL}", note_en=EVIL)
    edit(tiny / "sources.csv", "S-2", url=EVIL)
    text = comment_of(report_of(difference_of(before, tiny), tiny))
    comment = Comment(text)
    assert text.startswith(MARKER + "\n\n<h3>")
    assert comment.tags <= {"h3", "p", "table", "tr", "th", "td", "code", "details", "summary", "b"}
    assert comment.open == []
    assert all(block.startswith(("<h3>", "<details>", "<!--")) for block in text.strip().split("\n\n"))
    bare = " ".join(comment.bare)
    assert "everyone" in bare  # the problem repeats the address
    for call in ("@everyone", "https://", "#1", "GH-1", "www."):
        assert call not in bare


def test_a_text_cannot_turn_the_direction_of_reading(before: Side, tiny: Path) -> None:
    edit(tiny / GRANTS, "G-2024-2", note_en="safe \u202eevil")
    assert "<code>safe evil</code>" in comment_of(report_of(difference_of(before, tiny), tiny))


def test_words_stay_readable_without_calling_anybody() -> None:
    assert words("a@b & <c>") == "a@\u2060b &amp; &lt;c&gt;"
    assert words("Sum: 5 # 6") == "Sum: 5 # 6"


def test_a_comment_is_never_longer_than_github_takes(before: Side, tiny: Path) -> None:
    rows = "".join(
        f"K-{number},ministry-of-kites,{number},unknown,,,,,{'<' * 90},,S-1\n" for number in range(1990, 3990)
    )
    file = tiny / "coverage.csv"
    file.write_text(file.read_text("utf-8") + rows, "utf-8")
    text = comment_of(report_of(difference_of(before, tiny), tiny))
    assert 10_000 < len(text) <= MOST
    assert "<p>… 1938 more</p>" in text
    assert "2000 new records" in text.replace(",", "")
    assert Comment(text).open == []


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Clerk", "-c", "user.email=clerk@fantazia.example")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tiny: Path) -> Path:
    """The data folder of a repository whose branch main went on after the branch at hand left it."""
    top = tiny.parent
    (top / "conf.py").write_text(
        f"import sys\nsys.path[:0] = [{str(TINY.parent)!r}]\nfrom tinyconf import *\nfrom pathlib import Path\n"
        f"PORTAL = {{**PORTAL, 'data': Path({str(tiny)!r})}}\n",
        encoding="utf-8",
    )
    git(top, "init", "-q", "-b", "main")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "First")
    git(top, "checkout", "-q", "-b", "work")
    git(top, "checkout", "-q", "main")
    add(tiny / GRANTS, like="G-2024-2", id="G-2024-8", title_en="Of others", title_eo="")
    git(top, "commit", "-q", "-a", "-m", "Work of others")
    git(top, "checkout", "-q", "work")
    return tiny


def test_what_others_did_meanwhile_is_not_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(repository / GRANTS, "G-2024-2", people_planned="151")
    settings = str(repository.parent / "conf.py")
    assert main(["diff", "--base", "main", "--settings", settings, "--lang", "en"]) == 0
    told = capsys.readouterr().out
    assert "0 new records, 1 changed record, 0 removed records." in told
    assert "G-2024-8" not in told
    assert main(["diff", "--base", "main", "--settings", settings, "--format", "markdown"]) == 0
    assert capsys.readouterr().out.startswith(MARKER)


@pytest.mark.parametrize("base", ["no-such-branch", "--output=/tmp/x", "main:tiny", ""])
def test_a_base_that_is_none_is_a_sentence(base: str, repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    settings = str(repository.parent / "conf.py")
    assert main(["diff", f"--base={base}", "--settings", settings, "--lang", "en"]) == 2
    assert f"The repository has no branch, tag or commit “{base}”." in capsys.readouterr().err


def test_without_records_before_everything_is_new(repository: Path, tmp_path: Path) -> None:
    git(repository.parent, "checkout", "-q", "--orphan", "empty")
    git(repository.parent, "rm", "-r", "-q", "--cached", ".")
    git(repository.parent, "commit", "-q", "--allow-empty", "-m", "Nothing")
    base = write_base(repository, "empty", tmp_path / "base")
    after = read_side(repository, LANGUAGES, TODAY)
    difference = find_difference(read_side(base, LANGUAGES, TODAY, like=after), after, (), ())
    assert "There were no records before, or none that can be read." in as_text(
        report_of(difference, repository).parts()
    )
    assert set(difference.records.values()) == {"added"}


def test_a_folder_outside_of_git_is_a_sentence(tiny: Path, tmp_path: Path) -> None:
    with pytest.raises(NoBaseError, match="is in no Git repository, so there is nothing to compare with"):
        write_base(tiny, "main", tmp_path / "base")
