"""The tiny portal with releases, and ways to edit its records as a publisher would."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

from portal.releases import Release
from portal.releases.make import make_release
from portal.settings import Settings, read_settings
from tests.plugin_site import build_site

HERE = Path(__file__).parent
TRANSLATIONS = HERE / "data/translations"
UNREAD = ("Templates", "Desk")  # downloads that no test of these sites reads; they take a fifth of a build
FIRST, SECOND, THIRD = date(2025, 3, 1), date(2025, 4, 1), date(2025, 5, 1)


def tiny_settings(data: Path) -> Settings:
    """Settings of the tiny portal with another data folder."""
    return read_settings(
        {
            "name": {"eo": "Donacoj de Fantazio", "en": "Grants of Fantasia"},
            "languages": ("eo", "en"),
            "data": data,
            "translations": TRANSLATIONS,
            "currency": "XTS",
        }
    )


def release(data: Path, day: date, reasons: str = "", version: str = "") -> Release:
    """Make a release of the folder; `reasons` are written into the file that the next one reads."""
    if reasons:
        (data / "changes").mkdir(exist_ok=True)
        (data / f"changes/{version or f'{day.isoformat()}.1'}.yaml").write_text(reasons, encoding="utf-8")
    return make_release(tiny_settings(data), day, version)


def build_tiny_site(data: Path, folder: Path) -> Path:
    """The site of the tiny portal with another data folder, in `folder`, without UNREAD; return where it stands."""
    settings = folder / "conf.py"
    lines = [
        f"import sys\nsys.path[:0] = [{str(HERE / 'data')!r}, {str(HERE.parent / 'plugins')!r}]",
        "from tinyconf import *\nfrom functools import partial\nfrom pathlib import Path\nimport portal.building",
        f"PORTAL = {{**PORTAL, 'data': Path({str(data)!r})}}",
        f"portal.building.write_exports = partial(portal.building.write_exports, left_out={UNREAD})\n",
    ]
    settings.write_text("\n".join(lines), encoding="utf-8")
    done = build_site(folder / "output", settings, content=HERE / "data/content")
    assert done.returncode == 0, done.stderr
    return folder / "output"


def edit(path: Path, identifier: str, **cells: str) -> None:
    """Change cells of a record of a CSV file."""
    rows = _rows(path)
    for row in rows:
        if row["id"] == identifier:
            row.update(cells)
    _write(path, rows)


def drop(path: Path, identifier: str) -> None:
    """Remove a record from a CSV file."""
    _write(path, [row for row in _rows(path) if row["id"] != identifier])


def add(path: Path, like: str, **cells: str) -> None:
    """Add a record to a CSV file: a copy of another one with other cells."""
    rows = _rows(path)
    first = next(row for row in rows if row["id"] == like)
    _write(path, [*rows, {**first, **cells}])


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
