"""Actions, mentions, meetings and findings in JSON."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypedDict

from rrbnotes.diagnostics import Severity
from rrbnotes.model import Kind, Status

Day = Annotated[str, ("format", "date")]
Time = Annotated[str, ("pattern", "^[0-9]{2}:[0-9]{2}$")]


class PlaceRecord(TypedDict):
    """Where something stands; null where its note is not here."""

    path: Annotated[str | None, "Of the file, from the folder that you are in or that -C names."]
    line: Annotated[int | None, "Counted from 1."]


class DueRecord(TypedDict):
    """When an action is due, as far as its words say."""

    text: Annotated[str, "The words as printed."]
    date: Annotated[Day | None, "The day, where the words fix one."]
    latest: Annotated[Day | None, "The last day that the words allow, where they allow several."]
    not_before: Annotated[Day | None, "The day that `after ...` names; it is no deadline."]
    recurs: Annotated[str | None, "How often, such as quarterly."]


class RaisedRecord(PlaceRecord):
    """Where an action was agreed."""

    meeting: Annotated[str | None, "Its key; null where it was agreed between meetings."]
    date: Annotated[Day | None, "The day."]
    item: Annotated[str | None, "The agenda item, as printed."]


class SeenRecord(PlaceRecord):
    """The first place that shows an action."""

    meeting: Annotated[str | None, "Its key; null where it was agreed between meetings."]
    date: Annotated[Day | None, "The day."]


class CarriedRecord(TypedDict):
    """After how many meetings an action was still outstanding."""

    reported: Annotated[int, "The note mentions it."]
    rolled: Annotated[int, "Of these: the note says that it is rolled over."]
    silent: Annotated[int, "The note does not mention it."]


class ReportedRecord(TypedDict):
    """The meeting that last spoke of an action."""

    meeting: Annotated[str | None, "Its key."]
    date: Annotated[Day | None, "Its day."]


class ProgressRecord(PlaceRecord):
    """What one meeting, or one update between meetings, said of an action."""

    meeting: Annotated[str | None, "The meeting's key; null for an update."]
    date: Annotated[Day | None, "The day of either."]
    status: Annotated[Status | None, "How it stood; null where nothing is said of that."]
    reason: Annotated[str | None, "Why, or what was done."]
    due: Annotated[DueRecord | None, "The new date, where it was given one."]
    owners: Annotated[Sequence[str] | None, "The new owners, where it was given to others."]
    by: Annotated[str | None, "Who said it where no meeting did: update or hand."]


class MentionRecord(TypedDict):
    """What one place of one note says of an action."""

    path: Annotated[str, "Of the note."]
    line: Annotated[int, "Where the action's words start."]
    kind: Annotated[Kind, "Agreed here, said of an earlier action, or repeated within the note."]
    text: Annotated[str, "All words of its line."]
    owners: Annotated[Sequence[str], "As printed there; empty where nobody is named."]
    due: Annotated[DueRecord | None, "When it is due, as said there."]
    status: Annotated[Status | None, "How it stands, as said there; null where nothing is said of that."]
    reason: Annotated[str | None, "What stands beside the status."]


_Is = TypedDict(
    "_Is", {"is": Annotated[str, "What it is to the other: same, follows, supersedes and so on."]}
)


class LinkRecord(_Is):
    """What a person said of an action and another one, or of an action and a line of a note."""

    ref: Annotated[str | None, "Of the other action."]
    meeting: Annotated[str | None, "Of a line: the key of the meeting whose note it stands in."]
    words: Annotated[str | None, "Of a line: its words."]
    reason: Annotated[str | None, "Why."]


class ActionRecord(TypedDict):
    """An action: what is to be done, by whom, by when, and what became of it."""

    ref: Annotated[str, "Its permanent name, such as 2019-09-09.3."]
    provisional: Annotated[bool, "No register has this ref yet."]
    also: Annotated[Sequence[str], "Other refs of it."]
    number: Annotated[str | None, "The board's own number."]
    board: Annotated[str | None, "Null for notes in no folder."]
    action: Annotated[str, "Its words, without owner and status."]
    owners: Annotated[Sequence[str], "Short names; empty where nobody is named."]
    status: Annotated[Status, "How it stands."]
    outstanding: Annotated[bool, "Open, ongoing or rolled over."]
    for_agreement: Annotated[bool, "Finished by an update, and no note has said so yet."]
    due: Annotated[DueRecord | None, "When it is due now."]
    first_due: Annotated[DueRecord | None, "When it was due at first."]
    due_changes: Annotated[int, "How often it was given another date."]
    overdue: Annotated[bool, "Outstanding, and the date, else the last day, is past."]
    raised: Annotated[RaisedRecord | None, "Null where the note that raised it is not here."]
    first_seen: Annotated[SeenRecord, "The first note that has it."]
    carried: Annotated[CarriedRecord, "After how many meetings it was still outstanding."]
    unreported: Annotated[bool, "Outstanding, and the latest meeting said nothing of it."]
    age_days: Annotated[int | None, "Days from its raising to today, or to the day it finished."]
    last_reported: Annotated[ReportedRecord | None, "The meeting that last spoke of it."]
    history: Annotated[
        Sequence[ProgressRecord], "What each meeting and each update said of it, oldest first."
    ]
    mentions: Annotated[Sequence[MentionRecord], "Every place that speaks of it."]
    links: Annotated[Sequence[LinkRecord], "What people said that it is to others."]
    not_same: Annotated[Sequence[str], "Refs of actions that it is never to be joined with."]


class NameRecord(TypedDict):
    """Somebody in a list of attendance."""

    name: Annotated[str, "As printed."]
    short: Annotated[str | None, "The short form, where the board has one."]


class ItemRecord(TypedDict):
    """A heading of the discussion."""

    number: Annotated[str | None, "As printed, without its full stop."]
    title: Annotated[str, "Its words."]
    line: Annotated[int, "Where it stands in the note."]


class NextMeetingRecord(TypedDict):
    """What a note announces of the meeting after it."""

    date: Annotated[Day | None, "The day."]
    start: Annotated[Time | None, "When it begins."]
    end: Annotated[Time | None, "When it ends."]
    venue: Annotated[str | None, "Where it is held."]


Counts = Annotated[Mapping[str, int], ("required", ("raised", "reported", "recap"))]


class MeetingRecord(TypedDict):
    """What a note says of its meeting."""

    key: Annotated[str, "The note's path below the notes folder without .md."]
    path: Annotated[str, "Of the note."]
    board: Annotated[str | None, "Null for a note in no folder."]
    title: Annotated[str | None, "As printed."]
    date: Annotated[Day | None, "The day."]
    start: Annotated[Time | None, "When it began."]
    end: Annotated[Time | None, "When it ended."]
    venue: Annotated[str | None, "Where it was held."]
    draft: Annotated[bool, "Dated after today, or its table of earlier actions is not filled in."]
    attended: Annotated[Sequence[NameRecord], "Who was there."]
    absent: Annotated[Sequence[NameRecord], "Who sent apologies."]
    items: Annotated[Sequence[ItemRecord], "The headings of the discussion."]
    next_meeting: Annotated[NextMeetingRecord | None, "What it announces of the meeting after it."]
    counts: Annotated[
        Counts,
        "Of its mentions by kind; in a list of meetings also outstanding: of the actions first seen there.",
    ]


class DiagnosticRecord(TypedDict):
    """Something wrong, doubtful or lost in a note."""

    name: Annotated[str, "Of what is wrong: a rule of `rrb check` in most cases."]
    severity: Annotated[
        Severity, "How much it weighs: only errors make a check fail, unless asked otherwise."
    ]
    path: Annotated[str, "Of the file."]
    line: Annotated[int, "Counted from 1."]
    column: Annotated[int, "Counted from 1."]
    message: Annotated[str, "What is wrong."]


class RelatedRecord(TypedDict):
    """Another place that a finding speaks of."""

    path: Annotated[str, "Of the file."]
    line: Annotated[int, "Counted from 1."]
    message: Annotated[str, "What stands there."]


class FindingRecord(DiagnosticRecord):
    """A finding of `rrb check`."""

    end_line: Annotated[int, "The line in which it ends."]
    end_column: Annotated[int, "The first column behind it."]
    help: Annotated[str, "What to do."]
    related: Annotated[Sequence[RelatedRecord], "Other places that it speaks of."]
    fix: Annotated[Literal["safe"] | None, "Whether `rrb check --fix` mends it."]
    fingerprint: Annotated[str, "Stays while the words of its line do, wherever that line moves."]


class SummaryRecord(TypedDict):
    """How many findings there are."""

    error: Annotated[int, "Findings that are errors."]
    warning: Annotated[int, "Findings that are warnings."]
    note: Annotated[int, "Findings that are notes."]
    fixable: Annotated[int, "A machine can mend them."]
    baselined: Annotated[int, "They were there before, and are not listed."]
