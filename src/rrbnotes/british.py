"""Days and deadlines as a British paper prints them, whatever the locale."""

from collections.abc import Callable, Mapping
from datetime import date as Date

from rrbnotes.model import Due

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def long_day(day: Date) -> str:
    """`12 January 2026`."""
    return f"{day.day} {month_name(day.month)} {day.year}"


def month_name(month: int) -> str:
    """`January` for 1."""
    return _MONTHS[month - 1]


def short_day(day: Date) -> str:
    """`12 Jan 2026`."""
    return f"{day.day} {short_month(day)}"


def short_month(day: Date) -> str:
    """`Jan 2026`."""
    return f"{_MONTHS[day.month - 1][:3]} {day.year}"


def weekday(day: Date) -> str:
    """`Monday`."""
    return WEEKDAYS[day.weekday()]


DAYS: Mapping[str, Callable[[Date], str]] = {"iso": Date.isoformat, "british": short_day}
"""How tables may write a day, by the words of the settings."""


def day_of_due(due: Due) -> tuple[str, Date | None]:
    """The day with the word that stands before it, `by` or `after`; where the words fix no day, the words alone."""
    if due.date:
        return "", due.date
    if due.latest:
        return "by", due.latest
    return ("after", due.not_before) if due.not_before else (due.recurs or due.text, None)


def long_due(due: Due | None) -> str:
    """`19 November 2019`, `by 30 November 2019`, `after 27 September 2019`, `quarterly`, or the printed words."""
    words, day = day_of_due(due) if due else ("", None)
    return f"{words} {long_day(day)}".strip() if day else words
