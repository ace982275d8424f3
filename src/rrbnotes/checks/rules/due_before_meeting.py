"""due-before-meeting: an action that was due before it was agreed."""

import re
from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.british import long_day
from rrbnotes.dates import Precision, find_dates
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Due, Kind
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def due_before_meeting(minutes: Minutes) -> Iterator[Finding]:
    """An action is due on a day before the meeting that agreed it.

    It counts as overdue from the first day. Most often the year is a slip, or the day was left over from another note.

    Bad:
        **Action:** MPS to book the hall by 9 February 2025.

    Good:
        **Action:** MPS to book the hall by 9 February 2026.

    Mend:
        Correct the day. An action of an earlier meeting belongs among the previous actions, with its status.
    """
    day = minutes.meeting.date
    for mention in minutes.meeting.mentions if day else ():
        is_open = mention.status is None or mention.status.outstanding
        due = _day_of(mention.due) if mention.due and is_open and mention.kind is not Kind.REPORTED else None
        if mention.due and day and due and due < day:
            at = minutes.source.words_at(mention.at.line, mention.due.text)
            what = (
                f"{quoted(mention.action)} is due on {long_day(due)}, before this meeting of {long_day(day)}"
            )
            yield Finding(at, what, "correct the day")


_AFTER = re.compile(r"(?:after|from|since|following)\b", re.IGNORECASE)


def _day_of(due: Due) -> Date | None:
    """The one day that due words name; reading takes one before the meeting for words only."""
    if any(due.bounds) or _AFTER.match(due.text):
        return due.date
    days = find_dates(due.text, None)
    return days[0].earliest if len(days) == 1 and days[0].precision is Precision.DAY else None
