"""The action summary of one meeting: what it agreed, as it left it, each in the words `OWNER to ACTION`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import partial

from rrbnotes.british import long_day, long_due
from rrbnotes.keeping.summaries import NOTHING
from rrbnotes.model import Action, Due, Meeting, Mention, Place
from rrbnotes.owners import owner_to_action
from rrbnotes.quoting import count
from rrbnotes.reconciling.past import as_it_was, held_at
from rrbnotes.views.cells import owners_text
from rrbnotes.views.document import Document, Grid, Head, Heading, Line, Paragraph, Part, line, owned, strong
from rrbnotes.views.entries import Entry
from rrbnotes.views.listing import Column, Group, Listing, Records, Sheet, Table, Tone, cell
from rrbnotes.views.orders import NO_OWNER
from rrbnotes.views.records import action_record

HEADS = (Head("No."), Head("Action", fills=True), Head("Due", label="due"), Head("Ref"))
COLUMNS = (
    Column("No.", right=True),
    Column("Action", fills=True),
    Column("Due", under="Action", lead="→ ", most=20),
    Column("Ref", most=20),
)
FIELDS = ("no", "owners", "action", "due", "ref", "due_words", "item", "path", "line")
"""What a spreadsheet gets: only ever appended to."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """An action as a meeting left it."""

    number: int
    """Its place in the discussion, from 1."""
    entry: Entry
    """As it stands today."""
    words: str
    owners: tuple[str, ...]
    due: Due | None
    lead: Mention
    """Where the meeting's note says it."""

    @property
    def sentence(self) -> str:
        """`MPS to share the list`."""
        return owner_to_action(self.owners, self.words)


def agreed(meeting: Meeting, entries: Sequence[Entry]) -> tuple[Agreed, ...]:
    """What a meeting agreed that was still to be done when it ended, in the order of its note."""
    found = []
    for entry in entries:
        lead = _lead(meeting, entry.action)
        then = as_it_was(entry.action, held_at(meeting)) if lead else None
        if lead and then and then.status.outstanding:
            found.append(Agreed(0, entry, lead.action, then.owners, then.due, lead))
    found.sort(key=lambda one: one.lead.at)
    return tuple(
        Agreed(n, one.entry, one.words, one.owners, one.due, one.lead) for n, one in enumerate(found, 1)
    )


def latest_with_actions(meetings: Sequence[Meeting], actions: Sequence[Action]) -> Meeting | None:
    """The last of the meetings that raised anything."""
    raising = {action.first_seen.meeting for action in actions if action.is_raised}
    return next((meeting for meeting in reversed(meetings) if meeting.key in raising), None)


def paper(meeting: Meeting, found: Sequence[Agreed], by: str | None, today: Date) -> Document:
    """The summary as a paper of its own, in the order asked for."""
    title = f"Action summary, {long_day(meeting.date)}" if meeting.date else "Action summary"
    opening = Paragraph(line(strong(meeting.title or meeting.board or meeting.key), f": {_agreed(found)}"))
    groups = arranged(found, by)
    parts = (opening, *(part for title, group in groups.items() for part in _group(title, group)))
    return Document(title, parts if found else (opening,), partial(listing, meeting, groups, today))


def part_of_note(found: Sequence[Agreed]) -> Part:
    """The summary as it stands in the note, in the order of the discussion."""
    return (
        Grid(HEADS, tuple(_row(one, line(one.sentence)) for one in found))
        if found
        else Paragraph(line(NOTHING))
    )


def arranged(found: Sequence[Agreed], by: str | None) -> Mapping[str, tuple[Agreed, ...]]:
    """The actions by the titles of their groups; one group without a title where the order knows none. Each keeps its
    number, and a joint action stands under each owner."""
    if by in (None, "due"):
        ordered = sorted(found, key=lambda one: _deadline(one.due)) if by else found
        return {"": tuple(ordered)}
    groups: dict[str, list[Agreed]] = {}
    for one in found:
        for title in (one.owners or (NO_OWNER,)) if by == "owner" else (one.lead.item or "Other",):
            groups.setdefault(title, []).append(one)
    titles = sorted(groups, key=lambda t: (t == NO_OWNER, t.casefold())) if by == "owner" else groups
    return {title: tuple(groups[title]) for title in titles}


ORDERS: Mapping[str, str] = {
    "owner": "under each owner",
    "item": "under the agenda's items",
    "due": "by when it is due",
}
"""Beside the order of the discussion."""


def listing(meeting: Meeting, groups: Mapping[str, tuple[Agreed, ...]], today: Date) -> Listing:
    """The same for spreadsheets and programs."""
    once = {one.number: one for group in groups.values() for one in group}
    head = {"today": today.isoformat(), "meeting": meeting.key}
    return Listing(
        partial(_table, groups),
        partial(_sheet, groups),
        lambda: Records("actions", [action_record(one.entry) for one in once.values()], head),
    )


def _lead(meeting: Meeting, action: Action) -> Mention | None:
    """Where a note agrees an action or lists it as one of its own; its discussion before its lists."""
    mine = [
        one
        for one in action.mentions
        if one.at.path == meeting.path
        and one.place is not Place.PREVIOUS
        and not (one.echoes or one.in_passing or one.is_remark)
    ]
    return min(mine, key=lambda one: (one.place is not Place.INLINE, one.at), default=None)


def _deadline(due: Due | None) -> Date:
    return (due.deadline if due else None) or Date.max


def _agreed(found: Sequence[Agreed]) -> str:
    return f"{count(len(found), 'action')} agreed." if found else "no actions agreed."


def _group(title: str, group: Sequence[Agreed]) -> Iterator[Part]:
    if title:
        yield Heading(title)
    yield Grid(HEADS, tuple(_row(one, owned(one.owners, one.words)) for one in group))


def _row(one: Agreed, words: Line) -> tuple[Line, ...]:
    return line(str(one.number)), words, line(long_due(one.due)), line(one.entry.action.ref)


def _table(groups: Mapping[str, tuple[Agreed, ...]]) -> Table:
    return Table(
        COLUMNS,
        tuple(
            Group(
                tuple(
                    (
                        cell(one.number),
                        cell(one.sentence),
                        cell(long_due(one.due)),
                        cell(one.entry.action.ref, Tone.STRONG),
                    )
                    for one in group
                ),
                title,
            )
            for title, group in groups.items()
        ),
    )


def _sheet(groups: Mapping[str, tuple[Agreed, ...]]) -> Sheet:
    by = () if list(groups) == [""] else ("group",)
    rows = (_texts(one, (title,) if by else ()) for title, group in groups.items() for one in group)
    return Sheet((*FIELDS, *by), rows, plain=5)


def _texts(one: Agreed, group: tuple[str, ...]) -> tuple[str, ...]:
    deadline = one.due.deadline if one.due else None
    return (
        str(one.number),
        owners_text(one.owners),
        one.words,
        deadline.isoformat() if deadline else "",
        one.entry.action.ref,
        one.due.text if one.due else "",
        one.lead.item or "",
        one.lead.at.path,
        str(one.lead.at.line),
        *group,
    )
