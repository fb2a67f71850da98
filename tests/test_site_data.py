"""The files of the built site: valid, unchanged, and equal to the pages that they stand beside."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path

import frictionless
import pytest

from tests.html_page import Page

ROOT = Path(__file__).parent.parent


def test_frictionless_accepts_the_records_as_they_are_written() -> None:
    report = frictionless.Package(str(ROOT / "data/datapackage.yaml")).validate()
    assert report.valid, report.flatten(["place", "message"])


def test_frictionless_accepts_the_published_package(site: Path) -> None:
    report = frictionless.Package(str(site / "data/datapackage.json")).validate()
    assert report.valid, report.flatten(["place", "message"])
    assert report.stats["tasks"] > 40


def test_every_published_file_has_its_checksum(site: Path) -> None:
    lines = (site / "data/SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.relative_to(site / "data").as_posix(): path for path in (site / "data").rglob("*") if path.is_file()}
    made_of_it = {"SHA256SUMS", *(name for name in files if name.startswith("hashes/"))}
    assert set(listed) == set(files) - made_of_it
    wrong = [name for name, digest in listed.items() if hashlib.sha256(files[name].read_bytes()).hexdigest() != digest]
    assert wrong == []


def test_the_checksums_of_the_site_are_those_of_every_file(site: Path) -> None:
    lines = (site / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    files = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    assert set(listed) == set(files) - {"SHA256SUMS"}
    wrong = [name for name, digest in listed.items() if hashlib.sha256(files[name].read_bytes()).hexdigest() != digest]
    assert wrong == []


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("kind", ["organizations", "programs", "places", "spheres", "years"])
def test_the_file_equals_the_screen(kind: str, language: str, site: Path, pages: dict[str, Page]) -> None:
    folder = site / language / kind
    files = sorted(folder.glob("*.csv"))
    assert {file.stem for file in files} == {page.stem for page in folder.glob("*.html")} - {"index"}
    for file in files:
        shown = _grants_on(pages[f"{language}/{kind}/{file.stem}.html"])
        rows = list(csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")))
        assert {row[0] for row in rows[1:]} == shown, file
        assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        content = json.loads(file.with_suffix(".json").read_text(encoding="utf-8"))
        assert {row["id"] for row in content["rows"]} == shown, file


def _grants_on(page: Page) -> set[str]:
    """Identifiers of the grants that stand on a page as cards."""
    cards = [item for item in page.root.all("li") if item.get("class") == "grant-card"]
    links = [link.get("href") for card in cards for link in card.all("h3") for link in link.all("a")]
    return {Path(link).stem for link in links}
