"""Records of other publishers -> a data folder of this portal. One standard a module; nothing is lost in silence."""

from __future__ import annotations

import argparse
from pathlib import Path

FORMATS = ("360giving",)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `python -m portal import` is told."""
    parser.add_argument("format", choices=FORMATS, help="standard of the file")
    parser.add_argument("file", type=Path, help="JSON file, plain or compressed with gzip")
    parser.add_argument("--into", type=Path, required=True, metavar="DIR", help="folder to write; new, or of an import")
    parser.add_argument("--lang", default="en", help="language of the texts in the file; default: en")
    parser.add_argument("--title", default="", help="title of the records; default: that of the file")
    parser.add_argument("--licence", default="", help="address of the licence; default: the one that the file names")
    parser.add_argument("--publisher", default="", help="who published the file; default: the one that it names")
    parser.add_argument("--url", default="", help="address where the file can be had; default: the one that it names")
