"""A build that is killed, stopped or has no room: a sentence, the old site as it was, and nothing left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.large_tiny import DAY, LARGE, SELDOM_MADE, Workshop, open_workshop
from tests.plugin_site import build_site, files_of

pytestmark = pytest.mark.long

UNTOUCHED = "The site was not built; the old one is untouched."
STOPPED = f"The build was stopped.\n{UNTOUCHED}"
# The bad days come before the downloads or after them: most are left out, and nobody forecasts the size of the site.
BEGINNING = f"""
import os, resource, signal, time
from functools import partial
import portal.building, portal.generator, portal.load
portal.load.LARGE = {LARGE}
portal.building.write_exports = partial(portal.building.write_exports, left_out={SELDOM_MADE})
portal.building.require_fit = lambda *_given: None
os.cpu_count = lambda: 2
written, reading = portal.building.Building._write, portal.generator.read_portal

def stop(name):
    os.kill(os.getpid(), getattr(signal, name))

def write(self, render, made, share):
    during(share.number)
    written(self, render, made, share)

def read(*arguments):
    before_reading()
    return reading(*arguments)

def before_reading():
    pass

def limit(octets):
    resource.setrlimit(resource.RLIMIT_FSIZE, (octets, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))

portal.building.Building._write, portal.generator.read_portal = write, read
"""
# What happens while the pages are made (`during` knows the number of the process) or before; and what is said.
DAYS: dict[str, tuple[str, str]] = {
    "a worker is killed": (
        "during = lambda number: number and stop('SIGKILL')",
        f"A process of the build was stopped by SIGKILL, perhaps as memory ran out. Build again.\n{UNTOUCHED}",
    ),
    "SIGTERM while a worker is busy": (
        "during = lambda number: time.sleep(60) if number else (time.sleep(0.5), stop('SIGTERM'))",
        STOPPED,
    ),
    "the terminal is closed while a worker is busy": (
        "during = lambda number: time.sleep(60) if number else (time.sleep(0.5), stop('SIGHUP'))",
        STOPPED,
    ),
    "the terminal is closed while the records are read": ("before_reading = lambda: stop('SIGHUP')", STOPPED),
    "Ctrl-C while the records are read": ("before_reading = lambda: stop('SIGINT')", STOPPED),
    "no room for pages": ("during = lambda number: limit(5000)", "A file cannot be written: "),
    "no room for the store": ("before_reading = lambda: limit(20_000)", "The records cannot be kept in "),
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Records, and a folder with an old site."""
    workshop = open_workshop(tmp_path_factory.mktemp("days"))
    (workshop.output / "en").mkdir(parents=True)
    (workshop.output / "index.html").write_text("the old site", encoding="utf-8")
    (workshop.output / "en/index.html").write_text("its page", encoding="utf-8")
    (workshop.folder / "temporary").mkdir()
    return workshop


def build(workshop: Workshop, more: str, output: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Build in a process of its own, in which `more` happens."""
    settings = workshop.settings(more=BEGINNING + more)
    temporary = str(workshop.folder / "temporary")
    environment = {"TMPDIR": temporary, "SOURCE_DATE_EPOCH": DAY, "BAD_DAY": temporary}
    return build_site(output or workshop.output, settings, workshop.content, **environment)


def still_running(workshop: Workshop) -> Iterator[str]:
    """Processes that a build of this workshop left: they have its variable of the environment."""
    mark = f"BAD_DAY={workshop.folder / 'temporary'}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (process / "environ").read_bytes():
                yield process.name
        except OSError:  # it has ended, or is somebody else's
            continue


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc to see which processes are left")
@pytest.mark.parametrize("day", DAYS)
def test_a_bad_day_leaves_a_sentence_and_the_old_site(day: str, workshop: Workshop) -> None:
    happens, says = DAYS[day]
    before = files_of(workshop.output)
    done = build(workshop, happens)
    assert done.returncode not in (0, None)
    assert "Traceback" not in done.stdout + done.stderr
    assert says in done.stderr
    assert UNTOUCHED in done.stderr
    assert files_of(workshop.output) == before
    assert list(still_running(workshop)) == []
    assert list((workshop.folder / "temporary").iterdir()) == []
    names = {path.name for path in workshop.folder.iterdir()}
    assert names - {"__pycache__"} == {"conf.py", "content", "data", "output", "temporary"}


def test_the_next_build_works(workshop: Workshop) -> None:
    """Also after a build that could clean up nothing, as it was killed."""
    for left in ("output.building", "output.building.sums", "output.old"):
        shutil.copytree(workshop.data, workshop.folder / left)
    assert build(workshop, "during = lambda number: number or stop('SIGKILL')").returncode == -9
    done = build(workshop, "during = lambda number: None")
    assert done.returncode == 0, done.stderr
    assert "the old site" not in (workshop.output / "index.html").read_text("utf-8")
    names = {path.name for path in workshop.folder.iterdir()} - {"__pycache__"}
    assert names == {"conf.py", "content", "data", "output", "output.made", "temporary"}
    shutil.rmtree(workshop.folder / "output")
    (workshop.folder / "output.made").unlink()


def test_a_folder_that_cannot_be_written_to_is_told(workshop: Workshop, tmp_path: Path) -> None:
    if os.geteuid() == 0:  # root may write everywhere: a file stands where the folder should be
        (tmp_path / "closed").write_text("no folder", encoding="utf-8")
    else:
        (tmp_path / "closed").mkdir(mode=0o500)
    done = build(workshop, "during = lambda number: None", tmp_path / "closed" / "output")
    assert done.returncode != 0
    assert "Traceback" not in done.stdout + done.stderr
    assert ("closed is no folder." if os.geteuid() == 0 else "Nothing may be written to") in done.stderr
    assert UNTOUCHED in done.stderr
