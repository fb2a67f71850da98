"""Ashar as a Pelican plugin: the signals that we answer. The work is done elsewhere; begin with pipeline.py."""

from __future__ import annotations

import gc
import sys
from types import TracebackType

GARBAGE = 100_000  # objects between two searches for garbage; with Python's 700, a tenth of a build was searching


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    sys.excepthook = say_stopped
    gc.set_threshold(GARBAGE)  # before the modules of the build are read, which makes many objects and no garbage
    from pelican import signals  # noqa: PLC0415  (the command line needs the package, but not Pelican)

    from . import content, generator  # noqa: PLC0415  (nor what imports Pelican)

    signals.initialized.connect(generator.prepare)
    signals.get_generators.connect(generator.begin)
    signals.page_generator_finalized.connect(content.take_content_pages)
    signals.finalized.connect(generator.finish)


def say_stopped(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """One sentence for Ctrl-C while no code of ours runs; Pelican's `--fatal warnings` makes a RuntimeError of it."""
    if isinstance(error, KeyboardInterrupt) or isinstance(error.__context__, KeyboardInterrupt):
        print("The build was stopped.", file=sys.stderr)
    else:
        sys.__excepthook__(kind, error, trace)
