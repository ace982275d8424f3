"""From a notebook and its entries to the report."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date

from rrbnotes.book import HALF_READ, Notebook
from rrbnotes.model import Meeting, NextMeeting
from rrbnotes.quoting import listed
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.past import finish
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.board_report.days import day_of
from rrbnotes.views.board_report.rows import rows
from rrbnotes.views.board_report.timeline import timeline
from rrbnotes.views.board_report.values import BoardReport, Figures, Part, Row, Share, Told
from rrbnotes.views.bodies import board_name
from rrbnotes.views.closure import Closing, closings, spread
from rrbnotes.views.entries import Entry
from rrbnotes.views.orders import NO_OWNER

MOST_NAMED = 3
ENOUGH = 5
"""So many ended actions tell how long one takes."""


def board_report(
    book: Notebook, entries: Sequence[Entry], boards: Iterable[str | None], today: Date
) -> BoardReport:
    """The report on these boards, as they stand on a day."""
    wanted = sorted(set(boards), key=lambda board: board or "")
    of = {board: [entry for entry in entries if entry.action.board == board] for board in wanted}
    mine = [entry for board in wanted for entry in of[board]]
    parts = tuple(_part(book, number, board, of[board], today) for number, board in enumerate(wanted, 1))
    ended = [
        one for board in wanted for one in closings(of[board], held_meetings(book.meetings, board, today))
    ]
    refs = {entry.action.ref for entry in mine}
    shown = [entry for entry in mine if entry.outstanding]
    owners = {owner for entry in shown for owner in entry.action.owners}
    nobody = [NO_OWNER] if any(not entry.action.owners for entry in shown) else []
    return BoardReport(
        title=_title([part.name for part in parts]),
        day=day_of(today),
        figures=_figures(mine, sum(len(part.closed) for part in parts), ended),
        parts=parts,
        owners=(*sorted(owners, key=lambda owner: (owner.casefold(), owner)), *nobody),
        unread=tuple(
            f"{one.path}: {one.finding.message}" for one in book.diagnostics if one.name in HALF_READ
        ),
        proposals=sum(proposal.ref in refs for proposal in book.register.proposals),
        provisional=sum(entry.action.provisional for entry in shown),
    )


def _title(names: Sequence[str]) -> str:
    """The boards by name, where these are few and known; else their number."""
    if len(names) <= MOST_NAMED and all(names):
        return listed(names)
    return f"{len(names)} boards" if len(names) > 1 else ""


def _part(book: Notebook, number: int, board: str | None, entries: Sequence[Entry], today: Date) -> Part:
    meetings = [meeting for meeting in book.meetings if meeting.board == board]
    held = held_meetings(meetings, board, today)
    latest = held[-1] if held else None
    outstanding = rows((entry for entry in entries if entry.outstanding), meetings)
    closed = rows((entry for entry in entries if _is_news(entry, latest)), meetings)
    following = next_meeting(meetings, board, today) or (latest.next_meeting if latest else None)
    return Part(
        number=number,
        name=board_name(board, held or meetings),
        notes=len(held),
        others=len(meetings) - len(held),
        first=_told(held[0]) if held else None,
        last=_told(latest) if latest else None,
        next_day=day_of(following.date) if following and following.date else None,
        next_details=_details(following),
        is_next_past=bool(following and following.date and following.date < today),
        figures=_figures(entries, len(closed), closings(entries, held)),
        rows=outstanding,
        shares=tuple(_shares(outstanding)),
        overdue=tuple(sorted((r for r in outstanding if r.days_late), key=lambda r: -r.days_late)),
        rolled=tuple(sorted((r for r in outstanding if r.rolled), key=lambda r: (-r.rolled, -r.carried))),
        redated=tuple(sorted((r for r in outstanding if r.due_changes), key=lambda r: -r.due_changes)),
        closed=closed,
        timeline=timeline(entries, held, today),
    )


def _is_news(entry: Entry, latest: Meeting | None) -> bool:
    """Whether it was finished at the latest held meeting or since, or still waits for agreement."""
    end = finish(entry.action)
    if end is None or entry.outstanding:
        return False
    is_recent = latest is None or bool(end.date and end.date >= latest.order[0])
    return is_recent or entry.for_agreement


def _figures(entries: Sequence[Entry], closed: int, ended: Sequence[Closing]) -> Figures:
    took = spread(closing.meetings for closing in ended)
    return Figures(
        outstanding=sum(entry.outstanding for entry in entries),
        overdue=sum(entry.standing.overdue for entry in entries),
        rolled_over=sum(entry.rolled > 0 for entry in entries),
        unreported=sum(entry.standing.unreported for entry in entries),
        closed=closed,
        for_agreement=sum(entry.for_agreement for entry in entries),
        median_to_close=took.median if took and took.of >= ENOUGH else None,
    )


def _shares(rows: Sequence[Row]) -> Iterator[Share]:
    everybody = Counter(owner for row in rows for owner in row.owners or (NO_OWNER,))
    late = Counter(owner for row in rows if row.days_late for owner in row.owners or (NO_OWNER,))
    order = sorted(
        everybody, key=lambda owner: (owner == NO_OWNER, -everybody[owner], owner.casefold(), owner)
    )
    return (Share(owner, everybody[owner], late[owner]) for owner in order)


def _details(following: NextMeeting | None) -> str:
    if following is None:
        return ""
    hours = "–".join(filter(None, (following.start, following.end)))
    return ", ".join(filter(None, (hours, following.venue)))


def _told(meeting: Meeting) -> Told:
    return Told(day_of(meeting.date) if meeting.date else None, meeting.title or "", meeting.key)
