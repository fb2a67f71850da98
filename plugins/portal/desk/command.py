"""`python -m portal import spreadsheet`: what the person sees who sends a spreadsheet. It writes only with --yes."""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..checks import run_checks
from ..errors import BuildError, DataError, InputError, Message, Problem, say
from ..i18n import Formats, Translations
from ..load import load_tables
from ..package import DESCRIPTOR, read_package
from ..settings import Settings
from ..validate import Tables, validate_tables
from .annotate import annotate
from .grid import Workbook
from .intake import read_desk_rules, take_in
from .mapping import read_mapping
from .match import Wishes
from .plan import Plan, make_plan
from .plan_json import plan_as_json
from .plan_words import PlanWords
from .read_file import read_workbook
from .rejected import rejected_sheets, write_beside, write_rejected
from .rules import Rules
from .write import write_rows
from .write_back import Identifiers

SOURCES = "sources"
FILES_NAMED = 10  # written files that are named


@dataclass
class Done:
    """The files that were written."""

    records: tuple[str, ...] = ()  # below the data folder
    annotated: Path | None = None
    rejected: tuple[Path, ...] = field(default_factory=tuple)


def run_spreadsheet(command: argparse.Namespace, settings: Settings, today: date, language: str) -> int:
    """Judge spreadsheets, tell what would become of them and write it if that is wanted; return the exit status.

    0 is good, 1 when something is left to correct, 2 when a file or the command cannot be used.
    """
    settings = replace(settings, data=command.into or settings.data)
    words = Translations(settings.translations)
    try:
        return _run(command, settings, today, language)
    except InputError as error:
        print(words.message(language, error.message), file=sys.stderr)
        return 2
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except DataError as error:
        for problem in error.problems:
            print(words.problem(language, problem), file=sys.stderr)
        told = say("The records themselves have faults. Correct them before anything is added to them.")
        print(words.message(language, told), file=sys.stderr)
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        told = say("A file cannot be written: {reason} ({file}).", reason=reason, file=error.filename)
        print(words.message(language, told), file=sys.stderr)
        return 2


def _run(command: argparse.Namespace, settings: Settings, today: date, language: str) -> int:
    _require_usable(command, settings)
    words = Translations(settings.translations)
    workbooks = [read_workbook(file) for file in command.file]
    rules = read_desk_rules(settings)
    _require_known(command, rules)
    mapping = read_mapping(command.mapping, rules) if command.mapping else None
    wishes = Wishes(clear=command.clear, source=command.source)
    verdict = take_in(workbooks, rules, language, today, table=command.table, mapping=mapping, wishes=wishes)
    plan = make_plan(verdict, rules)
    plan_words = PlanWords(plan, rules, Formats(language, settings.currency_names), language)
    done = _write(command, plan, rules, (settings, words, language, today), workbooks)
    if command.format == "json":
        told = plan_as_json(plan, plan_words, words, language)
        files = {
            "written": list(done.records),
            "rejected_rows": [str(path) for path in done.rejected],
            "annotated": str(done.annotated) if done.annotated else None,
        }
        print(json.dumps({**told, **files}, ensure_ascii=False, indent=1))
    else:
        for line in _lines(plan, plan_words, done, command, (words, language)):
            print(line)
    return int(plan.has_errors)


def _require_usable(command: argparse.Namespace, settings: Settings) -> None:
    """Raise InputError for a folder without records, and for files to write that are those to read."""
    if not (settings.data / DESCRIPTOR).is_file():
        raise InputError(
            say("{folder} holds no records: it has no {file}.", folder=settings.data, file=DESCRIPTOR),
        )
    for out in (command.annotate, command.rejected):
        if out and any(out.resolve() == file.resolve() for file in command.file):
            raise InputError(say("{file} is the file to be read. Choose another name to write to.", file=out))
    if command.annotate and len(command.file) > 1:
        raise InputError(say("Problems can be marked in one file at a time. Give one file with --annotate."))


def _require_known(command: argparse.Namespace, rules: Rules) -> None:
    if command.table and command.table not in rules.by_table:
        tables = ", ".join(rules.by_table)
        raise InputError(
            say("There is no table “{table}”. The tables are: {tables}.", table=command.table, tables=tables)
        )
    if command.source and not any(record["id"] == command.source for record in rules.tables[SOURCES].records):
        raise InputError(
            say("The records have no source “{source}”. Write the identifier of one they have.", source=command.source)
        )


def _write(
    command: argparse.Namespace,
    plan: Plan,
    rules: Rules,
    reader: tuple[Settings, Translations, str, date],
    workbooks: list[Workbook],
) -> Done:
    settings, words, language, today = reader
    done = Done()
    if plan.rejected and (command.yes or command.rejected):  # first: with it nothing is lost, whatever comes
        sheets = rejected_sheets(plan, rules, words, language)
        forms = [one.form for one in workbooks]
        done.rejected = (
            write_rejected(command.rejected, sheets, language)
            if command.rejected
            else write_beside(command.file[0], sheets, forms, language)
        )
    if command.annotate:
        content = command.file[0].read_bytes()
        verdict = plan.verdict
        told = (verdict.problems, words, language, verdict.layouts, _identifiers(plan, rules, language))
        keep_macros = command.annotate.suffix.lower() == ".xlsm"
        command.annotate.write_bytes(annotate(content, workbooks[0], *told, keep_macros=keep_macros))
        done.annotated = command.annotate
    if command.yes and plan.to_write:
        before = _errors(rules.tables, today)
        done.records = write_rows(plan.to_write, rules.package, lambda: _read_again(settings, before, today))
    return done


def _identifiers(plan: Plan, rules: Rules, language: str) -> Identifiers:
    """Those of the rows that are taken."""
    rows = [row for row in plan.verdict.judgement.rows if row.fate != "rejected"]
    made = {(row.match.row.sheet, row.match.row.number): row.match.id for row in rows}
    resources = [rules.by_table[layout.table].resource for layout in plan.verdict.layouts]
    columns = {one.name: (one.primary_key, one.by_name[one.primary_key].title.words(language)) for one in resources}
    return Identifiers(made, columns)


def _read_again(settings: Settings, before: list[Problem], today: date) -> Tables:
    """The records as they were written. Raises DataError when they have an error that they did not have before."""
    tables = validate_tables(load_tables(read_package(settings.data, settings.languages)))
    known = Counter(map(_kind, before))
    new = []
    for problem in _errors(tables, today):
        known[_kind(problem)] -= 1
        if known[_kind(problem)] < 0:
            new.append(problem)
    if new:
        raise DataError(new)
    return tables


def _errors(tables: Tables, today: date) -> list[Problem]:
    return [problem for problem in run_checks(tables, today) if problem.level == "error"]


def _kind(problem: Problem) -> tuple[str | None, str]:
    return problem.column, problem.what.template


def _lines(
    plan: Plan, plan_words: PlanWords, done: Done, command: argparse.Namespace, reader: tuple[Translations, str]
) -> Iterator[str]:
    words, language = reader
    for section in plan_words.sections():
        yield words.message(language, section.title)
        yield from (f"  {words.message(language, sentence)}" for sentence in section.sentences)
        if section.left:
            yield "  " + words.message(language, say("And {count} more.", count=section.left))
        yield ""
    yield from (words.message(language, sentence) for sentence in _next_steps(plan, done, command))


def _next_steps(plan: Plan, done: Done, command: argparse.Namespace) -> Iterator[Message]:
    """What was done, and what the person can do now."""
    if done.annotated:
        yield say("Your file, with every problem marked in it: {file}", file=done.annotated)
    for path in done.rejected:
        yield say("The rejected rows as you sent them: {file}. Correct them there, then import that file.", file=path)
    if done.records:
        named = ", ".join(done.records[:FILES_NAMED])
        more = len(done.records) - FILES_NAMED
        yield (
            say("Written: {files} and {count} more files.", files=named, count=more)
            if more > 0
            else say("Written: {files}.", files=named)
        )
    elif plan.verdict.judgement.blocking:
        yield say("Nothing was written, and nothing can be until the records above are corrected.")
    elif plan.to_write:
        yield say("Nothing is written yet. To write it, give the same command once more with --yes (make: YES=1).")
        if plan.rejected:
            yield say("The rejected rows will then be put into a file of their own, so that nothing is lost.")
    elif plan.has_errors and any(table.counts["unchanged"] for table in plan.tables):
        yield say("Nothing was written: the rows that are not rejected are in the records already.")
    elif plan.has_errors:
        yield say("Nothing was written. Correct the file and give the same command again.")
    else:
        yield say("There is nothing to write: the records say all of this already.")
    if plan.verdict.problems and not command.annotate and len(command.file) == 1:
        yield say("To see the problems in your spreadsheet, add --annotate OUT.xlsx (make: ANNOTATE=OUT.xlsx).")
