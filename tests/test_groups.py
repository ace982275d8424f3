"""The law of boards: those that no ref, link or moved note ties together can be reconciled each by themselves."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date as Date
from datetime import timedelta
from random import Random

import pytest

from rrbnotes.model import Action, Kind, Link, Meeting, Mention, Place, Progress, Status
from rrbnotes.reconciling.groups import groups, together
from rrbnotes.reconciling.reconcile import Reconciled, reconcile
from rrbnotes.source import Location

BOARDS = (None, "coast", "harbour", "moor", "town", "valley")
FIRST = Date(2025, 1, 6)
TASKS = (
    "repaint the ferry shelter by the old quay",
    "repaint the ferry shelter by the new quay",
    "count the swans on the upper lake at dawn",
    "ask the miller for the flood ledger of last winter",
    "hang the bell in the chapel tower again",
    "sell the two oldest tents of the scouts",
)
OWNERS = ((), ("Ada",), ("Bela", "Ada"), ("Clerk",))


def mention(rng: Random, path: str, line: int, refs: Sequence[str]) -> Mention:
    """One line of a note; now and then it prints a ref, of whatever board."""
    place = rng.choice(tuple(Place))
    kind = Kind.REPORTED if place is Place.PREVIOUS else Kind.RAISED
    words = rng.choice(TASKS)
    status = rng.choice((None, None, *Status))
    ref = rng.choice(refs) if refs and rng.random() < 0.04 else None
    return Mention(
        Location(path, line), place, kind, words, words, rng.choice(OWNERS), status=status, ref=ref, group=1
    )


def meeting(rng: Random, board: str | None, week: int, refs: Sequence[str] = ()) -> Meeting:
    """A note of some lines; a few say no date."""
    day = FIRST + timedelta(7 * week)
    key = f"{board}/{day}" if board else str(day)
    lines = tuple(mention(rng, f"{key}.md", line, refs) for line in range(1, rng.randint(2, 7)))
    return Meeting(key, f"{key}.md", board, date=day if rng.random() > 0.1 else None, mentions=lines)


def by_hand(rng: Random, record: Action, meetings: Sequence[Meeting]) -> Action:
    """A record with what a person may say of it."""
    other, draw = rng.choice(meetings), rng.random()
    if draw < 0.05:
        return replace(record, links=(Link("same", meeting=other.key, words=rng.choice(TASKS)),))
    if draw < 0.1:
        return replace(record, links=(Link("different", meeting=other.key, words=rng.choice(TASKS)),))
    if draw < 0.3:
        update = Progress(
            FIRST + timedelta(rng.randint(0, 40)), by="update", status=rng.choice(tuple(Status))
        )
        days = sorted((*record.history, update), key=lambda progress: progress.date or Date.min)
        return replace(record, history=tuple(days))
    return record


def renamed(rng: Random, one: Meeting) -> Meeting:
    """The note under another name, perhaps in another board's folder."""
    board = rng.choice((one.board, *BOARDS))
    key = f"{board or 'top'}/moved-{one.key.replace('/', '-')}"
    lines = tuple(replace(line, at=replace(line.at, path=f"{key}.md")) for line in one.mentions)
    return replace(one, key=key, path=f"{key}.md", board=board, mentions=lines)


def years_later(seed: int) -> tuple[list[Meeting], list[Action]]:
    """Notes of some boards with the records of an earlier reconciling: since then some were renamed, deleted or added."""
    rng = Random(seed)
    before = [meeting(rng, board, week) for board in BOARDS for week in range(rng.randint(1, 4))]
    known = reconcile(before, {}).register.actions
    records = [by_hand(rng, replace(one, mentions=(), provisional=False), before) for one in known]
    kept = [renamed(rng, one) if rng.random() < 0.08 else one for one in before if rng.random() > 0.08]
    refs = [record.ref for record in records]
    return [*kept, *(meeting(rng, board, 5, refs) for board in BOARDS)], records


def apart(meetings: Sequence[Meeting], records: Sequence[Action]) -> Reconciled:
    """Each group reconciled by itself."""
    return together(
        reconcile(
            [one for one in meetings if one.board in group], {}, [r for r in records if r.board in group]
        )
        for group in groups(meetings, records)
    )


@pytest.mark.parametrize("seed", range(25))
def test_groups_apart_come_to_what_all_come_to_at_once(seed: int) -> None:
    meetings, records = years_later(seed)
    assert apart(meetings, records) == reconcile(meetings, {}, records)


def test_the_examples_have_boards_alone_and_boards_that_are_tied() -> None:
    sizes = {len(group) for seed in range(25) for group in groups(*years_later(seed))}
    assert {1, 2, 3} <= sizes


def test_boards_without_a_tie_are_each_alone() -> None:
    rng = Random(0)
    meetings = [meeting(rng, board, week) for week in range(3) for board in ("moor", None, "coast")]
    assert groups(meetings, ()) == [frozenset({None}), frozenset({"coast"}), frozenset({"moor"})]


def test_a_printed_ref_ties_two_boards_and_one_that_names_nothing_none() -> None:
    rng = Random(0)
    coast, moor, town = (meeting(rng, board, 1) for board in ("coast", "moor", "town"))
    line = replace(coast.mentions[0], ref=f"{moor.key}.1")
    lost = replace(town.mentions[0], ref="1999-01-01.1")
    notes = [replace(coast, mentions=(line,)), moor, replace(town, mentions=(lost,))]
    assert groups(notes, ()) == [frozenset({"coast", "moor"}), frozenset({"town"})]


def test_a_note_without_a_date_lets_no_time_pass() -> None:
    """What was first said in spring is not known in winter because some other note has no date."""
    winter, spring = Date(2025, 1, 6), Date(2025, 3, 3)
    line = Mention(Location("2025-01-06.md", 3), Place.LIST, Kind.RAISED, TASKS[2], TASKS[2])
    note = Meeting("2025-01-06", "2025-01-06.md", None, date=winter, mentions=(line,))
    (action,) = reconcile([note], {}).register.actions
    seen = replace(action.first_seen, meeting="2025-03-03", date=spring)
    told = replace(action, ref="2025-03-03.p1", first_seen=seen, is_raised=False)
    undated = Meeting("some-day", "some-day.md", "moor")
    for notes in ([note], [note, undated]):
        found = reconcile(notes, {}, [told]).register.actions
        assert [one.ref for one in found] == ["2025-01-06.1", "2025-03-03.p1"]
