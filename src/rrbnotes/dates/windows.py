"""Readers: from the words of a date expression, and the meeting's date, to the days that they allow."""

import calendar
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date as Date
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from rrbnotes.dates.words import COUNTS, MONTHS, WEEKDAYS


class Precision(StrEnum):
    """How narrow a date expression is; only `DAY` fixes one day."""

    DAY = "day"
    WEEK = "week"
    PART_OF_MONTH = "part of month"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    RANGE = "range"


class Window(NamedTuple):
    """The days that an expression allows."""

    earliest: Date
    latest: Date
    precision: Precision


Said = Mapping[str, str]
"""What the named groups of a pattern matched, in lower case; those that matched nothing are missing."""
Reader = Callable[[Said, Date | None], Window | None]
"""Raises ValueError or OverflowError where there are no such days."""

HORIZON = timedelta(days=275)
"""A date without a year lies at most so far ahead: said in September, `in August` is the one that has passed."""

_MONTHS_IN = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.YEAR: 12}
_DAYS_IN = {"day": 1, "week": 7, "fortnight": 14}
_PARTS = {"early": (1, 10), "beginning": (1, 10), "start": (1, 10), "early-mid": (1, 20)}
_PARTS |= {"mid": (11, 20), "middle": (11, 20), "mid-late": (11, 31), "late": (21, 31)}


def in_year(read: Callable[[Said, int], Window]) -> Reader:
    """A calendar date: of the printed year, else of the next one on or after the meeting within the horizon."""

    def reader(said: Said, base: Date | None) -> Window | None:
        if "year" in said:
            return read(said, 0)
        for year in (base.year, base.year + 1) if base else ():
            with suppress(ValueError):  # 29 February
                window = read(said, year)
                if base and window.latest >= base:
                    return window if window.earliest - base <= HORIZON else None
        return None

    return reader


def from_meeting(read: Callable[[Said, Date], Window]) -> Reader:
    """Relative words: nothing without the meeting's date."""
    return lambda said, base: read(said, base) if base else None


def days(said: Said, year: int) -> Window:
    """`12 March`, `12-14 March`, `30 December - 2 January`, `w/c 14 June`, `week ending 20 June`."""
    last = Date(year_of(said, year), month_of(said["month"]), int(said.get("last", said["day"])))
    first = Date(last.year, month_of(said.get("month_before", said["month"])), int(said["day"]))
    if first.month > last.month:
        first = first.replace(year=first.year - 1)
    if first > last:
        raise ValueError(f"{first} is after {last}")
    if "ending" in said:
        return Window(last - timedelta(6), last, Precision.WEEK)
    if "week" in said:
        return Window(first, first + timedelta(6 - first.weekday()), Precision.WEEK)
    return Window(first, last, Precision.DAY if first == last else Precision.RANGE)


def months(said: Said, year: int) -> Window:
    """`March`, `early March`, `the end of March 2020`, `October/November`."""
    window = _period(year_of(said, year), month_of(said["month"]), Precision.MONTH, said)
    if "month_before" not in said:
        return window
    before, last = month_of(said["month_before"]), window.latest
    return Window(Date(last.year - (before > last.month), before, 1), last, Precision.RANGE)


def quarters(said: Said, year: int) -> Window:
    """`Q2`, `end of Q2 2021`."""
    return _period(year_of(said, year), 3 * int(said["quarter"]) - 2, Precision.QUARTER, said)


def years(said: Said, year: int) -> Window:
    """`2021`, `the end of 2021`."""
    return _period(year_of(said, year), 1, Precision.YEAR, said)


def around(said: Said, base: Date) -> Window:
    """`this week`, `next month`, `end of the quarter`; a week ends on Friday for some and on Sunday for others."""
    ahead = said.get("which") == "next"
    if said["unit"] == "week":
        monday = base + timedelta(7 * ahead - base.weekday())
        first = monday + timedelta(4) if said.get("part") == "end" else monday
        return Window(first, monday + timedelta(6), Precision.WEEK)
    precision = Precision(said["unit"])
    length = _MONTHS_IN[precision]
    month = (base.month - 1) // length * length + length * ahead
    return _period(base.year + month // 12, month % 12 + 1, precision, said)


def weekday(said: Said, base: Date) -> Window:
    """`Friday` is the first one after the meeting; `next Friday` that of the week after the meeting's."""
    if "not" in said:
        raise ValueError(f"{said['not']}{said['name']} is not one coming day")
    day = WEEKDAYS.index(said["name"][:3])
    ahead = 7 - base.weekday() + day if said.get("which") == "next" else (day - base.weekday() - 1) % 7 + 1
    return _one_day(base + timedelta(ahead))


def either(said: Said, base: Date) -> Window:
    """`the 9/22 call`: the month comes first where the second number can be none. `the 9/8 call` may be in September or in
    August, and neither is guessed."""
    one, other = int(said["one"]), int(said["other"])
    if (one > 12) is (other > 12):
        raise ValueError(f"{one}/{other} may be two days")
    month, number = (other, one) if one > 12 else (one, other)
    day = Date(base.year, month, number)
    return _one_day(day if day > base else day.replace(year=base.year + 1))


def soon(said: Said, base: Date) -> Window:
    """`today`, `tomorrow`."""
    return _one_day(base + timedelta("tomorrow" in said))


def ahead(said: Said, base: Date) -> Window:
    """`in two weeks`, `in a month`."""
    count = said.get("count", "a")
    number = int(count) if count.isdigit() else COUNTS[count]
    if said["unit"] in _DAYS_IN:
        return _one_day(base + timedelta(number * _DAYS_IN[said["unit"]]))
    end = _month_end(base.year, base.month + number)
    return _one_day(end.replace(day=min(base.day, end.day)))


def within(said: Said, base: Date) -> Window:
    """`within 10 days`, `over the next two weeks`."""
    return Window(base, ahead(said, base).latest, Precision.RANGE)


def year_of(said: Said, year: int) -> int:
    """The printed year, in full, else the given one."""
    digits = said.get("year", str(year)).strip("'")
    return int(digits) + (0 if len(digits) > 2 else 2000 if digits < "70" else 1900)


def month_of(name: str) -> int:
    """The number of a month by its name, its start, or its digits, whatever they say."""
    return int(name) if name.isdigit() else MONTHS.index(name[:3]) + 1


def _month_end(year: int, month: int) -> Date:
    """The last day of a month; month 13 is the January after."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return Date(year, month, calendar.monthrange(year, month)[1])


def _one_day(day: Date) -> Window:
    return Window(day, day, Precision.DAY)


def _period(year: int, month: int, precision: Precision, said: Said) -> Window:
    """The period that begins with this month. Its end is one day; its other parts are agreed for months only."""
    first, last = Date(year, month, 1), _month_end(year, month + _MONTHS_IN[precision] - 1)
    part = re.sub(r"[- ](?:to[- ])?", "-", said.get("part", ""))
    if part == "end":
        return _one_day(last)
    if part and precision is Precision.MONTH:
        start, end = _PARTS[part]
        return Window(
            first.replace(day=start), first.replace(day=min(end, last.day)), Precision.PART_OF_MONTH
        )
    return Window(first, last, precision)
