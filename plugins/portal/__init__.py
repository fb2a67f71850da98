"""Ashar as a Pelican plugin: the signals that we answer. The work is done elsewhere; begin with pipeline.py."""

from __future__ import annotations


def register() -> None:
    """Called by Pelican when it loads the plugin."""
    from pelican import signals  # noqa: PLC0415  (the command line needs the package, but not Pelican)

    from . import generator  # noqa: PLC0415  (nor what imports Pelican)

    signals.initialized.connect(generator.prepare)
    signals.get_generators.connect(generator.begin)
    signals.page_generator_finalized.connect(generator.take_content_pages)
    signals.finalized.connect(generator.finish)
