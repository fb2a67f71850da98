"""The whole built site through the Nu HTML checker, once."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.plugin_left_out import VNU
from tests.plugin_site import listed

FORGIVEN = ("violates Content Security Policy",)  # the checker opens files, and to a file 'self' is nobody


@pytest.fixture(scope="session")
def messages(site: Path) -> list[dict[str, Any]]:
    command = [shutil.which("java") or "java", "-Xss4m", "-jar", str(VNU), "--skip-non-html"]
    done = subprocess.run(
        [*command, "--also-check-css", "--also-check-svg", "--format", "json", str(site)],
        check=False,
        capture_output=True,
        text=True,
        timeout=600,
    )
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [one for one in found if not any(words in one["message"] for words in FORGIVEN)]


def by_kind(messages: Iterable[dict[str, Any]]) -> list[str]:
    """Every kind of message once: what it says, how often, and where for the first time."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for message in messages:
        page = "/".join(Path(message.get("url", "")).parts[-3:])
        places[message["message"]].append(f"{page}, line {message.get('lastLine')}")
    return [f"{words} {len(found)} times, first in {min(found)}" for words, found in places.items()]


@pytest.mark.nu
def test_the_checker_finds_no_error(messages: list[dict[str, Any]]) -> None:
    errors = by_kind(one for one in messages if one["type"] != "info")
    assert not errors, listed(errors)


@pytest.mark.nu
def test_the_checker_gives_no_warning(messages: list[dict[str, Any]]) -> None:
    warnings = by_kind(one for one in messages if one.get("subType") == "warning")
    assert not warnings, listed(warnings)
