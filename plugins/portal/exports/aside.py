"""Exports that need no file of another, made in a process beside this one: of 100,000 grants a third of all the work.

The process is a fork, as in workers.py. What fails in it is done again here, so that its exception is raised as it is.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from .job import Download, Job

Write = Callable[[Job, Path, Sequence[Download]], Iterator[Download]]
Made = Mapping[str, tuple[Download, ...]]  # name of an export -> its files


@contextmanager
def made_aside(job: Job, output: Path, exports: Mapping[str, Write]) -> Iterator[Callable[[], Made]]:
    """Begin, and give a function that waits for the end. It answers with nothing where it does not pay or failed."""
    if not exports or sys.platform != "linux" or (os.cpu_count() or 1) == 1:
        yield dict
        return
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    process = fork.Process(target=_make, args=(job, output, exports, sender))
    process.start()
    sender.close()

    @cache
    def wait() -> Made:
        try:
            made, left_out = receiver.recv()
        except EOFError:
            return {}
        job.left_out.update(left_out)
        return dict(made)

    try:
        yield wait
    finally:
        process.terminate()  # it has ended, unless something failed here
        process.join()
        receiver.close()


def _make(job: Job, output: Path, exports: Mapping[str, Write], sender: Connection) -> None:
    gc.freeze()  # see workers.py
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (until this process ends)
    made = {name: tuple(write(job, output, ())) for name, write in exports.items()}
    sender.send((made, job.left_out))
