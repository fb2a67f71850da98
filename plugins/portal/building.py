"""A portal -> its site, stage by stage. Knows neither Pelican nor where the site stands in the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import getppid
from pathlib import Path

from .explorer import Index
from .explorer.publish import write_explorer
from .exports import STANDARDS, Download, Job, make_beside_writer, write_exports
from .forecast import require_fit
from .model import Grant
from .pages import ContentPage, Page, Site, grant_pages, pages
from .pages.special import sitemap_pages
from .progress import Stages
from .render import Renderer, make_renderer
from .workers import Share, end_without_parent, in_shares

WATCHED = 100  # pages after which a process looks whether its parent is still there


@dataclass(frozen=True, slots=True)
class Theme:
    """Where the theme is."""

    templates: Sequence[str | Path]  # folders, searched in this order
    scripts: Path  # of the explorer
    compiled: Path  # where compiled templates are kept


def build(job: Job, content: tuple[ContentPage, ...], theme: Theme, output: Path, stages: Stages) -> None:
    """Write the downloads, the index and every page below `output`; of a shard, its share of them.

    The first shard makes all but the pages of grants, of which each makes its share. Raises OSError when a file cannot
    be written, and BuildError when the site would not fit the host.
    """
    settings, shard = job.settings, job.settings.shard
    is_whole = shard.number == 0 and not settings.only
    index: Index | None = None
    downloads: tuple[Download, ...] = ()
    if is_whole:
        with stages.stage("index"):
            index = write_explorer(job, output, theme.scripts)
        with stages.stage("downloads"):
            downloads = write_exports(job, output)
    site = make_site(job, content, theme, downloads, index)
    render = make_renderer(site, theme.templates, theme.compiled)
    common = list(pages(site, settings.only)) if shard.number == 0 else []
    if is_whole:
        require_fit(site, render, common, output)
        common.extend(sitemap_pages(site, tuple(common)))
    with stages.stage("pages", len(common)):
        in_shares(lambda share: _write_pages(render, share.pick(common), output, stages, share), len(common))
    if site.addresses.has_grant_pages and settings.only in ("", "grants"):
        grants = grants_of_shard(site, shard)
        with stages.stage("grants", len(grants) * len(settings.languages)):
            in_shares(
                lambda share: _write_pages(render, grant_pages(site, share.pick(grants)), output, stages, share),
                len(grants),
            )
    if is_whole and site.has_prepared_files:
        files = sorted(_with_files(common))
        with stages.stage("prepared files", len(files)):
            write_beside = make_beside_writer(job)

            def write_files(share: Share) -> None:
                for kind, identifier in share.pick(files):
                    write_beside(output, kind, identifier, site.grants_of(kind, identifier))
                    stages.step(share.number)

            in_shares(write_files, len(files), least=10)


def make_site(
    job: Job, content: tuple[ContentPage, ...], theme: Theme, downloads: tuple[Download, ...], index: Index | None
) -> Site:
    """What pages are made from. A shard that makes no downloads and no index has none."""
    return Site(
        portal=job.portal,
        settings=job.settings,
        translations=job.translations,
        content=content,
        downloads=downloads,
        data_date=job.data_date,
        version=job.version,
        past=job.past,
        standards=tuple((standard, left_out(job)) for standard, left_out in STANDARDS) if downloads else (),
        index=index,
        scripts=theme.scripts,
    )


def grants_of_shard(site: Site, shard: Share) -> Sequence[Grant]:
    """The first of several shards has enough to do with all other pages; the others share the grants."""
    grants = site.catalog.grants
    if shard.of == 1:
        return grants
    return Share(shard.number - 1, shard.of - 1).pick(grants) if shard.number else ()


def _write_pages(render: Renderer, made: Iterable[Page], output: Path, stages: Stages, share: Share) -> None:
    parent, folders = getppid(), set[Path]()
    for number, page in enumerate(made):
        path = output / page.path
        if path.parent not in folders:
            path.parent.mkdir(parents=True, exist_ok=True)
            folders.add(path.parent)
        with open(path, "w", encoding="utf-8", newline="\n") as stream:  # noqa: PTH123  (Path.open takes twice as long)
            stream.write(render(page))
        stages.step(share.number)
        if share.number and number % WATCHED == 0:
            end_without_parent(parent)


def _with_files(written: Iterable[Page]) -> set[tuple[str, str]]:
    """(kind, identifier) of the pages that have a CSV and a JSON of their grants beside them."""
    return {
        (kind.removesuffix("s"), identifier)
        for page in written
        if page.values.get("beside")
        for kind, _, identifier in [page.values["beside"].partition("/")]
    }
