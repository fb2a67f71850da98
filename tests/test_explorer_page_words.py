"""page_words.py: the sentences of the scripts, as the translation tools take them."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file

from portal.explorer.page_words import CALL, KEYWORDS, WHOLE, extracted

FOLDER = Path(__file__).resolve().parent.parent / "theme/static/js/explorer"


def by_the_tool(folder: Path) -> list[tuple[str, str | None]]:
    found = [one for file in sorted(folder.glob("*.js")) for one in extract_from_file("javascript", file, KEYWORDS)]
    pairs = [(words[0], words[1]) if isinstance(words, tuple) else (words, None) for _, words, _, _ in found]
    return list(dict.fromkeys(pairs))


def test_the_sentences_of_the_theme_are_those_that_the_tool_takes() -> None:
    assert list(extracted(FOLDER)) == by_the_tool(FOLDER)


def test_each_script_of_the_theme_is_read_at_once() -> None:
    scripts = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.js")}
    assert [name for name, text in scripts.items() if len(CALL.findall(text)) != len(WHOLE.findall(text))] == []


@pytest.mark.parametrize(
    ("script", "sentences"),
    [
        ('say("One {x}", { x });', [("One {x}", None)]),
        ('many("{n} grant", "{n} grants", n);\nsay(\n  "Two",\n);', [("{n} grant", "{n} grants"), ("Two", None)]),
        ("say(name, values); say('One');", [("One", None)]),
        ("say(`One`);", [("One", None)]),
        (r'say("The \"one\"");', [('The "one"', None)]),
        ('say("One " + "and two");', [("One and two", None)]),
        ('say ("One");', [("One", None)]),
        ("say(name);", []),
    ],
)
def test_a_call_says_a_sentence(script: str, sentences: list[tuple[str, str | None]], tmp_path: Path) -> None:
    (tmp_path / "one.js").write_text(script, encoding="utf-8")
    assert list(extracted(tmp_path)) == sentences == by_the_tool(tmp_path)
