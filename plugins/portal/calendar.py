"""The deadlines of calls as a calendar (iCalendar, RFC 5545) that a phone or a mail program subscribes to.

Text only: which file it stands in, and at which address, is the business of the caller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from .errors import Message, say
from .model import Call

MEDIA_TYPE = "text/calendar"
LINE_END = "\r\n"
LONGEST = 75  # octets in a line, without its end
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
LINE_BREAK = re.compile("\r\n|\r|\n")
# A calendar must have a component. One without deadlines has this, so that a subscription to it does not break.
NO_DEADLINES = (
    "BEGIN:VTIMEZONE",
    "TZID:UTC",
    "BEGIN:STANDARD",
    "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000",
    "TZOFFSETTO:+0000",
    "END:STANDARD",
    "END:VTIMEZONE",
)


def deadlines(
    calls: Iterable[Call],
    language: str,
    *,
    name: str,
    package: str,
    day: date,
    words: Callable[[Message], str],
    address: Callable[[Call], str] | None = None,
) -> str:
    """A calendar with a whole-day event for each call whose deadline is an exact day, in the order of the deadlines.

    `name` is that of the calendar in the language, `package` that of the data, which makes the events' identifiers the
    same in every language and version; `day` is the date of the data; `words` puts a sentence into the language;
    `address` is the page of a call in full, None when the address of the site is not known.
    """
    dated = [(call.deadline.first, call) for call in calls if call.deadline and call.deadline.is_exact]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Ashar//{_escaped(package)}//{_tag(language).upper()}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"NAME:{_escaped(name)}",
        f"X-WR-CALNAME:{_escaped(name)}",  # what most programs read in place of NAME
    ]
    for deadline, call in sorted(dated, key=lambda one: (one[0], one[1].id)):
        lines += [
            "BEGIN:VEVENT",
            f"UID:call-{_escaped(call.id)}@{_escaped(package)}",
            f"DTSTAMP:{day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{deadline:%Y%m%d}",  # without an end it lasts the day
            *_texts(call, language, words),
            *([f"URL:{address(call)}"] if address else []),
            "TRANSP:TRANSPARENT",  # nobody is busy because of a deadline
            "END:VEVENT",
        ]
    if not dated:
        lines += NO_DEADLINES
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}{LINE_END}" for line in lines for folded in _folded(line))


def _texts(call: Call, language: str, words: Callable[[Message], str]) -> Iterator[str]:
    title = call.title.words(language) or call.id
    summary = words(say("Applications close: {call}", call=title))
    description = "\n".join(_description(call, language, words))
    yield f"SUMMARY;LANGUAGE={_tag(language)}:{_escaped(summary)}"
    yield f"DESCRIPTION;LANGUAGE={_tag(language)}:{_escaped(description)}"


def _description(call: Call, language: str, words: Callable[[Message], str]) -> Iterator[str]:
    yield words(say("Held by: {organization}", organization=call.customer.name.words(language) or call.customer.id))
    if call.program:
        yield words(say("Program: {program}", program=call.program.name.words(language) or call.program.id))
    for text in (call.aim, call.stage_note):
        if text:
            yield text.words(language)


def _tag(language: str) -> str:
    """The code of a language as the web writes it: Babel's zh_Hans is zh-Hans there."""
    return language.replace("_", "-")


def _escaped(text: str) -> str:
    """A value of type TEXT."""
    text = UNSHOWABLE.sub("", text)
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return LINE_BREAK.sub(r"\\n", text)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most LONGEST octets, each but the first after a space; no character is cut."""
    start, size, room = 0, 0, LONGEST
    for position, character in enumerate(line):
        octets = len(character.encode())
        if size + octets > room:
            yield (" " if start else "") + line[start:position]
            start, size, room = position, 0, LONGEST - 1
        size += octets
    yield (" " if start else "") + line[start:]
