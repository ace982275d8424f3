"""Between notes: which earlier action a mention speaks of, by evidence, the strongest first."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import NamedTuple

from rrbnotes.model import Place, Status
from rrbnotes.owners import Directory
from rrbnotes.reconciling.recaps import Said
from rrbnotes.reconciling.wording import (
    ACCEPT,
    MARGIN,
    PROPOSE,
    RELIST,
    ContentIndex,
    Wording,
    likeness,
    wording,
)


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
    elsewhere: bool = False
    """An action of another board, which only an explicit ref or a person's link may join."""
    linked: frozenset[str] = frozenset()
    """Words of this meeting that a person said are this action."""
    reported: Mapping[str, tuple[Status | None, str]] = field(default_factory=dict)
    """Words by which the register says that this meeting reported it, with the status and the reason that it gave."""
    barred: frozenset[str] = frozenset()
    """Words of this meeting, and refs, that a person said are another action."""


class Pair(NamedTuple):
    """A mention (by its place in the note) and an earlier action (by its place among the known) with a score."""

    said: int
    known: int
    score: float


class Matches(NamedTuple):
    """What joins what, and what a person should decide."""

    joined: dict[int, int]
    """Place of the mention to place of the known action."""
    proposed: dict[int, tuple[tuple[int, float], ...]]
    """Unjoined mentions with the known actions that may be meant, best first."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one note says, with what the board knows."""

    said: Sequence[Said]
    known: Sequence[Known]
    settled: Mapping[int, str]
    """Places of mentions that the register knows as actions of their own, with their refs; they join nothing."""
    steady_numbers: frozenset[str]
    directory: Directory

    def may_join(self, n: int, k: int) -> bool:
        """Whether nobody forbade it, and the owners can be the same."""
        said, known = self.said[n], self.known[k]
        if known.barred & {said.wording.joined, self.settled.get(n, "")}:
            return False
        return not known.elsewhere and self.directory.agree(said.owners, known.owners)


_EQUAL_JOINS_FINISHED = frozenset({Place.PREVIOUS})
"""Where equal words may join a finished action: elsewhere they raise it anew."""
_MOST_PROPOSED = 5
_BAR = {Place.PREVIOUS: ACCEPT, Place.LIST: RELIST}
"""The likeness that joins an outstanding action; a marked line joins by equal words only."""


def match(note: Note) -> Matches:
    """Join the mentions of one note with earlier actions, one to one; each step takes its best pairs before the next begins."""
    joined: dict[int, int] = {}
    for step in _STEPS:
        _take(joined, (pair for pair in step(note) if pair.said not in note.settled))
    scores = _likenesses(note, joined)
    _take(joined, _clear([pair for pair in scores if pair.said not in note.settled], note.said))
    taken = set(joined.values())
    open_pairs = sorted(
        (pair for pair in scores if pair.said not in joined and pair.known not in taken),
        key=lambda pair: (pair.said, -pair.score, pair.known),
    )
    near = {
        n: [(pair.known, round(pair.score, 3)) for pair in run]
        for n, run in groupby(open_pairs, lambda p: p.said)
    }
    return Matches(joined, {n: tuple(some[:_MOST_PROPOSED]) for n, some in near.items()})


def steady_numbers(everything: Iterable[Said]) -> frozenset[str]:
    """The board's own numbers that never stand for two actions with unlike words."""
    by_number: dict[str, list[Wording]] = defaultdict(list)
    for said in everything:
        if said.number:
            by_number[said.number].append(said.wording)
    return frozenset(
        number
        for number, words in by_number.items()
        if all(likeness(a, b) >= PROPOSE for a, b in combinations(dict.fromkeys(words), 2))
    )


def _take(joined: dict[int, int], pairs: Iterable[Pair]) -> None:
    """The best pairs first, one to one; among equals the later action, whose words are fresher in everybody's mind."""
    taken = set(joined.values())
    for pair in sorted(pairs, key=lambda p: (-p.score, p.said, -p.known)):
        if pair.said not in joined and pair.known not in taken:
            joined[pair.said] = pair.known
            taken.add(pair.known)


def _by_link(note: Note) -> list[Pair]:
    """The words that a person linked; where the line has been reworded since, those that are like them."""
    at = {words: k for k, one in enumerate(note.known) for words in one.linked}
    here = {said.wording.joined for said in note.said}
    pairs = [
        Pair(n, at[said.wording.joined], 1.0) for n, said in enumerate(note.said) if said.wording.joined in at
    ]
    reworded = [(wording(words), k) for words, k in at.items() if words not in here]
    alike = (
        Pair(n, k, likeness(said.wording, words)) for n, said in enumerate(note.said) for words, k in reworded
    )
    return [*pairs, *(pair for pair in alike if pair.score >= ACCEPT)]


def _by_ref(note: Note) -> list[Pair]:
    at = {ref: k for k, one in enumerate(note.known) for ref in one.refs}
    return [Pair(n, at[said.ref], 1.0) for n, said in enumerate(note.said) if said.ref in at]


def _by_number(note: Note) -> list[Pair]:
    at = {
        one.number: k
        for k, one in enumerate(note.known)
        if one.number in note.steady_numbers and not one.elsewhere
    }
    return [Pair(n, at[said.number], 1.0) for n, said in enumerate(note.said) if said.number in at]


def _by_register(note: Note) -> list[Pair]:
    """A join once written holds while the words stand; of two in the same words, the one that says the same."""

    def score(n: int, k: int) -> float:
        said, known = note.said[n], note.known[k]
        is_same = known.reported[said.wording.joined] == (said.status, said.progress.reason)
        return 0.5 * note.directory.agree(said.owners, known.owners) + 0.25 * is_same

    at: dict[str, list[int]] = defaultdict(list)
    for k, one in enumerate(note.known):
        for words in one.reported:
            at[words].append(k)
    return [
        Pair(n, k, score(n, k))
        for n, said in enumerate(note.said)
        for k in at.get(said.wording.joined, ())
        if said.wording.joined not in note.known[k].barred
    ]


def _by_words(note: Note) -> list[Pair]:
    at: dict[str, list[int]] = defaultdict(list)
    for k, one in enumerate(note.known):
        for words in {w.joined for w in one.wordings}:
            at[words].append(k)
    return [
        Pair(n, k, 1.0 if note.known[k].outstanding else 0.5)
        for n, said in enumerate(note.said)
        for k in at.get(said.wording.joined, ())
        if (note.known[k].outstanding or said.place in _EQUAL_JOINS_FINISHED) and note.may_join(n, k)
    ]


_STEPS: tuple[Callable[[Note], list[Pair]], ...] = (_by_link, _by_ref, _by_number, _by_register, _by_words)
"""The evidence before likeness, strongest first."""


def _likenesses(note: Note, joined: Mapping[int, int]) -> list[Pair]:
    """All pairs worth asking about: both free, the action outstanding, and nothing against it."""
    taken = set(joined.values())
    free = frozenset(k for k, one in enumerate(note.known) if one.outstanding and k not in taken)
    left = [n for n in range(len(note.said)) if n not in joined]
    index = ContentIndex((words, k) for k in (free if left else ()) for words in note.known[k].wordings)
    pairs = (
        Pair(n, k, max(likeness(note.said[n].wording, words) for words in note.known[k].wordings))
        for n in left
        for k in index.near(note.said[n].wording)
        if note.may_join(n, k)
    )
    return [pair for pair in pairs if pair.score >= PROPOSE]


def _clear(pairs: Sequence[Pair], said: Sequence[Said]) -> list[Pair]:
    """The pairs above the bar of their place that beat the next best of both sides by MARGIN."""
    by_said: dict[int, list[float]] = defaultdict(list)
    by_known: dict[int, list[float]] = defaultdict(list)
    for pair in pairs:
        by_said[pair.said].append(pair.score)
        by_known[pair.known].append(pair.score)

    def is_clear(pair: Pair) -> bool:
        rivals = sorted(by_said[pair.said])[:-1][-1:] + sorted(by_known[pair.known])[:-1][-1:]
        is_best = pair.score == max(by_said[pair.said]) == max(by_known[pair.known])
        return is_best and all(pair.score - rival >= MARGIN for rival in rivals)

    return [pair for pair in pairs if pair.score >= _BAR.get(said[pair.said].place, 2.0) and is_clear(pair)]
