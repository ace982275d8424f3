"""The list of meetings."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date as Date
from functools import partial
from shlex import quote

from rrbnotes.model import Action, Kind, Meeting
from rrbnotes.quoting import count
from rrbnotes.views.listing import (
    Cell,
    Column,
    Group,
    Listing,
    Records,
    Sheet,
    Table,
    Tone,
    Words,
    cell,
)
from rrbnotes.views.records import meeting_record

COLUMNS = (
    Column("Meeting", most=24),
    Column("Title", fills=True),
    Column("Attended", right=True),
    Column("Raised", right=True),
    Column("Reported", right=True),
    Column("Outstanding", right=True),
)
FIELDS = ("meeting", "date", "board", "attended", "absent", "raised", "reported", "outstanding", "title")
MORE_FIELDS = ("start", "end", "venue", "next_meeting", "draft", "path")
Counts = Mapping[str, int]
_Counted = tuple[tuple[Meeting, Counts], ...]


def listing(meetings: Sequence[Meeting], actions: Sequence[Action], today: Date) -> Listing:
    """The meetings with their counts."""
    counted = _counted(meetings, actions)
    return Listing(
        partial(_table, counted, today),
        partial(_sheet, counted, today),
        partial(_records, counted, today),
        tuple(_talk(counted, today)),
        then=_then(meetings, today),
    )


def _then(meetings: Sequence[Meeting], today: Date) -> str:
    held = [meeting for meeting in meetings if meeting.date and not meeting.is_draft(today)]
    if not held:
        return ""
    board = held[-1].board
    if sum(meeting.board == board for meeting in held) > 1:
        return f"rrb diff{f' --board {quote(board)}' if board else ''} for what the latest one changed"
    return f"rrb actions --all --meeting {quote(held[-1].key)} for what it agreed"


def meeting_records(meetings: Sequence[Meeting], actions: Sequence[Action], today: Date) -> Records:
    """The envelope of meetings."""
    return _records(_counted(meetings, actions), today)


def _counted(meetings: Sequence[Meeting], actions: Sequence[Action]) -> _Counted:
    outstanding = Counter(action.first_seen.meeting for action in actions if action.status.outstanding)
    return tuple((meeting, meeting_counts(meeting, outstanding[meeting.key])) for meeting in meetings)


def meeting_counts(meeting: Meeting, outstanding: int = 0) -> Counts:
    """Its mentions by kind, and how many of the actions that it raised or first showed are outstanding."""
    kinds = Counter(mention.kind for mention in meeting.mentions)
    return {**{kind.value: kinds[kind] for kind in Kind}, "outstanding": outstanding}


def _talk(counted: _Counted, today: Date) -> Iterator[str]:
    if not counted:
        yield "no meetings"
        return
    drafts = sum(meeting.is_draft(today) for meeting, _ in counted)
    raised = sum(counts["raised"] for _, counts in counted)
    outstanding = sum(counts["outstanding"] for _, counts in counted)
    more = f", {count(drafts, 'draft')}" if drafts else ""
    yield f"{count(len(counted), 'meeting')}{more}: {count(raised, 'action')} raised, {outstanding} outstanding"


def _table(counted: _Counted, today: Date) -> Table:
    return Table(COLUMNS, (Group(tuple(_row(meeting, counts, today) for meeting, counts in counted)),))


def _row(meeting: Meeting, counts: Counts, today: Date) -> tuple[Cell, ...]:
    numbers = (len(meeting.attended), counts["raised"], counts["reported"], counts["outstanding"])
    return (tuple(_name(meeting, today)), cell(meeting.title), *map(cell, numbers))


def _name(meeting: Meeting, today: Date) -> Iterator[Words]:
    yield Words(meeting.key, Tone.STRONG)
    if meeting.date is None or meeting.date.isoformat() not in meeting.key:
        yield from cell(meeting.date or "no date")
    if meeting.is_draft(today):
        yield Words("draft", Tone.WARN)


def _sheet(counted: _Counted, today: Date) -> Sheet:
    rows = (_texts(meeting, counts, today) for meeting, counts in counted)
    return Sheet((*FIELDS, *MORE_FIELDS), rows, plain=len(FIELDS))


def _texts(meeting: Meeting, counts: Counts, today: Date) -> tuple[str, ...]:
    following = meeting.next_meeting.date if meeting.next_meeting else None
    values = (
        meeting.key,
        meeting.date,
        meeting.board,
        len(meeting.attended),
        len(meeting.absent),
        counts["raised"],
        counts["reported"],
        counts["outstanding"],
        meeting.title,
        meeting.start,
        meeting.end,
        meeting.venue,
        following,
        "yes" if meeting.is_draft(today) else None,
        meeting.path,
    )
    return tuple("" if value is None else str(value) for value in values)


def _records(counted: _Counted, today: Date) -> Records:
    return Records("meetings", [meeting_record(meeting, today, counts) for meeting, counts in counted], {})
