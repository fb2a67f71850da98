"""A real browser for the tests in this folder: Chromium as the system has it, started once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.page_types import FRONT_DOOR
from tests.plugin_left_out import AXE, chromium

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
ALLOWED = ("data:", "blob:", "about:")
ABORTED = "net::ERR_ABORTED"  # the reader left while the icon was on its way
FOLDER = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs the browser."""
    for item in items:
        if FOLDER in item.path.parents:
            item.add_marker("browser")


@dataclass(slots=True)
class Visit:
    """A tab, and everything in it that nobody should see: messages in the console, requests to other hosts."""

    page: Page
    home: str  # address that every request must begin with
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda message: self._note(message.type in ("error", "warning"), message.text))
        self.page.on("pageerror", lambda error: self._note(True, str(error)))
        self.page.on("requestfailed", lambda one: self._note(one.failure != ABORTED, f"{one.failure}: {one.url}"))
        self.page.on("request", lambda request: self._note(not self._is_ours(request.url), f"asked: {request.url}"))

    def _is_ours(self, address: str) -> bool:
        return address.startswith((self.home, *ALLOWED))

    def _note(self, is_fault: bool, words: str) -> None:
        if is_fault:
            self.faults.append(f"{self.page.url}: {words}")

    def open(self, name: str) -> Page:
        """Go to a page of the site by its path. The front door stays open, whatever the browser remembers."""
        self.page.goto(self.home + (f"{name}#choose" if name == FRONT_DOOR else name))
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture
def new_visit(browser: Browser, server: str) -> Iterator[Callable[..., Visit]]:
    """Makes a visitor who was never here before. Takes the options of a browser context, and home= for another site."""
    contexts: list[BrowserContext] = []

    def make(home: str = server, **options: Any) -> Visit:
        contexts.append(browser.new_context(**options))
        return Visit(contexts[-1].new_page(), home)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def visit(new_visit: Callable[..., Visit]) -> Visit:
    """A visitor with nothing special, who was never here before."""
    return new_visit()


@pytest.fixture(scope="session")
def _tabs(browser: Browser, server: str, site: Path) -> dict[str, Visit]:
    """Three tabs that all tests share: a new one for each test takes more time than most tests do."""
    return {
        "plain": Visit(browser.new_context().new_page(), server),
        "without scripts": Visit(browser.new_context(java_script_enabled=False).new_page(), server),
        "from a folder": Visit(browser.new_context().new_page(), f"{site.as_uri()}/"),
    }


@pytest.fixture(scope="session")
def _axe_tab(browser: Browser, server: str) -> Visit:
    """A tab whose every page has axe from the start: Chromium then compiles it once, not on each page anew."""
    tab = Visit(browser.new_context().new_page(), server)
    tab.page.add_init_script(path=AXE)
    return tab


def cleared(tab: Visit) -> Visit:
    """A tab that tests share, as the next one wants to find it."""
    tab.page.goto("about:blank")
    tab.page.set_viewport_size({"width": 1280, "height": 800})
    tab.page.emulate_media(color_scheme="light")
    tab.faults.clear()
    return tab


@pytest.fixture
def reader(_tabs: dict[str, Visit]) -> Visit:
    """A visitor who only looks: for tests that leave nothing in the browser's memory."""
    return cleared(_tabs["plain"])


@pytest.fixture
def scriptless(_tabs: dict[str, Visit]) -> Visit:
    """The same with scripts switched off."""
    return cleared(_tabs["without scripts"])


@pytest.fixture
def stick(_tabs: dict[str, Visit]) -> Visit:
    """The same with the site opened from a folder."""
    return cleared(_tabs["from a folder"])


@pytest.fixture
def inspector(_axe_tab: Visit) -> Visit:
    """A visitor like `reader` in whose pages axe.run() is there."""
    return cleared(_axe_tab)
