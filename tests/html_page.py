"""A page of the site as a tree, read with nothing but the standard library."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))


@dataclass(slots=True)
class Element:
    """An element with what is inside it."""

    tag: str
    attributes: dict[str, str]
    line: int
    parent: Element | None = field(default=None, repr=False)
    children: list[Element | str] = field(default_factory=list, repr=False)

    def get(self, name: str) -> str:
        """Value of an attribute; empty when it is not there."""
        return self.attributes.get(name, "")

    @property
    def text(self) -> str:
        """The words inside, with single spaces."""
        return " ".join(" ".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._words()

    def all(self, *tags: str) -> Iterator[Element]:
        """Elements inside, in the order of the page; of these tags, or of any."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def first(self, tag: str, **attributes: str) -> Element | None:
        """The first element inside with this tag and these attributes."""
        wanted = attributes.items()
        return next((one for one in self.all(tag) if all(one.get(name) == value for name, value in wanted)), None)

    @property
    def language(self) -> str:
        """The nearest lang attribute."""
        return self.get("lang") or (self.parent.language if self.parent else "")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site."""

    name: str  # below the site, with forward slashes
    root: Element
    anchors: frozenset[str]  # every id

    def meta(self, name: str) -> str:
        """Content of a meta element, by its name or property."""
        found = (meta for meta in self.root.all("meta") if name in (meta.get("name"), meta.get("property")))
        return next((meta.get("content") for meta in found), "")

    def links(self, rel: str) -> list[Element]:
        """The link elements of a relation."""
        return [link for link in self.root.all("link") if rel in link.get("rel").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = self.open = Element("", {}, 0)
        self.anchors: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0], self.open)
        self.open.children.append(element)
        if element.get("id"):
            self.anchors.add(element.get("id"))
        if tag not in VOID:
            self.open = element

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        element: Element | None = self.open
        while element and element.tag != tag:
            element = element.parent
        if element and element.parent:
            self.open = element.parent

    def handle_data(self, data: str) -> None:
        self.open.children.append(data)


def read_page(name: str, html: str) -> Page:
    """Parse a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Page(name, reader.root, frozenset(reader.anchors))
