"""Days that stand in no calendar: `30 February`, `31/06/2026`."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date as Date
from typing import NamedTuple

from rrbnotes.dates.expressions import Found, find
from rrbnotes.dates.windows import Said, month_of, year_of
from rrbnotes.dates.words import MONTHS, plain


class Impossible(NamedTuple):
    """A date that cannot be, at its place in the text."""

    start: int
    end: int
    month: int
    days: int
    """So many the month has, in the longest of the years that may be meant."""


_LEAP = 2024
"""Stands for a year that nothing tells, so that 29 February is possible."""


def find_impossible(text: str, base: Date | None) -> list[Impossible]:
    """The dates of a text that no calendar has, in reading order. Where no year is printed, that of the meeting and the next
    may be meant. `00/00/2026` was left to be filled in, and `12/13/2026` is a day in another order: neither is such a slip."""
    return [slip for found in find(plain(text)) if found.form.name == "day" for slip in _slips(found, base)]


def _slips(found: Found, base: Date | None) -> Iterator[Impossible]:
    """The first of its days that cannot be."""
    years = _years(found.said, base)
    for day, month in _days(found.said):
        most = max(monthrange(year, month)[1] for year in years) if 1 <= month <= len(MONTHS) else day
        if day > most:
            yield Impossible(found.start, found.end, month, most)
            return


def _days(said: Said) -> Iterator[tuple[int, int]]:
    """The day and the month of each end of a date: `30 May - 2 June` has two."""
    if "month" in said:
        yield int(said["day"]), month_of(said.get("month_before", said["month"]))
        yield int(said.get("last", said["day"])), month_of(said["month"])


def _years(said: Said, base: Date | None) -> tuple[int, ...]:
    if "year" in said:
        return (year_of(said, 0),)
    return (base.year, base.year + 1) if base else (_LEAP,)
