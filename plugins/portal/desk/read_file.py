"""A file of any kind -> Workbook, or a sentence. What it is, is told by its content and never by its name."""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from pathlib import Path

from ..errors import InputError, say
from .grid import MOST_OCTETS, Workbook
from .letters import utf_16
from .packed import BROKEN, needs_password, no_table
from .read_csv import read_csv
from .read_ods import read_ods
from .read_xlsx import read_xlsx

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Microsoft's programs wrote before 2007, and locked files since
LOCKED = "EncryptedPackage".encode("utf-16-le")
IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*", b"RIFF")
ARCHIVES = (b"\x1f\x8b", b"\xfd7zXZ\0", b"BZh", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"\x28\xb5\x2f\xfd")
MARKS = b"\xef\xbb\xbf \t\r\n"  # before the first word
XML = (b"<?xml", b"<!--", b"<!")
JSON = re.compile(rb"\{\s*[\"}]|\[\s*[\[{]")
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
PAGE = re.compile(rb"<(!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
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
        raise _other_form(name, ".xls")
    other = _something_else(name, content)
    if other:
        raise other
    return read_csv(name, content)


def _read_packed(name: str, content: bytes) -> Workbook:
    parts = {part.replace("\\", "/").casefold() for part in zipfile.ZipFile(io.BytesIO(content)).namelist()}
    folders = {part.partition("/")[0] for part in parts}
    if "xl/workbook.bin" in parts:
        raise _other_form(name, ".xlsb")
    if any(part.endswith(".iwa") or part == "index.zip" for part in parts):
        raise _other_form(name, ".numbers")
    if "[content_types].xml" in parts and not folders & {"word", "ppt", "visio"}:
        return read_xlsx(name, content)
    if "content.xml" in parts:
        return read_ods(name, content)
    if folders & {"word", "ppt", "visio"}:
        raise no_table(name)
    raise _archive(name)


def _archive(name: str) -> InputError:
    return InputError(say("{file} is an archive. Unpack it and choose the spreadsheet inside.", file=name))


def _other_form(name: str, form: str) -> InputError:
    return InputError(
        say("{file} has the form {form}. Open it in your program and save it as .xlsx.", file=name, form=form)
    )


def _something_else(name: str, content: bytes) -> InputError | None:
    """The error of what is no table of text; None when it may be one."""
    start = content[:4096].lstrip(MARKS)
    is_text = not NO_TEXT.search(content[:64]) and b"\0" not in content[:64]
    if content.startswith(IMAGES) and not is_text:
        return InputError(say("{file} is a picture. Choose the table itself, as XLSX, ODS or CSV.", file=name))
    if content.startswith(ARCHIVES) and not is_text:
        return _archive(name)
    if start.startswith(b"%PDF"):
        what = say("{file} is a PDF. Choose the spreadsheet that it was made from, as XLSX, ODS or CSV.", file=name)
        return InputError(what)
    if PAGE.match(start) or (start.startswith(XML) and PAGE.search(start)):
        what = say(
            "{file} is a web page, even if your program opens it. Open it there and save it as .xlsx.", file=name
        )
        return InputError(what)
    if start.startswith(XML):
        return _other_form(name, "XML")
    if JSON.match(start):
        return InputError(say("{file} is JSON, not a spreadsheet. Choose a file in XLSX, ODS or CSV.", file=name))
    if start.startswith(b"{\\rtf"):
        return no_table(name)
    odd = len(NO_TEXT.findall(content[:4096]))
    if odd > len(content[:4096]) * 0.05 and not content.startswith(UTF_16) and utf_16(content) is None:
        return InputError(say("{file} is no spreadsheet. Choose a file in XLSX, ODS or CSV.", file=name))
    return None
