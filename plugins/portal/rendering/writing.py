"""Values as they stand in a page. The same as markupsafe, with one call in place of four: a third of a page's time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import markupsafe
from markupsafe import Markup

markup: Callable[[str], Markup] = partial(str.__new__, Markup)  # Markup() also asks what it is given
_escape: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)  # without the call around it
PLAIN = frozenset((int, bool, type(None)))  # nothing in how these are written needs to be escaped
UNMARKED = PLAIN | {str}


def written(value: Any) -> str:
    """A value, escaped unless it is Markup; as plain text, for it is joined to a page and not escaped again."""
    kind = type(value)
    if kind is str:
        return _escape(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind in PLAIN:
        return str(value)
    return markupsafe.escape(value)


def joined(parts: Iterable[Any]) -> str:
    """What `~` makes of values: Markup when one of them is Markup, and then all others are escaped."""
    parts = tuple(parts)
    if UNMARKED.issuperset(map(type, parts)):
        return "".join(map(str, parts))
    for part in parts:
        if hasattr(part, "__html__"):
            return markup("".join(map(written, parts)))
    return "".join(map(str, parts))


def between(before: str, value: Any, after: str) -> str:
    """The same of one value between plain texts, as `joined` takes twice the time."""
    kind = type(value)
    return f"{before}{value}{after}" if kind is str or kind in PLAIN else joined((before, value, after))
