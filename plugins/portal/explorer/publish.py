"""The explorer of a portal: its index below explore/, and what the page needs beside it."""

from __future__ import annotations

from pathlib import Path

from ..database import add_tables
from ..exports import Job
from ..link.hanging import HANGING
from .about import About, Index
from .build import build_index
from .bundle import BUNDLE, bundle
from .dimensions import KINDS
from .download_words import download_words
from .other_words import other_words
from .row_files import SOURCES, write_json

FOLDER = "explore"  # below the output folder
GRANTS = "grants"


def write_explorer(job: Job, output: Path, scripts: Path) -> Index:
    """Write explore/: the index, unless it is small enough to stand in the page, and the words of downloads.

    The scripts of the theme, from the folder `scripts`, are written as one. Raises OSError when a file cannot be
    written, and BuildError for scripts that cannot be used.
    """
    script = output / BUNDLE
    script.parent.mkdir(parents=True, exist_ok=True)
    script.write_text(bundle(scripts), encoding="utf-8", newline="\n")
    portal, settings = job.portal, job.settings
    fields = portal.package.by_name[GRANTS].fields
    named = [field.refers_to for field in fields if field.refers_to]
    add_tables(portal.database, portal.tables, dict.fromkeys([*HANGING, *KINDS, SOURCES, "amount_groups", *named]))
    about = About(settings.languages, job.version, settings.currency, fields, other_words(job))
    folder = output / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    index = build_index(portal.database, about, folder)
    for language in settings.languages:
        path = f"download.{language}"
        text = f'explorer("{path}",{write_json(download_words(job, language))});\n'
        (folder / f"{path}.js").write_text(text, encoding="utf-8", newline="\n")
    return index
