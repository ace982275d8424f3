"""What changed in a board's actions from one meeting to another."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import partial

from rrbnotes.model import Action, Due, Meeting, Progress, Status
from rrbnotes.quoting import count, listed
from rrbnotes.reconciling.past import as_it_was, held_at, said_at
from rrbnotes.reconciling.standing import silent_meetings, standing
from rrbnotes.views.cells import dated, deadline_text, due_cell, owners_text, status_cell
from rrbnotes.views.entries import Entry
from rrbnotes.views.fields.lists import ChangeRecord, EndRecord, StateRecord
from rrbnotes.views.fields.nouns import PlaceRecord
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, Words, cell
from rrbnotes.views.orders import NO_OWNER
from rrbnotes.views.records import due_record, place_record
from rrbnotes.views.span import Span

COLUMNS = (
    Column("Ref", most=20),
    Column("Action", fills=True),
    Column("Owners", under="Ref", most=18),
    Column("Due", under="Status", most=17),
    Column("Status", under="Action", lead="→ "),
)
FIELDS = ("kind", "ref", "status", "due", "owners", "action")
"""What a pipe gets: a promise, only ever appended to."""
MORE_FIELDS = ("reason", "status_before", "due_before", "owners_before", "board", "path", "line")


@dataclass(frozen=True, slots=True)
class Turn:
    """One action at both ends of a span, and what was said of it on the way.

    Everything counts that was said after the first meeting up to and with the second, at meetings between them and by
    updates too; an update of the day of a meeting was made before it.
    """

    before: Action | None
    """None where it was first seen on the way."""
    after: Entry
    """On the day of the second meeting."""
    said: tuple[Progress, ...]
    is_silent: bool
    """Outstanding after the second meeting, which was held, knew of it and did not mention it."""

    @property
    def action(self) -> Action:
        """As it is after the second meeting."""
        return self.after.action

    @property
    def was_outstanding(self) -> bool:
        """Whether somebody had to do it after the first meeting."""
        return self.before is not None and self.before.status.outstanding

    @property
    def due_before(self) -> Due | None:
        """When it was due; for one first seen on the way, at first."""
        return self.before.due if self.before else self.action.first_due

    @property
    def owners_before(self) -> tuple[str, ...]:
        """Whose it was; for one first seen on the way, at first."""
        return self.before.owners if self.before else self.action.first_owners


@dataclass(frozen=True, slots=True)
class Kind:
    """A way in which an action may have changed; several may hold for one."""

    name: str
    holds: Callable[[Turn], bool]


KINDS = (
    Kind("new", lambda turn: turn.before is None),
    Kind(
        "finished",
        lambda turn: not turn.after.outstanding and (turn.before is None or turn.was_outstanding),
    ),
    Kind(
        "rolled over",
        lambda turn: turn.after.outstanding and any(p.status is Status.ROLLED_OVER for p in turn.said),
    ),
    Kind("re-dated", lambda turn: turn.action.due != turn.due_before),
    Kind("re-owned", lambda turn: set(turn.action.owners) != set(turn.owners_before)),
    Kind(
        "reopened",
        lambda turn: turn.after.outstanding and turn.before is not None and not turn.was_outstanding,
    ),
    Kind("unreported", lambda turn: turn.is_silent),
)
"""In the order of the groups. What was outstanding, with the new and the reopened, without the finished, is what is
outstanding now."""
Changes = Mapping[str, tuple[Turn, ...]]
"""The turns of each kind, by its name."""


def turns(actions: Iterable[Action], span: Span) -> tuple[Turn, ...]:
    """The actions of the span's board that had been seen when it ended."""
    mine = (action for action in actions if action.board == span.start.board)
    return tuple(turn for action in mine if (turn := _turn(action, span)))


def changes(turns: Sequence[Turn]) -> Changes:
    """What changed, kind by kind."""
    return {kind.name: tuple(filter(kind.holds, turns)) for kind in KINDS}


def diff(actions: Iterable[Action], span: Span, today: Date) -> Listing:
    """What changed from one meeting to another, in every shape."""
    every = turns(actions, span)
    found = changes(every)
    return Listing(
        partial(_table, found),
        partial(_sheet, found),
        partial(_records, found, every, span),
        tuple(_talk(found, every, span, today)),
        then=_then(found),
    )


def _then(found: Changes) -> str:
    changed = [turn.action.ref for name in ("unreported", *found) for turn in found[name]]
    return f"rrb show {changed[0]} for the life of one" if changed else ""


def _turn(action: Action, span: Span) -> Turn | None:
    after = as_it_was(action, held_at(span.end))
    if after is None:
        return None
    day = span.end.date or Date.max
    silent = silent_meetings(after, span.held)
    return Turn(
        as_it_was(action, held_at(span.start)),
        Entry(after, standing(after, span.held, day), day),
        tuple(progress for progress in after.history if said_at(progress) > held_at(span.start)),
        any(meeting.key == span.end.key for meeting in silent),
    )


def _outstanding(turns: Sequence[Turn]) -> tuple[int, int]:
    """At the first and at the second meeting."""
    return sum(turn.was_outstanding for turn in turns), sum(turn.after.outstanding for turn in turns)


def _talk(found: Changes, turns: Sequence[Turn], span: Span, today: Date) -> Iterator[str]:
    counts = ", ".join(f"{len(group)} {name}" for name, group in found.items() if group)
    then, now = _outstanding(turns)
    ends = f"from {span.start.key} to {span.end.key}"
    yield f"{ends}: {counts or 'nothing changed'}; {then} outstanding before, {now} after"
    if span.between:
        names = listed(meeting.key for meeting in span.between)
        yield f"{count(len(span.between), 'meeting')} between them counted in: {names}"
    if span.end.is_draft(today):
        yield f"{span.end.key} is a draft: nothing counts as unreported there"


def _table(found: Changes) -> Table:
    groups = (
        Group(tuple(_row(turn, name) for turn in group), f"{name.capitalize()} ({len(group)})")
        for name, group in found.items()
        if group
    )
    return Table(COLUMNS, tuple(groups))


def _row(turn: Turn, kind: str) -> tuple[Cell, ...]:
    action = turn.action
    return (
        cell(action.ref, Tone.STRONG),
        cell(action.action),
        (*_owners(action.owners), *(_was(owners_text(turn.owners_before)) if kind == "re-owned" else ())),
        tuple(_due(turn, kind)),
        (*status_cell(turn.after), *_more(turn, kind)),
    )


def _owners(owners: tuple[str, ...]) -> Cell:
    return cell(owners_text(owners)) or cell(NO_OWNER, Tone.QUIET)


def _due(turn: Turn, kind: str) -> Iterator[Words]:
    """The deadline; of one that was re-dated with what it was."""
    yield from due_cell(turn.after)
    if kind == "re-dated":
        yield from cell("" if turn.action.due else "no date")
        yield dated(turn.due_before or Due("not said"), "was {}", Tone.QUIET)


def _was(text: str) -> Cell:
    return (Words(f"was {text or 'not said'}", Tone.QUIET),)


def _more(turn: Turn, kind: str) -> Iterator[Words]:
    """What a group's own question is answered with, beside the status."""
    if kind == "new" and not turn.action.is_raised:
        yield Words("first seen as reported", Tone.QUIET)
    if kind == "reopened" and turn.before:
        yield Words(f"was {turn.before.status}", Tone.WARN)
    if kind == "unreported":
        last = _last_mentioned(turn.action)
        yield Words(f"since {last or 'an undated note'}", Tone.WARN, (last,) if last else ())


def _last_mentioned(action: Action) -> Date | None:
    days = [action.first_seen.date, *(p.date for p in action.history if p.meeting)]
    return max((day for day in days if day), default=None)


def _sheet(found: Changes) -> Sheet:
    rows = (_texts(turn, name) for name, group in found.items() for turn in group)
    return Sheet((*FIELDS, *MORE_FIELDS), rows, plain=len(FIELDS))


def _texts(turn: Turn, kind: str) -> tuple[str, ...]:
    action, before, place = turn.action, turn.before, _place(turn)
    core = (kind, action.ref, action.status, deadline_text(action.due), owners_text(action.owners))
    more = (
        _reason(turn),
        before.status if before else "",
        deadline_text(before.due) if before else "",
        owners_text(before.owners) if before else "",
        action.board or "",
        str(place["path"] or ""),
        str(place["line"] or ""),
    )
    return (*core, action.action, *more)


def _records(found: Changes, turns: Sequence[Turn], span: Span) -> Records:
    ends = zip((span.start, span.end), _outstanding(turns), strict=True)
    start, end = (_end(meeting, outstanding) for meeting, outstanding in ends)
    items = [_record(turn, name) for name, group in found.items() for turn in group]
    return Records("changes", items, {"board": span.start.board, "from": start, "to": end})


def _end(meeting: Meeting, outstanding: int) -> EndRecord:
    day = meeting.date.isoformat() if meeting.date else None
    return {"meeting": meeting.key, "date": day, "outstanding": outstanding}


def _record(turn: Turn, kind: str) -> ChangeRecord:
    action = turn.action
    return {
        "kind": kind,
        "ref": action.ref,
        "action": action.action,
        "owners": action.owners,
        "status": action.status,
        "reason": _reason(turn) or None,
        "before": _state(turn.before) if turn.before else None,
        "after": _state(action),
        **_place(turn),
    }


def _state(action: Action) -> StateRecord:
    return {"status": action.status, "due": due_record(action.due), "owners": action.owners}


def _reason(turn: Turn) -> str:
    return turn.after.latest.reason if turn.after.latest else ""


def _place(turn: Turn) -> PlaceRecord:
    """The last place up to the second meeting that speaks of it."""
    first = turn.action.first_seen.at
    places = [first, *(progress.at for progress in turn.action.history if progress.at)]
    return place_record(places[-1])
