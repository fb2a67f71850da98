"""`python -m portal diff`: what the person who asks sees."""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..errors import DataError, Problem
from ..i18n import Translations
from ..releases import Release, read_releases
from ..releases.reasons import Reason, next_version, read_reasons
from ..settings import Settings
from .base import NoBaseError, write_base
from .difference import find_difference
from .report import Report
from .sides import read_side
from .to_comment import as_comment
from .to_text import as_text

MARKER = "<!-- portal-diff -->"  # by which the workflow finds the comment that it wrote before


def run_diff(command: argparse.Namespace, settings: Settings, today: date, language: str) -> int:
    """Print what changed since the base; return the exit status: 0, or 2 when there is nothing to compare with."""
    words = Translations(settings.translations)
    with tempfile.TemporaryDirectory() as folder:
        try:
            base = write_base(settings.data, command.base, Path(folder))
        except NoBaseError as error:
            print(words.message(language, error.message), file=sys.stderr)
            return 2
        after = read_side(settings.data, settings.languages, today)
        before = read_side(base, settings.languages, today, like=after)
        if not after.package:
            after = read_side(settings.data, settings.languages, today, like=before)
        releases, reasons, problems = _released(settings, today)
        after = replace(after, problems=(*after.problems, *problems))
        difference = find_difference(before, after, releases, reasons)
        report = Report(difference, settings, words, language)
        text = as_text(report.parts()) if command.format == "text" else as_comment(report.parts(), report.more, MARKER)
    print(text.rstrip("\n"))
    return 0


def _released(settings: Settings, today: date) -> tuple[tuple[Release, ...], tuple[Reason, ...], tuple[Problem, ...]]:
    """The releases, the reasons written for the next one, and what is wrong with either."""
    try:
        releases = read_releases(settings.data)
        version = next_version(settings.data, releases, today)
        return releases, read_reasons(settings.data, version, settings.languages), ()
    except DataError as error:
        return (), (), error.problems
