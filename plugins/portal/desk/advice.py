"""What would make records more useful, apart from what is wrong with them; and what is already good about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..cells import number_text
from ..errors import Message, say
from ..package import Field
from .grid import column_letter
from .model import Layout
from .rules import Rules, TableRules

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


def assumed(fields: Iterable[str], table: str, rules: Rules, language: str) -> Iterator[Message]:
    """A sentence for every field that a sheet has no column for, with what new records have there instead."""
    own = rules.by_table[table]
    for field in own.resource.fields:
        if field.name in fields:
            value = own.assumed[field.name]
            label = rules.label(field.refers_to, value).words(language) if field.refers_to else value
            title = field.title.words(language)
            yield say("The sheet has no column “{field}”: new records get “{value}”.", field=title, value=label)


def understood(layout: Layout) -> Iterator[Message]:
    """A sentence for every column whose amounts are in thousands or the like: a factor is never taken in silence."""
    for column in layout.columns:
        if column.scale != 1:
            yield say(
                "Sheet “{sheet}”, column {column}, “{title}”: every amount is multiplied by {scale}.",
                sheet=layout.sheet,
                column=column_letter(column.index),
                title=column.title,
                scale=number_text(column.scale),
            )


def _empty(rows: Rows, rules: TableRules) -> Iterator[tuple[Field, int]]:
    """Fields that the schema gives a reason for, and how many rows lack them."""
    for field in rules.resource.fields:
        if rules.why(field.name):
            yield field, sum(not row[field.name] for row in rows)
