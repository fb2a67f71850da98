"""Golden files: what the exports wrote last time, kept as text. `pytest --update-golden` writes them anew."""

from __future__ import annotations

from pathlib import Path

import pytest

GOLDEN = Path(__file__).parent / "golden"


def compare_golden(config: pytest.Config, name: str, text: str) -> None:
    """Compare a text with the golden file of that name, line ends and byte order mark included."""
    path = GOLDEN / name
    if config.getoption("--update-golden", default=False):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    assert path.is_file(), f"{path} is missing; run pytest --update-golden"
    assert text == path.read_bytes().decode()
