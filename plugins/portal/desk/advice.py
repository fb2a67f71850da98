"""What would make records more useful, apart from what is wrong with them; and what is already good about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..errors import Message, say
from ..package import Field
from .rules import TableRules

Rows = Sequence[Mapping[str, str]]  # cells of whole records, by field


def advice(rows: Rows, rules: TableRules, language: str) -> tuple[Message, ...]:
    """A sentence for every field that the schema gives a reason for and rows leave empty; what most of them lack first.

    Titles and reasons are in the language.
    """
    found = [(field, count) for field, count in _empty(rows, rules) if count]
    return tuple(
        say(
            "{count} of {rows} rows have no “{title}”. {why}",
            count=count,
            rows=len(rows),
            title=field.title.words(language),
            why=rules.why(field.name).words(language),
        )
        for field, count in sorted(found, key=lambda item: -item[1])
    )


def good(rows: Rows, rules: TableRules, language: str) -> tuple[Message, ...]:
    """A sentence for every such field that all rows fill in, in the order of the schema."""
    return tuple(
        say("All rows have “{title}”.", title=field.title.words(language))
        for field, count in _empty(rows, rules)
        if rows and not count
    )


def _empty(rows: Rows, rules: TableRules) -> Iterator[tuple[Field, int]]:
    """Fields that the schema gives a reason for, and how many rows lack them."""
    for field in rules.resource.fields:
        if rules.why(field.name):
            yield field, sum(not row[field.name] for row in rows)
