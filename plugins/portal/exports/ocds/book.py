"""What the tables of the mapping look things up in: records by identifier, texts, moments, addresses of pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from ...model import Call, Code, Organization, Place, Program, Ref
from ...text import Day, Text
from ...validate import Record
from ..job import Job

MORNING, EVENING = "00:00:00Z", "23:59:59Z"  # OCDS wants a time; it advises these two where only the day is known
LIST_CODE = re.compile(r"([A-Z]{2}-[A-Z0-9_]+)-(.+)")  # a register in the list of org-id.guide, and the number in it


class Book:
    """The records of a job, ready to be looked up."""

    def __init__(self, job: Job) -> None:
        catalog = job.portal.catalog
        self.languages = job.settings.languages
        self.first = self.languages[0]
        self.data_date = job.data_date
        self.version = job.version
        self.programs: Mapping[str, Program] = {program.id: program for program in catalog.programs}
        self.calls: Mapping[str, Call] = {call.id: call for call in catalog.calls}
        self.organizations: Mapping[str, Organization] = {item.id: item for item in catalog.organizations}
        self.places: Mapping[str, Place] = {place.id: place for place in catalog.places}
        self.codes: Mapping[str, Mapping[str, Code]] = catalog.codes
        self.budgets = _by(job, "budgets", "program")
        self.amendments = _by(job, "amendments", "grant")
        self._site = job.settings.site_url

    def text(self, record: Record, name: str) -> Text:
        """The columns <name>_<language> as one Text."""
        return Text.of({language: record[f"{name}_{language}"] for language in self.languages})

    def label(self, codelist: str, code: str | None) -> Text:
        """What a code of a list is called; empty for an empty cell."""
        return self.codes[codelist][code].label if code else Text()

    def named(self, name: Text) -> Text:
        """The name with words in the first language too: a name is the same name in any of them."""
        if not name or name.versions[0][0] == self.first:
            return name
        return Text(((self.first, name.words(self.first)), *name.versions))

    def reference(self, ref: Ref | None) -> dict[str, str] | None:
        """An OCDS OrganizationReference, to a member of `parties`."""
        return {"id": ref.id, "name": ref.name.words(self.first) or ref.id} if ref else None

    def page(self, kind: str, identifier: str) -> str | None:
        """Address of a record's page in the first language, when the site's address is known."""
        return f"{self._site}/{self.first}/{kind}/{identifier}.html" if self._site else None

    def around(self, place: Ref | None) -> tuple[Place, ...]:
        """A place and those around it, the smallest first."""
        return tuple(self.places[ref.id] for ref in (place, *self.places[place.id].path)) if place else ()


def moment(day: Day | date | str | None, time: str = MORNING) -> str | None:
    """A day with a time and zone, as OCDS has it; None for a day known only to the month or year."""
    text = day.text if isinstance(day, Day) else str(day or "")
    return f"{text}T{time}" if len(text) == len("2019-07-18") else None


def joined(*texts: Text, between: str = "\n\n") -> Text:
    """One Text of several: in each language, what there is in it."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for text in texts:
        for language, said in text.versions:
            words[language].append(said.strip())
    return Text.of({language: between.join(parts) for language, parts in words.items()})


def register(registration_id: str | None) -> tuple[str | None, str | None]:
    """(register, number in it) of an identifier as org-id.guide writes them; any other has no known register."""
    found = LIST_CODE.fullmatch(registration_id or "")
    return (found[1], found[2]) if found else (None, registration_id)


def _by(job: Job, resource: str, column: str) -> Mapping[str, list[Record]]:
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in job.rows.get(resource, ()):
        found[record[column]].append(record)
    return found
