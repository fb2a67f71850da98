"""Parts as lines for the console."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .parts import Part, Value


def as_text(parts: Iterable[Part]) -> str:
    """Every line, for the console."""
    return "\n".join(line for part in parts for line in _lines(part))


def _lines(part: Part) -> Iterator[str]:
    yield part.title
    yield from (f"  {sentence}" for sentence in part.sentences)
    for row in part.rows:
        cells = [cell.text if isinstance(cell, Value) else cell for cell in row]
        yield "  " + " | ".join(" ".join(cell.split()) for cell in cells).rstrip(" |")
    yield ""
