"""XML elements from tables of Mapped, with the paths taken apart once and not for every record.

A path stands below the element that is written: “title/narrative”, “value/@currency”, and for an attribute that
never changes “description[@type=1]/narrative”. Fields with the same steps stand in the same element.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from ...text import Text
from ..standards import Mapped

FIXED = re.compile(r"\[@([\w-]+)=([\w-]+)\]")  # an attribute that never changes, in a step of a path
PLAIN = re.compile(r"[ !#-%'-;=?-~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]*").fullmatch  # needs no care
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in any XML 1.0
NOT_A_CHARACTER = "\ufffd"
MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\t": "&#9;"})
LINE = "&#10;"


class Markup(str):
    """XML that stands where it is put as it is: no element or more."""

    __slots__ = ()


NOTHING = Markup()
Writer = Callable[..., Markup]  # takes what each Mapped.value takes
Row = tuple[tuple[str, ...], Callable[..., Any]]  # steps of a path, and the value


def element_writer(name: str, table: Iterable[Mapped]) -> Writer:
    """A function that writes the element `name`, an element of the table a line; the paths stand below it.

    A text becomes the content or the value of an attribute. In an element of which the table has no other field, a
    Text becomes one element a language, and Markup stands in its place. What has no value is left out.
    """
    write = _writer(name, _rows(table), separator="\n")
    return lambda *given: Markup(write(*given))


def pieces_writer(table: Iterable[Mapped]) -> Writer:
    """A function that writes the elements of the table one after the other, without an element around them."""
    below: dict[str, list[Row]] = {}
    for steps, value in _rows(table):
        below.setdefault(steps[0], []).append((steps[1:], value))
    pieces = tuple(_writer(step, rows) for step, rows in below.items())
    return lambda *given: Markup("".join([piece(*given) for piece in pieces]))


def xml_text(text: str) -> str:
    """Text as the content of an element. What XML cannot hold becomes the mark of an unknown character."""
    return text if PLAIN(text) else FORBIDDEN.sub(NOT_A_CHARACTER, text).translate(MARKS)


def attribute(name: str, text: str) -> str:
    """An attribute with a space before it; it keeps its line breaks."""
    value = text if PLAIN(text) else xml_text(text).replace("\n", LINE)
    return f' {name}="{value}"'


@cache
def web_language(language: str) -> str:
    """The code of a language as XML writes it: Babel's zh_Hans is zh-Hans there."""
    return language.replace("_", "-")


def _rows(table: Iterable[Mapped]) -> list[Row]:
    return [(tuple(mapped.theirs.split("/")), mapped.value) for mapped in table]


def _writer(step: str, rows: list[Row], separator: str = "") -> Callable[..., str]:
    name = FIXED.sub("", step)
    opening = f"<{name}" + "".join(attribute(*found) for found in FIXED.findall(step))
    closing = f"</{name}>"
    own: Callable[..., Any] | None = None
    attributes: list[tuple[str, Callable[..., Any]]] = []
    below: dict[str, list[Row]] = {}
    for steps, value in rows:
        if not steps:
            own = value
        elif steps[0].startswith("@"):
            attributes.append((steps[0].removeprefix("@"), value))
        else:
            below.setdefault(steps[0], []).append((steps[1:], value))
    if own and not attributes and not below:
        return _content_writer(opening, closing, own)
    if len(attributes) == 1 and not own and not below:
        return _attribute_writer(opening, *attributes[0])
    inner = [_writer(child, fields) for child, fields in below.items()]

    def write(*given: Any) -> str:
        content = (own and own(*given)) or ""
        if content:
            content = xml_text(content)
        elif inner:
            parts = [part for child in inner if (part := child(*given))]
            if parts:
                content = separator + separator.join(parts) + separator
        values = ""
        for key, value in attributes:
            found = value(*given)
            if found:
                values += attribute(key, found)
        if content:
            return f"{opening}{values}>{content}{closing}"
        return f"{opening}{values}/>" if values else ""

    return write


def _attribute_writer(opening: str, key: str, value: Callable[..., Any]) -> Callable[..., str]:
    """An element that has nothing but one attribute. Half of all are such, and this writes them twice as fast."""

    def write(*given: Any) -> str:
        found = value(*given)
        return f"{opening}{attribute(key, found)}/>" if found else ""

    return write


def _content_writer(opening: str, closing: str, value: Callable[..., Any]) -> Callable[..., str]:
    """An element that has nothing but what is in it: a text, a Text, or Markup in its place."""

    def write(*given: Any) -> str:
        found = value(*given)
        if isinstance(found, Text):
            narratives = [
                f'{opening} xml:lang="{web_language(language)}">{xml_text(words)}{closing}'
                for language, words in found.versions
            ]
            return "".join(narratives)
        if isinstance(found, Markup) or not found:
            return found or ""
        return f"{opening}>{xml_text(found)}{closing}"

    return write
