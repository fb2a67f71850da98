"""What every test can use: the built site, and the account of tests that a missing tool left out. And their order."""

from __future__ import annotations

import pytest

pytest_plugins = ["tests.plugin_left_out", "tests.plugin_site"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin the long files: one that began last would keep a processor busy while the others have nothing to do."""
    long = {item.path for item in items if item.get_closest_marker("long")}
    items.sort(key=lambda item: item.path not in long)
