"""What changed between releases: the page of changes, a page a release, tombstones, and the feeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from ..exports.to_releases import archive_name
from ..model import Money, Ref
from ..past import WITH_PAGES, Event, Subject
from ..releases import Change, History, Release
from ..releases.history import kind_of
from ..text import Day, Text
from .page import Page
from .site import Site

SUBJECTS = ("organization", "program", "place")  # kinds of pages with a feed of their own
FEED_ENTRIES = 50
LISTED = (
    50  # records of a kind that the page of a release lists: 200 made a page of 46,000 pixels; all are in its files
)
BOOKKEEPING = ("added_on", "changed_on")  # columns that say when the portal touched a record, and nothing of the record


@dataclass(frozen=True, slots=True)
class Counted:
    """How many records of a table came, changed and went."""

    resource: str
    title: Text
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Summary:
    """A release, or what is not released yet, as sentences are made of it."""

    version: str | None
    day: date | None
    is_first: bool
    held: int  # grants that the records hold with it, without those that were only announced
    announced: int
    grants: Counted
    tables: tuple[Counted, ...]  # the grants, then every other table where something changed
    money: tuple[Money, ...]  # by how much the awarded total rose, or fell, by currency; none where it stayed


def summaries(site: Site) -> list[Summary]:
    """What is not released yet, if anything, then the releases, newest first."""
    releases = site.portal.releases
    found = []
    if releases and site.portal.pending:
        now = {money.currency: money.amount for money in site.figures_of("all").awarded}
        found.append(_summary(site, None, site.portal.pending, releases[-1], now))
    for number in reversed(range(len(releases))):
        release = releases[number]
        before = releases[number - 1] if number else None
        found.append(_summary(site, release, release.changes, before, _awarded(release.manifest)))
    return found


@dataclass(frozen=True)
class ChangePages:
    """Makes the pages of each language from what is told of the releases once."""

    site: Site

    def __call__(self, language: str) -> Iterator[Page]:
        """changes.html, releases/<version>.html, the pages of removed records, and the feeds."""
        site, told = self.site, self._summaries
        has_deadlines = any(call.deadline and call.deadline.is_exact for call in site.catalog.calls)
        yield site.page("changes.html", "changes.html", language, summaries=told, has_deadlines=has_deadlines)
        for version, values in self._releases.items():
            yield site.page("release.html", f"releases/{version}.html", language, **values)
        for removed in site.past.removed:
            if removed.resource in WITH_PAGES:
                fields = list(_in_language(removed.record, language, site.settings.languages))
                path = f"{removed.resource}/{removed.id}.html"
                yield site.page("tombstone.html", path, language, removed=removed, fields=fields)
        yield from self._feeds(language)

    @cached_property
    def _summaries(self) -> list[Summary]:
        return summaries(self.site)

    @cached_property
    def _releases(self) -> dict[str, dict[str, Any]]:
        """Version -> what its page is made of."""
        told = {summary.version: summary for summary in self._summaries}
        return {one.version: _told_of(self.site, one, told[one.version]) for one in self.site.portal.releases}

    @cached_property
    def _events(self) -> Mapping[Subject, list[Event]]:
        """Page -> what its feed tells."""
        found: defaultdict[Subject, list[Event]] = defaultdict(list)
        for event in self.site.past.events:
            for subject in event.subjects:
                found[subject].append(event)
        return found

    def _feeds(self, language: str) -> Iterator[Page]:
        """feeds/changes.xml, and beside the page of each organization, program and place <identifier>.xml."""
        site = self.site
        events = site.past.events[:FEED_ENTRIES]
        yield site.page("feed.xml", "feeds/changes.xml", language, events=events, subject=None, about="")
        for kind in SUBJECTS:
            for identifier, name in site.past.names[f"{kind}s"].items():
                found = self._events.get((kind, identifier), [])[:FEED_ENTRIES]
                path = f"{kind}s/{identifier}"
                yield site.page("feed.xml", f"{path}.xml", language, events=found, subject=name, about=f"{path}.html")


def facts(changes: Sequence[Change]) -> Sequence[Change]:
    """The changes that tell something of the record; all of them where only bookkeeping changed."""
    return [change for change in changes if change.field not in BOOKKEEPING] or changes


def day_in(site: Site, resource: str, field: str | None, cell: str | None) -> Day | None:
    """The day, month or year in a cell of a column of days; None in any other, and for what is no day."""
    table = site.portal.package.by_name.get(resource)
    column = table.by_name.get(field or "") if table else None
    if not cell or not column or not (column.type == "date" or column.partial_date):
        return None
    day = Day(cell)
    try:
        day.last  # noqa: B018 - a column may have held words in an older release
    except ValueError:
        return None
    return day


def _grant(site: Site, history: History) -> Ref:
    identifier = history.changes[0].id
    return Ref(identifier, site.past.name_of("grants", identifier))


def _in_language(record: Mapping[str, str], language: str, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """The cells of a record; a text that exists in the language is left out in the others."""
    for field, cell in record.items():
        stem, _, ending = field.rpartition("_")
        if ending not in languages or ending == language or f"{stem}_{language}" not in record:
            yield field, cell


def _told_of(site: Site, release: Release, summary: Summary) -> dict[str, Any]:
    listed: dict[str, list[History]] = {"added": [], "changed": [], "removed": []}
    values: list[Change] = []
    told = site.past.by_version.get(release.version, {})
    for (resource, _), history in sorted(told.items(), key=lambda item: item[0][0] != "grants"):  # the others stay
        if resource == "grants":
            listed[kind_of(history)].append(history)
        values += [change for change in facts(history.changes) if change.field]
    reasons = {change.reason for change in values}
    removals = [change for change in release.changes if change.kind == "removed"]
    return {
        "release": release,
        "archive": archive_name(site.portal.package.name, release.version),
        "summary": summary,
        "grants": {kind: [_grant(site, history) for history in found[:LISTED]] for kind, found in listed.items()},
        "grants_count": {kind: len(found) for kind, found in listed.items()},
        "values": values[:LISTED],
        "values_count": len(values),
        "only_reason": reasons.pop() if len(reasons) == 1 and len(values) > 1 else Text(),
        "removals": removals[:LISTED],
        "removals_count": len(removals),
    }


def _summary(
    site: Site,
    release: Release | None,
    changes: tuple[Change, ...],
    before: Release | None,
    awarded: Mapping[str, Decimal],
) -> Summary:
    records = {(change.resource, change.id): change.kind for change in changes}
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"added": 0, "changed": 0, "removed": 0})
    for (resource, _), kind in records.items():
        counts[resource][kind] += 1
    of_grants = counts.pop("grants", {"added": 0, "changed": 0, "removed": 0})
    grants = Counted("grants", site.past.table_title("grants"), **of_grants)
    was = _awarded(before.manifest) if before else {}
    rises = {
        currency: awarded.get(currency, Decimal()) - was.get(currency, Decimal())
        for currency in sorted({*awarded, *was})
    }
    return Summary(
        version=release.version if release else None,
        day=release.day if release else None,
        is_first=before is None,
        held=_held(release, "grants") if release else site.figures_of("all").grants,
        announced=_held(release, "announced") if release else site.figures_of("all").announced,
        grants=grants,
        tables=(grants, *(Counted(name, site.past.table_title(name), **found) for name, found in counts.items())),
        money=tuple(Money(amount, currency) for currency, amount in rises.items() if amount),
    )


def _held(release: Release, name: str) -> int:
    return int(release.manifest["totals"][name])


def _awarded(manifest: Mapping[str, object]) -> dict[str, Decimal]:
    totals = manifest["totals"]
    assert isinstance(totals, dict)  # the manifest was written by us, and its checksum fits
    return {currency: Decimal(amount) for currency, amount in totals["awarded"].items()}
