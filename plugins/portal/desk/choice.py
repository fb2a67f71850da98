"""Which record a row means.

The first of these that fits decides:
  1. the record with the identifier that the row gives;
  2. the record of the same identity (see identifiers.py); of several the one that would not change, else the first;
  3. the record that an earlier run made of this row, known by its identifier, although it was completed since;
  4. the one record that has a text of the identity in common and contradicts nothing that the sheet has a column for;
     of several none is chosen, and the row is asked for its identifier;
  5. a new record.
No record is meant by two rows of the files.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..cells import cell_text
from ..checks.words import fold, prose_columns
from ..errors import Message, say
from ..validate import Record, Table
from .identifiers import Identity, identifiers, identity_of, numbered
from .model import CellProblem, DeskRow
from .rules import TableRules

MOST_COMPARED = 1_000  # records of one identity that are searched for the one that would not change


class Records:
    """The records of a table, by what they can be found."""

    def __init__(self, table: Table, rules: TableRules) -> None:
        self.rules = rules
        self.resource = table.resource
        self.key = table.resource.primary_key
        self.by_id: dict[str, Record] = {record[self.key]: record for record in table.records}
        self.by_folded_id = {identifier.casefold(): identifier for identifier in self.by_id}
        prose = prose_columns(table.resource)
        self.texts = tuple(name for name in rules.identity if name in prose)
        self.facts = tuple(name for name in rules.identity if name not in prose)

    def cells(self, record: Record, names: Iterable[str] | None = None) -> dict[str, str]:
        """The record, or some fields of it, as text."""
        fields = self.resource.by_name
        return {name: cell_text(record[name], fields[name].delimiter) for name in names or self.resource.field_names}

    @cached_property
    def by_identity(self) -> dict[Identity, list[str]]:
        """Identity -> identifiers of the records that have it, in the order of the table."""
        found: defaultdict[Identity, list[str]] = defaultdict(list)
        for identifier, record in self.by_id.items():
            found[identity_of(self.cells(record, self.rules.identity), self.rules)].append(identifier)
        return found

    @cached_property
    def by_text(self) -> dict[tuple[str, str], list[str]]:
        """Field and folded text -> identifiers of the records that say so."""
        found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for identifier, record in self.by_id.items():
            for name in self.texts:
                if record[name]:
                    found[name, fold(record[name])].append(identifier)
        return found

    @cached_property
    def in_order(self) -> list[str]:
        """The identifiers in the order of their signs."""
        return sorted(self.by_id)

    def has_beginning(self, start: str) -> bool:
        """Whether an identifier begins so."""
        place = bisect_left(self.in_order, start)
        return place < len(self.in_order) and self.in_order[place].startswith(start)

    def would_change(self, row: DeskRow, identifier: str) -> bool:
        """Whether the row says anything else than the record."""
        recorded = self.cells(self.by_id[identifier], row.cells)
        return any(
            text != recorded[name]
            for name, text in row.cells.items()
            if name != self.key and not self.rules.automatic(name)
        )

    def contradicts(self, row: DeskRow, identifier: str, facts: Iterable[str]) -> bool:
        """Whether one of these fields, or a text that both have, is another in the record."""
        recorded = self.cells(self.by_id[identifier], self.rules.identity)
        return any(row.cells.get(name, "") != recorded[name] for name in facts) or any(
            recorded[name] and name in row.cells and fold(row.cells[name]) != fold(recorded[name])
            for name in self.texts
        )


@dataclass
class Choice:
    """The records chosen so far. One step after the other, each for the rows that are left."""

    rows: Sequence[DeskRow]
    records: Records
    ids: dict[int, str] = field(default_factory=dict)  # place of the row -> identifier
    taken: dict[str, DeskRow] = field(default_factory=dict)  # identifier, case folded -> the row that has it
    problems: defaultdict[int, list[CellProblem]] = field(default_factory=lambda: defaultdict(list))
    left: dict[Identity, list[int]] = field(default_factory=dict)  # places of rows without a record
    numbers: dict[str, int] = field(default_factory=dict)  # made identifier -> its last number that was tried

    def make(self) -> None:
        """Take the steps in their order."""
        self._by_given_identifiers()
        self._by_identity()
        self._by_made_identifiers()
        self._by_common_text()
        self._make_new()

    def _by_given_identifiers(self) -> None:
        """Rule 1; and who is left for the other rules: no row whose identity or identifier could not be read."""
        key = self.records.key
        decisive = {None, key, *self.records.rules.identity}  # None: an error of the row as a whole
        for number, row in enumerate(self.rows):
            given = row.cells.get(key)
            if given is not None:
                problem = self._unusable(row, given)
                if problem:
                    self.problems[number].append(problem)
                else:
                    self._take(number, given)
            elif not any(one.level == "error" and one.field in decisive for one in row.problems):
                self.left.setdefault(identity_of(row.cells, self.records.rules), []).append(number)

    def _unusable(self, row: DeskRow, given: str) -> CellProblem | None:
        other = self.taken.get(given.casefold())
        if other:
            what = say(
                "The identifier “{value}” is already used in sheet “{sheet}”, row {row}.",
                value=given,
                sheet=other.sheet,
                row=other.number,
            )
            fix = say("Give one of the two records another identifier, or delete the one that is there twice.")
            return self._problem(row, what, fix)
        recorded = self.records.by_folded_id.get(given.casefold(), given)
        if recorded != given:
            what = say(
                "The identifier “{value}” differs from “{other}” only in capital letters.", value=given, other=recorded
            )
            return self._problem(row, what, say("Write “{other}”, or another identifier.", other=recorded))
        return None

    def _by_identity(self) -> None:
        """Rule 2."""
        for identity, numbers in self.left.items():
            free = [one for one in self.records.by_identity.get(identity, ()) if one.casefold() not in self.taken]
            if len(free) <= MOST_COMPARED:
                for number in tuple(numbers):
                    same = (one for one in free if not self.records.would_change(self.rows[number], one))
                    found = next(same, None)
                    if found:
                        free.remove(found)
                        self._place(identity, number, found)
            for number, found in zip(tuple(numbers), free, strict=False):
                self._place(identity, number, found)

    def _by_made_identifiers(self) -> None:
        """Rule 3. All identifiers of an identity begin as its first one, which hardly ever some record has."""
        for identity, number in self._all_left():
            if not self.records.has_beginning(next(identifiers(identity, self.records.rules))):
                continue
            row = self.rows[number]
            facts = [name for name in self.records.facts if name in row.cells]
            made = (one for one in self._free_identifiers(identity) if one in self.records.by_id)
            found = next((one for one in made if not self.records.contradicts(row, one, facts)), None)
            if found:
                self._place(identity, number, found)

    def _by_common_text(self) -> None:
        """Rule 4."""
        for identity, number in self._all_left():
            row = self.rows[number]
            facts = [name for name in self.records.facts if name in row.columns]
            alike = dict.fromkeys(
                one
                for name in self.records.texts
                if name in row.cells
                for one in self.records.by_text.get((name, fold(row.cells[name])), ())
                if one.casefold() not in self.taken
            )
            found = [one for one in alike if not self.records.contradicts(row, one, facts)]
            if len(found) == 1:
                self._place(identity, number, found[0])
            elif found:
                self.left[identity].remove(number)
                what = say("The row fits more than one record: {records}.", records=", ".join(found))
                fix = say("Write the identifier of the right one into the column “{column}”.", column=self.records.key)
                self.problems[number].append(self._problem(row, what, fix))

    def _make_new(self) -> None:
        """Rule 5."""
        for identity, number in self._all_left():
            free = self._free_identifiers(identity)
            folded = self.records.by_folded_id
            self._place(identity, number, next(one for one in free if one.casefold() not in folded))

    def _free_identifiers(self, identity: Identity) -> Iterator[str]:
        """For every number of digits the first identifier that no row has taken."""
        for identifier in identifiers(identity, self.records.rules):
            number = self.numbers.get(identifier, 1)
            while numbered(identifier, number).casefold() in self.taken:
                number += 1
            self.numbers[identifier] = number
            yield numbered(identifier, number)

    def _all_left(self) -> list[tuple[Identity, int]]:
        return sorted(((identity, number) for identity, them in self.left.items() for number in them), key=_by_number)

    def _place(self, identity: Identity, number: int, identifier: str) -> None:
        self.left[identity].remove(number)
        self._take(number, identifier)

    def _take(self, number: int, identifier: str) -> None:
        self.ids[number] = identifier
        self.taken[identifier.casefold()] = self.rows[number]

    def _problem(self, row: DeskRow, what: Message, fix: Message) -> CellProblem:
        key = self.records.key
        return CellProblem(row.sheet, row.number, row.columns.get(key), key, what, fix)


def _by_number(item: tuple[Identity, int]) -> int:
    return item[1]
