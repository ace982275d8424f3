"""The figures of boards, beside the sessions in `cases/sync/stats.md`: laws on drawn boards, and the edges of each figure."""

import json
from datetime import date as Date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boards import done, set_board
from rrbnotes.model import Action, Progress, Register, Sighting, Status
from rrbnotes.quoting import count
from rrbnotes.reconciling.standing import standings
from rrbnotes.views.charts import BAR, bar, line, part
from rrbnotes.views.closure import closings, spread
from rrbnotes.views.diff import changes, turns
from rrbnotes.views.entries import Entry, entries
from rrbnotes.views.figures import Figures, ages, figures
from rrbnotes.views.span import Span
from test_diff import MEETINGS, TODAY, boards

# Laws


def stood(actions: list[Action]) -> tuple[Entry, ...]:
    return entries(actions, standings(MEETINGS, Register(tuple(actions)), TODAY), TODAY)


def of(actions: list[Action]) -> Figures:
    return figures(None, stood(actions), MEETINGS, TODAY)


@given(boards)
@settings(max_examples=25, deadline=None)
def test_each_meeting_changed_what_is_outstanding_by_what_the_comparison_says(board: list[Action]) -> None:
    points = of(board).points
    for n, (before, after) in enumerate(pairwise(points[: len(MEETINGS)]), 1):
        span = Span(MEETINGS[n - 1], MEETINGS[n], MEETINGS[: n + 1])
        found = {kind: len(group) for kind, group in changes(turns(board, span)).items()}
        assert after.outstanding == before.outstanding + after.new + after.reopened - after.finished
        assert (after.new, after.reopened, after.finished) == tuple(
            found[kind] for kind in ("new", "reopened", "finished")
        )


@given(boards)
@settings(max_examples=25, deadline=None)
def test_every_distribution_adds_up_to_what_is_outstanding(board: list[Action]) -> None:
    found = of(board)
    outstanding = found.total.outstanding
    assert sum(found.ages.values()) == sum(found.carried.values()) == outstanding
    assert found.points[-1].outstanding == outstanding == len(board) - found.total.finished
    assert found.total.complete + found.total.closed == found.total.finished
    assert len(found.closings) + found.finished_where_raised <= found.total.finished


@given(boards)
@settings(max_examples=25, deadline=None)
def test_a_joint_action_counts_once_in_totals_and_for_each_owner(board: list[Action]) -> None:
    found = of(board)
    assert found.total.actions == len(board)
    assert sum(one.actions for one in found.owners.values()) == sum(max(1, len(a.owners)) for a in board)


# Figures


def action(first: str, *said: tuple[str, str], is_raised: bool = True) -> Action:
    """An action first seen on a day, and what was said of it when: at a meeting of that key, or by a person."""
    keys = {meeting.key for meeting in MEETINGS}
    history = tuple(
        Progress(Date.fromisoformat(when[:10]), when if when in keys else None, status=Status(word))
        for when, word in said
    )
    status = history[-1].status if history and history[-1].status else Status.OPEN
    seen = Sighting(first if first in keys else None, Date.fromisoformat(first[:10]), None, None)
    return Action(f"{first}.1", None, "", (), status, None, (), None, seen, is_raised, history)


@pytest.mark.parametrize(
    ("one", "meetings", "days"),
    [
        (action("2026-01-12", ("2026-02-09-a", "complete")), 1, 28),
        (action("2026-01-12", ("2026-02-09-b", "closed")), 2, 28),
        (action("2026-01-12", ("2026-02-09-a", "rolled over"), ("2026-03-09", "complete")), 3, 56),
        (action("2026-01-12", ("2026-01-20", "complete")), 0, 8),  # by a person, before the next meeting
        (action("2026-01-20", ("2026-02-09-a", "complete")), 1, 20),  # agreed between meetings
        (action("2026-01-12", ("2026-02-09-a", "complete"), ("2026-03-09", "complete")), 1, 28),  # said twice
    ],
)
def test_an_action_takes_the_meetings_after_its_raising_up_to_its_finish(
    one: Action, meetings: int, days: int
) -> None:
    (closing,) = closings(stood([one]), MEETINGS)
    assert (closing.meetings, closing.days) == (meetings, days)


@pytest.mark.parametrize(
    "one",
    [
        action("2026-01-12", ("2026-02-09-a", "rolled over")),
        action("2026-01-12", ("2026-02-09-a", "complete"), ("2026-03-09", "ongoing")),
        action("2026-01-12", ("2026-03-09", "complete"), is_raised=False),
        action("2026-01-12", ("2026-01-12", "complete")),
    ],
    ids=["outstanding", "reopened", "raised nobody knows when", "finished by the note that raises it"],
)
def test_nobody_knows_how_long_it_takes(one: Action) -> None:
    assert closings(stood([one]), MEETINGS) == ()


def test_half_of_the_numbers_lie_between_the_quartiles() -> None:
    assert spread([]) is None
    found = [spread(numbers) for numbers in ([3], [1, 2], [5, 1, 2, 4, 3])]
    assert [(s.of, s.lower, s.median, s.upper) for s in found if s] == [
        (1, 3, 3, 3),
        (2, 1.25, 1.5, 1.75),
        (5, 2, 3, 4),
    ]


@pytest.mark.parametrize(
    ("first", "label"),
    [
        ("2026-06-01", "under 1 month"),
        ("2026-05-02", "under 1 month"),
        ("2026-05-01", "1 to 3 months"),
        ("2026-03-02", "1 to 3 months"),
        ("2026-03-01", "3 to 6 months"),
        ("2025-12-01", "6 to 12 months"),
        ("2025-06-02", "6 to 12 months"),
        ("2025-06-01", "over a year"),
    ],
)
def test_a_month_ends_on_the_day_on_which_it_began(first: str, label: str) -> None:
    assert [name for name, number in ages(stood([action(first)])).items() if number] == [label]


# Charts


@given(st.integers(0, 500), st.integers(0, 500))
def test_bars_fit_and_show_whatever_is_more_than_nothing(one: int, other: int) -> None:
    value, whole = sorted((one, other))
    assert len(bar(value, whole)) <= BAR and bool(bar(value, whole)) == bool(value)
    if whole:
        shown = part(value, whole)
        assert len(shown) == BAR
        assert ("░" in shown or "▌" in shown) == (value < whole) and (shown == "░" * BAR) == (value == 0)


@pytest.mark.parametrize(
    ("values", "shown"),
    [([], ""), ([0], "▁"), ([0, 0], "▁▁"), ([4], "█"), ([0, 7, 14], "▁▅█"), ([7] * 500, "█" * 32)],
)
def test_a_line_stands_on_zero_and_fits_a_heading(values: list[int], shown: str) -> None:
    assert line(values) == shown


# The command


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small board with a register, links and updates of people."""
    return set_board(tmp_path_factory.mktemp("board"))


def test_the_figures_are_those_of_the_other_lists(folder: Path) -> None:
    (stats,) = json.loads(done(folder, "stats", "--format", "json").out)["stats"]
    actions = json.loads(done(folder, "actions", "--all", "--format", "json").out)["actions"]
    owners = json.loads(done(folder, "owners", "--format", "json").out)["owners"]
    for name in ("outstanding", "overdue", "unreported"):
        assert stats[name] == sum(one[name] for one in actions) > 0
    assert stats["closure"]["finished"] == sum(not one["outstanding"] for one in actions)
    held = {one["owner"]: [one[name] for name in NUMBERS] for one in owners if one["outstanding"]}
    assert {o["owner"]: [o[name] for name in NUMBERS] for o in stats["owners"] if o["outstanding"]} == held


NUMBERS = ("outstanding", "overdue", "rolled_over")


@pytest.mark.parametrize("day", ["2019-09-09", "2019-11-19", "2020-01-20"])
def test_what_is_outstanding_after_a_meeting_is_what_was_so_on_that_day(folder: Path, day: str) -> None:
    (stats,) = json.loads(done(folder, "stats", "--format", "json").out)["stats"]
    (after,) = (one["outstanding"] for one in stats["meetings"] if one["date"] == day)
    (then,) = json.loads(done(folder, "stats", "--as-at", day, "--format", "json").out)["stats"]
    assert after == then["outstanding"]
    footer = done(folder, "actions", "--as-at", day).err
    assert footer.startswith(f"{after} outstanding of {count(then['actions'], 'action')}")


@pytest.mark.parametrize("columns", ["50", "80", "140"])
def test_no_line_of_the_table_is_wider_than_the_terminal(
    folder: Path, columns: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("boards.environment", lambda: {"COLUMNS": columns})
    for command in ("stats", "diff"):
        table = done(folder, command, "--format", "table").out
        assert max(map(len, table.splitlines())) <= int(columns)
