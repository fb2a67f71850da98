"""Measure the explorer: `make bench-explorer`.

`ARGS="--sizes 1000 50000 --neh"` for some of the data, `--parts build network counts rows pagefind` for some of what is
measured, `--folder DIR` to keep the data, the indexes and the site for the next time.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from portal.package import read_package
from tests.bench.explorer import network, rival
from tests.bench.explorer.building import Build, build
from tests.bench.explorer.combinations import make_combinations
from tests.bench.explorer.compare import Verdict, compare, open_page
from tests.bench.explorer.downloads import compare_downloads
from tests.bench.explorer.neh import FOLDER, write_neh
from tests.bench.explorer.questions import VISITS, choose_questions, common_word
from tests.bench.explorer.shell import build_shell, folders, lay_out
from tests.bench.explorer.synthetic import write_synthetic
from tests.bench.explorer.tables import read_settings
from tests.bench.explorer.truth import Truth
from tests.bench.explorer.visit import Asked, Ready, arrive, ask, ask_rival, open_browser

PARTS = ("build", "network", "counts", "rows", "pagefind")
SIZES = (1_000, 50_000, 1_000_000)
RIVAL_GRANTS = 5_000
COMBINATIONS, VIEWS, SEED = 200, 50, 7
DESK, PHONE = (1280, 800), (390, 844)  # a wide window shows all filters, and so asks for their counts
NEH = "NEH"


def main() -> None:
    """Print a table a part."""
    parser = argparse.ArgumentParser(prog="make bench-explorer", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES), help="numbers of synthetic grants")
    parser.add_argument("--neh", action=argparse.BooleanOptionalAction, default=True, help="the real grants too")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--folder", type=Path, help="keeps data and indexes; what is there already is not made again")
    parser.add_argument("--phone", action="store_true", help="a narrow window on the slow network")
    wanted = parser.parse_args()
    names = [*map(str, wanted.sizes), *([NEH] if wanted.neh and FOLDER.is_dir() else [])]
    with tempfile.TemporaryDirectory() as temporary:
        _measure((wanted.folder or Path(temporary)).absolute(), names, wanted.parts, PHONE if wanted.phone else DESK)


def _measure(folder: Path, names: Sequence[str], parts: Sequence[str], viewport: tuple[int, int]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        _write_data(folder, name)
    print(f"{'grants':>10}{'files':>9}{'MB':>9}{'seconds':>9}{'CPU s':>8}{'peak MB':>9}{'tables MB':>11}")
    for name in names:
        if "build" in parts or not _index(folder, name).is_dir():
            _say_build(name, build(_source(folder, name), _index(folder, name)))
    if set(parts) <= {"build"}:
        return
    site = build_shell(folder / "shell")
    for name in names:
        if "network" in parts:
            _visit(folder, name, site, viewport)
        if {"counts", "rows"} & set(parts):
            _compare(folder, name, site, parts)
    if "pagefind" in parts:
        _meet_rival(folder, site, viewport)


def _source(folder: Path, name: str) -> Path:
    return folder / f"{name}.duckdb"


def _index(folder: Path, name: str) -> Path:
    return folder / f"index-{name}"


def _write_data(folder: Path, name: str) -> None:
    path = _source(folder, name)
    if path.is_file():
        return
    if name == NEH:
        write_neh(path)
    else:
        write_synthetic(path, int(name))


def _say_build(name: str, made: Build) -> None:
    figures = f"{made.files:>9,}{made.octets / 1e6:>9.1f}{made.seconds:>9.1f}{made.processor:>8.1f}"
    print(f"{_told(name):>10}{figures}{made.peak:>9.0f}{made.before:>11.0f}")
    parts = (f"{part} {octets / 1e6:.1f} MB in {files:,}" for part, (files, octets) in made.parts.items())
    print(f"{'':>10}  {'; '.join(parts)}", flush=True)


def _visit(folder: Path, name: str, site: Path, viewport: tuple[int, int]) -> None:
    with duckdb.connect(str(_source(folder, name)), read_only=True) as database:
        questions = choose_questions(database)
    each = len(questions) // VISITS
    arrived: list[Ready] = []
    asked: list[Asked] = []
    print(f"\n{_told(name)}, 1.6 Mbit/s and 150 ms, window {viewport[0]} wide")
    print(f"{'question':<32}{'first row s':>12}{'all s':>8}{'requests':>10}{'KB':>8}  what the page says")
    with network.slow_network(folders(site, _index(folder, name))) as slow, open_browser(slow.flag) as browser:
        for visit in range(VISITS):
            page, ready = arrive(browser, slow, viewport)
            arrived.append(ready)
            _say_ready(ready)
            for question, address in questions[visit * each : (visit + 1) * each]:
                asked.append(ask(page, slow, question, address))
                _say_asked(asked[-1])
            page.context.close()
    times = [one.seconds for one in arrived], [one.first for one in asked if one.first is not None]
    for what, seconds in zip(("page ready", "first row"), times, strict=True):
        print(f"{what}: median {statistics.median(seconds):.2f} s, worst {max(seconds):.2f} s of {len(seconds)}")


def _say_ready(ready: Ready) -> None:
    words = f"(page ready after {ready.seconds:.2f} s)"
    print(f"{words:<32}{ready.first:>12.2f}{'':>8}{ready.requests:>10}{ready.octets / 1000:>8.0f}", flush=True)


def _say_asked(one: Asked) -> None:
    first = "none" if one.first is None else f"{one.first:.2f}"
    print(
        f"{one.name:<32}{first:>12}{one.done:>8.2f}{one.requests:>10}{one.octets / 1000:>8.0f}  {one.count}", flush=True
    )


def _compare(folder: Path, name: str, site: Path, parts: Sequence[str]) -> None:
    truth = Truth(_source(folder, name), _index(folder, name))
    on_disk = lay_out(folder / f"disk-{name}", folders(site, _index(folder, name)))
    with open_browser() as browser:
        page = browser.new_page()
        open_page(page, on_disk)
        if "counts" in parts:
            asked, to_the_end = Verdict(), Verdict()
            for one in make_combinations(truth, COMBINATIONS, SEED):
                if not compare(page, truth, one, asked, to_the_end=False):
                    compare(page, truth, one, to_the_end, to_the_end=True)
            print(f"\n{_told(name)}: counts, sums and first rows of {COMBINATIONS} combinations against DuckDB")
            _say_verdict("as asked", asked)
            if to_the_end.asked:
                _say_verdict("the others, counted to the end", to_the_end)
        if "rows" in parts:
            settings = read_settings()
            fields = read_package(settings.data, settings.languages).by_name["grants"].fields
            views, rows, wrong = compare_downloads(page, truth, fields, VIEWS, SEED)
            print(
                f"{_told(name)}: downloads of {views} views, {rows:,} rows equal to DuckDB's, {len(wrong)} views differ"
            )
            for fault in wrong:
                print(f"  {fault[:400]}")


def _say_verdict(what: str, found: Verdict) -> None:
    figures = f"{found.equal} figures equal, {found.least} “at least”, {len(found.wrong)} wrong"
    print(f"  {what}: {found.exact} of {found.asked} wholly equal; {figures}", flush=True)
    for fault in found.wrong:
        print(f"    {fault[:400]}")


def _meet_rival(folder: Path, site: Path, viewport: tuple[int, int]) -> None:
    name = str(RIVAL_GRANTS)
    _write_data(folder, name)
    ours = build(_source(folder, name), _index(folder, name))
    with duckdb.connect(str(_source(folder, name)), read_only=True) as database:
        first, second = common_word(database, 0), common_word(database, 5)
    with tempfile.TemporaryDirectory() as temporary:
        pages = Path(temporary) / "pages"
        rival.write_pages(_source(folder, name), pages)
        theirs = rival.index_pages(rival.install(Path(temporary) / "venv"), pages)
        print(f"\n{RIVAL_GRANTS:,} grants: Pagefind {theirs.version} beside the explorer")
        titles = f"{'first result s':>16}{'KB':>7}{'requests':>10}{'next word s':>13}{'KB':>7}{'requests':>10}"
        print(f"{'':<12}{'files':>8}{'MB':>8}{'build s':>9}{titles}")
        with network.slow_network({"/": pages}) as slow, open_browser(slow.flag) as browser:
            found = ask_rival(browser, slow, viewport, (first, second))
        _say_side("Pagefind", theirs.files, theirs.octets, theirs.seconds, found)
    with network.slow_network(folders(site, _index(folder, name))) as slow, open_browser(slow.flag) as browser:
        page, ready = arrive(browser, slow, viewport, f"#q={first}")
        asked = ask(page, slow, second, f"#q={second}")
        page.context.close()
    found = [(ready.first, ready.octets, ready.requests), (asked.first or 0.0, asked.octets, asked.requests)]
    _say_side("explorer", ours.files, ours.octets, ours.seconds, found)


def _say_side(who: str, files: int, octets: int, seconds: float, times: Sequence[tuple[float, int, int]]) -> None:
    asked = "".join(
        f"{first:>{width}.2f}{octets / 1000:>7.0f}{requests:>10}"
        for width, (first, octets, requests) in zip((16, 13), times, strict=True)
    )
    print(f"{who:<12}{files:>8,}{octets / 1e6:>8.1f}{seconds:>9.1f}{asked}", flush=True)


def _told(name: str) -> str:
    return name if name == NEH else f"{int(name):,}"


if __name__ == "__main__":
    main()
