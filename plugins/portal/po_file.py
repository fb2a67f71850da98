"""A .po file -> its translations. One in the usual form is read here, in a quarter of the time; any other by Babel."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from gettext import c2py

from babel.messages.pofile import read_po

Words = Mapping[tuple[str | None, str], str | tuple[str, ...]]  # context and English -> translation, or its forms
Plural = Callable[[int], int]  # count -> number of the form

LINE = r'"[^"\\\n]*(?:\\[\\"nrt][^"\\\n]*)*"\n'
TEXT = rf"({LINE}(?:{LINE})*)"
ENTRY = re.compile(
    rf"((?:#.*\n)*)(?:msgctxt {TEXT})?msgid {TEXT}"
    rf"(?:msgstr {TEXT}|msgid_plural {TEXT}((?:msgstr\[[0-9]\] {TEXT})+))\n*"
)
FORM = re.compile(rf"msgstr\[([0-9])\] {TEXT}")
FUZZY = re.compile(r"^#,.*\bfuzzy\b", re.MULTILINE)
OBSOLETE = "#~"
UTF8 = re.compile(r"^Content-Type: text/plain; charset=utf-8$", re.MULTILINE | re.IGNORECASE)
PLURALS = re.compile(r"^Plural-Forms: nplurals=([0-9]); plural=([^;\n]+);?$", re.MULTILINE)
ESCAPE, ESCAPED = re.compile(r"\\(.)"), {"n": "\n", "r": "\r", "t": "\t"}


def read_translations(content: bytes, language: str) -> tuple[Plural, Words]:
    """What chooses the form of a count, and the words; without what is not translated, in part or for sure."""
    return _usual(content) or _any(content, language)


def _any(content: bytes, language: str) -> tuple[Plural, Words]:
    catalog = read_po(io.BytesIO(content), locale=language)
    return c2py(catalog.plural_expr), {
        (message.context, message.id if isinstance(message.id, str) else message.id[0]): message.string
        if isinstance(message.string, str)
        else tuple(message.string)
        for message in catalog
        if message.id and message.string and all(message.string) and not message.fuzzy
    }


def _usual(content: bytes) -> tuple[Plural, Words] | None:
    """None of a file that is not in the form in which the translation tools write it."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    header = ENTRY.match(text)
    about = _text(header[4]) if header and header[3] == '""\n' and header[4] else ""
    plurals = PLURALS.search(about)
    if not header or not plurals or not UTF8.search(about) or OBSOLETE in text:
        return None
    forms, at, count = int(plurals[1]), header.end(), 0
    words: dict[tuple[str | None, str], str | tuple[str, ...]] = {}
    known = set()
    while at < len(text):
        found = ENTRY.match(text, at)
        if not found:
            return None
        at, count = found.end(), count + 1
        comments, context, english, said, _, said_by_form, _ = found.groups()
        key = (_text(context) if context else None, _text(english))
        known.add(key)
        translated: str | tuple[str, ...]
        if said:
            translated = _text(said)
        else:
            by_form = {int(number): _text(one) for number, one in FORM.findall(said_by_form)}
            translated = tuple(by_form.values())
            if list(by_form) != list(range(forms)):
                return None
        if translated and all(translated) and not ("fuzzy" in comments and FUZZY.search(comments)):
            words[key] = translated
    return (c2py(plurals[2]), words) if len(known) == count and (None, "") not in known else None


def _text(written: str) -> str:
    """From strings in quotation marks, a line each."""
    text = written[1:-2].replace('"\n"', "")
    return ESCAPE.sub(lambda found: ESCAPED.get(found[1], found[1]), text) if "\\" in text else text
