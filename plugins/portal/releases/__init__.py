"""Releases: dated, numbered states of the records that are never changed, and what changed between them."""

from .model import Change, History, Release

__all__ = ["Change", "History", "Release"]
