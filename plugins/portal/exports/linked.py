"""What files of linked data share: texts in their languages, and languages as the web calls them."""

from __future__ import annotations

from ..text import Text


def texts(text: Text) -> list[dict[str, str] | str]:
    """A text in its languages, as linked data has it.

    Words that serve several languages stand once, in no language: a publisher may have written them in one only.
    """
    languages: dict[str, list[str]] = {}
    for language, words in text.versions:
        languages.setdefault(words, []).append(language)
    return [
        {"@value": words, "@language": tag(found[0])} if len(found) == 1 else words
        for words, found in languages.items()
    ]


def tag(language: str) -> str:
    """A language as the web calls it: Babel's pt_BR is pt-BR."""
    return language.replace("_", "-")
