"""After one visit the explore page opens without a connection; a button keeps all of it, and takes it away again."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.plugin_site import ROOT, SUB_PATH, SubPathHandler

pytestmark = pytest.mark.long

EXPLORE = "en/explore.html"
ALL, SOUGHT, FOUND = "19 grants", "waste disposal", "1 grant"
INLINE = re.compile(r'<script type="application/json" id="explorer-index">(.*?)</script>', re.DOTALL)
KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys()) {
    found.push(...(await (await caches.open(name)).keys()).map(({ url }) => url));
  }
  return found;
}"""
LOAD = """path => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  globalThis.explorer = (path, value) => resolve(value);
  script.onerror = () => reject(new Error(path));
  script.src = path;
  document.head.append(script);
})"""
(REST,) = re.findall(r"const REST = (\d+);", (ROOT / "theme/static/js/explorer/offline.js").read_text("utf-8"))
SHORT = 300  # milliseconds
# The pause of the page before it keeps itself, made short; isRested: whether it is over.
HURRY = f"""{{
  const wait = globalThis.setTimeout;
  const end = (then) => () => {{ then(); globalThis.isRested = true; }};
  globalThis.setTimeout = (then, time, ...given) => {{
    if (time !== {REST}) return wait(then, time, ...given);
    globalThis.isRested = false;
    return wait(end(then), {SHORT});
  }};
}}"""


@dataclass(slots=True)
class Portal:
    """A copy of the pages that these tests need, and its server, which can be cut off."""

    folder: Path
    server: ThreadingHTTPServer

    @property
    def home(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}{SUB_PATH}"

    def cut(self) -> None:
        """From now on the portal cannot be reached."""
        self.server.shutdown()
        self.server.server_close()

    def write(self, path: str, value: Any) -> None:
        """A part of the index."""
        file = self.folder / "explore" / f"{path}.js"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"explorer({json.dumps(path)}, {json.dumps(value)});\n", encoding="utf-8")


@pytest.fixture
def portal(site: Path, tmp_path: Path) -> Iterator[Portal]:
    folder = tmp_path / "site"
    for path in (EXPLORE, "en/data.html", "service-worker.js", "404.html"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(site / path, folder / path)
    for path in ("static", "explore"):
        shutil.copytree(site / path, folder / path)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SubPathHandler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield Portal(folder, server)
    server.shutdown()
    server.server_close()


@pytest.fixture
def in_files(portal: Portal) -> Portal:
    """The same portal as if its index were too large to stand in the page."""
    file = portal.folder / EXPLORE
    text = file.read_text("utf-8")
    found = INLINE.search(text)
    assert found
    parts = json.loads(found[1])
    for path, value in parts.items():
        portal.write(path, value)
    portal.write("files", {"octets": len(found[1]), "paths": list(parts)})
    text = INLINE.sub("", text).replace('class="explorer-offline"', 'class="explorer-offline" data-whole')
    file.write_text(text, encoding="utf-8")
    return portal


def visited(visit: Visit, address: str = EXPLORE) -> Page:
    """The explore page, when the worker has kept what it loaded."""
    page = visit.open(address)
    expect(page.locator(".explorer-offline")).to_be_visible()
    return page


def search(page: Page, words: str) -> None:
    page.locator("[data-part=query]").fill(words)


def told(page: Page, words: str) -> None:
    """It stands there for the reader to see."""
    expect(page.locator(".explorer-offline").get_by_text(words)).to_be_visible()


def count(page: Page) -> Any:
    return expect(page.locator("[data-part=count]"))


def part_of(page: Page, portal: Portal, path: str) -> Any:
    """What a part of the index says, as the page would get it."""
    return page.evaluate(LOAD, f"{portal.home}explore/{path}.js")


def stays_without_the_button(page: Page) -> None:
    """Also after the pause, if there is one."""
    page.wait_for_timeout(SHORT)
    page.wait_for_function("globalThis.isRested !== false")
    page.wait_for_timeout(SHORT)  # what follows it needs a moment
    assert page.locator(".explorer-offline").is_hidden()


NewVisit = Callable[..., Visit]


@pytest.fixture
def hurried(new_visit: NewVisit) -> NewVisit:
    """Makes a visitor whose pages begin to keep themselves soon; one test waits as long as a reader would."""

    def make(home: str) -> Visit:
        visit = new_visit(home)
        visit.page.add_init_script(HURRY)
        return visit

    return make


def test_after_the_first_visit_the_page_opens_and_searches(portal: Portal, new_visit: NewVisit) -> None:
    visit = new_visit(portal.home)
    page = visited(visit)
    assert visit.faults == []
    portal.cut()
    page.reload()
    count(page).to_have_text(ALL)
    search(page, SOUGHT)
    count(page).to_have_text(FOUND)
    page.locator("a[data-grant]").first.click()
    expect(page.locator("[data-part=content]")).to_contain_text("Batken")


def test_the_browser_itself_may_be_offline(portal: Portal, hurried: NewVisit) -> None:
    page = visited(hurried(portal.home))
    page.context.set_offline(True)
    page.goto(f"{portal.home}{EXPLORE}#q={SOUGHT}")
    count(page).to_have_text(FOUND)


def test_every_page_that_was_visited_stays(portal: Portal, hurried: NewVisit) -> None:
    visit = hurried(portal.home)
    visited(visit)
    visit.open("en/data.html")
    portal.cut()
    assert visit.open("en/data.html").locator("h1").is_visible()


def test_a_download_is_not_kept(portal: Portal, hurried: NewVisit) -> None:
    (portal.folder / "en/years").mkdir()
    (portal.folder / "en/years/2019.csv").write_text("id\n", encoding="utf-8")
    page = visited(hurried(portal.home))
    with page.expect_download():
        page.evaluate("location.href = 'years/2019.csv'")
    assert [address for address in page.evaluate(KEPT) if address.endswith(".csv")] == []


def test_the_button_keeps_all_and_takes_it_away(in_files: Portal, hurried: NewVisit) -> None:
    visit = hurried(in_files.home)
    page = visited(visit)
    button = page.get_by_role("button", name="Keep this page for use without a connection (about ")
    button.click()
    told(page, "Available without a connection (version 20")
    kept = page.evaluate(KEPT)
    listed = json.loads((in_files.folder / "explore/files.js").read_text("utf-8").split(",", 1)[1][:-3])["paths"]
    assert {f"{in_files.home}explore/{path}.js" for path in [*listed, "download.en"]} <= set(kept)
    assert visit.faults == []
    page = visited(visit)
    told(page, "Available without a connection")
    page.get_by_role("button", name="Remove it from this device").click()
    expect(button).to_be_visible()
    assert page.evaluate(KEPT) == []


def test_all_that_is_kept_is_found_without_a_connection(in_files: Portal, hurried: NewVisit) -> None:
    page = visited(hurried(in_files.home))
    page.get_by_role("button", name="Keep this page").click()
    told(page, "Available without a connection")
    in_files.cut()
    page.reload()
    search(page, SOUGHT)
    count(page).to_have_text(FOUND)


def test_a_connection_that_breaks_is_said(in_files: Portal, hurried: NewVisit) -> None:
    page = visited(hurried(in_files.home))
    in_files.write("files", {"octets": 1, "paths": ["meta", "t/99"]})
    page.get_by_role("button", name="Keep this page").click()
    told(page, "Not everything could be kept")
    expect(page.get_by_role("button", name="Keep this page")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Keep this page")).to_be_visible()


def test_parts_come_from_the_device_while_the_index_is_the_same(in_files: Portal, hurried: NewVisit) -> None:
    page = visited(hurried(in_files.home))
    in_files.write("x/1", "old")
    assert part_of(page, in_files, "x/1") == "old"
    page.wait_for_function(f"async () => (await ({KEPT})()).some((address) => address.endsWith('/x/1.js'))")
    in_files.write("x/1", "new")
    assert part_of(page, in_files, "x/1") == "old"
    meta = in_files.folder / "explore/meta.js"
    meta.write_text(meta.read_text("utf-8") + "\n", encoding="utf-8")
    page.reload()
    count(page).to_have_text(ALL)
    assert part_of(page, in_files, "x/1") == "new"


def test_a_newer_version_takes_the_place_of_the_kept_one(in_files: Portal, hurried: NewVisit) -> None:
    visit = hurried(in_files.home)
    page = visited(visit)
    page.get_by_role("button", name="Keep this page").click()
    told(page, "Available without a connection")
    for path in ("service-worker.js", EXPLORE, "explore/meta.js"):
        file = in_files.folder / path
        text = re.sub(r"20\d\d-\d\d-\d\d[.\d]*(-unreleased)?(?=[`\"). ])", "2099-01-01.1", file.read_text("utf-8"))
        file.write_text(text, encoding="utf-8")
    page.reload()
    told(page, "An older version is kept on this device")
    page.wait_for_function(
        "async () => (await caches.keys()).every((name) => name.includes('2099') || name.endsWith(' kept'))"
    )
    page.get_by_role("button", name="Keep this page").click()
    told(page, "Available without a connection (version 2099-01-01.1)")


def test_another_portal_on_the_same_host_keeps_its_own(portal: Portal, hurried: NewVisit) -> None:
    page = visited(hurried(portal.home))
    other = f"{portal.home}below/ 1"
    page.evaluate("name => caches.open(name)", other)
    page.get_by_role("button", name="Keep this page").click()
    page.get_by_role("button", name="Remove it from this device").click()
    expect(page.get_by_role("button", name="Keep this page")).to_be_visible()
    assert page.evaluate("caches.keys()") == [other]


@pytest.mark.parametrize(
    "refusal",
    [
        "navigator.serviceWorker.register = () => Promise.reject(new DOMException('', 'SecurityError'))",
        "Object.defineProperty(globalThis, 'caches', { get() { throw new DOMException('', 'SecurityError'); } })",
        "delete Navigator.prototype.serviceWorker",
    ],
    ids=["no worker may come", "nothing may be kept", "an old browser"],
)
def test_a_browser_that_keeps_nothing_shows_the_page_without_the_button(
    refusal: str, portal: Portal, hurried: NewVisit
) -> None:
    visit = hurried(portal.home)
    visit.page.add_init_script(refusal)
    page = visit.open(EXPLORE)
    count(page).to_have_text(ALL)
    stays_without_the_button(page)
    assert visit.faults == []


def test_a_page_from_a_folder_has_no_button(site: Path, hurried: NewVisit) -> None:
    visit = hurried(f"{site.as_uri()}/")
    page = visit.open(EXPLORE)
    count(page).to_have_text(ALL)
    stays_without_the_button(page)
    assert visit.faults == []
