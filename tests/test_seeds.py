"""What a careful secretary reads in the first two notes: in the demo, and in the originals where they are at hand."""

from collections.abc import Mapping
from datetime import date as Date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from rrbnotes.book import Notebook
from rrbnotes.model import Action, Kind, Meeting, Mention, Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import Standing, standings
from rrbnotes.settings import Settings

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
GOLD = SEEDS / "gold.yaml"
AFTER = Date(2019, 12, 1)
"""A day after 2019-11-30, on which the later note is not yet written."""
LATER = Date(2020, 8, 26)

here = pytest.mark.skipif(not GOLD.is_file(), reason="the original notes are not beside this checkout")
both = pytest.mark.parametrize(
    "folder", [ROOT / "notes", pytest.param(SEEDS / "notes", marks=here)], ids=["demo", "seeds"]
)


@cache
def book_of(folder: Path, as_at: Date | None = None) -> Notebook:
    return load(folder, folder, Settings(), as_at)


def meeting_of(folder: Path, key: str) -> Meeting:
    return next(meeting for meeting in book_of(folder).meetings if meeting.key == key)


class Line(NamedTuple):
    """What is known of one raised or reported line."""

    line: int
    owners: tuple[str, ...]
    status: Status = Status.OPEN
    due: tuple[str, object] | None = None


RAISED = (
    Line(48, ("MOPAC",)),
    Line(52, ("MPS",), due=("recurs", "quarterly")),
    Line(54, (), due=("date", Date(2019, 11, 19))),
    Line(58, ("MOPAC",)),
    Line(64, ("MPS",), due=("date", Date(2019, 11, 19))),
    Line(68, ("MOPAC",)),
    Line(70, ("Board",)),
    Line(76, ("MOPAC",), due=("not_before", Date(2019, 9, 27))),
    Line(94, ("NPS",), due=("latest", Date(2019, 10, 31))),
    Line(96, ("NPS",)),
    Line(98, ("MOPAC",), due=("text", "at the first working group")),
    Line(119, ("NPS",), due=("latest", Date(2019, 11, 30))),
    Line(127, ("MOPAC",)),
)
REPORTED = (
    Line(33, ("Partners",), Status.ROLLED_OVER),
    Line(34, ("MOPAC",), Status.COMPLETE),
    Line(35, ("MPS", "MOPAC"), Status.ONGOING),
    Line(36, ("MOPAC",), Status.CLOSED),
)


def of_kind(meeting: Meeting, kind: Kind) -> list[Mention]:
    return [mention for mention in meeting.mentions if mention.kind is kind]


@both
def test_the_first_note_raises_thirteen_actions(folder: Path) -> None:
    raised = of_kind(meeting_of(folder, "2019-09-09"), Kind.RAISED)
    assert [(one.at.line, one.owners, one.status) for one in raised] == [
        (at, who, None) for at, who, _, _ in RAISED
    ]
    for one, known in zip(raised, RAISED, strict=True):
        fields = ("date", "latest", "not_before", "recurs")
        said = {name: getattr(one.due, name) for name in fields if one.due and getattr(one.due, name)}
        name, value = known.due or ("text", None)
        if name == "text":
            assert said == {} and (one.due.text if one.due else None) == value
        else:
            assert said == {name: value}


@both
def test_the_first_note_reports_four_and_repeats_twelve(folder: Path) -> None:
    meeting = meeting_of(folder, "2019-09-09")
    reported = of_kind(meeting, Kind.REPORTED)
    assert tuple(Line(one.at.line, one.owners, one.status or Status.OPEN) for one in reported) == REPORTED
    assert [bool(one.reason) for one in reported] == [True, False, True, True]
    assert {one.item for one in reported} == {"1. Welcome and apologies"}
    assert [one.at.line for one in of_kind(meeting, Kind.RECAP)] == list(range(137, 149))


@both
def test_the_second_note_raises_and_reports_nothing(folder: Path) -> None:
    assert meeting_of(folder, "2020-08-25").mentions == ()


@both
def test_the_meetings(folder: Path) -> None:
    first, second = (meeting_of(folder, key) for key in ("2019-09-09", "2020-08-25"))
    assert (first.date, first.title) == (Date(2019, 9, 9), "Reducing Reoffending Board – Meeting Note")
    assert (second.date, second.start, second.end) == (Date(2020, 8, 25), "10:00", "12:00")
    assert second.venue == "Video Conference"
    assert first.next_meeting and first.next_meeting.date == Date(2019, 11, 19)
    assert second.next_meeting and second.next_meeting.date == Date(2020, 11, 25)
    assert [item.number for item in first.items] == list("123456")
    assert [item.number for item in second.items][:2] == ["1", "2"]
    assert len(first.attended) == 9 and len(first.absent) == 5


@both
def test_names_run_together_are_told_apart_and_the_stray_letter_is_nobody(folder: Path) -> None:
    second = meeting_of(folder, "2020-08-25")
    assert [name.name for name in second.attended] == [
        "MOPAC",
        "NPS",
        "Clinks",
        "CPS",
        "CRC",
        "NHS England",
        "PHF",
        "HMP Isis",
        "MPS",
        "GLA Health",
        "YJB",
        "London Councils",
        "LB Ealing (LHOCS Rep)",
    ]
    assert [name.name for name in second.absent] == ["HMP Wormwood Scrubs"]
    assert [name.short for name in meeting_of(folder, "2019-09-09").attended][:4] == [
        "MOPAC",
        None,
        None,
        "MPS",
    ]


def first_line(action: Action) -> int | None:
    return action.first_seen.at.line if action.first_seen.at else None


def stand(folder: Path, today: Date) -> Mapping[str, tuple[Action, Standing]]:
    book = book_of(folder)
    found = standings(book.meetings, book.register, today)
    return {
        action.ref.removeprefix("2019-09-09."): (action, found[action.ref])
        for action in book.register.actions
    }


@both
def test_seventeen_actions_of_which_fifteen_are_outstanding(folder: Path) -> None:
    actions = book_of(folder).register.actions
    assert [action.ref for action in actions] == [
        *(f"2019-09-09.p{n}" for n in range(1, 5)),
        *(f"2019-09-09.{n}" for n in range(1, 14)),
    ]
    assert sum(action.status.outstanding for action in actions) == 15
    assert [first_line(action) for action in actions] == [
        *range(33, 37),
        *(known.line for known in RAISED),
    ]
    assert not book_of(folder).register.proposals


@both
def test_what_was_carried(folder: Path) -> None:
    found = stand(folder, LATER)
    counts = {
        ref: (standing.carried.reported, standing.carried.rolled, standing.carried.silent)
        for ref, (_, standing) in found.items()
    }
    assert counts == {
        "p1": (1, 1, 1),
        "p2": (0, 0, 0),
        "p3": (1, 0, 1),
        "p4": (0, 0, 0),
        **{str(n): (0, 0, 1) for n in range(1, 14)},
    }
    assert {ref for ref, (_, standing) in found.items() if not standing.unreported} == {"p2", "p4"}


@both
@pytest.mark.parametrize("today", [AFTER, LATER])
def test_what_is_overdue(folder: Path, today: Date) -> None:
    late = [first_line(action) for action, standing in stand(folder, today).values() if standing.overdue]
    assert late == [54, 64, 94, 119]


@both
def test_nothing_is_overdue_on_the_day_itself(folder: Path) -> None:
    late = [first_line(action) for action, one in stand(folder, Date(2019, 11, 19)).values() if one.overdue]
    assert late == [94]
    late = [first_line(action) for action, one in stand(folder, Date(2019, 11, 30)).values() if one.overdue]
    assert late == [54, 64, 94]


@both
def test_before_the_second_meeting_nobody_was_silent(folder: Path) -> None:
    book = book_of(folder, as_at=AFTER)
    found = standings(book.meetings, book.register, AFTER)
    assert [meeting.key for meeting in book.meetings] == ["2019-09-09"]
    assert not any(standing.carried.silent or standing.unreported for standing in found.values())
    assert stand(folder, AFTER)["1"][1].carried.silent == 0  # the note of a meeting to come is a draft


@here
@pytest.mark.parametrize("name", ["2019-09-09.md", "2020-08-25.md"])
def test_the_gold_of_the_originals(name: str) -> None:
    gold: dict[str, Any] = yaml.safe_load(GOLD.read_text(encoding="utf-8"))["notes"][name]
    meeting = meeting_of(SEEDS / "notes", name.removesuffix(".md"))
    assert meeting.date == gold["date"]
    assert meeting.next_meeting and meeting.next_meeting.date == gold["next"]
    assert [one.name for one in meeting.attended] == gold["attended"]
    assert [one.name for one in meeting.absent] == gold["absent"]
    for kind in (Kind.RAISED, Kind.REPORTED):
        for one, known in zip(of_kind(meeting, kind), gold[kind.value], strict=True):
            assert (one.at.line, list(one.owners)) == (known["line"], known["owners"])
            assert (one.status or Status.OPEN) == known["status"]
            assert (one.due.date if one.due else None) == known.get("due")
            assert (one.due.text if one.due else None) == known.get("due_text"), one.at
    assert [one.at.line for one in of_kind(meeting, Kind.RECAP)] == gold["recap"]
