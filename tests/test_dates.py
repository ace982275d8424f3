"""The grammar of dates: readable cases, and laws that hold for any text and any date."""

import time
from collections.abc import Callable
from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it.utils import read_fixture_file

from rrbnotes.dates import Precision, When, find_dates, find_times, read_due, read_due_cell, strip_due
from rrbnotes.model import Due

CASES = Path(__file__).parent / "cases" / "dates"
BASE = Date(2019, 9, 9)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = "January February March April May June July August September October November December".split()


def show_dates(text: str, base: Date | None, next_meeting: Date | None) -> str:
    return "\n".join(show_when(text, when) for when in find_dates(text, base)) or "none"


def show_when(text: str, when: When) -> str:
    days = str(when.earliest)
    if when.precision is not Precision.DAY:
        days += f" to {when.latest}, {when.precision}"
    year = ", names the year" if when.has_year else ""
    says = "" if when.weekday_says is None else f", says {WEEKDAYS[when.weekday_says]}"
    return f"{text[when.start : when.end]}: {days}{year}{says}"


def show_due(due: Due | None) -> str:
    if due is None:
        return "none"
    fields = {"date": due.date, "latest": due.latest, "not before": due.not_before, "recurs": due.recurs}
    shown = [f"{name}: {value}" for name, value in fields.items() if value]
    return "\n".join([*shown, f"text: {due.text}"])


def show_times(text: str, base: Date | None, next_meeting: Date | None) -> str:
    return " to ".join(time for time in find_times(text) if time) or "none"


SHOWN: dict[str, Callable[[str, Date | None, Date | None], str]] = {
    "dates": show_dates,
    "deadlines": lambda *known: show_due(read_due(*known)),
    "no-deadlines": lambda *known: show_due(read_due(*known)),
    "cells": lambda *known: show_due(read_due_cell(*known)),
    "stripped": lambda text, *_: strip_due(text),
    "times": show_times,
}
"""What the cases of a file show."""


def cases() -> list[object]:
    return [
        pytest.param(path.stem, given, expected, id=f"{path.name}:{line}:{title}")
        for path in sorted(CASES.glob("*.md"))
        for line, title, given, expected in read_fixture_file(path)
    ]


@pytest.mark.parametrize(("shown", "given", "expected"), cases())
def test_case(shown: str, given: str, expected: str) -> None:
    lines = given.splitlines()
    known = {"base": None, "next": None} | {
        name: Date.fromisoformat(value)
        for name, _, value in (line.partition(": ") for line in lines)
        if name in ("base", "next")
    }
    text = "\n".join(line for line in lines if line.partition(": ")[0] not in known)
    assert SHOWN[shown](text, known["base"], known["next"]) == expected.rstrip("\n")


def test_every_file_of_cases_is_shown() -> None:
    assert {path.stem for path in CASES.glob("*.md")} == set(SHOWN)


@pytest.mark.parametrize("text", ["", " ", "-", "–", ".", "n/a", "N/A", "()", "None", "\t\n"])
def test_a_cell_that_says_nothing_is_no_deadline(text: str) -> None:
    assert read_due_cell(text, BASE, None) is None


# Laws.

some_dates = st.dates(Date(1990, 1, 1), Date(2068, 12, 31))
bases = st.one_of(st.none(), st.dates(), st.sampled_from([Date.min, Date.max, BASE]))
PIECES = (
    "by before until due after from on in at the of next this end mid- early week month quarter year meeting Board agenda "
    "May March Mar. Sept Jan 27th 27 th 31 30 29 February 2020 '19 12/03/2020 2019-09-09.3 2026-02-30 0000-01-01 9999-12-31 "
    "w/c Q2 Friday next tomorrow in two weeks within 10 days 10:00 10.00 – 7.30pm noon ASAP quarterly , . ( ) : 's ſept Aprıl"
).split(" ")
texts = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map(" ".join), st.lists(st.sampled_from(PIECES)).map("".join)
)


@given(texts, bases, bases)
def test_any_text_is_read(text: str, base: Date | None, next_meeting: Date | None) -> None:
    end = 0
    for when in find_dates(text, base):
        assert end <= when.start < when.end <= len(text)
        assert when.earliest <= when.latest
        assert (when.earliest == when.latest) == (when.precision is Precision.DAY) or when.latest in (
            Date.min,
            Date.max,
        )
        assert base is not None or when.has_year
        end = when.end
    due = read_due(text, base, next_meeting)
    assert due is None or (due.text in " ".join(text.split()) and not (due.date and due.latest))
    assert due is None or base is None or due.deadline is None or due.deadline >= base
    read_due_cell(text, base, next_meeting)
    find_times(text)


@given(texts)
def test_stripping_adds_nothing(text: str) -> None:
    rest = iter(text)
    assert all(letter in rest for letter in strip_due(text).replace(" ", ""))


@given(some_dates)
def test_every_spelling_of_a_date_reads_back(day: Date) -> None:
    month = MONTHS[day.month - 1]
    spellings = (
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day}/{day.month}/{day.year % 100:02}",
        f"{day.day} {month} {day.year}",
        f"the {ordinal(day.day)} of {month}, {day.year}",
        f"{month[:3]}. {day.day} {day.year}",
        f"{WEEKDAYS[day.weekday()]} {day.day}-{month[:3]}-{day.year}",
    )
    for spelling in spellings:
        (when,) = find_dates(f"Minutes: {spelling}, at the hall", None)
        known = (when.earliest, when.latest, when.precision, when.has_year)
        assert known == (day, day, Precision.DAY, True), spelling
        assert when.weekday_says in (None, day.weekday())


@given(some_dates, st.integers(0, 270))
def test_a_date_without_a_year_is_the_next_one(base: Date, ahead: int) -> None:
    day = Date.fromordinal(base.toordinal() + ahead)
    (when,) = find_dates(f"{day.day} {MONTHS[day.month - 1]}", base)
    assert (when.earliest, when.has_year) == (day, False)


def ordinal(day: int) -> str:
    return f"{day}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10 if day not in (11, 12, 13) else 0, 'th') }"


ATTACKS = (
    " ", "1", "1 ", "a ", ".", "-", "'", "( ", "by ", "by the ", "March ", "Mar. ", "12 March ", "12 - 12 March - ", "12/03/",
    "1/", "1-", "2019-", "end of the ", "mid-", "w/c ", "Monday ", "in the next ", "before a b c d ", "after the x y in ",
    "by the next board board board ", "on the May agenda ", "in time for ", "next Friday: 27 March (", "10.00 - ", "10:00", "1 am - ",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_text_takes_no_longer_than_another(attack: str) -> None:
    text = attack * (50_000 // len(attack))
    start = time.perf_counter()
    find_dates(text, BASE)
    read_due(text, BASE, None)
    find_times(text)
    assert time.perf_counter() - start < 10  # about half a second; a quadratic pattern takes minutes
