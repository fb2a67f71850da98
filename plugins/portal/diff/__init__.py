"""What a change to the records would do, before it goes live: told in the console and on the pull request."""

from __future__ import annotations

import argparse

FORMATS = ("text", "markdown")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments of the command. Here, so that no other command loads what only this one needs."""
    parser.add_argument("--base", default="main", help="branch, tag or commit to compare with; default: main")
    parser.add_argument("--format", choices=FORMATS, default="text", help="markdown: a comment for a pull request")
    parser.add_argument("--lang", help="language of the report, such as ru; default: the first one of the portal")
