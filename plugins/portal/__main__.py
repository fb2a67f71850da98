"""`python -m portal`: check the records, compare them, release them, take in those of others."""

from __future__ import annotations

import argparse
import io
import os
import runpy
import signal
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import duckdb

from .bad_days import ctrl_c_is_known, told
from .derive import add_derive_arguments, run_derive
from .diff import add_arguments as add_diff_arguments
from .errors import DataError, Problem, SettingsError, say
from .forms import add_making_arguments, add_reading_arguments
from .i18n import Translations
from .importing import add_arguments
from .joining import add_join_arguments, run_join
from .pipeline import current_day, read_tables
from .releases import read_releases
from .settings import Settings, read_settings

SOURCE_LANGUAGE = "en"  # the language that the messages are written in


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return the exit status: 0 good, 1 the records are not, 2 the settings or the command are not."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a console that lacks a letter shows a question mark
    command = _parser().parse_args(arguments)
    try:
        with ctrl_c_is_known():
            status = int(command.run(command))
            sys.stdout.flush()
            return status
    except SettingsError as error:
        print(error, file=sys.stderr)
        return 2
    except BrokenPipeError:  # who reads has seen enough, as `| head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (OSError, duckdb.OperationalError) as error:
        print(told(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("The command was stopped.", file=sys.stderr)
        return 130  # as a shell says it


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal", description="Work with the records of the portal.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="say what is wrong with the records")
    check.set_defaults(run=_check)
    check.add_argument(
        "--format", choices=FORMATS, default="text", help="github: notes beside the lines of a pull request"
    )
    release = commands.add_parser("release", help="give the records a version and write them down for good")
    release.set_defaults(run=_release)
    release.add_argument("--version", default="", help="day and serial number, such as 2026-11-25.1; default: the next")
    importing = commands.add_parser("import", help="take in a spreadsheet, or a file of somebody else's grants")
    importing.set_defaults(run=_import)
    formats = add_arguments(importing)
    diff = commands.add_parser("diff", help="say what changed in the records since a branch or commit")
    diff.set_defaults(run=_diff)
    add_diff_arguments(diff)
    forms = commands.add_parser("forms", help="write the issue forms of GitHub from the schemas")
    forms.set_defaults(run=_forms)
    add_making_arguments(forms)
    from_issue = commands.add_parser("from-issue", help="make records of an issue form that was filled in")
    from_issue.set_defaults(run=_from_issue)
    add_reading_arguments(from_issue)
    joining = commands.add_parser("join", help="put the shards of a site together")
    joining.set_defaults(run=_join)
    add_join_arguments(joining)
    deriving = commands.add_parser("derive", help="write the derived tables as Parquet")
    deriving.set_defaults(run=_derive)
    add_derive_arguments(deriving)
    for command in (check, release):
        command.add_argument(
            "--lang", help="language of the messages, such as ru; default: that of your system, else en"
        )
    for command in (check, release, importing, diff, forms, from_issue, joining, deriving):
        command.add_argument(
            "--settings", type=Path, default=Path("pelicanconf.py"), help="file with the PORTAL dictionary"
        )
    for command in formats:  # it may stand after the format too
        command.add_argument("--settings", type=Path, default=argparse.SUPPRESS, help="file with the PORTAL dictionary")
    return parser


def _check(command: argparse.Namespace) -> int:
    settings = load_settings(command.settings)
    language = _language(command.lang, settings)
    problems = find_problems(settings)
    translations = Translations(settings.translations)
    for problem in sorted(problems, key=lambda problem: problem.level):  # "error" sorts before "warning"
        print(FORMATS[command.format](problem, translations.problem(language, problem), settings))
    print(_count(problems, translations, language))
    return int(any(problem.level == "error" for problem in problems))


def _release(command: argparse.Namespace) -> int:
    from .releases.command import run_release  # noqa: PLC0415  (a check does without the exports)

    settings = load_settings(command.settings)
    return run_release(settings, current_day(), command.version, _language(command.lang, settings))


def _import(command: argparse.Namespace) -> int:
    settings = load_settings(command.settings)
    if command.form == "spreadsheet":
        from .desk.command import run_spreadsheet  # noqa: PLC0415  (a check does without it)

        return run_spreadsheet(command, settings, current_day(), _language(command.lang, settings))
    from .importing.command import run_import  # noqa: PLC0415  (a check does without it)

    return run_import(command, settings, current_day(), _language(None, settings))


def _diff(command: argparse.Namespace) -> int:
    from .diff.command import run_diff  # noqa: PLC0415  (a check does without it)

    settings = load_settings(command.settings)
    return run_diff(command, settings, current_day(), _own_language(command.lang, settings))


def _forms(command: argparse.Namespace) -> int:
    from .forms.command import run_forms  # noqa: PLC0415  (a check does without it)

    settings = load_settings(command.settings)
    return run_forms(command, settings, _language(None, settings))


def _from_issue(command: argparse.Namespace) -> int:
    from .forms.command import run_from_issue  # noqa: PLC0415  (a check does without it)

    settings = load_settings(command.settings)
    return run_from_issue(command, settings, current_day(), command.lang and _language(command.lang, settings))


def _join(command: argparse.Namespace) -> int:
    return run_join(command, load_settings(command.settings))


def _derive(command: argparse.Namespace) -> int:
    settings = load_settings(command.settings)
    return run_derive(command, settings, current_day(), _language(None, settings))


def load_settings(file: Path) -> Settings:
    """The PORTAL dictionary of a settings file, checked. Raises SettingsError."""
    if not file.is_file():
        raise SettingsError(f"There is no settings file {file}. Run the command in the folder of the portal.")
    try:
        portal = runpy.run_path(str(file)).get("PORTAL")
    except SyntaxError as error:
        raise SettingsError(f"{file}, line {error.lineno}: this is not Python ({error.msg}). Correct it.") from None
    return read_settings(portal)


def find_problems(settings: Settings) -> tuple[Problem, ...]:
    """Every error and warning in the records."""
    try:
        problems = read_tables(settings, current_day())[2]
        read_releases(settings.data)
        return problems
    except DataError as error:
        return error.problems


def _language(wanted: str | None, settings: Settings) -> str:
    known = sorted({SOURCE_LANGUAGE, *(file.stem for file in settings.translations.glob("*.po"))})
    if wanted is None:
        system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
        return system[:2] if system[:2] in known else SOURCE_LANGUAGE
    if wanted not in known:
        raise SettingsError(f"There are no messages in “{wanted}”. Known languages: {', '.join(known)}.")
    return wanted


def _own_language(wanted: str | None, settings: Settings) -> str:
    """The language wanted, else the first one of the portal: that of the people who keep its records."""
    first = settings.languages[0]
    return _language(
        wanted or (first if (settings.translations / f"{first}.po").is_file() else SOURCE_LANGUAGE), settings
    )


def _count(problems: Iterable[Problem], translations: Translations, language: str) -> str:
    levels = [problem.level for problem in problems]
    errors, warnings = levels.count("error"), levels.count("warning")
    verdict = say("The records cannot be published.") if errors else say("The records can be published.")
    counts = (
        translations.ngettext(language, "{count} error", "{count} errors", errors).format(count=errors),
        translations.ngettext(language, "{count} warning", "{count} warnings", warnings).format(count=warnings),
    )
    return f"{', '.join(counts)}. {translations.message(language, verdict)}"


def _as_text(_: Problem, sentence: str, __: Settings) -> str:
    return sentence


def _as_annotation(problem: Problem, sentence: str, settings: Settings) -> str:
    """A workflow command of GitHub Actions: it shows the sentence beside the line in the pull request."""
    place = ""
    if problem.file:
        repository = os.environ.get("GITHUB_WORKSPACE") or "."
        file = Path(os.path.relpath(settings.data / problem.file, repository)).as_posix()
        place = f" file={_escape(file).replace(':', '%3A').replace(',', '%2C')}"
        place += f",line={problem.line}" if problem.line else ""
    return f"::{problem.level}{place}::{_escape(sentence)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


FORMATS = {"text": _as_text, "github": _as_annotation}


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends like Ctrl-C, so that nothing is left behind
    sys.exit(main())
