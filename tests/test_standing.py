"""What the clock and the held meetings decide, where the notes alone cannot show it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from conftest import Write
from rrbnotes.model import Action, Meeting, NextMeeting, Progress, Sighting, Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.standing import Carried, standing, standings
from rrbnotes.settings import Settings


def test_a_manual_finish_ends_the_carrying(write_notes: Write, today: date) -> None:
    folder: Path = write_notes(
        {
            "2026-01-12.md": "## Actions\n\n- Dai Penn to buy stamps\n",
            "2026-02-09.md": "# Harbour Board\n",
            "2026-03-09.md": "# Harbour Board\n",
        }
    )
    book = load(folder, folder.parent, Settings())
    (action,) = book.register.actions
    done = Progress(date(2026, 2, 20), by="update", status=Status.COMPLETE)
    finished = replace(action, status=Status.COMPLETE, history=(done,))
    before = standings(book.meetings, book.register, today)[action.ref]
    after = standings(book.meetings, replace(book.register, actions=(finished,)), today)[action.ref]
    assert before.carried == Carried(0, 0, 2)
    assert after.carried == Carried(0, 0, 1)


def raised(*history: Progress) -> Action:
    """An action of 12 January with what was said of it since."""
    statuses = [Status.OPEN, *(progress.status for progress in history if progress.status)]
    first = Sighting("2026-01-12", date(2026, 1, 12), None, None)
    return Action("2026-01-12.1", None, "buy stamps", (), statuses[-1], None, (), None, first, True, history)


def held(key: str) -> Meeting:
    return Meeting(key, f"{key}.md", None, date=date.fromisoformat(key[:10]))


def test_an_action_is_as_old_as_when_it_was_first_reported_finished(today: date) -> None:
    done = Progress(date(2026, 1, 20), by="update", status=Status.COMPLETE)
    agreed = Progress(date(2026, 2, 9), "2026-02-09", status=Status.COMPLETE)
    reopened = Progress(date(2026, 2, 9), "2026-02-09", status=Status.ONGOING)
    again = Progress(date(2026, 3, 9), "2026-03-09", status=Status.CLOSED)
    assert standing(raised(done, agreed), [], today).age_days == 8
    assert standing(raised(done, reopened, again), [], today).age_days == 56


def test_a_draft_of_the_same_day_does_not_hide_what_the_held_meeting_says(today: date) -> None:
    draft = Progress(date(2026, 2, 9), "2026-02-09-a", status=Status.ONGOING)
    rolled = Progress(date(2026, 2, 9), "2026-02-09-b", status=Status.ROLLED_OVER)
    after = standing(raised(draft, rolled), [held("2026-01-12"), held("2026-02-09-b")], today)
    assert after.carried.rolled == 1


def test_the_next_meeting_is_that_of_its_own_note_else_the_one_announced_last() -> None:
    january = replace(held("2026-01-12"), next_meeting=NextMeeting(date(2026, 4, 13)))
    other = replace(held("2026-04-01"), board="west")
    notes = [january, held("2026-02-09"), held("2026-04-15"), other]

    def day(meetings: list[Meeting], today: date) -> date | None:
        found = next_meeting(meetings, None, today)
        return found.date if found else None

    assert day(notes, date(2026, 3, 1)) == date(2026, 4, 15)
    assert day(notes[:2], date(2026, 3, 1)) == date(2026, 4, 13)  # February's note announces none
    assert day(notes[:2], date(2026, 4, 14)) is None
    assert day(notes, date(2026, 4, 15)) is None  # that one is being held
