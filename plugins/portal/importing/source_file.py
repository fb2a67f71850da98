"""A file of grants by the 360Giving Data Standard -> its grants, unjudged. Numbers become Decimal."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from ..errors import InputError, say
from .values import plain_text, read_day, tidy

GZIP = b"\x1f\x8b"
LICENCES = (
    (re.compile(r"creativecommons\.org/licenses/([a-z-]+)/([0-9.]+)"), "CC-{}-{}"),
    (re.compile(r"creativecommons\.org/publicdomain/zero/([0-9.]+)"), "CC0-{}"),
    (re.compile(r"nationalarchives\.gov\.uk/doc/open-government-licence/version/(\d)"), "OGL-UK-{}.0"),
)
DAYS = ("last_updated", "modified", "issued")  # of the file; the first that holds a whole day


@dataclass(frozen=True, slots=True)
class SourceFile:
    """What was read. Grants are as they are written, in the order of the file; an item may be no grant at all."""

    name: str  # without its folder
    sha256: str
    grants: tuple[Any, ...]
    title: str  # empty, like the four below, when the file does not say
    licence: str  # its address
    publisher: str  # its name
    address: str  # where the file is published
    day: str  # of the last change, YYYY-MM-DD


def read_source(file: Path) -> SourceFile:
    """Read a JSON file, compressed or not. Raises InputError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            say("The file {file} cannot be read: {reason}. Correct its name or its rights.", file=file, reason=reason)
        ) from None
    document = _read_json(_unpacked(content, file), file)
    told = document if isinstance(document, Mapping) else {}
    grants = told.get("grants") if told else document
    if not isinstance(grants, list):
        raise InputError(
            say(
                "{file} holds no list of grants. Choose a file of the 360Giving Data Standard: "
                "its grants stand in a list called “grants”.",
                file=file.name,
            )
        )
    if not grants:
        raise InputError(say("The list of grants in {file} is empty. Choose another file.", file=file.name))
    days = (read_day(told.get(name)) or "" for name in DAYS)
    return SourceFile(
        name=file.name,
        sha256=hashlib.sha256(content).hexdigest(),
        grants=tuple(grants),
        title=tidy(told.get("title")).words,
        licence=web_address(told.get("license")),
        publisher=tidy(told["publisher"].get("name")).words if isinstance(told.get("publisher"), Mapping) else "",
        address=web_address(told.get("downloadURL")) or web_address(told.get("accessURL")),
        day=next((day for day in days if len(day) == 10), ""),
    )


def described_licence(address: str) -> dict[str, str]:
    """A licence as a Data Package has it; the well-known ones with the names that they are known by."""
    for pattern, name in LICENCES:
        found = pattern.search(address)
        if found:
            known = name.format(*found.groups()).upper()
            return {"name": known, "title": known.replace("-", " ", 1), "path": address}
    return {"title": address, "path": address}


def web_address(value: Any) -> str:
    """The text if it is an address of the web that a link can hold, else empty."""
    text = plain_text(value)
    is_address = text.startswith(("http://", "https://")) and text.isascii() and text.isprintable()
    return text if is_address and not set(' "<>\\^`{|}') & set(text) and "." in text else ""


def _unpacked(content: bytes, file: Path) -> bytes:
    if not content.startswith(GZIP):
        if file.suffix == ".gz":
            raise InputError(
                say("{file} is not compressed, though its name says so. Rename it, or fetch it again.", file=file.name)
            )
        return content
    try:
        return gzip.decompress(content)
    except (OSError, EOFError, zlib.error):
        raise InputError(say("{file} cannot be unpacked. Fetch it again.", file=file.name)) from None


def _read_json(content: bytes, file: Path) -> Any:
    try:
        text = content.decode("utf-8-sig")
        return json.loads(text, parse_float=_number, parse_int=_number, parse_constant=str)
    except UnicodeDecodeError:
        what = say("The letters of {file} are not stored as UTF-8. Save it as UTF-8.", file=file.name)
    except json.JSONDecodeError as error:
        what = say(
            "{file} is not JSON: reading stopped in line {line}, at sign {sign}. Fetch the file again, or choose the "
            "JSON file of the publisher and not the spreadsheet.",
            file=file.name,
            line=error.lineno,
            sign=error.colno,
        )
    except RecursionError:
        what = say("{file} is nested too deeply to be a file of grants. Choose another file.", file=file.name)
    raise InputError(what)


def _number(digits: str) -> Decimal | str:
    """A number too large for any arithmetic stays a text, which is then no amount."""
    try:
        return Decimal(digits)
    except InvalidOperation:
        return digits
