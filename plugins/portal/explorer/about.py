"""What the index is made from, and what was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..package import Field

ROWS = 64  # grants a file of rows
WINDOW = 65_536  # grants a file of a column
LIST = 8_192  # numbers a file of a list
INSIDE = 1_200  # numbers of a list that still stand in the file of its key
SHARD = 24_000  # letters of a file of keys
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
    window: int = WINDOW
    rows: int = ROWS


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was made."""

    inline: Mapping[str, str] | None  # path -> JSON of a small one; None for one whose files were written
    files: int
    octets: int
