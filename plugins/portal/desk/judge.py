"""Rows matched with their records -> what becomes of each, and why. Writes nothing.

The schemas judge every row. The checks judge whole tables, as they would be with the rows that have no error so far;
the rows in which they find an error are left out, and the checks judge again, until they find none. An error that
they find elsewhere, and did not find before, blocks everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ..checks import run_checks
from ..errors import Message, Problem, say
from ..load import RawTable, Row
from ..package import Field
from ..validate import Record, Table, Tables, dangling_keys, judge_rows, read_schema
from .match import Match
from .model import CellProblem, Fate
from .rules import Rules

MARK = "\0"  # stands between sheet and table in what the checks take for the name of a file
NO_ID = "row-"  # begins the identifier of a row that is judged although it is not known which record it means

Place = tuple[str | None, int | None]  # file and line of a problem


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what becomes of it."""

    match: Match
    fate: Fate
    problems: tuple[CellProblem, ...]  # errors and warnings, in the order of the columns; those without one come last


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of all rows."""

    rows: tuple[Judged, ...]  # of all tables, in the order in which they were given
    blocking: tuple[Problem, ...]  # errors that would arise elsewhere in the records
    tables: Tables  # as they would be; of the rows, `file` is sheet, MARK and table


def judge(matches: Sequence[Match], rules: Rules, language: str, today: date) -> Judgement:
    """Judge the rows. Titles of columns in the sentences are those in the language."""
    court = _Court(matches, rules, language)
    old = {_known(problem) for problem in run_checks(rules.tables, today)}
    while True:
        tables = court.tables()
        found = [*court.dangling(tables), *run_checks(tables, today)]
        faulty, unneeded = court.leave_out(found), court.leave_out_unneeded()
        if not faulty and not unneeded:
            break
    court.keep(found)
    elsewhere = (problem for problem in found if problem.level == "error" and not court.is_ours(problem))
    return Judgement(court.judged(), tuple(one for one in elsewhere if _known(one) not in old), tables)


def _known(problem: Problem) -> tuple[str | None, int | None, str | None, str]:
    """What stays the same of a problem when the figures in its sentence change."""
    return problem.file, problem.line, problem.column, problem.what.template


class _Court:
    """The rows with what was found in each so far."""

    def __init__(self, matches: Sequence[Match], rules: Rules, language: str) -> None:
        self.rules = rules
        self.language = language
        self.matches: dict[Place, Match] = {}
        for match in matches:
            file = f"{match.row.sheet}{MARK}{match.row.table}"
            while (file, match.row.number) in self.matches:  # a row may make several records of a table
                file += MARK
            self.matches[file, match.row.number] = match
        self.unneeded: set[Place] = set()  # records made for rows that are not taken
        self.found: dict[Place, list[CellProblem]] = {
            place: list(match.problems) for place, match in self.matches.items()
        }
        self.records: dict[str, dict[Place, Record]] = {}
        for name in dict.fromkeys(match.row.table for match in matches):
            table, problems = self._typed(name)
            self.records[name] = {(record.file, record.line): record for record in table.records}
            self.keep(problems)

    def _typed(self, name: str) -> tuple[Table, list[Problem]]:
        resource = self.rules.package.by_name[name]
        rows: list[Row] = []
        for (file, line), match in self.matches.items():
            if match.row.table == name:
                cells = {**match.cells, resource.primary_key: match.id or f"{NO_ID}{len(rows)}"}
                rows.append(Row(tuple(cells[field] for field in resource.field_names), str(file), int(line or 0)))
        return judge_rows(RawTable(resource, tuple(rows)), read_schema(resource))

    def is_ours(self, problem: Problem) -> bool:
        """Whether the problem is in one of the rows."""
        return (problem.file, problem.line) in self.matches

    def is_good(self, place: Place) -> bool:
        """Whether no error was found in the row so far."""
        return place not in self.unneeded and not any(problem.level == "error" for problem in self.found[place])

    def tables(self) -> Tables:
        """The tables with the good rows in them. They come last, so that of two records that collide theirs is told."""
        tables: dict[str, Table] = {}
        for name, table in self.rules.tables.items():
            good = {place: record for place, record in self.records.get(name, {}).items() if self.is_good(place)}
            meant = {self.matches[place].id for place in good}
            key = table.resource.primary_key
            kept = (record for record in table.records if record[key] not in meant) if meant else table.records
            tables[name] = Table(table.resource, (*kept, *good.values()))
        return tables

    def dangling(self, tables: Tables) -> Iterator[Problem]:
        """References of the good rows to what would not exist."""
        for name, records in self.records.items():
            good = tuple(record for place, record in records.items() if self.is_good(place))
            yield from dangling_keys(Table(self.rules.package.by_name[name], good), tables)

    def leave_out(self, problems: Sequence[Problem]) -> bool:
        """Keep the errors in the rows; return whether there were any."""
        errors = [problem for problem in problems if problem.level == "error" and self.is_ours(problem)]
        self.keep(errors)
        return bool(errors)

    def leave_out_unneeded(self) -> bool:
        """Leave out the records that were made only for rows that are not taken; return whether there were any."""
        needed = {
            (field.refers_to, item)
            for place, match in self.matches.items()
            if not match.row.is_made and self.is_good(place)
            for field in self.rules.package.by_name[match.row.table].fields
            if field.refers_to
            for item in _items(match.cells[field.name], field)
        }
        found = {
            place
            for place, match in self.matches.items()
            if match.row.is_made and self.is_good(place) and (match.row.table, match.id) not in needed
        }
        self.unneeded |= found
        return bool(found)

    def keep(self, problems: Sequence[Problem]) -> None:
        """Keep what was found in the rows, where the sheet shows it. Of a cell in error nothing more is said."""
        lost = self._lost()
        for problem in problems:
            place = (problem.file, problem.line)
            if place not in self.matches or any(_is_of_the_row(one) for one in self.matches[place].problems):
                continue
            wrong = {one.field for one in self.found[place] if one.level == "error"}
            told = self._told(problem, self.matches[place], lost)
            if told.field not in wrong and told not in self.found[place]:
                self.found[place].append(told)

    def _lost(self) -> Mapping[tuple[str, str], Place]:
        """Table and identifier -> the row that would have made the record and is not taken."""
        return {
            (match.row.table, match.id): place
            for place, match in self.matches.items()
            if match.id and not match.record and not self.is_good(place)
        }

    def _told(self, problem: Problem, match: Match, lost: Mapping[tuple[str, str], Place]) -> CellProblem:
        row, name = match.row, problem.column
        field = self.rules.package.by_name[row.table].by_name.get(name or "")
        what, fix = problem.what, problem.fix
        if field and field.required and field.name not in row.columns and not match.cells[field.name]:
            what = say("The sheet has no column “{column}”, and the table needs a value there.", column=field.name)
            fix = say("Add the column, and fill it in for every row.")
        elif field and field.refers_to and problem.level == "error":
            items = _items(match.cells[field.name], field)
            missing = next((item for item in items if (field.refers_to, item) in lost), None)
            if missing is not None:
                what, fix = self._why_lost(missing, lost[field.refers_to, missing])
        what, fix = self._plain(what, row.table), self._plain(fix, row.table)
        return CellProblem(row.sheet, row.number, row.columns.get(name or ""), name, what, fix, problem.level)

    def _why_lost(self, identifier: str, place: Place) -> tuple[Message, Message]:
        """Of a record made of a name, the fault of the name, as it stands in this very cell."""
        other = self.matches[place].row
        faults = [problem for problem in self.found[place] if problem.level == "error"]
        if other.is_made and faults:
            return faults[0].what, faults[0].fix
        what = say(
            "“{value}” stands in sheet “{sheet}”, row {row}, which cannot be taken.",
            value=identifier,
            sheet=other.sheet,
            row=other.number,
        )
        return what, say("Mend that row first.")

    def _plain(self, message: Message, table: str) -> Message:
        """The sentence with titles in place of names of fields, and sheets in place of files."""
        fields = self.rules.package.by_name[table].by_name
        values: list[tuple[str, str | Message]] = []
        for name, value in message.values:
            if isinstance(value, Message):
                values.append((name, self._plain(value, table)))
            elif name == "column" and value in fields:
                values.append((name, fields[value].title.words(self.language)))
            else:
                values.append((name, value.partition(MARK)[0] if name == "file" else value))
        return replace(message, values=tuple(values))

    def judged(self) -> tuple[Judged, ...]:
        """The rows with everything that was found."""
        rows = []
        for place, match in self.matches.items():
            if place in self.unneeded:
                continue
            fate: Fate = "changed" if match.changes else "unchanged"
            if not match.record:
                fate = "new"
            if not self.is_good(place):
                fate = "rejected"
            table = match.row.table
            found = (
                replace(one, what=self._plain(one.what, table), fix=self._plain(one.fix, table))
                for one in self.found[place]
            )
            rows.append(Judged(match, fate, tuple(sorted(found, key=_by_column))))
        return tuple(rows)


def _is_of_the_row(problem: CellProblem) -> bool:
    """Whether the row is not taken whatever its cells say, so that nothing more is said of them."""
    return problem.level == "error" and problem.field is None


def _items(text: str, field: Field) -> list[str]:
    return text.split(field.delimiter) if field.delimiter else [text]


def _by_column(problem: CellProblem) -> int:
    return 1_000_000 if problem.column is None else problem.column
