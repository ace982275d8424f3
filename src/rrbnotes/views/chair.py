"""One page for the chair: what was put off too often, what nobody spoke of, what is to be agreed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date as Date
from functools import partial
from textwrap import shorten

from rrbnotes.british import long_day, long_due
from rrbnotes.model import Due, Meeting, Status
from rrbnotes.quoting import count, listed
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.actions import listing as list_actions
from rrbnotes.views.bodies import board_name
from rrbnotes.views.document import Document, Grid, Head, Heading, Line, Paragraph, Part, line, owned, strong
from rrbnotes.views.entries import Entry

TOO_OFTEN = 3
"""Roll-overs from which on the chair should ask whether the action will ever be done."""
RE_DATED_AGAIN = 2
"""New dates from which on a date means little."""
_MOST, _TOGETHER = 8, 10
"""Rows of a section, and of all, so that they fit on a page."""
_LONGEST, _LONGEST_REASON = 100, 60
"""Characters of an action's words and of a reason, for the same purpose."""


@dataclass(frozen=True, slots=True)
class _Section:
    """One thing that the chair should know."""

    title: str
    holds: Callable[[Entry], bool]
    weight: Callable[[Entry], int]
    """The heaviest come first."""
    tells: Callable[[Entry], str]


def _changes(entry: Entry) -> int:
    return sum(1 for progress in entry.action.history if progress.due)


def _reason(entry: Entry) -> str:
    reason = entry.latest.reason if entry.latest else ""
    return f" – {_cut(reason, _LONGEST_REASON)}" if reason else ""


def _stands(entry: Entry) -> str:
    """`ongoing – draft with the team; not reported for 3 meetings`."""
    status = "" if entry.action.status is Status.OPEN else f"{entry.action.status}{_reason(entry)}"
    silent = entry.standing.carried.silent
    since = f"not reported for {count(silent, 'meeting')}" if entry.standing.unreported and silent else ""
    return "; ".join(filter(None, (status, since))) or "no progress reported yet"


def _deadline(entry: Entry) -> Date | None:
    return entry.action.due.deadline if entry.action.due else None


def _cut(words: str, most: int) -> str:
    return shorten(words, most, placeholder=" …")


def _moves(entry: Entry) -> str:
    """`19 November 2019, then 31 March 2020`; of many the first and the last."""
    dues: list[Due | None] = [entry.action.first_due, *(p.due for p in entry.action.history)]
    days = list(dict.fromkeys(long_due(due) for due in dues if due))
    return ", then ".join(days if len(days) < 4 else (days[0], "…", days[-1]))


_SECTIONS = (
    _Section(
        "Rolled over three times or more",
        lambda entry: entry.rolled >= TOO_OFTEN,
        lambda entry: entry.rolled,
        lambda entry: f"{entry.rolled} times{_reason(entry)}",
    ),
    _Section(
        "Overdue",
        lambda entry: entry.standing.overdue,
        lambda entry: (entry.today - (_deadline(entry) or entry.today)).days,
        _stands,
    ),
    _Section(
        "Given a new date again",
        lambda entry: entry.outstanding and _changes(entry) >= RE_DATED_AGAIN,
        _changes,
        _moves,
    ),
    _Section(
        "Not spoken of at the last meeting",
        lambda entry: entry.standing.unreported,
        lambda entry: entry.standing.carried.silent,
        _stands,
    ),
    _Section(
        "Finished, for the board to agree",
        lambda entry: entry.for_agreement,
        lambda entry: 0,
        lambda entry: f"{entry.action.status}{_reason(entry)}",
    ),
)


def paper(board: str | None, meetings: Sequence[Meeting], entries: Sequence[Entry], today: Date) -> Document:
    """The page of one board on a day."""
    mine = [meeting for meeting in meetings if meeting.board == board]
    held = held_meetings(mine, board, today)
    named = board_name(board, mine) or (held[-1].title if held else None) or "The board"
    parts = [Paragraph(line(strong(named), f": {_counts(entries)}")), *_when(held, mine, today)]
    found = [(section, rows) for section in _SECTIONS if (rows := _rows(section, entries))]
    shown: dict[str, Entry] = {}
    for section, rows in found:
        new = [entry for entry in rows if entry.action.ref not in shown]
        most = min(_MOST, _TOGETHER // len(found))
        parts += _parts(section, new, len(rows) - len(new), most) if new else ()
        shown |= {entry.action.ref: entry for entry in new}
    if not shown:
        parts.append(
            Paragraph(
                line("Nothing is overdue, was put off too often or left unsaid, or waits to be agreed.")
            )
        )
    answer = partial(list_actions, {"": tuple(shown.values())}, (), today)
    return Document(f"For the chair, {long_day(today)}", tuple(parts), answer)


def _rows(section: _Section, entries: Sequence[Entry]) -> list[Entry]:
    """The heaviest first."""
    return sorted(filter(section.holds, entries), key=section.weight, reverse=True)


def _counts(entries: Sequence[Entry]) -> str:
    outstanding = [entry for entry in entries if entry.outstanding]
    told = {
        "overdue": sum(entry.standing.overdue for entry in outstanding),
        "rolled over": sum(entry.rolled > 0 for entry in outstanding),
        "not spoken of last time": sum(entry.standing.unreported for entry in outstanding),
    }
    counts = listed(f"{number} {word}" for word, number in told.items() if number)
    return f"{count(len(outstanding), 'action')} outstanding{f', {counts}' if counts else ''}."


def _when(held: Sequence[Meeting], meetings: Sequence[Meeting], today: Date) -> Iterator[Part]:
    last = held[-1] if held else None
    if last and last.date:
        after = next_meeting(meetings, last.board, today)
        then = f" The next one is announced for {long_day(after.date)}." if after and after.date else ""
        yield Paragraph(line(f"The last meeting was on {long_day(last.date)}.{then}"))


def _parts(section: _Section, rows: Sequence[Entry], above: int, most: int) -> Iterator[Part]:
    told = f", {above} of them above" if above else ""
    yield Heading(f"{section.title} ({len(rows) + above}{told})")
    heads = (Head("Ref"), Head("Action", fills=True), Head("Due", label="due"), Head("How it stands"))
    yield Grid(heads, tuple(_row(section, entry) for entry in rows[:most]))
    if len(rows) > most:
        yield Paragraph(line(f"… and {len(rows) - most} more."))


def _row(section: _Section, entry: Entry) -> tuple[Line, ...]:
    action = entry.action
    late = ", overdue" if entry.standing.overdue else ""
    return (
        line(action.ref),
        owned(action.owners, _cut(action.action, _LONGEST)),
        line(f"{long_due(action.due)}{late}".removeprefix(", ")),
        line(section.tells(entry)),
    )
