"""The figures of a board in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, TypedDict

from rrbnotes.views.fields.nouns import Day


class SpreadRecord(TypedDict):
    """The middle of some numbers."""

    of: Annotated[int, "How many numbers."]
    lower: Annotated[float, "A quarter of them lies below it."]
    median: Annotated[float, "A half of them lies below it."]
    upper: Annotated[float, "A quarter of them lies above it."]


class TimeRecord(TypedDict):
    """How long actions took to end in one way; null where none did."""

    meetings: Annotated[SpreadRecord | None, "In meetings."]
    days: Annotated[SpreadRecord | None, "In days."]


class FinishedRecord(TypedDict):
    """How many actions are finished."""

    finished: Annotated[int, "How many are finished."]
    complete: Annotated[int, "Of these: done."]
    closed: Annotated[int, "Of these: ended undone."]
    rate: Annotated[
        float | None, "The part of all actions that is finished, from 0 to 1; null where there is none."
    ]


class ClosureRecord(FinishedRecord):
    """How actions end."""

    finished_where_raised: Annotated[int, "The note that raises them has them finished already."]
    to_close: Annotated[TimeRecord, "To end in any way."]
    to_complete: Annotated[TimeRecord, "To be done."]
    to_close_undone: Annotated[TimeRecord, "To end undone."]


class ShareRecord(FinishedRecord):
    """What one owner has."""

    owner: Annotated[str | None, "Null for the actions that nobody owns."]
    actions: Annotated[int, "How many it has or had."]
    outstanding: Annotated[int, "How many it still has to do."]
    overdue: Annotated[int, "How many of these are overdue."]
    rolled_over: Annotated[int, "How many of these were rolled over."]


class SinceRecord(TypedDict):
    """What was said after the latest meeting."""

    raised: Annotated[int, "How many were agreed."]
    first_reported: Annotated[int, "First seen as reported: their raising is not here."]
    reopened: Annotated[int, "How many were taken up again."]
    finished: Annotated[int, "How many were finished."]
    outstanding: Annotated[int, "At the end of it."]


class PointRecord(SinceRecord):
    """What one meeting, and what was said since the one before, made of the actions."""

    key: Annotated[str, "Of the meeting."]
    date: Annotated[Day | None, "Its day."]


class FiguresRecord(TypedDict):
    """The figures of one board."""

    board: Annotated[str | None, "Null for notes in no folder."]
    meetings: Annotated[Sequence[PointRecord], "Those that were held."]
    since: Annotated[SinceRecord | None, "Null where nothing was said after the latest meeting."]
    actions: Annotated[int, "How many there are."]
    outstanding: Annotated[int, "How many are still to do."]
    overdue: Annotated[int, "How many of these are overdue."]
    rolled_over: Annotated[int, "How many of these were rolled over."]
    unreported: Annotated[int, "The latest meeting said nothing of them."]
    redated: Annotated[int, "They were given another date."]
    never_reported: Annotated[int, "No later meeting spoke of them."]
    age_at_least: Annotated[
        int, "Of the outstanding: first seen as reported, so that their ages are lower bounds."
    ]
    closure: Annotated[ClosureRecord, "How many are finished, and how long it took."]
    ages: Annotated[Mapping[str, int], "How many outstanding actions are so old."]
    carried: Annotated[Mapping[str, int], "How many outstanding actions were carried so many times."]
    owners: Annotated[Sequence[ShareRecord], "Who has how many."]
