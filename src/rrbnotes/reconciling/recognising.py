"""Which record of the register is which action of the notes: a ref is a name, so it stays with its action when notes change."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rrbnotes.model import Action, Meeting, Place
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.refs import natural
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import ACCEPT, likeness, wording


class Spot(NamedTuple):
    """One action as one note speaks of it: the meeting's key, and which of its actions it is."""

    meeting: str
    place: int


@dataclass(frozen=True, slots=True)
class _Note:
    """What a note says, and the records that the register has of it."""

    said: Sequence[Said]
    records: Sequence[Action]
    """Those that it is the first to show, in the order of their refs."""
    reported: frozenset[str]
    """Words by which it also reports earlier actions, by the register."""
    who: Who

    def fits(self, n: int, k: int) -> bool:
        """A raised record stands in the discussion or a list of this meeting, a p-record in a list of earlier actions."""
        return self.records[k].is_raised is (self.said[n].place is not Place.PREVIOUS)

    def agree(self, n: int, k: int) -> bool:
        """Whether the owners can be the same."""
        return self.who.agree(self.said[n].owners, self.records[k].first_owners)


def recognise(
    meetings: Sequence[Meeting],
    said_at: Mapping[str, Sequence[Said]],
    records: Iterable[Action],
    owners: Mapping[str | None, Who],
) -> dict[Spot, Action]:
    """The record of each action that the register already has, by where a note raises it or first shows it."""
    by_meeting: dict[str, list[Action]] = defaultdict(list)
    reported: dict[str, set[str]] = defaultdict(set)
    for record in sorted(records, key=lambda record: natural(record.ref)):
        if record.first_seen.meeting:  # what was agreed between meetings has no line anywhere
            by_meeting[record.first_seen.meeting].append(record)
        for progress in record.history:
            if progress.meeting and progress.meeting != record.first_seen.meeting:
                reported[progress.meeting].add(wording(progress.words or record.action).joined)
    found: dict[Spot, Action] = {}
    for meeting in meetings:
        note = _Note(
            said_at[meeting.key],
            by_meeting[meeting.key],
            frozenset(reported[meeting.key]),
            owners[meeting.board],
        )
        found.update({Spot(meeting.key, n): note.records[k] for n, k in _in_note(note).items()})
    return found | _moved(meetings, said_at, by_meeting, reported, found)


def _in_note(note: _Note) -> dict[int, int]:
    """The records of one note, by the ref, by equal words, by likeness, then one left over between the same neighbours."""
    found: dict[int, int] = {}
    for step in (_by_ref, _by_words, _by_likeness, _by_links):
        _take(found, step(note))
    _take(found, _by_neighbours(note, dict(found)))
    return found


def _take(found: dict[int, int], pairs: Iterable[tuple[int, int]]) -> None:
    taken = set(found.values())
    for n, k in pairs:
        if n not in found and k not in taken:
            found[n] = k
            taken.add(k)


def _by_ref(note: _Note) -> list[tuple[int, int]]:
    at = {record.ref: k for k, record in enumerate(note.records)}
    return [(n, at[said.ref]) for n, said in enumerate(note.said) if said.ref in at]


def _by_words(note: _Note) -> list[tuple[int, int]]:
    """Equal words; the very same owners first, then in order of the lines. Where the note also reports an earlier action
    with these words, its line is the first of them, so ours are the last."""

    def order(pair: tuple[int, int]) -> tuple[bool, int, int]:
        n, k = pair
        owners = set(note.who.shorts(note.said[n].owners))
        back = -1 if note.said[n].wording.joined in note.reported else 1
        return owners != set(note.records[k].first_owners), back * n, back * k

    at: dict[str, list[int]] = defaultdict(list)
    for k, record in enumerate(note.records):
        at[wording(record.action).joined].append(k)
    pairs = [(n, k) for n, said in enumerate(note.said) for k in at[said.wording.joined] if note.fits(n, k)]
    return sorted(pairs, key=order)


def _by_likeness(note: _Note) -> list[tuple[int, int]]:
    """Likeness from ACCEPT on, the best first; words that report an earlier action raise none."""
    equal = {wording(record.action).joined for record in note.records}
    scored = [
        (-likeness(said.wording, wording(record.action)), n, k)
        for n, said in enumerate(note.said)
        if said.wording.joined not in note.reported and said.wording.joined not in equal
        for k, record in enumerate(note.records)
        if note.fits(n, k) and note.agree(n, k)
    ]
    return [(n, k) for score, n, k in sorted(scored) if -score >= ACCEPT]


def _by_links(note: _Note) -> list[tuple[int, int]]:
    """Words of this very note that a person said are the action, once its own line is gone."""
    at = {
        wording(link.words or "").joined: k
        for k, record in enumerate(note.records)
        for link in record.links
        if link.verb == "same" and link.meeting == record.first_seen.meeting
    }
    return [(n, at[said.wording.joined]) for n, said in enumerate(note.said) if said.wording.joined in at]


def _by_neighbours(note: _Note, found: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Exactly one line and one record left over between the same two recognised neighbours are one action, reworded."""
    marks = [(-1, -1), *sorted(found.items()), (len(note.said), len(note.records))]
    taken = set(found.values())
    for (n, k), (next_n, next_k) in pairwise(marks):
        left = [at for at in range(k + 1, next_k) if at not in taken]
        if (
            found
            and next_n - n == 2
            and note.said[n + 1].wording.joined not in note.reported
            and len(left) == 1
            and note.fits(n + 1, left[0])
            and note.agree(n + 1, left[0])
        ):
            yield n + 1, left[0]


def _moved(
    meetings: Sequence[Meeting],
    said_at: Mapping[str, Sequence[Said]],
    by_meeting: Mapping[str, Sequence[Action]],
    reported: Mapping[str, set[str]],
    found: Mapping[Spot, Action],
) -> dict[Spot, Action]:
    """A record whose line is gone takes an action of equal words that has no record, anywhere in its board."""
    held = {record.ref for record in found.values()}
    homeless: dict[tuple[str | None, str, bool], list[Action]] = defaultdict(list)
    for record in (record for records in by_meeting.values() for record in records):
        if record.ref not in held:
            homeless[record.board, wording(record.action).joined, record.is_raised].append(record)
    moved: dict[Spot, Action] = {}
    for meeting in meetings if homeless else ():
        for n, said in enumerate(said_at[meeting.key]):
            spot = Spot(meeting.key, n)
            key = (meeting.board, said.wording.joined, said.place is not Place.PREVIOUS)
            if spot not in found and said.wording.joined not in reported[meeting.key]:
                movable = [record for record in homeless.get(key, ()) if not _is_later(meeting, record)]
                if movable:
                    moved[spot] = movable[0]
                    homeless[key].remove(movable[0])
    return moved


def _is_later(meeting: Meeting, record: Action) -> bool:
    """Whether a meeting comes after one that reported the action, or after it was finished: what it says is then a report,
    or the same raised anew."""
    settling = (p for p in record.history if p.meeting or (p.status and not p.status.outstanding))
    said = [progress.date for progress in settling if progress.date]
    return bool(meeting.date and said and min(said) < meeting.date)
