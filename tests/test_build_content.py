"""Markdown pages that only some languages have, or that are called like another page; and a cache that is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from portal.exports import Job
from portal.render import Renderer
from tests.html_page import Page, read_page
from tests.large_tiny import Workshop, built_quickly, open_workshop, room_for_all
from tests.plugin_site import ROOT
from tests.test_explore_lists import site_of
from tests.test_site_links import SITEMAP, XHTML, internal, target

ADDRESS = "https://example.org"
PUBLIC = f"SITEURL = {ADDRESS!r}"


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    """Records and Markdown pages, to be built quickly."""
    with built_quickly(), room_for_all():
        yield open_workshop(tmp_path)


def write(workshop: Workshop, language: str, slug: str) -> None:
    text = f"Title: The page {slug}\nDescription: Of {slug}.\n\nWords.\n"
    (workshop.content / language / "pages" / f"{slug}.md").write_text(text, encoding="utf-8")


def read(site: Path, name: str) -> Page:
    return read_page(name, (site / name).read_text("utf-8"))


def choices(page: Page) -> list[tuple[str, str]]:
    """(language, file) of what a reader can choose; the language of the page itself has no link."""
    return [
        (element.get("hreflang"), target(page, address))
        for element, address in internal(page)
        if element.tag == "a" and element.get("hreflang")
    ]


def translations(page: Page) -> dict[str, str]:
    return {link.get("hreflang"): link.get("href") for link in page.links("alternate") if link.get("hreflang")}


def test_a_page_of_one_language_names_no_translations(workshop: Workshop) -> None:
    write(workshop, "eo", "own")
    write(workshop, "eo", "both")
    write(workshop, "en", "both")
    site = workshop.build(more=PUBLIC)
    own, both = read(site, "eo/own.html"), read(site, "eo/both.html")
    assert not (site / "en/own.html").exists()
    assert translations(own) == {"eo": f"{ADDRESS}/eo/own.html", "x-default": f"{ADDRESS}/index.html"}
    assert translations(both) == {
        **{language: f"{ADDRESS}/{language}/both.html" for language in ("eo", "en")},
        "x-default": f"{ADDRESS}/index.html",
    }
    assert choices(own) == [("en", "en/index.html")]
    assert choices(both) == [("en", "en/both.html")]
    assert [target(own, address) for _, address in internal(own) if not (site / target(own, address)).is_file()] == []
    listed = {
        one.findtext(f"{SITEMAP}loc"): [link.get("href") for link in one.iter(f"{XHTML}link")]
        for one in ElementTree.parse(site / "sitemap.xml").iter(f"{SITEMAP}url")
    }
    assert listed[f"{ADDRESS}/eo/own.html"] == [f"{ADDRESS}/eo/own.html"]
    assert listed[f"{ADDRESS}/eo/both.html"] == [f"{ADDRESS}/eo/both.html", f"{ADDRESS}/en/both.html"]
    assert f"{ADDRESS}/en/own.html" not in listed


@pytest.mark.parametrize("slug", ["data", "index"])
def test_a_page_that_would_replace_another_one_is_refused(
    slug: str, workshop: Workshop, capsys: pytest.CaptureFixture[str]
) -> None:
    write(workshop, "eo", slug)
    with pytest.raises(SystemExit):
        workshop.build()
    said = f"Another page of the site is eo/{slug}.html already. Rename the page “{slug}” of content/eo/pages/."
    assert said in capsys.readouterr().err
    assert not workshop.output.exists()


def test_a_site_is_built_without_a_cache(workshop: Workshop) -> None:
    (workshop.folder / "notes").write_text("notes", encoding="utf-8")
    site = workshop.build(more=f"CACHE_PATH = {str(workshop.folder / 'notes')!r}")
    assert (site / "eo/data.html").is_file()
    assert (workshop.folder / "notes").read_text("utf-8") == "notes"


@pytest.mark.parametrize("place", ["kept", "notes", "notes/templates", "nowhere/templates"])
def test_a_page_is_the_same_without_a_cache(place: str, job: Job, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "notes").write_text("notes", encoding="utf-8")
    (tmp_path / "nowhere").symlink_to(tmp_path / "no/where")
    site = site_of(job)
    usual, other = (
        Renderer(site, [ROOT / "theme/templates"], tmp_path / kept)(site.page("verify.html", "verify.html", "eo"))
        for kept in ("kept", place)
    )
    assert other == usual
