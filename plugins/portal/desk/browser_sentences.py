"""What the desk in the browser says: the sentences of the modules that judge, found in their code, and translations."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ..i18n import Translations

PORTAL = Path(__file__).parent.parent
SPEAKERS = ("load.py", "sentences.py", "validate.py", "checks/*.py", "desk/*.py", "exports/to_desk.py")
SPEAKS = re.compile(r"\b(?:say|heading)\s*\(")
STATEMENT = re.compile(r"^(?=[^\s)\]}#])", re.MULTILINE)  # where one of a module begins, or a further part of one


def sentences_for_browser(translations: Translations, language: str) -> dict[str, str]:
    """Everything that stands in sentences.<language>.js: English template -> its translation, where there is one."""
    said = {template: translations.gettext(language, template) for template in templates()}
    return {template: words for template, words in said.items() if words != template}


@cache  # reading the modules takes a twentieth of a second
def templates() -> tuple[str, ...]:
    """Every sentence that the modules which judge can say, in the order of the modules."""
    files = [file for pattern in SPEAKERS for file in sorted(PORTAL.glob(pattern))]
    return tuple(dict.fromkeys(template for file in files for template in _said_in(file)))


def _said_in(file: Path) -> Iterator[str]:
    """Of the statements that say something, which are a third of all: to read them all takes half as long again."""
    speaking = [statement for statement in STATEMENT.split(file.read_text("utf-8")) if SPEAKS.search(statement)]
    for node in ast.walk(ast.parse("".join(speaking))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("say", "heading"):
            words = node.args[0] if node.args else None
            if isinstance(words, ast.Constant) and isinstance(words.value, str):
                yield words.value
