"""The files of the words: key -> numbers of the grants whose texts have a word that begins with it."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from json.encoder import encode_basestring

import duckdb

from .about import FIRSTS, INSIDE, LIST, SHARD, About
from .coding import gaps, without_repeats
from .dimensions import DIMENSIONS
from .fold import CUT, SHORTEST, fold, words_of
from .numbering import Numbered

TITLE = "title"
SEARCHED = (TITLE, "description", "beneficiary_note", "place_note")  # texts of a grant, in every language
# As in fold.py; the quotation mark is doubled for SQL.
WORD = r"[\p{L}\p{N}\x{300}-\x{36f}]+(?:[''’ʼ`][\p{L}\p{N}\x{300}-\x{36f}]+)*"
DIGITS = "[0-9]+"


@dataclass
class Keys:
    """Entries of the keys, to be put in order and shared out into files."""

    first: int  # grants of the first of several windows, else 0
    entries: dict[str, str] = field(default_factory=dict)  # key -> its entry as JSON
    lists: int = 0  # that stand in files of their own

    def add(self, key: str, word: str, codes: list[int]) -> Iterable[tuple[str, str]]:
        """Add a key; (path, text) of the files of a list that is too long to stand beside it."""
        if len(codes) > INSIDE:
            return self._add_long(key, word, codes)
        self.entries[key] = f'[{encode_basestring(word)},{len(codes)},"{gaps(codes)}"]'  # gaps() needs no escape
        return ()

    def _add_long(self, key: str, word: str, codes: list[int]) -> Iterator[tuple[str, str]]:
        number, self.lists = self.lists, self.lists + 1
        firsts = [codes[at] >> 1 for at in range(0, len(codes), LIST)]
        steps = [first - before for first, before in zip(firsts, [0, *firsts], strict=False)]
        seen_first = codes[: bisect_left(codes, self.first * 2)]
        known = [gaps(seen_first)] if self.first and len(seen_first) <= FIRSTS else []
        self.entries[key] = _json([word, len(codes), number, steps, *known])
        for at in range(0, len(codes), LIST):
            yield f"p/{number % 64}/{number}-{at // LIST}", gaps(codes[at : at + LIST])

    def shards(self) -> Iterator[tuple[str, str]]:
        """(first key, content of the file) of every file of keys, in the order in which a browser compares texts."""
        lines: list[str] = []
        first, letters = "", 0
        for key in sorted(self.entries, key=lambda key: key.encode("utf-16-be", "surrogatepass")):
            if letters > SHARD:
                yield first, _members(lines)
                lines, letters = [], 0
            if not lines:
                first = key
            lines.append(f"{encode_basestring(key)}:{self.entries[key]}")
            letters += len(lines[-1])
        if lines:
            yield first, _members(lines)


def word_files(
    database: duckdb.DuckDBPyConnection, about: About, numbered: Numbered, keys: Keys
) -> Iterator[tuple[str, str]]:
    """Fill `keys` with the words of the texts; (path, text) of the files of long lists."""
    _fold_words(database, about, numbered)
    cursor = database.execute("""
        select key, min(word), list(number * 2 + title order by number, title)
        from explorer_texts join explorer_words using (raw)
        group by key order by key""")
    while rows := cursor.fetchmany(1_000):
        for key, word, codes in rows:
            yield from keys.add(key, word, without_repeats(codes))
    database.execute("drop table explorer_texts; drop table explorer_words")


def value_files(database: duckdb.DuckDBPyConnection, numbered: Numbered, keys: Keys) -> Iterator[tuple[str, str]]:
    """The same for values of filed dimensions: `recipient=ID` -> its grants, `recipient:word` -> numbers of values."""
    for one in DIMENSIONS:
        if numbered.is_listed(one):
            continue
        cursor = database.execute(f"""
            select any_value(explorer_{one.name}.id), list(number order by number)
            from explorer_grants join explorer_{one.name} on value = "{one.name}"
            group by value order by value""")
        while rows := cursor.fetchmany(1_000):
            for identifier, numbers in rows:
                yield from keys.add(f"{one.name}={identifier}", identifier, [number * 2 for number in numbers])
        named: dict[str, dict[int, None]] = {}
        spelled: dict[str, str] = {}
        for value, identifier, names in named_values(database, one.name, one.table):
            for word in {word: None for text in (identifier, *names) for word in words_of(text)}:
                named.setdefault(f"{one.name}:{word[:CUT]}", {})[value] = None
                spelled.setdefault(f"{one.name}:{word[:CUT]}", word)
        for key, values in named.items():
            yield from keys.add(key, spelled[key], [value * 2 for value in values])


def named_values(
    database: duckdb.DuckDBPyConnection, dimension: str, table: str | None
) -> list[tuple[int, str, list[str]]]:
    """(value number, id, names by language) of a dimension, in the order of the numbers; [] for one without names."""
    return database.execute(
        f"""select value, explorer_{dimension}.id, coalesce(names, []) from explorer_{dimension}
        left join explorer_names on explorer_names.id = explorer_{dimension}.id and "table" = ? order by value""",
        [table],
    ).fetchall()


def _fold_words(database: duckdb.DuckDBPyConnection, about: About, numbered: Numbered) -> None:
    """explorer_texts: number, title (1 for a word of the title), raw word; explorer_words: raw word, key, lower case.

    Words are folded once each. Those of digits alone are left to the database: every identifier has one of its own.
    """
    names = {field.name for field in about.fields}
    texts = [f"{text}_{language}" for text in SEARCHED for language in about.languages if f"{text}_{language}" in names]
    filed = [one for one in DIMENSIONS if not numbered.is_listed(one) and one.table and one.field]
    titles = [name for name in texts if name.startswith(f"{TITLE}_")]
    others = [name for name in texts if name not in titles]
    joined = {
        1: _joined([f'grants."{name}"' for name in titles]),
        0: _joined(
            [
                "grants.id",
                "grants.program",
                "grants.call",
                *(f'grants."{name}"' for name in others),
                *(f"names_{one.name}" for one in filed),
            ]
        ),
    }
    joins = "".join(
        f"""left join (select id, array_to_string(list_distinct(names), ' ') as names_{one.name} from explorer_names
            where "table" = '{one.table}') as of_{one.name} on of_{one.name}.id = grants."{one.field}"
        """
        for one in filed
    )
    people = [name for name in ("partners", "donor") if name in names]
    joins += "".join(
        f"""left join (
            select grants.id, string_agg(array_to_string(list_distinct(names), ' '), ' ') as names_{name}
            from (select id, unnest({f"[{name}]" if name == "donor" else name}) as body from grants) as grants
            join explorer_names on explorer_names.id = body and "table" = 'organizations' group by grants.id
        ) as of_{name} on of_{name}.id = grants.id
        """
        for name in people
    )
    joined[0] = joined[0] + "".join(f" || ' ' || coalesce(names_{name}, '')" for name in people)
    database.execute(f"""
        create or replace table explorer_texts as
        select number, title, raw from (
            select number, title, unnest(regexp_extract_all(text, '{WORD}')) as raw from (
                select number, 1 as title, {joined[1]} as text from explorer_order join grants using (id)
                union all
                select number, 0 as title, {joined[0]} as text from explorer_order join grants using (id) {joins}
            )
        ) where length(raw) >= {SHORTEST}""")
    database.execute(f"""
        create or replace table explorer_words as
        select raw, left(raw, {CUT}) as key, raw as word from (select distinct raw from explorer_texts)
        where regexp_full_match(raw, '{DIGITS}')""")
    found = database.execute(f"""
        select raw, count(*) from explorer_texts where not regexp_full_match(raw, '{DIGITS}') group by raw order by raw
        """).fetchall()
    usual: dict[str, tuple[int, str]] = {}  # key -> number of uses and the word most used
    folded: list[tuple[str, str]] = []
    for raw, uses in found:
        key = fold(raw)[:CUT]
        if key:
            folded.append((raw, key))
            usual[key] = max(usual.get(key, (0, "")), (uses, raw.lower()))
    columns = [[raw for raw, _ in folded], [key for _, key in folded], [usual[key][1] for _, key in folded]]
    database.execute(
        "insert into explorer_words select unnest(?::varchar[]), unnest(?::varchar[]), unnest(?::varchar[])", columns
    )


def _joined(texts: list[str]) -> str:
    return f"concat_ws(' ', {', '.join(texts)})" if texts else "''"


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _members(lines: list[str]) -> str:
    return "{" + ",\n".join(lines) + "}"
