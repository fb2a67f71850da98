"""schema.org descriptions of pages (JSON-LD), for search engines and for anybody who reads the web by machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from json.encoder import encode_basestring
from typing import Any

from .exports import Download
from .model import Grant, Organization, Place, Program
from .text import Text

CONTEXT = "https://schema.org"
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes one at each call


def dump(data: Mapping[str, Any]) -> str:
    """JSON that cannot close the script element it stands in. Empty values are left out."""
    bare = {key: value for key, value in data.items() if value not in (None, "", [])}
    return dump_data({"@context": CONTEXT, **bare})


def dump_data(data: object) -> str:
    """The same for any data, whole."""
    return safe(encode(data))


def safe(text: str) -> str:
    """JSON that cannot close the script element it stands in. What is safe already stays as it is."""
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> str:
    """The way from the home page to this one, as dump() would write it: (name, whole address)."""
    items = [
        f'{{"@type":"ListItem","position":{position},"name":{encode_basestring(name)},"item":{encode_basestring(address)}}}'
        for position, (name, address) in enumerate(crumbs, start=1)
    ]
    return safe(f'{{"@context":"{CONTEXT}","@type":"BreadcrumbList","itemListElement":[{",".join(items)}]}}')


def grant(record: Grant, language: str, name: str, address: str) -> str:
    """A MonetaryGrant, as dump() would write it: one is on every page of a grant, and dump() took a tenth of the page.

    schema.org has no property for the recipient: it is the organization of the funded project.
    """
    url, title = encode_basestring(address), encode_basestring(name)
    project = f'"@type":"Project","name":{title}'
    if record.recipient:
        project += f',"parentOrganization":{_named("Organization", record.recipient.name.words(language))}'
    names = f',"name":{title}' if name else ""
    amount = ""
    if record.awarded:
        value = f'"value":"{record.awarded.amount}","currency":{encode_basestring(record.awarded.currency)}'
        amount = f',"amount":{{"@type":"MonetaryAmount",{value}}}'
    return safe(
        f'{{"@context":"{CONTEXT}","@type":"MonetaryGrant","@id":{url},"url":{url},"identifier":{encode_basestring(record.id)}'
        f'{names},"funder":{_named("Organization", record.funder.name.words(language))}'
        f',"fundedItem":{{{project}}}{amount}}}'
    )


@lru_cache(maxsize=4096)
def _named(kind: str, name: str) -> str:
    return f'{{"@type":{encode_basestring(kind)},"name":{encode_basestring(name)}}}'


def organization(record: Organization, language: str, address: str) -> dict[str, Any]:
    """An Organization, with all its names."""
    return {
        "@type": "Organization",
        "@id": address,
        "url": address,
        "name": record.name.words(language),
        "alternateName": _others(record.name, language),
        "identifier": record.registration_id,
    }


def place(record: Place, language: str, address: str) -> dict[str, Any]:
    """An AdministrativeArea."""
    return {
        "@type": "AdministrativeArea",
        "@id": address,
        "name": record.name.words(language),
        "alternateName": _others(record.name, language),
        "identifier": record.iso_code or record.code,
    }


def program(record: Program, language: str, name: str, address: str) -> dict[str, Any]:
    """A GovernmentService, the nearest that schema.org has to a program of social procurement."""
    customer = record.customer.name if record.customer else None
    return {
        "@type": "GovernmentService",
        "@id": address,
        "url": address,
        "name": name,
        "provider": {"@type": "Organization", "name": customer.words(language)} if customer else None,
    }


def web_page(name: str, description: str, language: str, address: str) -> dict[str, Any]:
    """Any other page."""
    return {"@type": "WebPage", "name": name, "description": description, "inLanguage": language, "url": address}


def dataset(
    name: str, description: str, licence: str, day: str, downloads: Iterable[tuple[Download, str]]
) -> dict[str, Any]:
    """The Dataset that all downloads are distributions of: (file, whole address)."""
    return {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "license": licence,
        "dateModified": day,
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": download.path.rpartition("/")[2],
                "contentUrl": address,
                "encodingFormat": download.media_type,
                "contentSize": f"{download.size} B",
            }
            for download, address in downloads
        ],
    }


def _others(name: Text, language: str) -> list[str]:
    shown = name.words(language)
    return list(dict.fromkeys(words for _, words in name.versions if words != shown))
