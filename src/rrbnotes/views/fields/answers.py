"""What each command prints with `--format json`: a versioned envelope."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal, TypedDict

from rrbnotes.views.fields.figures import FiguresRecord
from rrbnotes.views.fields.lists import (
    ChangeRecord,
    CommandRecord,
    EndRecord,
    LetterRecord,
    NoteRecord,
    OwnerRecord,
    RuleRecord,
)
from rrbnotes.views.fields.nouns import ActionRecord, Day, FindingRecord, MeetingRecord, SummaryRecord


class Answer(TypedDict):
    """What all have."""

    version: Annotated[Literal[1], "Another number where a promise is broken."]


class DatedAnswer(Answer):
    """What those have that look at a day."""

    today: Annotated[Day, "The day for which it was asked."]


class Actions(DatedAnswer):
    """Actions, as `rrb actions` lists them."""

    actions: Annotated[Sequence[ActionRecord], "Those that were asked for."]


class Show(DatedAnswer):
    """The action that `rrb show` tells the life of."""

    actions: Annotated[Sequence[ActionRecord], "That one alone."]


class Meetings(Answer):
    """Meetings, as `rrb meetings` lists them."""

    meetings: Annotated[Sequence[MeetingRecord], "Those that were asked for."]


class Owners(Answer):
    """Owners, as `rrb owners` lists them."""

    owners: Annotated[Sequence[OwnerRecord], "Of each board; who has most to do comes first."]


_Span = TypedDict(
    "_Span",
    {"from": Annotated[EndRecord, "The first meeting."], "to": Annotated[EndRecord, "The second meeting."]},
)


class Diff(Answer, _Span):
    """What changed from one meeting to another, as `rrb diff` tells it."""

    board: Annotated[str | None, "Null for notes in no folder."]
    changes: Annotated[Sequence[ChangeRecord], "Kind by kind."]


class Stats(DatedAnswer):
    """The figures of `rrb stats`, board by board."""

    stats: Annotated[Sequence[FiguresRecord], "One entry a board."]


class Parse(Answer):
    """What `rrb parse` reads in notes."""

    notes: Annotated[Sequence[NoteRecord], "Those that were named."]


class Summary(DatedAnswer):
    """What a meeting agreed, as `rrb summary` gives it."""

    meeting: Annotated[str, "The meeting's key."]
    actions: Annotated[Sequence[ActionRecord], "What it agreed."]


class Chase(DatedAnswer):
    """What `rrb chase` asks each owner."""

    owners: Annotated[Sequence[LetterRecord], "Those that are asked."]


class Check(Answer):
    """What `rrb check` finds."""

    diagnostics: Annotated[Sequence[FindingRecord], "By file and line."]
    summary: Annotated[SummaryRecord, "How many there are."]


class Rules(Answer):
    """The rules of `rrb check`, as `rrb rules` lists them."""

    rules: Annotated[Sequence[RuleRecord], "All of them, or the one that was named."]


class Undo(Answer):
    """The commands that wrote, as `rrb undo --list` lists them."""

    commands: Annotated[Sequence[CommandRecord], "The newest first."]


ANSWERS: Mapping[str, type] = {
    one.__name__.lower(): one
    for one in (Actions, Show, Meetings, Owners, Diff, Stats, Parse, Summary, Chase, Check, Rules, Undo)
}
"""By their commands."""
