"""Two states of the records as text -> what changed. Knows neither files nor reasons."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..cells import record_cells
from ..text import Text
from ..validate import Tables
from .model import Change


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as its CSV file has it."""

    fields: tuple[str, ...]
    by_id: Mapping[str, tuple[str, ...]]  # primary key -> cells in the order of the fields

    def record(self, identifier: str) -> dict[str, str]:
        """The cells of a record by field, without the empty ones."""
        return {name: cell for name, cell in zip(self.fields, self.by_id[identifier], strict=True) if cell}


State = Mapping[str, Rows]  # by name of the table
NO_ROWS = Rows((), {})
NO_REASON = Text()  # one for all: a table that is new has a change a record


def state_of(tables: Tables) -> State:
    """The records at hand, as a release would write them."""
    state = {}
    for name, table in tables.items():
        key = table.resource.primary_key
        rows = {str(record[key]): tuple(record_cells(record, table.resource)) for record in table.records}
        state[name] = Rows(table.resource.field_names, rows)
    return state


def compare(before: State, after: State) -> Iterator[Change]:
    """Every record that was added or removed and every value that changed, without reasons.

    Tables in the order of `after`, then those that are gone; in a table by identifier, in a record by field. A column
    that came or went is a change of the records that have a value in it.
    """
    for resource in [*after, *(name for name in before if name not in after)]:
        old, new = before.get(resource, NO_ROWS), after.get(resource, NO_ROWS)
        fields = (*new.fields, *(name for name in old.fields if name not in new.fields))
        same_columns = old.fields == new.fields
        for identifier in sorted(old.by_id.keys() | new.by_id.keys()):
            if identifier not in old.by_id:
                yield Change(resource, identifier, "added", None, None, None, NO_REASON)
            elif identifier not in new.by_id:
                yield Change(resource, identifier, "removed", None, None, None, NO_REASON)
            elif not same_columns or old.by_id[identifier] != new.by_id[identifier]:
                was, now = old.record(identifier), new.record(identifier)
                for name in fields:
                    if was.get(name) != now.get(name):
                        yield Change(resource, identifier, "changed", name, was.get(name), now.get(name), NO_REASON)


def needs_reason(change: Change) -> bool:
    """Whether something that was published is gone or says something else; what is new explains itself."""
    return change.kind == "removed" or change.before is not None
