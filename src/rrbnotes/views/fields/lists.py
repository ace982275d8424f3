"""The objects in JSON that only one command has: what is read in a note, owners, letters, changes, rules, commands."""

from collections.abc import Sequence
from typing import Annotated, Literal, TypedDict

from rrbnotes.diagnostics import Severity
from rrbnotes.model import Status
from rrbnotes.views.fields.nouns import (
    ActionRecord,
    Day,
    DiagnosticRecord,
    DueRecord,
    MeetingRecord,
    MentionRecord,
    PlaceRecord,
)


class CandidateRecord(PlaceRecord):
    """A place that may be an action, and why it is one or not."""

    convention: Annotated[str, "The way of writing actions that it follows."]
    accepted: Annotated[bool, "Whether it is read as an action."]
    why: Annotated[str, "What decided."]
    text: Annotated[str, "Its words."]


class NoteRecord(TypedDict):
    """What is read in one note."""

    meeting: Annotated[MeetingRecord, "What it says of its meeting."]
    mentions: Annotated[Sequence[MentionRecord], "What it says of actions."]
    candidates: Annotated[Sequence[CandidateRecord], "Every place that was looked at."]
    diagnostics: Annotated[Sequence[DiagnosticRecord], "What is wrong with the reading of it."]


class OwnerRecord(TypedDict):
    """An owner of a board, and what it still has to do."""

    owner: Annotated[str, "The short form."]
    names: Annotated[Sequence[str], "Its other names."]
    members: Annotated[Sequence[str], "Of a group: its members, as short forms."]
    board: Annotated[str | None, "Null for notes in no folder."]
    outstanding: Annotated[int, "How many actions it still has to do, alone or with others."]
    overdue: Annotated[int, "How many of these are overdue."]
    rolled_over: Annotated[int, "How many of these were rolled over."]
    actions: Annotated[Sequence[str], "The refs of its outstanding actions."]


class LetterRecord(TypedDict):
    """What one owner is asked."""

    owner: Annotated[str, "The short form."]
    board: Annotated[str | None, "Null for notes in no folder."]
    next_meeting: Annotated[Day | None, "Of the board, where it is known."]
    reply_by: Annotated[Day | None, "The day by which an answer is asked for."]
    overdue: Annotated[int, "How many of the actions."]
    actions: Annotated[Sequence[ActionRecord], "What it still has to do."]


class StateRecord(TypedDict):
    """An action at one end of a span."""

    status: Annotated[Status, "How it stood."]
    due: Annotated[DueRecord | None, "When it was due."]
    owners: Annotated[Sequence[str], "Whose it was."]


class ChangeRecord(PlaceRecord):
    """One action that changed in one way; it stands once for each way."""

    kind: Annotated[str, "The way: new, finished, rolled over, re-dated, re-owned, reopened, unreported."]
    ref: Annotated[str, "Of the action."]
    action: Annotated[str, "Its words."]
    owners: Annotated[Sequence[str], "Whose it is after the second meeting."]
    status: Annotated[Status, "After the second meeting."]
    reason: Annotated[str | None, "What was last said of how it stands."]
    before: Annotated[StateRecord | None, "After the first meeting; null where it was not there yet."]
    after: Annotated[StateRecord, "After the second meeting."]


class EndRecord(TypedDict):
    """A meeting at one end of a span."""

    meeting: Annotated[str, "Its key."]
    date: Annotated[Day | None, "Its day."]
    outstanding: Annotated[int, "How many actions were, after it."]


class RuleRecord(TypedDict):
    """A rule of `rrb check`."""

    name: Annotated[str, "Named for what is bad: `no-owner`."]
    severity: Annotated[Severity, "How much its findings weigh."]
    severity_if_selected: Annotated[Severity, "Where it is selected by name."]
    fix: Annotated[Literal["safe"] | None, "Whether `rrb check --fix` mends it."]
    summary: Annotated[str, "What is bad."]
    why: Annotated[str, "What it costs the board."]
    bad: Annotated[str, "An excerpt in which it finds something."]
    good: Annotated[str, "The same, mended."]
    mend: Annotated[str, "How to mend it."]


class CommandRecord(TypedDict):
    """A command that wrote."""

    id: Annotated[str, "Its number, for `rrb undo`."]
    when: Annotated[str, "The local time: 2019-11-19 10:00."]
    command: Annotated[str, "As it was typed, without rrb."]
    undone: Annotated[Literal["undone", ""], "Whether it was taken back."]
    files: Annotated[str, "Which it wrote, with commas between."]
