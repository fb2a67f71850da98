"""A form that was filled in -> the records that would come of it, and what is wrong. Writes nothing.

The answers go the way of a row of a spreadsheet: convert, match, judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote

from ..checks.words import fold
from ..desk.convert import convert
from ..desk.grid import SheetRow
from ..desk.judge import Judged, Judgement, judge
from ..desk.lookups import Budget, Lookup
from ..desk.match import Match, Wishes, match_rows
from ..desk.model import CellProblem, Column, DeskRow, Layout
from ..desk.rules import Rules, TableRules
from ..errors import Level, Message, Problem, say
from ..sentences import shown
from .answers import Answers
from .kinds import ADDRESS, COVERAGE, NOTHING, OF_SOURCES, SOURCE, SOURCES, STATUS
from .questions import COLUMN, CURRENCY, EMPTY, OF_SOURCE, REASON, RECORD, TABLE, VALUE

ALSO = "also_sources"  # field of tables whose records rest on several sources
PAGE = re.compile(r"(?:.*[/\\])?([A-Za-z0-9._-]+?)\.html(?:[?#].*)?")
CARD = re.compile(r".*#(?:.*&)?grant=([^&]+).*")  # of a grant without a page of its own
ADDRESS_BEGINS = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with an answer, or doubtful."""

    label: str  # what stands above the answer; empty for the form as a whole
    what: Message
    fix: Message
    level: Level = "error"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What becomes of a form."""

    answers: Answers
    rows: tuple[Judged, ...]
    faults: tuple[Fault, ...]
    blocking: tuple[Problem, ...] = ()  # errors that would arise elsewhere in the records

    @property
    def reason(self) -> str:
        """Why, in the language of the form; empty where it does not ask."""
        return self.answers.texts.get(REASON, "")

    @property
    def is_good(self) -> bool:
        """Whether there is something to write and nothing in the way."""
        is_faulty = bool(self.blocking) or any(fault.level == "error" for fault in self.faults)
        return not is_faulty and any(row.fate in ("new", "changed") for row in self.rows)


def propose(answers: Answers, rules: Rules, today: date) -> Proposal:
    """Judge the answers; sentences name the questions as they stand in the form."""
    return _Reader(answers, rules, today).proposal()


class _Reader:
    def __init__(self, answers: Answers, rules: Rules, today: date) -> None:
        self.answers = answers
        self.texts = answers.texts
        self.language = answers.form.language
        self.rules = rules
        self.today = today
        self.faults: list[Fault] = []

    def proposal(self) -> Proposal:
        for question in self.answers.form.questions:
            if question.is_required and question.name not in self.texts:
                self._fault(question.name, say("Nothing is written here, but it is needed."), say("Fill it in."))
        source, new_sources = self._source()
        table = self.answers.form.kind.table
        matches = self._record(table, source) if table else self._correction(source)
        if self._has_error():
            return Proposal(self.answers, (), tuple(self.faults))
        judgement = judge([*new_sources, *matches], self.rules, self.language, self.today)
        self.faults.extend(self._told(judgement))
        if all(row.fate == "unchanged" for row in judgement.rows):
            self.faults.append(Fault("", say("The records say so already."), say("Nothing is to be done.")))
        return Proposal(self.answers, judgement.rows, tuple(self.faults), judgement.blocking)

    def _has_error(self) -> bool:
        return any(fault.level == "error" for fault in self.faults)

    def _fault(self, name: str, what: Message, fix: Message, level: Level = "error") -> None:
        self.faults.append(Fault(self.answers.labels.get(name, ""), what, fix, level))

    def _source(self) -> tuple[str, tuple[Match, ...]]:
        """The identifier of the source, and its record when it is new."""
        text = self.texts.get(SOURCE, "")
        if not text or text == ADDRESS_BEGINS[0]:
            return "", ()
        resource = self.rules.package.by_name[SOURCES]
        known = Lookup(resource, self.rules, self.language).key_of(text)
        if known:
            return known, ()
        if not text.startswith(ADDRESS_BEGINS):
            what = say("“{value}” is neither a web address nor the identifier of a source.", value=shown(text))
            self._fault(SOURCE, what, say("Write the whole address, beginning with https://."))
            return "", ()
        names = {ADDRESS: SOURCE, **{name: OF_SOURCE + name for name in OF_SOURCES}}
        names = {field: name for field, name in names.items() if field in resource.by_name}
        row = self._row(SOURCES, names)
        match = self._match(row)
        return match.id, () if match.record else (match,)

    def _record(self, table: str, source: str) -> tuple[Match, ...]:
        """The record that the form is about."""
        rules = self.rules.by_table[table]
        row = self._row(table, {field.name: field.name for field in self.answers.form.kind.fields(rules)})
        cells = dict(row.cells)
        amounts = (field.name for field in rules.resource.fields if field.type == "number")
        if cells.get(CURRENCY) == self.rules.currency and not any(name in cells for name in amounts):
            del cells[CURRENCY]  # it was filled in from the beginning
        if table == COVERAGE:
            cells[STATUS] = str(rules.written[STATUS][NOTHING])
            note = f"note_{self.language}"
            if self.texts.get(REASON) and note in rules.resource.by_name:
                cells[note] = self.texts[REASON]
        match = self._match(_with(row, cells))
        return (self._match(_with(row, {**cells, **self._sources(match, source, rules)})),)

    def _sources(self, match: Match, source: str, rules: TableRules) -> dict[str, str]:
        """The cells with the sources: what a record rests on already is kept, where it may rest on several."""
        if not source:
            return {}
        also = rules.resource.by_name.get(ALSO)
        if not match.record or not also:
            return {SOURCE: source} if self.answers.form.kind.table else {}
        delimiter = also.delimiter or ";"
        others = [item for item in match.cells[ALSO].split(delimiter) if item]
        if source in (match.cells[SOURCE], *others):
            return {}
        return {ALSO: delimiter.join([*others, source])}

    def _correction(self, source: str) -> tuple[Match, ...]:
        """The record with another value."""
        found = self._place()
        if not found:
            return ()
        rules, identifier, field = found
        is_emptied = EMPTY in self.texts
        if is_emptied == (VALUE in self.texts):
            what = (
                say("There is a value, and it says that nothing comes in its place.")
                if is_emptied
                else say("Nothing is written here, but it is needed.")
            )
            self._fault(VALUE, what, say("Write the right value, or tick that none is known."))
            return ()
        row = self._row(rules.resource.name, {} if is_emptied else {field: VALUE})
        key = rules.resource.primary_key
        row = _with(row, {**row.cells, key: identifier}, (key, field))
        match = self._match(row, Wishes(clear=is_emptied))
        if not match.changes and not self._has_error():
            self._fault(VALUE, say("The records say so already."), say("Nothing is to be done."))
        cells = {**row.cells, **self._sources(match, source, rules)}
        return (self._match(_with(row, cells), Wishes(clear=is_emptied)),)

    def _place(self) -> tuple[TableRules, str, str] | None:
        """Table, identifier and field of the value that is wrong."""
        rules = self._table()
        if not rules or RECORD not in self.texts or COLUMN not in self.texts:
            return None
        address = CARD.fullmatch(self.texts[RECORD]) or PAGE.fullmatch(self.texts[RECORD])
        text = unquote(address[1]) if address else self.texts[RECORD]
        reading = Lookup(rules.resource, self.rules, self.language).read(text, Budget())
        if reading.what and reading.fix:
            self._fault(RECORD, reading.what, reading.fix)
        field = rules.titles.get(fold(self.texts[COLUMN]), "")
        titles = [one.title.words(self.language) or one.name for one in rules.resource.fields]
        if not field:
            what = say("The table has no column “{column}”.", column=shown(self.texts[COLUMN]))
            self._fault(COLUMN, what, say("Write one of {titles}.", titles=", ".join(titles)))
        elif field == rules.resource.primary_key or rules.automatic(field):
            what = say("“{column}” is not for people to change.", column=shown(self.texts[COLUMN]))
            self._fault(COLUMN, what, say("Name the value that is wrong."))
        return None if self._has_error() else (rules, reading.text, field)

    def _table(self) -> TableRules | None:
        text = self.texts.get(TABLE, "")
        for name, rules in self.rules.by_table.items():
            title = rules.resource.title.words(self.language)
            if fold(text) in (fold(title), fold(name), fold(f"{title} ({name})")):
                return rules
        if text:
            what = say("“{value}” is none of the choices.", value=shown(text))
            choices = next((one.choices for one in self.answers.form.questions if one.name == TABLE), ())
            self._fault(TABLE, what, say("Write one of {titles}.", titles=", ".join(choices)))
        return None

    def _row(self, table: str, names: Mapping[str, str]) -> DeskRow:
        """The answers as a row of the table. `names`: field -> the question about it."""
        columns = tuple(
            Column(index, field, self.answers.labels[name])
            for index, (field, name) in enumerate(names.items())
            if name in self.answers.labels
        )
        cells = tuple(self.texts.get(name) for name in names.values())
        layout = Layout(table, table, 0, columns, (), (SheetRow(1, cells),), ())
        (row,) = convert(layout, self.rules, self.language)
        for problem in row.problems:
            self._fault(names.get(problem.field or "", ""), problem.what, problem.fix, problem.level)
        return replace(row, problems=())

    def _match(self, row: DeskRow, wishes: Wishes = Wishes()) -> Match:  # noqa: B008  (it never changes)
        (match,) = match_rows([row], self.rules.by_table[row.table], self.rules.tables[row.table], self.today, wishes)
        return match

    def _told(self, judgement: Judgement) -> Iterator[Fault]:
        for row in judgement.rows:
            for problem in row.problems:
                yield Fault(self._label(row, problem), problem.what, problem.fix, problem.level)

    def _label(self, row: Judged, problem: CellProblem) -> str:
        """What stands above the answer that a problem is about."""
        field = problem.field or ""
        if row.match.row.table == SOURCES and self.answers.form.kind.table != SOURCES:
            return self.answers.labels.get(SOURCE if field == ADDRESS else OF_SOURCE + field, "")
        labels = self.answers.labels
        return labels.get(field) or labels.get(VALUE, "")


def _with(row: DeskRow, cells: Mapping[str, str], also: Sequence[str] = ()) -> DeskRow:
    """The row with these cells, and with a column for each of them."""
    names = dict.fromkeys([*row.columns, *cells, *also])
    return replace(row, cells=dict(cells), columns={name: index for index, name in enumerate(names)})
