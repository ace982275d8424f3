"""The objects of the JSON formats, with the fields that `views/fields` promises."""

from collections.abc import Mapping, Sequence
from datetime import date as Date

from rrbnotes.diagnostics import Diagnostic
from rrbnotes.model import Due, Link, Meeting, Mention, Name, NextMeeting, Progress, Sighting
from rrbnotes.source import Location
from rrbnotes.views.entries import Entry
from rrbnotes.views.fields.nouns import (
    ActionRecord,
    DiagnosticRecord,
    DueRecord,
    LinkRecord,
    MeetingRecord,
    MentionRecord,
    NameRecord,
    NextMeetingRecord,
    PlaceRecord,
    ProgressRecord,
    RaisedRecord,
    SeenRecord,
)


def action_record(entry: Entry) -> ActionRecord:
    """ACTION."""
    action, standing = entry.action, entry.standing
    carried, last = standing.carried, standing.last_reported
    return {
        "ref": action.ref,
        "provisional": action.provisional,
        "also": action.also,
        "number": action.number,
        "board": action.board,
        "action": action.action,
        "owners": action.owners,
        "status": action.status,
        "outstanding": entry.outstanding,
        "for_agreement": entry.for_agreement,
        "due": due_record(action.due),
        "first_due": due_record(action.first_due),
        "due_changes": sum(1 for progress in action.history if progress.due),
        "overdue": standing.overdue,
        "raised": _raised(action.raised),
        "first_seen": _seen(action.first_seen),
        "carried": {"reported": carried.reported, "rolled": carried.rolled, "silent": carried.silent},
        "unreported": standing.unreported,
        "age_days": standing.age_days,
        "last_reported": {"meeting": last.meeting, "date": _day(last.date)} if last else None,
        "history": [_progress(progress) for progress in action.history],
        "mentions": [mention_record(mention) for mention in action.mentions],
        "links": [_link(link) for link in action.links],
        "not_same": action.not_same,
    }


def mention_record(mention: Mention) -> MentionRecord:
    """A mention, as its note prints it."""
    return {
        "path": mention.at.path,
        "line": mention.at.line,
        "kind": mention.kind,
        "text": mention.text,
        "owners": mention.owners,
        "due": due_record(mention.due),
        "status": mention.status,
        "reason": mention.reason or None,
    }


def meeting_record(meeting: Meeting, today: Date, counts: Mapping[str, int]) -> MeetingRecord:
    """MEETING."""
    return {
        "key": meeting.key,
        "path": meeting.path,
        "board": meeting.board,
        "title": meeting.title,
        "date": _day(meeting.date),
        "start": meeting.start,
        "end": meeting.end,
        "venue": meeting.venue,
        "draft": meeting.is_draft(today),
        "attended": _names(meeting.attended),
        "absent": _names(meeting.absent),
        "items": [{"number": item.number, "title": item.title, "line": item.line} for item in meeting.items],
        "next_meeting": _next(meeting.next_meeting),
        "counts": counts,
    }


def diagnostic_record(diagnostic: Diagnostic) -> DiagnosticRecord:
    """What of DIAGNOSTIC reading knows."""
    return {
        "name": diagnostic.name,
        "severity": diagnostic.severity,
        "path": diagnostic.path,
        "line": diagnostic.at.line,
        "column": diagnostic.at.column,
        "message": diagnostic.message,
    }


def _progress(progress: Progress) -> ProgressRecord:
    return {
        "meeting": progress.meeting,
        "date": _day(progress.date),
        "status": progress.status,
        "reason": progress.reason or None,
        "due": due_record(progress.due),
        "owners": progress.owners,
        "by": progress.by,
        **place_record(progress.at),
    }


def _link(link: Link) -> LinkRecord:
    return {
        "is": link.verb,
        "ref": link.ref,
        "meeting": link.meeting,
        "words": link.words,
        "reason": link.reason or None,
    }


def due_record(due: Due | None) -> DueRecord | None:
    """When something is due."""
    if due is None:
        return None
    return {
        "text": due.text,
        "date": _day(due.date),
        "latest": _day(due.latest),
        "not_before": _day(due.not_before),
        "recurs": due.recurs,
    }


def _raised(sighting: Sighting | None) -> RaisedRecord | None:
    if sighting is None:
        return None
    return {
        "meeting": sighting.meeting,
        "date": _day(sighting.date),
        "item": sighting.item,
        **place_record(sighting.at),
    }


def _seen(sighting: Sighting) -> SeenRecord:
    return {"meeting": sighting.meeting, "date": _day(sighting.date), **place_record(sighting.at)}


def _next(announced: NextMeeting | None) -> NextMeetingRecord | None:
    if announced is None:
        return None
    return {
        "date": _day(announced.date),
        "start": announced.start,
        "end": announced.end,
        "venue": announced.venue,
    }


def _names(names: Sequence[Name]) -> list[NameRecord]:
    return [{"name": name.name, "short": name.short} for name in names]


def place_record(at: Location | None) -> PlaceRecord:
    """Where something stands."""
    return {"path": at.path if at else None, "line": at.line if at else None}


def _day(day: Date | None) -> str | None:
    return day.isoformat() if day else None
