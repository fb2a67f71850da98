"""How pages and files are cited: BibTeX that LaTeX reads, CSL-JSON that Zotero reads, with version and address."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from portal.citation import Cited, cite
from tests.html_page import Page

PAGE = Cited(
    kind="webpage",
    title="Kites & lamps 100% {new}",
    portal="Grants of Fantasia",
    version="2025-03-01.1",
    day=date(2025, 3, 1),
    address="https://example.org/g/en/grants/G-1.html",
    permanent="https://example.org/g/en/releases/2025-03-01.1.html",
    licence="CC0 1.0",
    language="en",
)


def test_bibtex_has_version_address_and_the_address_that_stays() -> None:
    assert cite(PAGE).bibtex == (
        "@misc{example-org-g-en-grants-g-1-html-2025-03-01.1,\n"
        "  title = {{Kites \\& lamps 100\\% \\{new\\}}},\n"
        "  author = {{Grants of Fantasia}},\n"
        "  year = {2025},\n"
        "  month = mar,\n"
        "  version = {2025-03-01.1},\n"
        "  url = {https://example.org/g/en/releases/2025-03-01.1.html},\n"
        "  note = {CC0 1.0},\n"
        "  language = {en},\n"
        "  howpublished = {\\url{https://example.org/g/en/grants/G-1.html}},\n"
        "}"
    )


def test_csl_is_one_item_with_the_same_facts() -> None:
    (item,) = json.loads(cite(PAGE).csl)
    assert item["type"] == "webpage"
    assert item["title"] == PAGE.title
    assert item["version"] == "2025-03-01.1"
    assert item["issued"] == {"date-parts": [[2025, 3, 1]]}
    assert item["URL"] == PAGE.permanent


def test_what_is_not_released_has_no_address_that_stays() -> None:
    citation = cite(replace(PAGE, permanent=None, version="2025-03-01-unreleased"))
    assert "url = {https://example.org/g/en/grants/G-1.html}" in citation.bibtex
    assert "howpublished" not in citation.bibtex


def test_every_page_says_how_to_cite_it(public_pages: dict[str, Page], public_site: Path) -> None:
    """All but the front door, which speaks three languages at once, and the page for lost addresses."""
    lacking = [
        name for name, page in public_pages.items() if not any("@misc{" in code.text for code in page.root.all("code"))
    ]
    assert sorted(lacking) == ["404.html", "index.html"]
    page = (public_site / "ru/grants/KGA-001.html").read_text("utf-8")
    assert re.search(r"https://example\.org/repository/ru/grants/KGA-001\.html", page)


def test_every_table_says_how_to_cite_it(public_pages: dict[str, Page]) -> None:
    page = public_pages["en/data.html"]
    codes = " ".join(code.text for code in page.root.all("code"))
    for table in ("grants", "organizations", "totals"):
        assert f"{table}.csv" in codes
