"""The scripts of the explorer as one: the page asks for one file in place of 25, and a phone waits once.

Its sentences stand in the page, in the language of the page; here they are numbers, which saves 0.7 KB of 25. Where
there is a shrinker for the machine, comments and long names are taken out as well: 25 KB in place of 42 after
compression. Elsewhere the script is the same without that.
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path

from ..errors import BuildError
from .page_words import extracted

# The first makes the namespace, the last uses them all.
# fmt: off
SCRIPTS = (
    "core", "words", "fold", "ask", "parts", "choices", "terms", "suggest", "rows", "tally", "engine", "card", "list",
    "filters", "chart", "table", "groups", "map", "compare", "zip", "xlsx", "download", "embed", "offline", "page",
)
# fmt: on
SHRINKS = find_spec("minify") is not None  # there are not wheels of it for every machine
SAY, MANY = re.compile(r'\bsay\(\s*"([^"]*)"'), re.compile(r'\bmany\(\s*"([^"]*)",\s*"([^"]*)"')
BUNDLE = "static/js/explorer.js"  # below the output folder


def bundle(folder: Path) -> str:
    """The scripts of the folder in their order. Raises BuildError for one that is missing, or no JavaScript."""
    try:
        text = "".join((folder / f"{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    except OSError as error:
        raise BuildError(f"The theme lacks {error.filename}. Put it back.") from None
    text = _number_sentences(text, folder)
    if not SHRINKS:
        return text
    # Not above: it starts threads, and Pelican, while it serves, builds in a process that is forked from the one that
    # read this module. There they would be missing, and the second build would wait for them for ever.
    import minify as shrinker  # noqa: PLC0415  (see above)

    try:
        return f"{shrinker.string('application/javascript', text)}\n"
    except shrinker.MinifyError as error:
        raise BuildError(f"The scripts in {folder} cannot be read: {error}. Correct them.") from None


def _number_sentences(text: str, folder: Path) -> str:
    """A number in place of each sentence. A search for every sentence of its own would take a tenth of a second."""
    numbers = {said: number for number, said in enumerate(extracted(folder))}

    def say(found: re.Match[str]) -> str:
        number = numbers.get((found[1], None))
        return found[0] if number is None else f"say({number}"

    def many(found: re.Match[str]) -> str:
        number = numbers.get((found[1], found[2]))
        return found[0] if number is None else f"many({number}, 0"

    return MANY.sub(many, SAY.sub(say, text))
