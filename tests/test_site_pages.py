"""What every page of the built site has: for people who listen, for search engines, and for safety."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

import pytest

from tests.html_page import Element, Page
from tests.plugin_site import listed
from tests.test_site_links import target

LANGUAGES = ("ky", "ru", "en")
ROOT_PAGES = ("index.html", "404.html")  # of no language, or of all
CYRILLIC = range(0x0400, 0x0530)
DATA = ("application/ld+json", "application/json")  # types of scripts that no browser runs
LOADING = {
    "link": "href",
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "image": "href",
    "use": "href",
}


def in_language(pages: dict[str, Page]) -> Iterator[tuple[str, Page]]:
    """(language, page) of every page below a language's folder."""
    for name, page in pages.items():
        folder = name.split("/")[0]
        if folder in LANGUAGES:
            yield folder, page


def head(page: Page) -> Element:
    found = page.root.first("head")
    assert found, page.name
    return found


def test_every_page_says_its_language(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        html = page.root.first("html")
        assert html, name
        if name not in ROOT_PAGES:
            assert html.get("lang") == name.split("/")[0], name
        else:
            assert html.get("lang") in LANGUAGES, name


def test_every_page_has_one_heading_of_the_first_rank(pages: dict[str, Page]) -> None:
    wrong = {name: count for name, page in pages.items() if (count := len(list(page.root.all("h1")))) != 1}
    assert wrong == {}


def test_headings_do_not_skip_a_rank(pages: dict[str, Page]) -> None:
    wrong = []
    for name, page in pages.items():
        headings = list(page.root.all("h1", "h2", "h3", "h4", "h5", "h6"))
        wrong += [f"{name}: {b.text}" for a, b in pairwise(headings) if int(b.tag[1]) > int(a.tag[1]) + 1]
    assert not wrong, listed(wrong)


@pytest.mark.parametrize("what", ["title", "description"])
def test_every_page_has_words_of_its_own_for_search_engines(what: str, pages: dict[str, Page]) -> None:
    names: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for language, page in in_language(pages):
        title = head(page).first("title")
        words = (title.text if title else "") if what == "title" else page.meta("description")
        assert words.strip(), f"{page.name} has no {what}"
        names[language, words].append(page.name)
    wrong = [f"{', '.join(same)}: {words}" for (_, words), same in names.items() if len(same) > 1]
    assert not wrong, listed(wrong)


def test_every_page_names_the_same_page_in_every_language(pages: dict[str, Page]) -> None:
    for language, page in in_language(pages):
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.links("alternate") if link.get("hreflang")
        }
        assert set(alternates) - {"x-default"} == set(LANGUAGES), page.name
        rest = page.name.removeprefix(language)
        for other in LANGUAGES:
            assert target(page, alternates[other]) == f"{other}{rest}", page.name


def test_every_page_is_there_in_every_language(pages: dict[str, Page]) -> None:
    by_language = {language: {name[3:] for name in pages if name.startswith(f"{language}/")} for language in LANGUAGES}
    assert by_language["ky"] == by_language["ru"] == by_language["en"]


def test_every_page_tells_what_a_shared_link_shows(pages: dict[str, Page]) -> None:
    for _, page in in_language(pages):
        for name in ("og:title", "og:type", "og:description"):
            assert page.meta(name), (page.name, name)
    for name, page in pages.items():
        assert page.meta("viewport"), name


def test_public_pages_name_themselves(public_pages: dict[str, Page]) -> None:
    for _, page in in_language(public_pages):
        assert page.meta("og:url"), page.name
        assert len(page.links("canonical")) == 1, page.name


def structured(page: Page) -> list[Element]:
    return [script for script in page.root.all("script") if script.get("type") == "application/ld+json"]


def test_every_page_describes_itself_to_machines(pages: dict[str, Page]) -> None:
    for _, page in in_language(pages):
        scripts = structured(page)
        assert scripts, page.name
        for script in scripts:
            description = json.loads("".join(str(child) for child in script.children))
            things = description.get("@graph", [description]) if isinstance(description, dict) else description
            assert all(thing.get("@type") for thing in things), page.name


def test_structured_data_cannot_close_its_script(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for script in structured(page):
            assert not set("".join(str(child) for child in script.children)) & set("<>"), name


def test_the_first_thing_in_a_page_leads_past_the_navigation(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        body = page.root.first("body")
        first = next((one for one in body.all("a", "button", "input", "summary", "select")), None) if body else None
        main = page.root.first("main")
        assert first and main, name
        assert first.tag == "a" and first.get("href") == f"#{main.get('id')}", name


def test_every_page_but_home_shows_the_way_back(pages: dict[str, Page]) -> None:
    without = [
        page.name
        for language, page in in_language(pages)
        if page.name != f"{language}/index.html"
        and not any("crumbs" in part.get("class") for nav in page.root.all("nav") for part in (nav, *nav.all("ol")))
    ]
    assert not without, listed(without)


def test_the_security_policy_comes_before_anything_it_governs(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        first = next(element for element in head(page).all() if "charset" not in element.attributes)
        assert first.get("http-equiv").lower() == "content-security-policy", name
        policy = {part.split()[0]: part.split()[1:] for part in first.get("content").split(";") if part.strip()}
        assert policy["default-src"] == ["'none'"], name
        assert "'unsafe-inline'" not in first.get("content") and "'unsafe-eval'" not in first.get("content"), name


def test_no_page_carries_a_style_or_a_script_inside(pages: dict[str, Page]) -> None:
    wrong = []
    for name, page in pages.items():
        for element in page.root.all():
            inside = element.tag == "style" or (element.tag == "script" and not element.get("src"))
            handler = any(attribute == "style" or attribute.startswith("on") for attribute in element.attributes)
            if handler or (inside and element.get("type") not in DATA):
                wrong.append(f"{name}, line {element.line}: <{element.tag}>")
    assert not wrong, listed(wrong)


def test_no_page_loads_anything_from_elsewhere(pages: dict[str, Page]) -> None:
    wrong = []
    for name, page in pages.items():
        for element in page.root.all(*LOADING):
            address = urlsplit(element.get(LOADING[element.tag]))
            names_itself = element.tag == "link" and not {"stylesheet", "icon", "preload", "manifest"} & set(
                element.get("rel").split()
            )
            if address.netloc and not names_itself:
                wrong.append(f"{name}, line {element.line}: {address.geturl()}")
    assert not wrong, listed(wrong)


def is_mostly_cyrillic(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return sum(ord(letter) in CYRILLIC for letter in letters) > len(letters) / 2


def test_words_in_another_script_are_marked_with_their_language(pages: dict[str, Page]) -> None:
    """Cyrillic on an English page: a screen reader must know that the voice changes. A term inside a note may stay."""
    wrong = set()
    for name, page in pages.items():
        body = page.root.first("body")
        for element in body.all() if body else ():
            own = " ".join(" ".join(child for child in element.children if isinstance(child, str)).split())
            if element.tag != "script" and element.language == "en" and is_mostly_cyrillic(own):
                wrong.add(f"{name}, line {element.line}: <{element.tag}> {own[:80]}")
    assert not wrong, listed(wrong)


def test_every_image_says_what_it_shows(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for image in page.root.all("img"):
            assert "alt" in image.attributes, (name, image.line)
        for drawing in page.root.all("svg"):
            if is_pattern(drawing):
                continue
            named = drawing.get("aria-labelledby") or drawing.get("aria-label")
            assert drawing.get("aria-hidden") == "true" or named, (name, drawing.line)


def is_pattern(element: Element) -> bool:
    """Whether it is in a template, to be filled by a script; browser tests look at what comes of it."""
    around = element.parent
    return around is not None and (around.tag == "template" or is_pattern(around))


def test_every_table_has_headings(pages: dict[str, Page]) -> None:
    wrong = [
        f"{name}, line {table.line}"
        for name, page in pages.items()
        for table in page.root.all("table")
        if not table.first("th")
    ]
    assert not wrong, listed(wrong)


def test_records_cannot_bring_markup_of_their_own(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for element in page.root.all("script"):
            assert element.get("src") or element.get("type") in DATA, (name, element.line)
        for link in page.root.all("a"):
            assert urlsplit(link.get("href")).scheme in ("", "https", "http", "mailto"), (name, link.get("href"))
