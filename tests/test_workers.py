"""Work shared out to processes: every item once, and a failure is the failure of the item."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from portal.workers import SHARE, share_out


@pytest.mark.parametrize("count", [0, 1, SHARE - 1, SHARE * 2, SHARE * 7 + 3])
def test_every_item_is_done_once(count: int, tmp_path: Path) -> None:
    def note(share: Sequence[int]) -> None:
        for item in share:
            with (tmp_path / str(item)).open("a") as stream:
                stream.write("x")

    share_out(note, range(count))
    assert sorted(int(path.name) for path in tmp_path.iterdir()) == list(range(count))
    assert {path.read_text() for path in tmp_path.iterdir()} <= {"x"}


@pytest.mark.parametrize("bad", [0, 1, 2, 199])
def test_a_failure_in_any_share_is_raised_here(bad: int) -> None:
    def refuse(share: Sequence[int]) -> None:
        if bad in share:
            raise ValueError(f"item {bad} is wrong")

    with pytest.raises(ValueError, match=f"item {bad} is wrong"):
        share_out(refuse, range(SHARE * 4))
