"""How large the site will be, before its pages are made, and is in the end; what to change when it is too large."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from .errors import BuildError
from .exports import Job, make_beside_writer
from .exports.beside_pages import FOLDERS
from .pages import Page, Site, grant_pages
from .places import states_below
from .records import GRANTS
from .render import Renderer
from .settings import Settings

FEW, MANY = 1, 10  # pages of a template that are made to see how long they are; many where the limit is not far away
DOUBT = 1.1  # a forecast that is above the limit by less than a tenth may be wrong: then the site itself is asked
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Octets by what they are for."""

    written: int  # downloads and index, which are there already
    pages: int
    grants: int  # their pages
    prepared: int  # files beside the pages

    @property
    def total(self) -> int:
        """Of the whole site."""
        return self.written + self.pages + self.grants + self.prepared


def require_fit(job: Job, site: Site, render: Renderer, common: Sequence[Page], output: Path) -> None:
    """Raise BuildError, with what to change, when the host would surely not take the site."""
    most = job.settings.host_octets
    if not most:
        return
    written = sum(state.st_size for _, state in states_below(output))
    found = forecast(job, site, render, common, written, most=FEW)
    if found.total > most / 2:
        found = forecast(job, site, render, common, written, most=MANY)
    if found.total > most * DOUBT:
        about = f"about {_megabytes(found.total)}, and the host takes {_megabytes(most)}"
        raise _too_large(about, found, len(site.catalog.grants), len(job.settings.languages))


def require_room(settings: Settings, number: int, new: Path, output: Path, kept: Iterable[str]) -> None:
    """Raise BuildError, as require_fit() does, when the host would not take the site as it has become.

    It has the files in `new` and, of those in `output`, the `kept` ones; `number` of grants.
    """
    most = settings.host_octets
    if not most:
        return
    sizes = {path: os.stat(f"{output}/{path}").st_size for path in kept}  # noqa: PTH116  (it is asked for each file)
    sizes |= {path: state.st_size for path, state in states_below(new)}
    found = sort_out(sizes.items())
    if found.total > most:
        real = f"{found.total / 1_000_000:,.1f} MB, and the host takes {most / 1_000_000:,.1f} MB"
        raise _too_large(real, found, number, len(settings.languages))


def sort_out(sizes: Iterable[tuple[str, int]]) -> Forecast:
    """The same of files that are there: (path, octets)."""
    found = Counter[str]()
    for path, octets in sizes:
        folder, _, name = path.partition("/")
        if folder in ("data", "explore"):
            found["written"] += octets
        elif path.endswith(".html"):
            found["grants" if name.startswith(f"{GRANTS}/") else "pages"] += octets
        else:
            found["prepared" if path.endswith((".csv", ".json")) else "pages"] += octets
    return Forecast(found["written"], found["pages"], found["grants"], found["prepared"])


def _too_large(sizes: str, found: Forecast, number: int, languages: int) -> BuildError:
    parts = (
        (found.grants, f"pages of grants, unless PORTAL[“grant_pages”] is below {number}"),
        (found.prepared, f"CSV and JSON files beside pages, unless PORTAL[“prepared_files”] is below {number}"),
        (found.written, f"downloads and the index of the search page, less if PORTAL[“all_formats”] is below {number}"),
        (found.pages, "other pages"),
    )
    listed = "; ".join(f"{_megabytes(octets)} {words}" for octets, words in parts if octets)
    return BuildError(
        f"The site would have {sizes}: {listed}. "
        f"A portal in fewer languages than {languages} is smaller as well. "
        "For a host that takes more, set PORTAL[“host_octets”], to 0 if it has no limit."
    )


def forecast(job: Job, site: Site, render: Renderer, common: Sequence[Page], written: int, *, most: int) -> Forecast:
    """From `most` pages of each template. `written` are the octets that are there already."""
    by_template = defaultdict(list)
    for page in common:
        by_template[page.template].append(page)
    of_pages = sum(_mean(render, _spread(found, most)) * len(found) for found in by_template.values())
    grants = site.catalog.grants if site.addresses.has_grant_pages else ()
    chosen = list(grant_pages(site, _spread(grants, most)))
    of_grants = _mean(render, chosen) * len(grants) * len(job.settings.languages)
    return Forecast(written, round(of_pages), round(of_grants), round(_prepared(job, site, common)))


def _spread(items: Sequence[Item], most: int) -> list[Item]:
    """Some items, as far from each other as they can be; all of them where they are few."""
    count = min(len(items), most)
    return [items[(2 * at + 1) * len(items) // (2 * count)] for at in range(count)]


def _mean(render: Renderer, pages: Sequence[Page]) -> float:
    return sum(len(render.octets(page)) for page in pages) / len(pages) if pages else 0.0


def _prepared(job: Job, site: Site, common: Iterable[Page]) -> float:
    """Beside each page stand files, with a line for each of its grants, as long as in the files of all grants."""
    if not site.has_prepared_files:
        return 0.0
    pages, languages = sum(bool(page.values.get("beside")) for page in common), len(job.settings.languages)
    with TemporaryDirectory() as folder:
        make_beside_writer(job)(Path(folder), next(iter(FOLDERS)), "any", ())
        without_lines = sum(state.st_size for _, state in states_below(Path(folder)))
    lines = sum(len(found) for (kind, _), found in site.catalog.members.items() if kind in FOLDERS)
    line = sum(
        one.size / one.rows * (1 if one.language else languages)
        for one in site.downloads
        if one.resource == GRANTS and one.rows and (one.format == "JSON" or (one.format == "CSV" and one.language))
    )
    return pages / languages * without_lines + lines * line


def _megabytes(octets: float) -> str:
    return f"{octets / 1_000_000:,.0f} MB"
