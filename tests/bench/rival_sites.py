"""The folders of the rivals: their templates and settings, with the rows and the words of the site filled in."""

from __future__ import annotations

import json
import shutil
import string
import subprocess
from pathlib import Path

from tests.bench import ROOT

RIVALS = Path(__file__).resolve().parent / "rivals"
ELEVENTY = ROOT / ".cache" / "bench" / "eleventy"  # where npm installs it; may be deleted at any time
PARTS = ("header.html", "footer.html")


def make_hugo(folder: Path, rows: Path, site: dict[str, str]) -> None:
    """A content adapter over the rows; what is the same on all pages is a cached partial."""
    shutil.copytree(RIVALS / "hugo", folder)
    for name in ("assets", "data", "layouts/_partials"):
        (folder / name).mkdir(parents=True)
    (folder / "assets/rows.json").hardlink_to(rows)  # Hugo follows no symbolic links
    _write_json(folder / "data/site.json", site)
    _write_parts(folder / "layouts/_partials", site)


def make_eleventy(folder: Path, rows: Path, site: dict[str, str]) -> None:
    """Pagination over the rows, one a page."""
    shutil.copytree(RIVALS / "eleventy", folder)
    (folder / "pages/_data").mkdir()
    (folder / "pages/_data/rows.json").hardlink_to(rows)
    _write_json(folder / "pages/_data/site.json", site)
    _write_parts(folder, site)


def make_pelican(folder: Path, rows: Path, site: dict[str, str]) -> None:
    """An article a row: its values as one line of metadata, its description as the text."""
    shutil.copytree(RIVALS / "pelican", folder)
    _write_json(folder / "site.json", site)
    _write_parts(folder / "theme/templates", site)
    content = folder / "content/grants"
    content.mkdir(parents=True)
    for row in json.loads(rows.read_text(encoding="utf-8")):
        head = {"title": row["title"], "slug": row["id"], "date": f"{row['year']}-01-01"}
        lines = [f"{name}: {value}" for name, value in head.items()]
        values = json.dumps(row, ensure_ascii=False)
        text = "\n".join([*lines, f"grant: {values}", "", row["description"], ""])
        (content / f"{row['id']}.md").write_text(text, encoding="utf-8")


def install_eleventy() -> str:
    """Install what the lock pins, once. Returns what stands in the way, or nothing."""
    if not shutil.which("npm") or not shutil.which("node"):
        return "node and npm are not there: install Node.js 18 or newer"
    wanted = (RIVALS / "eleventy/package-lock.json").read_text(encoding="utf-8")
    kept = ELEVENTY / "package-lock.json"
    if (ELEVENTY / "node_modules").is_dir() and kept.is_file() and kept.read_text(encoding="utf-8") == wanted:
        return ""
    shutil.rmtree(ELEVENTY, ignore_errors=True)
    ELEVENTY.mkdir(parents=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(RIVALS / "eleventy" / name, ELEVENTY)
    done = subprocess.run(
        ["npm", "ci", "--no-audit", "--no-fund"], cwd=ELEVENTY, capture_output=True, text=True, check=False
    )
    return f"npm could not install it: {done.stderr.strip()[-200:]}" if done.returncode else ""


def _write_json(path: Path, values: dict[str, str]) -> None:
    path.write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")


def _write_parts(folder: Path, site: dict[str, str]) -> None:
    for name in PARTS:
        part = string.Template((RIVALS / "parts" / name).read_text(encoding="utf-8"))
        (folder / name).write_text(part.substitute(site), encoding="utf-8")
