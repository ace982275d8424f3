"""no-date: a meeting of which nobody can tell when it was."""

from collections.abc import Iterator
from datetime import date as Date

from rrbnotes.checks.evidence.whereabouts import printed_lines, title_at
from rrbnotes.dates import Precision, find_dates
from rrbnotes.diagnostics import Finding
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.text import Text


def no_date(minutes: Minutes) -> Iterator[Finding]:
    """No date can be read for the meeting, neither in the note nor in the name of its file.

    Its actions cannot be put in order with those of other meetings: it is not known what came first, whether something is
    overdue, or what the last meeting left open. So its actions join nothing.

    Bad:
        == january.md
        # Board meeting

        **Action:** MPS to book the hall.

    Good:
        == january.md
        # Board meeting, 12 January 2026

        **Action:** MPS to book the hall.

    Mend:
        Write the day with its year into the title or right below it, or name the file after it: `2026-01-12.md`. A page that is
        no note of a meeting is better left out with `exclude` in the settings.
    """
    if minutes.meeting.date is not None:
        return
    at, words = title_at(minutes), _without_year(minutes)
    if words:
        what = f"no date can be read for the meeting: {quoted(words.plain)} names no year"
        yield Finding(minutes.source.words_at(words.line, words.plain), what, "add the year")
        return
    what = "no date can be read for the meeting, neither here nor in the file's name"
    yield Finding(at, what, "write the day with its year into the title")


_SOME_DAY = Date(2024, 1, 1)
"""Of a leap year, and at the beginning of it."""
_HEAD = 6
"""Lines that may say when the meeting was."""


def _without_year(minutes: Minutes) -> Text | None:
    """The words of a day without its year in the note's first lines."""
    for _, line in zip(range(_HEAD), printed_lines(minutes), strict=False):
        for when in find_dates(line.plain, _SOME_DAY):
            words = line.slice(when.start, when.end)
            is_day = when.precision is Precision.DAY and any(map(str.isdigit, words.plain))
            if is_day and not when.has_year:
                return words
    return None
