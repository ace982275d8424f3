"""The pipeline that one reads first: a folder of notes in, a notebook out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from functools import partial
from pathlib import Path
from typing import TypeVar, cast

from rrbnotes.boards import Board, Sheaf, by_board, calls, name_of, read_board, sheaf, state_of
from rrbnotes.book import THE_BOOK, Notebook, Question
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.memory import Memory, held
from rrbnotes.model import Action, Meeting
from rrbnotes.owners import Directory
from rrbnotes.readers import AS_ON_DISK, Leaf, Readers, Texts, leaf
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.entries import Entry
from rrbnotes.reading.lessons import Lesson
from rrbnotes.reading.lore import Lore
from rrbnotes.reading.outline import Outline
from rrbnotes.reading.survey import Survey, places, unknown_markers, unknown_sections
from rrbnotes.reconciling.groups import groups, together
from rrbnotes.reconciling.reconcile import Reconciled, reconcile
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note, board_of, notes_in
from rrbnotes.source import Source
from rrbnotes.store.cache import pack, unpack


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Minutes:
    """One note with everything that was seen in it: what its rules look at. It is itself and no other, so that what they find
    out can be kept beside it."""

    source: Source
    outline: Outline
    lesson: Lesson
    lore: Lore
    alone: Meeting
    """As the note gives it by itself."""
    meeting: Meeting
    """With the kinds of its mentions as its board's other notes make them."""
    candidates: tuple[Candidate, ...]
    passing: tuple[Candidate, ...]
    """What sounds like a task and is none by itself."""
    listed: tuple[tuple[Entry, list[str]], ...]
    """The printed entries of its lists of names, each with the names in it."""
    diagnostics: tuple[Diagnostic, ...]


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class MinuteBook(Notebook):
    """A notebook with the minutes that it was made from."""

    minutes: tuple[Minutes, ...] = ()
    """Of each meeting, in their order."""


def load(
    notes: Path,
    shown_from: Path,
    settings: Settings,
    as_at: Date | None = None,
    records: Sequence[Action] = (),
    memory: Memory | None = None,
    readers: Readers | None = None,
) -> Notebook:
    """Read the notes below a folder and reconcile them with the register's records; `as_at` leaves out what was said
    after that day. A memory spares the reading and reconciling of what has not changed."""
    shelf, readers = notes_in(notes, shown_from, settings), readers or Readers(settings)
    if memory and as_at is None:
        return bound(ask(THE_BOOK, shelf, readers, memory, records))
    readers.total = len(shelf)
    with readers:
        boards = [read_board(name, mine, readers, memory) for name, mine in by_board(shelf)]
    return _notebook(boards, settings, as_at, records)


def ask(
    question: Question[_T],
    notes: Sequence[Note],
    readers: Readers,
    memory: Memory | None,
    records: Sequence[Action] = (),
) -> list[_T]:
    """What notes and the records of their register answer, each group of boards that has nothing to do with the others by
    itself: so no more of them is held than one group, and with a memory only those are read and reconciled that have
    changed."""
    readers.total = len(notes)
    with readers:
        return _answers(question, dict(by_board(notes)), readers, records, memory)


def _answers(
    question: Question[_T],
    shelf: Mapping[str | None, Sequence[Note]],
    readers: Readers,
    records: Sequence[Action],
    memory: Memory | None,
) -> list[_T]:
    settings, read = readers.settings, _Boards(shelf, readers, memory)
    meetings = [meeting for name in shelf for meeting in read.calls(name)]
    known = list(_at_home(records, meetings, settings))
    answers: list[_T] = []
    found = groups(meetings, known)
    silent = shelf.keys() - {name for group in found for name in group}  # none of their notes can be read
    for group in (*found, *(frozenset({name}) for name in sorted(silent, key=lambda name: name or ""))):
        names = [name for name in shelf if name in group]
        own = tuple(record for record in known if record.board in group)
        what, holds = name_of(question.name, names), (read.state(*names), own)
        answer = held(memory.recall(what), holds) if memory else None
        if answer is None:
            answer = question.of(_notebook([read.board(name) for name in names], settings, None, own))
            read.keep(what, (holds, answer), *names)
        answers.append(cast(_T, answer))
    return answers


@dataclass(frozen=True, slots=True)
class _Boards:
    """The boards of one run, each read when it is first asked for and handed out once; until then it is packed, for those
    of a large organisation take much room."""

    shelf: Mapping[str | None, Sequence[Note]]
    readers: Readers
    memory: Memory | None
    packed: dict[str | None, bytes] = field(default_factory=dict)

    def calls(self, name: str | None) -> tuple[Meeting, ...]:
        """What of a board tells with which others it has to do."""
        what, state = name_of("calls", [name]), self.state(name)
        found = held(self.memory.recall(what), state) if self.memory else None
        if found is not None:
            self.readers.recalled(len(self.shelf[name]))
        else:
            board = self._read(name)
            self.packed[name], found = pack(board), calls(board)
            self.keep(what, (state, found), name)
        return cast(tuple[Meeting, ...], found)

    def board(self, name: str | None) -> Board:
        """A board with all that was said."""
        packed = self.packed.pop(name, None)
        return cast(Board, unpack(packed)) if packed else self._read(name)

    def state(self, *names: str | None) -> str:
        """A digest of the boards' notes."""
        return state_of((note for name in names for note in self.shelf[name]), self.memory)

    def keep(self, what: str, value: object, *names: str | None) -> None:
        """Remember what was found out from the notes of boards."""
        if self.memory:
            self.memory.keep(what, value, (note.below for name in names for note in self.shelf[name]))

    def _read(self, name: str | None) -> Board:
        return read_board(name, self.shelf[name], self.readers, self.memory)


def _notebook(
    boards: Iterable[Board], settings: Settings, as_at: Date | None, records: Sequence[Action]
) -> Notebook:
    """What boards come to, reconciled with their records."""
    every = list(boards)
    pages = [page for board in every for page in board.pages]
    directories = {board.name: board.directory for board in every}
    found = _reconciled([page.meeting for page in pages], directories, settings, as_at, records)
    doubts = (one for page in pages for one in page.diagnostics)
    unread = (one for board in every for one in board.unread)
    return Notebook(found.meetings, found.register, directories, _in_order((*unread, *doubts)), settings)


def bound(books: Sequence[Notebook]) -> Notebook:
    """The notebooks of boards that have nothing to do with each other, as one."""
    found = together(Reconciled(book.meetings, book.register) for book in books)
    known = {name: one for book in books for name, one in book.directories.items()}
    directories = {name: known[name] for name in sorted(known, key=lambda name: name or "")}
    diagnostics = _in_order(one for book in books for one in book.diagnostics)
    settings = books[0].settings if books else Settings()
    return Notebook(found.meetings, found.register, directories, diagnostics, settings)


def load_minutes(
    notes: Path,
    shown_from: Path,
    settings: Settings,
    as_at: Date | None = None,
    records: Sequence[Action] = (),
    texts: Texts = AS_ON_DISK,
    before: MinuteBook | None = None,
) -> MinuteBook:
    """The same with everything that was seen in the notes. `texts` stand for files on disk, by their shown paths: what an
    editor holds, or a fix would write. With the book of a moment `before`, which no other texts stood for, only those notes
    are read whose text or lore is another now."""
    shelf = notes_in(notes, shown_from, settings, [shown_from / name for name in texts])
    known = {one.source.path: one for one in before.minutes} if before and before.settings == settings else {}
    look = partial(_leaf, settings, texts, known)
    sheaves = [sheaf(name, mine, settings, look) for name, mine in by_board(shelf)]
    read = {one.alone.key: one for sheaf in sheaves for one in _minutes(sheaf, known)}
    directories = {sheaf.board: sheaf.lore.directory for sheaf in sheaves}
    found = _reconciled([one.alone for one in read.values()], directories, settings, as_at, records)
    doubts = (one for minutes in read.values() for one in minutes.diagnostics)
    unread = (one for sheaf in sheaves for one in sheaf.unread)
    minutes = tuple(_with_kinds(read[meeting.key], meeting) for meeting in found.meetings)
    diagnostics = _in_order((*unread, *doubts))
    return MinuteBook(found.meetings, found.register, directories, diagnostics, settings, minutes)


def _leaf(settings: Settings, texts: Texts, known: Mapping[str, Minutes], note: Note) -> Leaf | Diagnostic:
    """A note by itself; as it is known, where no other text stands for it."""
    was, text = known.get(note.shown), texts.get(note.shown)
    if was and (text is None or (text == was.source.text and was.source.encoding == "utf-8")):
        return Leaf(note, was.source, was.outline, was.lesson)
    return leaf(note, settings, texts)


def _minutes(sheaf: Sheaf, known: Mapping[str, Minutes]) -> Iterator[Minutes]:
    """What was seen in the notes of a board, each read as the record of its meeting; as it is known, where nothing tells
    that it would be read otherwise."""
    taught = next((one.lore.taught for one in known.values() if one.alone.board == sheaf.board), None)
    is_same, dated = taught == sheaf.lore.taught, sheaf.days()
    for one in sheaf.leaves:
        was, day = known.get(one.source.path), dated[one.note.key]
        place = (sheaf.board, day)
        if was and is_same and was.outline is one.outline and (was.alone.board, was.alone.date) == place:
            yield was
        else:
            read = sheaf.reading(one, day)
            seen = (read.meeting, read.meeting, read.candidates, read.passing, read.listed, read.diagnostics)
            yield Minutes(one.source, one.outline, one.lesson, sheaf.lore, *seen)


def _with_kinds(one: Minutes, meeting: Meeting) -> Minutes:
    """The minutes with their meeting as it came out; themselves where it came out so before."""
    return one if one.meeting == meeting else replace(one, meeting=meeting)


def _reconciled(
    meetings: Sequence[Meeting],
    directories: Mapping[str | None, Directory],
    settings: Settings,
    as_at: Date | None,
    records: Sequence[Action],
) -> Reconciled:
    """The meetings up to a day, reconciled with the records as they were then."""
    known = _known_by(_at_home(records, meetings, settings), as_at)
    then = [one for one in meetings if as_at is None or not one.date or one.date <= as_at]
    return reconcile(then, directories, known)


def _in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(diagnostics, key=lambda one: one.order))


def reconciled(book: Notebook, records: Sequence[Action]) -> Notebook:
    """The same notes, reconciled with other records: what a person's word changes."""
    found = reconcile(book.meetings, book.directories, records)
    return replace(book, meetings=found.meetings, register=found.register)


def _at_home(records: Iterable[Action], meetings: Sequence[Meeting], settings: Settings) -> Iterator[Action]:
    """The records with their boards: that of the note that first shows it, if it is here; else by where it was."""
    boards = {meeting.key: meeting.board for meeting in meetings}
    for record in records:
        key = record.first_seen.meeting or record.ref.rpartition(".")[0]
        board = boards[key] if key in boards else board_of(key, boards, settings)
        yield replace(record, board=board)


def _known_by(records: Iterable[Action], day: Date | None) -> list[Action]:
    """The records as they were on a day; links and refs are timeless."""
    if day is None:
        return list(records)
    then = [r for r in records if not r.first_seen.date or r.first_seen.date <= day]
    return [replace(r, history=tuple(p for p in r.history if not p.date or p.date <= day)) for r in then]


def survey(notes: Path, shown_from: Path, settings: Settings) -> Survey:
    """What a folder shows of how its boards write, all of them together."""
    sheaves = [sheaf(name, mine, settings) for name, mine in by_board(notes_in(notes, shown_from, settings))]
    readings = [reading for one in sheaves for reading in one.readings()]
    found = reconcile((one.meeting for one in readings), {one.board: one.lore.directory for one in sheaves})
    pairs = (
        pair
        for reading in readings
        for pair in zip(
            (one for one in reading.candidates if one.accepted), reading.meeting.mentions, strict=True
        )
    )
    teachers = [([leaf.outline for leaf in one.leaves], one.lore) for one in sheaves]
    return Survey(
        len(readings),
        len(found.register.actions),
        tuple(places(pairs)),
        tuple(dict.fromkeys(word for mine, lore in teachers for word in unknown_sections(mine, lore))),
        tuple(dict.fromkeys(word for mine, lore in teachers for word in unknown_markers(mine, lore))),
    )
