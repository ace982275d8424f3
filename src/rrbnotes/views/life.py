"""The life of one action: what it is, and meeting by meeting what became of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from functools import partial

from rrbnotes.model import Action, Due, Meeting, Progress, Proposal
from rrbnotes.quoting import count
from rrbnotes.reconciling.standing import held_meetings, silent_meetings
from rrbnotes.source import Location
from rrbnotes.views.actions import action_records
from rrbnotes.views.cells import TONES, dated, due_cell, due_words, owners_text, status_cell
from rrbnotes.views.entries import Entry
from rrbnotes.views.links import words_of
from rrbnotes.views.listing import Cell, Column, Group, Listing, Records, Sheet, Table, Tone, Words, cell
from rrbnotes.views.orders import NO_OWNER

COLUMNS = (
    Column("Date"),
    Column("What the notes say", fills=True),
    Column("Where", under="What the notes say", most=44),
)
NOT_MENTIONED = "not mentioned"
FIELDS = ("date", "meeting", "event", "reason", "due", "owners", "path", "line")


@dataclass(frozen=True, slots=True)
class Event:
    """One day of an action's life."""

    date: Date | None
    meeting: str | None
    what: str
    tone: Tone
    at: Location | None
    progress: Progress | None = None


def life(
    entry: Entry,
    meetings: Sequence[Meeting],
    proposals: Sequence[Proposal],
    beside: Callable[[], tuple[Records, ...]] = tuple,
) -> Listing:
    """The page of one action."""
    events = tuple(events_of(entry.action, meetings, entry.today))
    return Listing(
        partial(_table, entry, events, proposals),
        partial(_sheet, events),
        partial(action_records, (entry,), entry.today),
        piped="table",
        beside=beside,
        then=_then(entry),
    )


def _then(entry: Entry) -> str:
    if entry.outstanding:
        return f"rrb update {entry.action.ref} complete when it is done; -m says how"
    return "rrb actions for what is still to be done"


def page(
    entry: Entry, meetings: Sequence[Meeting], proposals: Sequence[Proposal], most: int, is_brief: bool
) -> Table:
    """The same to look at in little room: its last events, below how many came before; in brief without what helps only
    now and then."""
    events = tuple(events_of(entry.action, meetings, entry.today))
    table = _table(entry, events[-most:], proposals)
    (group,) = table.groups
    earlier = len(events) - most
    above = ((cell(""), cell(f"… {earlier} earlier", Tone.QUIET), cell("")),) if earlier > 0 else ()
    details = tuple((label, words) for label, words in group.details if label in _NEEDED or not is_brief)
    return replace(table, groups=(replace(group, rows=(*above, *group.rows), details=details),))


_NEEDED = frozenset({"Action", "Owners", "Due", "Status", "Doubts"})


def events_of(action: Action, meetings: Sequence[Meeting], today: Date) -> Iterator[Event]:
    """The raising, each progress, and each held meeting of its board that left it out while it was outstanding."""
    first = action.first_seen
    if action.is_raised or not any(p.meeting == first.meeting for p in action.history):
        what = "raised" if action.is_raised else "first seen"
        what = what if first.meeting else "agreed between meetings"
        yield Event(first.date, first.meeting, what, Tone.STRONG, first.at)
    silent = silent_meetings(action, held_meetings(meetings, action.board, today))
    for step in _in_time(action, silent):
        if isinstance(step, Progress):
            tone = TONES[step.status] if step.status else Tone.PLAIN
            yield Event(step.date, step.meeting, _what(step, action), tone, step.at, step)
        else:
            yield Event(step.date, step.key, NOT_MENTIONED, Tone.QUIET, Location(step.path, 1))


def _in_time(action: Action, silent: Sequence[Meeting]) -> Sequence[Progress | Meeting]:
    steps: list[Progress | Meeting] = [*action.history, *silent]
    return sorted(steps, key=lambda step: step.date or Date.min)


def _what(progress: Progress, action: Action) -> str:
    changed = [
        word
        for word, value in (("re-dated", progress.due), ("handed on", progress.owners))
        if value is not None
    ]
    said = progress.status or " and ".join(changed) or ("remark" if progress.meeting is None else "mentioned")
    if progress.meeting is None:
        return f"between meetings: {said}"
    first = not action.is_raised and progress.meeting == action.first_seen.meeting
    return f"first seen: {said}" if first else said


def _table(entry: Entry, events: tuple[Event, ...], proposals: Sequence[Proposal]) -> Table:
    rows = tuple((cell(event.date), _said(event), cell(event.at, Tone.QUIET)) for event in events)
    details = tuple((label, words) for label, words in _details(entry, proposals) if words)
    return Table(COLUMNS, (Group(rows, entry.action.ref, details),))


def _said(event: Event) -> Cell:
    return (Words(event.what, event.tone), *(_more(event.progress) if event.progress else ()))


def _more(progress: Progress) -> Iterator[Words]:
    if progress.reason:
        yield Words(progress.reason)
    if progress.due:
        yield dated(progress.due, "due now {}")
    if progress.owners is not None:
        yield Words(f"now with {owners_text(progress.owners) or 'nobody'}")
    if progress.words:
        yield Words(f"“{progress.words}”", Tone.QUIET)


def _details(entry: Entry, proposals: Sequence[Proposal]) -> Iterator[tuple[str, Cell]]:
    action = entry.action
    yield "Action", cell(action.action)
    yield "Owners", cell(owners_text(action.owners) or NO_OWNER)
    yield "Before", cell(owners_text(action.first_owners) if action.first_owners != action.owners else "")
    yield "Due", due_cell(entry)
    yield "In words", cell(action.due.text if action.due else "")
    yield "First due", tuple(_first_due(action))
    yield "Status", status_cell(entry)
    yield "Carried", cell(_carried(entry))
    yield "Age", cell(_age(entry))
    yield "Item", cell(action.first_seen.item)
    yield "Board", cell(action.board)
    yield "Number", cell(action.number)
    yield "Also", cell(", ".join(action.also))
    yield "Links", tuple(Words(words_of(known)) for known in action.links if known.ref not in action.also)
    yield "Not", cell(", ".join(action.not_same))
    yield "Doubts", tuple(Words(doubt, Tone.WARN) for doubt in _doubts(action, proposals))


def _first_due(action: Action) -> Iterator[Words]:
    """What it was at first, and how often it changed."""
    changes = sum(progress.due is not None for progress in action.history)
    if changes:
        yield dated(action.first_due or Due("none"), f"{{}}; changed {count(changes, 'time')}")


def _carried(entry: Entry) -> str:
    carried = entry.standing.carried
    rolled = f" ({carried.rolled} rolled over)" if carried.rolled else ""
    meetings = count(carried.meetings, "meeting")
    return (
        f"{meetings}: {carried.reported} reported{rolled}, {carried.silent} silent"
        if carried.meetings
        else ""
    )


def _age(entry: Entry) -> str:
    days = entry.standing.age_days
    least = "" if entry.action.is_raised else "at least "
    meetings = f", {count(entry.standing.carried.meetings, 'meeting')}"
    return "" if days is None else least + count(days, "day") + meetings


def _doubts(action: Action, proposals: Sequence[Proposal]) -> Iterator[str]:
    for proposal in proposals:
        scores = dict(proposal.candidates)
        if proposal.ref == action.ref:
            yield "may be the same as " + ", ".join(f"{ref} ({score:.0%})" for ref, score in scores.items())
        elif action.ref in scores:
            yield f"{proposal.ref} at {proposal.mention.at} may speak of it ({scores[action.ref]:.0%})"


def _sheet(events: tuple[Event, ...]) -> Sheet:
    return Sheet(FIELDS, map(_texts, events), plain=len(FIELDS))


def _texts(event: Event) -> tuple[str, ...]:
    progress = event.progress
    due = progress.due if progress else None
    return (
        event.date.isoformat() if event.date else "",
        event.meeting or "",
        event.what,
        progress.reason if progress else "",
        due_words(due) if due else "",
        owners_text(progress.owners or ()) if progress else "",
        event.at.path if event.at else "",
        str(event.at.line) if event.at else "",
    )
