"""impossible-date: a day that no calendar has."""

from collections.abc import Iterator

from rrbnotes.british import month_name
from rrbnotes.checks.evidence.whereabouts import lines_of
from rrbnotes.dates import find_impossible
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.roles import Role
from rrbnotes.reading.text import Text


def impossible_date(minutes: Minutes) -> Iterator[Finding]:
    """A date names a day that there is not.

    It is kept as words only: an action due on such a day is never overdue, and a meeting on such a day has no date.

    Bad:
        **Action:** MPS to book the hall by 30 February.

    Good:
        **Action:** MPS to book the hall by 28 February.

    Mend:
        Look the day up and correct it.
    """
    found = {
        (line, words[slip.start : slip.end]): slip
        for line, words in _dated(minutes)
        for slip in find_impossible(words, minutes.meeting.date)
    }
    for (line, printed), slip in found.items():
        at = minutes.source.words_at(line, printed)
        why = f"{month_name(slip.month)} has {slip.days} days"
        yield Finding(at, f"{quoted(printed)} is no day: {why}", "correct the day")


_HEAD = 12
"""Lines that may give the meeting's own date."""


def _dated(minutes: Minutes) -> Iterator[tuple[int, str]]:
    """The words that say when the meeting was, when the next is, and when actions are due."""
    last = minutes.outline.front.end + _HEAD
    for line in _lines(minutes, Role.TITLE):
        if line.line <= last and not line.plain.endswith("."):
            yield line.line, line.plain
    for line in _lines(minutes, Role.NEXT_MEETING):
        yield line.line, line.plain
    for mention in minutes.meeting.mentions:
        if mention.kind is not Kind.REPORTED and not mention.echoes:
            yield mention.at.line, mention.text
            yield mention.at.line, mention.due.text if mention.due else ""


def _lines(minutes: Minutes, role: Role) -> Iterator[Text]:
    for section in minutes.outline.of_role(role):
        if section.heading:
            yield Text(section.heading.title, section.heading.line)
        for block in section.blocks:
            yield from lines_of(block)
