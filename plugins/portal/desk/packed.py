"""The zip that an XLSX or ODS file is, and the XML in it. Nothing is unpacked to the disk, and no tree is built.

A part is read in pieces and forgotten as it is read, so that memory holds only what the reader keeps. Real size cannot
exceed the declared one: zipfile stops there, and finds that the checksum differs.
"""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from ..errors import InputError, say
from .grid import MOST_OCTETS

PIECE = 65_536  # octets of XML that are read at once
START, END, TEXT = "start", "end", "text"
ENCRYPTED = 1  # flag of an entry
BROKEN = (  # what zipfile and lxml raise for a damaged file, and the readers for a part that lacks or lies
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    etree.LxmlError,
    EOFError,
    LookupError,
    ValueError,
    OverflowError,
    RuntimeError,  # a way of packing that is not supported
    OSError,
)

Event = tuple[str, str, Any]  # kind; name without its namespace; attributes of a start, words of a text


class _Events:
    """What lxml calls while it reads. It keeps the events until they are fetched."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        plain = {key: text.replace("&#38;", "&") for key, text in attributes.items()}  # so libxml2 gives an ampersand
        self.events.append((START, local(tag), plain))

    def end(self, tag: str) -> None:
        self.events.append((END, local(tag), None))

    def data(self, words: str) -> None:
        self.events.append((TEXT, "", words))

    def doctype(self, *_: str | None) -> None:
        """Entities are declared there: a few lines become gigabytes. No spreadsheet program writes one."""
        raise ValueError("document type declaration")

    def close(self) -> None:
        """Demanded by lxml."""


def local(name: str) -> str:
    """The name without its namespace."""
    return name[name.rfind("}") + 1 :]


def open_packed(name: str, content: bytes) -> zipfile.ZipFile:
    """The zip, if its size is bearable and it has no password. Raises InputError or one of BROKEN."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    entries = packed.infolist()
    if sum(entry.file_size for entry in entries) > MOST_OCTETS:
        raise InputError(
            say(
                "{file} takes more than {most} MB when it is unpacked. Delete pictures and old sheets, or divide it.",
                file=name,
                most=MOST_OCTETS // 1_000_000,
            )
        )
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        raise needs_password(name)
    return packed


def needs_password(name: str) -> InputError:
    """The error of a file that is locked."""
    return InputError(
        say("{file} is locked with a password. Open it in your program, take the password off and save it.", file=name)
    )


def walk(packed: zipfile.ZipFile, part: str) -> Iterator[Event]:
    """The elements and texts of an XML part, in their order. Raises one of BROKEN."""
    target = _Events()
    parser = etree.XMLParser(
        target=target, resolve_entities=False, no_network=True, huge_tree=False, collect_ids=False, recover=False
    )
    with packed.open(part) as stream:
        while piece := stream.read(PIECE):
            parser.feed(piece)
            events, target.events = target.events, []
            yield from events
    parser.close()
    yield from target.events


def elements(packed: zipfile.ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Names and attributes of the elements of a part, all without their namespaces."""
    for kind, name, value in walk(packed, part):
        if kind is START:
            yield name, {local(key): text for key, text in value.items()}


def resolve(base: str, target: str) -> str:
    """The name of a part that another part points at: sheets/1.xml in xl/workbook.xml -> xl/sheets/1.xml."""
    return posixpath.normpath(posixpath.join("/", posixpath.dirname(base), target)).lstrip("/")
