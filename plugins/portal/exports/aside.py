"""Exports in processes beside this one, while the index is made here. Of 100,000 grants that saves two fifths.

The processes are forks, as in workers.py. What fails in one is done again here, so that its exception is raised as it
is.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from ..workers import be_a_part, noticing, require_not_killed
from .job import Download, Job

Write = Callable[[Job, Path, Sequence[Download]], Iterator[Download]]
Made = Mapping[str, tuple[Download, ...]]  # name of an export -> its files
Step = Callable[[int, int], object]  # told the number of a process, and how many steps it has done
LOOK = 0.2  # seconds between two looks at whether a process has ended


@contextmanager
def made_aside(job: Job, output: Path, rows: Sequence[Mapping[str, Write]], step: Step) -> Iterator[Callable[[], Made]]:
    """Begin a process for each row of exports, and give a function that waits for the end of all.

    An export is told of the files of its row, and is a step of its process; this one, number 0, does none while it
    waits. The function leaves out the rows that failed, and all where processes do not pay. Raises BuildError at once
    when a process is killed.
    """
    if not rows or sys.platform != "linux" or (os.cpu_count() or 1) == 1:
        yield dict
        return
    _ = (job.rows, job.names)  # made once here, not once in each process
    fork = multiprocessing.get_context("fork")
    begun: list[tuple[BaseProcess, Connection]] = []
    try:
        for number, exports in enumerate(rows, start=1):
            receiver, sender = fork.Pipe(duplex=False)
            told = {"done": partial(step, number, 1), "parent": os.getpid()}
            process: BaseProcess = fork.Process(target=_make, args=(job, output, exports, sender), kwargs=told)
            process.start()
            sender.close()
            begun.append((process, receiver))
        with noticing([process for process, _ in begun]):
            yield cache(lambda: {name: files for one in begun for name, files in _received(job, *one, step).items()})
    finally:
        for process, receiver in begun:
            process.kill()  # it has ended, unless something failed here
            process.join()
            receiver.close()


def _received(job: Job, process: BaseProcess, receiver: Connection, step: Step) -> Made:
    while not receiver.poll(LOOK):
        step(0, 0)
    try:
        made, left_out = receiver.recv()
    except EOFError:
        process.join()
        require_not_killed(process)
        return {}
    job.left_out.update(left_out)
    return dict(made)


def _make(
    job: Job,
    output: Path,
    exports: Mapping[str, Write],
    sender: Connection,
    *,
    done: Callable[[], object],
    parent: int,
) -> None:
    be_a_part(parent)
    made: dict[str, tuple[Download, ...]] = {}
    for name, write in exports.items():
        made[name] = tuple(write(job, output, tuple(chain.from_iterable(made.values()))))
        done()
    sender.send((made, job.left_out))
