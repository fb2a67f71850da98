"""PORTAL of pelicanconf.py -> Settings, checked. A misspelt name is refused with the likely one."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from .errors import SettingsError
from .text import Text
from .workers import ALL, Share


@dataclass(frozen=True, slots=True)
class Settings:
    """What a publisher decides about the portal. Written as the PORTAL dictionary, with these names."""

    name: Text  # of the portal, by language
    languages: tuple[str, ...]  # as Babel knows them; the first is the one a new visitor is offered first
    data: Path  # folder with datapackage.yaml
    translations: Path  # folder with <language>.po
    currency: str  # ISO 4217; totals in other currencies are shown, never converted
    currency_names: Mapping[str, Text]  # code -> the word after an amount, such as “som”
    language_names: Mapping[str, Text]  # code -> the name to use in place of Babel's
    repository: str  # “owner/name” on GitHub; empty hides the links that open an issue there
    headline: tuple[str, ...]  # identifiers of the totals shown large on the home page
    gap_year: int | None  # year whose grants are drawn as squares on the home page: held and not held
    map: str  # name of the package's resource with the boundaries; empty for a portal without a map
    grant_pages: int  # the most grants that get a page of their own each; of more, each is a card of the explore page
    prepared_files: int = 5_000  # the most grants of a portal whose pages have their own CSV and JSON beside them
    all_formats: int = 30_000  # the most rows of a table in every format; one with more is Parquet and packed CSV
    host_octets: int = 1_000_000_000  # the most that the host takes, GitHub Pages' limit; 0 for a host without one
    only: str = ""  # folder of pages, such as “grants”: only these are made, to look at while a template is edited
    shard: Share = ALL  # of the site that this build makes; written “3/16”
    search_words: Path | None = None  # YAML of other words that people type; see explorer/other_words.py
    prefixes: Mapping[str, str] = field(default_factory=dict)  # standard -> identifier registered with it; see exports/
    site_url: str = ""  # Pelican's SITEURL
    source_name: str = "Ashar"  # name of the software, beside the portal's own


DEFAULTS: dict[str, Any] = {
    "repository": "",
    "headline": (),
    "gap_year": None,
    "map": "",
    "grant_pages": 10_000,
    "prepared_files": 5_000,
    "all_formats": 30_000,
    "host_octets": 1_000_000_000,
    "only": "",
    "shard": "",
    "currency_names": {},
    "language_names": {},
    "search_words": None,
    "prefixes": {},
}
NUMBERS = ("grant_pages", "prepared_files", "all_formats", "host_octets")
OURS = ("site_url", "source_name")  # set by the build, not by the publisher


def read_settings(portal: object, site_url: str = "") -> Settings:
    """Check the PORTAL dictionary and return Settings, or raise SettingsError."""
    if not isinstance(portal, Mapping):
        raise SettingsError("PORTAL is not set. Write it as a dictionary in pelicanconf.py.")
    known = [one.name for one in fields(Settings) if one.name not in OURS]
    for name in portal:
        if name not in known:
            likely = difflib.get_close_matches(str(name), known, n=1)
            hint = f"Did you mean “{likely[0]}”?" if likely else f"Known are: {', '.join(known)}."
            raise SettingsError(f"PORTAL has no setting “{name}”. {hint}")
    missing = [name for name in known if name not in portal and name not in DEFAULTS]
    if missing:
        raise SettingsError(f"PORTAL lacks “{missing[0]}”. Add it in pelicanconf.py.")
    values = {**DEFAULTS, **portal}
    languages = _languages(values["languages"])
    for name in ("data", "translations"):
        if not Path(values[name]).is_dir():
            raise SettingsError(f"PORTAL[“{name}”] is {values[name]}, which is not a folder. Correct the path.")
    for name in NUMBERS:
        if not isinstance(values[name], int) or values[name] < 0:
            raise SettingsError(
                f"PORTAL[“{name}”] is {values[name]!r}. Write a whole number, such as {DEFAULTS[name]}."
            )
    return Settings(
        name=_text("name", values["name"], languages),
        languages=languages,
        data=Path(values["data"]),
        translations=Path(values["translations"]),
        currency=values["currency"],
        currency_names=_texts("currency_names", values["currency_names"], languages),
        language_names=_texts("language_names", values["language_names"], languages),
        repository=values["repository"],
        headline=tuple(values["headline"]),
        gap_year=values["gap_year"],
        map=values["map"],
        grant_pages=values["grant_pages"],
        prepared_files=values["prepared_files"],
        all_formats=values["all_formats"],
        host_octets=values["host_octets"],
        only=str(values["only"]),
        shard=_shard(str(values["shard"])),
        search_words=Path(values["search_words"]) if values["search_words"] else None,
        prefixes=dict(values["prefixes"]),
        site_url=site_url.rstrip("/"),
    )


def _shard(text: str) -> Share:
    """“3/16” is the third of sixteen shares; empty is everything."""
    number, _, of = text.partition("/")
    if not text:
        return ALL
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise SettingsError(f"PORTAL[“shard”] is “{text}”. Write which share of how many, such as 3/16.")
    return Share(int(number) - 1, int(of))


def _languages(codes: Any) -> tuple[str, ...]:
    if isinstance(codes, str) or not codes:
        raise SettingsError('PORTAL[“languages”] is empty. Write the codes of the languages, such as ("ky", "ru").')
    for code in codes:
        try:
            Locale.parse(code)
        except (UnknownLocaleError, ValueError):
            raise SettingsError(f"PORTAL[“languages”] names “{code}”, which is not a known language code.") from None
    return tuple(codes)


def _texts(name: str, words: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, Text]:
    return {code: _text(f"{name}[{code}]", names, languages) for code, names in words.items()}


def _text(name: str, words: Any, languages: tuple[str, ...]) -> Text:
    if not isinstance(words, Mapping):
        raise SettingsError(f'PORTAL[“{name}”] must give the words by language, such as {{"{languages[0]}": "…"}}.')
    lacking = [language for language in languages if not words.get(language)]
    if lacking:
        raise SettingsError(f"PORTAL[“{name}”] has no words in “{lacking[0]}”. Add them.")
    return Text.of({language: words[language] for language in languages})
