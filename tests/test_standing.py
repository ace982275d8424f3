"""What the clock and the held meetings decide, where the notes alone cannot show it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from conftest import Write
from rrbnotes.model import Progress, Status
from rrbnotes.notebook import load
from rrbnotes.reconciling.standing import Carried, standings
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
