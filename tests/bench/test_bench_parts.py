"""The parts of the benchmark that judge and tell; nothing is timed here."""

from __future__ import annotations

import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from tests.bench import ROOT, copying
from tests.bench.campaign import Outcome, epoch_of, with_needed
from tests.bench.contestants import ALONE, BY_KEY
from tests.bench.measure import Command, Cost, measure
from tests.bench.results import report
from tests.bench.rival_sites import RIVALS
from tests.bench.rows import site_values
from tests.bench.sameness import differences

OURS = '<p class="lead">A  grant\n of <a href="a.html">A &amp; B</a></p>'
LINKED = '<script type="application/ld+json">{"name": "A", "url": "a.html"}</script>'


@pytest.mark.parametrize(
    ("theirs", "lines"),
    [
        ('<p class="lead">A grant of\n\n<a href="a.html">A &#38; B</a> </p>', []),
        ('<p class="lead">A grant of <a href="b.html">A &amp; B</a></p>', ["-a href=a.html", "+a href=b.html"]),
        ('<p class="lead">A grant of <a href="a.html">A</a></p>', ["-A & B", "+A"]),
    ],
)
def test_only_blanks_may_differ(theirs: str, lines: list[str]) -> None:
    assert differences(OURS, theirs) == lines


def test_data_for_machines_may_stand_in_another_order() -> None:
    assert not differences(LINKED, '<script type="application/ld+json">{"url":"a.html","name":"A"}</script>')


def test_data_that_no_machine_can_read_is_a_difference() -> None:
    broken = '<script type="application/ld+json">{"url":a.html}</script>'
    assert differences(LINKED, broken) == ['-{"name": "A", "url": "a.html"}', '+{"url":a.html}']


def test_memory_of_all_processes_is_added_up(tmp_path: Path) -> None:
    held = "held = bytearray(b'x') * 60_000_000"
    child = f"{held}; import time; time.sleep(1)"
    parent = f"import subprocess, sys; {held}; subprocess.run([sys.executable, '-c', {child!r}])"
    cost = measure(Command((sys.executable, "-c", parent), tmp_path, {}), limit=60)
    assert not cost.failure
    assert cost.peak > 120_000_000  # more than either of them holds


def test_a_failed_command_says_why(tmp_path: Path) -> None:
    cost = measure(Command((sys.executable, "-c", "raise SystemExit('no such row')"), tmp_path, {}), limit=60)
    assert cost.failure == "no such row"


@pytest.mark.parametrize(
    ("limits", "commands"),
    [
        ((1_000, 1_000), 1),
        ((40, 1_000), 2),  # the folder en, and the loose files
        ((40, 2), 3),
        ((25, 1_000), 3),
        ((15, 1_000), 5),
    ],
)
def test_a_copy_is_made_at_once_or_in_parts(
    limits: tuple[int, int],
    commands: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    site, copy = tmp_path / "site", tmp_path / "copy"
    names = ["a.css", "en/a.html", "en/grants/b.html", "index.html", "z.css"]
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("0123456789")
    removed: list[Path] = []
    monkeypatch.setattr(copying, "PART", limits[0])
    monkeypatch.setattr(copying, "FILES", limits[1])
    monkeypatch.setattr(shutil, "rmtree", removed.append)
    copying.main(site, copy)
    assert sorted(path.relative_to(copy).as_posix() for path in copy.rglob("*.*")) == names
    assert len(removed) == (commands if commands > 1 else 0)
    assert len([float(figure) for figure in capfd.readouterr().out.split()]) == 2


def test_a_copy_brings_its_original_along() -> None:
    assert [contestant.key for contestant in with_needed(["hugo", "grants_copy"])] == ["grants", "grants_copy", "hugo"]


def test_results_say_the_ratio_and_what_is_missing() -> None:
    ours = Outcome(BY_KEY["grants"], 1000, [Cost(2, 3, 50_000_000), Cost(4, 3, 50_000_000), Cost(3, 3, 50_000_000)])
    hugo = Outcome(BY_KEY["hugo"], 1000, [Cost(18, 30, 400_000_000)], files=1000, octets=13_500_000)
    absent = Outcome(BY_KEY["eleventy"], 1000, lacks="node and npm are not there")
    text = report("`make bench` on 2026-11-26", 0.4, [ours, hugo, absent], [])
    assert "| Ashar, pages of grants in one language | 3 | 3.00 | 2.00 | 4.00 | 3.00 | 50 |  |  |\n" in text
    assert "| Hugo | 1 | 18.00 | 18.00 | 18.00 | 30.00 | 400 | 1,000 | 13.5 |\n" in text
    assert "| Eleventy | – | node and npm are not there |||||||\n" in text
    assert "- seconds, Hugo : Ashar, pages of grants in one language: **6**\n" in text
    assert "- peak memory, Hugo : Ashar, pages of grants in one language: **8**\n" in text


def test_results_say_whether_a_million_takes_ten_times_as_long() -> None:
    builds = [Outcome(ALONE[0], grants, [Cost(seconds, 1, 1)]) for grants, seconds in ((100_000, 20), (1_000_000, 240))]
    assert "- seconds a grant, 1,000,000 : 100,000, Ashar, everything, a card a grant: **1.2**\n" in report(
        "`make bench`", 0, builds, []
    )


def test_all_builds_are_of_one_day() -> None:
    assert epoch_of(date(2026, 11, 26)) == "1795694400"
    assert site_values(ROOT / "data", date(2026, 11, 26))["day"] == "November 26, 2026"


def test_no_registry_is_named_in_the_lock_of_eleventy() -> None:
    assert '"resolved"' not in (RIVALS / "eleventy/package-lock.json").read_text(encoding="utf-8")
