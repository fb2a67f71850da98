"""Labels and names -> the codes and identifiers of records. What is only likely is proposed, never taken."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from ..checks.words import fold
from ..errors import Message, say
from ..package import Resource
from ..sentences import LISTED, SEARCHED, shown
from .reading import Reading
from .rules import Rules, is_name

LIKELY = 0.6  # share of letters that two names have in common, by difflib
PROPOSED = 3  # likely names in a message
LONGEST_SEARCHED = 100  # characters; what is longer is no name
COMPARED = 50_000  # names compared in one sheet, about a second; after that nothing more is proposed
LABELLED = re.compile(r"(.*)\(([^()]+)\)", re.DOTALL)  # “Name (id)”, as the drop-downs of the templates say

Arriving = Mapping[str, Sequence[Mapping[str, str]]]  # table -> records that come in other sheets, with identifiers


class Lookup:
    """The records of a table by what people call them."""

    def __init__(self, target: Resource, rules: Rules, language: str, arriving: Sequence[Mapping[str, str]] = ()):
        self.target = target
        self.language = language
        self.keys: dict[str, None] = {}  # in the order of the table
        self.labels: dict[str, str] = {}  # key -> name in the reader's language, else in any
        self.names: dict[str, tuple[str, ...]] = dict(rules.names[target.name])  # folded name -> keys
        self.found: dict[str, Reading] = {}  # what was looked up before
        self.columns = name_columns(target, language)
        for record in rules.tables[target.name].records:
            self._add(record[target.primary_key], [record[column] for column in self.columns])
        for cells in arriving:
            self.add(cells)

    def add(self, cells: Mapping[str, str]) -> None:
        """A record that comes with the file."""
        key = cells.get(self.target.primary_key)
        if not key:
            return
        names = [cells.get(column) for column in self.columns]
        self._add(key, names)
        for name in names:
            folded = fold(name or "")
            if folded and key not in self.names.get(folded, ()):
                self.names[folded] = (*self.names.get(folded, ()), key)

    def _add(self, key: str, names: Sequence[str | None]) -> None:
        self.keys[key] = None
        self.labels.setdefault(key, next((name for name in names if name), key))

    def key_of(self, text: str) -> str:
        """The key of the one record that the text names; empty when there is none, or more than one."""
        if text in self.keys:
            return text
        keys = self.names.get(fold(text), ())
        if len(keys) == 1:
            return keys[0]
        labelled = LABELLED.fullmatch(text)
        if not keys and labelled and labelled[2].strip() in self.keys:
            key = labelled[2].strip()
            called = self.names.get(fold(labelled[1]), ())
            return key if not called or key in called else ""
        return ""

    def read(self, text: str, budget: Budget) -> Reading:
        """The key, or what is wrong."""
        if text not in self.found:
            key = self.key_of(text)
            self.found[text] = Reading(key) if key else self._unknown(text, budget)
        return self.found[text]

    def _unknown(self, text: str, budget: Budget) -> Reading:
        keys = self.names.get(fold(text), ())
        table = self.target.title.words(self.language)
        if keys:
            what = say("Several records of “{table}” are called “{value}”.", table=table, value=shown(text))
            return Reading(what=what, fix=say("Write one of {identifiers}.", identifiers=", ".join(keys)))
        if self.target.is_codelist:
            what = say("“{value}” is not in the list of allowed values, {table}.", value=shown(text), table=table)
        else:
            what = say("“{table}” has no record called “{value}”.", table=table, value=shown(text))
        return Reading(what=what, fix=self._fix(self.likely(text, budget)))

    def _fix(self, likely: Sequence[str]) -> Message:
        if self.target.is_codelist:
            if likely:
                return say("Did you mean “{likely}”?", likely=self.labels[likely[0]])
            if len(self.keys) <= LISTED:
                labels = dict.fromkeys(self.labels[key] for key in self.keys)
                return say("Allowed values: {values}.", values=", ".join(labels))
        elif len(likely) == 1:
            return say("Did you mean “{likely}”?", likely=self._with_key(likely[0]))
        elif likely:
            named = "; ".join(self._with_key(key) for key in likely)
            return say("Likely ones are: {likely}. Write one of them if it is meant.", likely=named)
        return say("Add the record there, or correct the value here.")

    def _with_key(self, key: str) -> str:
        return f"{self.labels[key]} ({key})" if self.labels[key] != key else key

    def likely(self, text: str, budget: Budget) -> list[str]:
        """Keys of the records whose names are most like the text, the likeliest first."""
        word = fold(text)
        count = len(self.names) + len(self.keys)
        if not word or len(word) > LONGEST_SEARCHED or count > SEARCHED or not budget.take(count):
            return []
        matcher = SequenceMatcher(None, "", word)
        scores: defaultdict[str, float] = defaultdict(float)
        candidates = [*self.names.items(), *((fold(key), (key,)) for key in self.keys)]
        for name, keys in candidates:
            if len(name) > LONGEST_SEARCHED:
                continue
            matcher.set_seq1(name)
            if matcher.real_quick_ratio() >= LIKELY and matcher.quick_ratio() >= LIKELY:
                score = matcher.ratio()
                for key in keys:
                    scores[key] = max(scores[key], score)
        likely = [key for key in scores if scores[key] >= LIKELY]
        return sorted(likely, key=lambda key: (-scores[key], key))[:PROPOSED]


class Budget:
    """How many names may still be compared, so that a sheet full of unknown names stays quick."""

    def __init__(self) -> None:
        self.left = COMPARED

    def take(self, names: int) -> bool:
        """Whether there is enough left; if so, it is spent."""
        if names > self.left:
            return False
        self.left -= names
        return True


def name_columns(target: Resource, language: str) -> list[str]:
    """The columns that hold a record's names; that of the language first."""
    columns = [name for name in target.field_names if is_name(name)]
    return sorted(columns, key=lambda name: not name.endswith(f"_{language}"))
