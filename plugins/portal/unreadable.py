"""What is said of a file that cannot be read as a table, whatever its format."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

from .errors import Message, Problem, say
from .package import DESCRIPTOR


def missing_file(name: str) -> Problem:
    """A file that is listed and not there."""
    return Problem(
        say("The file is missing."),
        say("Put the file there, or correct the path in {descriptor}.", descriptor=DESCRIPTOR),
        file=name,
    )


def unknown_column(column: str, known: Sequence[str], name: str, line: int | None = None) -> Problem:
    """A column that the schema does not have."""
    what = say("The table has no column “{column}”.", column=column)
    return Problem(what, _did_you_mean(column, known), file=name, line=line)


def long_cell(length: int, most: int, name: str, line: int, column: str) -> Problem:
    """A cell that no page could show."""
    what = say("The cell holds {length} characters; {most} are allowed.", length=length, most=most)
    fix = say("Shorten the text, or publish it as a document and give its address.")
    return Problem(what, fix, file=name, line=line, column=column)


def _did_you_mean(word: str, known: Sequence[str]) -> Message:
    likely = difflib.get_close_matches(word, known, n=1)
    if likely:
        return say("Did you mean “{likely}”?", likely=likely[0])
    return say("Remove it, or add it to the schema.")
