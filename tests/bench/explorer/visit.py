"""A visitor with an empty cache: how long until the page answers, and until each question shows its first row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
  const until = async (is) => {
    while (!is() && performance.now() < 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
    return performance.now();
  };
  return [await until(() => page.index), await until(() => page.querySelector("[data-part=view] [data-grant]"))];
}"""
# Pagefind: words -> seconds since the start of the page, or since the question, at which its first result was there.
RIVAL = """async ([words, isFirst]) => {
  while (!globalThis.ready && performance.now() < 50_000) await new Promise((resolve) => setTimeout(resolve, 5));
  const begun = isFirst ? 0 : performance.now();
  const [, url] = await find(words);
  if (!url) throw new Error("nothing was found");
  return performance.now() - begun;
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
def open_browser(*flags: str) -> Iterator[Browser]:
    """Chromium, started for these measurements alone."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FLAGS, *flags])
        try:
            yield browser
        finally:
            browser.close()


def arrive(browser: Browser, network: Network, viewport: tuple[int, int], address: str = "") -> tuple[Page, Ready]:
    """Open the page with an empty cache. `address` begins with #."""
    page = _empty(browser, viewport)
    requests, octets = network.passed()
    page.goto(f"{network.home}{PAGE}{address}", wait_until="commit")
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


def ask_rival(
    browser: Browser, network: Network, viewport: tuple[int, int], words: Sequence[str]
) -> list[tuple[float, int, int]]:
    """Seconds to Pagefind's first result, octets and requests: of the first word from the start of the page on."""
    page = _empty(browser, viewport)
    found = []
    for at, word in enumerate(words):
        requests, octets = network.passed()
        if not at:
            page.goto(f"{network.home}index.html", wait_until="commit")
        seconds = page.evaluate(RIVAL, [word, not at]) / 1000
        told = network.passed()
        found.append((seconds, told[1] - octets, told[0] - requests))
    page.context.close()
    return found


def _empty(browser: Browser, viewport: tuple[int, int]) -> Page:
    """A tab of somebody who was never here."""
    page = browser.new_context(viewport={"width": viewport[0], "height": viewport[1]}).new_page()
    page.set_default_timeout(PATIENCE)
    return page
