"""What a search of the explorer must find, worked out in the plainest way: every word of every grant is looked at.

A second opinion on the index and the scripts. It knows nothing of keys, lists, files or windows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from portal.explorer.endings import ENDINGS
from portal.explorer.fold import CUT, SHORTEST, fold, words_of
from portal.validate import Record, Tables

NAMES = ("name", "label", "title")
WHAT_IT_IS = ("kind", "legal_form", "role")
STAYS = 3  # letters in which two words must be alike, to be forms of one
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
FOLDED = tuple({"", *map(fold, endings)} for endings in ENDINGS.values())


Texts = tuple[tuple[str, ...], ...]  # folded words of each text


@dataclass(frozen=True, slots=True)
class Term:
    """A word, several that belong together, or a phrase."""

    words: tuple[str, ...]
    is_phrase: bool
    is_not: bool
    field: str | None
    typed: str  # in small letters


@dataclass(frozen=True)
class Grant:
    """A grant as lists of folded words, one for each text."""

    id: str
    texts: Mapping[str, Texts]  # title, description, …, people
    labels: Mapping[str, dict[str, Texts]] = field(repr=False)  # dimension -> identifier -> names and other words

    @cached_property
    def everywhere(self) -> Texts:
        """Every text, and every name by which people look for a grant."""
        named = [texts for name, values in self.labels.items() if name in LABELLED for texts in values.values()]
        return tuple(words for texts in (*self.texts.values(), *named) for words in texts)


def is_form(typed: str, word: str) -> bool:
    """Whether a folded word is the one that was typed, perhaps with another ending or with more behind."""
    cut = word[:CUT]
    if cut.startswith(typed[:CUT]):
        return True
    for stem, endings in _stems(typed):
        if cut.startswith(stem):
            rest = cut[len(stem) :]
            is_ending = rest in endings or (len(cut) == CUT and any(one.startswith(rest) for one in endings))
            if is_ending if len(stem) >= STAYS else not rest:
                return True
    return False


@cache
def _stems(typed: str) -> tuple[tuple[str, set[str]], ...]:
    """What a folded word is without an ending, with the endings of the language of that ending."""
    return tuple(
        (typed[: len(typed) - len(one)], endings)
        for endings in FOLDED
        for one in endings
        if typed.endswith(one) and len(typed) - len(one) >= SHORTEST
    )


def terms_of(query: str, passed_over: frozenset[str] = frozenset()) -> list[Term]:
    """What was typed, term by term, without words that would fit every grant unless there are no others."""
    terms = list(_typed(query))
    telling = [one for one in terms if one.is_phrase or one.is_not or one.field or one.words[0] not in passed_over]
    return telling or terms


def _typed(query: str) -> Iterator[Term]:
    for found in TERM.finditer(query):
        phrase, plain, name, is_not = found["phrase"], found["plain"] or "", found["field"], bool(found["minus"])
        typed = plain if phrase is None else phrase
        words = tuple(words_of(typed))
        if words and (phrase is not None or name or is_not):
            yield Term(words, phrase is not None, is_not, name, typed.lower())
        else:
            yield from (Term((word,), False, False, None, word) for word in words)


def find(grants: tuple[Grant, ...], query: str, passed_over: frozenset[str] = frozenset()) -> set[str]:
    """Identifiers of the grants that a query finds. `passed_over` are folded."""
    terms = terms_of(query, passed_over)
    return {one.id for one in grants if terms and all(_is_met(one, term) != term.is_not for term in terms)}


def read_grants(
    tables: Tables, languages: tuple[str, ...], everyday: Mapping[str, Mapping[str, str]]
) -> tuple[Grant, ...]:
    """Every grant with its words. `everyday` are the publisher's other words for a record, by table and key."""
    names = {
        name: {str(record[table.resource.primary_key]): _texts(record, NAMES, languages) for record in table.records}
        for name, table in tables.items()
    }
    parents = {str(record["id"]): record["parent"] for record in tables["places"].records}

    def around(place: str | None) -> Iterator[str]:
        while place:
            yield place
            place = parents[place]

    by_key = {
        name: {str(one[table.resource.primary_key]): one for one in table.records} for name, table in tables.items()
    }

    def others(table: str, key: str) -> Texts:
        """Everyday words, words for what the record is, and its names without hyphens."""
        resource, record = tables[table].resource, by_key[table][key]
        codes = [(one.refers_to, record[one.name]) for one in resource.fields if one.name in WHAT_IT_IS]
        kinds = [words for codelist, code in codes if codelist and code for words in names[codelist][code]]
        written = [record[f"{name}_{language}"] or "" for name in NAMES for language in languages]
        joined = [word.replace("-", "") for text in written for word in text.split() if "-" in word]
        return (tuple(words_of(everyday.get(table, {}).get(key, ""))), *kinds, tuple(words_of(" ".join(joined))))

    def grant(record: Record) -> Grant:
        texts = {text: _texts(record, (text,), languages) for text in TEXTS}
        people = [key for name in PEOPLE for key in _listed(record[name])]
        texts["people"] = tuple(words for key in people for words in names["organizations"][key])
        texts["id"] = (tuple(words_of(str(record["id"]))),)
        texts["ids"] = tuple(tuple(words_of(record[name])) for name in ("program", "call") if record[name])
        labels = {}
        for dimension, (column, table) in (LABELLED | MORE_FIELDS).items():
            keys = around(record[column]) if dimension == "place" else _listed(record[column])
            labels[dimension] = {key: (*names[table][key], *others(table, key)) if table else ((key,),) for key in keys}
        return Grant(str(record["id"]), texts, labels)

    return tuple(grant(record) for record in tables["grants"].records)


def _is_met(grant: Grant, term: Term) -> bool:
    if term.field is None:
        return _fits(grant.everywhere, term)
    if term.field in grant.texts:
        return _fits(grant.texts[term.field], term)
    # All words must be those of one value.
    return any(key.lower() == term.typed or _fits(texts, term) for key, texts in grant.labels[term.field].items())


def _fits(texts: Texts, term: Term) -> bool:
    if term.is_phrase:
        return any(_contains(words, term.words) for words in texts)
    return all(any(is_form(wanted, word) for words in texts for word in words) for wanted in term.words)


def _contains(words: tuple[str, ...], phrase: tuple[str, ...]) -> bool:
    return any(words[at : at + len(phrase)] == phrase for at in range(len(words) - len(phrase) + 1))


def _texts(record: Record, texts: tuple[str, ...], languages: tuple[str, ...]) -> Texts:
    columns = [f"{text}_{language}" for text in texts for language in languages]
    return tuple(tuple(words_of(record[column])) for column in columns if record[column])


def _listed(value: object) -> tuple[str, ...]:
    return () if value is None else value if isinstance(value, tuple) else (str(value),)
