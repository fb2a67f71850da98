"""The whole built site through the Nu HTML checker, once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.plugin_left_out import VNU

FORGIVEN = ("Content-Security-Policy",)  # the checker opens files, and to a file 'self' is nobody


@pytest.fixture(scope="session")
def messages(site: Path) -> list[dict[str, Any]]:
    command = [shutil.which("java") or "java", "-Xss4m", "-jar", str(VNU), "--also-check-css", "--also-check-svg"]
    done = subprocess.run(
        [*command, "--format", "json", str(site)], check=False, capture_output=True, text=True, timeout=600
    )
    found: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return [one for one in found if not any(words in one["message"] for words in FORGIVEN)]


def line(message: dict[str, Any]) -> str:
    return f"{Path(message.get('url', '')).name}, line {message.get('lastLine')}: {message['message']}"


@pytest.mark.nu
def test_the_checker_finds_no_error(messages: list[dict[str, Any]]) -> None:
    assert [line(one) for one in messages if one["type"] != "info"][:50] == []


@pytest.mark.nu
def test_the_checker_gives_no_warning(messages: list[dict[str, Any]]) -> None:
    assert [line(one) for one in messages if one.get("subType") == "warning"][:50] == []
