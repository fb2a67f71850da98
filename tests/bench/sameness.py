"""Whether two pages say the same: their text, links, descriptions and data for machines, but for blanks."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

NOT_SHOWN = ("style",)
DATA = "application/ld+json"
KEPT = ("href", "content", "src", "lang", "aria-label", "class")
BLANKS = re.compile(r"\s+")


def differences(ours: str, theirs: str) -> list[str]:
    """Lines of a diff; empty for pages that say the same."""
    lines = difflib.unified_diff(said(ours), said(theirs), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


def said(page: str) -> list[str]:
    """Everything that a page says, a line a text or an element with attributes."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return list(_joined(reader.parts))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[tuple[bool, str]] = []  # (whether it is text, words)
        self.kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the attributes say."""
        values = dict(attrs)
        self.kind = (values.get("type") or "script") if tag == "script" else tag
        kept = [f"{name}={values[name]}" for name in KEPT if values.get(name)]
        self.parts.append((False, " ".join([tag, *kept])))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (the base class gives it)
        """What follows is no longer part of a script."""
        self.kind = ""

    def handle_data(self, data: str) -> None:
        """Keep text; data for machines in one order."""
        if self.kind == DATA:
            data = _in_one_order(data)
        if self.kind not in NOT_SHOWN:
            self.parts.append((True, data))


def _in_one_order(data: str) -> str:
    try:
        return json.dumps(json.loads(data), sort_keys=True, ensure_ascii=False)
    except ValueError:  # no JSON: a difference, which is shown as it is
        return data


def _joined(parts: Iterable[tuple[bool, str]]) -> Iterator[str]:
    for is_text, words in parts:
        bare = BLANKS.sub(" ", words).strip()
        if bare or not is_text:
            yield bare
