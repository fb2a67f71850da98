"""Descriptions for machines: JSON whatever the records say, and never the end of the element that they stand in."""

from __future__ import annotations

import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from portal import structured
from portal.model import Money, Ref
from portal.text import Text

NASTY = 'A "b" </script> & \\ <!--\n'


def _ref(name: str) -> Ref:
    return Ref("ORG-1", Text((("en", name),)))


@pytest.mark.parametrize("name", ["Kites", NASTY])
@pytest.mark.parametrize("recipient", [None, _ref("Receiver"), _ref(NASTY)])
@pytest.mark.parametrize("awarded", [None, Money(Decimal("12.5"), "XTS")])
def test_a_grant_is_json_in_the_words_of_schema_org(name: str, recipient: Ref | None, awarded: Money | None) -> None:
    record: Any = SimpleNamespace(id="G-1", funder=_ref(NASTY), recipient=recipient, awarded=awarded)
    written = structured.grant(record, "en", name, "https://example.org/?a&b")
    project: dict[str, Any] = {"@type": "Project", "name": name}
    if recipient:
        project["parentOrganization"] = {"@type": "Organization", "name": recipient.name.words("en")}
    expected: dict[str, Any] = {
        "@type": "MonetaryGrant",
        "@id": "https://example.org/?a&b",
        "url": "https://example.org/?a&b",
        "identifier": "G-1",
        "name": name,
        "funder": {"@type": "Organization", "name": NASTY},
        "fundedItem": project,
    }
    if awarded:
        expected["amount"] = {"@type": "MonetaryAmount", "value": "12.5", "currency": "XTS"}
    assert json.loads(written) == {"@context": "https://schema.org", **expected}
    assert written == structured.dump(expected)
    assert not set("<>&").intersection(written)


def test_the_way_to_a_page_is_a_list_with_positions() -> None:
    written = structured.breadcrumbs([("Home", "index.html"), (NASTY, "a&b.html")])
    assert json.loads(written)["itemListElement"] == [
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "index.html"},
        {"@type": "ListItem", "position": 2, "name": NASTY, "item": "a&b.html"},
    ]
    assert not set("<>&").intersection(written)
