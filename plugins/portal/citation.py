"""How to cite a page or a file: as text, BibTeX and CSL-JSON, with the version of the data and where it stays."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Literal

from .model.quick import quick

TEX_SIGNS = re.compile(r"[&%$#_{}\\~^]")
TEX = {char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # as BibTeX names them
WORDS_OF_KEYS = re.compile(r"[a-z0-9]+")
SpeaksOf = Literal["webpage", "dataset"]  # as CSL calls them


@dataclass(frozen=True, slots=True)
class Cited:
    """What is cited."""

    kind: SpeaksOf
    title: str
    portal: str  # name of the site
    version: str  # of the data
    day: date  # of the data
    address: str
    permanent: str | None  # address at which this version stays; None while the version is not released
    licence: str
    language: str


@dataclass(frozen=True, slots=True)
class Citation:
    """The same citation for a text, for LaTeX and for programs such as Zotero."""

    cited: Cited
    bibtex: str
    csl: str


make_citation = quick(Citation)


def cite(cited: Cited) -> Citation:
    """The citation in the forms for programs; the text form is a sentence of the theme."""
    key = _key(cited)
    return make_citation(cited, _bibtex(cited, key), _csl(cited, key))


def _key(cited: Cited) -> str:
    words = WORDS_OF_KEYS.findall(cited.address.partition("://")[2].lower() or cited.address.lower())
    return f"{'-'.join(words)}-{cited.version}"


def _bibtex(cited: Cited, key: str) -> str:
    before, after = _bibtex_of_site(cited.portal, cited.version, cited.day, cited.licence, cited.language)
    title, url, last = _tex(cited.title), cited.permanent or cited.address, ""
    if url != cited.address:
        last = f"  howpublished = {{\\url{{{cited.address}}}}},\n"
    return f"@misc{{{key},\n  title = {{{{{title}}}}},\n{before}  url = {{{url}}},\n{after}{last}}}"


@lru_cache(maxsize=64)
def _bibtex_of_site(portal: str, version: str, day: date, licence: str, language: str) -> tuple[str, str]:
    """The lines that all pages share: before and after the address. A month is a name, so it stands without braces."""
    before = [f"  author = {{{{{_tex(portal)}}}}},", f"  year = {{{day.year}}},", f"  month = {MONTHS[day.month - 1]},"]
    if version:
        before.append(f"  version = {{{version}}},")
    note = [f"  note = {{{_tex(licence)}}},"] if licence else []
    after = [*note, *([f"  language = {{{language}}},"] if language else [])]
    return "".join(f"{line}\n" for line in before), "".join(f"{line}\n" for line in after)


def _tex(text: str) -> str:
    return TEX_SIGNS.sub(lambda sign: TEX[sign[0]], text)


def _csl(cited: Cited, key: str) -> str:
    quoted, title = encode_basestring(key), encode_basestring(cited.title)
    address = encode_basestring(cited.permanent or cited.address)
    before, after = _csl_of_site(cited.portal, cited.version, cited.day, cited.licence, cited.language)
    return f'[{{"id": {quoted}, "type": "{cited.kind}", "title": {title}, {before}, "URL": {address}, {after}}}]'


@lru_cache(maxsize=64)
def _csl_of_site(portal: str, version: str, day: date, licence: str, language: str) -> tuple[str, str]:
    """What all pages share: before and after the address."""
    before = {
        "container-title": portal,
        "author": [{"literal": portal}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": version,
    }
    after = {"language": language, **({"note": licence} if licence else {})}
    return json.dumps(before, ensure_ascii=False)[1:-1], json.dumps(after, ensure_ascii=False)[1:-1]
