"""A reader drops a file on the page and is told which file of which release it is; over http and from a folder."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FileChooser, FilePayload, Page, expect

from portal.known_files import KnownFile, write_known_files
from tests.browser.conftest import Visit, cleared
from tests.browser.page_types import LANGUAGES
from tests.plugin_site import _serve

NOW = b"id,title\r\nG-1,Kites\r\n"
OLDER = b"id,title\r\nG-1,Kiets\r\n"
UNRELEASED = b"id,title\r\nG-2,Boats\r\n"
DROP = """(element, name) => {
  const data = new DataTransfer();
  data.items.add(new File(["id,title\\r\\nG-1,Kites\\r\\n"], name));
  element.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def portal(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages that verify, and the checksums of two releases and of a file between them."""
    folder = tmp_path_factory.mktemp("portal")
    shutil.copytree(site / "static", folder / "static")
    for language in LANGUAGES:
        (folder / language).mkdir()
        shutil.copy(site / language / "verify.html", folder / language)
    contents = {
        ("2026-11-25.1", "data/releases/2026-11-25.1/grants.csv"): NOW,
        ("2026-11-25.1", "data/grants.csv"): NOW,
        ("2026-10-01.2", "data/releases/2026-10-01.2/grants.csv"): OLDER,
        ("2026-09-01.1", "data/releases/2026-09-01.1/grants.csv"): OLDER,
        ("", "data/boats.csv"): UNRELEASED,
        **{("", f"data/empty-{number:02}.csv"): b"" for number in range(15)},
    }
    files = [KnownFile(*place, hashlib.sha256(content).hexdigest()) for place, content in contents.items()]
    write_known_files(files, folder)
    return folder


@pytest.fixture(scope="module")
def portal_server(portal: Path) -> Iterator[str]:
    yield from _serve(portal)


@pytest.fixture(scope="module")
def tabs(browser: Browser, portal: Path, portal_server: str) -> Iterator[dict[str, Visit]]:
    """Tabs that all tests share, as nothing of an answer stays in the browser."""
    homes = {"http": portal_server, "file": f"{portal.as_uri()}/"}
    contexts = {name: browser.new_context() for name in homes}
    yield {name: Visit(context.new_page(), homes[name]) for name, context in contexts.items()}
    for context in contexts.values():
        context.close()


@pytest.fixture(params=["http", "file"])
def tab(request: pytest.FixtureRequest, tabs: dict[str, Visit]) -> Visit:
    """A visitor of those pages."""
    return cleared(tabs[request.param])


def leave_closed(_: FileChooser) -> None:
    """Choose nothing."""


def choose(page: Page, name: str, content: bytes) -> str:
    """The words of the answer."""
    page.locator("file-verifier input").set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    answer = page.get_by_role("status").locator(".verifier__result")
    expect(answer).to_contain_text("SHA-256")
    return answer.inner_text()


def test_a_file_of_the_newest_release_is_named(tab: Visit) -> None:
    answer = choose(tab.open("en/verify.html"), "my grants.csv", NOW)
    assert "my grants.csv is a file of this portal. It is unchanged:" in answer
    assert "grants.csv of release 2026-11-25.1, as published" in answer
    assert hashlib.sha256(NOW).hexdigest() in answer
    assert tab.faults == []


def test_a_file_that_is_in_several_older_releases_is_named_with_each(tab: Visit) -> None:
    page = tab.open("en/verify.html")
    answer = choose(page, "grants.csv", OLDER)
    assert answer.index("of release 2026-10-01.2") < answer.index("of release 2026-09-01.1")
    assert "2026-11-25.1" not in answer
    link = page.locator(".verifier__result a").first.get_attribute("href")
    assert link == "releases/2026-10-01.2.html"


def test_a_file_between_releases_is_said_to_be_one(tab: Visit) -> None:
    answer = choose(tab.open("en/verify.html"), "boats.csv", UNRELEASED)
    assert "boats.csv as it is published now; it is in no release yet" in answer


def test_a_changed_file_is_not_known_and_the_page_says_why_that_may_be(tab: Visit) -> None:
    page = tab.open("en/verify.html")
    answer = choose(page, "grants.csv", NOW.replace(b"\r\n", b"\n"))
    assert "grants.csv is not a file that this portal published." in answer
    assert "saved again by a program such as Excel" in answer
    assert page.locator(".verifier__result--known").count() == 0
    assert tab.faults == []


def test_a_content_that_stands_in_many_files_names_some_and_counts_the_others(tab: Visit) -> None:
    page = tab.open("en/verify.html")
    answer = choose(page, "empty.csv", b"")
    assert page.locator(".verifier__result li").count() == 13
    assert "The same content stands in 3 more files." in answer


def test_several_files_are_answered_in_their_order(tab: Visit) -> None:
    page = tab.open("en/verify.html")
    files = {"a.csv": NOW, "b.csv": b"other", "c.csv": OLDER}
    payloads: list[FilePayload] = [
        {"name": name, "mimeType": "text/csv", "buffer": content} for name, content in files.items()
    ]
    page.locator("file-verifier input").set_input_files(payloads)
    expect(page.locator(".verifier__sum")).to_have_count(3)
    assert page.locator(".verifier__name").all_inner_texts() == ["a.csv", "b.csv", "c.csv"]
    assert page.locator(".verifier__result--known .verifier__name").all_inner_texts() == ["a.csv", "c.csv"]


@pytest.mark.parametrize("where", ["body", ".verifier__drop"])
def test_a_file_can_be_dropped_anywhere_on_the_page(where: str, tab: Visit) -> None:
    page = tab.open("en/verify.html")
    page.locator(where).evaluate(DROP, "<img src=x onerror=alert(1)>.csv")
    expect(page.locator(".verifier__result--known")).to_contain_text(
        "<img src=x onerror=alert(1)>.csv is a file of this portal"
    )
    assert page.locator("main img").count() == 0
    assert tab.faults == []


def test_a_file_that_is_too_large_for_a_browser_gets_a_sentence(tab: Visit, tmp_path: Path) -> None:
    large = tmp_path / "large.zip"
    with large.open("wb") as stream:
        stream.truncate(2**31)
    page = tab.open("en/verify.html")
    page.locator("file-verifier input").set_input_files(large)
    expect(page.locator(".verifier__result")).to_contain_text("large.zip is larger than 2 GB")


def test_a_list_that_does_not_load_is_said_and_tried_again(
    portal: Path, tmp_path: Path, new_visit: Callable[..., Visit]
) -> None:
    folder = Path(shutil.copytree(portal, tmp_path / "portal"))
    digit = hashlib.sha256(NOW).hexdigest()[0]
    script = folder / f"data/hashes/{digit}.js"
    kept = script.rename(folder / "kept.js")
    page = new_visit(home=f"{folder.as_uri()}/").open("en/verify.html")
    assert "the list of known files could not be loaded" in choose(page, "grants.csv", NOW)
    kept.rename(script)
    page.locator("file-verifier input").set_input_files({"name": "2.csv", "mimeType": "text/csv", "buffer": NOW})
    expect(page.locator(".verifier__result--known")).to_contain_text("2.csv")


def test_a_keyboard_reaches_the_choice_and_its_box_shows_it(tab: Visit) -> None:
    page = tab.open("en/verify.html")
    page.on("filechooser", leave_closed)  # from now on no window of the system opens; it takes Chromium a moment
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('file-verifier input')"):
            break
    assert page.evaluate("document.activeElement.matches('file-verifier input')")
    assert page.evaluate("getComputedStyle(document.querySelector('.verifier__drop')).outlineStyle") == "solid"
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    page.remove_listener("filechooser", leave_closed)
    chooser.value.set_files({"name": "grants.csv", "mimeType": "text/csv", "buffer": NOW})
    expect(page.locator(".verifier__result--known")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_sentence_with_its_values(language: str, tab: Visit) -> None:
    words: dict[str, str] = tab.open(f"{language}/verify.html").evaluate(
        "({...document.querySelector('file-verifier').dataset})"
    )
    lacking = {
        name: "{name}" not in words[name]
        for name in ("reading", "known", "unknown", "tooLarge", "unreadable", "insecure", "noList")
    }
    assert [name for name, lacks in lacking.items() if lacks] == []
    assert ("{file}" in words["released"], "{version}" in words["released"], "{file}" in words["current"]) == (
        True,
    ) * 3
    assert "{number}" in words["more"]


def test_a_file_of_the_site_is_known_to_the_site(site: Path, stick: Visit) -> None:
    page = stick.open("en/verify.html")
    answer = choose(page, "grants.csv", (site / "data/grants.csv").read_bytes())
    assert "data/grants.csv" in answer


def test_without_scripts_the_page_explains_how_by_hand(scriptless: Visit) -> None:
    page = scriptless.open("en/verify.html")
    words = page.locator("main").inner_text()
    for command in ("sha256sum FILE", "shasum -a 256 FILE", "certutil -hashfile FILE SHA256", "Get-FileHash FILE"):
        assert command in words
    assert page.locator("main a[href='../SHA256SUMS']").is_visible()
