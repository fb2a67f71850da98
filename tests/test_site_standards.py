"""What machines read of the site, against the schemas of the standards' own bodies (in the folder “shared”)."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import rnc2rng
from lxml import etree

from tests.html_page import Page

pytestmark = pytest.mark.shared


def test_feeds_are_valid_atom(public_site: Path, shared: Path) -> None:
    compact = rnc2rng.load(str(shared / "schemas/atom/atom.rnc"))
    full = re.sub(r'\s*xmlns:local=""', "", rnc2rng.dumps(compact))  # lxml refuses the empty namespace
    grammar = etree.RelaxNG(etree.fromstring(full.encode()))
    feeds = [
        path
        for kind in ("feeds", "organizations", "programs", "places")
        for path in public_site.glob(f"*/{kind}/*.xml")
    ]
    assert len(feeds) == 3 * (1 + 35 + 11 + 40)  # everything; organizations, programs and places
    for feed in feeds:
        grammar.assertValid(etree.parse(str(feed)))


def test_a_broken_feed_would_be_noticed(public_site: Path, shared: Path) -> None:
    compact = rnc2rng.load(str(shared / "schemas/atom/atom.rnc"))
    grammar = etree.RelaxNG(etree.fromstring(re.sub(r'\s*xmlns:local=""', "", rnc2rng.dumps(compact)).encode()))
    text = (public_site / "en/feeds/changes.xml").read_text(encoding="utf-8")
    assert not grammar.validate(etree.fromstring(text.replace("updated>", "updatd>").encode()))


def test_the_sitemap_is_valid(public_site: Path, shared: Path) -> None:
    """The schema asks to check foreign elements strictly, and has no schema for XHTML links: they are checked below."""
    schema = (shared / "schemas/sitemaps/sitemap.xsd").read_bytes()
    grammar = etree.XMLSchema(etree.fromstring(schema.replace(b'processContents="strict"', b'processContents="lax"')))
    sitemap = etree.parse(str(public_site / "sitemap.xml"))
    grammar.assertValid(sitemap)
    links = sitemap.findall(".//{http://www.w3.org/1999/xhtml}link")
    assert links
    assert all(set(link.attrib) == {"rel", "hreflang", "href"} for link in links)


@pytest.fixture(scope="module")
def vocabulary(shared: Path) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """schema.org: type -> its supertypes with itself; property -> types that may have it."""
    with lzma.open(shared / "schemas/schemaorg/schemaorg-all-https-30.0.jsonld.xz") as stream:
        graph = json.load(stream)["@graph"]
    parents = {_name(item): set(_names(item.get("rdfs:subClassOf"))) for item in graph}
    domains = {_name(item): set(_names(item.get("schema:domainIncludes"))) for item in graph}
    return {name: set(_ancestors(name, parents)) for name in parents}, domains


def test_descriptions_use_types_and_properties_of_schema_org(
    public_pages: dict[str, Page], vocabulary: tuple[dict[str, set[str]], dict[str, set[str]]]
) -> None:
    ancestors, domains = vocabulary
    seen: set[str] = set()
    wrong = set()
    for page in public_pages.values():
        scripts = [script for script in page.root.all("script") if script.get("type") == "application/ld+json"]
        for kind, name in _statements([json.loads(script.text) for script in scripts]):
            seen.add(kind)
            if kind not in ancestors:
                wrong.add(kind)
            elif name and not domains.get(name, set()) & ancestors[kind]:
                wrong.add(f"{kind}.{name}")
    assert wrong == set()
    assert {"Dataset", "DataDownload", "MonetaryGrant", "Organization", "BreadcrumbList"} <= seen


def _statements(data: Any) -> Iterator[tuple[str, str]]:
    if isinstance(data, list):
        for item in data:
            yield from _statements(item)
    elif isinstance(data, dict):
        if "@type" in data:
            yield data["@type"], ""
        for name, value in data.items():
            if not name.startswith("@"):
                yield data["@type"], name
                yield from _statements(value)


def _ancestors(name: str, parents: dict[str, set[str]]) -> Iterator[str]:
    yield name
    for parent in parents.get(name, ()):
        yield from _ancestors(parent, parents)


def _name(item: dict[str, Any]) -> str:
    return str(item["@id"]).removeprefix("schema:")


def _names(value: Any) -> list[str]:
    items = value if isinstance(value, list) else [value] if value else []
    return [_name(item) for item in items]
