"""A plan as sentences for the person who sent the spreadsheet, in their language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from ..errors import Level, Message, heading, say
from ..i18n import Formats
from ..package import Field
from ..sentences import shown
from ..text import Day
from .advice import advice, assumed, good, understood
from .grid import column_letter
from .judge import Judged
from .lookups import name_columns
from .model import CellProblem
from .plan import AmountSums, Plan, TablePlan
from .rules import Rules
from .told import where

MOST = 50  # sentences of a section; a workbook with the problems in it has all of them
NAMED_NEW = 10  # new records that are named


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a title."""

    title: Message
    sentences: tuple[Message, ...]
    left: int = 0  # sentences that are not shown


class PlanWords:
    """Puts a plan into words. Titles, labels, numbers and days are those of the language."""

    def __init__(self, plan: Plan, rules: Rules, formats: Formats, language: str) -> None:
        self.plan = plan
        self.rules = rules
        self.formats = formats
        self.language = language

    def sections(self) -> Iterator[Section]:
        """Everything but what to do next; without the sections that would be empty."""
        parts: tuple[tuple[Message, Iterable[Message], int], ...] = (
            (heading("What is in the file"), self.summary(), MOST),
            (heading("What must be corrected first"), self.problems("error"), MOST),
            (heading("What would break elsewhere in the records"), self.blocking(), MOST),
            (heading("What changes"), self.changes(), MOST),
            (heading("What is new"), self.new(), NAMED_NEW),
            (heading("What somebody should look at"), self.problems("warning"), MOST),
            (heading("What the file and the records have differently"), self.left_aside(), MOST),
            (heading("What is good already"), self.good(), MOST),
            (heading("What would help readers"), self.advice(), MOST),
        )
        for title, sentences, most in parts:
            found = tuple(sentences)
            if found:
                yield Section(title, found[:most], max(0, len(found) - most))

    def summary(self) -> Iterator[Message]:
        """How many rows there are of each kind, and their sums."""
        for table in self.plan.tables:
            if table.rows:
                yield say(
                    "{table}, rows: {rows}. "
                    "New: {new}, changed: {changed}, unchanged: {unchanged}, rejected: {rejected}.",
                    table=self._title(table),
                    rows=self._number(len(table.rows)),
                    **{fate: self._number(count) for fate, count in table.counts.items()},
                )
            if table.made:
                yield say(
                    "{table}, made of names as the mapping file says: {count}.",
                    table=self._title(table),
                    count=self._number(len(table.made)),
                )
            yield from (self._sum(table, one) for one in table.sums)
            if table.unreadable:
                yield say("Amounts that cannot be read and are in no sum: {count}.", count=table.unreadable)

    def _sum(self, table: TablePlan, sums: AmountSums) -> Message:
        amounts = {
            name: self._money(getattr(sums, name), sums.currency)
            for name in ("given", "taken", "rejected", "before", "after")
        }
        title = self._field(table, sums.field).title.words(self.language)
        if sums.rejected:
            return say(
                "{field}: the file has {given}; {taken} are taken and {rejected} rejected. "
                "The records had {before} and will have {after}.",
                field=title,
                **amounts,
            )
        return say(
            "{field}: the file has {given}. The records had {before} and will have {after}.", field=title, **amounts
        )

    def problems(self, level: Level) -> Iterator[Message]:
        """Errors or warnings; one that is the same in several rows is said once."""
        together: dict[tuple[object, ...], list[CellProblem]] = {}
        for problem in self.plan.verdict.problems:
            if problem.level == level:
                key = (problem.sheet, problem.column, problem.what, problem.fix, problem.row is None)
                together.setdefault(key, []).append(problem)
        for same in together.values():
            yield say("{place}: {what} {fix}", place=_place(same), what=same[0].what, fix=same[0].fix)

    def blocking(self) -> Iterator[Message]:
        """Errors that would arise in records that the file does not mention."""
        for problem in self.plan.verdict.judgement.blocking:
            place = say("{file}, line {line}", file=problem.file or "", line=problem.line or 1)
            yield say("{place}: {what} {fix}", place=place, what=problem.what, fix=problem.fix)

    def changes(self) -> Iterator[Message]:
        """Every value that becomes another one."""
        for table in self.plan.tables:
            for row in table.rows:
                if row.fate != "changed":
                    continue
                for change in row.match.changes:
                    field = self._field(table, change.field)
                    values = {
                        "row": row.match.row.number,
                        "record": self._name(row),
                        "field": field.title.words(self.language),
                        "before": self._value(field, change.before),
                        "after": self._value(field, change.after),
                    }
                    if not change.before:
                        yield say("Row {row}, {record}: “{field}” becomes “{after}”; it was empty.", **values)
                    elif not change.after:
                        yield say("Row {row}, {record}: “{field}” becomes empty; it was “{before}”.", **values)
                    else:
                        yield say("Row {row}, {record}: “{field}” becomes “{after}”; it was “{before}”.", **values)

    def new(self) -> Iterator[Message]:
        """Every record that does not exist yet; those that are made of names come last."""
        rows = [row for table in self.plan.tables for row in table.rows if row.fate == "new"]
        for row in (*rows, *(row for table in self.plan.tables for row in table.made)):
            yield say("Row {row}: {record}.", row=row.match.row.number, record=self._name(row))

    def left_aside(self) -> Iterator[Message]:
        """What the file has and the records do not take, and what they keep although the file leaves it empty."""
        for table in self.plan.tables:
            fields = {name for row in table.rows for name in row.match.assumed}
            yield from assumed(fields, table.table, self.rules, self.language)
        verdict = self.plan.verdict
        for layout in verdict.layouts:
            yield from understood(layout)
        for layout in verdict.layouts:
            for index, title in layout.unused:
                yield say(
                    "Sheet “{sheet}”, column {column}, “{title}”: the portal has no such column.",
                    sheet=layout.sheet,
                    column=column_letter(index),
                    title=shown(title),
                )
            for number, reason in layout.skipped:
                yield say("Sheet “{sheet}”, row {row}: {reason}", sheet=layout.sheet, row=number, reason=reason)
        for sheet, reason in verdict.others:
            yield say("Sheet “{sheet}”: {reason}", sheet=sheet, reason=reason)
        for table in self.plan.tables:
            kept = Counter(name for row in table.rows if row.fate != "rejected" for name in row.match.kept)
            for name, count in kept.items():
                title = self._field(table, name).title.words(self.language)
                yield say("“{field}”: {count} empty cells; what is recorded stays.", field=title, count=count)

    def good(self) -> Iterator[Message]:
        """What every taken row has."""
        for table in self.plan.tables:
            yield from good(_taken(table), self.rules.by_table[table.table], self.language)

    def advice(self) -> Iterator[Message]:
        """What taken rows lack."""
        for table in self.plan.tables:
            yield from advice(_taken(table), self.rules.by_table[table.table], self.language)

    def _title(self, table: TablePlan) -> str:
        return self.rules.package.by_name[table.table].title.words(self.language)

    def _field(self, table: TablePlan, name: str) -> Field:
        return self.rules.package.by_name[table.table].by_name[name]

    def _number(self, value: Decimal | int) -> str:
        return self.formats.number(value)

    def _money(self, amount: Decimal, currency: str) -> str:
        return self.formats.money(amount, currency) if currency else self._number(amount)

    def _name(self, row: Judged) -> str:
        """A record as people call it, with its identifier."""
        match = row.match
        columns = self._name_columns[match.row.table]
        name = next((match.cells[column] for column in columns if match.cells[column]), "")
        return f"{shown(name)} ({match.id})" if name else match.id

    def _value(self, field: Field, text: str) -> str:
        if field.refers_to and text:
            items = text.split(field.delimiter) if field.delimiter else [text]
            return "; ".join(self._labels.get((field.refers_to, item)) or item for item in items)
        if field.type == "number" and text:
            return self._number(Decimal(text))
        if (field.type == "date" or field.partial_date) and text:
            return self.formats.day(Day(text))
        return shown(text)

    @cached_property
    def _name_columns(self) -> dict[str, list[str]]:
        """Table -> the columns that hold names, that of the language first."""
        return {name: name_columns(resource, self.language) for name, resource in self.rules.package.by_name.items()}

    @cached_property
    def _labels(self) -> dict[tuple[str, str], str]:
        """Table and key -> what the record is called."""
        found = {}
        for name, table in self.plan.verdict.judgement.tables.items():
            columns = self._name_columns[name]
            for record in table.records:
                label = next((record[column] for column in columns if record[column]), "")
                found[name, record[table.resource.primary_key]] = label
        return found


def _taken(table: TablePlan) -> list[dict[str, str]]:
    return [dict(row.match.cells) for row in table.rows if row.fate != "rejected"]


def _place(problems: Sequence[CellProblem]) -> Message:
    first = problems[0]
    if len(problems) == 1 or first.row is None:
        return where(first)
    rows = _ranges(sorted({problem.row for problem in problems if problem.row}))
    if first.column is None:
        return say("Sheet “{sheet}”, rows {rows}", sheet=first.sheet, rows=rows)
    column = column_letter(first.column)
    return say("Sheet “{sheet}”, column {column}, rows {rows}", sheet=first.sheet, column=column, rows=rows)


def _ranges(numbers: Sequence[int]) -> str:
    """2, 3, 4, 7 -> 2–4, 7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
