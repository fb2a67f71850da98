"""Tests that need a tool which is not here are left out, and the end of the output says which and how to get it.

With REQUIRE_ALL=1, as in .ci/run, a run that left anything out has failed.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
NODE_MODULES = ROOT / "tests/browser/node_modules"
AXE = NODE_MODULES / "axe-core/axe.min.js"
VNU = NODE_MODULES / "vnu-jar/build/dist/vnu.jar"
SHARED = Path(os.environ.get("SHARED", ROOT.parent / "shared"))
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Path of the browser, or None."""
    return next((path for path in map(shutil.which, CHROMIUM_NAMES) if path), None)


@dataclass(frozen=True, slots=True)
class Tool:
    """Something a test needs that pip cannot bring."""

    name: str
    is_here: Callable[[], bool]
    how: str
    must_be: bool = True  # False: a run with REQUIRE_ALL=1 may go without


NPM = "Run “npm install” in tests/browser."
TOOLS: dict[str, tuple[Tool, ...]] = {  # marker -> what its tests need
    "browser": (
        Tool("Chromium", lambda: chromium() is not None, "Install it (Debian: apt install chromium)."),
        Tool("axe-core", AXE.is_file, NPM),
    ),
    "nu": (
        Tool(
            "Java", lambda: shutil.which("java") is not None, "Install it (Debian: apt install default-jre-headless)."
        ),
        Tool("The Nu checker", VNU.is_file, NPM),
    ),
    "spreadsheet": (
        Tool(
            "LibreOffice Calc",
            lambda: shutil.which("soffice") is not None,
            "Install it (Debian: apt install --no-install-recommends libreoffice-calc).",
        ),
    ),
    "shared": (
        Tool(
            "The folder “shared” with sample records",
            SHARED.is_dir,
            "Put it beside the project, or say where it is in SHARED.",
            must_be=False,
        ),
    ),
}

left_out: Counter[str] = Counter()  # sentence -> number of tests
required: Counter[str] = Counter()  # those of them that REQUIRE_ALL=1 does not forgive


def lacking(marker: str) -> Tool | None:
    """The first tool of a marker that is not here."""
    return next((tool for tool in TOOLS[marker] if not tool.is_here()), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    absent = {marker: tool for marker in TOOLS if (tool := lacking(marker))}
    for item in items:
        for marker, tool in absent.items():
            if item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=f"{tool.name} was not found. {tool.how}"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        _account(report, [marker for marker in TOOLS if marker in report.keywords])


def pytest_collectreport(report: pytest.CollectReport) -> None:
    if report.skipped:
        _account(report, [])


def _account(report: pytest.TestReport | pytest.CollectReport, markers: list[str]) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    words = f"{markers[0]} tests: " if markers else "tests: "
    sentence = words + reason.removeprefix("Skipped: ")
    left_out[sentence] += 1
    tools = [tool for marker in markers if (tool := lacking(marker))]
    if not tools or any(tool.must_be for tool in tools):
        required[sentence] += 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if required and os.environ.get("REQUIRE_ALL") == "1" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for sentence, count in sorted(left_out.items()):
        terminalreporter.write_line(f"Left out: {count} {sentence}", yellow=True)
    if required and os.environ.get("REQUIRE_ALL") == "1":
        terminalreporter.write_line("REQUIRE_ALL is set, so a run that leaves tests out has failed.", red=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with sample records beside the project. Mark the test `shared`."""
    return SHARED
