"""Regular expressions of Python -> the same for JavaScript, so that what they ask for is written down once.

The two differ in what \\w, \\d, \\s, \\b, $ and the full stop mean, and in what may be escaped. Whatever the schemas,
the checks and the desk do not use is refused: possessive and named groups, flags within a pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# What str.isspace() says yes to; \s of JavaScript holds U+FEFF as well and lacks six of them.
BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
KINDS = {"d": r"\p{Nd}", "w": r"\p{L}\p{N}_", "s": BLANK}  # what stands in square brackets
WORD = f"[{KINDS['w']}]"
KNOWN_FLAGS = re.UNICODE | re.VERBOSE | re.DOTALL | re.IGNORECASE
PLACES = {
    "b": f"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))",
    "B": f"(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))",
    "A": "(?<![^])",
    "Z": "(?![^])",
}
LETTERS = {"n": r"\n", "r": r"\r", "t": r"\t", "f": r"\f", "v": r"\v", "a": r"\x07", "0": r"\u0000"}
SIGNS_ALONE = {".": r"[^\n]", "$": r"(?=\n?(?![^]))", "^": "(?<![^])", **{sign: f"\\{sign}" for sign in "]{}/"}}
SIGNS = "^$\\.*+?()[]{}|/"  # that JavaScript lets us escape, beside the hyphen in brackets
TOKEN = re.compile(
    r"""
      (?P<hex> \\x[0-9a-fA-F]{2} | \\u[0-9a-fA-F]{4} )
    | \\(?P<escaped> . )
    | (?P<group> \(\?(?:<[=!]|[:=!]) )
    | (?P<other> \(\? )
    | (?P<repeat> (?:[*+?]|\{\d*,?\d*\})[?+]? )
    | (?P<sign> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def javascript(pattern: str | re.Pattern[str]) -> str:
    """The source for `new RegExp(source, flags_of(pattern))`. Raises ValueError for what is not known here."""
    if isinstance(pattern, str):
        return "".join(_translated(pattern, SIGNS_ALONE, is_verbose=False))
    strange = pattern.flags & ~KNOWN_FLAGS
    if strange:
        raise ValueError(f"Flags {re.RegexFlag(strange)!r} of {pattern.pattern!r}")
    alone = {**SIGNS_ALONE, ".": "[^]"} if pattern.flags & re.DOTALL else SIGNS_ALONE
    return "".join(_translated(pattern.pattern, alone, is_verbose=bool(pattern.flags & re.VERBOSE)))


def flags_of(pattern: re.Pattern[str]) -> str:
    """The flags of JavaScript."""
    return "iu" if pattern.flags & re.IGNORECASE else "u"


def _translated(pattern: str, alone: Mapping[str, str], is_verbose: bool) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        found = TOKEN.match(pattern, at)
        if found is None or found.group("other"):
            raise ValueError(f"Group {pattern[at : at + 4]!r} of {pattern!r}")
        at = found.end()
        kind, text = found.lastgroup, found.group()
        if is_verbose and text in " \t\r\n\f\v":
            continue
        if is_verbose and text == "#":
            at = pattern.find("\n", at) + 1 or len(pattern)
        elif text == "[":
            end = _class_end(pattern, at)
            yield _class(pattern[at:end])
            at = end + 1
        elif kind == "escaped":
            yield _escaped(found.group("escaped"), pattern)
        elif kind == "repeat":
            if text.endswith("+") and len(text) > 1:
                raise ValueError(f"Possessive {text!r} of {pattern!r}")
            yield re.sub(r"^\{,", "{0,", text)
        else:
            yield alone.get(text) or (_hex(text) if kind == "hex" else _plain(text))


def _escaped(letter: str, pattern: str) -> str:
    if letter.lower() in KINDS:
        return f"[{'^' if letter.isupper() else ''}{KINDS[letter.lower()]}]"
    known = PLACES.get(letter) or LETTERS.get(letter)
    if known:
        return known
    if letter in "123456789":
        return f"\\{letter}"
    if letter.isalnum():
        raise ValueError(f"\\{letter} of {pattern!r}")
    return f"\\{letter}" if letter in SIGNS else _plain(letter)


def _class_end(pattern: str, start: int) -> int:
    at = start + (pattern[start] == "^")
    at += pattern[at] == "]"  # it stands for itself there
    while pattern[at] != "]":
        at += 2 if pattern[at] == "\\" else 1
    return at


def _class(inner: str) -> str:
    """[…]. What is “no word” or “no digit” within brackets is written as a choice, or as what must not follow."""
    negated = inner.startswith("^")
    members: list[str] = []
    outside: list[str] = []  # kinds of letters
    for found in TOKEN.finditer(inner[negated:]):
        escaped, text = found.group("escaped"), found.group()
        if escaped and escaped.lower() in KINDS:
            (outside if escaped.isupper() else members).append(KINDS[escaped.lower()])
        elif escaped:
            members.append("\\-" if escaped == "-" else _escaped(escaped, inner))
        elif found.group("hex"):
            members.append(_hex(text))
        else:
            members.extend(f"\\{sign}" if sign in "[](){}/|^$.*+?" else _plain(sign) for sign in text)
    choices = [f"[{''.join(members)}]", *(f"[^{kind}]" for kind in outside)][not members :]
    if not outside:
        return f"[{'^' if negated else ''}{''.join(members)}]"
    return f"(?:(?!{'|'.join(choices)})[^])" if negated else f"(?:{'|'.join(choices)})"


def _hex(text: str) -> str:
    """\\x00 or \\u2013. With the flag u, half a character in braces would be read as no character at all."""
    return text if text.startswith("\\u") else f"\\u00{text[2:]}"


def _plain(text: str) -> str:
    """Controls, blanks and halves of characters as escapes: they must survive a file of JavaScript."""
    return "".join(sign if sign.isprintable() else f"\\u{{{ord(sign):x}}}" for sign in text)
