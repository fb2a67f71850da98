"""Every message is a sentence that can be translated: a literal template with named values and a full stop."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from portal.errors import DataError, Message, Problem, say

PORTAL = Path(__file__).parent.parent / "plugins" / "portal"
CALLS = [
    pytest.param(node, id=f"{file.relative_to(PORTAL)}:{node.lineno}")
    for file in sorted(PORTAL.rglob("*.py"))
    for node in ast.walk(ast.parse(file.read_text("utf-8")))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say"
]


@pytest.mark.parametrize("call", CALLS)
def test_a_template_is_a_literal_that_translation_tools_find(call: ast.Call) -> None:
    assert len(call.args) == 1
    assert isinstance(call.args[0], ast.Constant)
    assert isinstance(call.args[0].value, str)


@pytest.mark.parametrize("call", CALLS)
def test_a_template_names_the_values_that_it_is_given(call: ast.Call) -> None:
    template = str(ast.literal_eval(call.args[0]))
    named = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
    given = {keyword.arg for keyword in call.keywords}
    assert named == given or (None in given and given - {None} <= named)  # None: more values in a dictionary


@pytest.mark.parametrize("call", CALLS)
def test_a_template_is_a_sentence(call: ast.Call) -> None:
    template = str(ast.literal_eval(call.args[0]))
    words = re.sub(r"\{\w+\}", "…", template)
    is_part = re.fullmatch(r"[a-z]+( …)?", words)  # put into a sentence, such as “semicolons” and “line 3”
    ends_in_a_copy = template.endswith("}")  # what follows is to be copied, and a full stop would be copied too
    assert is_part or (re.match(r"[A-Z“{]", template) and (re.search(r"[.?]$", template) or ends_in_a_copy))
    assert template == " ".join(template.split())
    assert not re.search(r"error|invalid|null|None|exception|traceback|parse", words)


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (Problem(say("It rains."), say("Wait.")), "It rains. Wait."),
        (Problem(say("It rains."), say("Wait."), file="a.csv"), "a.csv: It rains. Wait."),
        (Problem(say("It rains."), say("Wait."), file="a.csv", line=3), "a.csv, line 3: It rains. Wait."),
        (
            Problem(say("It rains on {day}.", day=5), say("Wait."), file="a.csv", line=3, column="day"),
            "a.csv, line 3, column day: It rains on 5. Wait.",
        ),
    ],
)
def test_a_problem_says_where_what_and_how_to_fix_it(problem: Problem, expected: str) -> None:
    assert str(problem) == expected


def test_a_message_can_hold_a_message() -> None:
    assert str(say("It is {state}.", state=say("wet"))) == "It is wet."


def test_a_value_with_braces_is_left_as_it_is() -> None:
    assert str(say("It is {value}.", value="{odd}")) == "It is {odd}."


def test_a_message_is_a_value() -> None:
    assert say("It is {value}.", value=5) == Message("It is {value}.", (("value", "5"),))


def test_the_records_error_says_everything_at_once() -> None:
    error = DataError(Problem(say("{what}.", what=what), say("Wait.")) for what in ("Rain", "Hail"))
    assert str(error) == "Rain. Wait.\nHail. Wait."
    assert len(error.problems) == 2
