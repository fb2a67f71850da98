"""A portal -> its site, stage by stage. Knows neither Pelican nor where the site stands in the end."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from errno import ENOSPC
from pathlib import Path

from .errors import BuildError
from .explorer import Index
from .explorer.bundle import BUNDLE
from .explorer.publish import write_explorer
from .exports import Download, Job, make_beside_writer, published_standards, wanted_exports, write_exports
from .exports.beside_pages import prepared_paths
from .exports.standards import LeftOut, Standard
from .forecast import require_fit
from .grants import StoredGrants
from .made_from import common_digest, digests_of
from .manifest import Manifest
from .model import Grant
from .pages import ContentPage, Page, Site, grant_pages, pages
from .pages.page import require_own_paths
from .pages.special import sitemap_pages
from .progress import Stages
from .proof import CHECKSUMS, Notes
from .records import GRANTS
from .render import Renderer
from .rendering import WORTH
from .workers import ALL, Share, in_shares

UNTOUCHED = ("data/", "explore/", BUNDLE, CHECKSUMS)  # downloads and index, with what belongs to them
TOLD = 20  # pages after which a process tells how far it is


@dataclass(frozen=True, slots=True)
class Theme:
    """Where the theme is."""

    templates: Sequence[str | Path]  # folders, searched in this order
    scripts: Path  # of the explorer
    compiled: Path  # where compiled templates are kept


@dataclass(frozen=True, slots=True)
class Ready:
    """What pages speak of and must be there before them."""

    downloads: tuple[Download, ...] = ()
    index: Index | None = None
    standards: tuple[tuple[Standard, tuple[LeftOut, ...]], ...] = ()  # of the downloads, with what was left out


@dataclass(frozen=True, slots=True)
class Building:
    """A site that is being made, from where to where."""

    job: Job
    content: tuple[ContentPage, ...]
    theme: Theme
    output: Path
    stages: Stages
    manifest: Manifest = field(default_factory=Manifest)  # of the last site; files that it has already are left out
    show: Callable[[Path], None] | None = None  # puts pages into the site that is served; grants are then made first

    def made_from(self, but: Collection[str] = ()) -> str:
        """Digest of the records, but for the rows of some tables, and of the code, the theme and the settings."""
        folders = [Path(folder) for folder in (*self.theme.templates, self.theme.scripts)]
        return common_digest(self.job, self.content, folders, but)

    def build(self, ready: Ready | None = None) -> Ready:
        """Write the downloads, the index and every page; of a shard, its share of them.

        The first shard makes all but the pages of grants, of which each of the others makes its share. Downloads and
        index that are `ready` in the last site stay as they are. Raises OSError when a file cannot be written, and
        BuildError when the site would not fit the host.
        """
        settings, shard = self.job.settings, self.job.settings.shard
        is_whole = shard.number == 0 and not settings.only
        is_new = ready is None
        if ready:
            self.manifest.leave(UNTOUCHED)
        else:
            ready = self._make_ready() if is_whole else Ready()
        site = self._site(ready)
        render = Renderer(site, self.theme.templates, self.theme.compiled)
        if self.show:
            self._make_grants(site, render)
            self.show(self.output)
        common = list(pages(site, settings.only)) if shard.number == 0 else []
        if settings.only and not (common or shard.number):
            raise BuildError(f"No page stands in a folder “{settings.only}”. Name one, such as grants or places.")
        if is_whole and is_new:
            require_fit(self.job, site, render, common, self.output)
        if is_whole:
            common.extend(sitemap_pages(site, tuple(common)))
        require_own_paths(self.content, common)
        self._make_pages(render, [page for page in common if not self.manifest.keeps(page.path, page.made_from)])
        if not self.show:
            self._make_grants(site, render)
        if is_whole and site.has_prepared_files:
            self._make_prepared(site, sorted(_with_files(common)))
        return ready

    @property
    def _is_all(self) -> bool:
        return self.job.settings.shard == ALL and not self.job.settings.only

    def _make_ready(self) -> Ready:
        index: list[Index] = []

        def write_index() -> None:
            index.append(write_explorer(self.job, self.output, self.theme.scripts))

        with self.stages.stage("index and downloads", 1 + len(wanted_exports(self.job))):
            downloads = write_exports(self.job, self.output, meanwhile=write_index, step=self.stages.step)
        standards = tuple((one, left_out(self.job)) for one, left_out in published_standards(self.job))
        return Ready(downloads, index[0], standards if downloads else ())

    def _site(self, ready: Ready) -> Site:
        job, settings = self.job, self.job.settings
        return Site(
            portal=job.portal,
            settings=settings,
            translations=job.translations,
            content=self.content,
            downloads=ready.downloads,
            data_date=job.data_date,
            version=job.version,
            past=job.past,
            standards=ready.standards,
            index=ready.index,
            scripts=self.theme.scripts,
            digests=digests_of(job) if self._is_all else None,
        )

    def _make_pages(self, render: Renderer, wanted: Sequence[Page]) -> None:
        together = defaultdict(list)  # the same page in all languages, as it is made from the same grants
        for page in wanted:
            together[page.path.partition("/")[2] if page.alternates else page.path].append(page)
        groups = list(together.values())

        def write_share(share: Share) -> None:
            self._write(render, (page for group in share.pick(groups) for page in group), share)

        with self.stages.stage("pages", len(wanted)):
            in_shares(write_share, len(groups), least=20)

    def _make_grants(self, site: Site, render: Renderer) -> None:
        own = self._share_of_grants
        if own is None or site.settings.only not in ("", GRANTS):
            return
        if not site.addresses.has_grant_pages:
            if site.settings.shard.number:
                print("This share is empty, as no grant has a page: PORTAL[“grant_pages”]. The first makes everything.")
            return
        grants = self._changed_grants(site)
        count = len(range(own.number, len(grants), own.of))

        def write_share(share: Share) -> None:
            self._write(render, grant_pages(site, own.part(share).pick(grants)), share)

        of_each_process = count // (os.cpu_count() or 1)
        with self.stages.stage(GRANTS, count * len(site.settings.languages)):
            for page in grant_pages(site, grants[:1]) if of_each_process >= WORTH else ():
                render.expect_many(page)
            in_shares(write_share, count)

    @property
    def _share_of_grants(self) -> Share | None:
        """None of the first of several shards, which has enough to do with all other pages."""
        shard = self.job.settings.shard
        if shard.of == 1:
            return ALL
        return Share(shard.number - 1, shard.of - 1) if shard.number else None

    def _changed_grants(self, site: Site) -> Sequence[Grant]:
        """Those whose pages the last site does not have."""
        grants = site.catalog.grants
        if not site.digests or not isinstance(grants, StoredGrants):
            return grants
        changed = []
        for identifier, made_from in site.digests.grants.items():
            path = site.addresses.record(GRANTS, identifier)
            kept = [self.manifest.keeps(f"{language}/{path}", made_from) for language in site.settings.languages]
            if not all(kept):
                changed.append(identifier)
        return grants if len(changed) == len(grants) else grants.of(changed)

    def _make_prepared(self, site: Site, subjects: Sequence[tuple[str, str]]) -> None:
        wanted = [subject for subject in subjects if not self._keeps_prepared(site, *subject)]
        write_beside = make_beside_writer(self.job)

        def write_share(share: Share) -> None:
            for kind, identifier in share.pick(wanted):
                write_beside(self.output, kind, identifier, site.grants_of(kind, identifier))
                self.stages.step(share.number)

        with self.stages.stage("prepared files", len(wanted)):
            in_shares(write_share, len(wanted), least=10)

    def _keeps_prepared(self, site: Site, kind: str, identifier: str) -> bool:
        made_from = site.made_from(kind, identifier)
        paths = prepared_paths(kind, identifier, site.settings.languages)
        kept = [self.manifest.keeps(path, made_from) for path in paths]
        return all(kept)

    def _write(self, render: Renderer, made: Iterable[Page], share: Share) -> None:
        """Write pages one by one. Path objects and buffered files would take as long as a third of the rendering."""
        folders, root = set[str](), f"{self.output}/"
        notes = Notes(self.output) if self._is_all and not self.show else None
        steps = 0
        for steps, page in enumerate(made, start=1):
            folder = page.path.rpartition("/")[0]
            if folder not in folders:
                (self.output / folder).mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            content = render.octets(page)
            _write_file(root + page.path, content)
            if notes:
                notes.add(page.path, content)
            if steps % TOLD == 0:
                self.stages.step(share.number, TOLD)
        self.stages.step(share.number, steps % TOLD)
        if notes:
            notes.keep()


def _write_file(path: str, content: bytes) -> None:
    """What open() does in two thirds of the time of Python, which counts with many small files."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        if os.write(file, content) < len(content):  # what a full disk does before it refuses
            raise OSError(ENOSPC, os.strerror(ENOSPC), path)
    finally:
        os.close(file)


def _with_files(written: Iterable[Page]) -> set[tuple[str, str]]:
    """(kind, identifier) of the pages that have a CSV and a JSON of their grants beside them."""
    return {
        (kind.removesuffix("s"), identifier)
        for page in written
        if page.values.get("beside")
        for kind, _, identifier in [page.values["beside"].partition("/")]
    }
