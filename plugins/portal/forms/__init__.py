"""Forms on GitHub by which anybody reports a grant, corrects a record or says that there is nothing to publish.

They are made from the schemas, and what is filled in goes the way of the spreadsheets of the desk.
"""

from __future__ import annotations

import argparse
from pathlib import Path

FOLDER = Path(".github/ISSUE_TEMPLATE")
FORMATS = ("text", "markdown")


def add_making_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `forms`. Here, so that no other command loads what only this one needs."""
    parser.add_argument("--into", type=Path, default=FOLDER, help=f"folder for the forms; default: {FOLDER}")


def add_reading_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of `from-issue`."""
    parser.add_argument("file", type=Path, metavar="FILE", help="text of the issue; - for what comes in")
    parser.add_argument("--yes", action="store_true", help="write the records; without it they are only shown")
    parser.add_argument("--format", choices=FORMATS, default="text", help="markdown: for a comment or pull request")
    parser.add_argument("--lang", help="language of the messages, such as ru; default: that of the form")
