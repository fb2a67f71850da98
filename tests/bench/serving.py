"""`make serve` after an edit of one grant: seconds until its page shows it, and until the whole site is built."""

from __future__ import annotations

import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

from tests.bench import ROOT
from tests.bench.campaign import make_place
from tests.bench.contestants import Place, edit

PAGE = "en/grants/SYN-0000001.html"  # of the grant that edit() changes
BUILT = "Done: Processed"  # what Pelican says when a build has ended
LONGEST = 300.0  # seconds that a build may take
EVERY = 0.01  # seconds between two looks at the page
PAUSE = 1.0  # seconds between a build and the next edit


def time_serving(grants: int, folder: Path, edits: int) -> str:
    """Serve synthetic grants and edit one of them several times; the results as Markdown."""
    place = make_place(grants, folder)
    place.output("served").parent.mkdir(parents=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "-o", str(place.output("served"))]
    served = subprocess.Popen(
        [*command, "--autoreload", "--listen", "--port", str(port), "--log-handler", "plain"],
        cwd=ROOT,
        env={**os.environ, "PORTAL_DATA": str(place.data), "SOURCE_DATE_EPOCH": place.epoch, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    built: queue.Queue[float] = queue.Queue()
    threading.Thread(target=_watch, args=(served, built), daemon=True).start()
    try:
        built.get(timeout=LONGEST)
        costs = [_edit(place, place.output("served") / PAGE, built) for _ in range(edits)]
    finally:
        os.killpg(served.pid, signal.SIGKILL)  # Pelican serves and builds in processes of their own
        served.wait()
    shown, whole = zip(*costs, strict=True)
    rows = (("its page shows the edit", shown), ("the whole site is built", whole))
    return "\n".join(
        [
            f"## `make serve` after an edit of one of {grants:,} grants",
            "",
            "| | edits | median s | least | most |",
            "|---|--:|--:|--:|--:|",
            *(f"| {what} | {edits} | {median(took):.2f} | {min(took):.2f} | {max(took):.2f} |" for what, took in rows),
            "",
        ]
    )


def _watch(served: subprocess.Popen[str], built: queue.Queue[float]) -> None:
    for line in served.stdout or ():
        if BUILT in line:
            built.put(time.perf_counter())


def _edit(place: Place, page: Path, built: queue.Queue[float]) -> tuple[float, float]:
    time.sleep(PAUSE)
    before = page.read_bytes()
    edit(place)
    begun = time.perf_counter()
    while page.read_bytes() == before:  # asking the server for it would keep a processor from the build
        if time.perf_counter() - begun > LONGEST:
            raise TimeoutError(f"{page} did not change")
        time.sleep(EVERY)
    shown = time.perf_counter() - begun
    return shown, built.get(timeout=LONGEST) - begun
