"""Notes that were renamed: meetings that the register knows by a key of old, found again by what they said."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date

from rrbnotes.model import Action, Meeting, Place
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.wording import wording

_SAME_DAY = 0.5
"""So much of what the old note said must the new one say, where both are of one day."""
_OTHER_DAY = 0.7
"""The same for another day of the same board, where it must also raise something: the next meeting may well go through
the same actions again."""
_ENOUGH = 2
"""On another day, so many of its words at least."""


@dataclass(slots=True)
class _Gone:
    """A meeting whose note is not here, as the register remembers it."""

    board: str | None = None
    day: Date | None = None
    raised: set[str] = field(default_factory=set)
    reported: set[str] = field(default_factory=set)

    def fits(self, meeting: Meeting, all_said: Sequence[Said]) -> float:
        """How much of what it said this note says, from 0 to 1; 0 where that is not enough."""
        raised = {said.wording.joined for said in all_said if said.place is not Place.PREVIOUS}
        either = {said.wording.joined for said in all_said}
        found = len(self.raised & raised) + len(self.reported & either)
        share = found / (len(self.raised) + len(self.reported))
        if self.day and self.day == meeting.date:
            return share if share >= _SAME_DAY else 0.0
        is_enough = share >= _OTHER_DAY and found >= _ENOUGH and bool(self.raised & raised)
        is_enough = is_enough and self.board == meeting.board
        return share if is_enough else 0.0


def follow(
    records: Sequence[Action], meetings: Sequence[Meeting], said_at: Mapping[str, Sequence[Said]]
) -> Sequence[Action]:
    """The records with the new keys of renamed notes in the place of the old ones; their refs stay."""
    renames = _renames(records, meetings, said_at)
    return [_renamed(record, renames) for record in records] if renames else records


def _renames(
    records: Sequence[Action], meetings: Sequence[Meeting], said_at: Mapping[str, Sequence[Said]]
) -> dict[str, Meeting]:
    """The meetings by their old keys; one to one, the surest first."""
    known = {key for record in records for key in _keys(record)}
    fresh = [meeting for meeting in meetings if meeting.key not in known]
    gone = _gone(records, said_at) if fresh else {}
    scored = sorted(
        (-score, old, meeting.key, meeting)
        for old, one in gone.items()
        for meeting in fresh
        if (score := one.fits(meeting, said_at[meeting.key]))
    )
    found: dict[str, Meeting] = {}
    for _, old, key, meeting in scored:
        if old not in found and all(key != other.key for other in found.values()):
            found[old] = meeting
    return found


def _gone(records: Sequence[Action], said_at: Mapping[str, Sequence[Said]]) -> Mapping[str, _Gone]:
    """What the register remembers of the meetings whose notes are not here, by key."""
    gone: dict[str, _Gone] = defaultdict(_Gone)
    for record in records:
        first = record.first_seen
        if record.is_raised and first.meeting and first.meeting not in said_at:
            one = gone[first.meeting]
            one.board, one.day = record.board, first.date
            one.raised.add(wording(record.action).joined)
        for progress in record.history:
            if progress.meeting and progress.meeting not in said_at:
                one = gone[progress.meeting]
                one.board, one.day = record.board, progress.date
                one.reported.add(wording(progress.words or record.action).joined)
    return gone


def _keys(record: Action) -> set[str]:
    return {key for key in (record.first_seen.meeting, *(p.meeting for p in record.history)) if key}


def _renamed(record: Action, renames: Mapping[str, Meeting]) -> Action:
    """With the new keys; the board follows the note that first shows it."""

    def key(old: str | None) -> str | None:
        return renames[old].key if old and old in renames else old

    first = record.first_seen
    home = renames.get(first.meeting or "")
    return replace(
        record,
        board=home.board if home else record.board,
        first_seen=replace(first, meeting=key(first.meeting)),
        history=tuple(replace(p, meeting=key(p.meeting)) for p in record.history),
        links=tuple(replace(link, meeting=key(link.meeting)) for link in record.links),
    )
