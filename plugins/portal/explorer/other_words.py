"""Words that people type for a record, beside its names: everyday ones, its kind and form, names without hyphens."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import yaml

from ..errors import SettingsError
from ..exports import Job
from ..package import YamlLoader

TOLD = {"organizations": ("kind", "legal_form", "role"), "places": ("kind",)}  # table -> fields that say what it is
PASSED_OVER = "passed_over"  # words that would fit every record
HYPHENED = re.compile(r"\w+(?:-\w+)+")
OtherWords = Mapping[str, Mapping[str, str]]  # table -> key -> words


def read_search_words(path: Path | None) -> tuple[dict[str, list[str]], dict[str, dict[str, str]]]:
    """The publisher's own: words to be passed over by language, and words for records by table and key.

    Raises SettingsError for a file that is not such a mapping.
    """
    if path is None:
        return {}, {}
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), YamlLoader) or {}
    except (OSError, yaml.YAMLError) as error:
        raise SettingsError(f"PORTAL[“search_words”]: {path.name} cannot be read: {error}.") from None
    if not isinstance(found, dict) or not all(isinstance(of_table, dict) for of_table in found.values()):
        raise SettingsError(
            f"PORTAL[“search_words”]: {path.name} must give words by table and key: “spheres: {{culture: art}}”."
        )
    passed_over = {str(language): str(words).split() for language, words in found.pop(PASSED_OVER, {}).items()}
    return passed_over, {table: {str(key): str(words) for key, words in rows.items()} for table, rows in found.items()}


def other_words(job: Job) -> OtherWords:
    """The publisher's words, and what an organization or a place is, in every language."""
    _, own = read_search_words(job.settings.search_words)
    found: defaultdict[str, dict[str, str]] = defaultdict(dict, own)
    for table, told in TOLD.items():
        lists = [(field.name, field.refers_to) for field in job.package.by_name[table].fields if field.name in told]
        for record in job.rows[table]:
            words = [
                job.names[language][codes or ""].get(record[name] or "", "")
                for name, codes in lists
                for language in job.settings.languages
            ]
            key = record["id"]
            found[table][key] = " ".join(filter(None, [found[table].get(key, ""), *words]))
    return found


def without_hyphens(names: list[str]) -> list[str]:
    """The words of names that have hyphens, as one word each."""
    return [word.replace("-", "") for name in names for word in HYPHENED.findall(name)]
