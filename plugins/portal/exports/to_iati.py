"""International Aid Transparency Initiative 2.03: programs and their grants as activities, one after the other.

Made a record at a time and checked by the schema a record at a time, so that memory does not grow with their number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from pathlib import Path

from ..errors import BuildError, heading, say
from ..model import Program
from .chosen import Chosen, choose_grants
from .iati.activities import MAPPING, activities
from .iati.book import STANDARD as KEY
from .iati.book import Book, commitment_day, payments
from .iati.elements import attribute, xml_text
from .iati.parts import exact
from .job import FOLDER, Download, Job, describe
from .standards import LeftOut, Standard

PATH = f"{FOLDER}/iati-activities.xml"
SCHEMA = "iati/iati-activities-schema.xsd"
FORMAT, MEDIA_TYPE = "IATI", "application/xml"
VERSION = "2.03"
OPENING, CLOSING = f'<iati-activities version="{VERSION}">', "</iati-activities>\n"
BATCH = 200  # activities that are checked together, about half a megabyte

STANDARD = Standard(
    key=KEY,
    name="IATI",
    version=VERSION,
    url="https://iatistandard.org/en/iati-standard/203/",
    about=say(
        "Read by donors, ministries and researchers who follow aid and development money from many countries. "
        "Programs and grants are written there as activities."
    ),
    conventions=(
        say(
            "A program is an activity of the first level, a grant one of the second; each names the other. A call has "
            "no place in IATI."
        ),
        say(
            "The identifiers begin with the identifier that the publisher has registered with IATI. Without it they "
            "begin with “unregistered” and the name of the data: they are stable but not in the official register."
        ),
        say(
            "This site reports what others did, so it calls itself a secondary reporter. What kind of organization "
            "publishes it is not in the records: its type is “other”."
        ),
        say(
            "IATI knows only exact days. A day that is known only to the month or year is left out, never guessed. The "
            "standard demands a day of start of every activity: a grant without an exact one is left out of the file."
        ),
        say(
            "The years of a program and of its budgets are whole calendar years: they begin on 1 January and end on "
            "31 December."
        ),
        say(
            "An amount awarded is a commitment (transaction type 2) on the day of the agreement, or of the decision "
            "where the records have no exact day of an agreement. Without either day the grant is in the file "
            "without its amount."
        ),
        say(
            "A payment that was made is a disbursement (transaction type 3). A payment that is only planned is a "
            "planned disbursement."
        ),
        say(
            "A grant that was only announced is in the pipeline (status 1) and has no amount and no payment. Another "
            "activity has the status that the records say, if the list of statuses gives it a code of IATI; if not, "
            "it is closed after its last day and goes on until then."
        ),
        say(
            "A sum reported for several grants together is never divided: it is left out, and so are the amounts of "
            "those grants."
        ),
        say(
            "Sectors are the spheres of this site (vocabulary 99). An activity without a sphere has the sector 99810, "
            "“not specified”. One with several has 43010, “multisector”, and the spheres as tags, because the records "
            "do not say how they share the money."
        ),
        say(
            "The country is that of the largest place around the place of the work; an activity with places in several "
            "countries names none. A place has a point only where the records give one."
        ),
        say(
            "Organizations have an identifier only where their registration number is written as org-id.guide does, "
            "and no type, because kinds of organizations are this site's own."
        ),
        say("Budgets that a source calls approximate look like any other: IATI has no field for it."),
    ),
    mapping=MAPPING,
    formats=(FORMAT,),
)


def write(job: Job, output: Path, _made: Sequence[Download]) -> Iterator[Download]:
    """data/iati-activities.xml; none when no program and no grant has what the standard demands.

    Raises BuildError when it would not be valid; the file is gone then. Raises SettingsError for a prefix that IATI
    does not take.
    """
    programs, grants = _in_file(job)
    book = Book(job, programs, grants)
    if not programs and not book.grant_count:
        return
    try:
        _write_checked(output / PATH, _head(job), activities(book, programs, grants))
    except BuildError:
        (output / PATH).unlink()
        raise
    yield describe(output, PATH, FORMAT, MEDIA_TYPE, rows=len(programs) + book.grant_count)


def left_out(job: Job) -> tuple[LeftOut, ...]:
    """What is not in the file although the records have it; nothing that counts none."""
    if KEY not in job.left_out:
        job.left_out[KEY] = _count_left_out(job)
    return job.left_out[KEY]


def _count_left_out(job: Job) -> tuple[LeftOut, ...]:
    catalog = job.portal.catalog
    programs, grants = _in_file(job)
    book = Book(job, programs, ())
    told = without_day = undated = 0
    unlinked = sum(not book.is_linked(document) for program in programs for document in program.documents)
    for grant in grants:
        told += 1
        unlinked += sum(not book.is_linked(document) for document in grant.documents)
        if grant.is_counted:
            without_day += bool(grant.awarded and not commitment_day(grant))
            undated += len(grant.payments) - len(payments(grant))
    found = (
        (heading("Grants without an exact day of start, which IATI demands"), len(catalog.grants) - told),
        (
            heading("Programs without a first year or without any organization, which IATI demands"),
            len(catalog.programs) - len(programs),
        ),
        (
            heading("Amounts of grants without an exact day of agreement or decision; the grants are in the file"),
            without_day,
        ),
        (
            heading("Payments without an exact day; their grants are in the file"),
            undated,
        ),
        (heading("Sums reported for several grants together"), len(job.rows.get("amount_groups", ()))),
        (
            heading("Documents without an address, or of a format or kind that IATI has no code for"),
            unlinked,
        ),
        (heading("Calls for applications"), len(catalog.calls)),
    )
    return tuple(LeftOut(reason, count) for reason, count in found if count)


def _write_checked(file: Path, head: str, records: Iterator[str]) -> None:
    """Check a batch in a thread while the next is made: libxml2 leaves Python's lock alone, which halves the time."""
    from .iati.validity import require_valid_records  # noqa: PLC0415  (lxml takes 25 ms, and pages do without it)

    with file.open("w", encoding="utf-8", newline="\n") as stream, ThreadPoolExecutor(max_workers=1) as checker:
        stream.write(head)
        checked: Future[None] | None = None
        while batch := list(islice(records, BATCH)):
            if checked:
                checked.result()
            checked = checker.submit(require_valid_records, batch, SCHEMA, OPENING, CLOSING, _where)
            stream.writelines(batch)
        if checked:
            checked.result()
        stream.write(CLOSING)


def _where(activity: str) -> str:
    """The file and the identifier of an activity."""
    identifier = re.search("<iati-identifier>([^<]*)", activity)
    return f"{PATH}, {identifier[1]}," if identifier else PATH


def _in_file(job: Job) -> tuple[tuple[Program, ...], Chosen]:
    """The programs and grants that have what the standard demands, each by identifier."""
    catalog = job.portal.catalog
    programs = [
        program
        for program in catalog.programs
        if program.year_from and (program.customer or program.donors or program.implementers)
    ]
    grants = choose_grants(
        catalog.grants,
        lambda grant: bool(exact(grant.planned_start) or exact(grant.actual_start)),
        "length(grants.planned_start) = 10 or length(grants.actual_start) = 10",
    )
    return tuple(sorted(programs, key=lambda one: one.id)), grants


def _head(job: Job) -> str:
    """The declaration, what a reader of the file should know, and the beginning of the list."""
    name = job.settings.name.words(job.settings.languages[0])
    lines = [f"{name}, version {job.version}", job.license_words]
    lines += [f"Not in this file: {item.count} × {item.reason}" for item in left_out(job)]
    words = "\n".join(line for line in lines if line).replace("--", "- -")  # two hyphens would end the comment
    made_on = attribute("generated-datetime", f"{job.data_date}T00:00:00Z")
    opening = OPENING.replace(">", f"{made_on}>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!--\n{xml_text(words)}\n-->\n{opening}\n'
