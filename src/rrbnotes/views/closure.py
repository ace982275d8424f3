"""How actions end, and how long they take: only of those whose raising is known, and which ended later than the note that
raises them. What a note only reports was raised nobody knows when; what is done in the note that raises it was marked there
afterwards."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from rrbnotes.model import Action, Meeting, Status
from rrbnotes.reconciling.past import Moment, finish, held_at, said_at, seen_at
from rrbnotes.views.entries import Entry


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle of some numbers: a quarter of them lies below `lower`, a half below `median`, a quarter above `upper`."""

    of: int
    """How many numbers."""
    lower: float
    median: float
    upper: float


@dataclass(frozen=True, slots=True)
class Closing:
    """How long a finished action took from its raising."""

    status: Status
    meetings: int
    """Held ones after the one that raised it, up to its finish: 1 where the next meeting finished it, 0 where it was done
    before that."""
    days: int


ENDINGS: Mapping[str, tuple[Status, ...]] = {
    "close": (Status.COMPLETE, Status.CLOSED),
    "complete": (Status.COMPLETE,),
    "close undone": (Status.CLOSED,),
}
"""The ways to end: in any way, done, or undone."""


def closings(entries: Iterable[Entry], held: Sequence[Meeting]) -> tuple[Closing, ...]:
    """How long the finished actions took of which that is known."""
    ends = [held_at(meeting) for meeting in held]
    found = (_closing(entry.action, ends) for entry in entries)
    return tuple(closing for closing in found if closing)


def _closing(action: Action, ends: Sequence[Moment]) -> Closing | None:
    end, start = finish(action), action.first_seen.date
    if not (action.is_raised and start and end and end.date) or is_finished_where_raised(action):
        return None
    meetings = bisect_right(ends, said_at(end)) - bisect_right(ends, seen_at(action))
    return Closing(action.status, max(0, meetings), max(0, (end.date - start).days))


def is_finished_where_raised(action: Action) -> bool:
    """Whether the note that raises it has it finished already."""
    end = finish(action)
    return bool(action.is_raised and end and end.meeting and end.meeting == action.first_seen.meeting)


def spread(numbers: Iterable[int]) -> Spread | None:
    """The quartiles; None of nothing."""
    known = sorted(numbers)
    if not known:
        return None
    lower, middle, upper = quantiles(known, n=4, method="inclusive") if len(known) > 1 else known * 3
    return Spread(len(known), float(lower), float(middle), float(upper))


def spreads(found: Sequence[Closing], ending: str) -> Mapping[str, Spread | None]:
    """How long the actions took that ended in a way: in meetings and in days."""
    mine = [closing for closing in found if closing.status in ENDINGS[ending]]
    return {"meetings": spread(one.meetings for one in mine), "days": spread(one.days for one in mine)}
