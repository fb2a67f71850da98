"""Patterns of Python -> patterns of RE2, which DuckDB runs. What the two may read in two ways is refused.

RE2 must match the whole cell. Frictionless writes ^ before the pattern and $ behind it, which is never stricter: `a|b`
becomes `^a|b$`, and $ lets a line end follow.
"""

from __future__ import annotations

import re

NO_PATTERN = (re.error, OverflowError, RecursionError)  # what Python raises of a pattern that it cannot use
MOST_REPEATS = 1000  # RE2's own limit; repeats within repeats multiply
# What Python's classes hold at least. Python also takes the digits, letters and blanks of other scripts.
CLASSES = {r"\d": "0-9", r"\w": "A-Za-z0-9_", r"\s": r"\t\n\f\r "}
SIGN = r"\\[!-/:-@\[-`{-~]"  # an escaped ASCII sign; escaped letters mean something in one of the two
TOKEN = re.compile(
    rf"""
      (?P<kind> \\[dws] )
    | (?P<literal> {SIGN} | [^\\^$.|?*+()\[\]{{}}\0] )
    | \[ (?P<negated> \^? ) (?P<items> (?: \\[dws] | {SIGN} | [^\\\[\]\0] )+ ) \]
    | (?P<opening> \( (?: \?: )? (?! \? ) )
    | (?P<closing> \) )
    | (?P<repeat> (?: [*+?] | \{{ \d+ (?: ,\d* )? \}} | \{{ ,\d+ \}} ) (?! [?+] ) )
    | (?P<sign> [.|] )
    """,
    re.VERBOSE,
)
CHARACTER = rf"(?:{SIGN}|[^\\])"
ITEM = re.compile(rf"(?P<kind>\\[dws])|(?P<first>{CHARACTER})(?:-(?P<last>{CHARACTER}))?", re.DOTALL)


def re2(pattern: str) -> str | None:
    """A pattern that matches a whole cell only where Frictionless finds `pattern` in it; None when it is refused."""
    end = len(pattern) - (pattern.endswith("$") and not _is_escaped(pattern, len(pattern) - 1))
    at = int(pattern.startswith("^"))
    result: list[str] = []
    openings: list[int] = []  # where groups that are not closed yet begin
    group = ""  # the group that ends right here
    most = 1
    while at < end:
        token = TOKEN.match(pattern, at, end)
        if token is None:
            return None
        text = token.group()
        if token["repeat"]:
            most *= _most(text)
            # Python leaves a loop after a round that took nothing; such a group is no case to take risks with.
            if most > MOST_REPEATS or (group and text != "?" and re.fullmatch(group, "")):
                return None
        group = ""
        if token["opening"]:
            openings.append(at)
        elif token["closing"]:
            if not openings:
                return None
            group = pattern[openings.pop() : token.end()]
        translated = _translated(token)
        if translated is None:
            return None
        result.append(translated)
        at = token.end()
    return None if openings else "".join(result)


def _translated(token: re.Match[str]) -> str | None:
    text = token.group()
    if token["items"]:
        return _brackets(token["negated"], list(ITEM.finditer(token["items"])))
    if token["kind"]:
        return f"[{CLASSES[text]}]"
    if token["literal"]:
        return _character(text)
    if token["opening"]:
        return "(?:"
    return r"[^\n]" if text == "." else text.replace("{,", "{0,")


def _brackets(negated: str, items: list[re.Match[str]]) -> str | None:
    if negated and any(item["kind"] for item in items):
        return None  # what Python's class holds beyond ours would be let in
    return f"[{negated}{''.join(map(_item, items))}]"


def _item(item: re.Match[str]) -> str:
    if item["kind"]:
        return CLASSES[item["kind"]]
    return "-".join(_character(text) for text in (item["first"], item["last"]) if text)


def _character(text: str) -> str:
    """Every ASCII sign escaped, so that none has a meaning; RE2 takes that inside brackets and outside."""
    character = text[-1]
    return character if not character.isascii() or character.isalnum() or character < "!" else f"\\{character}"


def _most(repeat: str) -> int:
    """The number that a repeat writes down, the greater one of two; what has no upper end counts by its lower one."""
    return max((int(number) for number in re.findall(r"\d+", repeat)), default=1) or 1


def _is_escaped(pattern: str, at: int) -> bool:
    before = pattern[:at]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1
