"""How actions stand on a day: carried, unreported, overdue and age; what the clock and the held meetings decide."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import islice
from typing import NamedTuple

from rrbnotes.model import Action, Meeting, Progress, Register, Status
from rrbnotes.reconciling.past import finish, held_at, said_at


@dataclass(frozen=True, slots=True)
class Carried:
    """Held meetings after which an action was still outstanding."""

    reported: int = 0
    """Whose note mentions it."""
    rolled: int = 0
    """Of these, whose note says `rolled over`."""
    silent: int = 0
    """Whose note does not mention it."""

    @property
    def meetings(self) -> int:
        """All of them."""
        return self.reported + self.silent


@dataclass(frozen=True, slots=True)
class Standing:
    """How an action stands on a given day: what depends on the clock and on which meetings were held."""

    carried: Carried
    unreported: bool
    """Outstanding, and not mentioned at the latest held meeting of its board."""
    overdue: bool
    age_days: int | None
    """From the first note that shows it to today or the day it finished; None where that note has no date."""
    last_reported: Progress | None
    """The latest progress that a meeting or an update gave."""


def standings(meetings: Sequence[Meeting], register: Register, today: Date) -> dict[str, Standing]:
    """The standing of each action, by ref."""
    of_board: dict[str | None, list[Meeting]] = defaultdict(list)
    for meeting in meetings:
        of_board[meeting.board].append(meeting)
    held = {board: held_meetings(mine, board, today) for board, mine in of_board.items()}
    return {action.ref: standing(action, held.get(action.board, ()), today) for action in register.actions}


def held_meetings(meetings: Sequence[Meeting], board: str | None, today: Date) -> list[Meeting]:
    """A board's meetings that took place, in order; drafts and notes without a date leave nothing out."""
    mine = (meeting for meeting in meetings if meeting.board == board and meeting.date)
    return sorted(
        (meeting for meeting in mine if not meeting.is_draft(today)), key=lambda meeting: meeting.order
    )


def standing(action: Action, held: Sequence[Meeting], today: Date) -> Standing:
    """One action's standing; `held` are the meetings of its board that took place, in order."""
    latest = held[-1] if held else None
    is_outstanding = action.status.outstanding
    deadline = action.due.deadline if action.due else None
    return Standing(
        carried=_carried(action, held),
        unreported=bool(
            is_outstanding and latest and _follows(latest, action) and not _mentions(latest, action)
        ),
        overdue=bool(is_outstanding and deadline and today > deadline),
        age_days=_age(action, today),
        last_reported=action.history[-1] if action.history else None,
    )


def _follows(meeting: Meeting, action: Action) -> bool:
    """Whether a meeting comes after the one that first shows the action."""
    first = action.first_seen
    if first.date is None or meeting.date is None:
        return False
    return meeting.order > (first.date, first.meeting) if first.meeting else meeting.date > first.date


def _mentions(meeting: Meeting, action: Action) -> bool:
    return any(mention.at.path == meeting.path for mention in action.mentions)


class _After(NamedTuple):
    """An outstanding action after a held meeting that counts for it."""

    meeting: Meeting
    is_mentioned: bool
    is_rolled: bool


def silent_meetings(action: Action, held: Sequence[Meeting]) -> tuple[Meeting, ...]:
    """The held meetings that left it out while it was outstanding."""
    return tuple(after.meeting for after in _course(action, held) if not after.is_mentioned)


def _carried(action: Action, held: Sequence[Meeting]) -> Carried:
    after = list(_course(action, held))
    reported = sum(one.is_mentioned for one in after)
    return Carried(reported, sum(one.is_rolled for one in after), len(after) - reported)


def _course(action: Action, held: Sequence[Meeting]) -> Iterator[_After]:
    """The held meetings after which it was still outstanding, from the one after the first that shows it; that one
    too where it was first seen as reported."""
    to_come = list(reversed(action.history))
    mentioned = {mention.at.path for mention in action.mentions}
    status = Status.OPEN
    start = bisect_left(held, action.first_seen.date or Date.max, key=lambda meeting: meeting.order[0])
    for meeting in islice(held, start, None):
        said = []
        while to_come and said_at(to_come[-1]) <= held_at(meeting):
            said.append(to_come.pop())
        status = next((progress.status for progress in reversed(said) if progress.status), status)
        is_first = meeting.key == action.first_seen.meeting and not action.is_raised
        if status.outstanding and (is_first or _follows(meeting, action)):
            is_rolled = any(p.meeting == meeting.key and p.status is Status.ROLLED_OVER for p in said)
            yield _After(meeting, meeting.path in mentioned, is_rolled)
        if not (to_come or status.outstanding):
            return  # it is finished, and no later meeting says anything of it


def _age(action: Action, today: Date) -> int | None:
    start, end = action.first_seen.date, finish(action)
    if start is None:
        return None
    return max(0, ((end.date if end and end.date else today) - start).days)
