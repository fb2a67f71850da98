"""What must not stand in a text: data of persons, formulas, what cannot be shown; and texts that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from ..errors import Message, Problem, say
from ..validate import Tables
from .rows import Columns, Doubt, any_of, column_of, error, suspects, warning
from .words import folded, may_say_the_same, prose, versions

LONG_NUMBER = re.compile(r"\d[\d\s()-]{8}")
DIVIDERS = re.compile(r"[\s()-]+")
ADDRESS = re.compile(r"https?://\S+")  # of a web page: its digits are nobody's
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.\w")
PHONE = re.compile(
    r"""
      (?<![\w.,+]) \+ (?:[\s()-]{0,2}\d){10,15} (?!\d)                # +000 00 000-00-00
    | (?<![\w.,/+-]) (?<!\d\s) \(? 0 (?:[\s()-]{0,2}\d){8,10} (?![\w]|[.,/-]\d)  # 0000 00 00 00, but not 1 000 000 000
    | (?<!\w) \(\d{3,5}\) [\s-]? \d{2,3} [\s-] \d{2} [\s-]? \d{2} (?!\d)         # (000) 000-0000
    | (?<![\w.,/+-]) \d{3}-\d{3}-\d{4} (?![\w-])                                 # 000-000-0000
    """,
    re.VERBOSE,
)
PERSONAL_NUMBER = re.compile(r"(?<![\w.,-])\d{14}(?!\w)")
RUNS = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet takes a cell that begins so for a formula
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")  # XML cannot hold them either

# The same for DuckDB, where \d and \s know ASCII only.
BLANKS = r"\p{Z}\x{09}-\x{0d}\x{1c}-\x{1f}\x{85}"
NINE = rf"\p{{Nd}}[\p{{Nd}}{BLANKS}()-]{{8}}"
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x{fffe}\x{ffff}]"  # it has no surrogates


def personal_data(tables: Tables, _today: date) -> Iterator[Problem]:
    """An e-mail address, a phone number or the number of a person. The message does not repeat it: logs are public."""
    codes = set(column_of(tables, "places", "code").values())
    for record, column, text in prose(
        tables, lambda cell: f"contains({cell}, '@') or regexp_matches({cell}, '{NINE}')"
    ):
        if _is_suspect(text):
            for what in _personal(ADDRESS.sub(" ", text), codes):
                fix = say("Remove it: the portal publishes nothing that leads to a person.")
                yield error(record, column, what, fix)


def _is_suspect(text: str) -> bool:
    """A quick look, as most texts hold neither an @ nor nine digits in a row. It halves the time of the check."""
    return "@" in text or bool(LONG_NUMBER.search(text) and re.search(r"\d{9}", DIVIDERS.sub("", text)))


def _personal(text: str, codes: set[str | None]) -> Iterator[Message]:
    if EMAIL.search(text):
        yield say("The text contains an e-mail address.")
    if PHONE.search(text):
        yield say("The text contains what looks like a phone number.")
    if any(number not in codes for number in PERSONAL_NUMBER.findall(text)):
        yield say("The text contains a number of 14 digits, as persons have.")


def formulas(tables: Tables, _today: date) -> Iterator[Problem]:
    """A text that a spreadsheet would run instead of showing it."""
    for record, column, text in prose(tables, _begins_like_a_formula):
        if text.startswith(RUNS):
            what = say("The text begins with “{sign}”, so a spreadsheet would run it as a formula.", sign=text[0])
            yield error(record, column, what, say("Begin it with a letter, a digit or a quotation mark."))


def unshowable_characters(tables: Tables, _today: date) -> Iterator[Problem]:
    """A control character, which no page and no XML file can hold."""
    for table in tables.values():
        columns = [field.name for field in table.resource.fields if field.type == "string"]
        for record in suspects(table, _control_in(columns)):
            values = record.values
            for column in columns:
                text = values[column]
                found = UNSHOWABLE.search(text) if text else None
                if found:
                    code = f"U+{ord(found.group()):04X}"
                    what = say("The text contains a character that cannot be shown, {code}.", code=code)
                    yield error(record, column, what, say("Delete it, or type the text again."))


def blanks_around(tables: Tables, _today: date) -> Iterator[Problem]:
    """A text with blanks before or after it is taken for another text by programs."""
    blank = f"[{BLANKS}]"
    for record, column, text in prose(
        tables, lambda cell: f"regexp_matches(left({cell}, 1) || right({cell}, 1), '{blank}')"
    ):
        if text.removesuffix("\n") != text.strip():  # a block of YAML ends with a line break
            what = say("The text begins or ends with a blank.")
            yield warning(record, column, what, say("Delete the blank."))


def descriptions_that_repeat_the_title(tables: Tables, _today: date) -> Iterator[Problem]:
    """A description that tells nothing new."""
    for table in tables.values():
        titles = versions(table.resource, "title")
        for column in versions(table.resource, "description"):
            for record in suspects(table, _may_repeat(titles, column)):
                if not record[column]:
                    continue
                longest = max((len(record[title] or "") for title in titles), default=0)
                # A text of twice the length says more; folding every description takes seconds.
                if len(record[column]) <= 2 * longest and folded(record, (column,)) & folded(record, titles):
                    what = say("The description only repeats the title.")
                    yield warning(record, column, what, say("Say what is done, for whom and where, or leave it empty."))


def _begins_like_a_formula(cell: str) -> str:
    """In the order of texts, which is a fifth of the work of cutting the first letter off."""
    return any_of(f"{cell} >= '{sign}' and {cell} < '{chr(ord(sign) + 1)}'" for sign in RUNS)


def _control_in(columns: Sequence[str]) -> Doubt:
    """That the columns together hold a control character: looking through each takes twice as long."""

    def doubt(table: Columns) -> str:
        cells = ", ".join(["''", *(table[column] for column in columns if column in table)])
        return f"regexp_matches(concat({cells}), '{CONTROL}')"

    return doubt


def _may_repeat(titles: Sequence[str], description: str) -> Doubt:
    """That a description is not too long and begins and ends like a title."""

    def doubt(table: Columns) -> str:
        text = table[description]
        lengths = ", ".join(f"length({table[title]})" for title in titles)
        alike = any_of(may_say_the_same(text, table[title]) for title in titles)
        return f"length({text}) <= 2 * greatest({lengths}) and ({alike})" if titles else "false"

    return doubt
