"""Where readers find a record: on its page, or a grant of a portal that has too many for pages, on its card.

A card is shown by the explore page. Addresses are below the folder of a language.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from .past import Past
from .settings import Settings

GRANTS = "grants"
CARD = "explore.html#grant="  # the identifier follows


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the records of a portal are found."""

    has_grant_pages: bool  # whether each grant has a page of its own
    kept: frozenset[str] = frozenset()  # grants that are gone: the pages that tell so stay

    def record(self, table: str, identifier: str) -> str:
        """Of a record of a table whose records have pages."""
        if table == GRANTS and not self.has_grant_pages and identifier not in self.kept:
            return CARD + quote(identifier, safe="")
        return f"{table}/{quote(identifier)}.html"


def addresses_of(settings: Settings, past: Past) -> Addresses:
    """The addresses of a portal. When it has more grants than PORTAL["grant_pages"], they have cards."""
    if len(past.portal.catalog.grants) <= settings.grant_pages:
        return Addresses(has_grant_pages=True)
    kept = frozenset(removed.id for removed in past.removed if removed.resource == GRANTS)
    return Addresses(has_grant_pages=False, kept=kept)
