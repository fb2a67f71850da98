"""bad_days.py: Ctrl-C during a query of DuckDB ends a command or a build as Ctrl-C does elsewhere; what is said."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from errno import EACCES, ENOSPC
from pathlib import Path

import pytest

from portal import say_stopped
from portal.bad_days import INTERRUPTED, ctrl_c_is_known, told
from portal.generator import _one_sentence

QUERY = "select sum(a.range * b.range) from range(10000000) a, range(1000000) b"
COMMAND = f"""
import argparse, os, signal, threading
import duckdb
import portal.__main__ as command

def query(_):
    threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
    duckdb.connect().execute({QUERY!r})

class Parser:
    def parse_args(self, _):
        return argparse.Namespace(run=query)

command._parser = Parser
raise SystemExit(command.main())
"""


def test_ctrl_c_during_a_query_ends_a_command_in_a_sentence() -> None:
    done = subprocess.run([sys.executable, "-c", COMMAND], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, "The command was stopped.\n")


def test_ctrl_c_during_a_query_ends_a_build_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unfinished = tmp_path / "output.building"
    unfinished.mkdir()
    with pytest.raises(SystemExit), _one_sentence(unfinished):
        raise RuntimeError(INTERRUPTED)
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
        (OSError(EACCES, "Permission denied", "a.html"), "A file cannot be written: Permission denied (a.html)."),
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
def test_a_file_is_named_where_it_is_known(error: OSError, says: str) -> None:
    assert told(error) == says.replace("TEMPORARY", tempfile.gettempdir())
