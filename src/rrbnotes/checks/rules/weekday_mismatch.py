"""weekday-mismatch: a weekday and a date that do not go together."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date as Date

from rrbnotes.british import WEEKDAYS, long_day, weekday
from rrbnotes.checks.evidence.whereabouts import printed_lines
from rrbnotes.dates import Precision, When, find_dates
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted


def weekday_mismatch(minutes: Minutes) -> Iterator[Finding]:
    """A date is printed with a weekday on which it does not fall.

    Some will come on the day and some on the weekday. One of the two is a slip.

    Bad:
        Next meeting: Tuesday 9 February 2026

    Good:
        Next meeting: Monday 9 February 2026

    Mend:
        Look the day up and correct the one that is wrong.
    """
    for line, words in dict.fromkeys(_dated(minutes)):
        for when in find_dates(words, minutes.meeting.date):
            printed = words[when.start : when.end]
            if when.precision is Precision.DAY and not _fits(when, printed, minutes.meeting.date):
                wrong = WEEKDAYS[when.weekday_says or 0]
                what = f"{long_day(when.earliest)} is a {weekday(when.earliest)}, not a {wrong}"
                at = minutes.source.words_at(line, printed)
                yield Finding(at, f"{quoted(printed)}: {what}", "correct the weekday or the day")


_HEAD = 12
"""Lines that may give the meeting's own date."""


def _dated(minutes: Minutes) -> Iterator[tuple[int, str]]:
    """The words that say when the meeting was, when the next is, and when actions are due."""
    meeting, last = minutes.meeting, minutes.outline.front.end + _HEAD
    after = meeting.next_meeting.line if meeting.next_meeting else 0
    for line in printed_lines(minutes):
        is_near = line.line <= last or line.line == after
        if is_near and _WEEKDAY.search(line.plain):
            days = {when.earliest for when in find_dates(line.plain, meeting.date)}
            if line.line == after or meeting.date in days:
                yield line.line, line.plain
    for mention in meeting.mentions:
        if mention.due and mention.kind is not Kind.REPORTED and _WEEKDAY.search(mention.due.text):
            yield mention.at.line, mention.due.text


_WEEKDAY = re.compile("|".join(day[:3] for day in WEEKDAYS), re.IGNORECASE)
"""Words without one have nothing that could be wrong, and need not be searched for dates."""
_NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d")


def _fits(when: When, printed: str, base: Date | None) -> bool:
    """Whether a weekday is right, or may be: without a year that of the meeting and the next count, and of numbers either
    may be the month."""
    day = when.earliest
    years = (day.year,) if when.has_year or base is None else (base.year, base.year + 1)
    numbers = _NUMBERS.search(printed)
    swapped = [(int(numbers[1]), int(numbers[2]))] if numbers else []
    for year in years:
        for month, number in ((day.month, day.day), *swapped):
            with suppress(ValueError):  # 29 February, or no month
                if Date(year, month, number).weekday() == when.weekday_says:
                    return True
    return when.weekday_says is None
