"""How checks look at words: which columns hold prose, in which languages, and when two texts say the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from ..package import Resource
from ..validate import Record, Tables
from .rows import Doubt, any_of, suspects

LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z][A-Za-z]{1,3})*")  # as Babel writes it: eo, sr_Latn, pt_BR
ACCENTS = re.compile("[\u0300-\u036f]+")
NO_WORD = re.compile(r"[\W_]+")
# For DuckDB: letters and digits that fold() at most makes small, and marks of which it makes nothing.
LETTER = r"([0-9A-Za-z\x{410}-\x{418}\x{41a}-\x{438}\x{43a}-\x{44f}])"
MARKS = "[ !\"#$%&''()*+,./:;<=>?@^_`{|}~«»“”„‘’–—…-]*"


def prose_columns(resource: Resource) -> tuple[str, ...]:
    """Columns in which people write freely: text without a form, a list of values or a record that it points at."""
    return tuple(
        field.name
        for field in resource.fields
        if field.type == "string" and not field.refers_to and "pattern" not in field.constraints
        if field.name != resource.primary_key
    )


def prose(tables: Tables, doubt: Callable[[str], str]) -> Iterator[tuple[Record, str, str]]:
    """Every filled cell of a prose column: record, column, text; of a large table those of records in doubt.

    `doubt` is about one cell.
    """
    for table in tables.values():
        columns = prose_columns(table.resource)
        for record in suspects(table, about(columns, doubt)):
            values = record.values
            for column in columns:
                text = values[column]
                if text:
                    yield record, column, text


def about(columns: Iterable[str], doubt: Callable[[str], str]) -> Doubt:
    """A doubt about the text of any of these columns."""
    return lambda table: any_of(doubt(table[column]) for column in columns if column in table)


def versions(resource: Resource, name: str) -> tuple[str, ...]:
    """The columns of a text in the languages of the portal: title -> title_eo, title_en."""
    return tuple(
        column
        for column in prose_columns(resource)
        if column.startswith(f"{name}_") and LANGUAGE.fullmatch(column.removeprefix(f"{name}_"))
    )


def folded(record: Record, columns: tuple[str, ...]) -> set[str]:
    """The folded words of these columns, without the empty ones."""
    return {fold(record[column]) for column in columns if record[column]} - {""}


def fold(text: str) -> str:
    """The words alone: no case, accents, quotation marks, punctuation or repeated blanks."""
    if not text.isascii():
        text = ACCENTS.sub("", unicodedata.normalize("NFKD", text))
    return NO_WORD.sub(" ", text.casefold()).strip()


def may_say_the_same(one: str, other: str) -> str:
    """SQL: whether two cells may be the same when they are folded. It compares the last and the first letter.

    Folding them in DuckDB would take thirty times as long.
    """
    return " and ".join(
        f"({_letter(one, form)} in ('', {_letter(other, form)}) or {_letter(other, form)} = '')"
        for form in (f"{LETTER}{MARKS}$", f"^{MARKS}{LETTER}")
    )


def _letter(cell: str, form: str) -> str:
    """SQL: a letter as fold() makes it; an empty text for one that DuckDB may not fold so."""
    return f"lower(regexp_extract({cell}, '{form}', 1))"
