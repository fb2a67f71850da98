"""Releases: dated, numbered states of the records that are never changed, and what changed between them.

make.py is not imported here: it needs the exports, and they need this.
"""

from .compare import compare, state_of
from .model import Change, History, Release
from .pending import pending_changes
from .read import read_releases, read_state

__all__ = ["Change", "History", "Release", "compare", "pending_changes", "read_releases", "read_state", "state_of"]
