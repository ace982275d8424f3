"""Days of the report, each for people and for machines."""

from datetime import date as Date

from rrbnotes.british import day_of_due, long_day
from rrbnotes.model import Due
from rrbnotes.views.board_report.values import Day, When


def day_of(day: Date) -> Day:
    """With `19 November 2019` for people."""
    return Day(day.isoformat(), long_day(day))


def when(due: Due | None) -> When | None:
    """A due date as it is said: its day, the last or first day that the words allow, or the words."""
    if due is None:
        return None
    words, day = day_of_due(due)
    return When(words, day_of(day)) if day else When(words=words)
