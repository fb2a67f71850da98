"""What the engine of the explorer must answer, found out by looking at every grant. Nothing is shared with it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from math import log
from statistics import median
from typing import Any

from tests import explorer_model
from tests.browser.explorer_index import (
    CERTAIN,
    CUT,
    DIMENSIONS,
    REFERS,
    World,
    joint_sums,
    plain,
    searched,
    sums,
    words_of,
    years,
)

is_form = cache(explorer_model.is_form)
LABELLED = ("funder", "recipient", "program", "call", "sphere", "group", "place", "year")


@dataclass(frozen=True)
class Term:
    """A part of a question: a word, or the words of a phrase."""

    words: str
    is_phrase: bool = False
    is_not: bool = False
    field: str = ""

    def __str__(self) -> str:
        words = f'"{self.words}"' if self.is_phrase else self.words
        return f"{'-' if self.is_not else ''}{f'{self.field}:' if self.field else ''}{words}"


@dataclass(frozen=True)
class Question:
    """As the engine is asked."""

    terms: tuple[Term, ...] = ()
    filters: Mapping[str, list[str]] = field(default_factory=dict)
    at_least: str = ""
    at_most: str = ""
    sort: str = "newest"
    facets: tuple[str, ...] = ()
    groups: str | None = None

    def asked(self, **more: Any) -> dict[str, Any]:
        return {
            "text": " ".join(map(str, self.terms)), "filters": dict(self.filters), "from": self.at_least,
            "to": self.at_most, "sort": self.sort, "facets": list(self.facets), "sums": True, "groups": self.groups,
            "all": True, "grants": 10_000, **more,
        }  # fmt: skip


class Brute:
    """Looks at every grant of a world."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.grants = world.ordered()
        self.values = {name: world.values(name) for name in DIMENSIONS}
        self.texts = [[(is_title, words_of(text)) for is_title, text in searched(world, one)] for one in self.grants]
        self.labels = [self._labels(one) for one in self.grants]
        self.everywhere = [[*(words for _, words in of), *self.labels[at]] for at, of in enumerate(self.texts)]
        self.held: dict[Term, list[bool]] = {}
        self.weights: dict[str, dict[int, float]] = {}

    def _names(self, grant: Mapping[str, str], dimension: str) -> list[list[str]]:
        value = self.world.value(grant, dimension)
        table = REFERS.get(DIMENSIONS[dimension] or "")
        keys = self.world.around(value) if dimension == "place" else [value] if value else []
        return [words_of(text) for key in keys for text in (self.world.names[table][key] if table else [key])]

    def _labels(self, grant: Mapping[str, str]) -> list[list[str]]:
        listed = [name for name in LABELLED if name not in self.world.sizes.filed]
        return [words for name in listed for words in self._names(grant, name)]

    def _found(self, term: Term) -> list[bool]:
        if term not in self.held:
            self.held[term] = [self._holds(number, term) for number in range(len(self.grants))]
        return self.held[term]

    def _holds(self, number: int, term: Term) -> bool:
        grant = self.grants[number]
        folded = words_of(term.words)
        if term.field == "title":
            texts = [words for is_title, words in self.texts[number] if is_title]
        elif term.field == "description":
            texts = [words_of(grant[name]) for name in grant if name.startswith("description")]
        elif term.field == "id":
            return term.words.lower() in grant["id"].lower()
        elif term.field:
            value = self.world.value(grant, term.field)
            places = self.world.around(value) if term.field == "place" else [value]
            if term.words.lower() in [place.lower() for place in places]:
                return True
            # All words must be in the names of one value.
            table = REFERS[DIMENSIONS[term.field] or ""]
            of_values = [[words_of(text) for text in self.world.names[table][one]] for one in places if one]
            return any(self._fits(texts, term, folded) for texts in of_values)
        else:
            texts = self.everywhere[number]
        return self._fits(texts, term, folded)

    def _fits(self, texts: list[list[str]], term: Term, folded: list[str]) -> bool:
        if term.is_phrase:
            return any(f" {' '.join(folded)} " in f" {' '.join(words)} " for words in texts)
        return all(any(is_form(one, word) for words in texts for word in words) for one in folded)

    def _is_chosen(self, grant: Mapping[str, str], dimension: str, ids: Sequence[str]) -> bool:
        value = self.world.value(grant, dimension)
        own = self.world.around(value) if dimension == "place" else [value]
        return any((one == "none" and not value) or (value and one in own) for one in ids)

    def _fails(self, number: int, question: Question) -> list[str]:
        """Names of the conditions that a grant does not fulfil."""
        grant = self.grants[number]
        failed = ["text"] * 2 if any(self._found(term)[number] == term.is_not for term in question.terms) else []
        failed += [name for name, ids in question.filters.items() if ids and not self._is_chosen(grant, name, ids)]
        if question.at_least or question.at_most:
            amount = Decimal(grant["amount_awarded"] or "NaN")
            inside = not amount.is_nan() and not (
                (question.at_least and amount < Decimal(question.at_least))
                or (question.at_most and amount > Decimal(question.at_most))
            )
            failed += [] if inside or "amount" in failed else ["amount"]
        return failed

    def _score(self, number: int, question: Question) -> float:
        score = 0.0
        for term in question.terms:
            if term.is_not or term.is_phrase or term.field:
                continue
            for word in words_of(term.words):
                if word not in self.weights:
                    self.weights[word] = self._weights(word)
                score += self.weights[word].get(number, 0)
        return score

    def _weights(self, typed: str) -> dict[int, float]:
        """Number -> weight of a word; how rare it is counts what is in lists and labels, as the engine knows them."""
        total = sum(
            len({word[:CUT] for _, words in texts for word in words if is_form(typed, word)}) for texts in self.texts
        )
        for name in LABELLED:
            if name not in self.world.sizes.filed:
                total += sum(
                    any(is_form(typed, word) for words in self._names(one, name) for word in words)
                    for one in self.grants
                )
        rare = log(1 + len(self.grants) / (total or 1))
        found = {}
        for number, texts in enumerate(self.texts):
            titled = any(is_title and is_form(typed, word) for is_title, words in texts for word in words)
            if titled or any(is_form(typed, word) for words in self.everywhere[number] for word in words):
                found[number] = rare * (3 if titled else 1)
        return found

    def answer(self, question: Question) -> dict[str, Any]:
        fails = [self._fails(number, question) for number in range(len(self.grants))]
        numbers = [number for number, failed in enumerate(fails) if not failed]
        found = [self.grants[number] for number in numbers]
        counted = [grant for grant in found if grant["certainty"] in CERTAIN]
        awarded = sums(counted)
        facets = {}
        for name in question.facets:
            counts: Counter[int] = Counter()
            for number, failed in enumerate(fails):
                if failed in ([], [name]):
                    value = self.world.value(self.grants[number], name)
                    counts.update(self._numbers(name, value))
            facets[name] = dict(counts)
        return {
            "total": len(numbers),
            "numbers": self._sorted(numbers, question),
            "facets": facets,
            "sums": {
                "counted": len(counted), "announced": len(found) - len(counted),
                "withAmount": sum(one["grants"] for one in awarded), "awarded": awarded,
                "announcedAmounts": sums([one for one in found if one["certainty"] not in CERTAIN]),
                "joint": joint_sums(self.world, counted),
            },
            "years": years(found),
            "groups": self._groups(question.groups, found) if question.groups else None,
        }  # fmt: skip

    def _numbers(self, dimension: str, value: str) -> list[int]:
        own = self.world.around(value) if dimension == "place" else [value]
        return [self.values[dimension].index(one) for one in own or [""]]

    def _sorted(self, numbers: list[int], question: Question) -> list[int]:
        if question.sort == "relevance":
            scores = {number: self._score(number, question) for number in numbers}
            return sorted(numbers, key=lambda number: (-round(scores[number], 3), number))
        if question.sort.endswith("amount"):
            up = 1 if question.sort == "-amount" else -1

            def key(number: int) -> tuple[bool, Decimal, int]:
                amount = self.grants[number]["amount_awarded"]
                return (not amount, up * Decimal(amount or 0), number)

            return sorted(numbers, key=key)
        return numbers

    def _groups(self, dimension: str, found: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        of_value = defaultdict(list)
        for grant in found:
            for value in self._numbers(dimension, self.world.value(grant, dimension)):
                of_value[self.values[dimension][value]].append(grant)
        groups = {}
        for key, grants in of_value.items():
            counted = [grant for grant in grants if grant["certainty"] in CERTAIN]
            awarded = []
            for one in sums(counted):
                amounts = [
                    Decimal(grant["amount_awarded"])
                    for grant in counted
                    if grant["amount_awarded"] and grant["currency"] == one["currency"]
                ]
                awarded.append(one | {"median": plain(median(amounts)), "largest": plain(max(amounts))})
            groups[key] = {"grants": len(grants), "counted": len(counted), "awarded": awarded}
        return groups
