"""What the note of a coming meeting begins with: its title, who is expected, its standing items, and what is outstanding."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date as Date

from rrbnotes.british import long_day, long_due
from rrbnotes.dates import Precision, When, find_dates
from rrbnotes.model import Action, Due, Meeting, NextMeeting
from rrbnotes.owners import fold_name
from rrbnotes.reading.roles import Role, Vocabulary, role_of
from rrbnotes.reconciling.past import Moment, as_it_was, held_at
from rrbnotes.reconciling.standing import standing
from rrbnotes.views.cells import owners_text
from rrbnotes.views.document import Grid, Head, Line, line
from rrbnotes.views.entries import Entry, waits_for_agreement

HEADS = (
    Head("Ref"),
    Head("Action", fills=True),
    Head("Owner"),
    Head("Due"),
    Head("Carried"),
    Head("Last said"),
    Head("Progress"),
)
_NOBODY = "–"
"""In the column of owners, so that nobody is read out of the action's words."""
_LATE = " (overdue)"
_OPENING = re.compile(r"welcome\b.*|introductions?\b.*|apologies\b.*|opening\b.*")
_CLOSING = re.compile(r"(?:any other business|aob|close|closing|adjourn\w*)\b.*")
_NUMBERED = re.compile(r"(?:item )?(?<!\d)\d[\d.]*+\)?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is known of a meeting before it is held."""

    title: str
    when: str
    """Date, place and time in one line."""
    names: tuple[str, ...]
    """Those who were there last time or sent apologies."""
    last: str | None
    """The key of that meeting."""
    items: tuple[str, ...]
    """Titles of the standing items, without those that every agenda has."""
    outstanding: tuple[Entry, ...]
    """As they stand when the meeting begins, oldest first."""
    for_agreement: tuple[Entry, ...]
    """Finished since the last meeting."""


def outlook(
    day: Date, key: str, board: str | None, meetings: Sequence[Meeting], actions: Sequence[Action]
) -> Outlook:
    """What a board's earlier meetings say of the one on a day, whose own note is `key`."""
    begins: Moment = (day, False, "")
    held = [
        one
        for one in sorted(meetings, key=lambda one: one.order)
        if one.board == board and one.date and one.key != key and held_at(one) < begins and not one.unfilled
    ]
    last = held[-1] if held else None
    announced = last.next_meeting if last and last.next_meeting and last.next_meeting.date == day else None
    then = [one for action in actions if action.board == board and (one := as_it_was(action, begins))]
    entries = [Entry(one, standing(one, held, day), day) for one in then]
    return Outlook(
        title=_title(held, board, day),
        when=_when(day, announced),
        names=_names(last),
        last=last.key if last else None,
        items=_standing_items(held),
        outstanding=tuple(entry for entry in entries if entry.outstanding),
        for_agreement=tuple(entry for entry in entries if waits_for_agreement(entry.action)),
    )


def rows(found: Outlook) -> Grid:
    """The table of earlier actions; its last column is for people to fill in."""
    every = (*found.outstanding, *found.for_agreement)
    return Grid(HEADS, tuple(_row(entry) for entry in every))


def ever_printed(action: Action) -> Grid:
    """What the columns of owners and deadlines may have said of an action since it was raised."""
    owners = {action.first_owners, action.owners, *(one.owners or () for one in action.history)}
    dues = {_due(due) for due in (action.first_due, action.due, *(one.due for one in action.history))}
    words = {owners_text(names) or _NOBODY for names in owners} | dues | {f"{due}{_LATE}" for due in dues}
    return Grid((), (tuple(map(line, sorted(words))),))


def _row(entry: Entry) -> tuple[Line, ...]:
    action, carried = entry.action, entry.standing.carried.meetings
    late = _LATE if entry.standing.overdue else ""
    return (
        line(action.ref),
        line(_begun(action.action)),
        line(owners_text(action.owners) or _NOBODY),
        line(f"{_due(action.due)}{late}"),
        line(str(carried) if carried and entry.outstanding else ""),
        line(_last_said(entry)),
        (),
    )


def _due(due: Due | None) -> str:
    """The deadline where it is sure: bare words would be read anew, from another day."""
    return long_due(due) if due and any(due.bounds) else ""


def _begun(words: str) -> str:
    """The words with a capital at their beginning, for no owner stands before them."""
    return words[:1].upper() + words[1:] if words.partition(" ")[0].islower() else words


def _last_said(entry: Entry) -> str:
    """`rolled over on 9 September 2019: more data needed`; where nothing was said yet, when it was raised."""
    action, latest = entry.action, entry.latest
    if latest is None:
        said, why = "raised" if action.is_raised else "first seen", ""
    else:
        said, why = latest.status or "remark", f": {latest.reason}" if latest.reason else ""
    day = latest.date if latest else action.first_seen.date
    on = f" on {long_day(day)}" if day else ""
    since = "; not reported since" if entry.standing.unreported else ""
    return f"{said}{on}{why}{since if action.status.outstanding else '; for agreement'}"


def _title(held: Sequence[Meeting], board: str | None, day: Date) -> str:
    """That of the last meeting, with this one's date in the place of its own, and its number where meetings are counted."""
    last = held[-1] if held else None
    if last is None or not last.title:
        return f"{board} board meeting" if board else "Board meeting"
    title = last.title
    for found in reversed(find_dates(title, last.date)):
        title = title[: found.start] + _instead(found, title, last.date, day) + title[found.end :]
    number = _number(last)
    is_counted = number is not None and len(held) > 1 and _number(held[-2]) == number - 1
    return re.sub(rf"(?<!\d){number}(?!\d)", str((number or 0) + 1), title, count=1) if is_counted else title


def _number(meeting: Meeting) -> int | None:
    """The number in a title apart from its date: `Meeting 116 – 26th April 2018`."""
    title = meeting.title or ""
    for found in reversed(find_dates(title, meeting.date)):
        title = title[: found.start] + title[found.end :]
    numbers = re.findall(r"(?<!\d)\d{1,4}(?!\d)", title)
    return int(numbers[0]) if len(numbers) == 1 else None


def _instead(found: When, title: str, then: Date | None, day: Date) -> str:
    """What a date in the last title gives way to: the day, or its month where only that was printed."""
    is_its_own = then is not None and found.earliest <= then <= found.latest
    if found.precision is Precision.DAY and (found.has_year or is_its_own):
        return long_day(day)
    if found.precision is Precision.RANGE and is_its_own:
        return long_day(day)
    if found.precision is Precision.MONTH and is_its_own:
        _, month, year = long_day(day).split(" ")
        return f"{month} {year}" if found.has_year else month
    return title[found.start : found.end]


def _when(day: Date, announced: NextMeeting | None) -> str:
    """`19 November 2019 | City Hall | 10:00–12:00`, as far as the last note announced it."""
    parts = [long_day(day)]
    if announced:
        times = "–".join(time for time in (announced.start, announced.end) if time)
        parts += [part for part in (announced.venue or "", times) if part]
    return " | ".join(parts)


def _names(last: Meeting | None) -> tuple[str, ...]:
    if last is None:
        return ()
    return tuple(dict.fromkeys(name.name for name in (*last.attended, *last.absent)))


def _standing_items(held: Sequence[Meeting]) -> tuple[str, ...]:
    """The items that both of the last two meetings had, in the order of the last."""
    if len(held) < 2:
        return ()
    before = {fold_name(item.title) for item in held[-2].items}
    titles = dict.fromkeys(_plain(item.title) for item in held[-1].items if fold_name(item.title) in before)
    return tuple(title for title in titles if not _is_given(title))


def _plain(title: str) -> str:
    return _NUMBERED.sub("", title, count=1).strip(" :")


def _is_given(title: str) -> bool:
    """Whether every agenda has the item, so that the template has it."""
    folded = fold_name(title)
    role = role_of(title, Vocabulary())
    return bool(_OPENING.fullmatch(folded) or _CLOSING.fullmatch(folded)) or role not in (None, Role.ITEM)
