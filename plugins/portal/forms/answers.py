"""The text of an issue -> which form it is and what was answered. Judges no answer.

GitHub writes a form as “### Label”, an empty line and the answer, one question after the other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..checks.words import fold
from ..errors import InputError, say
from .questions import NO_CHOICE, Form, Question

LONGEST = 100_000  # characters; GitHub takes 65,536 in an issue
LABEL = "### "  # begins the line above an answer
NO_ANSWER = "_No response_"
TICKED = re.compile(r"\s*[-*] \[[xX]\] ")


@dataclass(frozen=True, slots=True)
class Answers:
    """A form that was filled in."""

    form: Form
    texts: Mapping[str, str]  # name of the question -> answer; what was not answered is absent

    @property
    def labels(self) -> Mapping[str, str]:
        """Name of the question -> what stands above the answer."""
        return {question.name: question.label for question in self.form.questions}


def read_answers(text: str, forms: Sequence[Form]) -> Answers:
    """The answers. Raises InputError when the text is none of the forms, or when a question stands in it twice."""
    if len(text) > LONGEST:
        raise InputError(
            say("The text has {length} characters; a form has {most} at most.", length=len(text), most=LONGEST)
        )
    lines = _without_remarks(text.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    found = [_label(line) for line in lines]
    form = max(forms, key=lambda form: _likeness(form, found))
    questions = {fold(question.label): question for question in form.questions}
    if 2 * len(questions.keys() & set(found)) < len(questions):
        raise InputError(say("The text is not one of the forms. Open one of the forms and fill it in."))
    answers: dict[str, list[str]] = {}
    current: list[str] = []
    for line in lines:
        question = questions.get(_label(line))
        if question is None:
            current.append(line)
            continue
        if question.name in answers:
            raise InputError(
                say("“{label}” stands in the form twice. Keep it once, and write nothing like it in an answer.",
                    label=question.label)
            )  # fmt: skip
        current = answers[question.name] = []
    texts = {
        question.name: _answer("\n".join(answers.get(question.name, ())).strip(), question)
        for question in form.questions
    }
    return Answers(form, {name: text for name, text in texts.items() if text})


def _without_remarks(text: str) -> str:
    """The text without what stands in <!-- -->, which a reader of the issue does not see. Takes linear time."""
    kept: list[str] = []
    while True:
        before, mark, rest = text.partition("<!--")
        _, end, after = rest.partition("-->")
        if not end:
            return "".join([*kept, before, mark, rest])
        kept.append(before)
        text = after


def _label(line: str) -> str:
    """The folded label in a line; empty when it is none."""
    return fold(line.strip(" #")) if line.startswith(LABEL) else ""


def _likeness(form: Form, found: Sequence[str]) -> tuple[int, int]:
    """How many of the labels are questions of the form; of equal ones, that which has the fewest other questions."""
    labels = {fold(question.label) for question in form.questions}
    common = len(labels & set(found))
    return common, common - len(labels)


def _answer(text: str, question: Question) -> str:
    if text == NO_ANSWER:
        return ""
    if question.kind == "checkboxes":
        return "\n".join(TICKED.sub("", line, count=1) for line in text.split("\n") if TICKED.match(line))
    if question.kind == "dropdown" and text.casefold() == NO_CHOICE and text not in question.choices:
        return ""
    return text
