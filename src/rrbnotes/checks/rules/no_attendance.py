"""no-attendance: a note in which nobody is listed as attending."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.customs import held, unusual
from rrbnotes.checks.evidence.whereabouts import printed_lines, title_at
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.reading.roles import Role
from rrbnotes.source import Range


def no_attendance(book: Book, today: Date) -> Iterator[Finding]:
    """Nobody is listed as attending.

    Whether the meeting was quorate, and who heard what was agreed, cannot be told later.

    Bad:
        # Board meeting, 12 January 2026

        NPS reported on the pilot.

    Good:
        # Board meeting, 12 January 2026

        Present: MOPAC, MPS, NPS

        NPS reported on the pilot.

    Mend:
        List who was there below the title: `Present: MOPAC, MPS, NPS`. A board that mostly keeps no such list is not told.
    """
    for own in book.boards():
        for one in unusual(held(own, today), lambda minutes: bool(minutes.meeting.attended)):
            if not _may_list(one):
                yield Finding(_at(one), "nobody is listed as attending", "list who was there: 'Present: …'")


_HEADING = re.compile(r"\b(?:attend|present\b|participa|roll[- ]?call|joined)", re.IGNORECASE)
_NAME = re.compile(r"@[\w-]+|[A-Z][\w.'’-]+ [A-Z][\w.'’-]*")
_BELOW = 8
"""Lines behind such a heading; two names among them are a list."""


def _may_list(minutes: Minutes) -> bool:
    """Whether there may be a list that was not read as one: a heading of the kind with names below it."""
    lines = [line.plain for line in printed_lines(minutes)]
    heads = (n for n, words in enumerate(lines, 1) if len(words) < 60 and _HEADING.search(words))
    return any(sum(bool(_NAME.match(words)) for words in lines[n : n + _BELOW]) > 1 for n in heads)


def _at(minutes: Minutes) -> Range:
    """The heading of the empty list, else the title."""
    lists = minutes.outline.of_role(Role.ATTENDANCE)
    heading = next((one.heading for one in lists if one.heading), None)
    return minutes.source.whole_line(heading.line) if heading else title_at(minutes)
