"""A difference -> what a person reads of it, as parts that any form can show."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from ..errors import Message, Problem, heading, say
from ..i18n import Formats, Translations
from ..package import Field, Resource
from ..releases import Change
from ..releases.compare import NO_ROWS
from ..releases.history import record_name
from ..settings import Settings
from .difference import Difference
from .parts import Cell, Part, Value
from .sides import Side
from .sums import NUMBER, Sum

LONGEST = 160  # characters of a value that are shown
KEPT = 40  # of those, before the place where two long values part
NOTHING = "—"


@dataclass(frozen=True)
class Report:
    """Everything that is said of a difference."""

    difference: Difference
    settings: Settings
    words: Translations
    language: str

    def parts(self) -> Iterator[Part]:
        """The headline first, then what weighs most."""
        yield self._summary()
        if self.difference.new_problems:
            yield self._problems(heading("New problems"), self.difference.new_problems)
        if self.difference.sums:
            columns = self._columns(heading("Table"), heading("Column"), heading("Before"), heading("After"))
            rows = tuple(self._sum(item) for item in self.difference.sums)
            yield Part(self.say(heading("Sums")), columns=columns, rows=rows)
        for table, changes in groupby(self.difference.changes, key=lambda change: change.resource):
            yield self._table(table, tuple(changes))
        if self.difference.lacking:
            yield self._lacking(self.difference.lacking)
        if self.difference.gone_problems:
            yield self._problems(heading("Problems that are gone"), self.difference.gone_problems)

    def say(self, message: Message) -> str:
        """A message in the language of the report."""
        return self.words.message(self.language, message)

    def more(self, count: int) -> str:
        """The line that stands for rows that are left out."""
        return self.words.ngettext(self.language, "… {count} more", "… {count} more", count).format(count=count)

    def _summary(self) -> Part:
        found = Counter(self.difference.records.values())
        counts = (
            self._count("{count} new record", "{count} new records", found["added"]),
            self._count("{count} changed record", "{count} changed records", found["changed"]),
            self._count("{count} removed record", "{count} removed records", found["removed"]),
        )
        sentences = [f"{', '.join(counts)}."] if found else [self.say(say("No record is new, changed or removed."))]
        levels = Counter(problem.level for problem in self.difference.new_problems)
        errors = self._count("{count} new error", "{count} new errors", levels["error"])
        warnings = self._count("{count} new warning", "{count} new warnings", levels["warning"])
        sentences.append(f"{errors}, {warnings}.")
        if found and not self.difference.sums:
            sentences.append(self.say(say("All sums stay as they are.")))
        if self.difference.files:
            named = ", ".join(self.difference.files)
            sentences.append(self.say(say("Other files that are not what they were: {files}.", files=named)))
        sentences.extend(self.say(message) for message in self._doubts())
        return Part(self.say(heading("What this changes in the records")), tuple(sentences))

    def _doubts(self) -> Iterator[Message]:
        """What keeps the comparison from being exact."""
        before, after = self.difference.before, self.difference.after
        if not before.is_exact and not any(rows.by_id for rows in before.state.values()):
            yield say("There were no records before, or none that can be read.")
        elif not before.is_exact:
            yield say("The records before do not fit their schema; what can be read of them is compared as text.")
        if not after.is_exact:
            yield say("The records now have errors; what can be read of them is compared as text.")
        if not (before.is_checked and after.is_checked):
            yield say("Errors keep the checks from running, so that warnings are not compared.")

    def _count(self, one: str, many: str, count: int) -> str:
        return self.words.ngettext(self.language, one, many, count).format(count=count)

    def _columns(self, *titles: Message) -> tuple[str, ...]:
        return tuple(map(self.say, titles))

    def _sum(self, item: Sum) -> tuple[Cell, ...]:
        field = self._field(item.table, item.field)
        title = field.title.words(self.language) if field else item.field
        if not item.is_counted:
            title = f"{title} ({self.say(heading('only announced, never counted'))})"
        amounts = (f"{self._formats.number(amount)} {item.currency}".rstrip() for amount in (item.before, item.after))
        return (self._table_title(item.table), title, *map(Value, amounts))

    @property
    def _formats(self) -> Formats:
        return Formats(self.language, self.settings)

    def _table(self, table: str, changes: tuple[Change, ...]) -> Part:
        sizes = (len(side.state.get(table, NO_ROWS).by_id) for side in (self.difference.before, self.difference.after))
        before, after = (self._formats.number(size) for size in sizes)
        said = self.say(say("Records: {before} before, {after} now.", before=before, after=after))
        columns = self._columns(
            heading("What"), heading("Record"), heading("Name"), heading("Column"), heading("Before"), heading("After")
        )
        rows = tuple(self._change(change) for change in changes if not self._is_automatic(change, changes))
        return Part(self._table_title(table), (said,), columns, rows, is_long=True)

    def _change(self, change: Change) -> tuple[Cell, ...]:
        kind = {"added": heading("New"), "changed": heading("Changed"), "removed": heading("Removed")}[change.kind]
        record: tuple[Cell, ...] = (self.say(kind), Value(change.id), Value(self._name(change)))
        if change.field is None:
            return (*record, "", "", "")
        field = self._field(change.resource, change.field)
        before, after = shortened(change.before or "", change.after or "")
        told = (self._value(before, field, self.difference.before), self._value(after, field, self.difference.after))
        return (*record, field.title.words(self.language) if field else change.field, *told)

    def _value(self, cell: str, field: Field | None, side: Side) -> Cell:
        """A cell as a reader knows it: grouped digits, the name beside a code or an identifier."""
        if not cell or field is None:
            return Value(cell) if cell else NOTHING
        if field.type == "number":
            return Value(self._formats.number(Decimal(cell)) if NUMBER.fullmatch(cell) else cell)
        target = side.state.get(field.refers_to or "", NO_ROWS)
        name = record_name(target.record(cell), self.settings.languages) if cell in target.by_id else None
        return Value(f"{name.words(self.language)} ({cell})" if name else cell)

    def _name(self, change: Change) -> str:
        side = self.difference.before if change.kind == "removed" else self.difference.after
        rows = side.state.get(change.resource, NO_ROWS)
        name = record_name(rows.record(change.id), self.settings.languages) if change.id in rows.by_id else None
        return cut(name.words(self.language)) if name else ""

    def _is_automatic(self, change: Change, changes: tuple[Change, ...]) -> bool:
        """Whether a value only says that another one of the record changed."""
        resource = self._resource(change.resource)
        if change.field is None or resource is None:
            return False
        automatic = {item["name"] for item in resource.schema["fields"] if item.get("automatic")}
        others = (other for other in changes if other.id == change.id and other.field not in automatic)
        return change.field in automatic and any(others)

    def _problems(self, title: Message, problems: tuple[Problem, ...]) -> Part:
        told = sorted(problems, key=lambda problem: problem.level)  # “error” sorts before “warning”
        levels = {"error": self.say(heading("Error")), "warning": self.say(heading("Warning"))}
        rows = tuple((levels[problem.level], self.words.problem(self.language, problem)) for problem in told)
        return Part(self.say(title), rows=rows, is_long=True)

    def _lacking(self, changes: tuple[Change, ...]) -> Part:
        count = self._count(
            "{count} published value or record changed and needs a reason before the next release.",
            "{count} published values or records changed and need a reason before the next release.",
            len(changes),
        )
        folder = os.path.relpath(self.settings.data / "changes")
        where = self.say(say("Write them into {folder}, as the README shows.", folder=folder))
        rows = tuple(
            (
                self._table_title(change.resource),
                Value(change.id),
                self._title(change) if change.field else self.say(heading("Removed")),
            )
            for change in changes
        )
        columns = self._columns(heading("Table"), heading("Record"), heading("Column"))
        return Part(self.say(heading("Reasons that are lacking")), (count, where), columns, rows, is_long=True)

    def _title(self, change: Change) -> str:
        field = self._field(change.resource, change.field or "")
        return field.title.words(self.language) if field else change.field or ""

    def _resource(self, table: str) -> Resource | None:
        packages = (self.difference.after.package, self.difference.before.package)
        return next((package.by_name[table] for package in packages if package and table in package.by_name), None)

    def _field(self, table: str, name: str) -> Field | None:
        """Of the table as it is now, else as it was."""
        for side in (self.difference.after, self.difference.before):
            resource = side.package.by_name.get(table) if side.package else None
            if resource and name in resource.by_name:
                return resource.by_name[name]
        return None

    def _table_title(self, table: str) -> str:
        resource = self._resource(table)
        return (resource.title.words(self.language) if resource else "") or table


def shortened(before: str, after: str) -> tuple[str, str]:
    """Two values, each short enough to be shown, with the place where they part."""
    if max(len(before), len(after)) <= LONGEST:
        return before, after
    parted = (place for place, (one, other) in enumerate(zip(before, after, strict=False)) if one != other)
    start = max(0, next(parted, min(len(before), len(after))) - KEPT)
    return _from(before, start), _from(after, start)


def cut(text: str) -> str:
    """The beginning of a text, short enough to be shown."""
    return _from(text, 0)


def _from(text: str, start: int) -> str:
    if not text[start:]:
        return text[-KEPT:] if start else ""
    end = start + LONGEST
    return f"{'…' if start else ''}{text[start:end]}{'…' if len(text) > end else ''}"
