"""po_file.py: what it reads at once is what Babel reads, and what it does not know it leaves to Babel."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.po_file import _any, _usual, read_translations

FILES = sorted(Path(__file__).resolve().parent.parent.glob("theme/translations/*.po"))
HEADER = r"""# Words.
msgid ""
msgstr ""
"Plural-Forms: nplurals=2; plural=(n != 1);\n"
"Content-Type: text/plain; charset=utf-8\n"

"""


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_files_of_the_theme_are_read_at_once_and_as_babel_reads_them(file: Path) -> None:
    content = file.read_bytes()
    usual, (plural, words) = _usual(content), _any(content, file.stem)
    assert usual is not None
    assert usual[1] == words
    assert len(words) > 1_000
    assert [usual[0](count) for count in range(200)] == [plural(count) for count in range(200)]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ('msgid "Year"\nmsgstr "Jaro"\n', {(None, "Year"): "Jaro"}),
        ('msgctxt "verb"\nmsgid "Open"\nmsgstr "Malfermi"', {("verb", "Open"): "Malfermi"}),  # no line end
        ('msgctxt "verb"\nmsgid "Open"\nmsgstr "Malfermi"\n', {("verb", "Open"): "Malfermi"}),
        ('msgid ""\n"One "\n"line"\nmsgstr ""\n"Unu "\n"linio"\n', {(None, "One line"): "Unu linio"}),
        (
            r'msgid "a\tb\n\"c\" \\n"' + "\n" + r'msgstr "A\tB\n\"C\" \\n"' + "\n",
            {(None, 'a\tb\n"c" \\n'): 'A\tB\n"C" \\n'},
        ),
        (
            'msgid "a year"\nmsgid_plural "years"\nmsgstr[0] "jaro"\nmsgstr[1] "jaroj"\n',
            {(None, "a year"): ("jaro", "jaroj")},
        ),
        ('msgid "a year"\nmsgid_plural "years"\nmsgstr[0] "jaro"\nmsgstr[1] ""\n', {}),
        ('msgid "a year"\nmsgid_plural "years"\nmsgstr[0] "jaro"\n', {}),  # a form is missing
        ('msgid "Year"\nmsgstr ""\n', {}),
        ('#: a.py:1\n#, python-format, fuzzy\nmsgid "Year"\nmsgstr "Jaro"\n', {}),
        ('# fuzzy\nmsgid "Year"\nmsgstr "Jaro"\n', {(None, "Year"): "Jaro"}),
        ('#, fuzzy\n#~ msgid "Old"\n#~ msgstr "Malnova"\n\nmsgid "Year"\nmsgstr "Jaro"\n', {(None, "Year"): "Jaro"}),
        ('msgid "Year"\nmsgstr "Jaro"\n\nmsgid "Year"\nmsgstr "Jaroj"\n', {(None, "Year"): "Jaro"}),  # twice
        ('msgid "Year"\r\nmsgstr "Jaro"\r\n', {(None, "Year"): "Jaro"}),
        ('msgid  "Year"\n\nmsgstr "Jaro"\n', {(None, "Year"): "Jaro"}),
    ],
)
def test_an_entry_is_read_as_babel_reads_it(entries: str, words: dict[tuple[str | None, str], object]) -> None:
    content = f"{HEADER}{entries}".encode()
    assert read_translations(content, "eo")[1] == words
    assert _any(content, "eo")[1] == words


@pytest.mark.parametrize(
    ("header", "form_of_two"),
    [
        (r'"Plural-Forms: nplurals=2; plural=(n > 2);\n"' + "\n", 0),
        (r'"Plural-Forms: nplurals=2; plural=(n > 1)\n"' + "\n", 1),
        ("", 1),  # as Babel knows the language
    ],
)
def test_the_header_chooses_the_form_of_a_count(header: str, form_of_two: int) -> None:
    about = r'"Content-Type: text/plain; charset=utf-8\n"'
    content = f'msgid ""\nmsgstr ""\n{header}{about}\n'.encode()
    assert read_translations(content, "eo")[0](2) == form_of_two


def test_another_encoding_is_read() -> None:
    about = r'"Content-Type: text/plain; charset=iso-8859-3\n"'
    content = f'msgid ""\nmsgstr ""\n{about}\n\nmsgid "Thursday"\nmsgstr "ĵaŭdo"\n'.encode("iso-8859-3")
    assert read_translations(content, "eo")[1] == {(None, "Thursday"): "ĵaŭdo"}
