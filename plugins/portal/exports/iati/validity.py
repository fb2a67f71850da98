"""Whether records are what an XML schema allows. A batch at a time, so that memory does not grow with the file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from lxml import etree

from ...errors import BuildError
from ..standards import SCHEMAS


def require_valid_records(
    records: Sequence[str], schema: str, head: str, tail: str, where: Callable[[str], str]
) -> None:
    """Raise BuildError when one of the records, each a piece of XML, is not what the schema allows.

    `schema` is a file below SCHEMAS; `head` and `tail` stand around the records in a document; `where` tells of a
    record what it is and of which file.
    """
    fault = _fault("".join([head, *records, tail]), schema)
    if not fault:
        return
    for record in records:
        alone = _fault("".join([head, record, tail]), schema)
        if alone:
            raise BuildError(
                f"{where(record)} would not be valid by its standard: {alone} "
                "Correct the record that it was made from; if the record is right, report this as a fault of Ashar."
            )


def _fault(document: str, schema: str) -> str | None:
    """The first fault, as libxml2 words it."""
    grammar = _grammar(schema)
    try:
        valid = grammar.validate(etree.fromstring(document.encode()))
    except etree.XMLSyntaxError as error:
        return f"{error.msg}."
    return None if valid else str(grammar.error_log[0].message)


@cache
def _grammar(schema: str) -> Any:
    """Read once a process."""
    return etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
