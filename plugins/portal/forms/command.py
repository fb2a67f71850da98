"""`python -m portal forms` and `from-issue`: what the person who asks, or the workflow, sees."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import date

from ..desk.intake import read_desk_rules
from ..desk.rules import Rules
from ..desk.write import write_rows
from ..diff.parts import Cell, Part, Value
from ..diff.to_comment import as_comment
from ..diff.to_text import as_text
from ..errors import BuildError, DataError, InputError, Message, heading, say
from ..i18n import Translations
from ..pipeline import read_tables
from ..releases.history import record_name
from ..settings import Settings
from .answers import LONGEST, read_answers
from .make import form_files, make_forms, write_forms
from .proposal import Proposal, propose
from .reasons import read_pending, write_reason

SHOWN = 1_000  # characters of an answer that are shown


def run_forms(command: argparse.Namespace, settings: Settings, language: str) -> int:
    """Write the forms; return the exit status: 0, or 1 when the records cannot be read."""
    words = Translations(settings.translations)
    try:
        files = form_files(read_desk_rules(settings), settings, words)
    except DataError as error:
        for problem in error.problems:
            print(words.problem(language, problem))
        return 1
    write_forms(command.into, files)
    print(words.message(language, say("{count} files are in {folder}.", count=len(files), folder=command.into)))
    return 0


def run_from_issue(command: argparse.Namespace, settings: Settings, today: date, language: str | None) -> int:
    """Tell what would come of a form and, if asked to, write it; return the exit status.

    0 is good, 1 when something is in the way, 2 when the text is none of the forms. `language`: None for the form's.
    """
    words = Translations(settings.translations)
    said = _Said(words, language or settings.languages[0], command.format)
    try:
        rules = read_desk_rules(settings)
        answers = read_answers(_read(command), make_forms(rules, words))
        said.language = language or answers.form.language
        proposal = propose(answers, rules, today)
        said.parts.extend(said.proposal(proposal, rules, settings))
        if proposal.is_good and command.yes:
            told = say("Written: {files}.", files=", ".join(_write(proposal, rules, settings, today)))
        elif proposal.is_good:
            told = say("Nothing is written yet. Say --yes, and it is.")
        else:
            told = say("Nothing was written. Edit the form, and it is read again.")
        said.parts.append(Part(said.say(told)))
    except InputError as error:
        return said.failed(error.message, 2)
    except DataError as error:
        lines = [words.problem(said.language, problem) for problem in error.problems if problem.level == "error"]
        said.parts.append(Part(said.say(say("The records cannot be published.")), tuple(lines)))
        said.show()
        return 1
    except BuildError as error:
        return said.failed(say("{error}", error=error), 1)
    said.show()
    return 0 if proposal.is_good else 1


def _write(proposal: Proposal, rules: Rules, settings: Settings, today: date) -> list[str]:
    """Write the records, and the reason if published values change; return the files. Raises DataError, BuildError."""
    pending = read_pending(settings, today) if proposal.reason else None
    files = list(write_rows(proposal.rows, rules.package, lambda: read_tables(settings, today)[1]))
    if pending:
        reason = {proposal.answers.form.language: proposal.reason}
        files.append(write_reason(pending, proposal.rows, reason, settings, today))
    return [name for name in files if name]


def _read(command: argparse.Namespace) -> str:
    """The text of the issue. Raises InputError."""
    most = 4 * LONGEST + 4  # octets; a letter has four at most
    try:
        if str(command.file) == "-":
            content = sys.stdin.buffer.read(most)
        else:
            with command.file.open("rb") as stream:
                content = stream.read(most)
        return str(content.decode("utf-8-sig", errors="ignore" if len(content) == most else "strict"))
    except OSError as error:
        raise InputError(say("{file} cannot be read: {reason}.", file=command.file, reason=error.strerror)) from None
    except UnicodeDecodeError:
        raise InputError(say("The letters are not stored as UTF-8, so they would come out garbled.")) from None


class _Said:
    """What is told, in a language."""

    def __init__(self, words: Translations, language: str, form: str) -> None:
        self.words = words
        self.language = language
        self.form = form
        self.parts: list[Part] = []

    def say(self, message: Message) -> str:
        return self.words.message(self.language, message)

    def failed(self, message: Message, status: int) -> int:
        """Tell what is in the way, and return the status."""
        self.parts.append(Part(self.say(message)))
        self.show()
        return status

    def show(self) -> None:
        text = as_text(self.parts) if self.form == "text" else as_comment(self.parts, self._more)
        print(text.rstrip("\n"))

    def _more(self, count: int) -> str:
        return self.words.ngettext(self.language, "… {count} more", "… {count} more", count).format(count=count)

    def proposal(self, proposal: Proposal, rules: Rules, settings: Settings) -> Iterator[Part]:
        """The answers, what is wrong with them, what comes of them."""
        form = proposal.answers.form
        yield Part(self.say(form.kind.title), rows=tuple(self._answers(proposal)))
        levels = {"error": self.say(heading("Error")), "warning": self.say(heading("Warning"))}
        faults = tuple(
            (levels[fault.level], fault.label, f"{self.say(fault.what)} {self.say(fault.fix)}")
            for fault in sorted(dict.fromkeys(proposal.faults), key=lambda fault: fault.level)
        )
        blocking = tuple(
            (levels[problem.level], "", self.words.problem(self.language, problem)) for problem in proposal.blocking
        )
        if faults or blocking:
            yield Part(self.say(heading("What to mend, and what to look at")), rows=(*faults, *blocking))
        if proposal.is_good:
            yield Part(self.say(heading("What comes of it")), rows=tuple(self._records(proposal, rules, settings)))

    def _answers(self, proposal: Proposal) -> Iterator[tuple[Cell, ...]]:
        for question in proposal.answers.form.questions:
            text = proposal.answers.texts.get(question.name)
            if text:
                yield question.label, Value(text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…")

    def _records(self, proposal: Proposal, rules: Rules, settings: Settings) -> Iterator[tuple[Cell, ...]]:
        fates = {"new": heading("New"), "changed": heading("Changed")}
        for row in proposal.rows:
            if row.fate in fates:
                resource = rules.package.by_name[row.match.row.table]
                name = record_name(row.match.cells, settings.languages).words(self.language)
                changes = [
                    f"{resource.by_name[change.field].title.words(self.language)}: {change.before} → {change.after}"
                    for change in (row.match.changes if row.fate == "changed" else ())
                ]
                yield (
                    self.say(fates[row.fate]),
                    resource.title.words(self.language) or resource.name,
                    Value(row.match.id),
                    Value("; ".join(changes) or name),
                )
