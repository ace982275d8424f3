"""One note by itself: how it is read by what its board teaches."""

from dataclasses import dataclass, replace
from pathlib import Path

from rrbnotes.boards import sheaf
from rrbnotes.diagnostics import Diagnostic
from rrbnotes.model import Meeting
from rrbnotes.notebook import Minutes
from rrbnotes.reading.candidates import Candidate
from rrbnotes.reading.lessons import lesson
from rrbnotes.reading.meeting import Reading, read_meeting
from rrbnotes.reading.outline import outline
from rrbnotes.reading.roles import Vocabulary
from rrbnotes.reconciling.reconcile import reconcile
from rrbnotes.settings import Settings
from rrbnotes.shelf import Note, notes_in
from rrbnotes.source import Location, Unreadable, source_of_text


def parse(note: Path, notes: Path | None, shown_from: Path, settings: Settings) -> "Parsed | Unreadable":
    """Read one note; its neighbours on disk teach how to read it, and tell whether it raises or reports."""
    neighbours = notes_in(notes, shown_from, settings) if notes else []
    found = next((one for one in neighbours if one.path.resolve() == note.resolve()), None)
    own = found or Note(note, _shown(note, shown_from), note.stem, None)
    beside = [one for one in neighbours if one.board == own.board] if found else [own]
    board = sheaf(own.board, beside, settings)
    readings = board.readings()
    reading = next((one for one in readings if one.meeting.key == own.key), None)
    if reading is None:
        return next(
            Unreadable(Location(d.path, d.at.line), d.name, d.finding.message, d.finding.help)
            for d in board.unread
            if d.path == own.shown
        )
    together = reconcile((one.meeting for one in readings), {own.board: board.lore.directory})
    meeting = next(meeting for meeting in together.meetings if meeting.key == own.key)
    return Parsed(meeting, _explained(reading, meeting), reading.diagnostics)


def reread(minutes: Minutes, text: str, settings: Settings) -> Meeting | None:
    """The meeting that a note would record if it had another text, read by what its board teaches today; None where the
    text cannot be read."""
    one, taught, was = minutes.outline, minutes.lesson, minutes.meeting
    if text != minutes.source.text:
        source = source_of_text(text, minutes.source.path)
        if isinstance(source, Unreadable):
            return None
        one = outline(source, Vocabulary(settings.sections, settings.markers))
        taught = lesson(one, was.key)
    day = taught.day or was.date
    meeting = read_meeting(one, taught, minutes.lore, was.board, day).meeting
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


@dataclass(frozen=True, slots=True)
class Parsed:
    """One note by itself, with everything that was looked at."""

    meeting: Meeting
    candidates: tuple[Candidate, ...]
    diagnostics: tuple[Diagnostic, ...]


def _shown(path: Path, shown_from: Path) -> str:
    try:
        return path.resolve().relative_to(shown_from.resolve()).as_posix()
    except ValueError:
        return path.as_posix()
