"""desk/regex.py: a pattern of Python and its JavaScript find the same. tests/browser runs the latter."""

from __future__ import annotations

import re

import pytest

from portal.desk.regex import BLANK, javascript

WORD = r"[\p{L}\p{N}_]"
EDGE = rf"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\d{4}(-\d\d)?", r"[\p{Nd}]{4}(-[\p{Nd}][\p{Nd}])?"),
        (r"[\w.+-]{1,64}@", r"[\p{L}\p{N}_\.\+-]{1,64}@"),
        (r"[^\s/]", f"[^{BLANK}\\/]"),
        (r"https?://\S+", f"https?:\\/\\/[^{BLANK}]+"),
        (r"[\W_]+", rf"(?:[_]|[^{WORD[1:]})+"),
        (r"[^\W_]+", rf"(?:(?![_]|[^{WORD[1:]})[^])+"),
        (r"(?<!\w)a(?!b)", rf"(?<!{WORD})a(?!b)"),
        (r"^a.$", r"(?<![^])a[^\n](?=\n?(?![^]))"),
        (r"\bод\b", f"{EDGE}од{EDGE}"),
        (re.compile("a b # c\n | [ #] \\ d", re.VERBOSE), "ab|[ #] d"),
        ("[\x00-\x08\ud800-\udfff]", r"[\u{0}-\u{8}\u{d800}-\u{dfff}]"),
        (r"\x41[\x00-\x1f]", r"\u0041[\u0000-\u001f]"),
        ("a{2,}?b*?", "a{2,}?b*?"),
        ("[]a]", r"[\]a]"),
        (r"(a)\1", r"(a)\1"),
        (re.compile("a.b", re.DOTALL), "a[^]b"),
        (r"[/,;()]", r"[\/,;\(\)]"),
    ],
)
def test_a_pattern_is_translated(pattern: str | re.Pattern[str], expected: str) -> None:
    assert javascript(pattern) == expected


@pytest.mark.parametrize("pattern", [r"(?P<a>b)", "(?i)a", "a++", r"\p", re.compile("a", re.MULTILINE)])
def test_what_is_not_known_is_refused(pattern: str | re.Pattern[str]) -> None:
    with pytest.raises(ValueError, match="of"):
        javascript(pattern)
