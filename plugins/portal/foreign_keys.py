"""Foreign keys as schemas write them: brought into one form, and checked against the columns that there are.

Whether the cells name records that exist is asked in keys.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from .descriptor import descriptor_problem
from .errors import Message, Problem, say

if TYPE_CHECKING:
    from .package import Resource

MANY = ("list", "array", "object", "geojson")  # types whose values Frictionless cannot look up


def with_listed_keys(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema with lists of columns in every foreign key; Table Schema lets one name stand without a list.

    Raises LookupError, TypeError, AttributeError or ValueError where a key is not written as one.
    """
    keys = schema.get("foreignKeys")
    return {**schema, "foreignKeys": [_listed_key(key) for key in keys]} if keys else schema


def _listed_key(key: Mapping[str, Any]) -> dict[str, Any]:
    reference = key["reference"]
    target = reference.get("resource") or ""
    if not isinstance(target, str):
        raise TypeError(target)
    theirs = {**reference, "resource": target, "fields": _names(reference["fields"])}
    return {**key, "fields": _names(key["fields"]), "reference": theirs}


def _names(written: Any) -> list[str]:
    names = [written] if isinstance(written, str) else written
    if not isinstance(names, list) or not names or not all(isinstance(name, str) for name in names):
        raise TypeError(names)
    return names


def lost_references(resources: Sequence[Resource]) -> Iterator[Problem]:
    """References and foreign keys that lead to no table or column, or that no record can be looked up by."""
    by_name = {resource.name: resource for resource in resources}
    for resource in resources:
        for column in resource.fields:
            if column.refers_to and column.refers_to not in by_name:
                yield _no_table(resource, column.name, column.refers_to)
        for key in resource.schema.get("foreignKeys") or ():
            reference = key["reference"]
            name = reference["resource"] or resource.name
            if name in by_name:
                yield from _key_faults(resource, key["fields"], by_name[name], reference["fields"])
            elif key["fields"][0] not in resource.by_name:  # else it is told above
                yield _no_table(resource, key["fields"][0], name)


def _key_faults(resource: Resource, ours: Sequence[str], target: Resource, theirs: Sequence[str]) -> Iterator[Problem]:
    fix: Message = say("Correct the schema.")
    for owner, names in ((resource, ours), (target, theirs)):
        for name in names:
            if name not in owner.by_name:
                what = say(
                    "A foreign key of “{table}” names the column “{column}”, which “{owner}” does not have.",
                    table=resource.name,
                    column=name,
                    owner=owner.name,
                )
                yield descriptor_problem(what, fix)
            elif owner.by_name[name].type in MANY:
                what = say(
                    "A foreign key of “{table}” names the column “{column}” of “{owner}”, which holds more than one "
                    "value in a cell.",
                    table=resource.name,
                    column=name,
                    owner=owner.name,
                )
                other = say("Take the key out; “references: {target}” at the column says the same.", target=target.name)
                yield descriptor_problem(what, other)
    if len(ours) != len(theirs):
        what = say(
            "A foreign key of “{table}” names “{columns}” here, but “{others}” in “{target}”: not one for each.",
            table=resource.name,
            columns=", ".join(ours),
            others=", ".join(theirs),
            target=target.name,
        )
        yield descriptor_problem(what, fix)


def _no_table(resource: Resource, column: str, target: str) -> Problem:
    what = say(
        "The column “{column}” of “{table}” refers to the table “{target}”, which is not listed.",
        column=column,
        table=resource.name,
        target=target,
    )
    return descriptor_problem(what, say("List that table under “resources”, or correct the schema."))
