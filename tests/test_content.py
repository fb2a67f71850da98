"""Pages that people write in Markdown: any language, links to each other, pictures; a slip is a sentence."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.plugin_site import ROOT, build_site

DATA = ROOT / "tests/data"
PAGE = "Title: {title}\n\n{text}\n"
NOT_BUILT = "The site was not built; the old one is untouched. Correct what is said above.\n"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The pages of the tiny portal, to be changed."""
    return Path(shutil.copytree(DATA / "content", tmp_path / "content"))


def built(content: Path, more: str = "") -> subprocess.CompletedProcess[str]:
    """Build the tiny portal with these pages into output/ beside them; `more` are lines of its settings."""
    settings = content.parent / "conf.py"
    lines = [f"import sys\nsys.path[:0] = [{str(DATA)!r}]\nfrom tinyconf import *", f"PATH = {str(content)!r}"]
    settings.write_text("\n".join([*lines, f"CACHE_PATH = {str(content.parent / 'cache')!r}", more, ""]), "utf-8")
    return build_site(content.parent / "output", settings, content)


def test_pages_link_to_each_other_and_show_pictures(content: Path) -> None:
    text = "[the other]({filename}other.md#part), [home]({filename}home.md), ![a map]({static}/images/map.png)"
    (content / "en/pages/own.md").write_text(PAGE.format(title="Own", text=text), "utf-8")
    (content / "en/pages/other.md").write_text(PAGE.format(title="Other", text="Words"), "utf-8")
    (content / "eo/pages/own.md").write_text(PAGE.format(title="Propra", text="Vortoj"), "utf-8")
    with (content / "en/pages/home.md").open("a", encoding="utf-8") as stream:
        stream.write("\n[own]({filename}own.md)\n")
    (content / "images").mkdir()
    (content / "images/map.png").write_bytes(b"a picture")
    done = built(content)
    assert done.returncode == 0, done.stderr
    output = content.parent / "output"
    page = (output / "en/own.html").read_text("utf-8")
    assert 'href="../en/other.html#part"' in page or "href=../en/other.html#part" in page
    assert "../images/map.png" in page
    assert "../en/own.html" in (output / "en/index.html").read_text("utf-8")
    assert "./en/own.html" in (front_door := (output / "index.html").read_text("utf-8"))
    assert "../en/own.html" not in front_door
    assert (output / "images/map.png").read_bytes() == b"a picture"
    assert "images/map.png" in (output / "SHA256SUMS").read_text("utf-8")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("no title here\n", "could not find information about 'title'"),
        ("", "could not find information about 'title'"),
        (PAGE.format(title="Own", text="[lost]({filename}lost.md)"), "Unable to find 'lost.md'"),
        (PAGE.format(title="Own", text="![lost]({static}/images/lost.png)"), "content/images/lost.png"),
    ],
)
def test_a_slip_in_a_page_is_told_without_a_traceback(page: str, said: str, content: Path) -> None:
    (content / "en/pages/own.md").write_text(page, "utf-8")
    done = built(content)
    assert done.returncode == 1
    assert said in " ".join(done.stderr.split())
    assert done.stderr.endswith(NOT_BUILT)
    assert "Traceback" not in done.stdout + done.stderr
    assert {path.name for path in content.parent.iterdir()} <= {"content", "conf.py", "cache", "__pycache__"}


def test_a_portal_does_without_the_language_of_pelican(content: Path) -> None:
    done = built(content, "DEFAULT_LANG = 'fr'")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("words\n\n{{ nothing_here }}", "'nothing_here' is undefined"),
        ("words\n\n{% block content %", "expected token"),
    ],
)
def test_a_fault_of_a_template_names_its_file_and_line(template: str, says: str, content: Path) -> None:
    overrides = content.parent / "overrides"
    overrides.mkdir()
    (overrides / "verify.html").write_text(template, "utf-8")
    done = built(content, f"THEME_TEMPLATES_OVERRIDES = [{str(overrides)!r}]")
    assert done.returncode == 1
    assert f"{overrides}/verify.html, line 3: the template cannot be used: " in done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr
