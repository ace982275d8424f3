"""What is read in single notes, mention by mention; or every place that was looked at, and why it is an action or not."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date as Date
from functools import partial

from rrbnotes.model import Meeting, Mention, Name
from rrbnotes.quoting import count
from rrbnotes.reading.candidates import Candidate
from rrbnotes.single import Parsed
from rrbnotes.views.cells import dated, deadline_text, owners_text
from rrbnotes.views.fields.lists import CandidateRecord, NoteRecord
from rrbnotes.views.listing import (
    Cell,
    Column,
    Group,
    Listing,
    Records,
    Sheet,
    Table,
    Tone,
    Words,
    cell,
)
from rrbnotes.views.meetings import meeting_counts
from rrbnotes.views.records import diagnostic_record, meeting_record, mention_record, place_record

MENTIONS = (
    Column("Line", right=True),
    Column("Kind"),
    Column("Action", fills=True),
    Column("Owners", under="Kind", most=18),
    Column("Due", under="Status", most=17),
    Column("Status", under="Action", lead="→ ", most=18),
)
CANDIDATES = (Column("Line", right=True), Column("Verdict", most=20), Column("Words", fills=True))
MENTION_FIELDS = ("path", "line", "kind", "status", "due", "owners", "action")
CANDIDATE_FIELDS = ("path", "line", "verdict", "convention", "why", "text")
_Notes = Sequence[Parsed]


def listing(notes: _Notes, explain: bool, today: Date) -> Listing:
    """The notes; with `explain` the places that were looked at instead of what came of them."""
    table, sheet = (_explained, _candidates) if explain else (_read, _mentions)
    return Listing(
        partial(table, notes),
        partial(sheet, notes),
        partial(_records, notes, today),
        tuple(_talk(notes, explain)),
    )


def _talk(notes: _Notes, explain: bool) -> Iterator[str]:
    for note in notes:
        kinds = meeting_counts(note.meeting)
        said = ", ".join(f"{kinds[kind]} {kind}" for kind in ("raised", "reported", "recap") if kinds[kind])
        refused = sum(not candidate.accepted for candidate in note.candidates)
        why = "" if explain else ": --explain says why"
        doubt = f"; {count(refused, 'place')} looked at and left{why}" if refused else ""
        yield f"{note.meeting.path}: {said or 'no mention of an action'}{doubt}"


def _read(notes: _Notes) -> Table:
    return Table(
        MENTIONS, tuple(_group(note, tuple(map(_mention_row, note.meeting.mentions))) for note in notes)
    )


def _explained(notes: _Notes) -> Table:
    return Table(
        CANDIDATES, tuple(_group(note, tuple(map(_candidate_row, note.candidates))) for note in notes)
    )


def _group(note: Parsed, rows: tuple[tuple[Cell, ...], ...]) -> Group:
    details = tuple((label, words) for label, words in _details(note.meeting) if words)
    return Group(rows, note.meeting.path, details)


def _details(meeting: Meeting) -> Iterator[tuple[str, Cell]]:
    following = meeting.next_meeting
    yield "Title", cell(meeting.title)
    yield "When", _when(meeting.date, meeting.start, meeting.end) or cell("no date")
    yield "Venue", cell(meeting.venue)
    yield "Board", cell(meeting.board)
    yield "Attended", cell(_names(meeting.attended))
    yield "Absent", cell(_names(meeting.absent))
    yield "Items", cell("; ".join(map(str, meeting.items)))
    yield "Next", _when(following.date, following.start, following.end, following.venue) if following else ()


def _when(date: Date | None, start: str | None, end: str | None, venue: str | None = None) -> Cell:
    times = "-".join(filter(None, (start, end)))
    words = cell(", ".join(str(part) for part in (date, times, venue) if part))
    return tuple(replace(one, days=(date,)) for one in words) if date else words


def _names(names: Sequence[Name]) -> str:
    return ", ".join(f"{n.name} ({n.short})" if n.short and n.short not in n.name else n.name for n in names)


def _mention_row(mention: Mention) -> tuple[Cell, ...]:
    status = (*cell(mention.status), *cell(mention.reason, Tone.QUIET))
    due = (dated(mention.due),) if mention.due else ()
    owners = cell(owners_text(mention.owners))
    return (cell(mention.at.line), cell(mention.kind), cell(mention.action), owners, due, status)


def _candidate_row(candidate: Candidate) -> tuple[Cell, ...]:
    verdict = cell("action", Tone.GOOD) if candidate.accepted else cell("no action", Tone.WARN)
    words = (Words(candidate.text), Words(candidate.why, Tone.QUIET))
    return (cell(candidate.at.line), (*verdict, Words(candidate.convention, Tone.QUIET)), words)


def _mentions(notes: _Notes) -> Sheet:
    rows = (_mention_texts(mention) for note in notes for mention in note.meeting.mentions)
    return Sheet(MENTION_FIELDS, rows, plain=len(MENTION_FIELDS))


def _mention_texts(mention: Mention) -> tuple[str, ...]:
    said = (mention.kind, mention.status or "", deadline_text(mention.due), owners_text(mention.owners))
    return (mention.at.path, str(mention.at.line), *said, mention.action)


def _candidates(notes: _Notes) -> Sheet:
    rows = (_candidate_texts(candidate) for note in notes for candidate in note.candidates)
    return Sheet(CANDIDATE_FIELDS, rows, plain=len(CANDIDATE_FIELDS))


def _candidate_texts(candidate: Candidate) -> tuple[str, ...]:
    verdict = "accepted" if candidate.accepted else "refused"
    at = (candidate.at.path, str(candidate.at.line))
    return (*at, verdict, candidate.convention, candidate.why, candidate.text)


def _records(notes: _Notes, today: Date) -> Records:
    return Records("notes", [_record(note, today) for note in notes], {})


def _record(note: Parsed, today: Date) -> NoteRecord:
    kinds = meeting_counts(note.meeting)
    return {
        "meeting": meeting_record(
            note.meeting, today, {kind: kinds[kind] for kind in ("raised", "reported", "recap")}
        ),
        "mentions": [mention_record(mention) for mention in note.meeting.mentions],
        "candidates": [_candidate_record(candidate) for candidate in note.candidates],
        "diagnostics": [diagnostic_record(diagnostic) for diagnostic in note.diagnostics],
    }


def _candidate_record(candidate: Candidate) -> CandidateRecord:
    return {
        **place_record(candidate.at),
        "convention": candidate.convention,
        "accepted": candidate.accepted,
        "why": candidate.why,
        "text": candidate.text,
    }
