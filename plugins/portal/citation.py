"""How to cite a page or a file: as text, BibTeX and CSL-JSON, with the version of the data and where it stays."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

TEX = str.maketrans({char: f"\\{char}" for char in "&%$#_{}"} | {"\\": r"\textbackslash{}", "~": r"\~{}", "^": r"\^{}"})
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")  # as BibTeX names them
NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
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


def cite(cited: Cited) -> Citation:
    """The citation in the forms for programs; the text form is a sentence of the theme."""
    return Citation(cited, _bibtex(cited), _csl(cited))


def _key(cited: Cited) -> str:
    words = NOT_IN_KEYS.sub("-", cited.address.partition("://")[2].lower() or cited.address.lower()).strip("-")
    return f"{words}-{cited.version}"


def _bibtex(cited: Cited) -> str:
    fields = {
        "title": f"{{{cited.title.translate(TEX)}}}",
        "author": f"{{{cited.portal.translate(TEX)}}}",
        "year": str(cited.day.year),
        "month": MONTHS[cited.day.month - 1],
        "version": cited.version,
        "url": cited.permanent or cited.address,
        "note": cited.licence.translate(TEX),
        "language": cited.language,
    }
    if cited.permanent and cited.permanent != cited.address:
        fields["howpublished"] = f"\\url{{{cited.address}}}"
    # A month is a name, not a text, so it stands without braces.
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_key(cited)},", *lines, "}"])


def _csl(cited: Cited) -> str:
    item = {
        "id": _key(cited),
        "type": cited.kind,
        "title": cited.title,
        "container-title": cited.portal,
        "author": [{"literal": cited.portal}],
        "issued": {"date-parts": [[cited.day.year, cited.day.month, cited.day.day]]},
        "version": cited.version,
        "URL": cited.permanent or cited.address,
        "language": cited.language,
        **({"note": cited.licence} if cited.licence else {}),
    }
    return json.dumps([item], ensure_ascii=False)
