"""The columns of a template: what is asked, in which form, and whether it must be filled in. Knows no spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from ...checks.money import AMOUNTS
from ...desk.rules import TableRules
from ...errors import Message, heading, say
from ...package import Field, Package, Resource
from .choices import MOST_CHOICES, Choices

Kind = Literal[
    "text", "identifier", "address", "currency", "amount", "number", "integer", "day", "partial day", "boolean",
    "code", "record",
]  # fmt: skip
CURRENCY = "currency"  # name of the column beside amounts
DAY = "2019-11-05"  # that the explanations show


@dataclass(frozen=True, slots=True)
class Asked:
    """A column of a template."""

    field: Field
    kind: Kind
    title: str  # in the language of the template
    about: str
    required: bool
    choices: Choices | None  # of a code or record
    why: str  # what readers lose without the value; empty when the schema does not say

    @property
    def many(self) -> bool:
        """Whether a cell holds several values."""
        return self.field.type == "list"

    @property
    def offered(self) -> Choices | None:
        """The choices, unless there are too many or none for a drop-down."""
        return self.choices if self.choices and 0 < len(self.choices.labels) <= MOST_CHOICES else None


def asked_columns(
    rules: TableRules, package: Package, choices: Mapping[str, Choices], language: str
) -> tuple[Asked, ...]:
    """The columns in the order of the schema, without those that the desk fills in.

    The identifier comes last where the desk makes one, for then nobody needs to fill it in.
    """
    resource = rules.resource
    columns = [
        Asked(
            field,
            kind_of(field, resource, package),
            field.title.words(language) or field.name,
            field.description.words(language),
            field.required and not (field.name == resource.primary_key and rules.identity),
            choices.get(field.refers_to or ""),
            rules.why(field.name).words(language),
        )
        for field in resource.fields
        if not rules.automatic(field.name)
    ]
    return tuple(sorted(columns, key=lambda one: one.kind == "identifier" and not one.required))


def kind_of(field: Field, resource: Resource, package: Package) -> Kind:
    """What sort of value the column of the table takes."""
    if field.refers_to:
        return "code" if package.by_name[field.refers_to].is_codelist else "record"
    special: tuple[tuple[bool, Kind], ...] = (
        (field.partial_date, "partial day"),
        (field.name == resource.primary_key, "identifier"),
        (field.name in AMOUNTS.get(resource.name, ()), "amount"),
        (field.name == CURRENCY, "currency"),
        (str(field.constraints.get("pattern", "")).startswith("https?"), "address"),
    )
    kinds: dict[str, Kind] = {"date": "day", "boolean": "boolean", "integer": "integer", "number": "number"}
    return next((kind for applies, kind in special if applies), kinds.get(field.type, "text"))


def form_of(column: Asked, package: Package, language: str, currency: str) -> Iterator[Message]:
    """How to write a value of the column, as sentences."""
    if column.kind == "identifier":
        if not column.required:
            yield say("Leave it empty: the portal makes one.")
        else:
            yield say("Use Latin letters, digits, hyphens and full stops only; it becomes part of an address.")
    elif column.kind in ("code", "record"):
        yield from _form_of_choices(column, package, language)
    elif column.kind in ("number", "integer"):
        yield _form_of_number(column)
    else:
        yield {
            "address": say("Write the whole address, beginning with https://."),
            "currency": say("Write the three letters of the currency, such as {code}.", code=currency),
            "amount": say("Write a number above zero, in whole units of the currency and not in thousands."),
            "day": say("Write a day, such as {day}.", day=DAY),
            "partial day": say(
                "Write a day, a month or a year, such as {day}, {month} or {year}.",
                day=DAY,
                month=DAY[:7],
                year=DAY[:4],
            ),
            "boolean": say("Write {yes} or {no}.", yes=heading("yes"), no=heading("no")),
        }.get(column.kind, say("Write a text."))


def _form_of_choices(column: Asked, package: Package, language: str) -> Iterator[Message]:
    table = package.by_name[column.field.refers_to or ""].title.words(language)
    if column.kind == "code":
        yield say("Choose a value from the list.")
    elif column.offered:
        yield say("Choose a name from the list, or write the identifier.")
    else:
        yield say("Write the name or the identifier.")
    if column.kind == "record":
        yield say("It must stand in the table “{table}”; add a new one there first.", table=table)
    if column.many:
        yield say("Put a semicolon between several.")


def _form_of_number(column: Asked) -> Message:
    least, most = column.field.constraints.get("minimum"), column.field.constraints.get("maximum")
    whole = column.kind == "integer"
    if least is not None and most is not None:
        return (
            say("Write a whole number from {least} to {most}.", least=least, most=most)
            if whole
            else say("Write a number from {least} to {most}.", least=least, most=most)
        )
    if least is not None:
        return (
            say("Write a whole number, {least} or more.", least=least)
            if whole
            else say("Write a number, {least} or more.", least=least)
        )
    return say("Write a whole number.") if whole else say("Write a number.")
