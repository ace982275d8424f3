"""What a note says beside what its board knows: which line may join which earlier action, and which numbers name actions."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, groupby

from rrbnotes.model import Place, Status
from rrbnotes.reading.numbering import grows, meeting_of
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.refs import natural
from rrbnotes.reconciling.who import Who
from rrbnotes.reconciling.wording import PROPOSE, Near, Vocabulary, Wording, likeness


@dataclass(frozen=True, slots=True)
class Known:
    """An earlier action, as one meeting's matching sees it."""

    refs: frozenset[str]
    """Its ref and the further ones that it answers to; empty while it has none."""
    wordings: tuple[Wording, ...]
    """Its words where first seen, and those of its latest mention."""
    owners: tuple[str, ...]
    number: str | None
    outstanding: bool
    item: str = ""
    """The item of the agenda under which it was first seen."""
    elsewhere: bool = False
    """An action of another board, which only an explicit ref or a person's link may join."""
    linked: frozenset[str] = frozenset()
    """Words of this meeting that a person said are this action."""
    reported: Mapping[str, tuple[Status | None, str]] = field(default_factory=dict)
    """Words by which the register says that this meeting reported it, with the status and the reason that it gave."""
    barred: frozenset[str] = frozenset()
    """Words of this meeting, and refs, that a person said are another action."""

    @property
    def first(self) -> Wording:
        """Its words where first seen."""
        return self.wordings[0]

    @property
    def is_raised(self) -> bool:
        """Whether a note at hand raises it; else it is only known from reports."""
        return not self.refs or any(natural(ref)[1] for ref in self.refs)


Seat = tuple[int, bool]
"""A place beside a known action that a line of a note may take: whether it is for the list that goes through earlier ones."""


@dataclass(frozen=True)
class Note:
    """What one note says, with what the board knows."""

    said: Sequence[Said]
    known: Mapping[int, Known]
    """By their places among all actions, in order: those that a line may mean. Others of the board are left out."""
    settled: Mapping[int, str]
    """Places of mentions that the register knows as actions of their own, with their refs; they join nothing."""
    steady_numbers: frozenset[str]
    vocabulary: Vocabulary
    """Of all actions that the board knows."""
    who: Who

    @cached_property
    def by_words(self) -> Mapping[str, Sequence[int]]:
        """The known actions of this board by each of their wordings, the earliest first."""
        at: dict[str, list[int]] = defaultdict(list)
        for k, one in self.known.items():
            for words in one.wordings if not one.elsewhere else ():
                at[words.joined].append(k)
        return dict(at)

    def seats(self, n: int, k: int) -> frozenset[Seat]:
        """The places beside an action that a mention takes: one is for the list that goes through earlier actions, one for
        every other place, where the action may be listed again; one that is over there is not listed again."""
        said = self.said[n]
        if said.place is not Place.PREVIOUS:
            return frozenset({(k, False)})
        is_over = said.status is not None and not said.status.outstanding
        return frozenset({(k, True), (k, False)} if is_over else {(k, True)})

    def taken(self, joined: Mapping[int, int]) -> set[Seat]:
        """The places that are taken."""
        return {seat for n, k in joined.items() for seat in self.seats(n, k)}

    def is_free(self, pair: Near, taken: Collection[Seat]) -> bool:
        """Whether a like action is free: beside another line that has it, only for one that says more or less of the same."""
        k = pair.action
        beside = (k, True) in taken or (k, False) in taken
        return not (beside and pair.found.is_changed) and self.seats(pair.line, k).isdisjoint(taken)

    def may_join(self, n: int, k: int) -> bool:
        """Whether nobody forbade it, and the owners can be the same."""
        said, known = self.said[n], self.known[k]
        if known.barred & {said.wording.joined, self.settled.get(n, "")}:
            return False
        return not known.elsewhere and self.who.agree(said.owners, known.owners)

    def successor(self, k: int) -> int | None:
        """The last outstanding action that was begun after this one in the same words: from then on lines speak of that one."""
        known = self.known[k]
        for later in reversed(self.by_words.get(known.first.joined, ())):
            other = self.known[later]
            is_same = later > k and other.outstanding and other.first.joined == known.first.joined
            if is_same and self.who.agree(known.owners, other.owners):
                return later
        return None


def steady_numbers(everything: Iterable[Said]) -> frozenset[str]:
    """The board's own numbers that never stand for two actions with unlike words; all of them where they name meetings."""
    ordered = [said for said in everything if said.number]
    by_note = groupby(ordered, key=lambda said: said.lead.at.path)
    if grows(max(meeting_of(said.number or "") for said in run) for _, run in by_note):
        return frozenset(said.number or "" for said in ordered)
    by_number: dict[str, list[Wording]] = defaultdict(list)
    for said in ordered:
        if said.number and not said.lead.is_remark:
            by_number[said.number].append(said.wording)
    return frozenset(
        number
        for number, words in by_number.items()
        if all(likeness(a, b) >= PROPOSE for a, b in combinations(dict.fromkeys(words), 2))
    )
