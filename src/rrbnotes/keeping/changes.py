"""What a sync changes: the register as it stands against what it should say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as Date
from typing import NamedTuple

from rrbnotes.keeping.ledger import Ledger
from rrbnotes.model import Action, Progress, Proposal, Register, Status
from rrbnotes.reconciling.standing import standings

TOO_MANY = 0.2
"""A sync that takes its line or a join from a larger share of the records stops and asks."""
FEW = 5
"""So many records may lose theirs however few there are."""


class Gone(NamedTuple):
    """A join that the register has and the notes no longer bear out."""

    ref: str
    meeting: str


class Restated(NamedTuple):
    """A meeting's report as the register has it, and as the note says now."""

    ref: str
    before: Progress
    after: Progress


@dataclass(frozen=True, slots=True)
class Changes:
    """What a sync does, and what it leaves to people."""

    new: tuple[Action, ...]
    said: tuple[tuple[Action, Progress], ...]
    """New entries of histories."""
    edited: tuple[tuple[Action, Action], ...]
    """Before and after, where the note's own words changed what its raising says."""
    restated: tuple[Restated, ...]
    """Reports that a note, edited since, gives otherwise."""
    by_hand: Mapping[str, Progress]
    """What somebody wrote at the heads of records, kept as progress."""
    dropped: tuple[Gone, ...]
    lost: tuple[Action, ...]
    """Outstanding ones whose line is gone from a note that is here."""
    here: frozenset[str]
    """The keys of the notes that are."""
    absent: Mapping[str, int]
    """Notes that are not here, with how many records name them."""
    without_line: frozenset[str]
    """The refs of all records whose line or note is gone."""
    unreported: int
    proposals: tuple[Proposal, ...]
    folded: tuple[tuple[str, str], ...] = ()
    """Records that go into an earlier one, by a ref that was written beside their lines: which, and into which."""

    def says(self, status: Status | None) -> int:
        """How many actions the new entries leave with this status; None for those that are only mentioned."""
        return sum(last is status for last in {a.ref: p.status for a, p in self.said}.values())

    def loosened(self, accepted: frozenset[str]) -> frozenset[str]:
        """The records that lose their line or a join; not those of which that is known."""
        return (self.without_line - accepted) | {gone.ref for gone in self.dropped}

    def is_too_many(self, accepted: frozenset[str], records: int) -> bool:
        """Whether so many lose theirs that something is likely wrong: a folder missing, a branch half merged."""
        loose = len(self.loosened(accepted))
        return loose > FEW and loose > TOO_MANY * records


def changes(ledger: Ledger, today: Date) -> Changes:
    """Compare a register with what it should say."""
    before = {record.ref: record for record in (ledger.file.actions if ledger.file else ())}
    actions = ledger.book.register.actions
    here = frozenset(meeting.key for meeting in ledger.book.meetings)
    known = [action for action in actions if action.ref in before]
    gone = [action for action in known if action.first_seen.meeting and action.first_seen.at is None]
    outstanding = Register(tuple(action for action in actions if action.status.outstanding))
    standing = standings(ledger.book.meetings, outstanding, today)
    return Changes(
        new=tuple(action for action in actions if action.ref not in before),
        said=tuple((a, p) for a in actions for p in _said(a, before.get(a.ref))),
        edited=tuple(
            pair for a in known if a.first_seen.at for pair in _edited(before[a.ref], a, ledger.by_hand)
        ),
        restated=tuple(one for a in known for one in _restated(before[a.ref], a)),
        by_hand=ledger.by_hand,
        dropped=tuple(one for action in known for one in _dropped(before[action.ref], action, here)),
        lost=tuple(a for a in gone if a.first_seen.meeting in here and a.status.outstanding),
        here=here,
        absent=_absent(known, here),
        without_line=frozenset(action.ref for action in gone),
        unreported=sum(one.unreported for one in standing.values()),
        proposals=ledger.book.register.proposals,
        folded=tuple((ref, a.ref) for a in known for ref in a.also if ref in before and ref != a.ref),
    )


def _said(action: Action, before: Action | None) -> Iterator[Progress]:
    """The entries that are not in the register yet; what was written by hand is told apart."""
    known = {_facts(progress) for progress in (before.history if before else ())}
    for progress in action.history:
        if progress.by is None and _facts(progress) not in known:
            yield progress


def _restated(before: Action, after: Action) -> Iterator[Restated]:
    """The meetings that the register has with another status or reason."""
    now = {progress.meeting: progress for progress in after.history}
    for was in before.history:
        said = now.get(was.meeting) if was.meeting else None
        if said and (was.status, was.reason) != (said.status, said.reason):
            yield Restated(after.ref, was, said)


def _facts(progress: Progress) -> tuple[object, ...]:
    """What an entry says, whatever its note is called now and in whatever words."""
    return progress.date, progress.by, progress.status, progress.reason, progress.due, progress.owners


def _edited(
    before: Action, after: Action, by_hand: Mapping[str, Progress]
) -> Iterator[tuple[Action, Action]]:
    """Where the raising says something else than when it was written; a status is another matter."""
    if before.ref in by_hand:  # what first owners and date are left out for stands at the head, edited
        before = replace(before, first_owners=after.first_owners, first_due=after.first_due)
    shown = replace(after.first_seen, at=None)
    if before.first_seen != shown or any(getattr(before, name) != getattr(after, name) for name in _RAISING):
        yield before, after


_RAISING = ("action", "first_owners", "first_due", "is_raised")
"""What the first place that shows an action says of it, beside where that is."""


def _dropped(before: Action, after: Action, here: frozenset[str]) -> Iterator[Gone]:
    """The meetings whose notes are here and no longer report the action."""
    said = {progress.meeting for progress in after.history}
    for progress in before.history:
        if progress.meeting and progress.meeting in here and progress.meeting not in said:
            yield Gone(after.ref, progress.meeting)


def _absent(known: Sequence[Action], here: frozenset[str]) -> Mapping[str, int]:
    """The notes that records name and that are not here, in order."""
    counts: dict[str, int] = {}
    for action in known:
        keys = {action.first_seen.meeting, *(progress.meeting for progress in action.history)}
        for key in keys - here - {None}:
            counts[str(key)] = counts.get(str(key), 0) + 1
    return dict(sorted(counts.items()))
