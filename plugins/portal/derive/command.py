"""`python -m portal derive`: the arguments, the output folder, the choice of the engine."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb

from ..bad_days import told
from ..database import open_database
from ..errors import BuildError, DataError, SettingsError, say
from ..i18n import Translations
from ..pipeline import read_tables
from ..places import BUILDING, replace_folder, require_place
from ..settings import Settings
from . import on_duckdb
from .tables import view_names

Engine = Callable[[duckdb.DuckDBPyConnection, Path], None]
ENGINES = ("duckdb", "spark")


def add_derive_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command."""
    parser.add_argument("--engine", choices=ENGINES, default="duckdb", help="default: duckdb; spark needs its extra")
    parser.add_argument("--output", type=Path, required=True, help="folder that gets a folder of Parquet for each view")


def run_derive(command: argparse.Namespace, settings: Settings, today: date, language: str) -> int:
    """Write the views and say so, or say what is in the way; return the exit status. Raises SettingsError."""
    derive, names = _engine(command.engine), view_names()
    output = Path(os.path.realpath(command.output))  # where a link leads: it stays a link
    _require_usable(output, names)
    try:
        database = open_database(read_tables(settings, today)[1])
    except DataError as error:
        words = Translations(settings.translations)
        for problem in error.problems:
            if problem.level == "error":
                print(words.problem(language, problem))
        print(words.message(language, say("The records cannot be published.")))
        return 1
    new = output.with_name(output.name + BUILDING)
    shutil.rmtree(new, ignore_errors=True)
    try:
        new.mkdir(parents=True)
        derive(database, new)
        replace_folder(output, new)
    except (BuildError, OSError, duckdb.OperationalError) as error:
        print(told(error), file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(new, ignore_errors=True)
    print(f"{len(names)} tables in {command.output}, made by {command.engine}: {', '.join(names)}.")
    return 0


def _engine(name: str) -> Engine:
    if name == "duckdb":
        return on_duckdb.derive
    try:
        from . import on_spark  # noqa: PLC0415  (an optional extra)
    except ModuleNotFoundError:
        raise SettingsError(
            f'The engine “{name}” needs its extra, which is not installed. Install it with: pip install -e ".[spark]"'
        ) from None
    return on_spark.derive


def _require_usable(output: Path, names: tuple[str, ...]) -> None:
    """The folder is replaced, so that must be possible, and it may hold nothing but such tables."""
    try:
        require_place(output)
    except BuildError as error:
        raise SettingsError(str(error)) from None
    if output.exists() and not {file.name for file in output.iterdir()} <= set(names):
        raise SettingsError(f"{output} holds other files, which would be lost. Name a folder that is new or empty.")
    if Path.cwd().is_relative_to(output):
        raise SettingsError(f"{output} is replaced, and you are in it. Name a folder below it, or go to another one.")
