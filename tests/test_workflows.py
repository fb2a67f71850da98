"""The workflows of GitHub: sound, safe with what strangers send, and their commands tried with a false gh."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from portal.desk.intake import read_desk_rules
from portal.diff.command import MARKER
from portal.forms import FOLDER
from portal.forms.make import LABEL, TITLE, make_forms
from portal.i18n import Translations
from tests.conftest import TINY
from tests.plugin_left_out import ROOT
from tests.releases_of_tiny import TRANSLATIONS, tiny_settings
from tests.test_forms import GRANT, filled

WORKFLOWS = {path.name: path for path in sorted((ROOT / ".github/workflows").glob("*.yml"))}
SETTINGS = f"""from pathlib import Path
PORTAL = {{
    "name": {{"eo": "Subvencioj", "en": "Grants"}},
    "languages": ("eo", "en"),
    "data": Path(__file__).parent / "data",
    "translations": Path({str(TRANSLATIONS)!r}),
    "currency": "XTS",
}}
"""
FALSE_GH = """#!/bin/sh
# Keeps what it is told, and answers as the test says.
printf '%s\\n' "$*" >> "$TOLD"
for word; do
  case $word in
    body=@*) cp "${word#body=@}" "$TOLD.body" ;;
    */said.md | */request.md) cp "$word" "$TOLD.body" ;;
  esac
done
case "$1 $2" in
  'run download') [ -d "$ARTIFACT" ] && cp -R "$ARTIFACT" comment ;;
  'issue view') cat "$ISSUE" ;;
  'issue comment') case "$*" in *--edit-last*) exit "${NO_COMMENT:-0}" ;; esac ;;
  'pr list') printf '%s' "$REQUEST" ;;
  'api --paginate') printf '%s' "$WRITTEN" ;;
  'api repos/'*) echo "$HEAD_NOW" ;;
esac
"""
FALSE_MAKE = """#!{python}
# The targets that the workflow uses, without the environment that make sets up.
import subprocess, sys
words = [word for word in sys.argv[1:] if not word.startswith("-")]
given = dict(word.split("=", 1) for word in words if "=" in word)
arguments = {{
    "from-issue": ["from-issue", given.get("FILE", ""), "--yes", "--format", "markdown"],
    "diff": ["diff", "--base", given.get("BASE", ""), "--format", "markdown"],
    "forms": ["forms"],
}}[words[0]]
sys.exit(2 if subprocess.run([sys.executable, "-m", "portal", *arguments]).returncode else 0)
"""


def workflow(name: str) -> dict[Any, Any]:
    """The content; YAML takes its key `on` for true."""
    content: dict[Any, Any] = yaml.safe_load(WORKFLOWS[name].read_text(encoding="utf-8"))
    return content


def steps(name: str) -> list[dict[str, Any]]:
    """Those of all jobs, with the steps of an action of ours in the place of its name."""
    return [one for job in workflow(name)["jobs"].values() for step in job["steps"] for one in whole(step)]


def whole(step: dict[str, Any]) -> list[dict[str, Any]]:
    used = step.get("uses", "")
    if not used.startswith("./"):
        return [step]
    own: list[dict[str, Any]] = yaml.safe_load((ROOT / used / "action.yml").read_text(encoding="utf-8"))["runs"][
        "steps"
    ]
    return own


def script(name: str, step: str) -> str:
    """The commands of a step."""
    return str(next(one["run"] for one in steps(name) if one.get("name") == step))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_says_when_it_runs_and_what_it_may_do(name: str) -> None:
    content = workflow(name)
    assert content["name"]
    assert content[True]
    assert content["permissions"]
    assert all(right in ("read", "write") for right in content["permissions"].values())


@pytest.mark.parametrize("name", WORKFLOWS)
def test_nothing_from_outside_is_put_into_a_command(name: str) -> None:
    assert [step["run"] for step in steps(name) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_no_words_of_strangers_are_put_into_the_environment(name: str) -> None:
    content = workflow(name)
    places = [*content["jobs"].values(), *steps(name)]
    values = [str(value) for place in places for value in place.get("env", {}).values()]
    assert [value for value in values if re.search(r"\.(body|title|message|ref|label|login|email)\b", value)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_actions_are_pinned_to_a_major_version(name: str) -> None:
    used = [step["uses"] for step in steps(name) if "uses" in step]
    assert [one for one in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", one)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_target_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8").replace("$(VENV)", ".venv")
    targets = set(re.findall(r"^([a-z./-]+):(?!=)", makefile, re.MULTILINE))
    used = {found for step in steps(name) for found in re.findall(r"\bmake (?:-s )?([a-z./-]+)", step.get("run", ""))}
    assert used <= targets


def test_the_one_that_runs_what_strangers_bring_may_read_only() -> None:
    assert workflow("preview.yml")["permissions"] == {"contents": "read"}
    assert True in workflow("preview.yml")
    assert "pull_request_target" not in "".join(path.read_text(encoding="utf-8") for path in WORKFLOWS.values())


def test_the_one_that_may_write_runs_nothing_that_strangers_bring() -> None:
    assert workflow("comment.yml")[True]["workflow_run"]["workflows"] == [workflow("preview.yml")["name"]]
    assert [step for step in steps("comment.yml") if "uses" in step] == []
    assert "make" not in script("comment.yml", "Write the comment")


def test_workflows_agree_with_the_code_and_with_each_other() -> None:
    assert f"marker='{MARKER}'" in script("comment.yml", "Write the comment")
    uploaded = [step["with"]["name"] for step in steps("preview.yml") if "upload-artifact" in step.get("uses", "")]
    assert uploaded == ["comment", "site-preview"]
    condition = workflow("from-issue.yml")["jobs"]["records"]["if"]
    assert f"github.event.label.name == '{LABEL}'" in condition
    assert f"startsWith(github.event.issue.title, '{TITLE.strip()}')" in condition
    assert FOLDER.as_posix() in script("from-issue.yml", "Propose the records")


class Place:
    """A folder in which the commands of a workflow are run with a false gh and make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.work = folder / "work"
        for path in (self.bin, self.work, folder / "temp"):
            path.mkdir()
        for name, text in (("gh", FALSE_GH), ("make", FALSE_MAKE.format(python=sys.executable))):
            (self.bin / name).write_text(text, encoding="utf-8")
            (self.bin / name).chmod(0o755)

    def run(self, commands: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run them as GitHub does."""
        surroundings = {
            "PATH": f"{self.bin}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT / "plugins"),
            "SOURCE_DATE_EPOCH": "1748736000",
            "TOLD": str(self.folder / "told"),
            "RUNNER_TEMP": str(self.folder / "temp"),
            "GITHUB_OUTPUT": str(self.folder / "output"),
            "GH_REPO": "fantasia/grants",
            "NUMBER": "7",
            "MAIN": "main",
            **environment,
        }
        command = ["bash", "-e", "-c", commands]
        return subprocess.run(command, cwd=self.work, env=surroundings, capture_output=True, text=True, check=False)

    def told(self) -> list[str]:
        """What gh was told, one call a line."""
        file = self.folder / "told"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def body(self) -> str:
        """What gh was given to publish."""
        return (self.folder / "told.body").read_text(encoding="utf-8")

    def git(self, *arguments: str) -> str:
        identity = ("-c", "user.name=Clerk", "-c", "user.email=clerk@fantazia.example")
        done = subprocess.run(["git", *identity, *arguments], cwd=self.work, check=True, capture_output=True, text=True)
        return done.stdout


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


NEW = "api --silent --method POST repos/fantasia/grants/issues/12/comments --field body=@body.md"
SAME = "api --silent --method PATCH repos/fantasia/grants/issues/comments/99 --field body=@body.md"
COMMENTS: dict[
    str, tuple[Mapping[str, str], int, str | None]
] = {  # case -> (what is different, status, what is posted)
    "the first time": ({}, 0, NEW),
    "the second time": ({"WRITTEN": "99"}, 0, SAME),
    "a number that is none": ({"number": "12; touch /tmp/x"}, 1, None),
    "another place for a number": ({"number": "../../../user"}, 1, None),
    "no number": ({"number": ""}, 1, None),
    "a number of somebody else's pull request": ({"HEAD_NOW": "other"}, 0, None),
    "other words": ({"diff": "# You have won\n"}, 1, None),
}


@pytest.mark.parametrize("case", COMMENTS)
def test_a_comment_is_written_only_where_it_belongs(case: str, place: Place) -> None:
    different, status, posted = COMMENTS[case]
    artifact = place.folder / "artifact"
    artifact.mkdir()
    given = {"number": "12\n", "diff": f"{MARKER}\n\n<h3>$(touch owned) `touch owned` @everyone</h3>\n", **different}
    (artifact / "number").write_text(given.pop("number"), encoding="utf-8")
    (artifact / "diff.md").write_text(given.pop("diff"), encoding="utf-8")
    environment = {"ARTIFACT": str(artifact), "HEAD": "abc", "HEAD_NOW": "abc", "RUN": "1", "WRITTEN": "", **given}
    done = place.run(script("comment.yml", "Write the comment"), **environment)
    assert done.returncode == status, done.stderr
    assert [call for call in place.told() if "--silent" in call] == ([posted] if posted else [])
    if posted:
        assert place.body() == (artifact / "diff.md").read_text(encoding="utf-8")
    assert sorted(path.name for path in place.work.iterdir()) == (["body.md", "comment"] if posted else ["comment"])


def test_without_words_nothing_is_written(place: Place) -> None:
    done = place.run(script("comment.yml", "Write the comment"), ARTIFACT=str(place.folder / "none"), RUN="1", HEAD="a")
    assert done.returncode == 0
    assert [call for call in place.told() if call.startswith("api")] == []


@pytest.fixture
def repository(place: Place) -> Place:
    """The tiny portal as a repository with its first commit, and where it is pushed to."""
    shutil.copytree(TINY, place.work / "data")
    (place.work / "pelicanconf.py").write_text(SETTINGS, encoding="utf-8")
    place.git("init", "-q", "-b", "main")
    place.git("add", ".")
    place.git("commit", "-q", "-m", "First")
    place.git("init", "-q", "--bare", str(place.folder / "origin"))
    place.git("remote", "add", "origin", str(place.folder / "origin"))
    return place


def form_text(answers: Mapping[str, str]) -> str:
    rules = read_desk_rules(tiny_settings(TINY))
    forms = {form.name: form for form in make_forms(rules, Translations(TRANSLATIONS))}
    return filled(forms["report-grant-en"], answers)


def test_a_good_form_becomes_a_pull_request(repository: Place) -> None:
    issue = repository.folder / "issue.md"
    issue.write_text(form_text({**GRANT, "title_en": "Kites $(touch owned) `touch owned`"}), encoding="utf-8")
    done = repository.run(script("from-issue.yml", "Make records of the form"), ISSUE=str(issue))
    assert done.returncode == 0, done.stderr
    assert (repository.folder / "output").read_text(encoding="utf-8") == "result=good\n"
    done = repository.run(script("from-issue.yml", "Propose the records"), REQUEST="")
    assert done.returncode == 0, done.stderr
    assert repository.told()[-1].startswith(
        "pr create --base main --head records/issue-7 --title Records of issue #7 --body-file "
    )
    body = repository.body()
    assert body.startswith("Closes #7\n\n<h3>")
    assert f"\n{MARKER}\n" in body
    changed = repository.git("--git-dir", "../origin", "diff-tree", "-r", "--name-only", "records/issue-7").split()[1:]
    assert [name for name in changed if not name.startswith(".github")] == ["data/grants/2024.csv", "data/sources.csv"]
    assert not list(repository.folder.rglob("owned"))


def test_a_pull_request_that_is_open_is_brought_up_to_date(repository: Place) -> None:
    issue = repository.folder / "issue.md"
    issue.write_text(form_text(GRANT), encoding="utf-8")
    repository.run(script("from-issue.yml", "Make records of the form"), ISSUE=str(issue))
    done = repository.run(script("from-issue.yml", "Propose the records"), REQUEST="8")
    assert done.returncode == 0, done.stderr
    assert repository.told()[-1].startswith("pr edit records/issue-7 --body-file ")


@pytest.mark.parametrize(("no_comment", "calls"), [("0", 1), ("1", 2)])
def test_what_is_wrong_with_a_form_is_said_in_the_issue(no_comment: str, calls: int, repository: Place) -> None:
    issue = repository.folder / "issue.md"
    issue.write_text(form_text({**GRANT, "recipient": "Seagul Fundation"}), encoding="utf-8")
    done = repository.run(script("from-issue.yml", "Make records of the form"), ISSUE=str(issue))
    assert done.returncode == 0, done.stderr
    assert (repository.folder / "output").read_text(encoding="utf-8") == "result=bad\n"
    done = repository.run(script("from-issue.yml", "Say what is in the way"), NO_COMMENT=no_comment)
    assert done.returncode == 0, done.stderr
    assert len([call for call in repository.told() if call.startswith("issue comment")]) == calls
    assert "has no record called “Seagul Fundation”" in repository.body()
    assert repository.git("status", "--porcelain") == ""


def test_a_program_that_fails_is_no_fault_of_the_form(repository: Place) -> None:
    issue = repository.folder / "issue.md"
    issue.write_text(form_text(GRANT), encoding="utf-8")
    (repository.work / "pelicanconf.py").write_text("PORTAL = {}\n", encoding="utf-8")
    done = repository.run(script("from-issue.yml", "Make records of the form"), ISSUE=str(issue))
    assert done.returncode != 0
    assert not (repository.folder / "output").exists()
