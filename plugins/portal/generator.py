"""The bridge to Pelican: reads the records, takes the Markdown pages that Pelican read, and writes the site.

The site is built in a folder beside the old one and takes its place at the end, so that a build that fails leaves
the old site as it was.
"""

from __future__ import annotations

import gc
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from pelican import Pelican
from pelican.generators import Generator, PagesGenerator

from .errors import BuildError, DataError, SettingsError
from .explorer.publish import write_explorer
from .exports import STANDARDS, Job, make_beside_writer, write_exports
from .i18n import Translations
from .model import Grant
from .pages import ContentPage, Page, Site, pages
from .pages.special import sitemap
from .pipeline import Portal, current_day, read_portal
from .proof import write_proof
from .render import make_renderer
from .settings import Settings, read_settings
from .workers import share_out

log = logging.getLogger(__name__)
BUILDING, OLD = ".building", ".old"  # endings of the folders beside the output folder
FRONT_DOOR = "index.html"
GARBAGE = 100_000  # objects between two searches for garbage; with Python's 700, a tenth of a build was searching
CONTENT: list[ContentPage] = []  # handed over by Pelican's generator of pages, taken by ours in the same run
WRITTEN: list[Portal] = []  # the portal whose pages our generator wrote in this run, for finish()


def prepare(pelican: Pelican) -> None:
    """Check the settings and let Pelican write into the folder beside the old site."""
    try:
        read_settings(pelican.settings.get("PORTAL"), pelican.settings["SITEURL"])
    except SettingsError as error:
        _stop(str(error))
    output = Path(pelican.settings["OUTPUT_PATH"])
    pelican.output_path = str(output.with_name(output.name + BUILDING))


def begin(pelican: Pelican) -> type[Generator]:
    """Clear the place for a new site, and name the generator that Pelican shall run beside its own."""
    shutil.rmtree(pelican.output_path, ignore_errors=True)
    WRITTEN.clear()
    pelican.settings["STATIC_PATHS"] = []  # see finish()
    gc.set_threshold(GARBAGE)
    return PortalGenerator


def take_content_pages(generator: PagesGenerator) -> None:
    """Take the Markdown pages over, so that one route writes every page."""
    CONTENT.clear()
    for page in sorted([*generator.pages, *generator.translations], key=lambda page: (page.lang, page.slug)):
        description = getattr(page, "description", "")
        CONTENT.append(ContentPage(page.slug, page.lang, str(page.title), description, page.content))
    generator.pages = generator.translations = []


def finish(pelican: Pelican) -> None:
    """Write the checksums of everything, and put the new site in the place of the old one."""
    new, output = Path(pelican.output_path), Path(pelican.settings["OUTPUT_PATH"])
    if WRITTEN and (new / FRONT_DOOR).exists():
        write_proof(WRITTEN[0], new)
        old = output.with_name(output.name + OLD)
        shutil.rmtree(old, ignore_errors=True)
        if output.exists():
            output.rename(old)
        new.rename(output)
        shutil.rmtree(old, ignore_errors=True)
    else:
        shutil.rmtree(new, ignore_errors=True)
    # While it serves, Pelican watches the theme, content/ and the static paths: so it watches the records as well.
    pelican.settings["STATIC_PATHS"] = [str(pelican.settings["PORTAL"]["data"])]


class PortalGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Reads the records when Pelican reads its content, writes the site when Pelican writes."""

    portal: Portal | None = None

    def generate_context(self) -> None:
        """Read the records, or stop before anything is written."""
        self.ours: Settings = read_settings(self.settings["PORTAL"], self.settings["SITEURL"])
        self.words = Translations(self.ours.translations)
        try:
            self.portal = read_portal(self.ours, current_day())
        except DataError as error:
            sentences = [self.words.problem("en", problem) for problem in error.problems if problem.level == "error"]
            _stop("\n".join([*sentences, "The site was not built; the old one is untouched. `make check` says more."]))

    def generate_output(self, _writer: Any) -> None:
        """Write the downloads, then every page."""
        if self.portal is None:  # the records were refused while Pelican serves
            return
        try:
            self._write_site(self.portal, Path(self.output_path))
        except (BuildError, DataError, SettingsError) as error:
            self._give_up(str(error))
        except TemplateError as error:
            where = f"{getattr(error, 'filename', None) or 'theme'}, line {getattr(error, 'lineno', None) or '?'}"
            self._give_up(f"{where}: the template cannot be used: {error.message}. Correct it.")
        except OSError as error:
            self._give_up(f"A file cannot be written: {error.strerror or error} ({error.filename}).")

    def _write_site(self, portal: Portal, output: Path) -> None:
        day = portal.released.day if portal.released else data_date(Path(self.settings["PATH"]), portal.catalog.grants)
        job = Job(portal, self.ours, self.words, day)
        scripts = Path(self.theme) / "static" / "js" / "explorer"
        begun = time.perf_counter()
        index = write_explorer(job, output, scripts)
        took = time.perf_counter() - begun
        site = Site(
            portal=portal,
            settings=self.ours,
            translations=self.words,
            content=tuple(CONTENT),
            downloads=write_exports(job, output),
            data_date=day,
            version=job.version,
            past=job.past,
            standards=tuple((standard, left_out(job)) for standard, left_out in STANDARDS),
            index=index,
            scripts=scripts,
        )
        folders = [*self.settings["THEME_TEMPLATES_OVERRIDES"], Path(self.theme) / "templates"]
        render = make_renderer(site, folders, Path(self.settings["CACHE_PATH"]) / "templates")
        write_beside = make_beside_writer(job)
        made = list(pages(site))
        made.append(sitemap(site, made))

        def write_pages(share: Sequence[Page]) -> None:
            for page in share:
                _write(output / page.path, render(page))

        def write_files(share: Sequence[tuple[str, str]]) -> None:
            for kind, identifier in share:
                write_beside(output, kind, identifier, site.grants_of(kind, identifier))

        share_out(write_pages, made)
        share_out(write_files, sorted(_with_files(made)))
        WRITTEN.append(portal)
        log.info("%s pages and %s downloads", len(made), len(site.downloads))
        where = "in the page" if index.inline else f"{index.files} files"
        log.info("Index of the explorer: %s, %.1f MB, %.1f s", where, index.octets / 1e6, took)

    def _give_up(self, sentence: str) -> None:
        shutil.rmtree(self.output_path, ignore_errors=True)
        _stop(f"{sentence}\nThe site was not built; the old one is untouched.")


def _stop(sentences: str) -> None:
    """Say what is wrong and end; while Pelican serves, say it and wait for the correction."""
    print(sentences, file=sys.stderr)
    if not {"-r", "--autoreload"}.intersection(sys.argv):
        raise SystemExit(1)


def data_date(folder: Path, grants: Iterable[Grant]) -> date:
    """The date of the data: SOURCE_DATE_EPOCH, else the last commit, else the last change of a grant; no clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        command = ["git", "-C", str(folder), "log", "-1", "--format=%ct"]
        try:
            epoch = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
        except FileNotFoundError:  # a machine without git, and a copy of the project without history
            epoch = ""
    if epoch:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    return max((grant.changed_on for grant in grants), default=date(1970, 1, 1))


def _with_files(written: list[Page]) -> set[tuple[str, str]]:
    """(kind, identifier) of the pages that have a CSV and a JSON of their grants beside them."""
    return {
        (kind.removesuffix("s"), identifier)
        for page in written
        if "beside" in page.values
        for kind, _, identifier in [page.values["beside"].partition("/")]
    }


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
