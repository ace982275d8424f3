"""An action as it was once a meeting was over: its history up to there, and what that makes of it."""

from dataclasses import replace
from datetime import date as Date

from rrbnotes.model import Action, Meeting, Progress, Status

Moment = tuple[Date, bool, str]
"""When something was said: the day; on one day people come first, then the meetings by their keys, as everywhere. What has
no date comes before all."""


def held_at(meeting: Meeting) -> Moment:
    """When all that a meeting says is said."""
    return _moment(meeting.date, meeting.key)


def said_at(progress: Progress) -> Moment:
    """When a progress was made."""
    return _moment(progress.date, progress.meeting)


def seen_at(action: Action) -> Moment:
    """When an action was first seen."""
    return _moment(action.first_seen.date, action.first_seen.meeting)


def as_it_was(action: Action, until: Moment) -> Action | None:
    """The action by what was said up to a moment, and with all its mentions; None where nobody had seen it yet."""
    if seen_at(action) > until:
        return None
    said = tuple(progress for progress in action.history if said_at(progress) <= until)
    statuses = [Status.OPEN, *(progress.status for progress in said if progress.status)]
    dues = [action.first_due, *(progress.due for progress in said if progress.due)]
    owners = [action.first_owners, *(progress.owners for progress in said if progress.owners is not None)]
    return replace(action, history=said, status=statuses[-1], due=dues[-1], owners=owners[-1])


def finish(action: Action) -> Progress | None:
    """The progress that finished it; the last such one where it was reopened since; None where it is outstanding."""
    found = None
    for progress in action.history:
        if progress.status:
            found = None if progress.status.outstanding else found or progress
    return found


def _moment(day: Date | None, meeting: str | None) -> Moment:
    return day or Date.min, meeting is not None, meeting or ""
