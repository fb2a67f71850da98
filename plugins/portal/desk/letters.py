"""Octets -> text, whatever the program called the letters. One rule for every file; no language is known here.

UTF-8 and UTF-16 prove themselves. Of the old sets of 256 letters the one is taken in which words look like words: one
script to a word, capitals at its beginning only (or everywhere), and the letters that are common in the script.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from ..errors import InputError, say

OLD_SETS = ("cp1252", "cp1251", "koi8_r", "cp866")  # the first wins when nothing speaks for another
MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
SAMPLE = 200_000  # octets on which the set of letters is decided
LINE_ENDS, OLD_LINE_ENDS = re.compile(r"\r\n|\n"), re.compile(r"\r\n|\r|\n")
WORD = re.compile(r"[^\W\d_]+")
STRANGE = frozenset({"Cc", "Co", "Cn", "So"})  # kinds of signs that stand in no word: box drawing, controls
COMMON, RARE = frozenset("аеионтрслкв"), frozenset("фщъэцюхжь")  # letters of languages in Cyrillic
HIGH = frozenset([*range(8), 0x20])  # first octet of most letters and signs in UTF-16: Latin to Hebrew, punctuation


def decode(name: str, content: bytes) -> str:
    """The text of a file without its byte order mark. Raises InputError when it cannot be told or is damaged."""
    for mark, letters in MARKS:
        if content.startswith(mark):
            return _decoded(name, content[len(mark) :], letters)
    if b"\0" in content:
        return _decoded(name, content, utf_16(content) or "utf-8")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf_8(content):
            raise _garbled(name, content[: error.start].decode("utf-8")) from None
    return _decoded(name, content, max(OLD_SETS, key=lambda one: _likeness(content[:SAMPLE].decode(one, "replace"))))


def line_of(text: str, place: int) -> int:
    """Number of the line in which a sign stands; 1 is the first."""
    return len(line_ends(text).findall(text, 0, place)) + 1


def line_ends(text: str) -> re.Pattern[str]:
    """What ends the lines: a lone carriage return does where it is the rule, and else is a sign like any other."""
    returns = text.count("\r") - text.count("\r\n")
    return OLD_LINE_ENDS if returns > text.count("\n") else LINE_ENDS


def _decoded(name: str, content: bytes, letters: str) -> str:
    try:
        text = content.decode(letters)
    except UnicodeDecodeError as error:
        raise _garbled(name, content[: error.start].decode(letters, "replace")) from None
    if "\0" in text:
        raise InputError(
            say(
                "Line {line} of {file} holds the sign NUL, which no text has: the file is damaged. "
                "Save the table again from the program in which you keep it.",
                line=line_of(text, text.index("\0")),
                file=name,
            )
        )
    return text


def _garbled(name: str, before: str) -> InputError:
    return InputError(
        say(
            "Line {line} of {file} holds letters that cannot be made out. Correct them and save it as “CSV UTF-8”.",
            line=line_of(before, len(before)),
            file=name,
        )
    )


def utf_16(content: bytes) -> str | None:
    """UTF-16 without a mark: nearly every second octet belongs to a few pages of the alphabet."""
    sample = content[:SAMPLE]
    for letters, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        pages = sample[first::2]
        if len(content) % 2 == 0 and sum(page in HIGH for page in pages) > 0.9 * len(pages):
            return letters
    return None


def _is_mostly_utf_8(content: bytes) -> bool:
    """Whether only a few letters are broken: text of another set hardly ever passes for UTF-8 by chance."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return sum(sign > "\x7f" for sign in text) - broken > 4 * broken


def _likeness(text: str) -> int:
    """How much the words with letters beyond ASCII look like words."""
    found = -3 * sum(unicodedata.category(sign) in STRANGE for sign in set(text) - set("\t\r\n\x0c\x1a"))
    return found + sum(_word_likeness(word) for word in WORD.findall(text) if not word.isascii())


def _word_likeness(word: str) -> int:
    beyond = sum(sign > "\x7f" for sign in word)
    cyrillic = sum("Ѐ" <= sign <= "ӿ" for sign in word)
    if not cyrillic:  # Latin: accents are few in a word
        return beyond if 2 * beyond <= len(word) else -beyond
    if cyrillic < len(word):
        return -2 * len(word)
    if word[1:] != word[1:].lower() and not word.isupper():
        return -len(word)
    letters = word.lower()
    return len(word) // 2 + sum((sign in COMMON) - 2 * (sign in RARE) for sign in letters)
