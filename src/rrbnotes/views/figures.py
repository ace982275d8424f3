"""The figures of a board: how much is outstanding over time, how it is finished, how old the rest is, and whose it is.

Counts are of actions, so that a joint one counts once; only by owner it counts for each of its owners. A meeting is held
when its note has a date and is no draft.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import pairwise

from rrbnotes.model import Action, Meeting, Status
from rrbnotes.reconciling.past import Moment, held_at, said_at, seen_at
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.closure import Closing, closings, is_finished_where_raised
from rrbnotes.views.entries import Entry
from rrbnotes.views.orders import NO_OWNER, grouped

_YEAR = 12
AGES = (
    ("under 1 month", 1),
    ("1 to 3 months", 3),
    ("3 to 6 months", 6),
    ("6 to 12 months", _YEAR),
    ("over a year", None),
)
"""Ages, each with the months that it stays below; a month ends on the day of the month on which it began."""
NO_AGE = "unknown"
MOST_CARRIED = 3
"""From here on the meetings that carried an action are one group: `3+`."""


@dataclass(frozen=True, slots=True)
class Point:
    """What one held meeting, and what was said since the one before, made of a board's actions: outstanding is what was
    before, with the raised, the first reported and the reopened, without the finished."""

    meeting: Meeting | None
    """None for what was said after the latest held one: by updates and in drafts."""
    raised: int
    first_reported: int
    """First seen as reported, in a note or since: their raising is not here."""
    reopened: int
    finished: int
    """What was finished and no more reopened by the end of it; what was raised and finished there counts too."""
    outstanding: int
    """After it. Actions of notes without a date are outstanding from the beginning."""

    @property
    def new(self) -> int:
        """First seen there."""
        return self.raised + self.first_reported


@dataclass(frozen=True, slots=True)
class Count:
    """How many actions there are of some, and how they stand."""

    actions: int
    outstanding: int
    overdue: int
    rolled_over: int
    """Outstanding and rolled over at least once."""
    complete: int
    closed: int
    """Ended undone."""

    @property
    def finished(self) -> int:
        """Complete or closed."""
        return self.complete + self.closed

    @property
    def rate(self) -> float | None:
        """The closure rate: the part of all actions that is finished, done or not; None where there is no action."""
        return self.finished / self.actions if self.actions else None


def counted(entries: Iterable[Entry]) -> Count:
    """How many they are, and how they stand."""
    mine = tuple(entries)
    statuses = Counter(entry.action.status for entry in mine)
    return Count(
        actions=len(mine),
        outstanding=sum(entry.outstanding for entry in mine),
        overdue=sum(entry.standing.overdue for entry in mine),
        rolled_over=sum(entry.rolled > 0 for entry in mine),
        complete=statuses[Status.COMPLETE],
        closed=statuses[Status.CLOSED],
    )


def counted_by_owner(entries: Iterable[Entry]) -> Mapping[str, Count]:
    """By owner; who has most to do comes first, nobody's last. A joint action counts for each of its owners."""
    counts = {owner: counted(mine) for owner, mine in grouped(entries, "owner").items()}
    order = sorted(counts, key=lambda owner: (owner == NO_OWNER, -counts[owner].outstanding))
    return {owner: counts[owner] for owner in order}


def outstanding_over_time(entries: Iterable[Entry], held: Sequence[Meeting]) -> tuple[Point, ...]:
    """A point for each held meeting of the board, in order, and one for what was said since, where that changed anything."""
    ends = [held_at(meeting) for meeting in held]
    counts: Counter[tuple[str, int]] = Counter()
    for entry in entries:
        counts.update(_events(entry.action, ends))
    outstanding, points = 0, []
    for at, meeting in enumerate([None, *held, None], _UNDATED):
        raised, first_reported, reopened, finished = (counts[what, at] for what in _EVENTS)
        outstanding += raised + first_reported + reopened - finished
        points.append(Point(meeting, raised, first_reported, reopened, finished, outstanding))
    _, *at_meetings, since = points
    is_news = since.new or since.reopened or since.finished
    return tuple([*at_meetings, since] if is_news else at_meetings)


_EVENTS = ("raised", "first reported", "reopened", "finished")
_UNDATED = -1
"""Before the first meeting: where that stands which has no date."""


def _events(action: Action, ends: Sequence[Moment]) -> Iterator[tuple[str, int]]:
    """What became of an action, each with the number of the meeting at which, or since the one before which, it did."""
    start = _at(seen_at(action), ends)
    is_outstanding = {start: True}
    """After each meeting that says so."""
    for progress in action.history:
        if progress.status:
            is_outstanding[max(start, _at(said_at(progress), ends))] = progress.status.outstanding
    yield "raised" if action.is_raised else "first reported", start
    for at, (before, after) in zip(is_outstanding, pairwise([True, *is_outstanding.values()]), strict=True):
        if before != after:
            yield "reopened" if after else "finished", at


def _at(moment: Moment, ends: Sequence[Moment]) -> int:
    return _UNDATED if moment[0] == Date.min else bisect_left(ends, moment)


def ages(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many outstanding actions are how old, by the labels of `AGES` and `NO_AGE`; since the first note that shows it,
    which for one that is not raised there is a lower bound."""
    counts = Counter(_age(entry) for entry in entries if entry.outstanding)
    return {label: counts[label] for label in (*(label for label, _ in AGES), NO_AGE)}


def _age(entry: Entry) -> str:
    start = entry.action.first_seen.date
    if start is None:
        return NO_AGE
    months = _months(start, entry.today)
    return next(label for label, below in AGES if below is None or months < below)


def _months(start: Date, end: Date) -> int:
    """Whole months."""
    return (end.year - start.year) * _YEAR + end.month - start.month - (end.day < start.day)


def carried(entries: Iterable[Entry]) -> Mapping[str, int]:
    """How many outstanding actions were carried over how many held meetings."""
    counts = Counter(min(e.standing.carried.meetings, MOST_CARRIED) for e in entries if e.outstanding)
    return {f"{n}{'+' * (n == MOST_CARRIED)}": counts[n] for n in range(MOST_CARRIED + 1)}


def is_redated(entry: Entry) -> bool:
    """Outstanding, and its due changed at least once."""
    return entry.outstanding and any(progress.due for progress in entry.action.history)


def is_never_reported(entry: Entry) -> bool:
    """Outstanding, carried over a meeting at least, and no note and no update has said a word of it since it was raised."""
    was_said = any(progress.meeting is None for progress in entry.action.history)
    over = entry.standing.carried
    return entry.outstanding and bool(over.silent) and not over.reported and not was_said


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one board on a day."""

    board: str | None
    meetings: tuple[Meeting, ...]
    """Its held meetings."""
    points: tuple[Point, ...]
    total: Count
    unreported: int
    redated: int
    never_reported: int
    finished_where_raised: int
    closings: tuple[Closing, ...]
    ages: Mapping[str, int]
    at_least: int
    """Of the outstanding those first seen as reported: their ages are lower bounds."""
    carried: Mapping[str, int]
    owners: Mapping[str, Count]


def figures(board: str | None, entries: Iterable[Entry], meetings: Sequence[Meeting], today: Date) -> Figures:
    """The figures of a board; entries and meetings of others are left out."""
    mine = tuple(entry for entry in entries if entry.action.board == board)
    held = held_meetings(meetings, board, today)
    return Figures(
        board=board,
        meetings=tuple(held),
        points=outstanding_over_time(mine, held),
        total=counted(mine),
        unreported=sum(entry.standing.unreported for entry in mine),
        redated=sum(map(is_redated, mine)),
        never_reported=sum(map(is_never_reported, mine)),
        finished_where_raised=sum(is_finished_where_raised(entry.action) for entry in mine),
        closings=closings(mine, held),
        ages=ages(mine),
        at_least=sum(entry.outstanding and not entry.action.is_raised for entry in mine),
        carried=carried(mine),
        owners=counted_by_owner(mine),
    )
