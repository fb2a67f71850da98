"""Identifiers for records that come without one: readable, and the same whenever the same row comes.

An identifier is made of the identity of the record, the fields that the schema lists as `identity`:

    <first reference or code among them>-<year, if one is among them>-<8 hexadecimal digits>

and of the name of the table where no reference is filled in: GOV-001-2026-5f1c9a04, organizations-5f1c9a04. The digits
are the first ones of the SHA-256 of the values in the order of the schema, free texts folded, joined by line feeds, in
UTF-8. Rows of one identity are numbered in the order of the file: the second ends in -2. Only a row whose identifier
belongs to a record that contradicts it gets four more of the digits.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from ..checks.words import fold, prose_columns
from .rules import TableRules

DIGITS = 8
MORE_DIGITS = 4
YEAR = "year"
NO_LETTER = re.compile(r"[^A-Za-z0-9._-]+")

Identity = tuple[str, ...]  # a value a field of TableRules.identity, empty where there is none


def identity_of(cells: Mapping[str, str], rules: TableRules) -> Identity:
    """What tells the record from others: free texts folded, everything else as it is written."""
    prose = prose_columns(rules.resource)
    return tuple(fold(cells.get(name, "")) if name in prose else cells.get(name, "") for name in rules.identity)


def identifiers(identity: Identity, rules: TableRules) -> Iterator[str]:
    """The identifiers that a record of this identity may have, without its number; the first is the usual one."""
    digest = hashlib.sha256("\n".join(identity).encode()).hexdigest()
    values = dict(zip(rules.identity, identity, strict=True))
    references = (values[name] for name in rules.identity if rules.resource.by_name[name].refers_to)
    readable = next((value for value in references if value), rules.resource.name)
    start = [NO_LETTER.sub("-", readable).strip("._-") or rules.resource.name, values.get(YEAR, "")]
    for digits in range(DIGITS, len(digest) + 1, MORE_DIGITS):
        yield "-".join(part for part in (*start, digest[:digits]) if part)


def numbered(identifier: str, number: int) -> str:
    """The identifier of the first, second, third… record of one identity."""
    return identifier if number == 1 else f"{identifier}-{number}"
