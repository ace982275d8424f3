"""What a note says of its meeting: title, date, times, venue, agenda items, and the meeting after it."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.dates import Precision, When, find_dates, find_times
from rrbnotes.model import AgendaItem, NextMeeting
from rrbnotes.reading.blocks import Block, Form
from rrbnotes.reading.headings import Rank
from rrbnotes.reading.markers import is_marked
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text

_HEADER_BLOCKS = 12
"""How many blocks below the title may say when and where the meeting was."""
_NOT_THIS_MEETING = re.compile(r"\b(?:next|previous|last|future|following|minutes of)\b", re.IGNORECASE)
_ABOUT_MEETING = re.compile(r"\b(?:meeting|minutes|held|date|time|when|venue)\b", re.IGNORECASE)
_VENUE_LABEL = re.compile(r"(?:venue|location|place|where)\s*:\s*(.+)", re.IGNORECASE)
_NEXT_IN_TEXT = re.compile(
    r"\bnext (?:\w+ ){0,3}meeting\b(?: date)?\s*(?:will be(?: held)?|is(?: scheduled)?|to be held|:|[-–—]|on|scheduled)",
    re.IGNORECASE,
)
_NAME_DATE = re.compile(r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?!\d)")


def title(outline: Outline) -> str | None:
    """The title in the front matter, else the first heading."""
    heading = next((section.heading for section in outline.of_role(Role.TITLE) if section.heading), None)
    return outline.front.text("title") or (heading.title if heading else None)


def day(outline: Outline, key: str) -> Date | None:
    """The meeting's date: from its title, the lines below it, the front matter or the file's name.

    The front matter's `date` comes late: in notes kept as web pages it is often the day of posting.
    """
    for words in (
        *_header_lines(outline),
        outline.front.text("title"),
        outline.front.text("date", "start", "meeting_date", "when"),
    ):
        found = next(
            (when.earliest for when in find_dates(words, None) if when.precision is Precision.DAY), None
        )
        if found:
            return found
    return _day_in_name(key)


def times_and_venue(outline: Outline) -> tuple[str | None, str | None, str | None]:
    """Start, end and place, from the line that gives the date, a labelled line, or the front matter."""
    start = end = venue = None
    for words in _header_lines(outline):
        label = _VENUE_LABEL.search(words)
        venue = venue or (label[1].strip() if label else _venue(words))
        if not start:
            start, end = find_times(words)
    return start, end, venue or outline.front.text("location", "venue") or None


def items(outline: Outline) -> tuple[AgendaItem, ...]:
    """The agenda items: the numbered headings where there are any, else the headings of the discussion that rank highest."""
    headings = [(s.role, s.heading) for s in outline.sections if s.heading and s.role is not Role.TITLE]
    numbered = [h for _, h in headings if h.number and h.rank <= Rank.MARKED]
    plain = [h for role, h in headings if role is Role.ITEM and h.role is None]
    top = min((h.rank for h in plain), default=0)
    return tuple(
        AgendaItem(h.number, h.title, h.line) for h in numbered or [h for h in plain if h.rank == top]
    )


def next_meeting(outline: Outline, day: Date | None) -> NextMeeting | None:
    """What the section on the next meeting says, else a sentence that announces it."""
    for section in outline.of_role(Role.NEXT_MEETING):
        lines = [line for block in section.blocks for line in _lines(block)]
        title = [Text(section.heading.title, section.heading.line)] if section.heading else []
        for line in (*lines, *title):
            found = _announced(line, day)
            if found:
                return found
    for section in outline.sections:
        for block in section.blocks:
            for line in _lines(block):
                said = _NEXT_IN_TEXT.search(line.plain)
                found = _announced(line.slice(said.start(), said.end() + 120), day) if said else None
                if found:
                    return found
    return None


def _announced(line: Text, day: Date | None) -> NextMeeting | None:
    words = _without_struck(line)
    when = next((when for when in find_dates(words, day) if _is_later_day(when, day)), None)
    if not when:
        return None
    start, end = find_times(words)
    return NextMeeting(when.earliest, start, end, _venue(words), line.line)


def _is_later_day(when: When, day: Date | None) -> bool:
    return when.precision is Precision.DAY and (day is None or when.earliest > day)


def _header_lines(outline: Outline) -> Iterator[str]:
    """The title and the lines below it that say when and where, up to the first section that is something else."""
    seen = 0
    for section in outline.of_role(Role.TITLE):
        if section.heading:
            yield section.heading.title
        for block in section.blocks:
            seen += 1
            if seen > _HEADER_BLOCKS:
                return
            yield from (line for line in _header_words(block) if not _NOT_THIS_MEETING.search(line[:80]))


def _header_words(block: Block) -> Iterator[str]:
    """The lines of a block that may be part of a note's head: no marked action, no sentence about something else."""
    if is_marked(block.text, ()):
        return
    for line in block.text.lines():
        words = line.folded()
        if len(words) <= 400 and (not words.endswith(".") or _ABOUT_MEETING.search(words)):
            yield words
    for row in block.rows:
        words = " | ".join(cell.folded() for cell in row.cells)
        if _ABOUT_MEETING.match(words):
            yield words
    if block.form is not Form.CODE:
        for child in block.children:
            yield from _header_words(child)


def _lines(block: Block) -> Iterator[Text]:
    yield from block.text.lines()
    for row in block.rows:
        yield Text(" | ".join(cell.folded() for cell in row.cells), row.line)
    if block.form is not Form.CODE:
        for child in block.children:
            yield from _lines(child)


def _venue(words: str) -> str | None:
    """Of a line set as `date | place | time`, the part that is neither date nor time."""
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", words)]
    if len(parts) < 2:
        return None
    places = [
        part for part in parts if part and not find_dates(part, None) and find_times(part) == (None, None)
    ]
    return places[0] if places else None


def _day_in_name(key: str) -> Date | None:
    for found in reversed(list(_NAME_DATE.finditer(key))):
        try:
            return Date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError:
            continue
    return None


def _without_struck(line: Text) -> str:
    struck = [span for span in line.spans if span.look == "struck"]
    return "".join(
        " " if any(s.start <= at < s.end for s in struck) else letter for at, letter in enumerate(line.plain)
    )
