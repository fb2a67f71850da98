"""How many records came, changed and went, in the words of a language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..i18n import Translations


def told_changes(words: Translations, language: str, kinds: Iterable[str]) -> str:
    """“1 new record, 2 changed records, 0 removed records”. `kinds`: what each record is, in the words of a Change."""
    found = Counter(kinds)
    added, changed, removed = found["added"], found["changed"], found["removed"]
    forms = (
        (words.ngettext(language, "{count} new record", "{count} new records", added), added),
        (words.ngettext(language, "{count} changed record", "{count} changed records", changed), changed),
        (words.ngettext(language, "{count} removed record", "{count} removed records", removed), removed),
    )
    return ", ".join(form.format(count=count) for form, count in forms)
