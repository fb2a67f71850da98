"""What the index is made from, and what was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..package import Field

ROWS = 64  # grants a file of rows
WINDOW = 65_536  # grants a file of a column,
FIRST = 8_192  # but for the first, of which a reader sees the first rows
LIST = 8_192  # numbers a file of a list
INSIDE = 1_200  # numbers of a list that still stand in the file of its key,
FIRSTS = 400  # and those of the first window of a longer one
SHARD = 10_000  # letters of a file of keys
VALUES = 64  # values a file: each row shown asks for one
IDS = 1_500  # identifiers a file
FORMAT = 1  # of the files; the page and the index of one build belong together


@dataclass(frozen=True, slots=True)
class About:
    """The site whose grants are indexed."""

    languages: tuple[str, ...]
    version: str  # of the records
    currency: str
    fields: tuple[Field, ...]  # of a grant, in the order of the schema
    other_words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # table -> key -> words beside its names
    window: int = WINDOW
    first: int = FIRST
    rows: int = ROWS

    def windows(self, grants: int) -> tuple[int, ...]:
        """The first number of each window of so many grants."""
        if grants <= 2 * self.first:
            return (0,)
        return (0, self.first, *range(self.window, grants, self.window))


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was made."""

    inline: Mapping[str, str] | None  # path -> JSON of a small one; None for one whose files were written
    files: int
    octets: int
