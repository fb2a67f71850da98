"""Pagefind on the same grants: its index built as it recommends, from pages, and searched on the same network.

It is installed into a folder of its own for the time of the measurement.
"""

from __future__ import annotations

import html
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import duckdb

PACKAGE = "pagefind[bin]"
SEARCH_PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>Pagefind</title>
<script type="module">
  import * as pagefind from "./pagefind/pagefind.js";
  globalThis.find = async (words) => {{
    const found = await pagefind.search(words);
    const first = found.results.length ? await found.results[0].data() : null;
    return [found.results.length, first && first.url];
  }};
  await pagefind.init();
  globalThis.ready = performance.now();
</script>"""
PAGE = """<!doctype html><html lang="ru"><meta charset="utf-8"><title>{title}</title>
<main data-pagefind-body><h1>{title}</h1><p>{recipient}</p><p>{funder}</p><p>{place}</p><p>{program}</p><p>{id}</p>
<p><span data-pagefind-filter="year">{year}</span> <span data-pagefind-filter="funder">{funder}</span>
<span data-pagefind-filter="program">{program}</span> <span data-pagefind-filter="place">{place}</span></p></main>"""
# A page a language would be three times as much; this is one, in the language of most titles.
GRANTS = """
    select grants.id, coalesce(grants.title_ru, grants.title_ky) as title,
        concat_ws(' ', recipients.name_ru, recipients.name_ky) as recipient,
        funders.name_ru as funder, places.name_ru as place, programs.title_ru as program, grants.year
    from grants
    left join organizations as recipients on recipients.id = grants.recipient
    left join organizations as funders on funders.id = grants.funder
    left join places on places.id = grants.place
    left join programs on programs.id = grants.program
    order by grants.id"""


@dataclass(frozen=True, slots=True)
class Rival:
    """What its index took."""

    version: str
    seconds: float
    files: int
    octets: int


def install(folder: Path) -> Path:
    """A Python in which Pagefind is."""
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = folder / "bin/python"
    subprocess.run([python, "-m", "pip", "--disable-pip-version-check", "install", "-qq", PACKAGE], check=True)
    return python


def write_pages(source: Path, folder: Path) -> None:
    """A page a grant, with what ours finds grants by, and the page that searches."""
    (folder / "grants").mkdir(parents=True)
    with duckdb.connect(str(source), read_only=True) as database:
        cursor = database.execute(GRANTS)
        names = [column[0] for column in cursor.description or []]
        for row in cursor.fetchall():
            words = {name: html.escape(str(value or "")) for name, value in zip(names, row, strict=True)}
            (folder / "grants" / f"{words['id']}.html").write_text(PAGE.format(**words), encoding="utf-8")
    (folder / "index.html").write_text(SEARCH_PAGE.format(language="ru"), encoding="utf-8")


def index_pages(python: Path, folder: Path) -> Rival:
    """Let Pagefind build its index beside the pages."""
    version = subprocess.run([python, "-m", "pagefind", "--version"], check=True, capture_output=True, text=True)
    begun = time.perf_counter()
    told = subprocess.run([python, "-m", "pagefind", "--site", folder], capture_output=True, text=True, check=False)
    seconds = time.perf_counter() - begun
    if told.returncode:
        raise SystemExit(told.stdout + told.stderr)
    sizes = [path.stat().st_size for path in (folder / "pagefind").rglob("*") if path.is_file()]
    return Rival(version.stdout.split()[-1], seconds, len(sizes), sum(sizes))
