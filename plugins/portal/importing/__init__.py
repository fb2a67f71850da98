"""Records of other publishers, and spreadsheets of one's own -> records. Here, only what each import is told.

A standard of other publishers is a module of this package and makes a data folder; spreadsheets are read by desk/ and
added to the records at hand.
"""

from __future__ import annotations

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> tuple[argparse.ArgumentParser, ...]:
    """What `python -m portal import` is told; return the parsers of its formats."""
    formats = parser.add_subparsers(dest="form", required=True, metavar="FORMAT")
    giving = formats.add_parser("360giving", help="make a data folder from a file of somebody else's grants")
    _add_giving(giving)
    spreadsheet = formats.add_parser("spreadsheet", help="add the rows of a spreadsheet to the records")
    _add_spreadsheet(spreadsheet)
    return giving, spreadsheet


def _add_giving(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="JSON file, plain or compressed with gzip")
    parser.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder to write; new, or of an import")
    parser.add_argument("--lang", default="en", help="language of the texts in the file; default: en")
    parser.add_argument("--title", default="", help="title of the records; default: that of the file")
    parser.add_argument("--licence", default="", help="address of the licence; default: the one that the file names")
    parser.add_argument("--publisher", default="", help="who published the file; default: the one that it names")
    parser.add_argument("--url", default="", help="address where the file can be had; default: the one that it names")


def _add_spreadsheet(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, nargs="+", help="XLSX, ODS or CSV file")
    parser.add_argument("--into", type=Path, metavar="DIR", help="data folder; default: that of the settings")
    parser.add_argument("--yes", action="store_true", help="write; without it, only say what would be written")
    parser.add_argument("--mapping", type=Path, metavar="YAML", help="file that says which column holds which field")
    parser.add_argument("--table", help="table that the file holds, where its titles fit several")
    parser.add_argument("--source", default="", metavar="ID", help="source of new records that name none")
    parser.add_argument("--clear", action="store_true", help="let empty cells empty what is recorded")
    parser.add_argument("--annotate", type=Path, metavar="XLSX", help="write the file with every problem marked in it")
    parser.add_argument(
        "--rejected", type=Path, metavar="FILE", help="where to write rejected rows; default: beside it"
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="json: for programs")
    parser.add_argument("--lang", help="language of the messages, such as ru; default: that of your system, else en")
