"""What of ours are documents in OCDS. They stand below the planning, tender, award or implementation."""

# ruff: noqa: ARG005, PLW0108  (every value of a table is given the same; what it calls stands below the table)

from __future__ import annotations

from ...errors import say
from ...model import Source
from ...text import Text
from ..standards import Mapped
from .book import joined, moment

DOCUMENT = (
    Mapped("documents[]/id", "documents.id", lambda item: f"document-{item.id}"),
    Mapped("documents[]/documentType", "documents.kind", lambda item: item.kind and item.kind.code),
    Mapped("documents[]/title", "documents.title", lambda item: item.title),
    Mapped("documents[]/url", "documents.url", lambda item: item.url),
    Mapped("documents[]/datePublished", "documents.issued_on", lambda item: moment(item.day)),
)

REPORT = (
    Mapped("documents[]/id", "reports.id", lambda item: f"report-{item.id}"),
    Mapped("documents[]/documentType", "reports.kind", lambda item: item.kind and item.kind.code),
    Mapped("documents[]/title", "reports.title", lambda item: item.title),
    Mapped("documents[]/description", "reports.finding, reports.note", lambda item: joined(item.text, item.note)),
    Mapped("documents[]/datePublished", "reports.presented_on", lambda item: moment(item.day)),
)

SOURCE = (
    Mapped("documents[]/id", "sources.id", lambda source: f"source-{source.id}"),
    Mapped("documents[]/documentType", "", lambda source: "source", say("Our own word.")),
    Mapped("documents[]/title", "sources.title, sources.title_note", lambda source: _source_title(source)),
    Mapped("documents[]/language", "sources.title_language", lambda source: source.title_language),
    Mapped("documents[]/url", "sources.url", lambda source: source.url),
    Mapped("documents[]/datePublished", "sources.published_on", lambda source: moment(source.published_on)),
)


def _source_title(source: Source) -> Text | str:
    """As printed, under the language that it is printed in when that is known; else what the portal says of it."""
    if source.title and source.title_language:
        return Text(((source.title_language, source.title),))
    return source.title or source.title_note
