"""What the boards know of their actions while the meetings go by, found by whatever a line may name them by."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date as Date
from heapq import heappop, heappush

from rrbnotes.model import Link, Meeting, Place
from rrbnotes.reconciling.history import Life
from rrbnotes.reconciling.known import Known
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.wording import ContentIndex, Vocabulary, wording

Places = dict[int, None]
"""Places of actions among all, in the order in which they began to be found."""


@dataclass(slots=True)
class _Board:
    """The actions of one board that were first seen on some day."""

    outstanding: Places = field(default_factory=dict)
    without_ref: Places = field(default_factory=dict)
    by_words: dict[str, Places] = field(default_factory=lambda: defaultdict(dict))
    """By each of their wordings, and by the words that a person said are theirs."""
    by_number: dict[str, Places] = field(default_factory=lambda: defaultdict(dict))
    loose: ContentIndex = field(default_factory=ContentIndex)
    """Those that came to their end and that no note raised."""
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    """By the words in which each was first seen."""


class Remembered:
    """All actions in the order in which they began, and where to find those that a meeting may speak of.

    A board finishes its actions, and its notes go on for years: to look through all of them at each meeting would take ever
    longer. What is finished can only be meant in equal words, by a ref, a number, or what the register says of the meeting;
    only what is outstanding is compared word by word.
    """

    def __init__(self) -> None:
        self.lives: list[Life] = []
        self._known: list[Known] = []
        self._states: list[tuple[object, ...]] = []
        self._entered: list[list[Places]] = []
        """Where each is to be found."""
        self._boards: dict[str | None, _Board] = defaultdict(_Board)
        self._by_ref: dict[str, Places] = defaultdict(dict)
        self._by_meeting: dict[str, Places] = defaultdict(dict)
        """Those of which a person or the register says something about what a meeting said."""
        self._first_at: dict[str | None, list[int]] = defaultdict(list)
        self._to_catch_up: list[tuple[Date, int]] = []
        """When the next progress that only the register knows is due, and of which; a heap."""

    def add(self, life: Life) -> None:
        """One more action."""
        at = len(self.lives)
        self.lives.append(life)
        self._known.append(_known(life))
        self._states.append(_state(life))
        self._entered.append([])
        self._enter(at)
        self._look_ahead(at)
        self._first_at[life.first_seen.meeting].append(at)
        if life.first_seen.date:
            self._boards[life.board].vocabulary.count(life.wording)

    def renew(self, at: int, is_adopted: bool = False) -> None:
        """An action changed; it may also have turned out to be that of a record."""
        if is_adopted:
            self._look_ahead(at)
        state = _state(self.lives[at])
        if state != self._states[at]:
            self._leave(at)
            self._states[at], self._known[at] = state, _known(self.lives[at])
            self._enter(at)

    def catch_up(self, day: Date | None) -> None:
        """Take what only the register knows, up to a day; all of it where there is none."""
        while self._to_catch_up and (day is None or self._to_catch_up[0][0] <= day):
            _, at = heappop(self._to_catch_up)
            self.lives[at].catch_up(day)
            self._look_ahead(at)
            self.renew(at)

    def meant(self, meeting: Meeting, all_said: Sequence[Said]) -> dict[int, Known]:
        """The actions that a meeting may speak of, by their places: its board's that are outstanding or that it names somehow,
        and those of others that it names by their refs or that a person linked. A note without a date speaks of none, and
        of one that it raised only who prints its ref."""
        if meeting.date is None:
            return {}
        board, here = self._boards[meeting.board], self._by_meeting.get(meeting.key, {})
        refs = {one.ref for one in all_said if one.ref}
        found = dict(board.outstanding)
        for one in all_said:
            found |= board.by_words.get(one.wording.joined, {})
            found |= board.by_number.get(one.number, {}) if one.number else {}
        named = {**here, **{at: None for ref in refs for at in self._by_ref.get(ref, {})}}
        found |= {at: None for at in named if self._is_named(self.lives[at], meeting, refs)}
        found |= self._perhaps_their_ends(board, found, all_said)
        own = self._first_at.get(meeting.key, ())
        return {
            at: _as_seen(self._known[at], self.lives[at], meeting, at in here)
            for at in sorted(found)
            if at not in own
        }

    def _is_named(self, life: Life, meeting: Meeting, refs: set[str]) -> bool:
        """Whether a meeting may speak of what it names: of its own board in any way, of another by its ref or by a link."""
        is_own = life.first_seen.date and life.board == meeting.board
        linked = (link.meeting for link in life.links)
        return bool(is_own) or (life.ref or life.tentative) in refs or meeting.key in linked

    def _perhaps_their_ends(self, board: _Board, found: Iterable[int], all_said: Sequence[Said]) -> Places:
        """Loose ends in words like those of what is outstanding and listed again."""
        listed = {one.wording.joined for one in all_said if one.place is not Place.PREVIOUS}
        outstanding = (known.wordings for known in map(self._known.__getitem__, found) if known.outstanding)
        again = (wordings for wordings in outstanding if any(words.joined in listed for words in wordings))
        return {at: None for wordings in again for words in wordings for at in board.loose.near(words)}

    def vocabulary(self, meeting: Meeting, meant: dict[int, Known]) -> Vocabulary:
        """How usual words are among the actions of the meeting's board, but those that it is itself the first to show; with
        those that have no day and that it names."""
        whole = self._boards[meeting.board].vocabulary
        own = [self.lives[at] for at in self._first_at.get(meeting.key, ())]
        fewer = [one.wording for one in own if one.board == meeting.board and one.first_seen.date]
        more = [
            one.first for at, one in meant.items() if not one.elsewhere and not self.lives[at].first_seen.date
        ]
        if fewer or more:
            whole = whole.copy()
        for words in fewer:
            whole.count(words, -1)
        for words in more:
            whole.count(words)
        return whole

    def lacks_refs(self, board: str | None) -> bool:
        """Whether a board has actions that no record knows."""
        return bool(self._boards[board].without_ref)

    def _look_ahead(self, at: int) -> None:
        life = self.lives[at]
        if life.pending:
            heappush(self._to_catch_up, (life.pending[0].date or Date.min, at))

    def _enter(self, at: int) -> None:
        known, life = self._known[at], self.lives[at]
        self._entered[at] = [
            *(self._by_ref[ref] for ref in known.refs),
            *(self._by_meeting[link.meeting] for link in life.links if link.meeting),
            *(self._by_meeting[key] for key in life.reported),
            *(_places(self._boards[life.board], known, life) if life.first_seen.date else ()),
        ]
        for places in self._entered[at]:
            places[at] = None
        for words in known.wordings if _is_loose(known, life) else ():
            self._boards[life.board].loose.add(words, at)

    def _leave(self, at: int) -> None:
        for places in self._entered[at]:
            places.pop(at, None)
        for words in self._known[at].wordings:
            self._boards[self.lives[at].board].loose.discard(words, at)


def _places(board: _Board, known: Known, life: Life) -> Iterator[Places]:
    """Where an action is to be found by its board."""
    yield from (board.by_words[words.joined] for words in known.wordings)
    yield from (board.by_words[wording(link.words or "").joined] for link in joins(life.links))
    if known.number:
        yield board.by_number[known.number]
    if known.outstanding:
        yield board.outstanding
    if life.ref is None:
        yield board.without_ref


def _is_loose(known: Known, life: Life) -> bool:
    return bool(life.first_seen.date) and not (known.outstanding or known.is_raised)


def _state(life: Life) -> tuple[object, ...]:
    """What of an action may change while the meetings go by."""
    return life.ref, life.record is None, life.latest, life.owners, life.status.outstanding, life.number


def _known(life: Life) -> Known:
    """An action as a meeting of its own board sees it."""
    return Known(
        refs=frozenset((*life.also, life.ref or life.tentative)),
        wordings=tuple({words.joined: words for words in (life.wording, *life.latest)}.values()),
        owners=life.owners,
        number=life.number,
        outstanding=life.status.outstanding,
        item=life.first_seen.item or "",
        barred=frozenset(life.not_same),
    )


def _as_seen(known: Known, life: Life, meeting: Meeting, is_told_of: bool) -> Known:
    """An action as a meeting sees it, with what a person or the register says of the meeting's words."""
    if life.board != meeting.board:
        known = replace(known, elsewhere=True)
    if not is_told_of:
        return known
    links = [link for link in life.links if link.meeting == meeting.key and link.words]
    words = {
        verb: {wording(link.words or "").joined for link in links if link.verb == verb} for verb in _OF_WORDS
    }
    return replace(
        known,
        linked=frozenset(words["same"]),
        reported=life.reported.get(meeting.key) or {},
        barred=known.barred | words["different"],
    )


_OF_WORDS = ("same", "different")
"""What a person may say of the words of a meeting."""


def joins(links: Iterable[Link]) -> list[Link]:
    """The links that make words of some meeting the action's."""
    return [link for link in links if link.verb == "same" and link.words]
