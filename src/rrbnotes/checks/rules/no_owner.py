"""no-owner: an action that nobody is named for."""

import re
from collections.abc import Iterator, Sequence
from datetime import date as Date
from itertools import chain

from rrbnotes.checks.book import Book
from rrbnotes.checks.evidence.in_note import candidates_of, raised_in
from rrbnotes.checks.evidence.tasks import may_name_doer, sets_task
from rrbnotes.diagnostics import Finding
from rrbnotes.model import Kind, Mention, Place
from rrbnotes.notebook import Minutes
from rrbnotes.quoting import quoted
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reconciling.wording import wording
from rrbnotes.source import line_of

_MANY = 5
"""Actions that show a board's way."""
_FEW = 0.25
"""A board that names somebody for fewer of its actions leaves that open on purpose."""
_SEVERAL = 3
"""Words that two sentences of one note hardly share by chance."""
_MOST_WORDS = 60
"""Of more words not all are the action's, and who does it may be among the others."""
_UNDERTAKEN = re.compile(r"\b(?:said|offered|agreed|volunteered|promised)\b.{0,20}\b(?:would|will|to)\b")
_POINTS_BACK = re.compile(r"(?:this|that|these|those|it|must|should)\b", re.IGNORECASE)
"""What begins so goes on with something before it, and so may its owner."""
_COLUMNS = ("pipe-table", "tab-rows")
_IN_GENERAL = re.compile(r"\W*(?:next|follow|actions\b|action items)", re.IGNORECASE)
"""`Next steps: …` and `Actions: …` may only tell how things go on."""


def no_owner(book: Book, today: Date) -> Iterator[Finding]:
    """Nobody is named to do an action.

    What nobody owns, nobody does; and at the next meeting there is nobody to ask. A board with five or more actions that
    names somebody for fewer than a quarter of them leaves that open on purpose, and is not told so.

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
        how = read.get((lead.at.line, lead.text))
        is_over = any(m.status and not m.status.outstanding for m in said.mentions)
        is_sure = not said.owners and not is_over and _is_sure(lead, how, minutes)
        if is_sure and not _is_given_elsewhere(lead, minutes):
            todo = _IN_A_TABLE if how and how.convention in _COLUMNS else _IN_A_LINE
            yield Finding(line_of(lead.at), f"nobody owns {quoted(lead.action)}", todo)


_IN_A_LINE = "begin it with who does it: 'NAME to …'"
_IN_A_TABLE = "fill in who does it"


def _is_given_elsewhere(mention: Mention, minutes: Minutes) -> bool:
    """Whether the note gives somebody a task in words so like these that it may be the same one: in another list, or in the
    discussion."""
    mine = wording(mention.action).content
    listed = (wording(one.action).content for one in minutes.meeting.mentions if one.owners)
    told = (one.text for one in minutes.passing if one.owner or _UNDERTAKEN.search(one.text))
    said = [wording(words).content for words in told]
    return any(_may_be_same(mine, words) for words in chain(listed, said)) or any(
        _tells_deed(mine, words) for words in said
    )


def _may_be_same(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether several words of one stand in the other, half of them where there are few."""
    shared = len(set(mine) & set(theirs))
    return shared >= _SEVERAL or (
        shared > min(1, len(mine) - 1) and 2 * shared >= min(len(mine), len(theirs))
    )


def _tells_deed(mine: Sequence[str], said: Sequence[str]) -> bool:
    """Whether a sentence of the discussion has the action's first word, its verb, and one more: `Bob said he would do a vote
    by email`."""
    return bool(mine) and mine[0] in said and len(set(mine) & set(said)) > 1


def _names_people(own: Sequence[Minutes]) -> bool:
    """Whether the board is used to name who does its actions."""
    raised = [m for one in own for m in one.meeting.mentions if m.kind is Kind.RAISED]
    return len(raised) < _MANY or sum(bool(m.owners) for m in raised) >= _FEW * len(raised)


def _is_sure(mention: Mention, read: Candidate | None, minutes: Minutes) -> bool:
    """Whether it is an action, and nobody's: in a plain list the words must set a task, since not all that is listed does."""
    words = mention.text
    if (
        read is None
        or words.endswith("?")
        or _POINTS_BACK.match(mention.action)
        or not 1 < len(words.split()) <= _MOST_WORDS
    ):
        return False
    is_marked = mention.place is Place.INLINE and read.ticked is None and not _IN_GENERAL.match(read.marker)
    is_task = is_marked or read.convention in _COLUMNS or sets_task(mention.action)
    return is_task and not may_name_doer(words, minutes.lore.directory)
