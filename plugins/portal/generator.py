"""The bridge to Pelican: reads the records, takes the Markdown pages that Pelican read, and writes the site.

The site is built in a folder beside the old one and takes its place at the end, so that a build that fails leaves
the old site as it was; but see serving.py.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import TemplateError
from pelican import Pelican
from pelican.generators import Generator

from .bad_days import BAD_DAYS, ctrl_c_is_known, told
from .building import Building, Ready, Theme
from .content import OWN_FILES, content_pages, expect_content
from .errors import DataError, SettingsError
from .exports import Job
from .forecast import require_room
from .grants import StoredGrants
from .i18n import Translations
from .joining import write_note
from .made_from import ROWS
from .manifest import forget_manifest, put_into, read_manifest, write_manifest
from .pipeline import Portal, current_day, read_portal, released_or_committed
from .places import BUILDING, OLD, clear_unfinished, replace_folder, require_place
from .profiling import Profile, require_profile
from .progress import Stages, spent, summary
from .proof import CHECKSUMS, write_proof
from .releases.read import files_below
from .serving import Served, Sources
from .settings import Settings, read_settings
from .theme_faults import told_of_theme
from .turns import Turn
from .workers import ALL

WRITTEN: list[Written] = []  # in this run
SERVED: list[Served] = []  # the last site while Pelican serves
SOURCES: list[Sources] = []  # of this run while Pelican serves
STAGES: list[Stages] = []  # of this run
PROFILES: list[Profile] = []  # of this run
TURNS: list[Turn] = []  # of this run


@dataclass(frozen=True, slots=True)
class Written:
    """What our generator wrote in a run, for finish()."""

    building: Building
    ready: Ready
    served: Served | None  # the site of which it is a part, while Pelican serves


def prepare(pelican: Pelican) -> None:
    """Check settings and place, let Pelican write into a folder beside the old site, and end all processes together."""
    output = Path(os.path.realpath(pelican.settings["OUTPUT_PATH"]))  # where a link leads: it stays a link
    pelican.settings["OUTPUT_PATH"] = str(output)
    expect_content(pelican)
    try:
        settings = read_settings(pelican.settings.get("PORTAL"), pelican.settings["SITEURL"])
        require_place(output, settings.shard != ALL or bool(settings.only))
        require_profile()
    except SettingsError as error:
        _stop(str(error))
    except BAD_DAYS as error:  # ends the building also while Pelican serves, as it would go on to write there
        raise SystemExit(f"{told(error)}\n{_not_built()}") from None
    pelican.output_path = str(output.with_name(output.name + BUILDING))
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, _end)
        if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) == signal.SIG_DFL:  # nohup has it ignored
            signal.signal(signal.SIGHUP, _end)  # the terminal was closed
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, _end)


def begin(pelican: Pelican) -> type[Generator]:
    """Clear the place for a new site, and name the generator that Pelican shall run beside its own."""
    _end_turns()
    TURNS.append(Turn(Path(pelican.settings["OUTPUT_PATH"])))
    clear_unfinished(Path(pelican.output_path))
    WRITTEN.clear()
    for served in SERVED:
        served.shown.clear()
    STAGES[:] = [Stages()]
    PROFILES[:] = [Profile()]
    settings = pelican.settings
    watched = [Path(folder) for folder in (settings["PORTAL"]["data"], settings["PATH"], settings["THEME"])]
    SOURCES[:] = [Sources(watched)] if _serves() else []
    pelican.settings["STATIC_PATHS"] = pelican.settings[OWN_FILES]  # see finish()
    return PortalGenerator


def _end(*_given: object) -> None:
    """End like Ctrl-C, so that nothing is left behind; and only once, as Pelican then ends its other processes too."""
    signal.signal(signal.SIGTERM, lambda *_given: None)
    raise KeyboardInterrupt


def finish(pelican: Pelican) -> None:
    """Write the checksums of everything, put the new site in the place of the old one, and say what it took."""
    new, output = Path(pelican.output_path), Path(pelican.settings["OUTPUT_PATH"])
    if WRITTEN:
        written = WRITTEN[-1]
        stages, is_placed = written.building.stages, False
        with stages.stage("checksums"), _one_sentence(new):
            PROFILES[0].write(stages)
            if written.served:
                written.served.finish(new, written.building.manifest)
            else:
                _put_in_place(written, output, new, pelican.settings["THEME_STATIC_DIR"])
            is_placed = True
        if is_placed:
            host_octets = written.building.job.settings.host_octets
            print("\n".join([spent(stages)] if written.served else summary(stages, output, host_octets)))
    else:
        clear_unfinished(new)
    # While it serves, Pelican watches the theme, content/ and the static paths: so it watches the records as well.
    pelican.settings["STATIC_PATHS"] = [str(pelican.settings["PORTAL"]["data"])]
    for sources in SOURCES:
        sources.remove_rows()
    _end_turns()
    if any(sources.were_edited for sources in SOURCES):  # meanwhile, which Pelican does not notice
        pelican.run()


def _end_turns() -> None:
    while TURNS:
        TURNS.pop().release()


def _put_in_place(written: Written, output: Path, new: Path, static: str) -> None:
    SERVED.clear()  # it is no more
    building = written.building
    portal, settings, manifest = building.job.portal, building.job.settings, building.manifest
    version = portal.released.version if portal.released else ""
    if settings.shard != ALL or settings.only:
        if settings.shard.number:
            shutil.rmtree(new / static, ignore_errors=True)  # the first shard has it
        if settings.shard != ALL:
            write_note(new, settings.shard, building.made_from(), version)
        forget_manifest(output)
        replace_folder(output, new)
        return
    kept = manifest.kept() if manifest.before else {}
    sums = write_proof(version, portal.releases, new, kept)
    require_room(settings, len(portal.catalog.grants), new, output, kept)
    forget_manifest(output)  # until the new site stands
    if manifest.before:
        kept |= {path: digest for path, digest in sums.items() if manifest.checksums.get(path) == digest}
        put_into(output, new, output.with_name(output.name + OLD), kept, [*manifest.checksums, CHECKSUMS])
    else:
        replace_folder(output, new)
    if manifest.common:
        with suppress(OSError):  # the site stands; without a manifest the next build makes all of it
            write_manifest(manifest, output)
        if _serves():
            files = {path: manifest.now.get(path, "") for path in files_below(output)}
            SERVED[:] = [Served(output, written.ready, manifest.common, files)]


@contextmanager
def _one_sentence(unfinished: Path) -> Iterator[None]:
    """Whatever goes wrong is said in one sentence, and what was made so far is removed, unless it is shown already."""
    try:
        with ctrl_c_is_known():
            yield
    except BAD_DAYS as error:
        sentence = told(error)
    except TemplateError as error:
        sentence = told_of_theme(error)
    except KeyboardInterrupt:
        clear_unfinished(unfinished)
        print(f"The build was stopped.\n{_not_built()}", file=sys.stderr)
        raise SystemExit(1) from None  # also while Pelican serves
    else:
        return
    clear_unfinished(unfinished)
    _stop(f"{sentence}\n{_not_built()}")


def _not_built() -> str:
    if any(served.shown for served in SERVED):
        return "The site was not built whole; pages of the edited grants are new, all others are untouched."
    return "The site was not built; the old one is untouched."


class PortalGenerator(Generator):  # type: ignore[misc]  # Pelican has no types
    """Reads the records when Pelican reads its content, writes the site when Pelican writes."""

    portal: Portal | None = None

    def generate_context(self) -> None:
        """Read the records, or stop before anything is written."""
        with _one_sentence(Path(self.output_path)):
            self.ours: Settings = read_settings(self.settings["PORTAL"], self.settings["SITEURL"])
            self.words = Translations(self.ours.translations)
            try:
                with STAGES[0].stage("records"):
                    self.portal = read_portal(self.ours, current_day())
            except DataError as error:
                said = [self.words.problem("en", problem) for problem in error.problems if problem.level == "error"]
                _stop("\n".join([*said, "The site was not built; the old one is untouched. `make check` says more."]))

    def generate_output(self, _writer: Any) -> None:
        """Write the downloads, then every page."""
        if self.portal is not None:  # it is None when the records were refused while Pelican serves
            with _one_sentence(Path(self.output_path)):
                self._write_site(self.portal)

    def _write_site(self, portal: Portal) -> None:
        day = released_or_committed(portal, Path(self.settings["PATH"]))
        theme = Theme(
            templates=(*self.settings["THEME_TEMPLATES_OVERRIDES"], Path(self.theme) / "templates"),
            scripts=Path(self.theme) / "static" / "js" / "explorer",
            compiled=Path(self.settings["CACHE_PATH"]) / "templates",
        )
        job = Job(portal, self.ours, self.words, day)
        building = Building(job, content_pages(), theme, Path(self.output_path), STAGES[0])
        served = None
        if isinstance(portal.catalog.grants, StoredGrants) and self.ours.shard == ALL and not self.ours.only:
            common, output = building.made_from(but=ROWS), Path(self.settings["OUTPUT_PATH"])
            served = next((one for one in SERVED if one.common == common and one.is_in(output)), None)
            known = served.manifest() if served else read_manifest(output, common)
            building = replace(building, manifest=known, show=served.show if served else None)
        if served:
            print("Downloads, search and checksums are those of the last whole build; `make site` makes them anew.")
        ready = building.build(served.ready if served else None)
        WRITTEN.append(Written(building, ready, served))


def _stop(sentences: str) -> None:
    """Say what is wrong and end; while Pelican serves, say it and wait for the correction."""
    print(sentences, file=sys.stderr)
    if not _serves():
        raise SystemExit(1)


def _serves() -> bool:
    return bool({"-r", "--autoreload"}.intersection(sys.argv))
