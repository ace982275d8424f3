"""Actions as rows of the report, each with its life."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from rrbnotes.british import long_day
from rrbnotes.model import Meeting, Progress, Status
from rrbnotes.quoting import count, listed
from rrbnotes.reconciling.past import finish
from rrbnotes.views.board_report.days import day_of, when
from rrbnotes.views.board_report.values import Mark, Row, Step, When
from rrbnotes.views.cells import sentence
from rrbnotes.views.entries import Entry
from rrbnotes.views.life import NOT_MENTIONED, Event, events_of
from rrbnotes.views.orders import NO_OWNER

KINDS = {
    Status.OPEN: "open",
    Status.ONGOING: "ongoing",
    Status.ROLLED_OVER: "rolled",
    Status.COMPLETE: "complete",
    Status.CLOSED: "closed",
}
_FEW = 2
"""So many meetings in a row that left an action out are named one by one."""


def rows(entries: Iterable[Entry], meetings: Sequence[Meeting]) -> tuple[Row, ...]:
    """These actions of a board as they stand on the day."""
    return tuple(_row(number, entry, meetings) for number, entry in enumerate(entries, 1))


def _row(number: int, entry: Entry, meetings: Sequence[Meeting]) -> Row:
    action, standing, first = entry.action, entry.standing, entry.action.first_seen
    end = finish(action)
    deadline = action.due.deadline if action.due else None
    return Row(
        number=number,
        ref=action.ref,
        action=sentence(action.action),
        owners=action.owners,
        due=when(action.due),
        deadline=deadline.isoformat() if deadline else "",
        days_late=(entry.today - deadline).days if deadline and standing.overdue else 0,
        status=_status(entry),
        marks=tuple(_marks(entry)),
        reason=entry.latest.reason if entry.latest else "",
        carried=standing.carried.meetings,
        rolled=entry.rolled,
        is_unreported=standing.unreported,
        item=first.item or "",
        seen=_seen(entry),
        seen_on=day_of(first.date) if first.date else None,
        seen_at=first.meeting or "",
        first_due=when(action.first_due),
        due_changes=sum(progress.due is not None for progress in action.history),
        ended=day_of(end.date) if end and end.date else None,
        ended_at=(end.meeting or "") if end else "",
        life=tuple(_life(events_of(action, meetings, entry.today))),
    )


def times(rolled: int) -> str:
    """`rolled over`, `rolled over 3 times`."""
    return "rolled over" if rolled < 2 else f"rolled over {'twice' if rolled == 2 else f'{rolled} times'}"


def _status(entry: Entry) -> Mark:
    status = entry.action.status
    return Mark(KINDS[status], times(entry.rolled) if status is Status.ROLLED_OVER else status.value)


def _marks(entry: Entry) -> Iterator[Mark]:
    if entry.rolled and entry.action.status is not Status.ROLLED_OVER:
        yield Mark("rolled", f"{times(entry.rolled)} before")
    if entry.standing.unreported:
        yield Mark("unreported", "not reported")
    if entry.for_agreement:
        yield Mark("agreement", "for agreement")


def _seen(entry: Entry) -> str:
    if entry.action.first_seen.meeting is None:
        return "agreed between meetings"
    return "raised" if entry.action.is_raised else "first seen"


def _life(events: Iterable[Event]) -> Iterator[Step]:
    """The steps; many meetings in a row that left it out are one."""
    for is_silent, group in groupby(events, key=lambda event: event.what == NOT_MENTIONED):
        mine = list(group)
        if is_silent and len(mine) > _FEW:
            yield _silence(mine)
        else:
            yield from map(_step, mine)


def _silence(events: Sequence[Event]) -> Step:
    first, last = events[0].date, events[-1].date
    until = f", to {long_day(last)}" if last else ""
    mark = Mark("unreported", f"{NOT_MENTIONED} at {count(len(events), 'meeting')}{until}")
    return Step(day_of(first) if first else None, "", mark, "", (), "")


def _step(event: Event) -> Step:
    progress = event.progress
    status = progress.status if progress else None
    is_silent = event.what == NOT_MENTIONED
    kind = KINDS[status] if status else "unreported" if is_silent else "plain"
    place = (event.at.path if is_silent else str(event.at)) if event.at else ""
    return Step(
        day=day_of(event.date) if event.date else None,
        meeting=event.meeting or "",
        mark=Mark(kind, event.what),
        reason=progress.reason if progress else "",
        more=tuple(_changes(progress)) if progress else (),
        place=place,
    )


def _changes(progress: Progress) -> Iterator[tuple[str, When]]:
    due = when(progress.due)
    if due:
        yield "due now", due
    if progress.owners is not None:
        yield "now with", When(words=listed(progress.owners) or NO_OWNER)
