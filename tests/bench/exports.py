"""Every export on its own: seconds, size and peak memory, beside DuckDB writing the same rows as CSV, Parquet, JSON.

Each export runs in a process of its own, forked when the records stand in memory, so that its peak is its own: what is
printed is that of the largest process less what the records already took.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from portal.__main__ import load_settings
from portal.database import TEXT, TYPES
from portal.exports import EXPORTS, Download, Export, Job
from portal.exports.job import FOLDER
from portal.i18n import Translations
from portal.pipeline import read_portal

DAY = date(2026, 11, 23)
GARBAGE = 100_000  # as in the plugin
DUCKDB_FORMS = {"CSV": "format csv, header", "Parquet": "format parquet, compression zstd", "JSON": "format json"}
TITLES = f"{'export':<28}{'seconds':>10}{'CPU s':>10}{'MB':>10}{'files':>10}{'peak MB':>10}"
LINE = "{:<28}{:>10.2f}{:>10.2f}{:>10.1f}{:>10,}{:>10.0f}"

Cost = tuple[float, float]  # seconds that passed, and seconds of all processors together


def time_exports(settings_file: Path, output: Path) -> None:
    """Print a line an export, a line a format of DuckDB, and how many times as long all exports took."""
    gc.set_threshold(GARBAGE)
    begun = time.perf_counter()
    settings = load_settings(settings_file)
    job = Job(read_portal(settings, DAY), settings, Translations(settings.translations), DAY)
    _ = (job.resources, job.rows, job.names)  # every export uses them
    gc.freeze()  # a search for garbage would copy all records into every process
    print(f"  records read in {time.perf_counter() - begun:.1f} s; {_peak(resource.RUSAGE_SELF):.0f} MB in memory")
    print(TITLES)
    (output / FOLDER).mkdir(parents=True)
    made: list[Download] = []
    ours = (0.0, 0.0)
    for export in EXPORTS:
        before = _sizes(output)
        cost, peak, downloads = _apart(export, job, output, made)
        made.extend(downloads)
        written = {path: size for path, size in _sizes(output).items() if before.get(path) != size}
        print(LINE.format(export.name, *cost, sum(written.values()) / 1e6, len(written), peak), flush=True)
        ours = (ours[0] + cost[0], ours[1] + cost[1])
    theirs = _time_duckdb(job, output / "duckdb")
    for name, (seconds, cpu) in (("all exports", ours), ("DuckDB, all three", theirs)):
        print(f"{name:<28}{seconds:>10.2f}{cpu:>10.2f}")
    print(f"{'exports : DuckDB':<28}{ours[0] / theirs[0]:>10.1f}{ours[1] / theirs[1]:>10.1f}")


def _apart(
    export: Export, job: Job, output: Path, made: Sequence[Download]
) -> tuple[Cost, float, tuple[Download, ...]]:
    """The cost, megabytes of the peak above that of this process, and the downloads."""
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_measure, args=(export.write, job, output, made, sender))
    process.start()
    sender.close()
    try:
        cost, peak, downloads = receiver.recv()
    except EOFError:
        raise SystemExit(f"The export {export.name} failed; see above.") from None
    process.join()
    return cost, peak, downloads


def _measure(
    write: Callable[[Job, Path, Sequence[Download]], Iterator[Download]],
    job: Job,
    output: Path,
    made: Sequence[Download],
    sender: Connection,
) -> None:
    before = _peak(resource.RUSAGE_SELF)
    begun = _now()
    downloads = tuple(write(job, output, tuple(made)))
    cost = _since(begun)
    peak = max(_peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN)) - before
    sender.send((cost, peak, downloads))


def _now() -> Cost:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return time.perf_counter(), sum(one.ru_utime + one.ru_stime for one in used)


def _since(begun: Cost) -> Cost:
    now = _now()
    return now[0] - begun[0], now[1] - begun[1]


def _peak(whose: int) -> float:
    """Most megabytes that a process has held at once."""
    return resource.getrusage(whose).ru_maxrss / 1000


def _sizes(output: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in output.rglob("*") if path.is_file()}


def _time_duckdb(job: Job, folder: Path) -> Cost:
    """The cost at which DuckDB writes all tables in three formats, from its own memory, on all processors."""
    folder.mkdir()
    total = (0.0, 0.0)
    with duckdb.connect(":memory:") as database:
        for table in job.resources:
            columns = {
                field.name: TEXT if field.type == "list" else TYPES.get(field.type, TEXT) for field in table.fields
            }
            source = str(folder.parent / FOLDER / f"{table.name}.csv")
            sql = f'create table "{table.name}" as from read_csv(?, columns = ?, auto_detect = false, header = true)'
            database.execute(sql, [source, columns])
        for name, form in DUCKDB_FORMS.items():
            begun = _now()
            for table in job.resources:
                database.execute(f"copy \"{table.name}\" to '{folder}/{table.name}.{name.lower()}' ({form})")
            cost = _since(begun)
            sizes = [path.stat().st_size for path in folder.glob(f"*.{name.lower()}")]
            print(f"{'DuckDB: ' + name:<28}{cost[0]:>10.2f}{cost[1]:>10.2f}{sum(sizes) / 1e6:>10.1f}{len(sizes):>10}")
            total = (total[0] + cost[0], total[1] + cost[1])
    return total
