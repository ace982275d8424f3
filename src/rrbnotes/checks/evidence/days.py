"""Days in messages, as minutes print them."""

from datetime import date as Date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def day_words(day: Date) -> str:
    """`12 January 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def weekday(day: Date) -> str:
    """`Monday`."""
    return WEEKDAYS[day.weekday()]
