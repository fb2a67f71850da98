"""No country in the code: the same code and theme make a portal of an invented island."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import yaml

from tests.plugin_site import build_site

HERE = Path(__file__).parent
ROOT = HERE.parent
FIRST_PORTAL = re.compile(
    r"kyrgyz|кыргыз|киргиз|bishkek|karakol|каракол|\bKGS\b|\bsom\b|\bсом\b|aiyl|айыл|oblast", re.I
)
EXAMPLES = {"i18n.py", "settings.py"}  # they name som and Kyrgyz as examples in comments


def test_its_pages_speak_its_languages(tiny_site: Path) -> None:
    home = (tiny_site / "eo/index.html").read_text(encoding="utf-8")
    assert '<html lang="eo">' in home
    assert "Donacoj de Fantazio" in home
    assert "Ĉi tiu insulo ne ekzistas." in home
    assert ">Donacoj</a>" in home  # a word of the theme, from its own .po
    assert "ŝeloj" in (tiny_site / "eo/grants/index.html").read_text(encoding="utf-8")


def test_it_has_no_map_and_does_not_miss_it(tiny_site: Path) -> None:
    assert "map__drawing" not in (tiny_site / "en/index.html").read_text(encoding="utf-8")
    assert "map__drawing" not in (tiny_site / "en/places/index.html").read_text(encoding="utf-8")


def test_html_in_a_title_is_shown_and_not_run(tiny_site: Path) -> None:
    page = (tiny_site / "en/grants/G-2024-1.html").read_text(encoding="utf-8")
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_something_is_wrong_here_opens_a_filled_in_issue(tiny_site: Path) -> None:
    page = (tiny_site / "en/grants/G-2024-2.html").read_text(encoding="utf-8")
    address = "https://github.com/fantasia/grants/issues/new?title=Something%20is%20wrong%3A%20en/grants/G-2024-2.html"
    assert address in page
    assert ">Something is wrong here</a>" in page


def test_a_portal_may_leave_out_what_its_pages_do_not_need(tiny: Path, tmp_path: Path) -> None:
    """Without the tables and columns that needs.py does not name, the pages are made all the same."""
    left_out = ("vouchers", "terms", "amendments", "budgets", "organization_names", "payments", "claims", "reports")
    path = tiny / "datapackage.yaml"
    package = yaml.safe_load(path.read_text(encoding="utf-8"))
    package["resources"] = [item for item in package["resources"] if item["name"] not in left_out]
    path.write_text(yaml.safe_dump(package, allow_unicode=True), encoding="utf-8")
    for name in left_out:
        (tiny / f"{name}.csv").unlink()
    drop_column(tiny, "places", "latitude")
    drop_column(tiny, "totals", "also_sources")
    settings = tmp_path / "conf.py"
    lines = f"import sys\nsys.path[:0] = [{str(HERE / 'data')!r}]\nfrom tinyconf import *\n"
    settings.write_text(lines + f"from pathlib import Path\nPORTAL = {{**PORTAL, 'data': Path({str(tiny)!r})}}\n")
    done = build_site(tmp_path / "output", settings, content=HERE / "data/content")
    assert done.returncode == 0, done.stderr
    assert "not published" in (tmp_path / "output/en/grants/G-2024-1.html").read_text(encoding="utf-8")


def drop_column(folder: Path, table: str, column: str) -> None:
    schema = folder / f"schemas/{table}.yaml"
    content = yaml.safe_load(schema.read_text(encoding="utf-8"))
    content["fields"] = [field for field in content["fields"] if field["name"] != column]
    schema.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    file = folder / f"{table}.csv"
    rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    place = rows[0].index(column)
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(row[:place] + row[place + 1 :] for row in rows)


def test_nothing_of_the_first_portal_is_in_it(tiny_site: Path) -> None:
    texts = [file for file in tiny_site.rglob("*") if file.suffix in (".html", ".csv", ".json", ".xml", ".txt")]
    found = [str(file) for file in texts if FIRST_PORTAL.search(file.read_text(encoding="utf-8"))]
    assert len(texts) > 100
    assert found == []


def test_nothing_of_the_first_portal_is_in_code_and_theme() -> None:
    files = [*(ROOT / "plugins").rglob("*.py"), *(ROOT / "plugins").rglob("*.sql")]
    files += [file for file in (ROOT / "theme").rglob("*") if file.suffix in (".html", ".css", ".js", ".xml")]
    found = [file.name for file in files if FIRST_PORTAL.search(file.read_text(encoding="utf-8"))]
    assert [name for name in found if name not in EXAMPLES] == []
