"""Organizations, programs and sources of a 360Giving file. Each is made when the first grant needs it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from ..checks.texts import UNSHOWABLE
from ..checks.words import fold
from ..errors import Message, say
from .book import FILE, Book
from .places import home_country
from .source_file import web_address
from .values import digest, plain_text, safe_id, slug

REGISTERED = re.compile(r"[A-Z]{2}-[A-Z0-9]+-[A-Za-z0-9./-]+")  # an identifier of org-id.guide


def is_named(item: Mapping[str, Any]) -> bool:
    """Whether an organization can be told from others: by an identifier or a name."""
    return bool(_original_id(item) or fold(plain_text(item.get("name"))))


def organization(book: Book, record: str, role: str, item: Mapping[str, Any]) -> str:
    """The identifier of an organization that is_named(). `role` is the field of the standard that it stands in."""
    original = _original_id(item)
    name = book.text(original or record, f"{role}/name", item.get("name"))
    key = ("id", original) if original else ("name", fold(name))
    rows = book.rows("organizations")
    if key not in rows:
        rows[key] = {
            "id": book.identifier("organizations", key, safe_id(original) if original else slug(name)),
            "kind": book.codes["organization kind"],
            "source": FILE,
            **({"original_id": original} if original else {}),
            **({"registration_id": original} if REGISTERED.fullmatch(original) else {}),
        }
    row = rows[key]
    names = book.names.setdefault(row["id"], Counter())
    names.update(filter(None, [name]))
    other = book.text(original or record, f"{role}/alternateName", item.get("alternateName"))
    if other:
        names.setdefault(other, 0)
    home = home_country(book, original or record, f"{role}/addressCountry", item.get("addressCountry"))
    if home:
        row.setdefault("place", home["id"])
    return str(row["id"])


def name_organizations(book: Book) -> None:
    """Give every organization the name that stands most often, the earliest of several; others are its other names."""
    column = f"name_{book.language}"
    for row in book.rows("organizations").values():
        names = book.names[row["id"]].most_common()
        row[column] = names[0][0] if names else row["original_id"]
        for name, _ in names[1:]:
            if fold(name) == fold(row[column]):
                continue
            key = (row["id"], fold(name))
            identifier = book.identifier("organization_names", key, f"{row['id']}-{digest(fold(name))}")
            book.rows("organization_names").setdefault(
                key, {"id": identifier, "organization": row["id"], column: name, "source": FILE}
            )


def program(book: Book, record: str, funder: str, item: Mapping[str, Any]) -> str | None:
    """The identifier of a program of a funder, by its title, else its code."""
    title = book.text(record, "grantProgramme/title", item.get("title"))
    title = title or book.text(record, "grantProgramme/code", item.get("code"))
    if not title:
        return None
    key = (funder, fold(title) or title)
    rows = book.rows("programs")
    if key not in rows:
        rows[key] = {
            "id": book.identifier("programs", key, f"{funder}-{slug(title)}"),
            **book.in_language("title", title),
            "title_basis": book.codes["title basis"],
            "level": book.codes["program level"],
            "customer": funder,
            "status": book.codes["program status"],
            "source": FILE,
        }
    description = f"description_{book.language}"
    if item.get("description") and description not in rows[key]:
        words = book.text(record, "grantProgramme/description", item["description"])
        rows[key].update(book.in_language("description", words))
    return str(rows[key]["id"])


def linked_source(book: Book, record: str, path: str, value: Any, note: Message) -> str | None:
    """The identifier of a source that the file gives the address of."""
    if value in (None, ""):
        return None
    address = web_address(value)
    if not address:
        book.set_aside(record, path, value, say("It is no address of the web."))
        return None
    rows = book.rows("sources")
    if address not in rows:
        rows[address] = {
            "id": book.identifier("sources", address, _link_id(address)),
            "url": address,
            **book.our_words("note", note),
        }
    return str(rows[address]["id"])


def _link_id(address: str) -> str:
    """The site, and a digest where the address leads further than its front page."""
    site, _, page = address.partition("://")[2].rstrip("/").partition("/")
    return safe_id(f"{site}-{digest(address)}" if page else site)


def _original_id(item: Mapping[str, Any]) -> str:
    original = plain_text(item.get("id"))
    return "" if UNSHOWABLE.search(original) else original
