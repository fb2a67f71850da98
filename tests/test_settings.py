"""The PORTAL dictionary: what is refused, and with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.errors import SettingsError
from portal.settings import read_settings
from portal.workers import Share

HERE = Path(__file__).parent
GOOD: dict[str, Any] = {
    "name": {"eo": "Donacoj", "en": "Grants"},
    "languages": ("eo", "en"),
    "data": HERE,
    "translations": HERE,
    "currency": "XTS",
}


def test_good_settings_are_taken_over() -> None:
    settings = read_settings(GOOD, "https://example.org/portal/")
    assert settings.name.words("en") == "Grants"
    assert settings.site_url == "https://example.org/portal"
    assert settings.grant_pages == 10_000


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"langages": ("eo",)}, "PORTAL has no setting “langages”. Did you mean “languages”?"),
        ({"zzz": 1}, "PORTAL has no setting “zzz”. Known are:"),
        ({"languages": ()}, "PORTAL[“languages”] is empty."),
        ({"languages": "en"}, "PORTAL[“languages”] is empty."),
        ({"languages": ("eo", "klingonese")}, "names “klingonese”, which is not a known language code"),
        ({"name": {"en": "Grants"}}, "PORTAL[“name”] has no words in “eo”."),
        ({"name": "Grants"}, "PORTAL[“name”] must give the words by language"),
        ({"data": HERE / "nowhere"}, "which is not a folder"),
        ({"grant_pages": "many"}, "PORTAL[“grant_pages”] is 'many'. Write a whole number, such as 10000."),
        ({"prepared_files": None}, "PORTAL[“prepared_files”] is None. Write a whole number, such as 5000."),
        ({"host_octets": -1}, "PORTAL[“host_octets”] is -1. Write a whole number, such as 1000000000."),
        ({"host_octets": 1e9}, "PORTAL[“host_octets”] is 1000000000.0. Write a whole number"),
        ({"shard": "0/4"}, "PORTAL[“shard”] is “0/4”. Write which share of how many, such as 3/16."),
        ({"shard": "5/4"}, "PORTAL[“shard”] is “5/4”."),
        ({"shard": "3"}, "PORTAL[“shard”] is “3”."),
        ({"shard": "-1/4"}, "PORTAL[“shard”] is “-1/4”."),
        ({"shard": "1/4/2"}, "PORTAL[“shard”] is “1/4/2”."),
    ],
)
def test_a_wrong_setting_is_named(change: dict[str, Any], says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({**GOOD, **change})
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("written", "share"), [("", Share(0, 1)), ("1/1", Share(0, 1)), ("1/4", Share(0, 4)), ("4/4", Share(3, 4))]
)
def test_a_shard_is_counted_from_one(written: str, share: Share) -> None:
    assert read_settings({**GOOD, "shard": written}).shard == share


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(SettingsError, match="PORTAL lacks “currency”"):
        read_settings({name: value for name, value in GOOD.items() if name != "currency"})
    with pytest.raises(SettingsError, match="PORTAL is not set"):
        read_settings(None)
