"""A file of any kind -> Workbook, or a sentence. What it is, is told by its content and never by its name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from ..errors import InputError, Message, say
from .grid import MOST_OCTETS, Workbook
from .letters import utf_16
from .packed import BROKEN, needs_password
from .read_csv import read_csv
from .read_ods import read_ods
from .read_xlsx import read_xlsx

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Microsoft's programs wrote before 2007, and locked files since
LOCKED = "EncryptedPackage".encode("utf-16-le")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKS = b"\xef\xbb\xbf \t\r\n"  # before the first word
LOOKED_AT = 4096  # octets in which other kinds of files show themselves
NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1e]")  # beside NUL, which UTF-16 is full of


def read_workbook(file: Path) -> Workbook:
    """Read a spreadsheet. Raises InputError when it cannot be read, with what to do about it."""
    try:
        is_large = file.stat().st_size > MOST_OCTETS
        content = b"" if is_large else file.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            say("The file {file} cannot be read: {reason}. Correct its name or its rights.", file=file, reason=reason)
        ) from None
    if is_large:
        size = MOST_OCTETS // 1_000_000
        raise InputError(
            say("{file} is larger than {most} MB. Divide it into several files.", file=file.name, most=size)
        )
    return read_bytes(file.name, content)


def read_bytes(name: str, content: bytes) -> Workbook:
    """Read a spreadsheet that is in memory. Raises InputError as `read_workbook` does."""
    if not content.strip(MARKS):
        raise InputError(say("{file} is empty. Choose the file with the table.", file=name))
    if content.startswith(ZIP):
        try:
            return _read_packed(name, content)
        except BROKEN:
            raise InputError(
                say("{file} is damaged. Open it in your program, save it again, or fetch it again.", file=name)
            ) from None
    if content.startswith(OLE):
        if LOCKED in content:
            raise needs_password(name)
        raise InputError(_other_form(name, ".xls"))
    other = _other_kind(name, content)
    if other:
        raise InputError(other)
    return read_csv(name, content)


def _read_packed(name: str, content: bytes) -> Workbook:
    parts = {part.replace("\\", "/").casefold() for part in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    folders = {part.partition("/")[0] for part in parts}
    if "xl/workbook.bin" in parts:
        raise InputError(_other_form(name, ".xlsb"))
    if any(part.endswith(".iwa") or part == "index.zip" for part in parts):
        raise InputError(_other_form(name, ".numbers"))
    if folders & {"word", "ppt"}:
        raise InputError(_no_table(name))
    if "[content_types].xml" in parts:
        return read_xlsx(name, content)
    if "content.xml" in parts or "mimetype" in parts:
        return read_ods(name, content)
    raise InputError(_archive(name))


def _other_kind(name: str, content: bytes) -> Message | None:
    """What to say of a file that is no table of text; None when it may be one."""
    start = content[:LOOKED_AT].lstrip(MARKS)
    for pattern, sentence in OTHER_KINDS:
        if pattern.match(start):
            return sentence(name)
    strange = len(NO_TEXT.findall(content[:LOOKED_AT]))
    if strange > len(content[:LOOKED_AT]) * 0.05 and not content.startswith(UTF_16) and utf_16(content) is None:
        return say("{file} is no spreadsheet. Choose a file in XLSX, ODS or CSV.", file=name)
    return None


def _archive(name: str) -> Message:
    return say("{file} is an archive. Unpack it and choose the spreadsheet inside.", file=name)


def _other_form(name: str, form: str) -> Message:
    return say("{file} has the form {form}. Open it in your program and save it as .xlsx.", file=name, form=form)


def _no_table(name: str) -> Message:
    return say("{file} is a text document or a presentation. Copy the table into a spreadsheet.", file=name)


OTHER_KINDS: tuple[tuple[re.Pattern[bytes], Callable[[str], Message]], ...] = (
    (
        re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|BM.{4}\0{4}|II\*\0|MM\0\*|RIFF.{4}WEBP", re.DOTALL),
        lambda name: say("{file} is a picture. Choose the table itself, as XLSX, ODS or CSV.", file=name),
    ),
    (
        re.compile(rb"\x1f\x8b|\xfd7zXZ\0|BZh[1-9]1AY|7z\xbc\xaf|Rar!\x1a|\x28\xb5\x2f\xfd"),
        _archive,
    ),
    (
        re.compile(rb"%PDF-"),
        lambda name: say("{file} is a PDF. Choose the spreadsheet that it was made from.", file=name),
    ),
    (
        re.compile(rb"(<\?xml.*)?<(!doctype\s+html|html|head|body|table|meta)\b", re.IGNORECASE | re.DOTALL),
        lambda name: say(
            "{file} is a web page, even if your program opens it. Open it and save it as .xlsx.", file=name
        ),
    ),
    (re.compile(rb"<\?xml|<!"), lambda name: _other_form(name, "XML")),
    (
        re.compile(rb"\{\s*[\"}]|\[\s*[\[{]"),
        lambda name: say("{file} is JSON, not a spreadsheet. Choose a file in XLSX, ODS or CSV.", file=name),
    ),
    (re.compile(rb"\{\\rtf"), _no_table),
)
