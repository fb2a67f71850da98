"""A visitor with an empty cache: how long until the page answers, and until each question shows its first row."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.explorer.network import Network
from tests.bench.explorer.shell import PAGE
from tests.browser.conftest import FLAGS
from tests.plugin_left_out import chromium

PATIENCE = 60_000  # milliseconds
READY = """async () => {
  const page = document.querySelector("grant-explorer");
  while (!page.index && performance.now() < 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
  const ready = performance.now();
  while (!page.querySelector("[data-part=view] [data-grant]") && performance.now() < 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
  return [ready, performance.now()];
}"""
# A list that comes into the view after a question is of that question: the page drops older answers.
ASKED = """async (address) => {
  const page = document.querySelector("grant-explorer");
  const { view, count } = page.parts;
  const begun = performance.now();
  let first = null;
  let before = "";
  const watch = new MutationObserver(() => {
    if (first === null && view.querySelector("[data-grant]")) {
      first = performance.now() - begun;
      before = count.textContent;
    }
  });
  watch.observe(view, { childList: true });
  page.visit(address);
  do await new Promise((resolve) => setTimeout(resolve, 20));
  while (page.parts.view.ariaBusy && performance.now() - begun < 50_000);
  watch.disconnect();
  return [first, performance.now() - begun, count.textContent];
}"""


@dataclass(frozen=True, slots=True)
class Ready:
    """Seconds from the address to a page that answers, and to its first row; requests and octets until then."""

    seconds: float
    first: float
    requests: int
    octets: int


@dataclass(frozen=True, slots=True)
class Asked:
    """Seconds to the first row, and until everything is counted that is counted unasked; requests and octets."""

    name: str
    first: float | None  # None: no row was shown
    done: float
    requests: int
    octets: int
    count: str  # as the page says it


@contextmanager
def open_browser(flag: str) -> Iterator[Browser]:
    """Chromium that trusts the certificate behind the flag."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, flag])
        try:
            yield browser
        finally:
            browser.close()


def arrive(browser: Browser, network: Network, viewport: tuple[int, int]) -> tuple[Page, Ready]:
    """Open the page with an empty cache."""
    context = browser.new_context(viewport={"width": viewport[0], "height": viewport[1]})
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    requests, octets = network.passed()
    page.goto(network.home + PAGE, wait_until="commit")
    page.wait_for_selector("grant-explorer", state="attached")
    ready, first = page.evaluate(READY)
    told = network.passed()
    page.wait_for_timeout(1_500)  # for what is fetched behind the first rows
    return page, Ready(ready / 1000, first / 1000, told[0] - requests, told[1] - octets)


def ask(page: Page, network: Network, name: str, address: str) -> Asked:
    """Ask one question, as a click on a link with this address does."""
    requests, octets = network.passed()
    first, done, count = page.evaluate(ASKED, address)
    told = network.passed()
    return Asked(
        name, None if first is None else first / 1000, done / 1000, told[0] - requests, told[1] - octets, count
    )
