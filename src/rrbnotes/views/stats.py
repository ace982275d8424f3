"""The figures of each board as an answer: a table with bars, a long sheet, records."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date as Date
from functools import partial

from rrbnotes.model import Meeting
from rrbnotes.quoting import count, listed
from rrbnotes.views.closure import ENDINGS, Spread, spreads
from rrbnotes.views.entries import Entry
from rrbnotes.views.figures import Count, Figures, Point, figures
from rrbnotes.views.listing import Listing, Records, Sheet
from rrbnotes.views.orders import NO_OWNER
from rrbnotes.views.stats_table import percent, stats_table

FIELDS = ("board", "measure", "name", "value")
"""One figure a row: a promise, only ever appended to."""
_DIGITS = 3
"""Of a rate."""
_Numbers = dict[str, float | None]
_Record = dict[str, object]


def stats(
    boards: Iterable[str | None], entries: Sequence[Entry], meetings: Sequence[Meeting], today: Date
) -> Listing:
    """The figures of the boards, in every shape."""
    ordered = sorted(boards, key=lambda board: board or "")
    every = tuple(figures(board, entries, meetings, today) for board in ordered)
    shown = tuple(one for one in every if one.total.actions or one.meetings)
    notes = [meeting for meeting in meetings if meeting.board in ordered]
    return Listing(
        partial(stats_table, shown),
        partial(_sheet, shown),
        partial(_records, shown, today),
        tuple(_talk(shown, notes)),
        then="rrb report --output report.html for a page for the board" if shown else "",
    )


def _talk(every: tuple[Figures, ...], notes: Sequence[Meeting]) -> Iterator[str]:
    total = sum(one.total.actions for one in every)
    boards = f" of {count(len(every), 'board')}" if len(every) > 1 else ""
    held = sum(len(one.meetings) for one in every)
    undated = sum(meeting.date is None for meeting in notes)
    drafts = len(notes) - held - undated
    further = [count(drafts, "draft")] * bool(drafts)
    further += [count(undated, "note without a date", "notes without a date")] * bool(undated)
    actions = count(total, "action") if total else "no actions"
    where = listed([f"{count(held, 'held meeting')}{boards}", *further])
    finished = sum(one.total.finished for one in every)
    facts = (
        f": {total - finished} outstanding, {finished} finished ({percent(finished / total)})"
        if total
        else ""
    )
    yield f"{actions} in {where}{facts}"


def _sheet(every: tuple[Figures, ...]) -> Sheet:
    rows = (
        (one.board or "", measure, name, "" if value is None else f"{value:g}")
        for one in every
        for measure, name, value in _cells(one)
    )
    return Sheet(FIELDS, rows, plain=len(FIELDS))


def _cells(one: Figures) -> Iterator[tuple[str, str, float | None]]:
    """Every figure of a board: what it measures, of what, the value."""
    for point in one.points:
        name = point.meeting.key if point.meeting else "since"
        yield from ((f"meeting: {what}", name, value) for what, value in _of_point(point).items())
    yield from (("total", name, value) for name, value in (_totals(one) | _closure(one)).items())
    for ending in ENDINGS:
        for unit, known in spreads(one.closings, ending).items():
            of = _spread(known) or {}
            yield from ((f"{unit} to {ending}", name, value) for name, value in of.items())
    yield from (("age", name, number) for name, number in one.ages.items())
    yield from (("carried", name, number) for name, number in one.carried.items())
    for owner, counts in one.owners.items():
        yield from ((f"owner: {what}", owner, value) for what, value in _of_owner(counts).items())


def _records(every: tuple[Figures, ...], today: Date) -> Records:
    return Records("stats", map(_record, every), {"today": today.isoformat()})


def _record(one: Figures) -> _Record:
    to_end = {
        f"to_{ending.replace(' ', '_')}": {
            unit: _spread(known) for unit, known in spreads(one.closings, ending).items()
        }
        for ending in ENDINGS
    }
    return {
        "board": one.board,
        "meetings": [_meeting(point.meeting) | _of_point(point) for point in one.points if point.meeting],
        "since": next((_of_point(point) for point in one.points if point.meeting is None), None),
        **_totals(one),
        "closure": _closure(one) | to_end,
        "ages": one.ages,
        "carried": one.carried,
        "owners": [
            {"owner": None if owner == NO_OWNER else owner, **_of_owner(counts)}
            for owner, counts in one.owners.items()
        ],
    }


def _meeting(meeting: Meeting) -> _Record:
    return {"key": meeting.key, "date": meeting.date.isoformat() if meeting.date else None}


def _of_point(point: Point) -> _Numbers:
    return {
        "raised": point.raised,
        "first_reported": point.first_reported,
        "reopened": point.reopened,
        "finished": point.finished,
        "outstanding": point.outstanding,
    }


def _totals(one: Figures) -> _Numbers:
    return {
        "actions": one.total.actions,
        "outstanding": one.total.outstanding,
        "overdue": one.total.overdue,
        "rolled_over": one.total.rolled_over,
        "unreported": one.unreported,
        "redated": one.redated,
        "never_reported": one.never_reported,
        "age_at_least": one.at_least,
    }


def _closure(one: Figures) -> _Numbers:
    return {**_finished(one.total), "finished_where_raised": one.finished_where_raised}


def _of_owner(of: Count) -> _Numbers:
    numbers = {"actions": of.actions, "outstanding": of.outstanding, "overdue": of.overdue}
    return {**numbers, "rolled_over": of.rolled_over, **_finished(of)}


def _finished(of: Count) -> _Numbers:
    rate = None if of.rate is None else round(of.rate, _DIGITS)
    return {"finished": of.finished, "complete": of.complete, "closed": of.closed, "rate": rate}


def _spread(known: Spread | None) -> _Numbers | None:
    if known is None:
        return None
    return {"of": known.of, "lower": known.lower, "median": known.median, "upper": known.upper}
