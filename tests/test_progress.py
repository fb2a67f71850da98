"""progress.py: nothing of a short build, a bar on a terminal, lines elsewhere, and a summary with the right numbers."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from rich.console import Console

import portal.progress
from portal.progress import Stages, peak_memory, summary
from portal.workers import Share, in_shares


def work(is_terminal: bool) -> tuple[str, Stages]:
    """Do two stages, one of them in processes; return what was shown."""
    console = Console(file=io.StringIO(), force_terminal=is_terminal, width=80, color_system=None)
    stages = Stages(console)

    def share_of_work(share: Share) -> None:
        for _ in share.pick(range(120)):
            stages.step(share.number)

    with stages.stage("records"):
        pass
    with stages.stage("pages", 120):
        in_shares(share_of_work, 120)
        stages.step(0, 0)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue(), stages


@pytest.mark.parametrize("is_terminal", [True, False])
def test_nothing_is_shown_of_a_build_that_takes_a_moment(is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.progress, "QUIET", 3600.0)
    assert work(is_terminal)[0] == ""


def test_a_terminal_shows_a_bar_that_counts_all_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.progress, "QUIET", -1.0)
    monkeypatch.setattr(portal.progress, "PAUSE", 0.0)
    shown, _ = work(is_terminal=True)
    assert "pages" in shown
    assert "120/120" in shown
    assert re.search(r"records.*0/\?", shown)  # nobody knows how far it is


def test_elsewhere_each_stage_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.progress, "QUIET", -1.0)
    shown, _ = work(is_terminal=False)
    assert re.fullmatch(r"records: \d+\.\d s\npages: \d+\.\d s\n", shown)


def test_a_stage_that_fails_is_counted_and_shows_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(portal.progress, "QUIET", -1.0)
    console = Console(file=io.StringIO(), force_terminal=False)
    stages = Stages(console)
    with pytest.raises(ValueError, match="wrong"), stages.stage("pages", 1):
        raise ValueError("wrong")
    assert list(stages.seconds) == ["pages"]
    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == ""


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """Two pages and a download, of 2,000,000 octets together."""
    (tmp_path / "en/deep").mkdir(parents=True)
    (tmp_path / "index.html").write_bytes(b"x" * 400_000)
    (tmp_path / "en/deep/a.html").write_bytes(b"x" * 600_000)
    (tmp_path / "en/grants.csv").write_bytes(b"x" * 1_000_000)
    return tmp_path


def test_the_summary_says_what_was_made(output: Path) -> None:
    stages = Stages(Console(file=io.StringIO()))
    stages.seconds.update(records=1.25, pages=2.5)
    lines = list(summary(stages, output, 8_000_000))
    assert lines[0] == "2 pages among 3 files, 2.0 MB."
    assert lines[1] == "Seconds: records 1.2 s, pages 2.5 s; together 3.8 s."
    assert re.fullmatch(r"Memory: at most [\d,]+ MB in one process\.", lines[2])
    assert lines[3] == "That is 25.0% of the 8 MB that the host takes."
    assert len(list(summary(stages, output, 0))) == 3


def test_memory() -> None:
    assert 10_000_000 < peak_memory() < 10**11
