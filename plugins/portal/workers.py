"""Work that is the same for many items, on all processors. The shipped portal is built in 5 seconds in place of 6.

The processes are forks: they begin with everything that was read and need nothing handed over. None of them may use
the database, for a connection does not survive a fork; a Store opens one of its own in each. Elsewhere than on Linux
the work is done in this process.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TypeVar

from .errors import BuildError
from .stored import Shared

Item = TypeVar("Item")
WHEN_PARENT_ENDS = 1  # PR_SET_PDEATHSIG of Linux
SHARE = 50  # items that are worth a process of their own


@dataclass(frozen=True, slots=True)
class Share:
    """One of several equal parts of the work."""

    number: int = 0  # counted from 0
    of: int = 1

    def pick(self, items: Sequence[Item]) -> Sequence[Item]:
        """The items that belong to it; together the shares have every item once."""
        if isinstance(items, Shared):
            found: Sequence[Item] = items.share(self.number, self.of)
            return found
        return items[self.number :: self.of]

    def part(self, other: Share) -> Share:
        """A share of this share."""
        return Share(self.number + self.of * other.number, self.of * other.of)


ALL = Share()


def share_out(work: Callable[[Sequence[Item]], None], items: Sequence[Item], least: int = SHARE) -> None:
    """Call `work` with shares of the items, every item once. A share has at least `least` items. See in_shares()."""
    in_shares(lambda share: work(share.pick(items)), len(items), least)


def in_shares(work: Callable[[Share], None], size: int, least: int = SHARE) -> None:
    """Call `work` with shares of something that has `size` items, so that each has at least `least` of them.

    The first share is done here, so that its exceptions are raised as they are; when it went well and another share
    failed, the failed share is done again here, for its exception. Raises BuildError as soon as a process is killed.
    """
    processes = max(min(os.cpu_count() or 1, size // least) if sys.platform == "linux" else 1, 1)
    shares = [Share(number, processes) for number in range(processes)]
    others: list[BaseProcess] = []
    try:
        for share in shares[1:]:
            fork = multiprocessing.get_context("fork")
            begun = fork.Process(target=_work_quietly, args=(work, share, os.getpid()), daemon=True)
            begun.start()
            others.append(begun)
        with noticing(others):
            work(shares[0])
    except BaseException:  # also Ctrl-C: nobody waits for the others
        for process in others:
            process.kill()  # SIGTERM may be lost before _work_quietly() says what to do about it
        raise
    finally:
        for process in others:
            process.join()
    for process, share in zip(others, shares[1:], strict=True):
        require_not_killed(process)
        if process.exitcode:
            work(share)


def _work_quietly(work: Callable[[Share], None], share: Share, parent: int) -> None:
    """Do a share; a failure is an exit code, as the parent does the share again to tell what is wrong."""
    be_a_part(parent)
    work(share)


def be_a_part(parent: int) -> None:
    """Make this fork a quiet part of the process `parent`, which ends it, also by its own end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends this process when somebody presses Ctrl-C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)  # it would look after the processes of its parent
    ctypes.CDLL(None).prctl(WHEN_PARENT_ENDS, signal.SIGKILL)  # nobody would use what this process makes
    if os.getppid() != parent:  # it ended just before
        os._exit(1)
    gc.freeze()  # what the fork began with is never collected here: a connection that nobody holds would crash it
    sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  (until this process ends)


@contextmanager
def noticing(processes: Sequence[BaseProcess]) -> Iterator[None]:
    """Raise what require_not_killed() raises in the middle of whatever is done here, for it would be in vain.

    Only the main thread hears of processes that end; another one notices when it asks them.
    """
    if not processes or threading.current_thread() is not threading.main_thread():
        yield
        return

    before = signal.getsignal(signal.SIGCHLD)

    def look(number: int, frame: FrameType | None) -> None:
        for process in processes:
            require_not_killed(process)
        if callable(before):  # looks after processes that were begun before these
            before(number, frame)

    signal.signal(signal.SIGCHLD, look)
    try:
        look(signal.SIGCHLD, None)  # one may have ended before
        yield
    finally:
        signal.signal(signal.SIGCHLD, before)


def require_not_killed(process: BaseProcess) -> None:
    """Raise BuildError when a process that ended was killed; others do not fail that way."""
    if process.exitcode and process.exitcode < 0:
        name = signal.Signals(-process.exitcode).name
        raise BuildError(f"A process of the build was stopped by {name}, perhaps as memory ran out. Build again.")
