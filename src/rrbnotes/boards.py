"""The notes of one board, read: each by itself, then what they teach together, then each as the record of its meeting."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from itertools import groupby

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.memory import Memory, digest_of
from rrbnotes.model import Meeting
from rrbnotes.owners import Directory
from rrbnotes.readers import Leaf, Readers, Way, leaf
from rrbnotes.reading.lessons import Lesson, days
from rrbnotes.reading.lore import Lore, Taught, learn
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note


@dataclass(frozen=True, slots=True)
class Sheaf:
    """All notes of a board as far as each can be read alone, with what they teach together."""

    board: str | None
    leaves: tuple[Leaf, ...]
    unread: tuple[Diagnostic, ...]
    lore: Lore

    def days(self) -> Mapping[str, Date | None]:
        """The days of its meetings, by key."""
        return days(leaf.lesson for leaf in self.leaves)

    def reading(self, leaf: Leaf, day: Date | None) -> Reading:
        """A note of it, read as the record of the meeting of a day."""
        return read_meeting(leaf.outline, leaf.lesson, self.lore, self.board, day)

    def readings(self) -> list[Reading]:
        """Its notes, read as records of meetings."""
        dated = self.days()
        return [self.reading(leaf, dated[leaf.note.key]) for leaf in self.leaves]


@dataclass(frozen=True, slots=True)
class Page:
    """What one note comes to; with the digest of its bytes, so that a later run knows whether it still does."""

    digest: str
    lesson: Lesson
    meeting: Meeting
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What the notes of one board come to."""

    name: str | None
    taught: Taught
    """By what they teach together they were read."""
    pages: tuple[Page, ...] = ()
    unread: tuple[Diagnostic, ...] = field(default=(), compare=False)

    @property
    def directory(self) -> Directory:
        """Who is known to it."""
        return self.taught[0]


def by_board(notes: Iterable[Note]) -> Iterator[tuple[str | None, list[Note]]]:
    """The notes of each board, in order of their keys."""
    ordered = sorted(notes, key=lambda note: (note.board or "", note.key))
    return ((board, list(mine)) for board, mine in groupby(ordered, key=lambda note: note.board))


def sheaf(
    board: str | None,
    notes: Iterable[Note],
    settings: Settings,
    look: Callable[[Note], Leaf | Diagnostic] | None = None,
) -> Sheaf:
    """The notes of a board, with all that was seen in them; `look` is how to come by each."""
    found = [look(note) if look else leaf(note, settings) for note in notes]
    leaves = tuple(one for one in found if isinstance(one, Leaf))
    unread = tuple(one for one in found if isinstance(one, Diagnostic))
    return Sheaf(board, leaves, unread, learn((one.lesson for one in leaves), settings))


def read_board(name: str | None, notes: Sequence[Note], readers: Readers, memory: Memory | None) -> Board:
    """What the notes of a board come to. With a memory, only those are read that have changed since it was last kept; all
    of them where they teach something else together, for then each may read otherwise."""
    if memory is None:
        return _board(name, notes, readers, _Before())
    what = name_of("board", [name])
    board = memory.recall(what)
    digests = {note.key: memory.digest(note.below) for note in notes}
    before = _Before(board if isinstance(board, Board) and board.name == name else None, digests)
    found = _board(name, notes, readers, before)
    refused = {one.path for one in found.unread if one.name == "not-a-file"}
    for note in notes:
        if note.shown in refused:
            memory.doubt(note.below)
    if found != before.board:
        memory.keep(what, found, (note.below for note in notes))
    return found


def calls(board: Board) -> tuple[Meeting, ...]:
    """A board's meetings with nothing of what was said there but what names an action by its ref: that much tells which
    boards have to do with each other."""
    return tuple(_calls(page.meeting) for page in board.pages)


def state_of(notes: Iterable[Note], memory: Memory | None) -> str:
    """A digest of the names and bytes of notes; empty where nothing is remembered of them."""
    if memory is None:
        return ""
    return digest_of((note.board, note.key, memory.digest(note.below)) for note in notes)


def name_of(what: str, boards: Iterable[str | None]) -> str:
    """The name under which something about boards is kept."""
    return f"{what}-{digest_of(boards)[:12]}"


def _calls(meeting: Meeting) -> Meeting:
    mentions = tuple(one for one in meeting.mentions if one.ref)
    return replace(
        meeting.bare(), mentions=mentions, promises=tuple(one for one in meeting.promises if one.ref)
    )


@dataclass(frozen=True, slots=True)
class _Before:
    """A board as an earlier run left it, and the notes' digests as they are now, by key."""

    board: Board | None = None
    digests: Mapping[str, str] = field(default_factory=dict)

    def pages(self) -> dict[str, Page]:
        """The pages whose notes have not changed, by key."""
        every = self.board.pages if self.board else ()
        return {page.lesson.key: page for page in every if page.digest == self.digests.get(page.lesson.key)}


def _board(name: str | None, notes: Sequence[Note], readers: Readers, before: _Before) -> Board:
    same = before.pages()
    changed = [note for note in notes if note.key not in same]
    taught = readers.lessons(changed)
    unread = tuple(one for one in taught if isinstance(one, Diagnostic))
    new = {one.key: one for one in taught if isinstance(one, Lesson)}
    lessons = {key: page.lesson for key, page in same.items()} | new
    ordered = [lessons[note.key] for note in notes if note.key in lessons]
    way = Way(learn(ordered, readers.settings), name, days(ordered))
    is_as_before = before.board is not None and way.lore.taught == before.board.taught
    stay = {key: page for key, page in same.items() if is_as_before and page.meeting.date == way.days[key]}
    readers.recalled(len(stay))
    if len(stay) < len(same):  # what they teach reads other notes otherwise
        readers.lessons([note for note in notes if note.key in lessons and note.key not in stay])
    for meeting, doubts in readers.meetings(way):
        key = meeting.key
        stay[key] = Page(before.digests.get(key, ""), lessons[key], meeting, doubts)
    return Board(name, way.lore.taught, tuple(stay[note.key] for note in notes if note.key in stay), unread)
