"""`python -m tests.bench.against_schemas FOLDER` compares records with their schemas, as a check and a build do first.

It imports nothing of the benchmark, which would be timed with it.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pelicanconf
from portal.load import load_tables
from portal.package import read_package
from portal.validate import validate_tables


def main() -> None:
    """Say how many tables were accepted."""
    package = read_package(Path(sys.argv[1]), pelicanconf.PORTAL["languages"])
    print(f"{len(validate_tables(load_tables(package)))} tables")


if __name__ == "__main__":
    main()
