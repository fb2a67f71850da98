"""Every link of the built site leads somewhere, from a domain root, below a sub-path and from a USB stick alike."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from tests.html_page import Element, Page
from tests.plugin_site import PUBLIC_URL, listed

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
ATTRIBUTES = ("href", "src", "poster", "data", "action", "xlink:href")
DATA_ADDRESS = "data:"  # an image written into the page


def addresses(page: Page) -> Iterator[tuple[Element, str]]:
    """Every address that the page names for a browser to follow or load."""
    for element in page.root.all():
        for name in ATTRIBUTES:
            if name in element.attributes:
                yield element, element.get(name)
        for part in element.get("srcset").split(","):
            if part.strip():
                yield element, part.split()[0]


def internal(page: Page) -> Iterator[tuple[Element, str]]:
    """The addresses that lead to a file or an anchor of the site itself."""
    for element, address in addresses(page):
        if not urlsplit(address).scheme:
            yield element, address


def place(page: Page, element: Element, address: str) -> str:
    """Where a fault is, for the one who reads the failed test."""
    return f"{page.name}, line {element.line}: <{element.tag}> {address}"


def target(page: Page, address: str) -> str:
    """The file that a relative address means, as a path below the site."""
    path = unquote(urlsplit(address).path)
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path)) if path else page.name


def test_the_site_has_pages(pages: dict[str, Page]) -> None:
    assert len(pages) > 100


def test_every_internal_address_leads_to_a_file(pages: dict[str, Page], site: Path) -> None:
    lost = [
        place(page, element, address)
        for page in pages.values()
        for element, address in internal(page)
        if not (site / target(page, address)).is_file()
    ]
    assert not lost, listed(lost)


def test_every_anchor_that_a_link_names_exists(pages: dict[str, Page]) -> None:
    lost = []
    for page in pages.values():
        for element, address in internal(page):
            anchor = unquote(urlsplit(address).fragment)
            goal = pages.get(target(page, address))
            if anchor and goal and anchor not in goal.anchors and not means_a_script(goal, anchor):
                lost.append(place(page, element, address))
    assert not lost, listed(lost)


def means_a_script(goal: Page, anchor: str) -> bool:
    """Anchors that only scripts read: the front door's, and the filters of the explore page."""
    return anchor == "choose" or (goal.name.endswith("explore.html") and "=" in anchor)


def test_internal_addresses_are_relative_and_stay_in_the_site(pages: dict[str, Page]) -> None:
    wrong = [
        place(page, element, address)
        for page in pages.values()
        for element, address in internal(page)
        if address.startswith("/") or target(page, address).startswith("..")
    ]
    assert not wrong, listed(wrong)


def test_internal_addresses_name_a_file_and_never_a_folder(pages: dict[str, Page]) -> None:
    wrong = [
        place(page, element, address)
        for page in pages.values()
        for element, address in internal(page)
        if address == "" or address.split("#")[0].endswith(("/", ".", ".."))
    ]
    assert not wrong, listed(wrong)


def test_addresses_that_leave_the_site_are_https_mail_or_data(pages: dict[str, Page]) -> None:
    schemes = {urlsplit(address).scheme for page in pages.values() for _, address in addresses(page)}
    assert schemes <= {"", "https", "http", "mailto", "data"}


def test_no_two_elements_of_a_page_share_an_id(pages: dict[str, Page]) -> None:
    wrong = []
    for name, page in pages.items():
        ids = Counter(element.get("id") for element in page.root.all() if element.get("id"))
        wrong += [f"{name}: {one}" for one, count in ids.items() if count > 1]
    assert not wrong, listed(wrong)


def test_every_page_can_be_reached_by_links_from_the_front_door(pages: dict[str, Page]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        page = pages[name]
        waiting.extend(target(page, address) for element, address in internal(page) if element.tag in ("a", "area"))
    apart = {name for name in pages if name == "404.html" or name.startswith("embed/")}
    lost = set(pages) - reached - apart
    assert not lost, listed(lost)


def below(site: Path, address: str) -> bool:
    """Whether an absolute address of the public site leads to a file of it."""
    return address.startswith(f"{PUBLIC_URL}/") and (site / unquote(address.removeprefix(f"{PUBLIC_URL}/"))).is_file()


def test_public_pages_name_their_own_absolute_address(public_pages: dict[str, Page]) -> None:
    for name, page in public_pages.items():
        if name != "404.html":
            own = {link.get("href") for link in page.links("canonical")} | {page.meta("og:url")}
            assert own == {f"{PUBLIC_URL}/{name}"}, name


def test_public_pages_name_absolute_addresses_of_their_translations(
    public_pages: dict[str, Page], public_site: Path
) -> None:
    for page in public_pages.values():
        for link in page.links("alternate"):
            if link.get("hreflang"):
                assert below(public_site, link.get("href")), (page.name, link.get("href"))


def test_the_sitemap_lists_every_page_once_and_nothing_else(public_pages: dict[str, Page], public_site: Path) -> None:
    found: list[str | None] = []
    for file in sorted(public_site.glob("sitemap*.xml")):
        found.extend(one.text for one in ElementTree.parse(file).iter(f"{SITEMAP}loc"))
    pages_of_it = [address for address in found if address and address.endswith(".html")]
    apart = {name for name in public_pages if name == "404.html" or name.startswith("embed/")}
    assert sorted(pages_of_it) == sorted(f"{PUBLIC_URL}/{name}" for name in set(public_pages) - apart)


def test_the_sitemap_names_translations_that_exist(public_site: Path) -> None:
    for file in public_site.glob("sitemap*.xml"):
        for link in ElementTree.parse(file).iter(f"{XHTML}link"):
            assert below(public_site, link.get("href", "")), link.attrib


def test_the_page_for_lost_visitors_works_at_any_depth(public_pages: dict[str, Page]) -> None:
    page = public_pages["404.html"]
    bad = [place(page, element, address) for element, address in internal(page) if not address.startswith("#")]
    assert not bad, listed(bad)
