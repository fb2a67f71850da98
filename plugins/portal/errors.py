"""What can be wrong, and how it is said. No translation here: a Message carries its English sentence and its values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that can be put into any language: an English template and the values in it."""

    template: str
    values: tuple[tuple[str, str | Message], ...] = ()  # a Message is translated too

    def __str__(self) -> str:
        return self.template.format_map({name: str(value) for name, value in self.values})


def say(template: str, **values: object) -> Message:
    """Make a Message. The name is what the translation tools look for."""
    kept = ((name, value if isinstance(value, Message) else str(value)) for name, value in values.items())
    return Message(template, tuple(kept))


def heading(words: str) -> Message:
    """A Message that is no sentence: what stands above something. The translation tools look for this name too."""
    return Message(words)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in the records: where it is, what it is, how to mend it."""

    what: Message
    fix: Message
    file: str | None = None  # below the data folder, with forward slashes
    line: int | None = None  # 1 is the first line of the file
    column: str | None = None  # name of the field
    level: Level = "error"

    def __str__(self) -> str:
        place = [self.file or "", f"line {self.line}" if self.line else ""]
        place.append(f"column {self.column}" if self.column else "")
        where = ", ".join(part for part in place if part)
        return f"{where}: {self.what} {self.fix}" if where else f"{self.what} {self.fix}"


class DataError(Exception):
    """The records cannot be published. Carries every problem that was found."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InputError(Exception):
    """The file or the folder cannot be used. Carries the sentence that says what to do."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


class SettingsError(Exception):
    """A setting of the site is wrong. The message says which one and what to write."""


class BuildError(Exception):
    """The site cannot be written although the records are good. The message says what to do."""
