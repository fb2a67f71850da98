"""The workflows that publish: both ways check the records first and sign what they publish."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

GITHUB = Path(__file__).parent.parent / ".github"
ATTEST = "./.github/actions/attest"


def read(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["deploy.yml", "deploy-large.yml"])
def test_records_are_checked_before_anything_is_built(name: str) -> None:
    jobs = read(GITHUB / "workflows" / name)["jobs"]
    steps = [(job, step.get("run", "")) for job, found in jobs.items() for step in found["steps"]]
    builds = [place for place, (_, command) in enumerate(steps) if command.startswith(("make publish", "make join"))]
    checked = [place for place, (_, command) in enumerate(steps) if command.startswith("make check")]
    assert len(checked) == 1
    assert builds
    assert checked[0] < min(builds)
    needed = {place for job in jobs.values() for place in [*_list(job.get("needs"))]}
    assert len(jobs) == 1 or steps[checked[0]][0] in needed


def _list(needs: str | list[str] | None) -> list[str]:
    return [needs] if isinstance(needs, str) else needs or []


@pytest.mark.parametrize("name", ["deploy.yml", "deploy-large.yml"])
def test_the_job_that_publishes_signs_and_may_do_so(name: str) -> None:
    workflow = read(GITHUB / "workflows" / name)
    (job,) = [job for job in workflow["jobs"].values() if any(step.get("uses") == ATTEST for step in job["steps"])]
    used = [step.get("uses", "").partition("@")[0] for step in job["steps"]]
    assert used.index(ATTEST) < used.index("actions/upload-pages-artifact")
    allowed = {**workflow["permissions"], **job.get("permissions", {})}
    assert allowed["id-token"] == allowed["attestations"] == "write"


@pytest.mark.parametrize("releases", [("2026-11-18.9", "2026-11-18.10"), ()])
def test_the_newest_release_and_the_main_downloads_are_signed(tmp_path: Path, releases: tuple[str, ...]) -> None:
    data = tmp_path / "output/data"
    for release in releases:
        (data / "releases" / release).mkdir(parents=True)
    data.mkdir(parents=True, exist_ok=True)
    names = ["data/grants.csv", *(f"data/releases/{release}/grants.csv" for release in releases), "en/index.html"]
    sums = [f"{number:064x}  {name}" for number, name in enumerate(names)]
    (tmp_path / "output/SHA256SUMS").write_text("\n".join([*sums, ""]), encoding="utf-8")
    script = next(step["run"] for step in read(GITHUB / "actions/attest/action.yml")["runs"]["steps"] if "run" in step)
    outcome = tmp_path / "outcome"
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],  # as GitHub runs it
        cwd=tmp_path,
        env={**os.environ, "GITHUB_OUTPUT": str(outcome)},
        check=True,
    )
    assert outcome.read_text(encoding="utf-8") == f"release={releases[-1] if releases else ''}\n"
    attested = tmp_path / "attested.txt"
    assert attested.exists() == bool(releases)
    if releases:
        signed = [line.split("  ")[1] for line in attested.read_text(encoding="utf-8").splitlines()]
        assert signed == ["data/grants.csv", "data/releases/2026-11-18.10/grants.csv", "SHA256SUMS"]
