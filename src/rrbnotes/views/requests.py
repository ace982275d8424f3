"""Who is asked how actions stand, and by when: one request for each owner that a board knows."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date as Date
from datetime import timedelta
from hashlib import sha256

from rrbnotes.book import Notebook
from rrbnotes.filenames import is_taken
from rrbnotes.model import NextMeeting
from rrbnotes.owners import Directory
from rrbnotes.reconciling.coming import next_meeting
from rrbnotes.reconciling.standing import held_meetings
from rrbnotes.views.bodies import board_name
from rrbnotes.views.entries import Entry
from rrbnotes.views.names import Pair, owner

_LONGEST = 60
"""Of a file's name, in characters."""
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Request:
    """What one owner is asked for one board."""

    owner: str
    board: str | None
    body: str
    """What the board is called; empty where its notes do not say."""
    entries: tuple[Entry, ...]
    """Its outstanding actions, joint ones too: the soonest due first, undated ones last."""
    meeting: NextMeeting | None
    """The next one, if a note says when it is."""
    reply_by: Date | None
    """The last working day before it; None where that is over, or where nobody knows."""

    @property
    def pair(self) -> Pair:
        """By which it is told from all others."""
        return self.board, self.owner

    @property
    def overdue(self) -> int:
        """How many of its actions are."""
        return sum(entry.standing.overdue for entry in self.entries)


def requests(book: Notebook, entries: Iterable[Entry], today: Date) -> list[Request]:
    """A request for everybody who owns one of the actions, by board and name."""
    asked: dict[Pair, list[Entry]] = {}
    for entry in sorted(entries, key=_soonest):
        board = entry.action.board
        for name in everybody(entry.action.owners, book.directories.get(board) or Directory()):
            asked.setdefault((board, name), []).append(entry)
    occasions = {board: _occasion(book, board, today) for board, _ in asked}
    order = sorted(asked, key=lambda pair: (pair[0] or "", pair[1].casefold(), pair[1]))
    return [
        Request(name, board, occasions[board][0], tuple(asked[board, name]), *occasions[board][1:])
        for board, name in order
    ]


def everybody(owners: Iterable[str], directory: Directory) -> Iterator[str]:
    """Those who are asked: the owners, and for a group whose members the settings give each of these in its stead."""
    found: dict[str, None] = {}
    to_come = [*owners]
    named = dict.fromkeys(to_come)
    seen: set[str] = set()
    while to_come:
        name = to_come.pop(0)
        if name in seen:
            continue
        seen.add(name)
        members = [directory.short(member) for member in directory.members.get(name, ())]
        to_come[:0] = members
        if not members:
            found[name] = None
    return iter(found or named)  # of groups that only hold each other nobody would be asked


def named(book: Notebook, words: Iterable[str], today: Date) -> set[Pair]:
    """The owners whom a person names; of a group with known members these."""
    pairs = {pair for word in words for pair in owner(book, word, today)}
    return {
        (board, name)
        for board, short in pairs
        for name in everybody([short], book.directories.get(board) or Directory())
    }


def file_names(pairs: Collection[Pair]) -> Mapping[Pair, str]:
    """A name for each one's file, without its ending: safe on every system, and one of its own even where case says
    nothing. It is the same for the same owners, whoever is asked this time."""
    with_board = len({board for board, _ in pairs}) > 1
    plain = {(board, name): _slug(f"{board or ''} {name}" if with_board else name) for board, name in pairs}
    taken = list(plain.values())
    return {
        pair: f"{slug}-{_mark(pair)}".strip("-") if taken.count(slug) > 1 or not slug else slug
        for pair, slug in plain.items()
    }


def _slug(words: str) -> str:
    """`london-councils`: letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].strip("-")
    return f"{slug}-owner" if is_taken(slug) else slug


def _mark(pair: Pair) -> str:
    return sha256("\n".join((pair[0] or "", pair[1])).encode(errors="backslashreplace")).hexdigest()[:6]


def _soonest(entry: Entry) -> Date:
    return (entry.action.due and entry.action.due.deadline) or Date.max


def _occasion(book: Notebook, board: str | None, today: Date) -> tuple[str, NextMeeting | None, Date | None]:
    """What a board is called, when it meets next, and until when a reply is of use."""
    mine = [meeting for meeting in book.meetings if meeting.board == board]
    held = held_meetings(mine, board, today)
    following = next_meeting(mine, board, today)
    until = _working_day_before(following.date) if following and following.date else None
    return board_name(board, held or mine), following, until if until and until >= today else None


def _working_day_before(day: Date) -> Date:
    before = day - timedelta(days=1)
    return before - timedelta(days=max(0, before.weekday() - _SATURDAY + 1))
