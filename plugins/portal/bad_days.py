"""What goes wrong on a machine although the records are good: one sentence for each."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from errno import ENOSPC

import duckdb

from .errors import BuildError, DataError, SettingsError

BAD_DAYS = (BuildError, DataError, SettingsError, OSError, duckdb.OperationalError)
INTERRUPTED = "Query interrupted"  # words of the RuntimeError that DuckDB makes of Ctrl-C during a query


@contextmanager
def ctrl_c_is_known() -> Iterator[None]:
    """Raise KeyboardInterrupt also where Ctrl-C came during a query of DuckDB, which loses the exception."""
    try:
        yield
    except RuntimeError as error:
        if str(error) == INTERRUPTED:
            raise KeyboardInterrupt from None
        raise


def told(error: BaseException) -> str:
    """The sentence for one of BAD_DAYS."""
    if isinstance(error, shutil.Error):  # a list of (source, target, why) from shutil.copytree()
        source, _, why = error.args[0][0]
        return f"A file cannot be written: {why} ({source})."
    if isinstance(error, OSError):
        where = f" ({error.filename})" if error.filename else ""  # unknown when the file was opened well before
        if error.errno == ENOSPC:
            room = f"Make room for the site, or in {tempfile.gettempdir()}."
            return f"A file cannot be written: {error.strerror}{where}. {room}"
        return f"A file cannot be read or written: {error.strerror or error}{where}."
    if isinstance(error, duckdb.OperationalError):  # the disk of the temporary folder is full, or memory is
        return f"The records cannot be kept in {tempfile.gettempdir()}: {str(error).splitlines()[0].rstrip(' .')}."
    return str(error)
