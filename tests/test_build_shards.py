"""A share of a site, for those who wonder at it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.large_tiny import open_workshop

EMPTY = "This share is empty, as no grant has a page: PORTAL[“grant_pages”]. The first makes everything.\n"


@pytest.mark.parametrize(("grant_pages", "is_said"), [(1, True), (100, False)])
def test_a_share_with_nothing_to_do_says_so(
    grant_pages: int, is_said: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workshop = open_workshop(tmp_path)
    workshop.build("shard-2", f"PORTAL = {{**PORTAL, 'shard': '2/2', 'grant_pages': {grant_pages}}}")
    assert (EMPTY in capsys.readouterr().out) == is_said
