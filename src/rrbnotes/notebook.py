"""The pipeline that one reads first: a folder of notes in, a notebook out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date
from itertools import groupby
from pathlib import Path

from rrbnotes.diagnostics import Diagnostic, Severity
from rrbnotes.model import Meeting, Register
from rrbnotes.owners import Directory
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.lore import Lore, learn
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.reading.outline import Outline, outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.reconciling.reconcile import Reconciled, reconcile
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note, notes_in
from rrbnotes.source import Unreadable, read_source

UNREADABLE = frozenset({"not-utf8", "conflict-marker", "too-large", "not-a-file"})
"""The rules whose breach keeps a note from being read at all."""


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


@dataclass(frozen=True, slots=True)
class _Board:
    """The notes of one board, outlined, with what they teach together."""

    name: str | None
    outlines: tuple[tuple[Note, Outline], ...]
    lore: Lore


def load(notes: Path, shown_from: Path, settings: Settings, as_at: Date | None = None) -> Notebook:
    """Read and reconcile the notes below a folder; `as_at` leaves out the meetings after that day."""
    boards, unreadable = _outlined(notes_in(notes, shown_from, settings), settings)
    readings, found, directories = _together(boards, as_at)
    doubts = (diagnostic for reading in readings for diagnostic in reading.diagnostics)
    return Notebook(found.meetings, found.register, directories, tuple(sorted((*unreadable, *doubts))))


def parse(note: Path, notes: Path | None, shown_from: Path, settings: Settings) -> "Parsed | Unreadable":
    """Read one note; its neighbours on disk teach how to read it, and tell whether it raises or reports."""
    neighbours = notes_in(notes, shown_from, settings) if notes else []
    found = next((one for one in neighbours if one.path.resolve() == note.resolve()), None)
    own = found or Note(note, _shown(note, shown_from), note.stem, None)
    board = [one for one in neighbours if one.board == own.board] if found else [own]
    boards, unreadable = _outlined(board, settings)
    readings, together, _ = _together(boards)
    reading = next((one for one in readings if one.meeting.key == own.key), None)
    if reading is None:
        return next(Unreadable(d.at, d.name, d.message) for d in unreadable if d.at.path == own.shown)
    meeting = next(meeting for meeting in together.meetings if meeting.key == own.key)
    return Parsed(meeting, reading.candidates, reading.diagnostics)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One note by itself, with everything that was looked at."""

    meeting: Meeting
    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]


def _outlined(notes: Iterable[Note], settings: Settings) -> tuple[list[_Board], list[Diagnostic]]:
    """The boards with the outlines of their notes, and the notes that cannot be read."""
    boards, unreadable = [], []
    for name, mine in groupby(sorted(notes, key=lambda n: (n.board or "", n.key)), key=lambda n: n.board):
        outlines = []
        for note in mine:
            source = read_source(note.path, note.shown)
            if isinstance(source, Unreadable):
                unreadable.append(Diagnostic(source.at, source.name, Severity.ERROR, source.message))
            else:
                outlines.append((note, outline(source, Vocabulary(settings.sections, settings.markers))))
        boards.append(_Board(name, tuple(outlines), learn((one for _, one in outlines), settings)))
    return boards, unreadable


def _together(
    boards: Sequence[_Board], as_at: Date | None = None
) -> tuple[list[Reading], Reconciled, Mapping[str | None, Directory]]:
    """All notes read and reconciled with each other, those up to a day if one is given, and who each board knows."""
    directories = {board.name: board.lore.directory for board in boards}
    readings = [
        read_meeting(one, board.lore, note.key, note.board)
        for board in boards
        for note, one in board.outlines
    ]
    meetings = (reading.meeting for reading in readings)
    known_by_then = (m for m in meetings if as_at is None or m.date is None or m.date <= as_at)
    return readings, reconcile(known_by_then, directories), directories


def _shown(path: Path, shown_from: Path) -> str:
    try:
        return path.resolve().relative_to(shown_from.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
