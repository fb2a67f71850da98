"""`python -m portal import`: what the person who imports sees."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from ..errors import BuildError, DataError, InputError, say
from ..i18n import Translations
from ..settings import Settings
from .giving360 import Wanted, import_file


def run_import(command: argparse.Namespace, settings: Settings, today: date, language: str) -> int:
    """Import a file and tell what became of it, in the language; return the exit status.

    0 is good, 1 when the records would not pass the check, 2 when the file or the folder cannot be used.
    """
    words = Translations(settings.translations)
    wanted = Wanted(
        file=command.file,
        folder=command.into,
        language=command.lang,
        title=command.title,
        licence=command.licence,
        publisher=command.publisher,
        address=command.url,
    )
    try:
        report = import_file(wanted, settings, today)
    except InputError as error:
        print(words.message(language, error.message), file=sys.stderr)
        return 2
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    except DataError as error:
        for problem in error.problems:
            if problem.level == "error":
                print(words.problem(language, problem))
        print(words.message(language, say("Nothing was imported.")))
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        told = say("A file cannot be written: {reason} ({file}).", reason=reason, file=error.filename)
        print(words.message(language, told), file=sys.stderr)
        return 2
    for sentence in report.sentences():
        print(words.message(language, sentence))
    written = say("The records are in {folder}; what they could not hold, in {folder}/import.", folder=wanted.folder)
    print(words.message(language, written))
    return 0
