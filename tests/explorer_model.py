"""What a search of the explorer must find, worked out in the plainest way: every word of every grant is looked at.

A second opinion on the index and the scripts. It knows nothing of keys, lists, files or windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import CUT, SHORTEST, WORDS, fold, words_of
from portal.validate import Record, Tables

STAYS = 3  # letters that are left of a word without its ending
TEXTS = ("title", "description", "beneficiary_note", "place_note")
PEOPLE = ("partners", "donor")  # named in a grant, but nothing to filter by
LABELLED = {  # dimension -> its field and the table with its names
    "funder": ("funder", "organizations"),
    "recipient": ("recipient", "organizations"),
    "program": ("program", "programs"),
    "call": ("call", "calls"),
    "sphere": ("sphere", "spheres"),
    "group": ("beneficiary_group", "beneficiary_groups"),
    "place": ("place", "places"),
    "year": ("year", None),
}
MORE_FIELDS = {"status": ("status", "grant_statuses"), "certainty": ("certainty", "certainties")}
TERM = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]+):)?(?:["“„«](?P<phrase>[^"“”«»]*)["”»]|(?P<plain>\S+))')
FOLDED = tuple({fold(ending) for endings in ENDINGS.values() for ending in endings})


@dataclass(frozen=True, slots=True)
class Term:
    """A word, several that belong together, or a phrase."""

    words: tuple[str, ...]
    is_phrase: bool
    is_not: bool
    field: str | None


@dataclass(frozen=True)
class Grant:
    """A grant as lists of folded words, one for each text."""

    id: str
    texts: Mapping[str, tuple[tuple[str, ...], ...]]  # title, description, …, people
    labels: Mapping[str, tuple[tuple[str, ...], ...]] = field(repr=False)  # by dimension

    @cached_property
    def everywhere(self) -> tuple[tuple[str, ...], ...]:
        """Every text, and every name by which people look for a grant."""
        named = [texts for name, texts in self.labels.items() if name in LABELLED]
        return tuple(words for texts in (*self.texts.values(), *named) for words in texts)


def stem(word: str) -> str:
    """A folded word without the longest ending that fits. Numbers have none."""
    room = 0 if re.search(r"\d", word) else len(word) - STAYS
    fitting = [len(ending) for ending in FOLDED if len(ending) <= room and word.endswith(ending)]
    return word[: len(word) - max(fitting, default=0)]


def terms_of(query: str) -> Iterator[Term]:
    """What was typed, term by term."""
    for found in TERM.finditer(query):
        phrase, plain, name, is_not = found["phrase"], found["plain"] or "", found["field"], bool(found["minus"])
        if phrase is not None:
            yield Term(tuple(words_of(phrase)), True, is_not, name)
            continue
        words = tuple(stem(word) for word in map(fold, WORDS.findall(plain)) if len(word) >= SHORTEST)
        if words and (name or is_not):
            yield Term(words, False, is_not, name)
        else:
            yield from (Term((word,), False, False, None) for word in words)


def find(grants: tuple[Grant, ...], query: str) -> set[str]:
    """Identifiers of the grants that a query finds."""
    terms = tuple(terms_of(query))
    return {one.id for one in grants if terms and all(_is_met(one, term) != term.is_not for term in terms)}


def read_grants(tables: Tables, languages: tuple[str, ...]) -> tuple[Grant, ...]:
    """Every grant with its words."""
    names = {
        name: {
            str(record[table.resource.primary_key]): _texts(record, ("name", "label", "title"), languages)
            for record in table.records
        }
        for name, table in tables.items()
    }
    parents = {str(record["id"]): record["parent"] for record in tables["places"].records}

    def around(place: str | None) -> Iterator[str]:
        while place:
            yield place
            place = parents[place]

    def grant(record: Record) -> Grant:
        texts = {text: _texts(record, (text,), languages) for text in TEXTS}
        people = [key for name in PEOPLE for key in _listed(record[name])]
        texts["people"] = tuple(words for key in people for words in names["organizations"][key])
        texts["id"] = (tuple(words_of(str(record["id"]))),)
        labels = {}
        for dimension, (column, table) in (LABELLED | MORE_FIELDS).items():
            keys = around(record[column]) if dimension == "place" else _listed(record[column])
            labels[dimension] = tuple(
                words for key in keys for words in ((tuple(words_of(key)), *names[table][key]) if table else [(key,)])
            )
        return Grant(str(record["id"]), texts, labels)

    return tuple(grant(record) for record in tables["grants"].records)


def _is_met(grant: Grant, term: Term) -> bool:
    if term.field is None:
        texts = grant.everywhere
    elif term.field in grant.texts:
        texts = grant.texts[term.field]
    else:
        texts = grant.labels[term.field]
    if term.is_phrase:
        return any(_contains(words, term.words) for words in texts)
    return all(any(_begins(word, wanted) for words in texts for word in words) for wanted in term.words)


def _begins(word: str, wanted: str) -> bool:
    return word.startswith(wanted) if len(wanted) < CUT else word[:CUT] == wanted[:CUT]


def _contains(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _texts(record: Record, texts: tuple[str, ...], languages: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    columns = [f"{text}_{language}" for text in texts for language in languages]
    return tuple(tuple(words_of(record[column])) for column in columns if record[column])


def _listed(value: object) -> tuple[str, ...]:
    return () if value is None else value if isinstance(value, tuple) else (str(value),)
