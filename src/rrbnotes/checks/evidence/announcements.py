"""What became of the next meetings that notes announce: those of which no note has the day."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from statistics import median_low

from rrbnotes.book import UNREADABLE
from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.whereabouts import printed_lines, said
from rrbnotes.notebook import Minutes
from rrbnotes.reading.facts import day_in_name
from rrbnotes.source import Range

_TOLD = re.compile(
    r"\b(?:cancell?(?:ed|ing|ation)|postponed|re-?scheduled|called off|moved|brought forward|delayed|did not take place)\b",
    re.IGNORECASE,
)
_LAST_MEETING = re.compile(r"\b(?:last|previous) (?:\w+ ){0,2}(?:meeting|call)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Missed:
    """A day that a note announces for the next meeting and that no note has."""

    announced_by: Minutes
    day: Date
    after: Minutes
    """The note of the next meeting that took place near that day or later."""
    has_moved: bool
    """That meeting is so near to the day that it is the announced one; else its note is missing."""

    @property
    def announced_at(self) -> Range:
        """Where the day is announced."""
        source, after = self.announced_by.source, self.announced_by.meeting.next_meeting
        line = after.line if after else 1
        words = next(
            (said(t.plain, self.day) for t in printed_lines(self.announced_by) if t.line == line), ""
        )
        return source.words_at(line, words)


def missed(book: Book, today: Date) -> Iterator[Missed]:
    """The announced days that have passed without a note, though a later meeting has one."""
    unread = {
        day_in_name(one.path.removesuffix(".md"))
        for one in book.notebook.diagnostics
        if one.name in UNREADABLE
    }
    for own in book.boards():
        days = unread | days_of(own)
        dated = [one for one in own if one.meeting.date]
        usual = _usual_interval(dated)
        for day, one in announced(dated).items():
            found = _missed(one, day, dated, usual) if day not in days and day <= today else None
            if found and not _is_told(found):
                yield found


def days_of(own: Sequence[Minutes]) -> set[Date | None]:
    """The days of a board's meetings, by their notes and by the names of the files."""
    return {one.meeting.date for one in own} | {day_in_name(one.meeting.key) for one in own}


def announced(dated: Sequence[Minutes]) -> dict[Date, Minutes]:
    """The days that notes announce, each with the last note that does."""
    found: dict[Date, Minutes] = {}
    for one in dated:
        after = one.meeting.next_meeting
        if after and after.date and one.meeting.date and after.date > one.meeting.date:
            found[after.date] = one
    return found


def _usual_interval(dated: Sequence[Minutes]) -> timedelta:
    """How far ahead the board mostly announces its next meeting: a meeting so much later is the one after that."""
    ahead = (day - one.meeting.date for day, one in announced(dated).items() if one.meeting.date)
    return median_low(tuple(ahead) or (timedelta(),))


def _missed(one: Minutes, day: Date, dated: Sequence[Minutes], usual: timedelta) -> Missed | None:
    """What came instead, unless a meeting in between announced another day."""
    start = one.meeting.date or day
    half = min(day - start, usual) / 2
    for other in dated:
        held = other.meeting.date or start
        if held <= start:
            continue
        if day - held < half:
            return Missed(one, day, other, held - day < half)
        if other.meeting.next_meeting:
            return None
    return None


def _is_told(one: Missed) -> bool:
    """Whether the notes say so themselves: the announcement names the other day too, or the later note tells that the
    meeting was cancelled or moved."""
    line, held = one.announced_at.line, one.after.meeting.date or one.day
    near = (text for text in printed_lines(one.announced_by) if abs(text.line - line) <= _NEAR)
    return any(said(text.plain, held) for text in near) or any(
        _TOLD.search(text.plain) and (said(text.plain, one.day) or _LAST_MEETING.search(text.plain))
        for text in printed_lines(one.after)
    )


_NEAR = 2
"""Lines beside the announcement that may name another day in its stead."""
