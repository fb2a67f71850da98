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

    A text becomes the content or the value of an attribute, a Text one element a language, Markup stands in the place
    of its element. An element without any of them is left out.
    """
    return _writer(name, _rows(table), separator="\n")


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


def _writer(step: str, rows: list[Row], separator: str = "") -> Writer:
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
    inner = tuple(_writer(child, fields) for child, fields in below.items())

    def write(*given: Any) -> Markup:
        content = ""
        if own:
            found = own(*given)
            if isinstance(found, Markup):
                return found
            if isinstance(found, Text):
                narratives = [
                    f'{opening} xml:lang="{web_language(language)}">{xml_text(words)}{closing}'
                    for language, words in found.versions
                ]
                return Markup("".join(narratives))
            content = xml_text(found) if found else ""
        if inner:
            parts = [part for part in [child(*given) for child in inner] if part]
            if parts:
                content = separator + separator.join(parts) + separator
        values = [attribute(key, found) for key, value in attributes if (found := value(*given))]
        if not content and not values:
            return NOTHING
        head = opening + "".join(values)
        return Markup(f"{head}>{content}{closing}" if content else f"{head}/>")

    return write
