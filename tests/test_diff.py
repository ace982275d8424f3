"""What changed between meetings, beside the sessions in `cases/sync/diff.md`: laws on drawn boards, and against the past itself.

A board is drawn as meetings of a few days, some on one day, and actions that meetings and people speak of at any time.
"""

from dataclasses import replace
from datetime import date as Date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import done, set_board
from rrbnotes.home import locate
from rrbnotes.keeping.ledger import open_ledger
from rrbnotes.model import Action, Due, Kind, Meeting, Mention, Place, Progress, Sighting, Status
from rrbnotes.reconciling.past import as_it_was, finish, held_at, said_at
from rrbnotes.source import Location
from rrbnotes.views.diff import KINDS, Turn, changes, turns
from rrbnotes.views.span import Span

TODAY = Date(2026, 6, 1)
KEYS = ("2026-01-12", "2026-02-09-a", "2026-02-09-b", "2026-03-09", "2026-04-13")
MEETINGS = tuple(Meeting(key, f"notes/{key}.md", None, date=Date.fromisoformat(key[:10])) for key in KEYS)
OUTSTANDING, FINISHED = ("open", "ongoing", "rolled over"), ("complete", "closed")
FOREVER = (Date.max, True, "")

words = st.one_of(st.none(), st.sampled_from(list(Status)))
dues = st.one_of(
    st.none(), st.dates(Date(2026, 1, 1), Date(2026, 12, 31)).map(lambda day: Due(f"{day}", day))
)
owners = st.sampled_from([(), ("NPS",), ("MPS",), ("MPS", "GLA")])


@st.composite
def progresses(draw: st.DrawFn) -> Progress:
    """What a meeting or a person said."""
    meeting = draw(st.sampled_from([*MEETINGS, None]))
    day = meeting.date if meeting else draw(st.dates(Date(2026, 1, 1), TODAY))
    re_owned = draw(st.one_of(st.none(), owners))
    key = meeting.key if meeting else None
    return Progress(day, key, status=draw(words), due=draw(dues), owners=re_owned)


@st.composite
def actions(draw: st.DrawFn) -> Action:
    """An action with its history in the order of time, as reconciling leaves it."""
    first = draw(st.sampled_from([*MEETINGS, Meeting("undated", "notes/undated.md", None)]))
    seen = Sighting(first.key, first.date, None, Location(first.path, 1))
    new = Action(
        ref=f"{first.key}.{draw(st.integers(1, 10_000))}",
        board=None,
        action="map the pathways",
        owners=(),
        status=Status.OPEN,
        due=None,
        first_owners=draw(owners),
        first_due=draw(dues),
        first_seen=seen,
        is_raised=draw(st.booleans()),
    )
    said = draw(st.lists(progresses(), max_size=4, unique_by=said_at))
    later = sorted((p for p in said if said_at(p) >= held_at(first)), key=said_at)
    notes = dict.fromkeys([first.path, *(f"notes/{p.meeting}.md" for p in later if p.meeting)])
    mentions = tuple(Mention(Location(path, 1), Place.LIST, Kind.REPORTED, "", "") for path in notes)
    now = as_it_was(replace(new, history=tuple(later), mentions=mentions), FOREVER)
    assert now
    return now


boards = st.lists(actions(), max_size=6, unique_by=lambda action: action.ref)


def span(start: int, end: int) -> Span:
    return Span(MEETINGS[start], MEETINGS[end], MEETINGS[: end + 1])


def counts(every: tuple[Turn, ...]) -> dict[str, int]:
    return {kind: len(group) for kind, group in changes(every).items()}


spans = st.sampled_from([span(start, end) for end in range(len(KEYS)) for start in range(end)])


@given(boards, spans)
@settings(max_examples=25, deadline=None)
def test_the_counts_add_up(board: list[Action], span: Span) -> None:
    every = turns(board, span)
    number = counts(every)
    before = sum(turn.was_outstanding for turn in every)
    after = sum(turn.after.outstanding for turn in every)
    assert after == before + number["new"] + number["reopened"] - number["finished"]


@given(boards, st.integers(2, len(KEYS) - 1))
@settings(max_examples=25, deadline=None)
def test_what_is_new_on_the_way_is_new_at_one_of_its_steps(board: list[Action], end: int) -> None:
    steps = [turn for n in range(end) for turn in changes(turns(board, span(n, n + 1)))["new"]]
    whole = changes(turns(board, span(0, end)))["new"]
    assert {turn.action.ref for turn in steps} == {turn.action.ref for turn in whole}


@given(boards, spans)
@settings(max_examples=25, deadline=None)
def test_kinds_say_what_their_names_say(board: list[Action], span: Span) -> None:
    found = changes(turns(board, span))
    assert list(found) == [kind.name for kind in KINDS]
    assert all(turn.action.status in FINISHED for turn in found["finished"])
    for kind in ("rolled over", "reopened", "unreported"):
        assert all(turn.action.status in OUTSTANDING for turn in found[kind])
    rolled = (turn.action.history for turn in found["rolled over"])
    assert all(any(_is_rolled(p) and said_at(p) > held_at(span.start) for p in said) for said in rolled)
    silent = {turn.action.ref for turn in found["unreported"]}
    told = {
        turn.action.ref for turn in turns(board, span) if any(p.meeting == span.end.key for p in turn.said)
    }
    outstanding = {turn.action.ref for turn in turns(board, span) if turn.after.outstanding}
    dated = {a.ref for a in board if a.first_seen.date and a.first_seen.meeting != span.end.key}
    assert silent == (outstanding & dated) - told


def _is_rolled(progress: Progress) -> bool:
    return progress.status is Status.ROLLED_OVER


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small board with a register, links and updates of people."""
    root = set_board(tmp_path_factory.mktemp("board"))
    done(root, "update", "2019-09-09.2", "ongoing", "-m", "the hall is shut", "--on", "2020-01-22")
    done(root, "update", "2019-11-19.p1", "--owner", "BT", "--due", "2020-03-01", "--on", "2019-12-01")
    return root


@pytest.mark.parametrize("day", ["2019-09-09", "2019-11-19", "2019-12-01", "2020-01-20", "2020-01-28"])
def test_an_action_as_it_was_is_what_the_notes_up_to_then_say(folder: Path, day: str) -> None:
    data = (folder / "notes" / "actions.yaml").read_bytes()
    home, today, until = locate(folder, None), Date(2020, 2, 1), Date.fromisoformat(day)
    now = open_ledger(home, folder, data, today).book.register.actions
    then = open_ledger(home, folder, data, today, as_at=until).book.register.actions
    was = [one for action in now if (one := as_it_was(action, (until, True, "\uffff")))]
    assert [facts(one) for one in was] == [facts(one) for one in then]


def facts(action: Action) -> tuple[object, ...]:
    return action.ref, action.status, action.due, action.owners, len(action.history)


def test_an_action_is_finished_by_the_first_word_of_its_last_finish() -> None:
    assert [finish_of(*said) for said in FINISHES] == [None, 0, 0, None, 2, 1]


FINISHES: tuple[tuple[str | None, ...], ...] = (
    ("ongoing",),
    ("complete",),
    ("complete", "complete"),
    ("complete", "ongoing"),
    ("complete", "rolled over", "closed"),
    ("ongoing", "complete", None, "closed"),
)


def finish_of(*said: str | None) -> int | None:
    """The number of the progress that finished an action of which this was said."""
    history = tuple(
        Progress(Date(2026, 1, n), f"{n}", status=Status(word) if word else None)
        for n, word in enumerate(said, 1)
    )
    seen = Sighting("0", Date(2026, 1, 1), None, None)
    last = finish(Action("0.1", None, "", (), Status.OPEN, None, (), None, seen, True, history))
    return history.index(last) if last else None
