"""A form in a language: its questions, with titles, help and choices from the schemas, code lists and records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from ..checks.words import fold
from ..desk.lookups import name_columns
from ..desk.rules import Rules
from ..errors import Message, heading, say
from ..i18n import Translations
from ..package import Field, Resource
from ..text import Text
from .kinds import ADDRESS, OF_SOURCES, SOURCE, SOURCES, Kind

MOST_CHOICES = 100  # records that a reader can look through; of a longer table the name is written
NO_CHOICE = "none"  # GitHub keeps this word for a choice that was not made
CURRENCY = "currency"

TABLE, RECORD, COLUMN, VALUE, EMPTY, REASON = "table", "record", "column", "value", "empty", "reason"
OF_SOURCE = "source-"  # begins the names of questions about the source


@dataclass(frozen=True, slots=True)
class Question:
    """A question of a form."""

    name: str  # of the field, or one of the names above
    kind: Literal["input", "textarea", "dropdown", "checkboxes"]
    label: str  # in the form, no two are alike, also when they are folded
    help: str = ""
    choices: tuple[str, ...] = ()
    is_required: bool = False
    value: str = ""  # filled in from the beginning
    example: str = ""  # shown where nothing is filled in


@dataclass(frozen=True)
class Form:
    """A kind of form in a language."""

    kind: Kind
    language: str
    title: str
    description: str
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        """Of the file, without its ending."""
        return f"{self.kind.name}-{self.language}"


def make_form(kind: Kind, language: str, rules: Rules, words: Translations) -> Form:
    """The form in the language."""
    author = _Author(kind, language, rules, words)
    questions = tuple(author.questions())
    labels = [fold(question.label) for question in questions]
    told_apart = (  # the schema may give two columns one title
        question
        if labels.count(fold(question.label)) == 1
        else replace(question, label=f"{question.label} ({question.name})")
        for question in questions
    )
    return Form(kind, language, author.say(kind.title), author.say(kind.description), tuple(told_apart))


@dataclass(frozen=True)
class _Author:
    kind: Kind
    language: str
    rules: Rules
    words: Translations

    def say(self, message: Message) -> str:
        return self.words.message(self.language, message)

    def questions(self) -> Iterator[Question]:
        if self.kind.table:
            for field in self.kind.fields(self.rules.by_table[self.kind.table]):
                yield self._of_field(field)
        else:
            yield from self._of_correction()
        if self.kind.has_reason:
            yield Question(REASON, "textarea", self.say(heading("Why")), self._reason_help(), is_required=True)
        yield from self._of_source()

    def _of_field(self, field: Field) -> Question:
        rules = self.rules.by_table[self.kind.table]
        parts = (self._text(field.description), self._text(rules.why(field.name)))
        told = " ".join(part for part in parts if part)
        label = self._text(field.title) or field.name
        target = self.rules.package.by_name.get(field.refers_to or "")
        choices = self._choices(target) if target and field.name not in self.kind.written else ()
        if choices:
            return Question(field.name, "dropdown", label, told, choices, field.required)
        return Question(
            field.name,
            "textarea" if field.name.startswith(("description", "note")) else "input",
            label,
            told,
            is_required=field.required,
            value=self.rules.currency if field.name == CURRENCY else "",
            example=_example(field),
        )

    def _choices(self, target: Resource) -> tuple[str, ...]:
        """What the records of the table are called, each so that it means only one; none when there are too many."""
        records = self.rules.tables[target.name].records
        if not 0 < len(records) <= MOST_CHOICES:
            return ()
        columns = name_columns(target, self.language)
        texts = []
        for record in records:
            key = record[target.primary_key]
            name = next((str(record[column]) for column in columns if record[column]), key)
            name = " ".join(name.split())
            is_plain = self.rules.names[target.name].get(fold(name)) == (key,) and fold(name) != NO_CHOICE
            texts.append(name if is_plain or name == key else f"{name} ({key})")
        return tuple(dict.fromkeys(texts if target.is_codelist else sorted(texts, key=fold)))

    def _of_correction(self) -> Iterator[Question]:
        titles = [self._text(one.resource.title) or name for name, one in self.rules.by_table.items()]
        told = (self._titled(title, name, titles) for title, name in zip(titles, self.rules.by_table, strict=True))
        yield Question(
            TABLE,
            "dropdown",
            self.say(heading("Table")),
            self.say(say("What kind of record is wrong.")),
            tuple(told),
            is_required=True,
        )
        yield Question(
            RECORD,
            "input",
            self.say(heading("Record")),
            self.say(say("The address of its page on this site, its identifier, or its name.")),
            is_required=True,
        )
        yield Question(
            COLUMN,
            "input",
            self.say(heading("Which value")),
            self.say(say("What stands before the value on the page, or above it in a file.")),
            is_required=True,
        )
        yield Question(VALUE, "textarea", self.say(heading("Right value")), self.say(say("What it should say.")))
        yield Question(
            EMPTY,
            "checkboxes",
            self.say(heading("Nothing in its place")),
            choices=(self.say(say("The value is wrong, and no source says the right one.")),),
        )

    def _titled(self, title: str, name: str, titles: list[str]) -> str:
        is_plain = [fold(other) for other in titles].count(fold(title)) == 1 and fold(title) != NO_CHOICE
        return title if is_plain else f"{title} ({name})"

    def _reason_help(self) -> str:
        if self.kind.table:
            return self.say(say("What the body says about it. Readers will see this."))
        return self.say(say("How you know. Readers will see this beside the change."))

    def _of_source(self) -> Iterator[Question]:
        """Where it comes from: a source that is known, or the address of another one and what it is called."""
        resource = self.rules.package.by_name[SOURCES]
        said = heading("Source")
        yield Question(
            SOURCE,
            "input",
            self.say(said),
            self.say(say("The web address of the page or document that says so, or the identifier of a source here.")),
            is_required=bool(self.kind.table),
            example="https://",
        )
        for name in (name for name in OF_SOURCES if name in resource.by_name and ADDRESS in resource.by_name):
            field = resource.by_name[name]
            label = f"{self.say(said)}: {self._text(field.title) or name}"
            yield Question(OF_SOURCE + name, "input", label, self._text(field.description), example=_example(field))

    def _text(self, text: Text) -> str:
        return text.words(self.language)


def _example(field: Field) -> str:
    if field.type == "date" or field.partial_date:
        return "2019-11-05"
    if field.type == "number":
        return "1950000.50"
    return ""
