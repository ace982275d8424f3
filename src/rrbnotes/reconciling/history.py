"""An action's life: what each meeting and each manual update adds to it, and how it stands after the last."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date as Date

from rrbnotes.model import Action, Due, Link, Meeting, Mention, Progress, Sighting, Status
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import Wording, wording

Reports = Mapping[str, tuple[Status | None, str]]
"""The words of a meeting's reports of one action, each with its status and reason."""


@dataclass(slots=True)
class Life:
    """An action while the meetings go by."""

    board: str | None
    words: str
    first_seen: Sighting
    is_raised: bool
    first_owners: tuple[str, ...]
    first_due: Due | None
    owners: tuple[str, ...]
    due: Due | None
    number: str | None = None
    ref: str | None = None
    """None until one is given, after the last meeting."""
    tentative: str = ""
    """The ref that it would get now, by which notes may already name it."""
    record: Action | None = None
    """What the register has of it."""
    status: Status = Status.OPEN
    latest: tuple[Wording, ...] = ()
    """Of the latest mention."""
    history: list[Progress] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    reported: Mapping[str, Reports] = field(default_factory=dict)
    """What the register says that meetings said of it, by their keys."""
    pending: list[Progress] = field(default_factory=list)
    """Progress that only the register knows, not yet reached; ascending."""

    noted_owners: tuple[str, ...] = ()
    noted_due: Due | None = None
    """As the notes said last, whatever a person has said since."""

    def __post_init__(self) -> None:
        self.noted_owners, self.noted_due = self.first_owners, self.first_due

    @property
    def wording(self) -> Wording:
        """Its words where it was first seen."""
        return wording(self.words)

    @property
    def also(self) -> tuple[str, ...]:
        """Further refs."""
        return self.record.also if self.record else ()

    @property
    def links(self) -> tuple[Link, ...]:
        """What people said of it."""
        return self.record.links if self.record else ()

    @property
    def not_same(self) -> tuple[str, ...]:
        """What people said it is not."""
        return self.record.not_same if self.record else ()

    def take(self, progress: Progress) -> None:
        """Add one entry of history."""
        self.history.append(progress)
        self.status = progress.status or self.status
        self.owners = self.owners if progress.owners is None else progress.owners
        self.due = progress.due or self.due
        if progress.meeting:
            self.noted_owners = self.noted_owners if progress.owners is None else progress.owners
            self.noted_due = progress.due or self.noted_due

    def catch_up(self, day: Date | None) -> None:
        """Take what only the register knows, up to a day; all of it where there is none. On one day the update comes
        first, so that the meeting has the last word."""
        while self.pending and (day is None or (self.pending[0].date or Date.min) <= day):
            self.take(self.pending.pop(0))

    def adopt(self, record: Action, present: frozenset[str]) -> None:
        """It is the action of this record: take its ref and what only the register knows."""
        self.ref, self.record = record.ref, record
        self.pending = remembered(record, present)
        self.reported = _reported(record)

    def action(self) -> Action:
        """The action as it stands now."""
        return Action(
            ref=self.ref or "",
            board=self.board,
            action=self.words,
            owners=self.owners,
            status=self.status,
            due=self.due,
            first_owners=self.first_owners,
            first_due=self.first_due,
            first_seen=self.first_seen,
            is_raised=self.is_raised,
            history=tuple(self.history),
            mentions=tuple(self.mentions),
            number=self.number,
            also=self.also,
            links=self.links,
            not_same=self.not_same,
            provisional=self.record is None,
        )


def begin(said: Said, meeting: Meeting, is_raised: bool, mentions: Sequence[Mention], who: Who) -> Life:
    """The life of an action that this meeting is the first to show.

    Its raising is no progress, unless the note already says how it stands; a report always is.
    """
    owners = who.shorts(said.owners)
    seen = Sighting(meeting.key, meeting.date, said.lead.item, said.lead.at)
    life = Life(
        meeting.board, said.lead.action, seen, is_raised, owners, said.due, owners, said.due, said.number
    )
    life.latest = said.latest
    life.mentions += mentions
    if not is_raised or said.status:
        life.take(_progress(life, said, meeting, None, None))
    return life


def go_on(life: Life, said: Said, meeting: Meeting, mentions: Sequence[Mention], who: Who) -> None:
    """Add what a later meeting says of the action."""
    owners = who.shorts(said.owners)
    # a note that repeats what notes said before has not heard of what a person said since
    is_news = set(owners) != set(life.noted_owners)
    re_owned = owners if owners and not set(owners) <= set(life.owners) and is_news else None
    is_other = said.due and is_other_due(said.due, life.due) and is_other_due(said.due, life.noted_due)
    re_dated = said.due if is_other else None
    life.noted_owners, life.noted_due = owners or life.noted_owners, said.due or life.noted_due
    life.mentions += mentions
    life.latest = said.latest or life.latest
    life.number = life.number or said.number
    life.take(_progress(life, said, meeting, re_owned, re_dated))


def from_record(record: Action, present: frozenset[str]) -> Life:
    """The life of an action whose line is not here: as the register has it."""
    first = (record.first_owners, record.first_due)
    life = Life(
        record.board, record.action, record.first_seen, record.is_raised, *first, *first, record.number
    )
    life.latest = (wording(record.action),)
    # what its own line said of progress stays as well: no other place of that note says it
    life.adopt(record, present - {record.first_seen.meeting or ""})
    return life


def remembered(record: Action, present: frozenset[str]) -> list[Progress]:
    """The progress that no note at hand gives again: manual updates, and what meetings said whose notes are gone."""
    kept = [p for p in record.history if p.meeting is None or p.meeting not in present]
    return sorted(kept, key=lambda p: (p.date or Date.min, p.meeting is not None))


def _reported(record: Action) -> Mapping[str, Reports]:
    """What meetings said of an action, by their keys."""
    found: dict[str, dict[str, tuple[Status | None, str]]] = defaultdict(dict)
    for progress in record.history:
        if progress.meeting:
            words = wording(progress.words or record.action).joined
            found[progress.meeting][words] = (progress.status, progress.reason)
    return found


def _progress(
    life: Life, said: Said, meeting: Meeting, owners: tuple[str, ...] | None, due: Due | None
) -> Progress:
    telling = said.progress
    words = telling.action if wording(telling.action).joined != life.wording.joined else None
    return Progress(
        meeting.date, meeting.key, None, telling.status, telling.reason, due, owners, words, telling.at
    )


def is_other_due(due: Due, before: Due | None) -> bool:
    """Whether it re-dates: the same day in other words does not, nor do words that fix no day."""
    if not any(due.bounds):
        return before is None
    return before is None or due.bounds != before.bounds
