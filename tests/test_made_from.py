"""Of which files the digest of records is made, by which shards are told to belong together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from portal.exports import Job
from portal.made_from import common_digest
from portal.package import read_package
from tests.conftest import LANGUAGES


def digest(job: Job, folder: Path) -> str:
    """Of the records as they stand in a folder now."""
    portal = replace(job.portal, package=read_package(folder, LANGUAGES))
    return common_digest(replace(job, portal=portal, settings=replace(job.settings, data=folder)), (), (), ())


@pytest.mark.parametrize("name", [".git/objects/ab/cdef", ".git/packed-refs", "grants/.2024.csv.swp"])
def test_what_git_and_editors_keep_for_themselves_is_no_record(name: str, job: Job, tiny: Path) -> None:
    before = digest(job, tiny)
    (tiny / name).parent.mkdir(parents=True, exist_ok=True)
    (tiny / name).write_text("of a program", encoding="utf-8")
    assert digest(job, tiny) == before


@pytest.mark.parametrize("name", ["units.yaml", "codelists/new.txt"])
def test_every_other_file_counts(name: str, job: Job, tiny: Path) -> None:
    before = digest(job, tiny)
    (tiny / name).parent.mkdir(exist_ok=True)
    (tiny / name).write_text("of a person", encoding="utf-8")
    assert digest(job, tiny) != before


def test_a_hidden_file_that_the_descriptor_names_counts(job: Job, tiny: Path) -> None:
    (tiny / "coverage.csv").rename(tiny / ".coverage.csv")
    descriptor = (tiny / "datapackage.yaml").read_text("utf-8")
    (tiny / "datapackage.yaml").write_text(descriptor.replace(" coverage.csv", " .coverage.csv"), encoding="utf-8")
    before = digest(job, tiny)
    with (tiny / ".coverage.csv").open("a", encoding="utf-8") as stream:
        stream.write("K-9,ministry-of-kites,2020,unknown,,,,,,,S-1\n")
    assert digest(job, tiny) != before
