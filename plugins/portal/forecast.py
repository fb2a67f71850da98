"""How large the site will be, before its pages are made, and is in the end; what to change when it is too large."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .errors import BuildError
from .exports.beside_pages import FOLDERS
from .pages import Page, Site, grant_pages
from .places import states_below
from .records import GRANTS
from .render import Renderer
from .settings import Settings

SAMPLES = 12  # pages of a sort that are made to see how long they are


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


def require_fit(site: Site, render: Renderer, common: Sequence[Page], output: Path) -> None:
    """Raise BuildError, with what to change, when the host would not take the site."""
    most = site.settings.host_octets
    if not most:
        return
    found = forecast(site, render, common, sum(state.st_size for _, state in states_below(output)))
    if found.total > most:
        about = f"about {_megabytes(found.total)}, and the host takes {_megabytes(most)}"
        raise _too_large(about, found, len(site.catalog.grants), len(site.settings.languages))


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


def forecast(site: Site, render: Renderer, common: Sequence[Page], written: int) -> Forecast:
    """From a few pages of each sort. `written` are the octets that are there already."""
    grants = site.catalog.grants if site.addresses.has_grant_pages else ()
    chosen = [grants[at] for at in range(0, len(grants), max(len(grants) // SAMPLES, 1))][:SAMPLES]
    of_grants = _mean(render, list(grant_pages(site, chosen))) * len(grants) * len(site.settings.languages)
    of_pages = _mean(render, common[:: max(len(common) // SAMPLES, 1)]) * len(common)
    return Forecast(written, round(of_pages), round(of_grants), round(_prepared(site)))


def _mean(render: Renderer, pages: Sequence[Page]) -> float:
    return sum(len(render(page).encode()) for page in pages) / len(pages) if pages else 0.0


def _prepared(site: Site) -> float:
    """Each grant stands in a file for each page that it stands on; a line is as long as in the files of all grants."""
    if not site.has_prepared_files:
        return 0.0
    lines = sum(len(found) for (kind, _), found in site.catalog.members.items() if kind in FOLDERS)
    sizes = [
        download.size / download.rows
        for download in site.downloads
        if download.resource == "grants" and download.rows and download.format in ("CSV", "JSON")
    ]
    return lines * sum(sizes) * len(site.settings.languages) / 2 if sizes else 0.0


def _megabytes(octets: float) -> str:
    return f"{octets / 1_000_000:,.0f} MB"
