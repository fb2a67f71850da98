"""`python -m portal release`: what the person who releases sees."""

from __future__ import annotations

import os
from datetime import date

from ..errors import DataError, say
from ..i18n import Translations
from ..settings import Settings
from .make import make_release
from .told import told_changes


def run_release(settings: Settings, day: date, version: str, language: str) -> int:
    """Make a release and say so, or say what is in the way; return the exit status, 0 or 1."""
    words = Translations(settings.translations)
    try:
        release = make_release(settings, day, version)
    except DataError as error:
        for problem in error.problems:
            if problem.level == "error":
                print(words.problem(language, problem))
        print(words.message(language, say("No release was made.")))
        return 1
    changed = {(change.resource, change.id): change.kind for change in release.changes}
    told = told_changes(words, language, changed.values())
    print(words.message(language, say("Release {version}: {changes}.", version=release.version, changes=told)))
    folder = os.path.relpath(release.folder)
    print(words.message(language, say("Commit the folder {folder}; it is never changed again.", folder=folder)))
    return 0
