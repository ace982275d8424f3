"""due-before-meeting: an action that was due before it was agreed."""

from collections.abc import Iterator

from rrbnotes.checks.days import day_words
from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes


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
    for mention in minutes.meeting.mentions:
        due = mention.due.date if mention.due else None
        is_open = mention.status is None or mention.status.outstanding
        if mention.due and day and due and due < day and mention.kind is not Kind.REPORTED and is_open:
            at = minutes.source.words_at(mention.at.line, mention.due.text)
            what = f"{quoted(mention.action)} is due on {day_words(due)}, before this meeting of {day_words(day)}"
            yield Finding(at, what, "correct the day")
