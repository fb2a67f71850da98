"""The calendar of deadlines, read back by an independent program."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import icalendar
import pytest

from portal.calendar import LINE_END, deadlines
from portal.errors import Message
from portal.i18n import Translations
from portal.model import Call
from portal.text import Day, Text
from portal.validate import Tables
from tests.exports_of_tiny import tiny_job

DAY = date(2025, 2, 1)
WORDS = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Held by: {organization}"
msgstr "De: {organization}"
"""


@pytest.fixture(scope="module")
def calls(tables: Tables, tmp_path_factory: pytest.TempPathFactory) -> tuple[Call, ...]:
    return tiny_job(tables, tmp_path_factory.mktemp("words")).portal.catalog.calls


def calendar_of(calls: Any, language: str = "en", **changes: Any) -> str:
    given: dict[str, Any] = {"name": "Deadlines, and more", "package": "fantazia", "day": DAY, "words": str}
    return deadlines(calls, language, **{**given, **changes})


def events(text: str) -> list[Any]:
    """The events, by the icalendar package."""
    calendar = icalendar.Calendar.from_ical(text)
    assert [part.errors for part in calendar.walk()] == [[]] * len(calendar.walk())
    return list(calendar.walk("VEVENT"))


def test_every_exact_deadline_is_a_whole_day_in_order(calls: tuple[Call, ...]) -> None:
    found = events(calendar_of(calls))
    assert [(event["UID"], event["DTSTART"].dt, event["SUMMARY"]) for event in found] == [
        ("call-C-2023@fantazia", date(2023, 2, 10), "Applications close: Kite call 2023"),
        ("call-C-2024@fantazia", date(2024, 2, 15), "Applications close: Kite call 2024"),
        ("call-C-harbour@fantazia", date(2025, 12, 31), "Applications close: Who will mend the old pier?"),
    ]
    assert [event["DTSTAMP"].dt for event in found] == [datetime(2025, 2, 1, tzinfo=UTC)] * 3
    assert (
        found[2]["DESCRIPTION"]
        == "Held by: Council of Harbour Town\nProgram: Trankvila haveno\nThe council takes applications on paper."
    )


@pytest.mark.parametrize("deadline", [None, Day("2025"), Day("2025-12")])
def test_a_deadline_known_to_the_month_is_left_out(deadline: Day | None, calls: tuple[Call, ...]) -> None:
    changed = [replace(call, deadline=deadline) if call.id == "C-2024" else call for call in calls]
    assert [event["UID"] for event in events(calendar_of(changed))] == [
        "call-C-2023@fantazia",
        "call-C-harbour@fantazia",
    ]


def test_the_text_is_in_the_language_of_the_reader(calls: tuple[Call, ...], tmp_path: Path) -> None:
    (tmp_path / "eo.po").write_text(WORDS, encoding="utf-8")
    translations = Translations(tmp_path)

    def words(message: Message) -> str:
        return translations.message("eo", message)

    first = events(calendar_of(calls, "eo", words=words))[0]
    assert (first["SUMMARY"], first["SUMMARY"].params) == (
        "Applications close: Konkurso de kajtoj 2023",
        {"LANGUAGE": "eo"},
    )
    assert first["DESCRIPTION"].splitlines() == [
        "De: Ministerio pri Kajtoj",
        "Program: Kajtoj por ĉiuj",
        "Pli da kajtoj",
    ]


def test_the_page_is_linked_when_its_address_is_known(calls: tuple[Call, ...]) -> None:
    assert "URL" not in calendar_of(calls)
    found = events(calendar_of(calls, address=lambda call: f"https://fantazia.example/en/calls/{call.id}.html"))
    assert found[0]["URL"] == "https://fantazia.example/en/calls/C-2023.html"


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("a, b; c \\ d: e", "a, b; c \\ d: e"),
        ("one\r\ntwo\rthree\n", "one\ntwo\nthree\n"),
        ("bell\x07", "bell"),
        ("Ы" * 200 + "🪁" * 50, "Ы" * 200 + "🪁" * 50),
        ("\\n is not a line break", "\\n is not a line break"),
    ],
)
def test_text_comes_back_as_it_was(words: str, read: str, calls: tuple[Call, ...]) -> None:
    text = calendar_of([replace(calls[0], title=Text.of({"en": words}))], name=words)
    assert events(text)[0]["SUMMARY"] == f"Applications close: {read}"


def test_marks_that_divide_values_are_escaped(calls: tuple[Call, ...]) -> None:
    text = calendar_of([replace(calls[0], title=Text.of({"en": "a,b;c\\d:e\n"}))], name="x,y")
    assert "SUMMARY;LANGUAGE=en:Applications close: a\\,b\\;c\\\\d:e\\n\r\n" in text
    assert "\r\nX-WR-CALNAME:x\\,y\r\n" in text


def test_lines_end_and_are_folded_as_the_standard_demands(calls: tuple[Call, ...]) -> None:
    titles = [Text.of({"en": "x" * length + "ĉ🪁" * 60}) for length in range(80)]
    text = calendar_of([replace(calls[0], title=title, id=f"C-{number}") for number, title in enumerate(titles)])
    assert text.endswith(f"END:VCALENDAR{LINE_END}")
    assert text.replace(LINE_END, "").isprintable()
    lengths = [len(line.encode()) for line in text.split(LINE_END)]
    assert max(lengths) == 75
    assert [event["SUMMARY"].partition(": ")[2] for event in sorted(events(text), key=number_of)] == [
        title.words("en") for title in titles
    ]


def number_of(event: Any) -> int:
    """Of the call in the test above."""
    return int(event["UID"].partition("@")[0].removeprefix("call-C-"))


def test_a_calendar_without_deadlines_is_still_one(calls: tuple[Call, ...]) -> None:
    text = calendar_of(replace(call, deadline=None) for call in calls)
    assert events(text) == []
    assert list(components(text)) == ["VTIMEZONE", "STANDARD"]


def components(text: str) -> Iterator[str]:
    for part in icalendar.Calendar.from_ical(text).walk():
        if part.name != "VCALENDAR":
            yield str(part.name)


def test_the_same_calls_make_the_same_text_in_any_order(calls: tuple[Call, ...]) -> None:
    assert calendar_of(calls) == calendar_of(reversed(calls))
