"""The pipeline that one reads first: a folder of notes in, a notebook out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from itertools import groupby
from pathlib import Path

from rrbnotes.diagnostics import Diagnostic, unreadable
from rrbnotes.model import Action, Meeting, Register
from rrbnotes.owners import Directory
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.facts import days
from rrbnotes.reading.lore import Lore, learn
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.reading.survey import Survey, places, unknown_markers, unknown_sections
from rrbnotes.reconciling.reconcile import reconcile
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note, board_of, notes_in
from rrbnotes.source import Location, Source, Unreadable, read_source, source_of_text

REGISTER = "actions.yaml"
"""The file in the notes folder that keeps refs and history."""
_AS_ON_DISK: Mapping[str, str] = {}
UNREADABLE = frozenset({"not-utf8", "conflict-marker", "too-large", "not-a-file"})
"""The rules whose breach keeps a note from being read at all."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """One note with everything that was seen in it: what its rules look at."""

    source: Source
    outline: Outline
    lore: Lore
    meeting: Meeting
    """With the kinds of its mentions as its board's other notes make them."""
    candidates: tuple[Candidate, ...]
    passing: tuple[Candidate, ...]
    """What sounds like a task and is none by itself."""
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Notebook:
    """Everything that a folder of notes says."""

    meetings: tuple[Meeting, ...]
    """In order of board, date and key; the kinds of their mentions are final."""
    register: Register
    directories: Mapping[str | None, Directory] = field(default_factory=dict)
    """By board."""
    diagnostics: tuple[Diagnostic, ...] = ()
    """What is wrong with the notes; a note that cannot be read is only here."""
    settings: Settings = field(default_factory=Settings)
    minutes: tuple[Minutes, ...] = ()
    """Of each meeting, where they were asked for."""


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A note as far as it can be read alone."""

    note: Note
    source: Source
    outline: Outline


@dataclass(frozen=True, slots=True)
class _Board:
    """The notes of one board, outlined, with what they teach together."""

    name: str | None
    leaves: tuple[_Leaf, ...]
    lore: Lore


def load(
    notes: Path,
    shown_from: Path,
    settings: Settings,
    as_at: Date | None = None,
    records: Sequence[Action] = (),
    texts: Mapping[str, str] = _AS_ON_DISK,
    with_minutes: bool = False,
) -> Notebook:
    """Read the notes below a folder and reconcile them with the register's records; `as_at` leaves out what was said
    after that day. `texts` stand for files on disk, by their shown paths: what an editor holds, or a fix would write."""
    shelf = notes_in(notes, shown_from, settings, [shown_from / name for name in texts])
    boards, unread = _outlined(shelf, settings, texts)
    readings, directories = _read(boards)
    meetings = [r.meeting for r in readings if as_at is None or not r.meeting.date or r.meeting.date <= as_at]
    doubts = (diagnostic for reading in readings for diagnostic in reading.diagnostics)
    found = reconcile(meetings, directories, _known_by(_at_home(records, readings, settings), as_at))
    diagnostics = tuple(sorted((*unread, *doubts), key=lambda one: one.order))
    minutes = tuple(_minutes(boards, readings, found.meetings)) if with_minutes else ()
    return Notebook(found.meetings, found.register, directories, diagnostics, settings, minutes)


def _minutes(
    boards: Iterable[_Board], readings: Iterable[Reading], meetings: Iterable[Meeting]
) -> Iterator[Minutes]:
    """Everything that was seen in the notes, in the order of their meetings."""
    leaves = {leaf.note.key: (leaf, board.lore) for board in boards for leaf in board.leaves}
    read = {reading.meeting.key: reading for reading in readings}
    for meeting in meetings:
        (leaf, lore), one = leaves[meeting.key], read[meeting.key]
        yield Minutes(leaf.source, leaf.outline, lore, meeting, one.candidates, one.passing, one.diagnostics)


def reconciled(book: Notebook, records: Sequence[Action]) -> Notebook:
    """The same notes, reconciled with other records: what a person's word changes."""
    found = reconcile(book.meetings, book.directories, records)
    return replace(book, meetings=found.meetings, register=found.register)


def _at_home(records: Iterable[Action], readings: Sequence[Reading], settings: Settings) -> Iterator[Action]:
    """The records with their boards: that of the note that first shows it, if it is here; else by where it was."""
    boards = {reading.meeting.key: reading.meeting.board for reading in readings}
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


def parse(note: Path, notes: Path | None, shown_from: Path, settings: Settings) -> "Parsed | Unreadable":
    """Read one note; its neighbours on disk teach how to read it, and tell whether it raises or reports."""
    neighbours = notes_in(notes, shown_from, settings) if notes else []
    found = next((one for one in neighbours if one.path.resolve() == note.resolve()), None)
    own = found or Note(note, _shown(note, shown_from), note.stem, None)
    board = [one for one in neighbours if one.board == own.board] if found else [own]
    boards, unread = _outlined(board, settings)
    readings, directories = _read(boards)
    reading = next((one for one in readings if one.meeting.key == own.key), None)
    if reading is None:
        return next(
            Unreadable(Location(d.path, d.at.line), d.name, d.finding.message, d.finding.help)
            for d in unread
            if d.path == own.shown
        )
    together = reconcile((one.meeting for one in readings), directories)
    meeting = next(meeting for meeting in together.meetings if meeting.key == own.key)
    return Parsed(meeting, _explained(reading, meeting), reading.diagnostics)


def reread(minutes: Minutes, text: str, settings: Settings) -> Meeting | None:
    """The meeting that a note would record if it had another text, read by what its board teaches today; None where the
    text cannot be read."""
    source = source_of_text(text, minutes.source.path)
    if isinstance(source, Unreadable):
        return None
    one = outline(source, Vocabulary(settings.sections, settings.markers))
    was = minutes.meeting
    day = days([(was.key, one)])[was.key] or was.date
    meeting = read_meeting(one, minutes.lore, was.key, was.board, day).meeting
    return reconcile([meeting], {was.board: minutes.lore.directory}).meetings[0]


def _explained(reading: Reading, meeting: Meeting) -> tuple[Candidate, ...]:
    """All that was looked at in a note, by its lines: of what was said in passing, what counts since the note lists it as
    well, and what names somebody and is no action."""
    counting = {(mention.at, mention.text) for mention in meeting.mentions if mention.in_passing}
    shown = {candidate.at for candidate in reading.candidates}
    passing = (
        replace(one, accepted=True, why="said in passing, of an action that the note lists or the board has")
        if (one.at, one.text) in counting
        else one
        for one in reading.passing
        if (one.at, one.text) in counting or (one.owner and one.at not in shown)
    )
    return tuple(sorted((*reading.candidates, *passing), key=lambda one: (one.at, not one.accepted)))


def survey(notes: Path, shown_from: Path, settings: Settings) -> Survey:
    """What a folder shows of how its boards write, all of them together."""
    boards, _ = _outlined(notes_in(notes, shown_from, settings), settings)
    readings, directories = _read(boards)
    found = reconcile((reading.meeting for reading in readings), directories)
    pairs = (
        pair
        for reading in readings
        for pair in zip(
            (one for one in reading.candidates if one.accepted), reading.meeting.mentions, strict=True
        )
    )
    teachers = [([leaf.outline for leaf in board.leaves], board.lore) for board in boards]
    return Survey(
        len(readings),
        len(found.register.actions),
        tuple(places(pairs)),
        tuple(dict.fromkeys(word for mine, lore in teachers for word in unknown_sections(mine, lore))),
        tuple(dict.fromkeys(word for mine, lore in teachers for word in unknown_markers(mine, lore))),
    )


@dataclass(frozen=True, slots=True)
class Parsed:
    """One note by itself, with everything that was looked at."""

    meeting: Meeting
    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]


def _outlined(
    notes: Iterable[Note], settings: Settings, texts: Mapping[str, str] = _AS_ON_DISK
) -> tuple[list[_Board], list[Diagnostic]]:
    """The boards with the outlines of their notes, and the notes that cannot be read."""
    boards, unread = [], []
    for name, mine in groupby(sorted(notes, key=lambda n: (n.board or "", n.key)), key=lambda n: n.board):
        leaves = []
        for note in mine:
            text = texts.get(note.shown)
            source = read_source(note.path, note.shown) if text is None else source_of_text(text, note.shown)
            if isinstance(source, Unreadable):
                unread.append(unreadable(source))
            else:
                vocabulary = Vocabulary(settings.sections, settings.markers)
                leaves.append(_Leaf(note, source, outline(source, vocabulary)))
        boards.append(_Board(name, tuple(leaves), learn((leaf.outline for leaf in leaves), settings)))
    return boards, unread


def _read(boards: Sequence[_Board]) -> tuple[list[Reading], Mapping[str | None, Directory]]:
    """All notes read, and who each board knows."""
    readings = []
    for board in boards:
        dated = days((leaf.note.key, leaf.outline) for leaf in board.leaves)
        readings += [
            read_meeting(leaf.outline, board.lore, leaf.note.key, leaf.note.board, dated[leaf.note.key])
            for leaf in board.leaves
        ]
    return readings, {board.name: board.lore.directory for board in boards}


def _shown(path: Path, shown_from: Path) -> str:
    try:
        return path.resolve().relative_to(shown_from.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
