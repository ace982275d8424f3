"""no-next-meeting: a note that does not say when the board meets again."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.customs import held, unusual
from rrbnotes.checks.evidence.whereabouts import printed_lines, title_at
from rrbnotes.dates import find_dates
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.reading.roles import Role
from rrbnotes.source import Range


def no_next_meeting(book: Book, today: Date) -> Iterator[Finding]:
    """The next meeting is not announced.

    What is due "at the next meeting" is then due on no day, and nobody can tell that a meeting was missed.

    Bad:
        **Action:** NPS to report at the next meeting.

    Good:
        **Action:** NPS to report at the next meeting.

        Next meeting: 9 February 2026

    Mend:
        End the note with `Next meeting:` and the day. A board whose notes mostly announce none is not told.
    """
    for own in book.boards():
        for one in unusual(held(own, today), lambda minutes: minutes.meeting.next_meeting is not None):
            if not _speaks_of_it(one):
                yield Finding(_at(one), "no next meeting is announced", "add 'Next meeting:' with its day")


_NEXT = re.compile(
    r"\b(?:next|future|following) (?:[\w'’]+ ){0,3}(?:meetings?|calls?|board|session)\b|\bmeet (?:again|next)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(
    r"\btb[acd]\b|\bto be \w+|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day|\bdoodle\b|\bpoll\b|\bweeks?\b|\bmonths?\b"
    r"|\b\d{1,2}(?:[:.]\d\d|st|nd|rd|th)?\b|\bnot (?:yet )?\w+",
    re.IGNORECASE,
)
_LONGEST_HEADING = 40


def _speaks_of_it(minutes: Minutes) -> bool:
    """Whether a note says in other words when the board will meet, or that it is open."""
    sections = minutes.outline.of_role(Role.NEXT_MEETING)
    return any(block.text or block.children for section in sections for block in section.blocks) or any(
        _says_when(line.plain, minutes.meeting.date) for line in printed_lines(minutes)
    )


def _says_when(words: str, day: Date | None) -> bool:
    found = _NEXT.search(words)
    if not found:
        return False
    return "week" in found[0] or bool(find_dates(words, day)) or bool(_WHEN.search(words, found.end()))


def _at(minutes: Minutes) -> Range:
    """The heading or line over nothing, else the title."""
    bare = [
        one for one in printed_lines(minutes) if len(one.plain) < _LONGEST_HEADING and _NEXT.match(one.plain)
    ]
    return minutes.source.whole_line(bare[-1].line) if bare else title_at(minutes)
