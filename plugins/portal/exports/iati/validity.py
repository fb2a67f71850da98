"""Whether a file is what an XML schema allows. Read element by element, so that memory does not grow with the file."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from ...errors import BuildError
from ..standards import SCHEMAS


def require_valid_xml(file: Path, schema: str, record: str, path: str) -> None:
    """Raise BuildError when the file is not what the schema allows.

    `schema` is a file below SCHEMAS; `record` is the element that repeats; `path` is that of the download.
    """
    grammar = etree.XMLSchema(etree.parse(str(SCHEMAS / schema)))
    try:
        for _event, element in etree.iterparse(str(file), tag=record, schema=grammar, no_network=True):
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        line, _column = error.position
        raise BuildError(
            f"{path} would not be valid by its standard, at line {line}: {error.msg}. "
            "Correct the record that it was made from; if the record is right, report this as a fault of Ashar."
        ) from None
