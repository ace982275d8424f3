"""no-owner: an action that nobody is named for."""

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.in_note import candidates_of, raised_in
from rrbnotes.checks.evidence.tasks import may_name_doer, sets_task
from rrbnotes.checks.quoting import quoted
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind, Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.reading.candidates import Candidate
from rrbnotes.source import line_of

_MANY = 5
"""Actions that show a board's way."""
_FEW = 0.25
"""A board that names somebody for fewer of its actions leaves that open on purpose."""
_MOST_WORDS = 60
"""Of more words not all are the action's, and who does it may be among the others."""
_LONG_NAME = 25
_COLUMNS = ("pipe-table", "tab-rows")
_IN_GENERAL = re.compile(r"\W*(?:next|follow|actions\b|action items)", re.IGNORECASE)
"""`Next steps: …` and `Actions: …` may only tell how things go on."""


def no_owner(book: Book, today: Date) -> Iterator[Finding]:
    """Nobody is named to do an action.

    What nobody owns, nobody does; and at the next meeting there is nobody to ask.

    Bad:
        **Action:** Reading list to be shared at the next meeting.

    Good:
        **Action:** MOPAC to share the reading list at the next meeting.

    Mend:
        Begin the action with who does it. Where the meeting left that open on purpose, say so:
        `<!-- rrb: allow no-owner: the Chair will ask for volunteers -->`.
    """
    for own in book.boards():
        if _names_people(own):
            for minutes in own:
                yield from _of(minutes)


def _of(minutes: Minutes) -> Iterator[Finding]:
    read = candidates_of(minutes)
    for said in raised_in(minutes):
        lead = said.lead
        is_over = any(m.status and not m.status.outstanding for m in said.mentions)
        if not said.owners and not is_over and _is_sure(lead, read.get((lead.at.line, lead.text)), minutes):
            what = f"nobody owns {quoted(lead.action)}"
            todo = f"begin it with who does it: '{_somebody(minutes)} to …'"
            yield Finding(line_of(lead.at), what, todo)


def _somebody(minutes: Minutes) -> str:
    """Somebody who was there, as an example."""
    names = (one.short or one.name for one in minutes.meeting.attended)
    return next((name for name in names if len(name) < _LONG_NAME), "Ann Lee")


def _names_people(own: Sequence[Minutes]) -> bool:
    """Whether the board is used to name who does its actions."""
    raised = [m for one in own for m in one.meeting.mentions if m.kind is Kind.RAISED]
    return len(raised) < _MANY or sum(bool(m.owners) for m in raised) >= _FEW * len(raised)


def _is_sure(mention: Mention, read: Candidate | None, minutes: Minutes) -> bool:
    """Whether it is an action, and nobody's: in a plain list the words must set a task, since not all that is listed does."""
    words = mention.text
    if read is None or words.endswith("?") or not 1 < len(words.split()) <= _MOST_WORDS:
        return False
    is_marked = mention.place is Place.INLINE and read.ticked is None and not _IN_GENERAL.match(read.marker)
    is_task = is_marked or read.convention in _COLUMNS or sets_task(mention.action)
    return is_task and not may_name_doer(words, minutes.lore.directory)
