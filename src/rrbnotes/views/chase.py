"""The texts that owners are sent: what they still have to do, and a table to answer in."""

from collections.abc import Iterator, Sequence
from datetime import date as Date
from functools import partial

from rrbnotes.british import long_day, long_due
from rrbnotes.model import Status
from rrbnotes.quoting import count, listed
from rrbnotes.views.actions import listing as actions_listing
from rrbnotes.views.cells import deadline_text, sentence
from rrbnotes.views.document import (
    Document,
    Grid,
    Head,
    Heading,
    Line,
    Paragraph,
    Run,
    line,
    strong,
)
from rrbnotes.views.entries import Entry
from rrbnotes.views.fields.lists import LetterRecord
from rrbnotes.views.listing import Listing, Records, Sheet
from rrbnotes.views.records import action_record
from rrbnotes.views.requests import Request
from rrbnotes.views.sources import Web

ACTIONS = (
    Head("Ref"),
    Head("Action", fills=True),
    Head("Due", label="due"),
    Head("Status"),
    Head("From"),
)
REPLY = (
    Head("Ref"),
    Head("Status", blank=True),
    Head("New date", blank=True),
    Head("Reason", fills=True, blank=True),
)
"""The titles by which `rrb update --from` knows the table."""
FIELDS = ("ref", "status", "new date", "reason", "action", "due now", "owner", "board")
"""Of the sheet that comes back; the last four only tell a person what the row is about."""


def paper(request: Request, today: Date, web: Web | None = None) -> Document:
    """The text for one owner; with `web` it leads to the notes."""
    body = f": {request.body}" if request.body else ""
    what = "Action" if len(request.entries) == 1 else "Actions"
    return Document(
        f"{what} for {request.owner}{body}",
        (
            Paragraph(line(*_what_it_is(request))),
            Paragraph(line(*_what_is_asked(request))),
            Heading(what),
            Grid(ACTIONS, tuple(_row(entry, request, web) for entry in request.entries)),
            Heading("Your reply"),
            Paragraph(line(_HOW_TO_REPLY)),
            Grid(REPLY, tuple((line(entry.action.ref), (), (), ()) for entry in request.entries)),
        ),
        partial(listing, (request,), today),
    )


def listing(asked: Sequence[Request], today: Date) -> Listing:
    """The same for spreadsheets, as a sheet to fill in, and for programs."""
    groups = {_title(request, asked): request.entries for request in asked}
    whole = actions_listing(groups, (), today)
    return Listing(whole.table, partial(_sheet, asked), partial(_records, asked, today))


def talk(asked: Sequence[Request], unowned: Sequence[Entry], filters: str) -> Iterator[str]:
    """What the secretariat should know before anything is sent."""
    refs = {entry.action.ref: entry for request in asked for entry in request.entries}
    whom = f" for {filters}" if filters else ""
    if not asked:
        yield f"nobody is asked: no outstanding action with an owner{whom}"
    else:
        late = sum(entry.standing.overdue for entry in refs.values())
        overdue = f", {late} of them overdue" if late else ""
        yield f"{count(len(asked), 'text')}{whom} about {count(len(refs), 'action')}{overdue}"
    if any(entry.action.provisional for entry in refs.values()):
        yield "the refs are provisional: `rrb sync` before anything is sent, for replies go by them"
    if unowned:
        have = "has" if len(unowned) == 1 else "have"
        named = ", ".join(entry.action.ref for entry in unowned)
        yield f"{count(len(unowned), 'action')} {have} no owner: {named}; nobody is asked about {'it' if len(unowned) == 1 else 'them'}"


_HOW_TO_REPLY = (
    "Under Status, write complete if it is done, ongoing if it is under way, rolled over if it has to wait for a later "
    "meeting, or closed if it is no longer to be done. Under New date, give the date that you need instead, if there is "
    "one. Under Reason, add a few words: what was done, or what is still missing. Please leave empty whatever you cannot "
    "answer yet."
)


def _title(request: Request, asked: Sequence[Request]) -> str:
    """The owner; with its board where texts are of several."""
    several = len({one.board for one in asked}) > 1
    return f"{request.owner} ({request.board or 'no board'})" if several else request.owner


def _what_it_is(request: Request) -> Iterator[str | Run]:
    number, late = len(request.entries), request.overdue
    what = "one outstanding action" if number == 1 else f"{number} outstanding actions"
    named = request.body if request.body != request.board else f"board {request.body}"
    yield f"The {named or 'board'} has {what} for {request.owner}"
    if late:
        yield ", "
        which = "which is" if number == 1 else "all" if late == number else f"{late} of them"
        yield strong(f"{which} overdue")
    yield "."
    day = request.meeting.date if request.meeting else None
    if request.meeting and day:
        hours = "–".join(filter(None, (request.meeting.start, request.meeting.end)))
        details = ", ".join(filter(None, (hours, request.meeting.venue)))
        yield f" The next meeting is on {long_day(day)}{f' ({details})' if details else ''}."


def _what_is_asked(request: Request) -> Iterator[str | Run]:
    stands = "it stands" if len(request.entries) == 1 else "each of them stands"
    yield f"Please let us know how {stands} by filling in the table under “Your reply” and sending this back "
    yield strong(f"by {long_day(request.reply_by)}") if request.reply_by else "before the next meeting"
    yield ". Thank you."


def _row(entry: Entry, request: Request, web: Web | None) -> tuple[Line, ...]:
    action = entry.action
    words, together = sentence(action.action), _together(entry, request.owner)
    return (
        line(action.ref),
        line(f"{words.rstrip('.')} ({together})" if together else words),
        line(*_due(entry)),
        line(_status(entry)),
        line(Run(_from(entry), link=web.link(action.first_seen.at) if web else "")),
    )


def _together(entry: Entry, owner: str) -> str:
    """With whom an owner does it: `with MPS`; `as one of Partners`."""
    others = [name for name in entry.action.owners if name != owner]
    is_own = len(others) < len(entry.action.owners)
    return (f"with {listed(others)}" if is_own else f"as one of {listed(others)}") if others else ""


def _due(entry: Entry) -> Iterator[str | Run]:
    """When it is due, whether that has passed, and when it was due at first."""
    action = entry.action
    now, first = long_due(action.due), long_due(action.first_due)
    yield now
    if entry.standing.overdue:
        yield from (", ", strong("overdue"))
    if first and first != now:
        yield f" (first due {first})"


def _status(entry: Entry) -> str:
    """`rolled over twice: more data needed; still outstanding after 3 meetings`."""
    status, rolled = entry.action.status, entry.rolled
    reason = entry.latest.reason if entry.latest else ""
    often = " twice" if rolled == 2 else f" {rolled} times" if rolled > 2 else ""
    said = _NO_NEWS if status is Status.OPEN and not reason else str(status)
    if status is Status.ROLLED_OVER:
        said += often
    elif rolled:
        said += f", rolled over{often or ' once'} before"
    return "; ".join(filter(None, (": ".join(filter(None, (said, reason))), _still(entry))))


_NO_NEWS = "no progress reported yet"


def _still(entry: Entry) -> str:
    """How many meetings have gone by; the one that raised it is none of them."""
    carried = entry.standing.carried.meetings
    more = "more " * entry.action.is_raised
    return f"still outstanding after {count(carried, f'{more}meeting')}" if carried else ""


def _from(entry: Entry) -> str:
    """Where it was agreed: the day of the meeting, and the agenda item."""
    action, first = entry.action, entry.action.first_seen
    what = "raised" if action.is_raised else "first reported"
    what = what if first.meeting else "agreed between meetings"
    when = f"on {long_day(first.date)}" if first.date else f"at {first.meeting}" if first.meeting else ""
    item = first.item or ""
    under = f"item {item}" if item[:1].isdigit() else f"“{item}”" if item else ""
    return ", ".join(filter(None, (f"{what} {when}".strip(), under)))


def _sheet(asked: Sequence[Request]) -> Sheet:
    rows = [
        (
            entry.action.ref,
            "",
            "",
            "",
            entry.action.action,
            deadline_text(entry.action.due),
            one.owner,
            one.board or "",
        )
        for one in asked
        for entry in one.entries
    ]
    return Sheet(FIELDS, rows, plain=len(FIELDS))


def _records(asked: Sequence[Request], today: Date) -> Records:
    return Records("owners", map(_record, asked), {"today": today.isoformat()})


def _record(request: Request) -> LetterRecord:
    day = request.meeting.date if request.meeting else None
    return {
        "owner": request.owner,
        "board": request.board,
        "next_meeting": day.isoformat() if day else None,
        "reply_by": request.reply_by.isoformat() if request.reply_by else None,
        "overdue": request.overdue,
        "actions": [action_record(entry) for entry in request.entries],
    }
