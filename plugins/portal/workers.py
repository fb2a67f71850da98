"""Work that is the same for many items, on all processors. The shipped portal is built in 5 seconds in place of 6.

The processes are forks: they begin with everything that was read and need nothing handed over. None of them may use
the database, for a connection does not survive a fork. Elsewhere than on Linux the work is done in this process.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")
SHARE = 50  # items that are worth a process of their own


def share_out(work: Callable[[Sequence[Item]], None], items: Sequence[Item], least: int = SHARE) -> None:
    """Call `work` with shares of the items, every item once. A share has at least `least` items.

    The first share is done here, so that its exceptions are raised as they are; when it went well and another share
    failed, the failed share is done again here, for its exception.
    """
    processes = min(os.cpu_count() or 1, len(items) // least) if sys.platform == "linux" else 1
    shares = [items[number :: max(processes, 1)] for number in range(max(processes, 1))]
    fork = multiprocessing.get_context("fork") if len(shares) > 1 else None
    others = [fork.Process(target=_work_quietly, args=(work, share)) for share in shares[1:]] if fork else []
    for process in others:
        process.start()
    try:
        work(shares[0])
    finally:
        for process in others:
            process.join()
    for process, share in zip(others, shares[1:], strict=True):
        if process.exitcode:
            work(share)


def _work_quietly(work: Callable[[Sequence[Item]], None], share: Sequence[Item]) -> None:
    """Do a share; a failure is an exit code, as the parent does the share again to tell what is wrong."""
    gc.freeze()  # what the fork began with is never collected here: a connection that nobody holds would crash it
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (until this process ends)
    work(share)
