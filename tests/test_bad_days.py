"""bad_days.py: Ctrl-C during a query of DuckDB ends a command or a build as Ctrl-C does elsewhere; what is said."""

from __future__ import annotations

import tempfile
from errno import EACCES, ENOSPC
from pathlib import Path

import duckdb
import pytest

import portal.__main__
from portal import say_stopped
from portal.bad_days import INTERRUPTED, ctrl_c_is_known, told
from portal.generator import _one_sentence


def interrupted(*_given: object) -> int:
    """As DuckDB ends a query at Ctrl-C, where it looks for it in time: no test can rely on that."""
    raise RuntimeError(INTERRUPTED)


def test_ctrl_c_during_a_query_ends_a_command_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(portal.__main__, "_check", interrupted)
    assert portal.__main__.main(["check"]) == 130
    assert capsys.readouterr().err == "The command was stopped.\n"


def test_ctrl_c_during_a_query_ends_a_build_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unfinished = tmp_path / "output.building"
    unfinished.mkdir()
    with pytest.raises(SystemExit), _one_sentence(unfinished):
        interrupted()
    assert capsys.readouterr().err.startswith("The build was stopped.\n")
    assert not unfinished.exists()


def test_another_error_stays_as_it_is() -> None:
    with pytest.raises(RuntimeError, match="can't start new thread"), ctrl_c_is_known():
        raise RuntimeError("can't start new thread")


def test_ctrl_c_of_which_pelican_makes_an_error_is_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    error = RuntimeError("Warning or error encountered")
    error.__context__ = KeyboardInterrupt()
    say_stopped(RuntimeError, error, None)
    assert capsys.readouterr().err == "The build was stopped.\n"


def test_an_error_that_is_no_ctrl_c_is_shown_whole(capsys: pytest.CaptureFixture[str]) -> None:
    say_stopped(RuntimeError, RuntimeError("a fault of ours"), None)
    assert capsys.readouterr().err == "RuntimeError: a fault of ours\n"


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (
            duckdb.IOException("IO Error: it failed. \nmore"),
            "The records cannot be kept in TEMPORARY: IO Error: it failed.",
        ),
        (
            OSError(EACCES, "Permission denied", "a.html"),
            "A file cannot be read or written: Permission denied (a.html).",
        ),
        (
            OSError(ENOSPC, "No space left on device"),
            "A file cannot be written: No space left on device. Make room for the site, or in TEMPORARY.",
        ),
        (
            OSError(ENOSPC, "No space left on device", "a.html"),
            "A file cannot be written: No space left on device (a.html). Make room for the site, or in TEMPORARY.",
        ),
    ],
)
def test_what_is_known_of_a_bad_day_is_said(error: Exception, says: str) -> None:
    assert told(error) == says.replace("TEMPORARY", tempfile.gettempdir())
