"""schema.org descriptions of pages (JSON-LD), for search engines and for anybody who reads the web by machine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
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
    return encode(data).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def breadcrumbs(crumbs: Iterable[tuple[str, str]]) -> str:
    """The way from the home page to this one, as dump() would write it: (name, whole address)."""
    items = ",".join([_crumb(position, name, address) for position, (name, address) in enumerate(crumbs, start=1)])
    return f'{{"@context":"{CONTEXT}","@type":"BreadcrumbList","itemListElement":[{items}]}}'


@lru_cache(maxsize=512)
def _crumb(position: int, name: str, address: str) -> str:
    return dump_data({"@type": "ListItem", "position": position, "name": name, "item": address})


def grant(record: Grant, language: str, name: str, address: str) -> dict[str, Any]:
    """A MonetaryGrant. schema.org has no property for the recipient: it is the organization of the funded project."""
    project: dict[str, Any] = {"@type": "Project", "name": name}
    if record.recipient:
        project["parentOrganization"] = {"@type": "Organization", "name": record.recipient.name.words(language)}
    data: dict[str, Any] = {
        "@type": "MonetaryGrant",
        "@id": address,
        "url": address,
        "identifier": record.id,
        "name": name,
        "funder": {"@type": "Organization", "name": record.funder.name.words(language)},
        "fundedItem": project,
    }
    if record.awarded:
        data["amount"] = {
            "@type": "MonetaryAmount",
            "value": str(record.awarded.amount),
            "currency": record.awarded.currency,
        }
    return data


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
