"""A difference -> what a person reads of it, as parts that any form can show."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from ..errors import Message, Problem, heading, say
from ..i18n import Formats, Translations
from ..releases import Change
from ..releases.compare import NO_ROWS
from ..releases.told import told_changes
from ..settings import Settings
from .difference import Difference
from .parts import Cell, Part, Value
from .record_teller import RecordTeller, shortened
from .sums import Sum

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

    def many(self, one: str, more: str, count: int) -> str:
        """A number of things in the language of the report. The name is one that the translation tools look for."""
        return self.words.ngettext(self.language, one, more, count).format(count=count)

    def more(self, count: int) -> str:
        """The line that stands for rows that are left out."""
        return self.words.ngettext(self.language, "… {count} more", "… {count} more", count).format(count=count)

    def _summary(self) -> Part:
        found = tuple(self.difference.records.values())
        told = f"{told_changes(self.words, self.language, found)}."
        sentences = [told if found else self.say(say("No record is new, changed or removed."))]
        levels = Counter(problem.level for problem in self.difference.new_problems)
        errors = self.many("{count} new error", "{count} new errors", levels["error"])
        warnings = self.many("{count} new warning", "{count} new warnings", levels["warning"])
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
            yield say("The records now have faults; what can be read of them is compared as text.")
        if not (before.is_checked and after.is_checked):
            yield say("Errors keep the checks from running, so that warnings are not compared.")

    def _columns(self, *titles: Message) -> tuple[str, ...]:
        return tuple(map(self.say, titles))

    def _sum(self, item: Sum) -> tuple[Cell, ...]:
        title = self._records.field_title(item.table, item.field)
        if not item.is_counted:
            title = f"{title} ({self.say(heading('only announced, never counted'))})"
        amounts = (f"{self._formats.number(amount)} {item.currency}".rstrip() for amount in (item.before, item.after))
        return (self._records.table_title(item.table), title, *map(Value, amounts))

    @cached_property
    def _records(self) -> RecordTeller:
        packages = (side.package for side in (self.difference.after, self.difference.before))
        known = tuple(package for package in packages if package)
        return RecordTeller(known, self.settings.languages, self.language, self._formats)

    @cached_property
    def _formats(self) -> Formats:
        return Formats(self.language, self.settings.currency_names)

    def _table(self, table: str, changes: tuple[Change, ...]) -> Part:
        sizes = (len(side.state.get(table, NO_ROWS).by_id) for side in (self.difference.before, self.difference.after))
        before, after = (self._formats.number(size) for size in sizes)
        said = self.say(say("Records: {before} before, {after} now.", before=before, after=after))
        columns = self._columns(
            heading("What"), heading("Record"), heading("Name"), heading("Column"), heading("Before"), heading("After")
        )
        automatic = self._records.automatic(table)
        really = {change.id for change in changes if change.field not in automatic}
        told = (change for change in changes if change.field not in automatic or change.id not in really)
        rows = tuple(self._change(change) for change in told)
        return Part(self._records.table_title(table), (said,), columns, rows, is_long=True)

    def _change(self, change: Change) -> tuple[Cell, ...]:
        before, after, records = self.difference.before, self.difference.after, self._records
        side = before if change.kind == "removed" else after
        kind = {"added": heading("New"), "changed": heading("Changed"), "removed": heading("Removed")}[change.kind]
        record = (self.say(kind), Value(change.id), Value(records.name(change.resource, change.id, side)))
        if change.field is None:
            contents = Value(records.contents(change.resource, change.id, side))
            return (*record, "", contents, "") if change.kind == "removed" else (*record, "", "", contents)
        values = shortened(
            records.value(change.before or "", change.resource, change.field, before),
            records.value(change.after or "", change.resource, change.field, after),
        )
        told = (Value(value) if value else NOTHING for value in values)
        return (*record, records.field_title(change.resource, change.field), *told)

    def _problems(self, title: Message, problems: tuple[Problem, ...]) -> Part:
        told = sorted(problems, key=lambda problem: problem.level)  # “error” sorts before “warning”
        levels = {"error": self.say(heading("Error")), "warning": self.say(heading("Warning"))}
        rows = tuple((levels[problem.level], self.words.problem(self.language, problem)) for problem in told)
        return Part(self.say(title), rows=rows, is_long=True)

    def _lacking(self, changes: tuple[Change, ...]) -> Part:
        count = self.many(
            "{count} published value or record changed and needs a reason before the next release.",
            "{count} published values or records changed and need a reason before the next release.",
            len(changes),
        )
        folder = os.path.relpath(self.settings.data / "changes")
        where = self.say(say("Write them into {folder}, as the README shows.", folder=folder))
        rows = tuple(
            (
                self._records.table_title(change.resource),
                Value(change.id),
                self._records.field_title(change.resource, change.field)
                if change.field
                else self.say(heading("Removed")),
            )
            for change in changes
        )
        columns = self._columns(heading("Table"), heading("Record"), heading("Column"))
        return Part(self.say(heading("Reasons that are lacking")), (count, where), columns, rows, is_long=True)
