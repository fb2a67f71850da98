"""The bridge to Pelican: reads the records, takes the Markdown pages that Pelican read, and writes the site.

The site is built in a folder beside the old one and takes its place at the end, so that a build that fails leaves
the old site as it was.
"""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from pelican import Pelican
from pelican.generators import Generator, PagesGenerator

from .errors import BuildError
from .exports import Job, write_beside, write_exports
from .i18n import Translations
from .model import Grant
from .pages import ContentPage, Page, Site, pages
from .pages.special import sitemap
from .pipeline import Portal, current_day, read_portal
from .render import make_renderer
from .settings import Settings, read_settings

log = logging.getLogger(__name__)
BUILDING, OLD = ".building", ".old"  # endings of the folders beside the output folder
CONTENT: list[ContentPage] = []  # handed over by Pelican's generator of pages, taken by ours in the same run


def prepare(pelican: Pelican) -> None:
    """Check the settings and let Pelican write into the folder beside the old site."""
    read_settings(pelican.settings.get("PORTAL"), pelican.settings["SITEURL"])
    output = Path(pelican.settings["OUTPUT_PATH"])
    pelican.output_path = str(output.with_name(output.name + BUILDING))
    shutil.rmtree(pelican.output_path, ignore_errors=True)


def get_generator(_pelican: Pelican) -> type[Generator]:
    """The generator that Pelican shall run beside its own."""
    return PortalGenerator


def take_content_pages(generator: PagesGenerator) -> None:
    """Take the Markdown pages over, so that one route writes every page."""
    CONTENT.clear()
    for page in sorted([*generator.pages, *generator.translations], key=lambda page: (page.lang, page.slug)):
        description = getattr(page, "description", "")
        CONTENT.append(ContentPage(page.slug, page.lang, str(page.title), description, page.content))
    generator.pages = generator.translations = []


def finish(pelican: Pelican) -> None:
    """Put the new site in the place of the old one."""
    new, output = Path(pelican.output_path), Path(pelican.settings["OUTPUT_PATH"])
    old = output.with_name(output.name + OLD)
    shutil.rmtree(old, ignore_errors=True)
    if output.exists():
        output.rename(old)
    new.rename(output)
    shutil.rmtree(old, ignore_errors=True)


class PortalGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Reads the records when Pelican reads its content, writes the site when Pelican writes."""

    def generate_context(self) -> None:
        """Read the records, or stop before anything is written."""
        self.ours: Settings = read_settings(self.settings["PORTAL"], self.settings["SITEURL"])
        self.portal: Portal = read_portal(self.ours, current_day())
        for problem in self.portal.warnings:
            log.info("%s", problem)

    def generate_output(self, _writer: Any) -> None:
        """Write the downloads, then every page."""
        output = Path(self.output_path)
        translations = Translations(self.ours.translations)
        day = data_date(Path(self.settings["PATH"]), self.portal.catalog.grants)
        job = Job(self.portal, self.ours, translations, day)
        try:
            site = Site(
                portal=self.portal,
                settings=self.ours,
                translations=translations,
                content=tuple(CONTENT),
                downloads=write_exports(job, output),
                data_date=day,
            )
            overrides = self.settings["THEME_TEMPLATES_OVERRIDES"]
            render = make_renderer(site, [*overrides, Path(self.theme) / "templates"])
            written: list[Page] = []
            for page in pages(site):
                _write(output / page.path, render(page))
                written.append(page)
            last = sitemap(site, written)
            _write(output / last.path, render(last))
            for kind, identifier in sorted(_with_files(written)):
                write_beside(job, output, kind, identifier, site.grants_of(kind, identifier))
        except OSError as error:
            reason = error.strerror or error
            raise BuildError(
                f"The site cannot be written: {reason} ({error.filename}). The old site is untouched."
            ) from None
        log.info("Ashar: %s pages and %s downloads", len(written), len(site.downloads))


def data_date(folder: Path, grants: tuple[Grant, ...]) -> date:
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
