"""Days in the words of a British paper."""

from datetime import date as Date

from rrbnotes.model import Due
from rrbnotes.views.board_report.values import Day, When

_MONTHS = "January February March April May June July August September October November December".split()


def day_of(day: Date) -> Day:
    """`19 November 2019`, whatever the locale."""
    return Day(day.isoformat(), f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


def month_of(day: Date) -> str:
    """`Nov 2019`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def when(due: Due | None) -> When | None:
    """A due date as it is said: its day, the last or first day that the words allow, or the words."""
    if due is None:
        return None
    if due.date:
        return When(day=day_of(due.date))
    if due.latest:
        return When("by", day_of(due.latest))
    return When("after", day_of(due.not_before)) if due.not_before else When(words=due.recurs or due.text)
