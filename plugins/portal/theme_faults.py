"""What is wrong with a template, in one sentence."""

from __future__ import annotations

from traceback import extract_tb

from jinja2 import TemplateError, TemplateSyntaxError


def told_of_theme(error: TemplateError) -> str:
    """The sentence, with the file and the line where they are known."""
    filename, line = None, None
    if isinstance(error, TemplateSyntaxError):
        filename, line = error.filename, error.lineno
    else:  # Jinja writes the lines of the template into the traceback
        for frame in extract_tb(error.__traceback__):
            if not frame.filename.endswith((".py", ">")):
                filename, line = frame.filename, frame.lineno
    where = f"{filename or 'theme'}, line {line}" if line else filename or "theme"
    return f"{where}: the template cannot be used: {error.message}. Correct it."
